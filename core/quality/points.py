"""Checks of points against the declared division: elsewhere, in another county, and the slips that explain it."""

from __future__ import annotations

from typing import Iterator, Optional

import numpy as np

from .columns import Flags
from .findings import Hit, Proposal, distance_in_words
from .placing import placing
from .repairs import DIGIT_METRES, Repair, repairs
from .shifts import shifted_runs, shifted_twins
from .spots import rounded
from .work import Work

_EXCHANGED = ("swapped",)
_SIGNS = ("sign",)
_DATUMS = ("gcj02", "bd09", "gcj02_back", "bd09_back")
# A shift taken off without cause is done to a whole import, not to a point.
_TAKEN_OFF = ("gcj02_back", "bd09_back")
_MINUTES = ("minutes", "seconds")
_DIGITS = ("digit",)


def elsewhere(work: Work) -> Iterator[Hit]:
    """Points in another division of the county than the record declares, which no slip explains."""
    home = work.shared(placing)
    yield from _unexplained(work, home.outside & ~home.away)


def away(work: Work) -> Iterator[Hit]:
    """Points in another county, which no slip explains."""
    home = work.shared(placing)
    yield from _unexplained(work, home.outside & home.away)


def _unexplained(work: Work, which: Flags) -> Iterator[Hit]:
    home, repaired, explained = work.shared(placing), work.shared(repairs), work.shared(_explanations)
    for row in np.flatnonzero(which).tolist():
        if row not in explained:
            # What does not even explain the point is proposed where nothing else is as good.
            proposal = _proposed(repaired[row]) if row in repaired and repaired[row].sure else None
            far = home.by_centre[row] and not home.away[row]
            yield Hit(row, _about(work, row), proposal, code="POINT_FAR" if far else "")


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
    """Points of a Chinese map service taken for CGCS2000: a run of an import, one of two of a site, or by itself."""
    yield from _explained(work, _DATUMS)


def _explained(work: Work, slips: tuple[str, ...]) -> Iterator[Hit]:
    for row, (repair, code) in work.shared(_explanations).items():
        if repair.slip in slips:
            yield Hit(row, _about(work, row), _proposed(repair), code=code)


def _explanations(work: Work) -> dict[int, tuple[Repair, str]]:
    """What convincingly explains a point, with the finding's code where it is not the check's own."""
    found = {row: (repair, "POINT_TWIN_SHIFTED") for row, repair in work.shared(shifted_twins).items()}
    found.update({row: (repair, "POINTS_SHIFTED") for row, repair in work.shared(shifted_runs).items()})
    for row, repair in work.shared(repairs).items():
        if row not in found and _convinces(work, repair):
            found[row] = repair, ""
    return found


def _convinces(work: Work, repair: Repair) -> bool:
    """Whether chance would hardly have brought the point home as well."""
    if repair.slip in _DIGITS:
        return bool(work.shared(placing).distance[repair.row] >= DIGIT_METRES)
    if repair.slip in _TAKEN_OFF:
        return False
    return repair.slip not in _DATUMS or repair.row not in work.shared(_rounded)


def _rounded(work: Work) -> frozenset[int]:
    """Points whose few decimals explain as much as any shift."""
    return frozenset(hit.row for hit in rounded(work))


def _proposed(repair: Repair) -> Optional[Proposal]:
    """The point a repair leads to; none where minutes and seconds lead to two that are as good."""
    if not repair.sure and repair.slip in _MINUTES:
        return None
    point = (round(repair.longitude, 7), round(repair.latitude, 7))
    return Proposal(point=point, repair=f"REPAIR_{repair.slip.upper()}", metres=repair.metres, sure=repair.sure)


def _about(work: Work, row: int) -> dict[str, object]:
    home = work.shared(placing)
    division = work.context.outlines.name_of(home.code(row))
    return {"division": division, "distance": distance_in_words(float(home.distance[row]))}
