"""Outlines out of a grid of labels: neighbours share every vertex of their border, so nothing gaps or overlaps."""

from __future__ import annotations

import numpy as np
from shapely.geometry import LineString, Polygon
from shapely.ops import polygonize

from .ground import SEED, Ground, to_degrees, to_plane
from .landscape import fractal
from .lines import smoothed, trace


def borders(labels: np.ndarray) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """All cell edges that part two labels, as pairs of corners (row, column)."""
    down = np.argwhere(labels[:, :-1] != labels[:, 1:])
    across = np.argwhere(labels[:-1, :] != labels[1:, :])
    upright = [((row, column + 1), (row + 1, column + 1)) for row, column in down.tolist()]
    level = [((row + 1, column), (row + 1, column + 1)) for row, column in across.tolist()]
    return upright + level


def outlines(labels: np.ndarray, ground: Ground, passes: int = 4, tolerance: float = 12.0) -> dict[int, Polygon]:
    """One polygon in degrees for every label but 0, which is outside; each label must be one connected patch."""
    shift = _shifts(ground)
    arcs = [
        LineString(to_degrees(smoothed(_shifted(np.array(chain), shift, ground), passes, tolerance)))
        for chain in trace(borders(labels))
    ]
    result: dict[int, Polygon] = {}
    for polygon in polygonize(arcs):
        label = _label_inside(polygon, labels, ground)
        if label and (label not in result or polygon.area > result[label].area):
            result[label] = polygon
    return result


def _shifts(ground: Ground) -> np.ndarray:
    """How far each corner is moved (east, north; metres): the detail below the grid, the same for both sides."""
    rng = np.random.default_rng(SEED + 7)
    shape = (ground.rows + 1, ground.columns + 1)
    return np.stack([fractal(shape, 0.9, rng), fractal(shape, 0.9, rng)], axis=-1) * ground.cell * 0.42


def _shifted(corners: np.ndarray, shift: np.ndarray, ground: Ground) -> np.ndarray:
    return ground.corner_plane(corners) + shift[corners[:, 0], corners[:, 1]]


def _label_inside(polygon: Polygon, labels: np.ndarray, ground: Ground) -> int:
    inside = polygon.representative_point()
    x, y = to_plane(np.array([inside.x, inside.y]))
    return int(labels[ground.cell_of(x, y)])


def patches(mask: np.ndarray) -> np.ndarray:
    """Connected patches (by edges) of a mask, numbered from 1; 0 elsewhere."""
    found = np.zeros(mask.shape, dtype=int)
    rows, columns = mask.shape
    count = 0
    for start in np.argwhere(mask).tolist():
        if found[start[0], start[1]]:
            continue
        count += 1
        stack = [tuple(start)]
        found[start[0], start[1]] = count
        while stack:
            row, column = stack.pop()
            for other in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                inside = 0 <= other[0] < rows and 0 <= other[1] < columns
                if inside and mask[other] and not found[other]:
                    found[other] = count
                    stack.append(other)
    return found
