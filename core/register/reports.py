"""The one table and the figures of a query, for everyone who asks: read from a register, with their titles in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..onemap.filtered import count
from ..onemap.query import Query
from ..onemap.query_words import in_words
from ..onemap.statistics import By, Cube, MonthOf, read_cube
from ..onemap.statistics_workbook import Titles
from ..places.divisions import chain
from ..places.gazetteer import Gazetteer
from ..sheets.safe_target import require_place
from ..sheets.table_writer import TableOptions, write_table
from ..standard.errors import OriginMapError
from ..standard.model import Standard
from ..standard.progress import Progress, Silent
from .moments import now
from .register import Register
from .selection import records

EXPORT_SETTING = "export"  # one setting for each export in full, its moment in the name
_MONTHS = {MonthOf.MARKET_START: "上市月份", MonthOf.COLLECTED: "采集月份"}
_NOBODY = Silent()


@dataclass(frozen=True)
class Figures:
    """The records of a query as numbers, and the titles that go over them."""

    cube: Cube
    standard: Standard
    titles: Titles


def export_table(
    path: Path,
    query: Query,
    target: Path,
    *,
    masked: bool = True,
    purpose: str = "",
    by: str = "",
    progress: Progress = _NOBODY,
) -> int:
    """Write the records as a collection sheet; an export in full is noted in the register before anything is written.

    Args:
        path: the register.
        query: which records.
        target: ``.xlsx`` or ``.csv``.
        masked: whether names and phones are hidden.
        purpose: what an export in full is for.
        by: who exports.
        progress: told how far it is, asked whether to stop.

    Returns:
        The number of records written.

    Raises:
        OriginMapError: ``PURPOSE_MISSING``, or those of :func:`core.sheets.table_writer.write_table`.
    """
    if not masked and not purpose.strip():
        raise OriginMapError("PURPOSE_MISSING")
    require_place(target)
    with Register.open(path, read_only=True) as register:
        standard = register.standard()
        expected = count(register.connection, query, standard)
        words = in_words(query, standard, names=register.division_names())
        note = f"{register.county_name}；{words}；共 {expected} 条；{date.today()} 导出"
        if not masked:
            note_in_full(path, expected, words, target, purpose=purpose, by=by)
        options = TableOptions(note=note, masked=masked, expected_rows=expected)
        return write_table(target, records(register, query), standard, options, progress)


def note_in_full(path: Path, number: int, words: str, target: Path, *, purpose: str, by: str) -> None:
    """Note in the register that people are named in full: who asked for it, of how many records, where and what for."""
    entry = {"by": by, "count": number, "purpose": purpose.strip(), "query": words, "file": target.name}
    with Register.open(path) as register:
        register.set_setting(f"{EXPORT_SETTING}/{now()}", json.dumps(entry, ensure_ascii=False))


def read_figures(
    path: Path,
    query: Query,
    *,
    level: int = 9,
    month: MonthOf = MonthOf.MARKET_START,
    progress: Progress = _NOBODY,
) -> Figures:
    """Read the records once, to be grouped and written by :func:`core.onemap.statistics_workbook.write_statistics`.

    Args:
        path: the register.
        query: which records.
        level: digits of the division codes to group by.
        month: which month of a record counts.
        progress: asked whether to stop.

    Raises:
        OriginMapError: ``STATISTICS_EMPTY`` when nothing is found, or as for :func:`core.onemap.statistics.read_cube`.
    """
    with Register.open(path, read_only=True) as register:
        standard = register.standard()
        cube = read_cube(register.connection, query, standard, level=level, month=month, progress=progress)
        names = _names(register, cube)
        titles = Titles(register.county_name, in_words(query, standard, names=names), _MONTHS[month], names)
    if not cube.records:
        raise OriginMapError("STATISTICS_EMPTY")
    return Figures(cube, standard, titles)


def _names(register: Register, cube: Cube) -> dict[str, str]:
    """Names of divisions by code: the register's own, and with their county those of records from elsewhere."""
    names = register.division_names()
    unknown = {str(code) for code in cube.values[By.DIVISION] if code} - set(names)
    gazetteer = Gazetteer.open() if unknown else None
    for code in unknown:
        found = [gazetteer.division(part) for part in chain(code)[2:]] if gazetteer else []
        names[code] = "".join(division.name for division in found if division) or code
    return names
