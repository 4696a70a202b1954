"""Checks of points among one another: the same spot again, points in even steps, numbers with too few decimals."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Iterator

import numpy as np

from .columns import Flags, Floats, Rows
from .findings import Hit
from .naming import core_of
from .work import Work

# Decimals by which two points are one, a hundredth of a metre.
_SAME = 7
_RUN = 4
_STEP_ALIKE = 2.1e-6  # degrees: what six decimals leave of a step
_SHORTEST_STEP = 5e-8
_FEW_DECIMALS = 1000.0
_ALIKE = 1e-5
# Of one number alone: at most one in ten thousand ends in so many noughts by chance.
_OF_ONE = ((100.0, 6), (10.0, 5))  # a number of so many parts of a degree, beside one with so many decimals
_MINUTES_ALIKE = 3.5e-4  # what five decimals of a degree leave of a minute
_SHOWN = 5


def same_spot(work: Work) -> Iterator[Hit]:
    """Records of different producers on the very same point."""
    rows = np.flatnonzero(work.exact & (work.producers > 0))
    names, columns = work.columns.text("producer_name"), work.columns
    for group in _together(columns.longitude[rows], columns.latitude[rows]):
        members = rows[group]
        if len(np.unique(work.producers[members])) < 2:
            continue
        cores = {int(row): core_of(names.at(row)) for row in members}
        if len(set(cores.values())) < 2:
            continue
        counts, listed = Counter(cores.values()), members.tolist()
        for row in listed:
            others = tuple(islice((other for other in listed if cores[other] != cores[row]), _SHOWN))
            shown = "、".join(dict.fromkeys(names.at(other) for other in others))
            yield Hit(row, {"count": len(listed) - counts[cores[row]], "others": shown}, others=others)


def made_up(work: Work) -> Flags:
    """Which records stand on a point nobody took there: that of other producers, one counted up, or a rounded one."""
    result = np.zeros(len(work.columns), bool)
    result[[hit.row for check in (same_spot, stepped, rounded) for hit in check(work)]] = True
    return result


def stepped(work: Work) -> Iterator[Hit]:
    """Four or more points in a row, as they were entered, that lie in even steps: dragged down in a workbook."""
    columns = work.columns
    rows, turns = work.entered
    x, y = columns.longitude[rows], columns.latitude[rows]
    for start, end in _even_runs(x, y, work.enterers[rows], turns):
        members = rows[start:end].tolist()
        for row in members:
            others = tuple(islice((other for other in members if other != row), _SHOWN))
            yield Hit(row, {"count": len(members)}, others=others)


def _even_runs(x: Floats, y: Floats, who: Rows, turns: Rows) -> Iterator[tuple[int, int]]:
    """First and behind the last place of every run of even steps."""
    if len(x) < _RUN:
        return
    step_x, step_y = np.diff(x), np.diff(y)
    length = np.maximum(np.abs(step_x), np.abs(step_y))
    walks = (length > _SHORTEST_STEP) & (np.diff(who) == 0) & (np.diff(turns) == 1)
    alike = walks[1:] & walks[:-1] & _near(step_x, length) & _near(step_y, length)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], alike, [False])).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist()):
        if end - start + 2 >= _RUN:
            yield start, end + 2


def _near(step: Floats, length: Floats) -> Flags:
    # A short step has to be as even as its own length allows.
    allowed = np.minimum(_STEP_ALIKE, 0.2 * np.minimum(length[1:], length[:-1]))
    return np.abs(np.diff(step)) <= allowed


def rounded(work: Work) -> Iterator[Hit]:
    """Points given to a tenth of a kilometre at best: three decimals or fewer, whole minutes, or one number far rounder
    than the other.
    """
    rows = np.flatnonzero(work.exact)
    x, y = work.columns.longitude[rows], work.columns.latitude[rows]
    few = _whole(x * _FEW_DECIMALS, _ALIKE) & _whole(y * _FEW_DECIMALS, _ALIKE)
    in_minutes = _whole(x * 60, _MINUTES_ALIKE) & _whole(y * 60, _MINUTES_ALIKE)
    for place in np.flatnonzero(few | in_minutes | _one_rounder(x, y) | _one_rounder(y, x)).tolist():
        yield Hit(int(rows[place]), {"point": f"{x[place]:.7g}, {y[place]:.7g}"})


def _one_rounder(value: Floats, other: Floats) -> Flags:
    """Whether a number has far fewer decimals than the other."""
    found = np.zeros(len(value), bool)
    for parts, decimals in _OF_ONE:
        # It has at least so many decimals when it is no whole number of the next larger part.
        found |= _whole(value * parts, _ALIKE / 10) & ~_whole(other * 10.0 ** (decimals - 1), _ALIKE)
    return found


def _whole(value: Floats, alike: float) -> Flags:
    return np.abs(value - np.round(value)) < alike


def _together(x: Floats, y: Floats) -> Iterator[Rows]:
    """Places of the points that fall together, group by group."""
    if not len(x):
        return
    keys = np.stack((np.round(x, _SAME), np.round(y, _SAME)), axis=1)
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    borders = np.flatnonzero(np.any(np.diff(keys[order], axis=0) != 0, axis=1)) + 1
    edges = np.concatenate(([0], borders, [len(x)]))
    for number in np.flatnonzero(np.diff(edges) > 1).tolist():
        yield np.sort(order[edges[number] : edges[number + 1]])
