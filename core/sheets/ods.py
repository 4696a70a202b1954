"""ODS workbooks, streamed through expat.

OGR would read them too, but it appends a cell's comment to its value, drops runs of spaces and hides which sheets are
hidden; and files of some 100,000 rows it refuses.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Iterator, Optional

from ..standard.cells import Cell, ErrorValue, FormulaWithoutValue, Moment, Number
from .errors import SheetError, corrupt
from .safety import GuardedParser, open_archive, read_chunks
from .spreadsheet import Range, Row, SheetInfo, Workbook

_MAX_COLUMNS = 16_384
_MAX_ROWS = 1_048_576
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_ODF}{name}:1.0 " for name in ("table", "office", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BREAKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
# What stands inside a cell without being its value.
_ASIDE = (f"{_OFFICE}annotation", f"{_TABLE}shapes", f"{_TABLE}detective")
_NUMBERS = ("float", "percentage", "currency")


class OdsWorkbook(Workbook):
    """An open ODS file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive = open_archive(path)
        try:
            listing = _ContentParser(path)
            for data in self._content():
                listing.feed(data)
            listing.feed(b"", final=True)
        except SheetError:
            self.close()
            raise
        self.sheets = tuple(SheetInfo(name, style in listing.hidden_styles) for name, style in listing.tables)
        self._merged = listing.merged

    def rows(self, sheet: str) -> Iterator[Row]:
        """See :meth:`Workbook.rows`."""
        if sheet not in self._merged:
            raise KeyError(sheet)
        parser = _ContentParser(self.path, sheet)
        size = self._archive.getinfo("content.xml").file_size
        count = 0
        for data in self._content():
            count += len(data)
            self.progress = count / size
            parser.feed(data)
            yield from parser.drained()
            if parser.is_past:
                return
        parser.feed(b"", final=True)
        yield from parser.drained()

    def merged(self, sheet: str) -> tuple[Range, ...]:
        """See :meth:`Workbook.merged`."""
        return tuple(self._merged[sheet])

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def _content(self) -> Iterator[bytes]:
        try:
            part = self._archive.getinfo("content.xml")
        except KeyError as error:
            raise corrupt(self.path, "REASON_PART", str(error)) from error
        return read_chunks(self.path, self._archive, part)


