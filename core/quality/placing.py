"""Where records say they are and where their points lie: what all checks of points share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, NamedTuple, Optional, Sequence

import numpy as np

from .columns import Flags, Floats, Ints, Rows, numbered
from .middles import middles
from .outlines import NOWHERE, TOWNSHIP, VILLAGE, metres
from .work import Work

COUNTY = 6
_FEWEST = 20  # points tell how far they lie from their villages
_Point = tuple[float, float]  # longitude, latitude
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
    codes, declared = work.shared(_declared)
    areas, drawn = _drawn(work, codes)
    learned, known = work.overall(_learned), _centres(work, codes)
    shown = _put(learned.middles, codes, known)
    area, centres, usual = areas[declared], known[declared], learned.usual
    # No village reaches beyond its township, however far off most of the points are: then they are what is wrong.
    village = max(limits.village_metres, min(_FAR_TIMES * usual, limits.township_metres))
    reaches = {VILLAGE: village, TOWNSHIP: limits.township_metres}
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
    away = _away(work, outside, codes, declared, [*learned.middles.values()])
    how = reach, usual, coarse, shown[declared]
    return Placing(codes, declared, area, *centres.T, *how, distance, outside, by_centre, away)


def inside_home(work: Work, home: Placing, rows: Rows, x: Floats, y: Floats) -> Flags:
    """Whether points would lie where these records say they are: in the outline, or within reach of the centre."""
    found = work.context.outlines.inside(home.area[rows], x, y) | (home.area[rows] == NOWHERE)
    near = metres(x, y, home.centre_x[rows], home.centre_y[rows]) <= home.reach[rows]
    return found & np.where(home.coarse[rows], near, home.area[rows] != NOWHERE)


class _Learned(NamedTuple):
    """What only all records tell: the middles of villages without centre and outline, by code, and what is usual."""

    middles: dict[str, _Point]
    usual: float


def _learned(work: Work) -> _Learned:
    codes, declared = work.shared(_declared)
    known = _centres(work, codes)
    middles_of = _shown(work, codes, declared, known, _drawn(work, codes)[1])
    _put(middles_of, codes, known)
    return _Learned(middles_of, _usual(work, known[declared]))


def _put(middles_of: Mapping[str, _Point], codes: tuple[str, ...], known: Floats) -> Flags:
    """Let the middles stand for the centres in ``known``; tells for which codes they do."""
    shown = np.array([code in middles_of for code in codes], bool)
    for place in np.flatnonzero(shown).tolist():
        known[place] = *middles_of[codes[place]], VILLAGE
    return shown


def _drawn(work: Work, codes: tuple[str, ...]) -> tuple[Rows, Rows]:
    """The outline of each code, and its level."""
    outlines = work.context.outlines
    areas = np.array([outlines.area_of(code) for code in codes], np.int64)
    return areas, np.array([*map(len, outlines.codes), 0], np.int64)[areas]


def _shown(work: Work, codes: tuple[str, ...], declared: Ints, known: Floats, drawn: Rows) -> dict[str, _Point]:
    """The middles of those villages without a centre and an outline of which the records show one."""
    columns = work.columns
    blank = np.array([len(code) == VILLAGE for code in codes]) & (known[:, 2] < VILLAGE) & (drawn < VILLAGE)
    if not blank.any():
        return {}
    judged, limit = work.exact & blank[declared], work.context.limits.village_metres
    x, y = middles(declared, len(codes), columns.longitude, columns.latitude, judged, limit)
    return {codes[place]: (float(x[place]), float(y[place])) for place in np.flatnonzero(blank & ~np.isnan(x)).tolist()}


def _usual(work: Work, centres: Floats) -> float:
    """How far a village's points lie from its centre: the median over all; few, which may be wrong, tell nothing."""
    rows = np.flatnonzero(work.exact & (centres[:, 2] == VILLAGE))
    if len(rows) < _FEWEST:
        return 0.0
    columns = work.columns
    away = metres(columns.longitude[rows], columns.latitude[rows], centres[rows, 0], centres[rows, 1])
    return float(np.median(away))


def _declared(work: Work) -> tuple[tuple[str, ...], Ints]:
    columns = work.columns
    fields = [columns.text(name) for name in ("township", "village", "division_code")]
    first, which = numbered(*(field.codes for field in fields))
    numbers: dict[str, int] = {"": 0}
    of_each = [
        numbers.setdefault(work.context.outlines.code_of(*(field.at(row) for field in fields)), len(numbers))
        for row in first.tolist()
    ]
    return tuple(numbers), np.array(of_each, np.int32)[which]


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


def _away(work: Work, outside: Flags, codes: tuple[str, ...], declared: Ints, shown: Sequence[_Point]) -> Flags:
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


def _reaches(work: Work, shown: Sequence[_Point]) -> list[tuple[float, float, float]]:
    """Where the county's places are known to lie and how far from each it may reach; its own centre if that is all."""
    outlines, limits = work.context.outlines, work.context.limits
    placed = [place for place in outlines.places.values() if place.longitude is not None and place.latitude is not None]
    at = [(place.longitude, place.latitude) for place in placed if len(place.code) >= TOWNSHIP]
    at += shown
    if at:
        return [(*one, limits.township_metres) for one in at]
    return [(p.longitude, p.latitude, limits.county_metres) for p in placed if p.code == outlines.county_code]


def _of_county(county: str, codes: tuple[str, ...]) -> Flags:
    return np.array([bool(code) and code.startswith(county) for code in codes], bool)
