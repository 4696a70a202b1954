"""A grid over outlines: where no border crosses a cell, all points in it have one answer, and one of them is asked."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]

_WORTHWHILE, _PER_POINT = 20_000, 4
_PER_OUTLINE, _LEAST, _MOST = 512, 1 << 14, 1 << 21
#: Degrees, a tenth of a millimetre: so near to a cell a border counts as crossing it.
_NEAR = 1e-9


def worthwhile(shapely: ModuleType, outlines: npt.NDArray[np.object_], points: int) -> bool:
    """Whether a grid saves so many points more than it costs to make, which is as much as its outlines are long."""
    return points >= _WORTHWHILE and points * _PER_POINT >= int(shapely.get_num_coordinates(outlines).sum())


class Cells:
    """Which cells of a grid are crossed by the borders of outlines; all coordinates in degrees (EPSG:4490, x first)."""

    def __init__(self, shapely: ModuleType, outlines: npt.NDArray[np.object_]) -> None:
        coordinates, of = shapely.get_coordinates(outlines, return_index=True)
        self._west, self._south = coordinates.min(axis=0) - 2 * _NEAR
        self._east, self._north = coordinates.max(axis=0) + 2 * _NEAR
        width, height = self._east - self._west, self._north - self._south
        wanted = min(max(_PER_OUTLINE * len(outlines), _LEAST), _MOST)
        self._per_degree = 1 / max(np.sqrt(width * height / wanted), max(width, height) / _MOST)
        self._columns, self._rows = (int(length * self._per_degree) + 1 for length in (width, height))
        self._crossed = np.zeros(self._columns * self._rows, bool)
        # Rings follow one another in one outline: a line from one to the next is no border, and does no harm.
        border = np.flatnonzero(np.diff(of) == 0)
        self._cross(*_short(coordinates[border], coordinates[border + 1], self._per_degree))

    def _cross(self, start: Floats, end: Floats) -> None:
        """Mark the cells that lines touch which are shorter than a cell."""
        ends = np.minimum(start, end) - _NEAR, np.maximum(start, end) + _NEAR
        columns, rows = zip(*(self._at(*corner.T) for corner in ends))
        for column in columns:
            for row in rows:
                self._crossed[row * self._columns + column] = True

    def _at(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """Column and row of the cells that points lie in."""
        column, row = (x - self._west) * self._per_degree, (y - self._south) * self._per_degree
        return column.astype(np.int32), row.astype(np.int32)

    def asked(self, longitude: Floats, latitude: Floats, about: Rows | int = 0) -> tuple[Rows, Rows]:
        """Which points have to be asked, and for each point the place of the one among these whose answer it shares.

        Args:
            longitude: degrees, shape (n,); no NaN.
            latitude: the same.
            about: what each point is asked about, a number from 0; points share an answer to the same question.
        """
        x, y = longitude, latitude
        within = (x >= self._west) & (x <= self._east) & (y >= self._south) & (y <= self._north)
        column, row = self._at(np.where(within, x, self._west), np.where(within, y, self._south))
        cell = row.astype(np.int64) * self._columns + column
        shared = within & ~self._crossed[cell]
        question = cell * (int(np.max(about, initial=0)) + 1) + about
        _, first, which = np.unique(
            np.where(shared, question, -1 - np.arange(len(x))), return_index=True, return_inverse=True
        )
        return first, which


def _short(start: Floats, end: Floats, per_degree: float) -> tuple[Floats, Floats]:
    """The same lines in pieces that are shorter than a cell in both directions."""
    longer = np.maximum(*np.abs(end - start).T)
    pieces = (longer * per_degree * 1.01).astype(np.int64) + 1
    if pieces.max(initial=1) == 1:
        return start, end
    line = np.repeat(np.arange(len(start)), pieces)
    place = (np.arange(len(line)) - np.repeat(np.cumsum(pieces) - pieces, pieces))[:, None]
    step = ((end - start) / pieces[:, None])[line]
    return start[line] + place * step, start[line] + (place + 1) * step
