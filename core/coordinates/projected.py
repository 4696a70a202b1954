"""CGCS2000 Gauss–Krüger coordinates into degrees, through PROJ by way of GDAL, which every QGIS carries."""

from __future__ import annotations

import threading
from typing import NamedTuple, Optional, Protocol, Union

from ..standard.errors import OriginMapError

GEOGRAPHIC = 4490
_MILLION = 1_000_000


class CoordinateTransformation(Protocol):
    """What is used of ``osgeo.osr.CoordinateTransformation``, which is imported only when it is needed."""

    def TransformPoint(self, x: float, y: float) -> tuple[float, float, float]:
        """One point."""


class Zone(NamedTuple):
    """A zone whose number leads the easting; EPSG 4491–4501 (6°, 13–23) and 4513–4533 (3°, 25–45)."""

    number: int

    @classmethod
    def of_easting(cls, easting: float) -> Optional[Zone]:
        """The zone that an easting of 8 digits (metres) begins with, ``None`` when there is no such zone."""
        number = int(easting // _MILLION)
        return cls(number) if 13 <= number <= 23 or 25 <= number <= 45 else None

    @property
    def meridian(self) -> float:
        """The central meridian in degrees: 6n − 3 for 6° zones, 3n for 3° zones."""
        return 6.0 * self.number - 3.0 if self.number <= 23 else 3.0 * self.number

    @property
    def epsg(self) -> int:
        """The EPSG code whose eastings carry the zone."""
        return 4491 + self.number - 13 if self.number <= 23 else 4513 + self.number - 25

    def easting_inside(self, easting: float) -> float:
        """The easting without its zone, 500,000 at the central meridian."""
        return easting - self.number * _MILLION


class CentralMeridian(NamedTuple):
    """A central meridian for eastings without zone, degrees: 75, 78 … 135 (EPSG 4534–4554)."""

    meridian: float

    @property
    def epsg(self) -> int:
        """The EPSG code.

        Raises:
            OriginMapError: the meridian is none of the national zones' (local systems' parameters are secret).
        """
        step, rest = divmod(self.meridian - 75.0, 3.0)
        if rest or not 0 <= step <= 20:
            raise OriginMapError("MERIDIAN_BAD", meridian=f"{self.meridian:g}")
        return 4534 + int(step)


Place = Union[Zone, CentralMeridian]
_kept = threading.local()


def to_geographic(easting: float, northing: float, place: Place) -> tuple[float, float]:
    """One point, metres to CGCS2000 longitude and latitude in degrees (6° zones' meridians serve 3° zones as well).

    Raises:
        OriginMapError: no national central meridian, or PROJ cannot place the point.
    """
    longitude, latitude, _ = _transformation(place.epsg).TransformPoint(easting, northing)
    return longitude, latitude


def _transformation(epsg: int) -> CoordinateTransformation:
    """One transformation per thread and code: making one costs a thousand times its use, sharing one is not safe."""
    kept: dict[int, CoordinateTransformation] = _kept.__dict__
    if epsg not in kept:
        kept[epsg] = _new_transformation(epsg)
    return kept[epsg]


def _new_transformation(epsg: int) -> CoordinateTransformation:
    from osgeo import osr  # here, so that reading degrees needs no GDAL

    ends = []
    for code in (epsg, GEOGRAPHIC):
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(code)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        ends.append(reference)
    return osr.CoordinateTransformation(*ends)
