"""Checks of points against the declared division: elsewhere, in another county, and the slips that explain it."""

from __future__ import annotations

from typing import Iterator

import numpy as np

from ..coordinates.datums import Datum, convert
from .columns import Flags, Rows
from .findings import Hit, Proposal, distance_in_words
from .outlines import NOWHERE, metres
from .placing import placing
from .repairs import Repair, repairs
from .work import Work

_EXCHANGED = ("swapped",)
_SIGNS = ("sign",)
_DATUMS = ("gcj02", "bd09", "gcj02_back", "bd09_back")
_MINUTES = ("minutes", "seconds")
_DIGITS = ("digit",)
# An import is taken to be shifted when undoing it brings so many points home, and so few away from it.
_LEAST_HOME, _LEAST_SHARE, _MOST_AWAY = 5, 0.03, 0.2


def elsewhere(work: Work) -> Iterator[Hit]:
    """Points in another division of the county than the record declares, which no slip explains."""
    home = work.shared(placing)
    yield from _unexplained(work, home.outside & ~home.away)


def away(work: Work) -> Iterator[Hit]:
    """Points in another county, which no slip explains."""
    home = work.shared(placing)
    yield from _unexplained(work, home.outside & home.away)


def _unexplained(work: Work, which: Flags) -> Iterator[Hit]:
    home, explained, shifted = work.shared(placing), work.shared(repairs), work.shared(_shifted_imports)
    for row in np.flatnonzero(which).tolist():
        if row in explained or row in shifted:
            continue
        far = home.area[row] == NOWHERE
        params = _about(work, row)
        yield Hit(row, params, code="POINT_FAR" if far and not home.away[row] else "")


def swapped(work: Work) -> Iterator[Hit]:
    """Longitude and latitude exchanged."""
    yield from _explained(work, _EXCHANGED)


def signs(work: Work) -> Iterator[Hit]:
    """A sign before a number that has none here."""
    yield from _explained(work, _SIGNS)


def minutes(work: Work) -> Iterator[Hit]:
    """Degrees and minutes read as decimal degrees."""
    yield from _explained(work, _MINUTES)


def digits(work: Work) -> Iterator[Hit]:
    """A digit lost, doubled or mistaken."""
    yield from _explained(work, _DIGITS)


def datums(work: Work) -> Iterator[Hit]:
    """Points of a Chinese map service taken for CGCS2000: by themselves, or as a whole import."""
    shifted = work.shared(_shifted_imports)
    for hit in _explained(work, _DATUMS):
        if hit.row not in shifted:
            yield hit
    for row, repair in shifted.items():
        yield Hit(row, _about(work, row), _proposal(repair), code="POINTS_SHIFTED")


def _explained(work: Work, slips: tuple[str, ...]) -> Iterator[Hit]:
    shifted = work.shared(_shifted_imports)
    for row, repair in work.shared(repairs).items():
        if repair.slip in slips and (row not in shifted or slips is _DATUMS):
            yield Hit(row, _about(work, row), _proposal(repair))


def _proposal(repair: Repair) -> Proposal:
    point = (round(repair.longitude, 7), round(repair.latitude, 7))
    return Proposal(point=point, repair=f"REPAIR_{repair.slip.upper()}", metres=repair.metres, sure=repair.sure)


def _about(work: Work, row: int) -> dict[str, object]:
    home = work.shared(placing)
    division = work.context.outlines.name_of(home.code(row))
    return {"division": division, "distance": distance_in_words(float(home.distance[row]))}


def _shifted_imports(work: Work) -> dict[int, Repair]:
    """All points of the imports (else of the collectors) that lie home as a whole only when a shift is undone."""
    home, columns = work.shared(placing), work.columns
    judged = np.flatnonzero(work.exact & (home.area != NOWHERE))
    collectors = columns.text("collector_name").codes[judged]
    who = np.where(columns.imports[judged] > 0, columns.imports[judged], -1 - collectors)
    found: dict[int, Repair] = {}
    order = np.argsort(who, kind="stable")
    borders = np.flatnonzero(np.diff(who[order])) + 1
    for part in np.split(judged[order], borders):
        # Where hardly a point lies outside there is nothing to explain.
        if len(part) and home.outside[part].sum() >= _LEAST_HOME:
            _undone(work, part, found)
    return found


def _undone(work: Work, rows: Rows, found: dict[int, Repair]) -> None:
    outlines, home, columns = work.context.outlines, work.shared(placing), work.columns
    x, y, area = columns.longitude[rows], columns.latitude[rows], home.area[rows]
    before = outlines.inside(area, x, y)
    best = None
    for slip, datum in (("gcj02", Datum.GCJ02), ("bd09", Datum.BD09)):
        new_x, new_y = convert(x, y, datum, Datum.CGCS2000)
        after = outlines.inside(area, new_x, new_y)
        gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
        enough = gained >= max(_LEAST_HOME, _LEAST_SHARE * len(rows)) and lost <= _MOST_AWAY * gained
        if enough and (best is None or gained - lost > best[0]):
            best = gained - lost, slip, new_x, new_y, after
    if best is None:
        return
    _, slip, new_x, new_y, after = best
    moved = metres(x, y, new_x, new_y)
    for place in np.flatnonzero(after).tolist():
        row = int(rows[place])
        found[row] = Repair(row, slip, float(new_x[place]), float(new_y[place]), float(moved[place]), True)
