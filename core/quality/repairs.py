"""Forensics of a point that lies elsewhere: which slip of the pen or of a map service would have brought it there."""

from __future__ import annotations

from typing import Callable, Iterable, Iterator, NamedTuple

import numpy as np

from ..coordinates.datums import Datum, convert
from .columns import Flags, Floats, Rows
from .outlines import VILLAGE, metres
from .placing import Placing, inside_home, placing
from .spots import made_up
from .work import Work

# A repaired point this near to another one of the same producer is taken before all others.
_BESIDE_OWN_METRES = 500.0
# Minutes and seconds read differently lie some hundred metres apart: a point read in both ways is not sure.
_SAME_METRES = 20.0
# Places of the digits that a slip is looked for in: tens, ones, tenths and hundredths of a degree (1.1 km).
_PLACES = (100.0, 10.0, 1.0, 0.1)
# So short a way may be a wrong click as well: hundredths are believed only beside another point of the producer.
_FINE = (0.01,)
# A slip that may lead anywhere has to lead to where a village's points mostly lie: so many times as far, or so near.
_CLOSE_TIMES, _CLOSE_METRES = 4.0, 1_500.0
# Slips of which one of many would bring a point somewhere near its village by chance.
_LOOSE = ("digit", "axis_minutes", "axis_seconds")
# Nearer than this, another digit explains a point in the next village as well as one that was mistaken for it.
DIGIT_METRES = 10_000.0
_CHINA = (72.0, 137.9, 0.8, 55.9)


class Repair(NamedTuple):
    """What brings the point of a record home: its place in the columns, the slip, the point, how far it moves (metres).

    ``sure`` is whether no other point would be as good.
    """

    row: int
    slip: str
    longitude: float
    latitude: float
    metres: float
    sure: bool


class _Try(NamedTuple):
    slip: str
    x: Floats
    y: Floats
    changed: Flags


def repairs(work: Work) -> dict[int, Repair]:
    """The best repair for each point that lies elsewhere; none where nothing brings it home."""
    home = work.shared(placing)
    rows = np.flatnonzero(home.outside)
    found: dict[int, Repair] = {}
    for slips in (_exchanged, _sexagesimal, _shifted, _sexagesimal_axis, _digits, _fine_digits):
        if slips is _shifted:
            # What stands on a copied, counted up or rounded point is not one slip away from the truth.
            rows = rows[~work.shared(made_up)[rows]]
        left = np.array([row for row in rows.tolist() if row not in found], np.int64)
        if len(left):
            tries = list(slips(work.columns.longitude[left], work.columns.latitude[left]))
            _best(work, home, left, tries, found, beside=slips is _fine_digits)
    return found


def _best(work: Work, home: Placing, rows: Rows, tries: list[_Try], found: dict[int, Repair], *, beside: bool) -> None:
    """Take for each row the point nearest to the producer's others, else (unless only ``beside`` them) the likeliest
    slip, and of digits the point nearest to the division's centre.
    """
    own_x, own_y = work.shared(_own_places)
    rank = np.full(len(rows), np.inf)
    chosen = np.full(len(rows), -1)
    fitting: list[list[int]] = [[] for _ in rows]
    for number, one in enumerate(tries):
        at = np.flatnonzero(_fits(work, home, rows, one))
        for place in at.tolist():
            fitting[place].append(number)
        away = _distance_home(home, rows[at], one.x[at], one.y[at], own_x, own_y)
        if one.slip != "digit":
            # The likelier slips come first, and none is likelier for lying nearer to the centre.
            away = np.where(away < 0, away, float(number))
        better = away < rank[at]
        rank[at[better]], chosen[at[better]] = away[better], number
    columns = work.columns
    for place, number in enumerate(chosen.tolist()):
        if number < 0 or (beside and rank[place] >= 0):
            continue
        row, one = int(rows[place]), tries[number]
        x, y = float(one.x[place]), float(one.y[place])
        moved = float(metres(columns.longitude[row], columns.latitude[row], x, y))
        others = [(tries[n].x[place], tries[n].y[place]) for n in fitting[place] if n != number]
        limit = _SAME_METRES if "minutes" in one.slip or "seconds" in one.slip else _BESIDE_OWN_METRES
        apart = [float(metres(x, y, *other)) > limit for other in others]
        far = one.slip != "digit" or home.distance[row] >= DIGIT_METRES
        sure = rank[place] < 0 or (far and not any(apart))
        found[row] = Repair(row, one.slip.replace("axis_", ""), x, y, moved, sure)


def _fits(work: Work, home: Placing, rows: Rows, one: _Try) -> Flags:
    """Which points a slip undone brings home."""
    fits = one.changed & _in_china(one.x, one.y)
    fits[fits] = inside_home(work, home, rows[fits], one.x[fits], one.y[fits])
    if one.slip in _LOOSE:
        fits[fits] = _close(home, rows[fits], one.x[fits], one.y[fits])
    return fits


def _close(home: Placing, rows: Rows, x: Floats, y: Floats) -> Flags:
    """Whether points lie as near to the village's centre as most do, where one is known."""
    limit = max(_CLOSE_METRES, _CLOSE_TIMES * home.usual)
    near = metres(x, y, home.centre_x[rows], home.centre_y[rows]) <= limit
    return near | (home.level[rows] != VILLAGE)


