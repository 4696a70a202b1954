"""Cycle cells (``2026-春茬``, ``2026-06``) and the cycle that follows from variety and dates where there is none."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, Optional

from ..cells import Moment, text_of
from ..findings import Level
from ..model import Cadence, Field, Variety
from .characters import chinese_number, narrow
from .dates import FIRST_YEAR, LAST_YEAR
from .reading import LONGEST, Filled, FilledReader, Problem, Reading, empty_reading, error, is_placeholder, problem

_CLEAN = re.compile("20[0-9]{2}-(?:0[1-9]|1[0-2]|[春夏秋冬]茬)")
_MONTH = re.compile(
    r"(?:(?P<year>\d{4})(?:年|[-/.])?)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})(?P<word>月份?)?"
    r"(?:(?<=[0-9])[-/.]\d{1,2}|(?<=月)\d{1,2}[日号])?"
)
_CROP = re.compile(r"(?:(?P<year>\d{4})年?度?)?[-/. ]*(?P<name>[^0-9\s/.-].{0,11}|第\d+[茬季].{0,6})")
_SEASON = re.compile("[早晚]?([春夏秋冬])[季茬作种植]*")
_NUMBERED = re.compile("第?([0-9一二三四五六七八九十]{1,2})[茬季]")

# The season of a crop by the month in which it is planted, and by the month in which it comes on the market.
_PLANTED = "冬春春春夏夏夏秋秋秋冬冬"
_ON_MARKET = "冬冬春春春春夏夏秋秋冬冬"


class CycleReading(NamedTuple):
    """A cycle found from other values, with the note that says so; ``None`` when there was nothing to go by."""

    cycle: Optional[str]
    problems: tuple[Problem, ...] = ()


def cycle_reader(field: Field, default_year: Optional[int]) -> FilledReader:
    """Reads a cell of the cycle; one without a year is of ``default_year``, and says so."""
    nothing = empty_reading(field)

    def read(cell: Filled) -> Reading:
        if cell.__class__ is str and _CLEAN.fullmatch(cell):
            return Reading(cell)
        if isinstance(cell, Moment):
            return error("CYCLE_BAD", field, cell) if cell.moment is None else Reading(f"{cell.moment:%Y-%m}")
        text = "".join(narrow(text_of(cell)).split())
        if not text or is_placeholder(text):
            return nothing
        found = (_month(text) or _crop(text)) if len(text) <= LONGEST else None
        if found is None:
            return error("CYCLE_BAD", field, cell)
        return _with_year(field, cell, found, default_year)

    return read


def _with_year(field: Field, cell: Filled, found: tuple[Optional[int], str], default_year: Optional[int]) -> Reading:
    year = found[0] or default_year
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return error("CYCLE_BAD", field, cell)
    value = f"{year}-{found[1]}"
    if found[0] is None:
        return Reading(value, (problem(Level.WARNING, "CYCLE_YEAR", field, cell, read=value),))
    return Reading(value)


def _month(text: str) -> Optional[tuple[Optional[int], str]]:
    match = _MONTH.fullmatch(text)
    if match is None or not (match["year"] or match["word"]):  # 6.15 alone is no month
        return None
    written = match["month"]
    month = int(written) if written.isdecimal() else int(chinese_number(written) or 0)
    return (int(match["year"]) if match["year"] else None, f"{month:02d}") if 1 <= month <= 12 else None


def _crop(text: str) -> Optional[tuple[Optional[int], str]]:
    """``春``, ``春季``, ``春茬`` are one name; ``第1茬`` and ``第一茬`` too; other names stay as written."""
    match = _CROP.fullmatch(text)
    if match is None or not re.search("[茬季春夏秋冬]", match["name"]):
        return None
    name = match["name"]
    season, numbered = _SEASON.fullmatch(name), _NUMBERED.fullmatch(name)
    if season and not name.startswith(("早", "晚")):
        name = f"{season[1]}茬"
    elif numbered:
        number = numbered[1]
        name = f"第{'零一二三四五六七八九十'[int(number)] if number.isdecimal() and int(number) < 11 else number}茬"
    return (int(match["year"]) if match["year"] else None), name


def cycle_of(
    field: Field,
    variety: Variety,
    *,
    transplanted_on: Optional[str] = None,
    market_start: Optional[str] = None,
    collected_on: Optional[str] = None,
    imported_on: Optional[str] = None,
) -> CycleReading:
    """The cycle of a record whose own cell is empty, with a note.

    Monthly varieties: the month of collection, else of coming on the market, else of the import. Crops: year and season
    of planting (February to April spring, May to July summer, August to October autumn, else winter), else of coming on
    the market (March to June, July and August, September and October, else winter), else of collection or import as a
    planting date. A winter that began in the year before carries that year.

    All days are ``YYYY-MM-DD``; ``field`` is the cycle's, of which the note is said.
    """
    if variety.cadence is Cadence.MONTH:
        day = collected_on or market_start or imported_on
        cycle = day[:7] if day else None
    else:
        planted = transplanted_on or (None if market_start else collected_on or imported_on)
        cycle = _season(planted, _PLANTED) if planted else _season(market_start, _ON_MARKET)
    if cycle is None:
        return CycleReading(None)
    return CycleReading(cycle, (problem(Level.NOTE, "CYCLE_DERIVED", field, None, read=cycle),))


def _season(day: Optional[str], seasons: str) -> Optional[str]:
    if day is None:
        return None
    moment = date.fromisoformat(day)
    season = seasons[moment.month - 1]
    year = moment.year - 1 if season == "冬" and moment.month < 3 else moment.year
    return f"{year}-{season}茬"
