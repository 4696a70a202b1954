"""Moves symbols that would cover each other a little apart, each as little as possible, as a cartographer does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]
Ground = Callable[[Places], npt.NDArray[np.uint32]]

MOST = 3000  # symbols on one sheet; with more no room is left to move them to
_TOUCH = 0.47  # distance kept, of the sum of two symbols' sizes; silhouettes leave their corners free
_STEP = 0.45  # mm


@dataclass(frozen=True)
class Spread:
    """Where the symbols went, and what it cost.

    Attributes:
        places: one row for each symbol, in mm.
        farthest: the longest way one was moved, in mm.
        crowded: how many found no free place within reach and stayed where they were.
    """

    places: Places
    farthest: float
    crowded: int


def spread(places: Places, sizes: Places, reach: float, ground: Optional[Ground] = None) -> Spread:
    """Give every symbol the nearest place where it covers no other; large ones first.

    Args:
        places: x and y of each symbol in mm on paper, shape (n, 2).
        sizes: its width in mm, shape (n,).
        reach: how far in mm one may be moved.
        ground: the number of the ground of each place, shape (n,): no symbol leaves its own.
    """
    ground = ground or _one_ground
    own = ground(places)
    found = places.copy()
    offsets = _offsets(reach)
    largest = float(sizes.max(initial=1.0))
    taken: dict[tuple[int, int], list[int]] = defaultdict(list)
    crowded = 0
    for symbol in np.lexsort((places[:, 0], places[:, 1], -sizes)).tolist():
        near = _near(taken, places[symbol], reach + largest, largest)
        distance = _TOUCH * (sizes[near] + sizes[symbol])
        free = _first_free(places[symbol] + offsets, found[near], distance, ground, own[symbol])
        if free is None:
            crowded += 1
        else:
            found[symbol] = free
        taken[_bucket(found[symbol], largest)].append(symbol)
    moved = np.hypot(*(found - places).T)
    return Spread(found, float(moved.max(initial=0.0)), crowded)


def _offsets(reach: float) -> Places:
    """Steps away from a place, nearest first."""
    line = np.arange(-reach, reach + _STEP, _STEP)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    far = np.hypot(*grid.T)
    inside = np.argsort(far, kind="stable")
    ordered = grid[inside][far[inside] <= reach]
    return np.concatenate([np.zeros((1, 2)), ordered])


def _bucket(place: Places, width: float) -> tuple[int, int]:
    return int(place[0] // width), int(place[1] // width)


def _near(taken: dict[tuple[int, int], list[int]], place: Places, far: float, width: float) -> list[int]:
    """Symbols that stand already and could be in the way."""
    x, y = _bucket(place, width)
    reach = int(far // width) + 1
    cells = ((x + dx, y + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1))
    return [symbol for cell in cells if cell in taken for symbol in taken[cell]]


def _one_ground(places: Places) -> npt.NDArray[np.uint32]:
    return np.zeros(len(places), np.uint32)


def _first_free(
    wanted: Places, others: Places, distance: Places, ground: Ground, own: np.uint32
) -> Places | None:
    """The first of the wanted places on its own ground that keeps its distance; most symbols need to look at few."""
    start = 0
    for end in (1, 64, 512, len(wanted)):
        chunk = wanted[start:end]
        chunk = chunk[ground(chunk) == own]
        apart = ((chunk[:, None, :] - others[None, :, :]) ** 2).sum(axis=2) >= distance**2
        free = np.flatnonzero(apart.all(axis=1))
        if len(free):
            return chunk[free[0]]
        start = min(end, len(wanted))
    return None
