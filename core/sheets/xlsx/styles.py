"""Which cell styles of an XLSX file show dates."""

from __future__ import annotations

import zipfile

from ..dates import is_date_id
from ..safety import GuardedParser
from .package import Package, element_names


class StylesParser:
    """Reads the styles part; ``dates`` holds the indexes of the cell styles that show dates."""

    def __init__(self, package: Package, part: zipfile.ZipInfo) -> None:
        self._custom: dict[int, str] = {}
        self._formats: list[int] = []
        self._in_cell_formats = False
        self._names = {local: element_names(local) for local in ("numFmt", "cellXfs", "xf")}
        parser = GuardedParser(package.path, part.filename)
        parser.expat.StartElementHandler = self._start
        parser.expat.EndElementHandler = self._end
        package.parse(parser, part)
        self.dates = frozenset(i for i, f in enumerate(self._formats) if is_date_id(f, self._custom))

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element in self._names["numFmt"]:
            self._custom[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif element in self._names["cellXfs"]:
            self._in_cell_formats = True
        elif self._in_cell_formats and element in self._names["xf"]:
            self._formats.append(_whole(attributes.get("numFmtId")))

    def _end(self, element: str) -> None:
        if element in self._names["cellXfs"]:
            self._in_cell_formats = False


def _whole(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isdigit() else 0
