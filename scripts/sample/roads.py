"""Roads along the least-cost ways: a motorway, main roads between the seats, lanes to the villages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping

import numpy as np
from shapely.geometry import LineString

from .ground import COARSE, HEIGHT, SEED, WIDTH, to_degrees, to_plane
from .landscape import Terrain, fractal
from .lines import smoothed, trace
from .travel import path
from .villages import Township, Village

KINDS = ("高速公路", "县道", "乡道", "村道")
_CLIMB = 0.05


@dataclass(frozen=True)
class Road:
    """A stretch of road in degrees and its kind (one of ``KINDS``)."""

    line: LineString
    kind: str
    name: str


class _Network:
    """Roads laid so far on the coarse grid: the kind of every edge between two cells."""

    def __init__(self, terrain: Terrain, water: np.ndarray) -> None:
        self.height = _coarse(terrain.height, np.mean)
        area = _coarse(terrain.drainage.area.reshape(terrain.ground.shape), np.max)
        lake = _coarse(water.astype(float), np.max)
        north, east = np.gradient(self.height, COARSE.cell)
        bumps = np.exp(0.55 * fractal(COARSE.shape, 0.7, np.random.default_rng(SEED + 6)))
        self.ground = bumps + 9 * np.hypot(north, east) + np.where(area > 500, 9.0, np.where(area > 60, 3.0, 0.0))
        self.ground = self.ground + np.where(lake > 0, 60.0, 0.0)
        self.edges: dict[frozenset[int], int] = {}
        self.cells: set[int] = set()

    def lay(self, start: int, goals: set[int], kind: int, climb: float = _CLIMB) -> list[int]:
        """The cheapest way to the nearest goal, cheaper along what is there already."""
        cost = self.ground.copy()
        if kind:
            used = [cell for edge, laid in self.edges.items() if laid for cell in edge]
            cost.flat[used] *= 0.3
        way = path(cost, self.height, climb, start, goals)
        for edge in zip(way, way[1:]):
            pair = frozenset(edge)
            self.edges[pair] = min(self.edges.get(pair, kind), kind) if kind else 0
            if kind:
                self.cells.update(edge)
        return way


def roads(terrain: Terrain, towns: list[Township], places: list[Village], water: np.ndarray) -> list[Road]:
    """All roads of the county and what lies just outside it."""
    network = _Network(terrain, water)
    seats = [_coarse_cell(terrain, town.cell) for town in towns]
    laid = [seats[0]]
    waiting = seats[1:]
    while waiting:
        nearest = min(waiting, key=lambda cell: min(_apart(cell, other) for other in laid))
        waiting.remove(nearest)
        network.lay(nearest, set(laid), 1)
        laid.append(nearest)
    for seat in seats:
        neighbours = sorted((cell for cell in seats if cell != seat), key=lambda cell: _apart(seat, cell))
        network.lay(seat, {neighbours[1]}, 2)
    for goal in ((-1.0, 0.35), (0.95, -1.0), (1.0, 0.15), (-0.35, -1.0)):
        network.lay(_edge_cell(*goal), set(network.cells), 1)
    for place in sorted(places, key=lambda village: _apart(_cell_at(village), seats[0])):
        network.lay(_cell_at(place), set(network.cells), 3)
    exact = {_cell_at(place): to_plane(np.array([place.longitude, place.latitude])) for place in reversed(places)}
    return _lines(network.edges, exact) + [_motorway(terrain, water, seats[0])]


def _lines(edges: Mapping[frozenset[int], int], exact: Mapping[int, np.ndarray]) -> list[Road]:
    result = []
    ends = frozenset(exact) | _changes(edges)
    for kind in (1, 2, 3):
        mine = sorted(tuple(sorted(edge)) for edge, laid in edges.items() if laid == kind)
        for number, chain in enumerate(trace(mine, ends)):
            plane = COARSE.cell_plane(np.array(chain)).astype(float)
            for index in (0, -1):
                if chain[index] in exact:
                    plane[index] = exact[chain[index]]
            name = f"X{101 + number % 17}" if kind == 1 else ""
            result.append(Road(LineString(to_degrees(smoothed(plane, 3, 12.0))), KINDS[kind], name))
    return result


def _changes(edges: Mapping[frozenset[int], int]) -> frozenset[int]:
    """Cells where roads meet or change their kind, where no line may be rounded away from the others."""
    kinds: dict[int, list[int]] = {}
    for edge, kind in edges.items():
        for cell in edge:
            kinds.setdefault(cell, []).append(kind)
    return frozenset(cell for cell, found in kinds.items() if len(found) != 2 or len(set(found)) > 1)


def _motorway(terrain: Terrain, water: np.ndarray, seat: int) -> Road:
    """From the north-west to the south-east, past the county seat at a distance, wide curves only."""
    network = _Network(terrain, water)
    row, column = divmod(seat, COARSE.columns)
    beside = (row - 7) * COARSE.columns + column + 5
    west = network.lay(_edge_cell(-1.0, 0.55), {beside}, 0, climb=0.10)
    east = network.lay(beside, {_edge_cell(1.0, -0.62)}, 0, climb=0.10)
    cells = west + east[1:] if west[-1] == beside else west[::-1] + east[1:]
    plane = COARSE.cell_plane(np.array(cells))
    return Road(LineString(to_degrees(smoothed(plane, 40, 8.0))), KINDS[0], "G9901")


def _edge_cell(east: float, north: float) -> int:
    """Flat coarse cell at a share of the half width and height from the centre, clipped to the grid."""
    row, column = COARSE.cell_of(east * WIDTH / 2, north * HEIGHT / 2)
    return row * COARSE.columns + column


def _coarse(field: np.ndarray, how: Callable[..., np.ndarray]) -> np.ndarray:
    rows, columns = COARSE.shape
    return how(field[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2), axis=(1, 3))


def _coarse_cell(terrain: Terrain, cell: int) -> int:
    row, column = divmod(cell, terrain.ground.columns)
    return min(row // 2, COARSE.rows - 1) * COARSE.columns + min(column // 2, COARSE.columns - 1)


def _cell_at(place: Village) -> int:
    x, y = to_plane(np.array([place.longitude, place.latitude]))
    row, column = COARSE.cell_of(x, y)
    return row * COARSE.columns + column


def _apart(one: int, other: int) -> float:
    rows = one // COARSE.columns - other // COARSE.columns
    return float(np.hypot(rows, one % COARSE.columns - other % COARSE.columns))
