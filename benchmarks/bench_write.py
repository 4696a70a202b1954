"""Writes 100,000 rows of 24 columns by our writer and by openpyxl's write-only mode, in turns, and prints the ratio."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Iterator

import openpyxl
from harness import register_package
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Border, Side

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = 24
ROUNDS = 3


def rows(count: int) -> Iterator[list[object]]:
    """Texts that repeat, texts that do not, and two columns of numbers."""
    for number in range(count):
        texts: list[object] = [f"示例{column}-{number % (10 ** (column % 6 + 1))}" for column in range(COLUMNS - 2)]
        yield [*texts, 109 + number / 1e6, 21 + number / 1e6]


def ours(path: Path, count: int) -> None:
    """The streamed table, with borders, formats, filter and frozen head."""
    from originmap.core.sheets.xlsx_cells import Kind
    from originmap.core.sheets.xlsx_writer import Column, TableHead, XlsxWriter

    columns = [Column(f"列{number}", Kind.TEXT if number < COLUMNS - 2 else Kind.NUMBER) for number in range(COLUMNS)]
    with XlsxWriter(path) as writer:
        writer.begin(TableHead("表", columns))
        for row in rows(count):
            writer.row(row)


def openpyxl_plain(path: Path, count: int) -> None:
    """openpyxl without any style."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("表")
    for row in rows(count):
        sheet.append(row)
    workbook.save(path)


def openpyxl_styled(path: Path, count: int) -> None:
    """openpyxl with a border and a text format for each cell, as our table has them."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("表")
    line = Side(style="thin")
    border = Border(line, line, line, line)
    for row in rows(count):
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            cell.border, cell.number_format = border, "@"
        sheet.append(cells)
    workbook.save(path)


def main(count: int) -> None:
    """Interleave the writers and print the median of each with its ratio to plain openpyxl."""
    register_package()
    writers: dict[str, Callable[[Path, int], None]] = {
        "ours, with styles": ours,
        "openpyxl write-only": openpyxl_plain,
        "openpyxl write-only, with styles": openpyxl_styled,
    }
    seconds: dict[str, list[float]] = {name: [] for name in writers}
    sizes: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, write in writers.items():
                path = Path(folder) / "table.xlsx"
                begin = time.perf_counter()
                write(path, count)
                seconds[name].append(time.perf_counter() - begin)
                sizes[name] = path.stat().st_size
    base = statistics.median(seconds["openpyxl write-only"])
    for name, taken in seconds.items():
        median = statistics.median(taken)
        sys.stdout.write(f"{name:34} {median:6.2f} s  {median / base:5.2f} ×  {sizes[name] / 1e6:5.1f} MB\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
