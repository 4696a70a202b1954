"""Points read in the wrong datum: whole runs of an import that lie beside their villages, and sites measured twice."""

from __future__ import annotations

from math import log
from typing import Iterator, NamedTuple

import numpy as np

from ..coordinates.datums import Datum, convert
from .columns import Floats, Rows
from .outlines import NOWHERE, VILLAGE, metres
from .placing import Placing, placing
from .repairs import Repair
from .work import Work

_SHIFTS = (
    ("gcj02", Datum.GCJ02, Datum.CGCS2000),
    ("bd09", Datum.BD09, Datum.CGCS2000),
    ("gcj02_back", Datum.CGCS2000, Datum.GCJ02),
    ("bd09_back", Datum.CGCS2000, Datum.BD09),
)
#: Logarithm of the odds from which on a run is taken to be shifted: once in some millions by chance.
_LEAST_ODDS = 13.0
#: The same of all villages of an import or collector, which are not chosen for it: once in ten thousands.
_LEAST_ODDS_OF_ALL = 10.0
#: What a point counts that a shift undone brings into its division; what one that it takes out of it counts against it.
#: Outlines that are drawn roughly bring in as many as they take out.
_POINT_IN, _POINT_OUT = 1.5, 6.0
#: No village alone proves a shift: its centre may be wrong, or its border. Four have to agree.
_MOST_FOR, _MOST_AGAINST = 4.0, 12.0
#: What a village counts against a shift when its outline alone could tell, so that no run grows through silent ones.
_SILENT = 0.7
#: Of the villages of a run so many may speak against its shift, and it still be shifted as a whole.
_CONTRADICTING = 0.15
#: How often the share of a run that is shifted is estimated anew.
_ROUNDS = 20
#: Points so far from their village are wrong in some other way.
_TOO_FAR_METRES = 6_000.0
#: Villages' centres are never known better than this, as the middle of their sites.
_LEAST_SPREAD_METRES = 60.0
_LEAST_VILLAGES = 8
#: Two measurements of one spot differ by no more, once the shift is undone.
_SAME_SPOT_METRES = 3.0
_LEAST_SHIFT_METRES = 50.0  # outside of China nothing is shifted
_SITES_COMPARED = 8
_MAD_TO_SIGMA = 1.4826
#: The number of an import, the collector, and the code of the division.
_Village = tuple[int, str, str]
_MEDIAN_TO_VARIANCE = 1.386  # of the squared length of a two-dimensional normal vector, to its variance along one axis


class _Undone(NamedTuple):
    """All points with a shift taken off (degrees), and by how many metres it had moved them east and north."""

    slip: str
    x: Floats
    y: Floats
    east: Floats
    north: Floats


class _Villages(NamedTuple):
    """Villages by import and collector: rows of each, offset of its sites' middle, its variance (m²), whose they are,
    and where in the register they begin.
    """

    first: Rows
    rows: list[Rows]
    east: Floats
    north: Floats
    variance: Floats
    imports: Rows
    collectors: Rows
    begins: Rows

    def orders(self) -> Iterator[tuple[Rows, Rows]]:
        """Their numbers in the order of the rows of each import, then of each collector, and whose each is."""
        for who in (self.imports, self.collectors):
            if (who != 0).any():
                order = np.lexsort((self.begins, who))
                order = order[who[order] != 0]
                yield order, who[order]


def shifted_runs(work: Work) -> dict[int, Repair]:
    """Points that belong to a run of villages of one import (else of one collector) which a shift explains.

    For each village of an import the middle of its points is held against the village's centre, and each point against
    the outline of its division. A run of villages is shifted when both together are by far likelier with the shift than
    without it: the largest sum of the logarithms of the odds along the import (Kadane) exceeds a limit. A single point
    proves nothing; a shift of some hundred metres shows in a run.
    """
    shifted = work.overall(_shifted_villages)
    rows = _judged(work).tolist() if shifted else []
    slips = {row: shifted[at] for row in rows for at in [_village_of(work, row)] if at in shifted}
    found: dict[int, Repair] = {}
    for undone in _undone(work, np.array([*slips], np.int64)) if slips else ():
        for place, (row, slip) in enumerate(slips.items()):
            if slip == undone.slip:
                found[row] = _repair(work, row, undone, place)
    return dict(sorted(found.items()))


def _judged(work: Work) -> Rows:
    home = work.shared(placing)
    return np.flatnonzero(work.exact & (home.distance < _TOO_FAR_METRES) & (home.declared > 0))


def _village_of(work: Work, row: int) -> _Village:
    columns = work.columns
    return int(columns.imports[row]), columns.text("collector_name").at(row), work.shared(placing).code(row)


