"""Rivers as smooth lines between confluences, and the reservoir behind a dam in the hills."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Polygon

from .coverage import outlines, patches
from .ground import to_degrees
from .landscape import Terrain
from .lines import smoothed, trace

STREAM = 5.0  # km² of catchment from which water is drawn as a line
_ORDERS = (5.0, 25.0, 120.0, 500.0)


@dataclass(frozen=True)
class River:
    """A stretch of river in degrees; ``order`` is 1 (brook) to 4 (main river)."""

    line: LineString
    order: int
    name: str


@dataclass(frozen=True)
class Reservoir:
    """The water behind a dam: outline in degrees, its cells, and the height of its surface in metres."""

    name: str
    outline: Polygon
    cells: np.ndarray
    level: float


def rivers(terrain: Terrain) -> list[River]:
    """All stretches from one confluence to the next, with the names of the larger waters."""
    flow = terrain.drainage
    wet = np.flatnonzero(flow.area > STREAM)
    edges = [(cell, int(flow.receiver[cell])) for cell in wet.tolist() if flow.receiver[cell] != cell]
    stops = frozenset(np.flatnonzero(np.bincount(flow.receiver[wet], minlength=len(flow.area)) > 1).tolist())
    names = _names(terrain)
    result = []
    for chain in trace(edges, stops):
        plane = smoothed(terrain.ground.cell_plane(np.array(chain)), 4, 18.0)
        middle = chain[len(chain) // 2]
        order = int(np.searchsorted(_ORDERS, flow.area[middle]))
        result.append(River(LineString(to_degrees(plane)), order, names.get(middle, "")))
    return result


def _names(terrain: Terrain) -> dict[int, str]:
    """Name of each cell of the main river and its three largest tributaries, upstream along the larger branch."""
    flow = terrain.drainage
    upstream: dict[int, list[int]] = {}
    for cell in np.flatnonzero(flow.area > STREAM).tolist():
        upstream.setdefault(int(flow.receiver[cell]), []).append(cell)
    mouth = int(flow.area.argmax())
    named: dict[int, str] = {}
    for name in ("清溪河", "北源水", "麻溪", "南渡河", "大冲水", "茶溪"):
        if named:
            sides = [
                other
                for cell in named
                for other in upstream.get(cell, [])
                if other not in named and other != cell
            ]
            mouth = max(sides, key=lambda cell: flow.area[cell])
        cell = mouth
        named[cell] = name
        while True:
            branches = [other for other in upstream.get(cell, []) if other != cell]
            if not branches:
                break
            cell = max(branches, key=lambda other: flow.area[other])
            named[cell] = name
    return named


def reservoir(terrain: Terrain, inside: np.ndarray) -> Reservoir:
    """The best site for a dam inside the mask: a lake of 2 to 5 km² behind a narrow place in the hills."""
    flow = terrain.drainage
    height = terrain.height.ravel()
    best = None
    for cell in np.flatnonzero((flow.area > 18) & (flow.area < 90) & (height > 60) & inside.ravel()).tolist():
        valley = _upstream(terrain, cell)
        level = height[cell] + 26
        flooded = valley[height[valley] < level]
        size = len(flooded) * terrain.ground.cell**2 / 1e6
        if 1.8 < size < 4.5 and inside.ravel()[flooded].all():
            depth = float((level - height[flooded]).mean()) * size
            if best is None or depth > best[0]:
                best = (depth, flooded, level)
    if best is None:
        raise ValueError("no site for a reservoir in this terrain")
    mask = np.zeros(height.size, dtype=bool)
    mask[best[1]] = True
    patch = patches(mask.reshape(terrain.ground.shape))
    lake = patch == np.bincount(patch.ravel())[1:].argmax() + 1
    outline = outlines(lake.astype(int), terrain.ground, passes=3, tolerance=10.0)[1]
    return Reservoir("龙塘水库", Polygon(outline.exterior), lake, float(best[2]))


def _upstream(terrain: Terrain, dam: int) -> np.ndarray:
    """Flat cells of the valley that drains through a cell."""
    flow = terrain.drainage
    receiver = flow.receiver
    within = np.zeros(len(receiver), dtype=bool)
    within[dam] = True
    while True:
        grown = within | within[receiver]
        if grown.sum() == within.sum():
            return np.flatnonzero(within)
        within = grown
