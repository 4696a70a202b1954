"""Which division a point lies in, for whole chunks of points at once, from the outlines kept in the register."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from types import ModuleType
from typing import Optional

import numpy as np
import numpy.typing as npt

from ..quality.cells import Cells, worthwhile
from ..vendored import load
from .geometry import wkb_of
from .register import Register

Coordinates = npt.NDArray[np.float64]
_NOWHERE = -1  # the last of the codes, which is none


class DivisionAreas:
    """The outlines of a register, ready to be asked; the smallest division that holds a point is its answer."""

    def __init__(self, shapely: ModuleType, outlines: dict[int, tuple[npt.NDArray, npt.NDArray]]) -> None:
        self._shapely = shapely
        self._levels = [
            (codes, areas, shapely.STRtree(areas)) for _, (codes, areas) in sorted(outlines.items(), reverse=True)
        ]

    @classmethod
    def of(cls, register: Register) -> DivisionAreas:
        """Read the outlines of a register.

        Raises:
            OriginMapError: ``MISSING_DEPENDENCY`` when it has outlines and shapely 2 is not there.
        """
        found: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
        query = "SELECT code, geom FROM division WHERE geom IS NOT NULL ORDER BY code"
        for code, blob in register.connection.execute(query):
            found[len(code)].append((code, wkb_of(blob)))
        if not found:
            return cls.nowhere()
        shapely = load("shapely")
        outlines = {}
        for length, rows in found.items():
            areas = shapely.from_wkb(np.array([wkb for _, wkb in rows], dtype=object))
            shapely.prepare(areas)
            outlines[length] = np.array([code for code, _ in rows]), areas
        return cls(shapely, outlines)

    @classmethod
    def nowhere(cls) -> DivisionAreas:
        """As of a register without outlines: no point lies anywhere, and shapely is not missed."""
        return _Nowhere()

    @property
    def any(self) -> bool:
        """Whether there is an outline at all."""
        return bool(self._levels)

    @property
    def finest(self) -> int:
        """Length of the longest code with an outline (12 for villages); 0 without any."""
        return max((len(codes[0]) for codes, _, _ in self._levels), default=0)

    def division_of(self, longitude: Coordinates, latitude: Coordinates) -> list[Optional[str]]:
        """The code of the smallest division around each point, ``None`` where there is none.

        Args:
            longitude: degrees in CGCS2000 (EPSG:4490), shape (n,); NaN where a row has no point.
            latitude: the same for the latitude.
        """
        answer = np.full(len(longitude), _NOWHERE, np.int32)
        placed = np.flatnonzero(~(np.isnan(longitude) | np.isnan(latitude)))
        x, y = longitude[placed], latitude[placed]
        if self.any and worthwhile(self._shapely, self._areas, len(placed)):
            asked, shared = self._cells.asked(x, y)
            answer[placed] = self._smallest(x[asked], y[asked])[shared]
        else:
            answer[placed] = self._smallest(x, y)
        codes = [*(code for of_level, _, _ in self._levels for code in of_level.tolist()), None]
        return np.array(codes, object)[answer].tolist()

    @cached_property
    def _areas(self) -> npt.NDArray[np.object_]:
        return np.concatenate([areas for _, areas, _ in self._levels])

    @cached_property
    def _cells(self) -> Cells:
        return Cells(self._shapely, self._areas)

    def _smallest(self, longitude: Coordinates, latitude: Coordinates) -> npt.NDArray[np.int32]:
        """The place in all codes, level by level, of the smallest division around each point."""
        answer = np.full(len(longitude), _NOWHERE, np.int32)
        waiting, first = np.arange(len(longitude)), 0
        for _, areas, tree in self._levels:
            if not len(waiting):
                break
            x, y = longitude[waiting], latitude[waiting]
            at, area = tree.query(self._shapely.points(x, y))
            inside = self._shapely.intersects_xy(areas[area], x[at], y[at])
            # On a border between two divisions the lower code counts: later writes win, so the order is reversed.
            order = np.argsort(area[inside], kind="stable")[::-1]
            answer[waiting[at[inside][order]]] = area[inside][order] + first
            waiting, first = waiting[answer[waiting] == _NOWHERE], first + len(areas)
        return answer


class _Nowhere(DivisionAreas):
    """A register without outlines: no point lies anywhere, and shapely is not missed."""

    def __init__(self) -> None:
        self._levels = []
