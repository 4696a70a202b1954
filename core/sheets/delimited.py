"""CSV and other delimited text, streamed, in the encodings that Chinese offices use."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Iterator, TextIO

from .encoding import encoding_of
from .errors import SheetError, corrupt
from .spreadsheet import Row, SheetInfo, Workbook

_DELIMITERS = ("\t", ",", ";", "，", "|")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_RECORDS = 50
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # a first line that Excel understands
_PROGRESS_EVERY = 1000


class DelimitedWorkbook(Workbook):
    """An open text file; its one sheet is named like the file.

    A record is numbered as Excel and WPS number it: empty lines count, a line break inside quotes does not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets = (SheetInfo(path.stem),)
        self.encoding = encoding_of(path)
        with self._open() as text:
            self.delimiter = _delimiter_of(text.read(_SAMPLE_CHARACTERS))

    def close(self) -> None:
        """Nothing is held open between two passes."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """See :meth:`Workbook.rows`; cells are texts."""
        if sheet != self.sheets[0].name:
            raise KeyError(sheet)
        size = self.path.stat().st_size
        with self._open() as text:
            for number, cells in self._records(text):
                if number % _PROGRESS_EVERY == 0:
                    self.progress = min(1.0, text.buffer.tell() / size)
                if any(cells):
                    yield number, cells  # type: ignore[misc]  # a list of texts is a list of cells

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")

    def _records(self, text: TextIO) -> Iterator[tuple[int, list[str]]]:
        number = 0
        lines = 0
        reader = csv.reader(_without_nul(text), delimiter=self.delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                lines += 1
                if reader.line_num != lines:
                    lines = reader.line_num
                    self._refuse_swallowed(number, cells)
                if number == 1 and len(cells) < 3 and _DECLARED.fullmatch(self.delimiter.join(cells)):
                    continue
                yield number, cells
        except csv.Error as error:
            reason = "REASON_NUL" if "NUL" in str(error) else "REASON_QUOTE"
            raise corrupt(self.path, reason, str(error), row=number + 1) from error
        except UnicodeError as error:
            raise SheetError("ENC_UNKNOWN", str(error), file=self.path.name) from error

    def _refuse_swallowed(self, number: int, cells: list[str]) -> None:
        """A field that runs over lines and holds a row's worth of delimiters is a quote that was never closed."""
        for cell in cells:
            if "\n" in cell and cell.count(self.delimiter) >= max(3, len(cells) // 2):
                raise corrupt(self.path, "REASON_QUOTE", "a field holds whole rows", row=number)


def _without_nul(text: TextIO) -> Iterator[str]:
    for line in text:
        if "\0" in line:
            raise csv.Error("line contains NUL")
        yield line


def _delimiter_of(sample: str) -> str:
    """The delimiter that parts most records into the same number of columns."""
    declared = _DECLARED.match(sample)
    if declared:
        return declared.group(1)
    return max(_DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample: str, delimiter: str) -> int:
    widths: Counter[int] = Counter()
    try:
        for index, cells in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if index == _SAMPLE_RECORDS:
                break
            widths[len(cells)] += 1
    except csv.Error:  # a quote that is never closed: told when the rows are read
        pass
    return max(((width - 1) * count for width, count in widths.items()), default=0)
