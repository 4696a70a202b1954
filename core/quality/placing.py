"""Where records say they are and where their points lie: what all checks of points share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from .columns import Flags, Floats, Ints, Rows
from .middles import middles
from .outlines import NOWHERE, TOWNSHIP, VILLAGE, metres
from .work import Work

COUNTY = 6
_FAR_TIMES = 6.0  # so many times as far as its points mostly lie is no more in a village


@dataclass(frozen=True)
class Placing:
    """For every record: the declared division (number in ``codes``), its outline, its centre and how far is too far.

    ``level`` is the length of the code whose centre it is (0 none), ``shown`` whether that is no more than what the
    records show (:mod:`.middles`), ``usual`` how far (metres) a village's points mostly lie from its centre; ``coarse``
    whether the outline is that of a larger division than the centre. ``outside`` are the records whose point lies
    evidently elsewhere, ``distance`` how far off (metres, 0 inside), from the centre where ``by_centre``; ``away``
    those of them outside of the county.
    """

    codes: tuple[str, ...]
    declared: Ints
    area: Rows
    centre_x: Floats
    centre_y: Floats
    level: Floats
    reach: Floats
    usual: float
    coarse: Flags
    shown: Flags
    distance: Floats
    outside: Flags
    by_centre: Flags
    away: Flags

    def code(self, row: int) -> str:
        """The code of the division that a record declares; empty where it declares none."""
        return self.codes[self.declared[row]]


def placing(work: Work) -> Placing:
    """Compare all points with what their records declare."""
    columns, outlines, limits = work.columns, work.context.outlines, work.context.limits
    codes, declared = _declared(work)
    areas = np.array([outlines.area_of(code) for code in codes], np.int64)
    drawn = np.array([*map(len, outlines.codes), 0], np.int64)[areas]
    known = _centres(work, codes)
    shown = _shown(work, codes, declared, known, drawn)
    area, centres = areas[declared], known[declared]
    usual = _usual(work, centres)
    reaches = {VILLAGE: max(limits.village_metres, _FAR_TIMES * usual), TOWNSHIP: limits.township_metres}
    reach = np.array([reaches.get(level, limits.county_metres) for level in known[:, 2].tolist()])[declared]
    x, y = columns.longitude, columns.latitude
    judged = work.exact
    distance = np.zeros(len(columns))
    rows = np.flatnonzero(judged & (area != NOWHERE))
    rows = rows[~outlines.inside(area[rows], x[rows], y[rows])]
    distance[rows] = outlines.metres_outside(area[rows], x[rows], y[rows])
    outside = distance > limits.border_metres
    coarse = centres[:, 2] > drawn[declared]
    from_centre = metres(x, y, centres[:, 0], centres[:, 1])
    by_centre = judged & ~outside & coarse & (from_centre > reach)
    distance[by_centre] = from_centre[by_centre]
    outside |= by_centre
    away = _away(work, outside, codes, declared, known[shown])
    how = reach, usual, coarse, shown[declared]
    return Placing(codes, declared, area, *centres.T, *how, distance, outside, by_centre, away)


def inside_home(work: Work, home: Placing, rows: Rows, x: Floats, y: Floats) -> Flags:
    """Whether points would lie where these records say they are: in the outline, or within reach of the centre."""
    found = work.context.outlines.inside(home.area[rows], x, y) | (home.area[rows] == NOWHERE)
    near = metres(x, y, home.centre_x[rows], home.centre_y[rows]) <= home.reach[rows]
    return found & np.where(home.coarse[rows], near, home.area[rows] != NOWHERE)


def _shown(work: Work, codes: tuple[str, ...], declared: Ints, known: Floats, drawn: Rows) -> Flags:
    """Of which villages without a centre and an outline the records show the middle, which then stands in ``known``."""
    columns = work.columns
    blank = np.array([len(code) == VILLAGE for code in codes]) & (known[:, 2] < VILLAGE) & (drawn < VILLAGE)
    if not blank.any():
        return blank
    judged, limit = work.exact & blank[declared], work.context.limits.village_metres
    x, y = middles(declared, len(codes), columns.longitude, columns.latitude, judged, limit)
    blank &= ~np.isnan(x)
    known[blank] = np.stack((x, y, np.full(len(x), VILLAGE)), axis=1)[blank]
    return blank


def _usual(work: Work, centres: Floats) -> float:
    """How far a village's points lie from its centre: the median over all."""
    rows = np.flatnonzero(work.exact & (centres[:, 2] == VILLAGE))
    if not len(rows):
        return 0.0
    columns = work.columns
    away = metres(columns.longitude[rows], columns.latitude[rows], centres[rows, 0], centres[rows, 1])
    return float(np.median(away))


def _declared(work: Work) -> tuple[tuple[str, ...], Ints]:
    columns = work.columns
    fields = [columns.text(name) for name in ("township", "village", "division_code")]
    together = np.stack([field.codes for field in fields], axis=1) if len(columns) else np.zeros((0, 3), np.int32)
    different, which = np.unique(together, axis=0, return_inverse=True)
    numbers: dict[str, int] = {"": 0}
    of_each = [
        numbers.setdefault(
            work.context.outlines.code_of(*(field.values[code] for field, code in zip(fields, codes))), len(numbers)
        )
        for codes in different.tolist()
    ]
    return tuple(numbers), np.array(of_each, np.int32)[which.reshape(-1)]


def _centres(work: Work, codes: tuple[str, ...]) -> Floats:
    """Longitude, latitude and level (length of the code, 0 none) of the smallest division above or at each code whose
    centre is known.
    """
    return np.array([_centre(work, code) for code in codes], np.float64).reshape(-1, 3)


def _centre(work: Work, code: str) -> tuple[float, float, float]:
    for length in (VILLAGE, TOWNSHIP, COUNTY):
        place = work.context.outlines.places.get(code[:length]) if len(code) >= length else None
        if place is not None and place.longitude is not None and place.latitude is not None:
            return place.longitude, place.latitude, length
    return float("nan"), float("nan"), 0


def _away(work: Work, outside: Flags, codes: tuple[str, ...], declared: Ints, shown: Floats) -> Flags:
    """Of the points outside, those in another county; without an outline of it, those far from all its places."""
    outlines, columns = work.context.outlines, work.columns
    result = np.zeros(len(columns), bool)
    rows = np.flatnonzero(outside & _of_county(outlines.county_code, codes)[declared])
    if not len(rows):
        return result
    known: Optional[Flags] = outlines.in_county(columns.longitude[rows], columns.latitude[rows])
    if known is None:
        reaches = _reaches(work, shown)
        known = np.full(len(rows), not reaches)
        for longitude, latitude, reach in reaches:
            known |= metres(columns.longitude[rows], columns.latitude[rows], longitude, latitude) <= reach
    result[rows] = ~known
    return result


def _reaches(work: Work, shown: Floats) -> list[tuple[float, float, float]]:
    """Where the county's places are known to lie and how far from each it may reach; its own centre if that is all."""
    outlines, limits = work.context.outlines, work.context.limits
    placed = [place for place in outlines.places.values() if place.longitude is not None and place.latitude is not None]
    at = [(place.longitude, place.latitude) for place in placed if len(place.code) >= TOWNSHIP]
    at += [(longitude, latitude) for longitude, latitude, _ in shown.tolist()]
    if at:
        return [(*one, limits.township_metres) for one in at]
    return [(p.longitude, p.latitude, limits.county_metres) for p in placed if p.code == outlines.county_code]


def _of_county(county: str, codes: tuple[str, ...]) -> Flags:
    return np.array([bool(code) and code.startswith(county) for code in codes], bool)
