"""What a person is asked about before a point is saved: elsewhere than stated, or beside a known site."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Mapping, Optional

import numpy as np

from ..coordinates.distance import METRES_PER_DEGREE, metres_between
from ..standard.findings import Finding, Level
from .boundaries import DivisionAreas
from .gpkg import index_name
from .register import Register
from .rows import Position, position_of
from .schema import RECORD

SAME_SITE_METRES = 20.0
NEIGHBOUR_METRES = 500.0
_MOST_LOOKED_AT = 2_000
_NAMES = ("city", "county", "township", "village")


@dataclass(frozen=True)
class Neighbour:
    """Another record of the same product: whose it is, where (CGCS2000 degrees), how far off, and its scale."""

    uid: str
    producer: str
    position: Position
    metres: float
    scale: Optional[float]
    unit: str


def neighbours(
    register: Register, uid: str, variety: str, point: Position, reach: float = NEIGHBOUR_METRES, most: int = 9
) -> list[Neighbour]:
    """The nearest records of a product around a point (CGCS2000 degrees), those that ended left out.

    Args:
        register: open for reading at least.
        uid: of the record whose neighbours are asked for.
        variety: its product.
        point: where it is.
        reach: metres within which they lie.
        most: how many at most.
    """
    north, east = _degrees(reach, point)
    query = (
        f'SELECT r.uid, r.producer_name, r.geom, r.scale, r.unit FROM "{index_name(RECORD)}" i '
        f'CROSS JOIN "{RECORD}" r ON r.fid = i.id WHERE i.minx <= ? AND i.maxx >= ? AND i.miny <= ? AND i.maxy >= ? '
        "AND r.variety = ? AND r.uid <> ? AND r.status <> 'ended' LIMIT ?"
    )
    box = point[0] + east, point[0] - east, point[1] + north, point[1] - north
    found = [
        Neighbour(other, producer or "", position, metres_between(point, position), scale, unit or "")
        for other, producer, blob, scale, unit in register.connection.execute(
            query, (*box, variety, uid, _MOST_LOOKED_AT)
        )
        if (position := position_of(blob)) is not None
    ]
    return sorted((one for one in found if one.metres <= reach), key=lambda one: (one.metres, one.uid))[:most]


def conflicts(
    register: Register, values: Mapping[str, object], point: Position, areas: Optional[DivisionAreas] = None
) -> list[Finding]:
    """Warnings about a point (longitude, latitude in CGCS2000 degrees) for a record with these values.

    ``COORD_ADMIN``: outside the division whose code the record states. ``SITE_NEAR``: closer than 20 m to another
    record of the same producer, product and cycle (other cycles of a site share its point).

    Args:
        register: open for reading at least.
        values: by field name; ``uid`` spares the record itself.
        point: as it would be saved.
        areas: the register's outlines where the caller keeps them; read anew when left out.
    """
    found = [_elsewhere(areas or DivisionAreas.of(register), values, point), _beside(register, values, point)]
    return [finding for finding in found if finding is not None]


def _elsewhere(areas: DivisionAreas, values: Mapping[str, object], point: Position) -> Optional[Finding]:
    stated = str(values.get("division_code") or "")
    if not stated or not areas.any:
        return None
    (here,) = areas.division_of(np.array([point[0]]), np.array([point[1]]))
    shared = min(len(stated), len(here or ""))
    if here is not None and here[:shared] == stated[:shared]:
        return None
    names = "".join(str(values[name]) for name in _NAMES if values.get(name)) or stated
    return Finding(Level.WARNING, "COORD_ADMIN", "division_code", params={"division": names}, proposal=here or "")


def _beside(register: Register, values: Mapping[str, object], point: Position) -> Optional[Finding]:
    north, east = _degrees(SAME_SITE_METRES, point)
    query = (
        f'SELECT r.geom, r.cycle FROM "{index_name(RECORD)}" i CROSS JOIN "{RECORD}" r ON r.fid = i.id '
        "WHERE i.minx <= ? AND i.maxx >= ? AND i.miny <= ? AND i.maxy >= ? "
        "AND r.producer_name = ? AND r.variety = ? AND r.cycle IS ? AND r.uid IS NOT ? AND r.status <> 'ended'"
    )
    box = point[0] + east, point[0] - east, point[1] + north, point[1] - north
    record = (values.get(name) for name in ("producer_name", "variety", "cycle", "uid"))
    near = [
        (metres_between(point, position), cycle)
        for blob, cycle in register.connection.execute(query, (*box, *record))
        if (position := position_of(blob)) is not None
    ]
    if not near or min(metres for metres, _ in near) > SAME_SITE_METRES:
        return None
    metres, cycle = min(near, key=lambda pair: pair[0])
    params = {"metres": math.ceil(metres), "producer": values.get("producer_name"), "cycle": cycle or ""}
    return Finding(Level.WARNING, "SITE_NEAR", "producer_name", params=params)


def _degrees(metres: float, point: Position) -> tuple[float, float]:
    """So many metres as degrees to the north and to the east."""
    north = metres / METRES_PER_DEGREE
    return north, north / max(math.cos(math.radians(point[1])), 0.01)
