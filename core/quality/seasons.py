"""Checks of the on-market period: too long for a crop, before it can be grown, or in a season that has none there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Iterator

import numpy as np

from .columns import NO_DAY, Flags, Ints, Rows
from .context import VarietyLimits
from .findings import Hit
from .work import Work

_EPOCH = date(1970, 1, 1)
# Degrees north of where the county lies when a record has no point.
_UNKNOWN = float("nan")
_ALL_YEAR_DAYS = 200  # who sells as long as this cuts again and again what was planted once
_TEN_DAYS = (1, 11, 21)
_OFF_CYCLE_DAYS = 550  # from the middle of the cycle's year


def impossible(work: Work) -> Iterator[Hit]:
    """One finding for each record whose period cannot be."""
    columns = work.columns
    varieties, start, end = columns.text("variety"), columns.day("market_start"), columns.day("market_end")
    told: set[int] = set()
    for code, limits in work.context.limits.varieties.items():
        if code not in varieties.values:
            continue
        rows = np.flatnonzero(work.live & varieties.among((code,)) & (start != NO_DAY))
        for name, wrong in (
            ("PERIOD_CYCLE", _other_season(work, rows, limits)),
            ("PERIOD_LATE", _too_late(work, rows, limits)),
            ("PERIOD_GROWTH", _too_early(work, rows, limits)),
            ("PERIOD_SEASON", _out_of_season(work, rows, limits)),
            ("PERIOD_TOO_LONG", (end[rows] != NO_DAY) & (end[rows] - start[rows] + 1 > limits.market_days)),
        ):
            for row in rows[wrong].tolist():
                if row not in told:
                    told.add(row)
                    yield Hit(row, _params(work, row, limits), code=name)
    yield from _off_cycle(work, told)


def _too_early(work: Work, rows: Rows, limits: VarietyLimits) -> Flags:
    planted, start = work.columns.day("transplanted_on")[rows], work.columns.day("market_start")[rows]
    end = work.columns.day("market_end")[rows]
    latest = _latest(start, end)
    one_crop = (end == NO_DAY) | (end - start < _ALL_YEAR_DAYS)
    return (planted != NO_DAY) & one_crop & (latest - planted < limits.growth_days)


def _latest(start: Ints, end: Ints) -> Ints:
    """The last day that may have been meant: months and ten-day periods are kept as their first and last days."""
    first, behind = _day_of_month(start), _day_of_month(end + 1)
    month = (first == 1) & (behind == 1)
    ten_days = np.isin(first, _TEN_DAYS) & np.isin(behind, _TEN_DAYS)
    return start + np.where(end == NO_DAY, 0, np.where(month, 27, np.where(ten_days, 9, 0)))


def _day_of_month(day: Ints) -> Ints:
    days = day.astype("datetime64[D]")
    return (days - days.astype("datetime64[M]")).astype(np.int32) + 1


def _month(day: Ints) -> Ints:
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32) % 12 + 1


def _too_late(work: Work, rows: Rows, limits: VarietyLimits) -> Flags:
    planted, start = work.columns.day("transplanted_on")[rows], work.columns.day("market_start")[rows]
    return (planted != NO_DAY) & (limits.growth_most > 0) & (start - planted > limits.growth_most)


def _other_season(work: Work, rows: Rows, limits: VarietyLimits) -> Flags:
    """Planted in months that the season in the cycle's name has nothing to do with."""
    planted, cycles = work.columns.day("transplanted_on")[rows], work.columns.text("cycle")
    allowed = np.ones((len(cycles.values), 13), bool)
    for code in np.unique(cycles.codes[rows]).tolist():
        months = _planted_in(work, cycles.values[code])
        allowed[code] = [not months or month in months for month in range(13)]
    return (planted != NO_DAY) & (limits.growth_most > 0) & ~allowed[cycles.codes[rows], _month(planted)]


def _planted_in(work: Work, cycle: str) -> frozenset[int]:
    """The months in which such a crop is planted; empty where its name tells no season."""
    named = (months for season, months in work.context.limits.planted_in.items() if season in cycle)
    return frozenset(month for months in named for month in months)


def _out_of_season(work: Work, rows: Rows, limits: VarietyLimits) -> Flags:
    """From the open field, and on the market in months alone that have none of it that far north."""
    columns = work.columns
    result = np.zeros(len(rows), bool)
    open_field = columns.text("production_mode").among(("open_field",))[rows]
    north = np.full(len(rows), work.overall(_latitude))
    for season in limits.seasons:
        for place in np.flatnonzero(open_field & (north >= season.north_of)).tolist():
            row = rows[place]
            months = _months(columns.day("market_start")[row], columns.day("market_end")[row])
            result[place] |= bool(months) and months <= set(season.months)
    return result


def _latitude(work: Work) -> float:
    """How far north the county lies: the middle of its points."""
    placed = work.exact
    return float(np.median(work.columns.latitude[placed])) if placed.any() else _county_latitude(work)


def _county_latitude(work: Work) -> float:
    known = [place.latitude for place in work.context.outlines.places.values() if place.latitude is not None]
    return float(np.median(known)) if known else _UNKNOWN


def _months(start: int, end: int) -> set[int]:
    first, last = _day(start), _day(end if end != NO_DAY else start)
    span = (last.year - first.year) * 12 + last.month - first.month
    return {(first.month - 1 + step) % 12 + 1 for step in range(min(span, 11) + 1)} if span >= 0 else set()


def _off_cycle(work: Work, told: set[int]) -> Iterator[Hit]:
    """On the market in years that have nothing to do with the cycle's."""
    columns = work.columns
    cycles, start = columns.text("cycle"), columns.day("market_start")
    middle: Ints = np.array([_middle(cycle) for cycle in cycles.values], np.int32)[cycles.codes]
    wrong = work.live & (middle != NO_DAY) & (start != NO_DAY) & (np.abs(start - middle) > _OFF_CYCLE_DAYS)
    for row in np.flatnonzero(wrong).tolist():
        if row not in told:
            yield Hit(row, _params(work, row, None), code="PERIOD_OFF_CYCLE")


def _middle(cycle: str) -> int:
    year = cycle[:4]
    return (date(int(year), 7, 1) - _EPOCH).days if year.isdecimal() and int(year) > 1000 else NO_DAY


def _params(work: Work, row: int, limits: VarietyLimits | None) -> dict[str, object]:
    columns = work.columns
    titles = {variety.code: variety.title for variety in work.context.standard.varieties}
    code = columns.text("variety").at(row)
    days = {name: _said(columns.day(name)[row]) for name in ("market_start", "market_end", "transplanted_on")}
    most = (
        {}
        if limits is None
        else {"most": limits.market_days, "least": limits.growth_days, "longest": limits.growth_most}
    )
    return {**days, **most, "variety": titles.get(code, code), "cycle": columns.text("cycle").at(row)}


def _said(day: int) -> str:
    return _day(day).isoformat() if day != NO_DAY else ""


def _day(day: int) -> date:
    return _EPOCH + timedelta(int(day))