def _distance_home(home: Placing, rows: Rows, x: Floats, y: Floats, own_x: Floats, own_y: Floats) -> Floats:
    """Metres to the centre of the division; below zero beside another point of the same producer."""
    to_centre = metres(x, y, home.centre_x[rows], home.centre_y[rows])
    to_own = metres(x, y, own_x[rows], own_y[rows])
    return np.where(to_own <= _BESIDE_OWN_METRES, to_own - _BESIDE_OWN_METRES - 1, np.nan_to_num(to_centre, nan=1e9))


def _own_places(work: Work) -> tuple[Floats, Floats]:
    """For every record a point of the same producer that lies where it says it does; NaN without one."""
    home = work.shared(placing)
    good = work.exact & ~home.outside & (work.producers > 0)
    x, y = (np.full(int(work.producers.max(initial=0)) + 1, np.nan) for _ in range(2))
    x[work.producers[good]] = work.columns.longitude[good]
    y[work.producers[good]] = work.columns.latitude[good]
    return x[work.producers], y[work.producers]


def _exchanged(x: Floats, y: Floats) -> Iterator[_Try]:
    every = np.ones(len(x), bool)
    yield _Try("swapped", y, x, every)
    yield _Try("sign", np.abs(x), np.abs(y), (x < 0) | (y < 0))


def _shifted(x: Floats, y: Floats) -> Iterator[_Try]:
    every = np.ones(len(x), bool)
    for slip, source, target in (
        ("gcj02", Datum.GCJ02, Datum.CGCS2000),
        ("bd09", Datum.BD09, Datum.CGCS2000),
        ("gcj02_back", Datum.CGCS2000, Datum.GCJ02),
        ("bd09_back", Datum.CGCS2000, Datum.BD09),
    ):
        yield _Try(slip, *convert(x, y, source, target), every)


def _sexagesimal(x: Floats, y: Floats) -> Iterator[_Try]:
    """Degrees and minutes (110.3012 for 110°30.12′), and seconds (110.3012 for 110°30′12″), read as decimal degrees."""
    for slip, read in (("seconds", _from_seconds), ("minutes", _from_minutes)):
        (lon, fine), (lat, also) = read(x), read(y)
        yield _Try(slip, lon, lat, fine & also)


def _sexagesimal_axis(x: Floats, y: Floats) -> Iterator[_Try]:
    """The same in one of the two numbers."""
    for slip, read in (("seconds", _from_seconds), ("minutes", _from_minutes)):
        (lon, fine), (lat, also) = read(x), read(y)
        yield _Try(f"axis_{slip}", lon, y, fine)
        yield _Try(f"axis_{slip}", x, lat, also)


def _from_minutes(value: Floats) -> tuple[Floats, Flags]:
    whole = np.floor(value)
    minutes = np.round((value - whole) * 100, 7)
    return whole + minutes / 60, minutes < 60


def _from_seconds(value: Floats) -> tuple[Floats, Flags]:
    whole = np.floor(value)
    digits = np.round((value - whole) * 100, 7)
    minutes = np.floor(digits)
    seconds = np.round((digits - minutes) * 100, 5)
    return whole + minutes / 60 + seconds / 3600, (minutes < 60) & (seconds < 60)


def _digits(x: Floats, y: Floats) -> Iterator[_Try]:
    """A digit lost, doubled, mistaken for another, or exchanged with its neighbour, in one of the two numbers."""
    yield from _in_one_number(x, y, lambda value: (*_points_moved(value), *_slips(value, _PLACES)))


def _fine_digits(x: Floats, y: Floats) -> Iterator[_Try]:
    yield from _in_one_number(x, y, lambda value: _slips(value, _FINE))


def _in_one_number(x: Floats, y: Floats, slips: Callable[[Floats], Iterable[Floats]]) -> Iterator[_Try]:
    for changed in slips(x):
        yield _Try("digit", changed, y, ~np.isclose(changed, x, rtol=0, atol=1e-9))
    for changed in slips(y):
        yield _Try("digit", x, changed, ~np.isclose(changed, y, rtol=0, atol=1e-9))


def _points_moved(value: Floats) -> tuple[Floats, ...]:
    return value * 10, value / 10, value * 100, value / 100


def _slips(value: Floats, units: tuple[float, ...]) -> Iterator[Floats]:
    """What was meant if one digit of these places is wrong."""
    for unit in units:
        at = np.floor(np.round(value / unit, 9))
        digit, below = at % 10, value - at * unit
        above = np.floor(at / 10) * unit * 10
        for other in range(10):
            yield above + other * unit + below
        # One digit too many: before the point those above it move down a place, behind it those below move up.
        yield above / 10 + below if unit >= 1 else above + below * 10
        following = np.floor(np.round(below / unit * 10, 9)) % 10
        yield above + following * unit + digit * unit / 10 + below - following * unit / 10
        # One digit too few, which stood before this one or, in the end, behind the last before the point.
        for lost in range(10):
            if unit >= 1:
                yield at * unit * 10 + lost * unit + below
                yield above * 10 + lost * unit * 10 + digit * unit + below
            else:
                yield above + lost * unit + (value - above) / 10


def _in_china(x: Floats, y: Floats) -> Flags:
    west, east, south, north = _CHINA
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)
