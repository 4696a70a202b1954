"""The divisions that records declare: their outlines and centres, asked for whole columns of points at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Iterable, Optional, Sequence

import numpy as np

from ..coordinates.distance import METRES_PER_DEGREE
from ..places.names import township_stem, village_base, village_stem
from ..vendored import load
from .cells import Cells, worthwhile
from .columns import Flags, Floats, Rows

_LENGTHS = (12, 9, 6)
TOWNSHIP, VILLAGE = 9, 12
NOWHERE = -1
_POINTS = 1_000  # held against all townships at once


@dataclass(frozen=True)
class Place:
    """A division: code, name, its centre in CGCS2000 degrees and its outline as WKB where they are known."""

    code: str
    name: str
    longitude: Optional[float] = None
    latitude: Optional[float] = None
    wkb: Optional[bytes] = None
    aliases: tuple[str, ...] = ()


class Outlines:
    """The divisions by code and name, and their outlines in one array."""

    def __init__(self, places: Iterable[Place], county_code: str) -> None:
        self.places = {place.code: place for place in places}
        self.county_code = county_code
        outlined = sorted(code for code, place in self.places.items() if place.wkb is not None)
        self._index = {code: number for number, code in enumerate(outlined)}
        self.codes: Sequence[str] = outlined
        self._shapely: Optional[ModuleType] = None
        if outlined:
            self._shapely = load("shapely")
            areas = self._shapely.from_wkb(np.array([self.places[code].wkb for code in outlined], object))
            self._shapely.prepare(areas)
            self._areas = areas
            self._boxes = self._shapely.bounds(areas)
        self._by_name = _names(self.places.values())

    def code_of(self, township: str, village: str, division_code: str) -> str:
        """The code of the division that a record declares: by its names where they are known, else the code it has."""
        above = self._by_name.get(("", _township(township)), "")
        found = self._by_name.get((above, _village(village)), "") if above and village else ""
        if found or (above and not (village and division_code.startswith(above))):
            return found or above
        return division_code

    def area_of(self, code: str) -> int:
        """The number of the smallest outline that holds the division; :data:`NOWHERE` without any."""
        return next((self._index[code[:n]] for n in _LENGTHS if len(code) >= n and code[:n] in self._index), NOWHERE)

    def name_of(self, code: str) -> str:
        """A village with its township, as people call it."""
        names = [self.places[part].name for part in (code[:TOWNSHIP], code) if part in self.places]
        return "".join(dict.fromkeys(names)) or code

    def inside(self, areas: Rows, longitude: Floats, latitude: Floats) -> Flags:
        """Whether each point lies in the outline of that number."""
        result = np.zeros(len(areas), bool)
        if self._shapely is None:
            return result
        box = self._boxes[areas]
        near = (areas >= 0) & (longitude >= box[:, 0]) & (longitude <= box[:, 2])
        near &= (latitude >= box[:, 1]) & (latitude <= box[:, 3])
        rows = np.flatnonzero(near)
        if not worthwhile(self._shapely, self._areas, len(rows)):
            result[rows] = self._shapely.intersects_xy(self._areas[areas[rows]], longitude[rows], latitude[rows])
            return result
        asked, shared = self._cells.asked(longitude[rows], latitude[rows], areas[rows])
        some = rows[asked]
        found = self._shapely.intersects_xy(self._areas[areas[some]], longitude[some], latitude[some])
        result[rows] = found[shared]
        return result

    @cached_property
    def _cells(self) -> Cells:
        return Cells(self._shapely, self._areas)

    def metres_outside(self, areas: Rows, longitude: Floats, latitude: Floats) -> Floats:
        """How far each point lies from the outline of that number, in metres."""
        if self._shapely is None or not len(areas):
            return np.zeros(len(areas))
        nearest = self._shapely.shortest_line(self._areas[areas], self._shapely.points(longitude, latitude))
        ends = self._shapely.get_coordinates(nearest).reshape(-1, 2, 2)
        return metres(ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 0], ends[:, 1, 1])

    def in_county(self, longitude: Floats, latitude: Floats) -> Optional[Flags]:
        """Whether each point lies in the register's county; ``None`` where the register cannot tell."""
        if self.county_code in self._index:
            return self.inside(np.full(len(longitude), self._index[self.county_code]), longitude, latitude)
        known = [code for code in self.places if len(code) == TOWNSHIP and code.startswith(self.county_code)]
        townships = [self._index[code] for code in known if code in self._index]
        if not townships or len(townships) < len(known):
            return None
        return self._in_any(np.array(townships, np.int64), longitude, latitude)

    def _in_any(self, areas: Rows, longitude: Floats, latitude: Floats) -> Flags:
        """Whether each point lies in one of these outlines."""
        found, (west, south, east, north) = np.zeros(len(longitude), bool), self._boxes[areas].T
        for start in range(0, len(longitude), _POINTS):
            x, y = (value[start : start + _POINTS, None] for value in (longitude, latitude))
            near, which = np.nonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
            rows = near + start
            found[rows[self.inside(areas[which], longitude[rows], latitude[rows])]] = True
        return found


def metres(x: Floats, y: Floats, other_x: Floats, other_y: Floats) -> Floats:
    """Distances of points in degrees, on a sphere flattened around them."""
    middle = np.radians((y + other_y) / 2)
    return np.hypot((x - other_x) * np.cos(middle), y - other_y) * METRES_PER_DEGREE


def _township(name: str) -> str:
    return township_stem(name) if name else ""


def _village(name: str) -> str:
    return village_stem(village_base(name)) if name else ""


def _names(places: Iterable[Place]) -> dict[tuple[str, str], str]:
    """(code of the township, name) → code; a name that several share is left out."""
    found: dict[tuple[str, str], str] = {}
    for place in sorted(places, key=lambda place: place.code):
        if len(place.code) not in (TOWNSHIP, VILLAGE):
            continue
        above, short = ("", _township) if len(place.code) == TOWNSHIP else (place.code[:TOWNSHIP], _village)
        for name in {short(name) for name in (place.name, *place.aliases)}:
            key = (above, name)
            found[key] = place.code if found.get(key, place.code) == place.code else ""
    return found
