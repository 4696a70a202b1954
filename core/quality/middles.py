"""Where the records themselves show a village to lie: the middle of its points, however few of them are wrong."""

from __future__ import annotations

import numpy as np

from .columns import Flags, Floats, Ints
from .outlines import metres

_FEWEST = 5  # different points, or a village has no middle
_SPOTS = 10_000.0  # to a degree: points in one of them are one, since copies of a point are no further evidence
_BITS = (1 << 21) - 1
_AGREEING = 0.6  # of a village's points, and more, lie within the distance at which a point counts as elsewhere


def middles(declared: Ints, known: int, x: Floats, y: Floats, judged: Flags, limit: float) -> tuple[Floats, Floats]:
    """The middle (median of each axis, in degrees) of the points of each declared division; NaN where it is unclear.

    Args:
        declared: the division's number of each record; 0 is none.
        known: how many numbers there are.
        x: longitudes in degrees.
        y: latitudes in degrees.
        judged: which records have a point that counts.
        limit: metres within which most points of a division have to lie.
    """
    found_x, found_y = np.full(known, np.nan), np.full(known, np.nan)
    rows = np.flatnonzero(judged & (declared > 0))
    if not len(rows):
        return found_x, found_y
    spot = [(np.round(value[rows] * _SPOTS).astype(np.int64) & _BITS) for value in (x, y)]
    _, first = np.unique((declared[rows].astype(np.int64) << 42) | (spot[0] << 21) | spot[1], return_index=True)
    rows = rows[first]
    for part in np.split(rows, np.flatnonzero(np.diff(declared[rows])) + 1):
        if len(part) < _FEWEST:
            continue
        middle = float(np.median(x[part])), float(np.median(y[part]))
        if np.mean(metres(x[part], y[part], *middle) <= limit) > _AGREEING:
            found_x[declared[part[0]]], found_y[declared[part[0]]] = middle
    return found_x, found_y
