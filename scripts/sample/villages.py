"""Where people live: the seats of the townships and some 140 villages in valleys, by water, on gentle ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np
from shapely import contains_xy
from shapely.geometry import Polygon

from .divisions import TOWNSHIPS, Division
from .ground import SEED, to_degrees
from .landscape import Terrain
from .names import TOWNSHIP_CODES, TOWNSHIP_NAMES, communities, village_names

_VILLAGES = 140
_SPACING = 1_500.0
# Where the communities of a town stand about its centre, in metres east and north.
_QUARTERS = ((0, 0), (620, 180), (-240, -560), (-560, 420), (480, -430), (160, 640), (-660, -60), (820, -90))


@dataclass(frozen=True)
class Village:
    """A village or community: 12-digit code, full name, its township's code, cell and place in degrees."""

    code: str
    name: str
    township: str
    cell: int
    longitude: float
    latitude: float
    seat: bool


@dataclass(frozen=True)
class Township:
    """A township: code, name, its label on the grid, the cell of its seat."""

    code: str
    name: str
    label: int
    cell: int


def townships(terrain: Terrain, division: Division, water: np.ndarray) -> list[Township]:
    """The townships with their seats; the one on the largest plain by the river is the county seat."""
    score = _suitability(terrain, water)
    area = terrain.drainage.area.reshape(score.shape)
    x, y = terrain.ground.centres()
    seats, worth = [], []
    for label in range(1, TOWNSHIPS + 1):
        mine = division.labels == label
        centre = np.hypot(x - x[mine].mean(), y - y[mine].mean())
        here = np.where(mine, score * np.exp(-((centre / 3_500) ** 2)) * _near(area > 25, 3, 1.5), -1.0)
        seats.append(int(here.argmax()))
        remote = float(np.hypot(x.flat[seats[-1]], y.flat[seats[-1]])) / 6_000
        worth.append(_near(area > 300, 8, 1.0).flat[seats[-1]] / (1 + remote))
    heights = [terrain.height[division.labels == label].mean() for label in range(1, TOWNSHIPS + 1)]
    main = int(np.argmax(worth))
    others = sorted((i for i in range(TOWNSHIPS) if i != main), key=lambda i: heights[i])
    return [
        Township(TOWNSHIP_CODES[rank], TOWNSHIP_NAMES[rank], label + 1, seats[label])
        for rank, label in enumerate([main, *others])
    ]


def villages(
    terrain: Terrain, division: Division, towns: list[Township], shapes: dict[int, Polygon], water: np.ndarray
) -> list[Village]:
    """The seats' communities first, then villages dealt out over the county by how good the ground is."""
    rng = np.random.default_rng(SEED + 4)
    cells = _sites(terrain, division, [town.cell for town in towns], water, rng)
    names = iter(village_names(400))
    result: list[Village] = []
    for town in towns:
        shape = shapes[town.label].buffer(-0.0008)
        x, y = to_degrees(terrain.ground.cell_plane(np.array(cells))).T
        mine = [cell for cell, fits in zip(cells, contains_xy(shape, x, y)) if fits]
        result += _of_township(terrain, town, shape, mine, names, rng)
    return result


def _of_township(
    terrain: Terrain, town: Township, shape: Polygon, cells: list[int], names: Iterator[str], rng: np.random.Generator
) -> list[Village]:
    first = town.code.endswith("100")
    titles = list(communities()) if first else [town.name[:2]]
    centre = terrain.ground.cell_plane(town.cell)
    spots = [centre + offset for offset in _QUARTERS]
    spots = [spot for spot in spots if contains_xy(shape, *to_degrees(spot))]
    seats = [
        _village(f"{town.code}{i + 1:03d}", f"{title}社区居委会", town, town.cell, spot, True)
        for i, (title, spot) in enumerate(zip(titles, spots))
    ]
    rest = []
    for i, cell in enumerate(cells):
        spot = terrain.ground.cell_plane(cell) + rng.uniform(-60, 60, 2)
        rest.append(_village(f"{town.code}{200 + i:03d}", f"{next(names)}村委会", town, cell, spot, False))
    return seats + rest


def _village(code: str, name: str, town: Township, cell: int, plane: np.ndarray, seat: bool) -> Village:
    longitude, latitude = to_degrees(np.asarray(plane, dtype=float)).tolist()
    return Village(code, name, town.code, cell, round(longitude, 6), round(latitude, 6), seat)


def _sites(
    terrain: Terrain, division: Division, seats: list[int], water: np.ndarray, rng: np.random.Generator
) -> list[int]:
    score = np.where(division.labels > 0, _suitability(terrain, water), 0.0).ravel()
    order = rng.permutation(len(score))
    order = order[np.argsort(-(score[order] ** 0.5) * rng.random(len(score)) ** 0.6, kind="stable")]
    plane = terrain.ground.cell_plane(np.arange(len(score)))
    taken = [plane[cell] for cell in seats]
    chosen: list[int] = []
    for cell in order.tolist():
        spacing = _SPACING * (1.0 if terrain.height.flat[cell] < 120 else 1.35)
        if min(np.hypot(*(plane[cell] - other)) for other in taken) > spacing:
            taken.append(plane[cell])
            chosen.append(cell)
            if len(chosen) == _VILLAGES - len(seats):
                break
    return chosen


def _suitability(terrain: Terrain, water: np.ndarray) -> np.ndarray:
    """How good the ground is to live on: gentle, near a stream, not in the river nor in the lake."""
    area = terrain.drainage.area.reshape(terrain.ground.shape)
    gentle = np.exp(-((terrain.slope() / 0.07) ** 2))
    watered = 0.25 + _near(area > 2.5, 4, 2.0)
    wet = _near((area > 120) | water, 2, 9.0) > 0.05
    return np.where(wet, 0.0, gentle * watered)


def _near(mask: np.ndarray, cells: int, sharpness: float) -> np.ndarray:
    """1 on the mask, falling to 0 over a number of cells around it."""
    reach = mask.astype(float)
    for _ in range(cells):
        padded = np.pad(reach, 1)
        around = np.maximum.reduce([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
        reach = np.maximum(reach, around - 1.0 / (cells + 1))
    return np.clip(reach, 0, 1) ** sharpness