def _shifted_villages(work: Work) -> dict[_Village, str]:
    """The villages of all runs, with the slip that explains each."""
    home, rows = work.shared(placing), _judged(work)
    if not len(rows):
        return {}
    villages = _villages(work, home, rows)
    best: dict[int, tuple[float, str]] = {}
    before = work.context.outlines.inside(home.area[rows], work.columns.longitude[rows], work.columns.latitude[rows])
    for undone in _undone(work, rows):
        odds = _odds(work, home, rows, villages, undone, before)
        told = np.clip(odds, -_MOST_AGAINST, _MOST_FOR)
        for order, who in villages.orders():
            for run in _runs(told[order], who):
                shifted = _shifted_of(order[run], told, villages)
                total = float(odds[shifted].sum())
                for number in shifted.tolist():
                    if number not in best or total > best[number][0]:
                        best[number] = total, undone.slip
    return {_village_of(work, int(rows[villages.first[number]])): slip for number, (_, slip) in best.items()}


def _shifted_of(run: Rows, odds: Floats, villages: _Villages) -> Rows:
    """Of a run the villages of those collectors and imports that the shift explains.

    The one that speaks loudest for it has made the run; others are heard with all of their villages, not with those
    alone that fit into it. How many the shift explains is estimated from the run itself (expectation maximisation):
    where nearly all are shifted, one has to speak against it clearly to be left out.
    """
    for whose, within in ((villages.collectors, villages.imports), (villages.imports, villages.collectors)):
        numbers, which = np.unique(whose[run], return_inverse=True)
        spoken = np.bincount(which, odds[run])
        others = np.arange(len(numbers)) != np.argmax(spoken)
        beside = np.flatnonzero(np.isin(whose, numbers) & np.isin(within, within[run]))
        everything = np.bincount(np.searchsorted(numbers, whose[beside]), odds[beside], len(numbers))
        spoken = np.clip(np.where(others, everything, spoken), -_MOST_AGAINST, _MOST_AGAINST)
        before = 0.0  # logarithm of the odds before anything was heard
        for _ in range(_ROUNDS):
            # One for and two against are counted beside those heard, so that two do not outvote all doubt.
            share = (float(np.sum(1 / (1 + np.exp(-spoken - before)))) + 1) / (len(numbers) + 3)
            before = log(share / (1 - share))
        run = run[(spoken + before > 0)[which]]
    return run


def _undone(work: Work, rows: Rows) -> Iterator[_Undone]:
    x, y = work.columns.longitude[rows], work.columns.latitude[rows]
    for slip, source, target in _SHIFTS:
        true_x, true_y = convert(x, y, source, target)
        yield _Undone(slip, true_x, true_y, *_east_north(x, y, true_x, true_y))


def _east_north(x: Floats, y: Floats, from_x: Floats, from_y: Floats) -> tuple[Floats, Floats]:
    """Metres from one place to the other, signed."""
    east = np.sign(x - from_x) * metres(x, y, from_x, y)
    return east, np.sign(y - from_y) * metres(x, y, x, from_y)


def _repair(work: Work, row: int, undone: _Undone, place: int) -> Repair:
    x, y = float(undone.x[place]), float(undone.y[place])
    moved = float(np.hypot(undone.east[place], undone.north[place]))
    return Repair(row, undone.slip, x, y, moved, True)


def _villages(work: Work, home: Placing, rows: Rows) -> _Villages:
    columns = work.columns
    imports, collectors = columns.imports[rows], columns.text("collector_name").codes[rows].astype(np.int64)
    keys = np.stack((imports, collectors, home.declared[rows].astype(np.int64)), axis=1)
    _, which = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(which.reshape(-1), kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(which.reshape(-1)[order])) + 1)
    known = (home.level[rows] == VILLAGE) & ~home.shown[rows]
    east, north = _east_north(columns.longitude[rows], columns.latitude[rows], home.centre_x[rows], home.centre_y[rows])
    far = np.hypot(east, north) > _TOO_FAR_METRES
    east, north = (np.where(known & ~far, value, np.nan) for value in (east, north))
    middle_east, middle_north = (_middles(value, parts) for value in (east, north))
    first = np.array([part[0] for part in parts])
    variance = _variance(parts, east, north, middle_east, middle_north)
    begins = np.array([int(columns.fids[rows[part]].min()) for part in parts])
    return _Villages(first, parts, middle_east, middle_north, variance, imports[first], collectors[first], begins)


def _middles(values: Floats, parts: list[Rows]) -> Floats:
    """The mean of each part, what lies far from its median drawn in, so that no outlier moves it."""
    known = [values[part][~np.isnan(values[part])] for part in parts]
    medians = [float(np.median(one)) if len(one) else float("nan") for one in known]
    apart = np.concatenate([one - median for one, median in zip(known, medians)]) if known else np.zeros(0)
    reach = 2 * _MAD_TO_SIGMA * float(np.median(np.abs(apart))) if len(apart) else 0.0
    return np.array(
        [
            median + float(np.mean(np.clip(one - median, -reach, reach))) if len(one) else median
            for one, median in zip(known, medians)
        ]
    )


