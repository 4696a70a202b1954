"""Which cell styles are dates: built-in formats, the Chinese ones among them, and custom ones with year, month, day or hour."""

from __future__ import annotations

import re
import zipfile

from ..safety import GuardedParser
from .package import Package, element_names

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
# Quoted text, escaped and padding characters, colours, conditions and locales say nothing about what the number is.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdh]|(?<![a-z])s{1,2}(?![a-z])|[年月日时時]|a{3,4}", re.IGNORECASE)
_NOT_DATE = re.compile(r"general|[0#?]", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format shows its number as a date or a time of day (not as elapsed hours)."""
    first = _NOT_FORMAT.sub("", code.split(";")[0])
    if _ELAPSED.search(first):
        return False
    letters = re.sub(r"s\.0+", "s", first, flags=re.IGNORECASE)
    return bool(_DATE_LETTER.search(letters)) and not _NOT_DATE.search(letters)


def is_date_id(number_format: int, custom: dict[int, str]) -> bool:
    """Whether a number format id stands for a date; a custom format of the same id comes first."""
    if number_format in custom:
        return is_date_format(custom[number_format])
    return number_format in _BUILT_IN_DATES


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
