"""Which coordinate reference systems may be used at all, and the way from them into the register."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCoordinateTransformContext

from ..compat import transform_between
from .errors import RegisterError

CGCS2000 = "EPSG:4490"
# IAG 1975 under Xian 1980, Krassowsky 1940 under Beijing 1954 and New Beijing: by EPSG code and by semi-major axis.
_SECRET_ELLIPSOIDS = ("EPSG:7049:", "EPSG:7024:", "PARAMETER:6378140:", "PARAMETER:6378245:")


def to_register(
    crs: QgsCoordinateReferenceSystem, layer: str, context: QgsCoordinateTransformContext
) -> QgsCoordinateTransform:
    """The way from a layer's coordinates into the register's (EPSG:4490, longitude first).

    Raises:
        RegisterError: ``CRS_INVALID`` without a CRS, ``DATUM_REFUSED`` on Xian 1980 or Beijing 1954.
    """
    if not crs.isValid():
        raise RegisterError("CRS_INVALID", layer=layer)
    refuse_secret_datum(crs)
    return transform_between(crs, QgsCoordinateReferenceSystem(CGCS2000), context)


def refuse_secret_datum(crs: QgsCoordinateReferenceSystem) -> None:
    """Stop at a CRS on Xian 1980 or Beijing 1954, which PROJ would pass for WGS84 without a word.

    The ellipsoid tells, whatever the CRS is called: nothing in China but these stands on IAG 1975 or Krassowsky.

    Raises:
        RegisterError: ``DATUM_REFUSED``; the CRS stands on one of them.
    """
    if f"{crs.ellipsoidAcronym()}:".startswith(_SECRET_ELLIPSOIDS):
        raise RegisterError("DATUM_REFUSED", f"{crs.authid()} {crs.description()} {crs.ellipsoidAcronym()}")
