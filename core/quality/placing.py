"""Where records say they are and where their points lie: what all checks of points share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from .columns import Flags, Floats, Ints, Rows, numbered
from .outlines import NOWHERE, TOWNSHIP, VILLAGE, metres
from .work import Work


@dataclass(frozen=True)
class Placing:
    """For every record: the declared division (number in ``codes``), its outline, its centre and how far is too far.

    ``coarse`` is whether the outline is that of a larger division than the centre. ``outside`` are the records whose
    point lies evidently elsewhere, ``distance`` how far off (metres, 0 inside), from the centre where ``by_centre``;
    ``away`` those of them outside of the county.
    """

    codes: tuple[str, ...]
    declared: Ints
    area: Rows
    centre_x: Floats
    centre_y: Floats
    reach: Floats
    coarse: Flags
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
    area = np.array([outlines.area_of(code) for code in codes], np.int64)[declared]
    centres = np.array([_centre(work, code) for code in codes]).reshape(-1, 3)[declared]
    x, y = columns.longitude, columns.latitude
    judged = work.exact
    distance = np.zeros(len(columns))
    rows = np.flatnonzero(judged & (area != NOWHERE))
    rows = rows[~outlines.inside(area[rows], x[rows], y[rows])]
    distance[rows] = outlines.metres_outside(area[rows], x[rows], y[rows])
    outside = distance > limits.border_metres
    coarse = _coarse(work, codes, declared, area)
    from_centre = metres(x, y, centres[:, 0], centres[:, 1])
    by_centre = judged & ~outside & coarse & (from_centre > centres[:, 2])
    distance[by_centre] = from_centre[by_centre]
    outside |= by_centre
    away = _away(work, outside, codes, declared)
    return Placing(codes, declared, area, *centres.T, coarse, distance, outside, by_centre, away)


def inside_home(work: Work, home: Placing, rows: Rows, x: Floats, y: Floats) -> Flags:
    """Whether points would lie where these records say they are: in the outline, or within reach of the centre."""
    found = work.context.outlines.inside(home.area[rows], x, y) | (home.area[rows] == NOWHERE)
    near = metres(x, y, home.centre_x[rows], home.centre_y[rows]) <= home.reach[rows]
    return found & np.where(home.coarse[rows], near, home.area[rows] != NOWHERE)


def _coarse(work: Work, codes: tuple[str, ...], declared: Ints, area: Rows) -> Flags:
    """Whether the centre known is that of a smaller division than the outline, or the only thing known."""
    limits = work.context.limits
    length = {limits.village_metres: VILLAGE, limits.township_metres: TOWNSHIP, limits.county_metres: 6}
    of_centre = np.array([length.get(_centre(work, code)[2], 0) for code in codes], np.int64)[declared]
    of_area = np.array([*map(len, work.context.outlines.codes), 0], np.int64)[area]
    return of_centre > of_area


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


def _centre(work: Work, code: str) -> tuple[float, float, float]:
    """Longitude, latitude and reach (metres) of the smallest division above or at a code whose centre is known."""
    limits, places = work.context.limits, work.context.outlines.places
    reaches = ((VILLAGE, limits.village_metres), (TOWNSHIP, limits.township_metres), (6, limits.county_metres))
    for length, reach in reaches:
        place = places.get(code[:length]) if len(code) >= length else None
        if place is not None and place.longitude is not None and place.latitude is not None:
            return place.longitude, place.latitude, reach
    return float("nan"), float("nan"), float("nan")


def _away(work: Work, outside: Flags, codes: tuple[str, ...], declared: Ints) -> Flags:
    """Of the points outside, those in another county; without an outline of it, those far from all its places."""
    outlines, columns = work.context.outlines, work.columns
    result = np.zeros(len(columns), bool)
    rows = np.flatnonzero(outside & _of_county(outlines.county_code, codes)[declared])
    if not len(rows):
        return result
    known: Optional[Flags] = outlines.in_county(columns.longitude[rows], columns.latitude[rows])
    if known is None:
        own = [p for p in outlines.places.values() if len(p.code) >= TOWNSHIP and p.longitude is not None]
        if not own:
            return result
        known = np.zeros(len(rows), bool)
        for place in own:
            at = metres(columns.longitude[rows], columns.latitude[rows], place.longitude, place.latitude)
            known |= at <= work.context.limits.township_metres
    result[rows] = ~known
    return result


def _of_county(county: str, codes: tuple[str, ...]) -> Flags:
    return np.array([bool(code) and code.startswith(county) for code in codes], bool)
