"""The one way in for every spreadsheet: what the file is, its sheets, its rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, NamedTuple, Union

from ..standard.cells import Cell
from .errors import SheetError
from .signature import Kind, kind_of, require_fitting_ending

# The file's own row number, from 1, and the cells from column A to the last used one.
Row = tuple[int, list[Cell]]


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of a workbook; a hidden one is not read unless a person chooses it."""

    name: str
    hidden: bool = False


class Range(NamedTuple):
    """A merged range, rows from 1 and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Workbook(ABC):
    """An open spreadsheet; a context manager that closes its file.

    Attributes:
        path: the file.
        sheets: its sheets in their order, hidden ones marked; a text file has one, named like the file.
        progress: how much of the sheet being read is through, 0 to 1.
    """

    path: Path
    sheets: tuple[SheetInfo, ...]
    progress: float = 0.0

    @abstractmethod
    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything, in the file's order, read as they are asked for.

        Close the iterator to stop early. An empty cell is ``None`` or an empty text.

        Raises:
            SheetError: ``CORRUPT`` and its like, also late: what came before must then count for nothing.
            KeyError: there is no sheet of that name.
        """

    def merged(self, sheet: str) -> tuple[Range, ...]:
        """The merged ranges of a sheet, at any time; a large sheet is looked through for them once."""
        return ()

    @abstractmethod
    def close(self) -> None:
        """Let go of the file, so that it can be moved or saved over."""

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def open_workbook(path: Union[str, Path]) -> Workbook:
    """Open a spreadsheet of any kind that is read: XLSX, XLSM, XLS, ODS, CSV, TXT.

    What it is, is decided by its content. Nothing is unpacked to disk and nothing in it is run.

    Raises:
        SheetError: why it is not read, with a finding code: ``EMPTY_FILE``, ``NOT_A_SPREADSHEET``, ``EXT_MISMATCH``,
            ``ENCRYPTED``, ``CORRUPT``, ``TOO_LARGE``, ``XML_FORBIDDEN``, ``ENC_UNKNOWN``,
            ``FILE_MISSING``, ``FILE_IS_FOLDER``, ``FILE_LOCKED``.
        OriginMapError: ``MISSING_DEPENDENCY``.
    """
    path = Path(path)
    kind = kind_of(path)
    require_fitting_ending(path, kind)
    workbook = _reader_of(kind, path)
    try:
        _refuse_empty(workbook)
    except SheetError:
        workbook.close()
        raise
    return workbook


def _reader_of(kind: Kind, path: Path) -> Workbook:
    # Imported here because each of them needs the types above, and OGR and xlrd only when such a file comes.
    if kind is Kind.XLSX:
        from .xlsx.reader import XlsxWorkbook

        return XlsxWorkbook(path)
    if kind is Kind.XLS:
        from .xls import XlsWorkbook

        return XlsWorkbook(path)
    if kind is Kind.ODS:
        from .ods import OdsWorkbook

        return OdsWorkbook(path)
    from .delimited import DelimitedWorkbook

    return DelimitedWorkbook(path)


def _refuse_empty(workbook: Workbook) -> None:
    for sheet in workbook.sheets:
        rows = workbook.rows(sheet.name)
        first = next(rows, None)
        rows.close()  # type: ignore[attr-defined]  # every reader's rows() is a generator
        if first is not None:
            return
    raise SheetError("EMPTY_FILE", file=workbook.path.name)
