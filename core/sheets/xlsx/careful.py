"""The careful lane: rows of a sheet by a full XML parser, whatever valid XML they are written in."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Optional

from ...standard.cells import Cell, FormulaWithoutValue
from ..errors import SheetError, corrupt
from ..safety import GuardedParser
from .package import element_names
from .values import BadReference, Values

MAX_COLUMNS = 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_KINDS = ("sheetData", "row", "c", "v", "f", "is", "t", "rPh")
_BY_NAME = {name: kind for kind in _KINDS for name in element_names(kind)}


def column_index(letters: str) -> int:
    """``A`` → 0, ``Z`` → 25, ``AA`` → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


class SheetParser:
    """Parses a sheet part fed in pieces; what is read so far waits in ``rows``.

    ``at_rows`` is true where the parser stands between two rows, so that the fast lane may take some of them; it must
    then set ``row_number`` to the last one it took.
    """

    def __init__(self, path: Path, part: zipfile.ZipInfo, sheet: str, values: Values) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self.row_number = 0
        self.at_rows = False
        self.prefixes: set[str] = set()
        self._path, self._sheet, self._values = path, sheet, values
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._row_is_numbered = False
        self._cell_kind, self._cell_style = "", 0
        self._value: Optional[list[str]] = None
        self._formula: Optional[list[str]] = None
        self._catch: Optional[list[str]] = None
        self._in_phonetic = self._in_cell = False
        self.parser = GuardedParser(path, part.filename)
        self.parser.expat.StartElementHandler = self._start
        self.parser.expat.EndElementHandler = self._end
        self.parser.expat.CharacterDataHandler = self._text
        self.parser.expat.StartNamespaceDeclHandler = self._namespace

    def feed(self, data: bytes, final: bool = False) -> None:
        """Parse the next bytes."""
        self.parser.feed(data, final)

    def _namespace(self, prefix: Optional[str], _uri: str) -> None:
        self.prefixes.add(prefix or "")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _BY_NAME.get(name)
        if kind == "c":
            self._start_cell(attributes)
        elif kind == "v" and self._in_cell:
            self._value = self._catch = []
        elif kind == "t" and self._in_cell and not self._in_phonetic:
            # The runs of a rich text follow one another.
            self._value = self._catch = self._value if self._value is not None else []
        elif kind == "row":
            self._start_row(attributes)
        elif kind == "f" and self._in_cell:
            self._formula = self._catch = []
        elif kind == "rPh":
            self._in_phonetic = True
        elif kind == "sheetData":
            self.at_rows = True

    def _end(self, name: str) -> None:
        kind = _BY_NAME.get(name)
        if kind in ("v", "t", "f"):
            self._catch = None
        elif kind == "c":
            self._end_cell()
        elif kind == "row":
            self._end_row()
        elif kind == "rPh":
            self._in_phonetic = False
        elif kind == "sheetData":
            self.at_rows = False

    def _text(self, data: str) -> None:
        if self._catch is not None:
            self._catch.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip()
        self._row_is_numbered = bool(number)
        if number and not (number.isascii() and number.isdigit() and len(number) < 8):
            raise self._corrupt(f"row r={number!r}")
        self.row_number = int(number) if number else self.row_number + 1
        self._cells = {}
        self._column = -1
        self.at_rows = False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "").strip()
        if reference:
            self._column = self._column_of(reference)
        else:
            self._column += 1
        if self._column >= MAX_COLUMNS:
            raise self._corrupt(f"column {self._column + 1}")
        self._cell_kind = attributes.get("t", "")
        style = attributes.get("s", "0").strip()
        self._cell_style = int(style) if style.isascii() and style.isdigit() else 0
        self._value = self._formula = None
        self._in_cell = True

    def _column_of(self, reference: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise self._corrupt(f"cell r={reference!r}")
        if not self._row_is_numbered:
            # The row says nothing about its number, but its first cell does.
            self.row_number = max(self.row_number, int(match.group(2)))
            self._row_is_numbered = True
        return column_index(match.group(1))

    def _end_cell(self) -> None:
        self._in_cell = False
        cell: Cell = None
        if self._value is not None:
            cell = self._made("".join(self._value))
        if self._formula is not None and (cell is None or (cell == "" and self._cell_kind != "str")):
            cell = FormulaWithoutValue("".join(self._formula))
        if cell is not None:
            self._cells[self._column] = cell

    def _made(self, text: str) -> Cell:
        try:
            return self._values.converter(self._cell_kind, self._cell_style)(text)
        except BadReference as error:
            raise self._corrupt(f"row {self.row_number}: shared string {text!r}") from error

    def _end_row(self) -> None:
        self.at_rows = True
        if not self._cells:
            return
        cells: list[Cell] = [None] * (max(self._cells) + 1)
        for column, cell in self._cells.items():
            cells[column] = cell
        self.rows.append((self.row_number, cells))

    def _corrupt(self, details: str) -> SheetError:
        return corrupt(self._path, "REASON_SHEET", details, sheet=self._sheet)
