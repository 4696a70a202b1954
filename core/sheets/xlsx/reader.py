"""XLSX and XLSM workbooks: sheets in the order of the workbook part, rows streamed from their parts."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Iterator, Optional

from ..errors import SheetError, corrupt
from ..safety import GuardedParser
from ..spreadsheet import Range, Row, SheetInfo, Workbook
from .merges import find_merges
from .package import Package, Relationship, WorkbookParser
from .sheet import SheetReader
from .strings import read_strings
from .styles import StylesParser
from .values import Values

_CHART_KINDS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


class XlsxWorkbook(Workbook):
    """An open XLSX file.

    Args:
        path: the file.
        fast: whether rows may be read by the fast lane; both lanes give the same.
    """

    def __init__(self, path: Path, fast: bool = True) -> None:
        self.path = path
        self._fast = fast
        self._values: Optional[Values] = None
        self._reader: Optional[SheetReader] = None
        self._merged: dict[str, tuple[Range, ...]] = {}
        self._package = Package(path)
        try:
            self._read_workbook()
        except SheetError:
            self.close()
            raise

    def _read_workbook(self) -> None:
        source = self._package.workbook_part()
        self._relationships = self._package.relationships(source)
        workbook = WorkbookParser(self._package, self._package.required(source))
        self._date1904 = workbook.date1904
        self._parts: dict[str, zipfile.ZipInfo] = {}
        infos = []
        for sheet in workbook.sheets:
            if not sheet.relationship:  # a module of macros, listed among the sheets
                continue
            relationship = self._relationships.get(sheet.relationship)
            if relationship is None:
                raise corrupt(self.path, "REASON_PART", f"sheet {sheet.name!r}: {sheet.relationship!r}")
            if relationship.kind in _CHART_KINDS:
                continue
            self._parts[sheet.name] = self._package.required(relationship.target)
            infos.append(SheetInfo(sheet.name, sheet.hidden))
        self.sheets = tuple(infos)
        for part in self._parts.values():
            self._check_root(part)

    def _check_root(self, part: zipfile.ZipInfo) -> None:
        """Look at the beginning of a sheet, where a document type would stand, before anything is read."""
        roots: list[str] = []
        parser = GuardedParser(self.path, part.filename)
        parser.expat.StartElementHandler = lambda name, _attributes: roots.append(name)
        for data in self._package.chunks(part):
            parser.feed(data)
            if roots:
                return
        raise corrupt(self.path, "REASON_CUT", part.filename)

    def rows(self, sheet: str) -> Iterator[Row]:
        """See :meth:`Workbook.rows`."""
        self._reader = SheetReader(self._package, self._parts[sheet], sheet, self._all_values(), self._fast)
        yield from self._reader.rows()

    @property
    def progress(self) -> float:  # type: ignore[override]
        """How much of the sheet being read is through, 0 to 1."""
        return self._reader.progress if self._reader else 0.0

    def merged(self, sheet: str) -> tuple[Range, ...]:
        """See :meth:`Workbook.merged`."""
        if sheet not in self._merged:
            self._merged[sheet] = find_merges(self._package.chunks(self._parts[sheet]))
        return self._merged[sheet]

    def close(self) -> None:
        """Close the file."""
        self._package.close()

    def _all_values(self) -> Values:
        if self._values is None:
            strings = self._related("sharedStrings", "xl/sharedStrings.xml")
            styles = self._related("styles", "xl/styles.xml")
            self._values = Values(
                read_strings(self._package, strings) if strings else [],
                StylesParser(self._package, styles).dates if styles else frozenset(),
                self._date1904,
            )
        return self._values

    def _related(self, kind: str, usual: str) -> Optional[zipfile.ZipInfo]:
        relationship = next((r for r in self._relationships.values() if r.kind == kind), Relationship(usual, kind))
        return self._package.part(relationship.target)