def _variance(parts: list[Rows], east: Floats, north: Floats, middle_east: Floats, middle_north: Floats) -> Floats:
    """How far, squared, the middle of a village's sites may lie from its centre along one axis, by number of sites."""
    counts = np.array([len(part) for part in parts])
    known = ~np.isnan(middle_east)
    if known.sum() < _LEAST_VILLAGES:
        return np.full(len(parts), np.nan)
    inner_east = np.concatenate([east[part] - middle for part, middle in zip(parts, middle_east)])
    inner_north = np.concatenate([north[part] - middle for part, middle in zip(parts, middle_north)])
    many = np.repeat(counts >= 4, counts) & ~np.isnan(inner_east)
    of_site = np.median((inner_east**2 + inner_north**2)[many]) / _MEDIAN_TO_VARIANCE if many.any() else 500.0**2
    of_middle = of_site / counts
    seen = np.median((middle_east**2 + middle_north**2)[known]) / _MEDIAN_TO_VARIANCE
    of_centre = max(seen - float(np.median(of_middle[known])), _LEAST_SPREAD_METRES**2)
    return of_centre + of_middle


def _odds(work: Work, home: Placing, rows: Rows, villages: _Villages, undone: _Undone, before: np.ndarray) -> Floats:
    """Logarithm of the odds of this shift against none, village by village."""
    east, north = undone.east[villages.first], undone.north[villages.first]
    along = villages.east * east + villages.north * north - (east**2 + north**2) / 2
    odds = along / villages.variance
    silent = np.isnan(odds)
    odds[silent] = 0.0
    area = home.area[rows]
    if (area != NOWHERE).any():
        after = work.context.outlines.inside(area, undone.x, undone.y)
        counted = np.where(after & ~before, _POINT_IN, np.where(before & ~after, -_POINT_OUT, 0.0))
        odds += np.array([counted[part].sum() for part in villages.rows])
    return odds - np.where(silent & (odds == 0), _SILENT, 0.0)


def _runs(odds: Floats, who: Rows) -> Iterator[slice]:
    """Of each import or collector the run of villages whose odds together are greatest, when they are great enough;
    all of its villages where silent ones alone speak against that.
    """
    borders = [0, *(np.flatnonzero(np.diff(who)) + 1).tolist(), len(odds)]
    for start, end in zip(borders, borders[1:]):
        own = odds[start:end]
        speaking = own != -_SILENT
        if own[speaking].sum() >= _LEAST_ODDS_OF_ALL and (own[speaking] < 0).sum() <= _CONTRADICTING * speaking.sum():
            yield slice(start, end)
            continue
        best, total, begin = (0.0, start, start), 0.0, start
        for number in range(start, end):
            if total <= 0:
                total, begin = 0.0, number
            total += float(odds[number])
            if total > best[0]:
                best = total, begin, number + 1
        if best[0] >= _LEAST_ODDS:
            yield slice(best[1], best[2])


def shifted_twins(work: Work) -> dict[int, Repair]:
    """Points that are another point of the same producer, moved by exactly the shift of a map service."""
    columns, home = work.columns, work.shared(placing)
    rows = np.flatnonzero(work.exact & (work.producers > 0))
    # By the code's text: the order must not hang on which other records there are.
    in_order = np.argsort(np.argsort(np.array(home.codes)))[home.declared]
    rows = rows[np.lexsort((columns.fids[rows], in_order[rows], work.producers[rows]))]
    producers = work.producers[rows]
    alone = (
        np.concatenate(([True], producers[1:] != producers[:-1]))
        & np.concatenate((producers[1:] != producers[:-1], [True]))
        if len(rows)
        else np.zeros(0, bool)
    )
    rows, producers = rows[~alone], producers[~alone]
    x, y = columns.longitude[rows], columns.latitude[rows]
    found: dict[int, Repair] = {}
    for undone in list(_undone(work, rows))[:2] if len(rows) else ():
        for apart in range(1, min(_SITES_COMPARED, len(rows) - 1) + 1):
            same = producers[:-apart] == producers[apart:]
            for moved, true in ((slice(None, -apart), slice(apart, None)), (slice(apart, None), slice(None, -apart))):
                near = same & (metres(undone.x[moved], undone.y[moved], x[true], y[true]) <= _SAME_SPOT_METRES)
                near &= np.hypot(undone.east[moved], undone.north[moved]) > _LEAST_SHIFT_METRES
                for place in np.arange(len(rows))[moved][near].tolist():
                    found[int(rows[place])] = _repair(work, int(rows[place]), undone, place)
    return found
