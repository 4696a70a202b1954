"""XLS workbooks (BIFF), read by xlrd; what it stumbles over in broken files comes out as one kind of refusal."""

from __future__ import annotations

import io
import math
import struct
from pathlib import Path
from typing import Iterator

from ..standard.cells import Cell, ErrorValue, Moment, Number
from ..vendored import load
from .dates import is_date_format, moment_of
from .errors import SheetError, corrupt
from .spreadsheet import Range, Row, SheetInfo, Workbook

# What xlrd is known to raise on damaged files besides its own error.
_DAMAGE = (
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    RecursionError,
    UnboundLocalError,
)
_WHOLE_BELOW = 1e15  # whole numbers up to here are written without an exponent


class XlsWorkbook(Workbook):
    """An open XLS file. A formula shows its stored result: the format does not tell whether it was ever computed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._xlrd = load("xlrd")
        self._book = self._opened()
        self._dates: dict[int, bool] = {}
        try:
            self.sheets = tuple(self._sheet_infos())
        except self._errors() as error:
            self.close()
            raise self._refusal(error) from error

    def _errors(self) -> tuple[type[BaseException], ...]:
        return (self._xlrd.XLRDError, self._xlrd.compdoc.CompDocError, self._xlrd.formula.FormulaError, *_DAMAGE)

    def _opened(self):  # type: ignore[no-untyped-def]  # xlrd's Book
        """The book with its formats and merged ranges; without them where the file's formats are what is damaged."""
        try:
            return self._open(formats=True)
        except self._errors() as error:
            refusal = self._refusal(error)
        if refusal.code == "ENCRYPTED":
            raise refusal
        try:
            return self._open(formats=False)
        except self._errors() as error:
            raise self._refusal(error) from error

    def _open(self, formats: bool):  # type: ignore[no-untyped-def]  # xlrd's Book
        # Read through bytes, so that no mapping keeps the file locked on Windows.
        content = self.path.read_bytes()
        return self._xlrd.open_workbook(
            file_contents=content, formatting_info=formats, ragged_rows=True, logfile=io.StringIO()
        )

    def _refusal(self, error: BaseException) -> SheetError:
        text = f"{type(error).__name__}: {error}"
        if "encrypted" in text.lower() or "password" in text.lower():
            return SheetError("ENCRYPTED", text, file=self.path.name)
        return corrupt(self.path, "REASON_XLS", text)

    def _sheet_infos(self) -> Iterator[SheetInfo]:
        for sheet in self._book.sheets():
            yield SheetInfo(sheet.name, bool(sheet.visibility))

    def rows(self, sheet: str) -> Iterator[Row]:
        """See :meth:`Workbook.rows`."""
        table = self._sheet(sheet)
        for index in range(table.nrows):
            self.progress = index / table.nrows
            try:
                cells = [self._cell(cell) for cell in table.row(index)]
            except self._errors() as error:
                raise self._refusal(error) from error
            while cells and cells[-1] in (None, ""):
                cells.pop()
            if cells:
                yield index + 1, cells

    def merged(self, sheet: str) -> tuple[Range, ...]:
        """See :meth:`Workbook.merged`."""
        ranges = self._sheet(sheet).merged_cells
        return tuple(Range(top + 1, left, bottom, right - 1) for top, bottom, left, right in ranges)

    def close(self) -> None:
        """Let go of what was read."""
        self._book.release_resources()

    def _sheet(self, name: str):  # type: ignore[no-untyped-def]  # xlrd's Sheet
        return self._book.sheet_by_index([info.name for info in self.sheets].index(name))

    def _cell(self, cell) -> Cell:  # type: ignore[no-untyped-def]  # xlrd's Cell
        kinds = self._xlrd
        if cell.ctype == kinds.XL_CELL_TEXT:
            return cell.value
        if cell.ctype in (kinds.XL_CELL_NUMBER, kinds.XL_CELL_DATE):
            return self._number(cell)
        if cell.ctype == kinds.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype == kinds.XL_CELL_ERROR:
            return ErrorValue(kinds.error_text_from_code.get(cell.value, "#N/A"))
        return None

    def _number(self, cell) -> Cell:  # type: ignore[no-untyped-def]  # xlrd's Cell
        value = cell.value
        if not math.isfinite(value):
            return repr(value)
        text = str(int(value)) if value == int(value) and abs(value) < _WHOLE_BELOW else repr(value)
        if not self._is_date(cell):
            return Number(text)
        return Moment(text, moment_of(text, self._book.datemode == 1))

    def _is_date(self, cell) -> bool:  # type: ignore[no-untyped-def]  # xlrd's Cell
        if cell.xf_index is None or cell.xf_index >= len(self._book.xf_list):
            return bool(cell.ctype == self._xlrd.XL_CELL_DATE)
        if cell.xf_index not in self._dates:
            format_key = self._book.xf_list[cell.xf_index].format_key
            known = self._book.format_map.get(format_key)
            by_text = known is not None and is_date_format(known.format_str)
            self._dates[cell.xf_index] = by_text if known else cell.ctype == self._xlrd.XL_CELL_DATE
        return self._dates[cell.xf_index]
