"""Which coordinate reference systems may be brought into the register, and how."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCoordinateTransformContext

from .errors import RegisterError

CGCS2000 = "EPSG:4490"
# IAG 1975 under Xian 1980, Krassowsky 1940 under Beijing 1954 and New Beijing: by EPSG code and by semi-major axis.
_SECRET_ELLIPSOIDS = ("EPSG:7049:", "EPSG:7024:", "PARAMETER:6378140:", "PARAMETER:6378245:")


def to_register(
    crs: QgsCoordinateReferenceSystem, layer: str, context: QgsCoordinateTransformContext
) -> QgsCoordinateTransform:
    """The way from a layer's coordinates into the register's (EPSG:4490, longitude first).

    The ellipsoid tells a secret datum, whatever the CRS is called: PROJ would pass it for WGS84 without a word.

    Raises:
        RegisterError: ``CRS_INVALID`` without a CRS, ``DATUM_REFUSED`` on Xian 1980 or Beijing 1954.
    """
    if not crs.isValid():
        raise RegisterError("CRS_INVALID", layer=layer)
    if f"{crs.ellipsoidAcronym()}:".startswith(_SECRET_ELLIPSOIDS):
        raise RegisterError("DATUM_REFUSED", f"{crs.authid()} {crs.description()} {crs.ellipsoidAcronym()}")
    return QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(CGCS2000), context)
