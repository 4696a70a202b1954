"""Records added up in hexagons or squares, where there are no outlines of divisions to colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Iterator

import numpy as np
import numpy.typing as npt
from qgis.core import QgsGeometry, QgsPointXY

_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km
_ROWS = math.sqrt(3.0)  # two rows of hexagons, in widths of one

Places = npt.NDArray[np.float64]


class Shape(str, Enum):
    """Of the cells."""

    HEXAGON = "hexagon"
    SQUARE = "square"


@dataclass(frozen=True)
class Points:
    """Records that have a point: longitude and latitude in degrees (n, 2), a number for each producer's name (-1
    without one), and what each adds to the amount."""

    places: Places
    producers: npt.NDArray[np.int64]
    amounts: Places


@dataclass(frozen=True)
class Cell:
    """A cell that has records: its outline in degrees, and what is inside."""

    outline: QgsGeometry
    records: int
    producers: int
    amount: float


def cells(points: Points, shape: Shape, size: float) -> Iterator[Cell]:
    """The cells of a regular grid that have records.

    The grid is regular in a plane around the records' middle, where a degree of longitude is shortened by the cosine of
    the latitude; over a county it is true to some per mille.

    Args:
        points: of the records.
        shape: of the cells.
        size: width of a cell, from side to side, in metres.
    """
    if not len(points.places):
        return
    middle_latitude = math.radians(float(points.places[:, 1].mean()))
    widths = _METRES_PER_DEGREE / size * np.array([math.cos(middle_latitude), 1.0])
    flat = points.places * widths
    middles = _hexagon_of(flat) if shape is Shape.HEXAGON else np.floor(flat) + 0.5
    found, place = np.unique(np.round(middles, 6), axis=0, return_inverse=True)
    place = place.reshape(-1)
    named = points.producers >= 0
    pairs = np.unique(np.column_stack((place[named], points.producers[named])), axis=0)
    records, sums = np.bincount(place), np.bincount(place, points.amounts)
    producers = np.bincount(pairs[:, 0], minlength=len(found))
    for number, middle in enumerate(found):
        ring = [QgsPointXY(x, y) for x, y in ((middle + CORNERS[shape]) / widths).tolist()]
        outline = QgsGeometry.fromPolygonXY([ring])
        yield Cell(outline, int(records[number]), int(producers[number]), float(sums[number]))


def _hexagon_of(flat: Places) -> Places:
    """The middle of the hexagon around each place, in widths: the nearer one of two grids of rectangles, of which the
    second is moved by half a width and one row."""
    steps, shift = np.array([1.0, _ROWS]), np.array([0.5, _ROWS / 2])
    one = np.round(flat / steps) * steps
    other = np.round((flat - shift) / steps) * steps + shift
    nearer = ((flat - one) ** 2).sum(axis=1) <= ((flat - other) ** 2).sum(axis=1)
    return np.where(nearer[:, None], one, other)


def _regular(corners: int, radius: float, first: float) -> Places:
    angles = np.radians(first + 360.0 / corners * np.arange(corners + 1))
    return radius * np.column_stack((np.cos(angles), np.sin(angles)))


# Around the middle of a cell one wide; the hexagons stand on a corner.
CORNERS = {
    Shape.HEXAGON: _regular(6, 1 / _ROWS, 30.0),
    Shape.SQUARE: _regular(4, math.sqrt(0.5), 45.0),
}
