"""Recognises a pair of Gauss–Krüger coordinates on CGCS2000 by the size of its numbers."""

from __future__ import annotations

from typing import NamedTuple, Optional

from .angles import Half
from .datum_names import Datum
from .projected import CentralMeridian, Place, Zone, to_geographic
from .verdict import Reading, Verdict, in_china

#: Metres from the equator: China with its southern islands, and its land for pairs that say less about themselves.
_NORTHINGS = (330_000.0, 6_000_000.0)
#: Below it lie degrees with minutes and seconds run together (``1094125.83``), and no farmland.
_NORTHING_WITHOUT_ZONE = 1_400_000.0
#: Metres of easting inside a zone, 500 km at its central meridian.
_EASTINGS = (100_000.0, 900_000.0)
#: How many degrees from its central meridian a coordinate can be meant to lie, neighbours' overlap included.
_REACH = 3.5
#: A decimal of a metre is worth one more than the fifth decimal of a degree.
_DECIMALS = 5


class _Plane(NamedTuple):
    easting: float
    northing: float
    zone: Optional[Zone]
    exchanged: bool


def read_planar(
    first: Half, second: Half, stated: bool, value: str, central_meridian: Optional[float]
) -> Optional[Reading]:
    """The verdict over two plain numbers in metres, ``None`` when they are no Gauss–Krüger pair.

    Chinese tables write the northing first (X), programmers the easting; the digits tell them apart: an easting
    has 8 digits with its zone and 6 without, a northing of China's land 7.

    Args:
        first: the number said or taken to be the easting.
        second: the other one.
        stated: whether marks in the text say so.
        value: what was written, for the sentences.
        central_meridian: degrees; it counts for eastings without zone only, a zone in the number goes before it.
    """
    plane = _plane(first.value, second.value)
    if plane is None:
        return None
    place: Place
    if plane.zone is not None:
        place = plane.zone
    elif central_meridian is not None:
        place = CentralMeridian(float(central_meridian))
    else:
        return Reading(Verdict.ASK, code="COORD_ASK", params={"value": value})
    longitude, latitude = to_geographic(plane.easting, plane.northing, place)
    if not in_china(longitude, latitude) or abs(longitude - place.meridian) > _REACH:
        return Reading(Verdict.ERROR, code="COORD_OUT", params={"value": value})
    decimals = _DECIMALS + max(first.decimals, second.decimals)
    if stated and plane.exchanged:
        params = {"value": value, "proposal": f"{longitude:.7f},{latitude:.7f}"}
        return Reading(Verdict.SWAPPED, longitude, latitude, decimals, "COORD_SWAPPED", params, Datum.CGCS2000)
    return Reading(Verdict.PROJECTED, longitude, latitude, decimals, datum=Datum.CGCS2000)


def _plane(first: float, second: float) -> Optional[_Plane]:
    for easting, northing, exchanged in ((first, second, False), (second, first, True)):
        zone = Zone.of_easting(easting)
        if zone and _within(zone.easting_inside(easting), _EASTINGS) and _within(northing, _NORTHINGS):
            return _Plane(easting, northing, zone, exchanged)
        if _within(easting, _EASTINGS) and _within(northing, (_NORTHING_WITHOUT_ZONE, _NORTHINGS[1])):
            return _Plane(easting, northing, None, exchanged)
    return None


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value < limits[1]
