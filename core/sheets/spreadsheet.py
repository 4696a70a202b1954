"""What an open spreadsheet is, whatever its format: its sheets, its rows, its merged ranges."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, NamedTuple

from ..standard.cells import Cell

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
