"""Lines out of grids: chains of edges between junctions, and the smoothing that takes the grid out of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Hashable, Iterable, Sequence

import numpy as np
from shapely.geometry import LineString


def trace(edges: Iterable[tuple[Hashable, Hashable]], stops: frozenset = frozenset()) -> list[list]:
    """Chains of nodes that cover every edge once and end at junctions, loose ends and the given stops."""
    neighbours: dict = defaultdict(list)
    for one, other in edges:
        neighbours[one].append(other)
        neighbours[other].append(one)
    ends = [node for node, near in neighbours.items() if len(near) != 2 or node in stops]
    used: set = set()
    chains = []
    # The second pass picks up closed rings that touch no junction.
    for start in ends + list(neighbours):
        for following in neighbours[start]:
            if frozenset((start, following)) not in used:
                chains.append(_walk(start, following, neighbours, used, stops))
    return chains


def _walk(start: Hashable, following: Hashable, neighbours: dict, used: set, stops: frozenset) -> list:
    chain = [start, following]
    used.add(frozenset((start, following)))
    while len(neighbours[chain[-1]]) == 2 and chain[-1] not in stops and chain[-1] != start:
        onward = [node for node in neighbours[chain[-1]] if frozenset((chain[-1], node)) not in used]
        if not onward:
            break
        used.add(frozenset((chain[-1], onward[0])))
        chain.append(onward[0])
    return chain


def smoothed(points: Sequence | np.ndarray, passes: int, tolerance: float) -> np.ndarray:
    """The line rounded by repeated averaging with its ends kept (a closed ring all round), then thinned."""
    line = np.asarray(points, dtype=float)
    closed = len(line) > 3 and np.array_equal(line[0], line[-1])
    for _ in range(passes):
        if closed:
            ring = line[:-1]
            ring = (np.roll(ring, 1, axis=0) + 2 * ring + np.roll(ring, -1, axis=0)) / 4
            line = np.vstack([ring, ring[:1]])
        elif len(line) > 2:
            line = np.vstack([line[:1], (line[:-2] + 2 * line[1:-1] + line[2:]) / 4, line[-1:]])
    return np.asarray(LineString(line).simplify(tolerance).coords)
