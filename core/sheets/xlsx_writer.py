"""Streams tables into an XLSX file, row by row in constant memory.

openpyxl's write-only mode needs several times as long for the same cells, as ``benchmarks/bench_write.py`` measures.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Optional, Sequence

from . import workbook_style as style
from . import xlsx_parts as parts
from .names import COMMENT_AUTHOR
from .safe_text import for_xml
from .xlsx_cells import CellWriter, Kind, Value
from .xlsx_parts import SheetPart, column_letters
from .xlsx_styles import HEADER_OPTIONAL, HEADER_REQUIRED, NOTE, TITLE, styles_part

MAX_ROWS = 1_048_576
_ROWS_AT_ONCE = 400
_COMPRESSION = 4  # level 6 takes half as long again for a file 6 % smaller


@dataclass(frozen=True)
class Column:
    """One column of a streamed table; ``width`` in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: float = 12
    required: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class TableHead:
    """What stands above the rows of a table: title and note take a row each where they are not empty.

    ``frozen_columns`` stay in sight when the sheet is scrolled to the side.
    """

    sheet: str
    columns: Sequence[Column] = field(default_factory=tuple)
    title: str = ""
    note: str = ""
    frozen_columns: int = 0

    @property
    def header_row(self) -> int:
        """The sheet's own row (from 1) in which the column titles stand."""
        return 1 + bool(self.title) + bool(self.note)


class XlsxWriter:
    """A workbook written table after table; use it as a context manager, the file is whole only after its end.

    A table that outgrows a sheet (1,048,576 rows) goes on in another one, with its head repeated.
    """

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION)
        self._sheets: list[SheetPart] = []
        self._stream: Optional[IO[bytes]] = None
        self._buffer: list[str] = []
        self._head = TableHead("")
        self._writers: list[tuple[str, CellWriter]] = []
        self._row = 0
        self._part_of_table = 1

    def __enter__(self) -> XlsxWriter:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if kind is not None:
            self._abandon()
            return
        self._end_sheet()
        for name, xml in parts.workbook_parts(self._sheets, COMMENT_AUTHOR):
            self._archive.writestr(name, xml)
        self._archive.writestr("xl/styles.xml", styles_part())
        self._archive.close()

    def _abandon(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._archive.close()

    def begin(self, head: TableHead) -> None:
        """Begin a table in a sheet of its own."""
        self._end_sheet()
        self._head = head
        self._part_of_table = 1
        self._writers = [
            (f'<c r="{column_letters(index)}', CellWriter(column.kind)) for index, column in enumerate(head.columns)
        ]
        self._begin_sheet(head.sheet)

    def row(self, values: Sequence[Value]) -> int:
        """Write one row of the table, as many values as it has columns; returns the sheet's own row, from 1."""
        if self._row >= MAX_ROWS:
            self._part_of_table += 1
            self._end_sheet()
            self._begin_sheet(f"{self._head.sheet}_{self._part_of_table}")
        self._row += 1
        end = f'{self._row}"'
        cells = [f"{begin}{end}{writer[value]}" for (begin, writer), value in zip(self._writers, values)]
        self._buffer.append(f'<row r="{self._row}">{"".join(cells)}</row>')
        if len(self._buffer) >= _ROWS_AT_ONCE:
            self._flush()
        return self._row

    @property
    def sheet(self) -> str:
        """Name of the sheet that the last row went to."""
        return self._sheets[-1].name

    def _begin_sheet(self, name: str) -> None:
        head = self._head
        sheet = SheetPart(name, len(self._sheets) + 1, head.header_row, len(head.columns), head.frozen_columns)
        self._sheets.append(sheet)
        self._stream = self._archive.open(sheet.part, "w", force_zip64=True)
        widths = [(column.width, column.hidden) for column in self._head.columns]
        self._buffer = [parts.sheet_begin(widths, self._head.header_row, self._head.frozen_columns, sheet.number == 1)]
        self._row = 0
        for text, number, height in (
            (self._head.title, TITLE, style.TITLE_HEIGHT),
            (self._head.note, NOTE, style.NOTE_HEIGHT),
        ):
            if text:
                self._head_row([(text, number)], height)
        self._head_row(
            [(c.title, HEADER_REQUIRED if c.required else HEADER_OPTIONAL) for c in self._head.columns],
            style.HEADER_HEIGHT,
        )

    def _head_row(self, cells: Sequence[tuple[str, int]], height: float) -> None:
        self._row += 1
        xml = "".join(
            f'<c r="{column_letters(index)}{self._row}" s="{number}" t="inlineStr"><is><t>{for_xml(text)}</t></is></c>'
            for index, (text, number) in enumerate(cells)
        )
        self._buffer.append(f'<row r="{self._row}" ht="{height}" customHeight="1">{xml}</row>')

    def _end_sheet(self) -> None:
        if self._stream is None:
            return
        sheet = self._sheets[-1] = self._sheets[-1].ended(self._row)
        self._buffer.append(parts.sheet_end(sheet))
        self._flush()
        self._stream.close()
        self._stream = None

    def _flush(self) -> None:
        if self._stream is not None:
            self._stream.write("".join(self._buffer).encode("utf-8"))
        self._buffer = []