class _ContentParser:
    """Parses ``content.xml``: without a sheet it lists tables and merged ranges, with one it reads its rows."""

    def __init__(self, path: Path, sheet: Optional[str] = None) -> None:
        self.tables: list[tuple[str, str]] = []
        self.hidden_styles: set[str] = set()
        self.merged: dict[str, list[Range]] = {}
        self.is_past = False
        self._sheet = sheet
        self._path = path
        self._style = ""
        self._table_depth = 0
        self._row_number, self._row_repeat = 0, 1
        self._column = 0
        self._cells: list[Cell] = []
        self._rows: list[tuple[int, int, list[Cell]]] = []
        self._attributes: Optional[dict[str, str]] = None
        self._paragraphs: list[str] = []
        self._in_paragraph = self._aside = 0
        self._parser = GuardedParser(path, "content.xml")
        self._parser.expat.StartElementHandler = self._start
        self._parser.expat.EndElementHandler = self._end
        self._parser.expat.CharacterDataHandler = self._characters

    def feed(self, data: bytes, final: bool = False) -> None:
        """Parse the next bytes."""
        self._parser.feed(data, final)

    def drained(self) -> Iterator[Row]:
        """The rows parsed since the last time; one that is written once for many comes as many."""
        rows, self._rows = self._rows, []
        for number, repeat, cells in rows:
            for offset in range(repeat):
                yield number + offset, list(cells)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name in _CELLS and self._table_depth == 1:
            self._attributes, self._paragraphs = attributes, []
        elif name == f"{_TABLE}table":
            self._start_table(attributes)
        elif name == f"{_TABLE}table-row" and self._table_depth == 1:
            self._row_repeat = self._repeat(attributes, "number-rows-repeated", _MAX_ROWS)
            self._cells, self._column = [], 0
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self._style)
        elif self._attributes is not None:
            self._start_in_cell(name, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._table_depth += 1
        if self._table_depth == 1:
            name = attributes.get(f"{_TABLE}name", "")
            self.tables.append((name, attributes.get(f"{_TABLE}style-name", "")))
            self.merged[name] = []
            self._row_number = 1

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TEXT}p":
            self._paragraphs.append("")
            self._in_paragraph += 1
        elif self._in_paragraph and name == f"{_TEXT}s":
            self._paragraphs[-1] += " " * self._repeat(attributes, "c", 32_767, _TEXT)
        elif self._in_paragraph and name in _BREAKS:
            self._paragraphs[-1] += _BREAKS[name]

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name in _CELLS and self._table_depth == 1:
            self._end_cell()
        elif name == f"{_TEXT}p" and self._in_paragraph:
            self._in_paragraph -= 1
        elif name == f"{_TABLE}table-row" and self._table_depth == 1:
            self._end_row()
        elif name == f"{_TABLE}table":
            self._table_depth -= 1
            self.is_past = self.is_past or (self._table_depth == 0 and self.tables[-1][0] == self._sheet)

    def _characters(self, data: str) -> None:
        if self._in_paragraph and not self._aside:
            self._paragraphs[-1] += data

    def _end_cell(self) -> None:
        attributes = self._attributes or {}
        self._attributes = None
        repeat = self._repeat(attributes, "number-columns-repeated", _MAX_COLUMNS)
        self._note_merge(attributes)
        if self.tables[-1][0] == self._sheet:
            cell = _cell(attributes, "\n".join(self._paragraphs))
            if cell not in (None, ""):
                if self._column + repeat > _MAX_COLUMNS:
                    raise corrupt(self._path, "REASON_ODS", f"{self._column + repeat} columns")
                self._cells += [None] * (self._column - len(self._cells)) + [cell] * repeat
        self._column += repeat

    def _note_merge(self, attributes: dict[str, str]) -> None:
        rows = self._repeat(attributes, "number-rows-spanned", _MAX_ROWS)
        columns = self._repeat(attributes, "number-columns-spanned", _MAX_COLUMNS)
        if rows > 1 or columns > 1:
            top, left = self._row_number, self._column
            self.merged[self.tables[-1][0]].append(Range(top, left, top + rows - 1, left + columns - 1))

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append((self._row_number, min(self._row_repeat, _MAX_ROWS), self._cells))
            self._cells = []
        self._row_number += self._row_repeat

    def _repeat(self, attributes: dict[str, str], name: str, limit: int, namespace: str = _TABLE) -> int:
        text = attributes.get(f"{namespace}{name}", "1")
        if not (text.isascii() and text.isdigit()):
            raise corrupt(self._path, "REASON_ODS", f"{name}={text!r}")
        return max(1, min(int(text), limit))


def _cell(attributes: dict[str, str], text: str) -> Cell:
    kind = attributes.get(f"{_OFFICE}value-type", "")
    if attributes.get(f"{_CALC}value-type") == "error":
        return ErrorValue(text)
    if kind in _NUMBERS:
        return Number(attributes.get(f"{_OFFICE}value", text))
    if kind == "date":
        return _moment(attributes.get(f"{_OFFICE}date-value", text))
    if kind == "boolean":
        return attributes.get(f"{_OFFICE}boolean-value", text).upper()
    if not kind and f"{_TABLE}formula" in attributes and not text:
        return FormulaWithoutValue(attributes[f"{_TABLE}formula"].partition(":")[2])
    return text or attributes.get(f"{_OFFICE}string-value", "")


def _moment(text: str) -> Cell:
    try:
        # More digits of a second than Python reads say nothing about a day.
        return Moment(text, datetime.fromisoformat(text.rstrip("Z")[:26]))
    except ValueError:
        return text
