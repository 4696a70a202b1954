"""Writes the one table (一张表): records as a workbook or CSV in the shape of annex 1, which can be imported again."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Union

from ..standard.errors import OriginMapError
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .names import DATA_SHEET, TITLE
from .safe_target import replacing
from .safe_text import for_csv
from .table_rows import Record, RowMaker, Value
from .xlsx_writer import TableHead, XlsxWriter

_CANCEL_EVERY = 1000
_NOBODY = Silent()


@dataclass(frozen=True)
class TableOptions:
    """What a table is called and how it treats people.

    ``note`` says in words what the table was made of (the query) and stands under the title; ``expected_rows`` is for
    the progress bar alone.
    """

    title: str = TITLE
    note: str = ""
    masked: bool = True
    expected_rows: int = 0


def write_table(
    target: Path,
    records: Iterable[Record],
    standard: Standard,
    options: TableOptions = TableOptions(),
    progress: Progress = _NOBODY,
) -> int:
    """Write records to an XLSX file, or to a CSV file (UTF-8 with BOM, as Excel and WPS want it), by the file's ending.

    Args:
        target: ``.xlsx`` or ``.csv``; replaced as a whole, or left as it was when anything fails.
        records: see :meth:`RowMaker.rows`; read once, never all at a time.
        standard: with the county's own lists laid over it.
        options: title, note, masking.
        progress: told about every thousandth row.

    Returns:
        The number of rows written.

    Raises:
        OriginMapError: ``TARGET_KIND`` for another ending, and those of :func:`.safe_target.replacing`.
        Cancelled: the person stopped it.
    """
    write = {".xlsx": _write_xlsx, ".csv": _write_csv}.get(target.suffix.lower())
    if write is None:
        raise OriginMapError("TARGET_KIND", file=target.name)
    maker = RowMaker(standard, options.masked)
    with replacing(target) as part:
        return write(part, maker, _watched(maker.rows(records), options.expected_rows, progress), options)


def _watched(rows: Iterable[list[Value]], expected: int, progress: Progress) -> Iterator[list[Value]]:
    for number, row in enumerate(rows):
        if number % _CANCEL_EVERY == 0:
            stop_if_cancelled(progress)
            if expected:
                progress.set_fraction(min(number / expected, 1.0))
        yield row


def _write_xlsx(part: Path, maker: RowMaker, rows: Iterable[list[Value]], options: TableOptions) -> int:
    count = 0
    with XlsxWriter(part) as writer:
        writer.begin(TableHead(DATA_SHEET, maker.columns(), options.title, options.note, maker.frozen_columns()))
        for row in rows:
            writer.row(row)
            count += 1
    return count


def _write_csv(part: Path, maker: RowMaker, rows: Iterable[list[Value]], options: TableOptions) -> int:
    """No title and no note: a CSV file begins with its header."""
    count = 0
    with part.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.title for column in maker.columns()])
        for row in rows:
            writer.writerow([_csv_value(value) for value in row])
            count += 1
    return count


def _csv_value(value: Union[Value, object]) -> object:
    if isinstance(value, str):
        return for_csv(value)
    return round(value, 9) if isinstance(value, float) else value
