"""From a point of the map to a place in CGCS2000: which basemap showed it, in which datum, how exact a click is."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsCsException, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QCoreApplication

from ...core.coordinates.datums import Datum, convert
from ...core.coordinates.verdict import in_china
from ...core.onemap.basemaps import short_name
from ...core.register.crs import refuse_secret_datum
from ...core.register.editing import PointHow
from ...core.register.nearby import metres_between
from ...core.register.rows import Position
from ...core.standard.errors import OriginMapError
from ..workbench import Workbench
from .basemap_under import Basemap, basemap_under
from .placed import Placed

# How far from the mark that is aimed at a hand puts the cross, and how far a point may be off to count as exact.
_PIXELS_OFF = 3.0
_EXACT_METRES = 20.0
# The public reconstruction of the shifted datums is good to a metre, the services' own imagery to some.
_SHIFTED_METRES = 20.0
_TITLE_LENGTH = 150


def placed_by_click(workbench: Workbench, map_point: QgsPointXY) -> Placed:
    """The place under a point of the map (canvas CRS).

    Raises:
        OriginMapError: ``MAP_WITHOUT_CRS``, ``DATUM_REFUSED`` (a map in Xian 1980 or Beijing 1954) or ``CLICK_OUT``
            (not in China).
    """
    position = _position_of(workbench, map_point)
    radius = _PIXELS_OFF * _metres_per_pixel(workbench, map_point, position)
    basemap = basemap_under(QgsProject.instance(), workbench.canvas, map_point)
    if basemap is not None and basemap.shifted:
        return _placed_on_shifted(position, radius, basemap)
    exact = radius <= _EXACT_METRES
    how = PointHow(
        method="typed" if basemap is None else "imagery",
        quality="exact" if exact else "approximate",
        radius=round(radius, 1),
        source="" if basemap is None else basemap.title[:_TITLE_LENGTH],
    )
    return Placed(position, how, _warning(basemap, radius))


def _position_of(workbench: Workbench, map_point: QgsPointXY) -> Position:
    crs = workbench.canvas.mapSettings().destinationCrs()
    if not crs.isValid():
        raise OriginMapError("MAP_WITHOUT_CRS")
    refuse_secret_datum(crs)
    try:
        position = workbench.position_of(map_point)
    except QgsCsException as error:
        raise OriginMapError("CLICK_OUT", f"{crs.authid()} {map_point.toString()}: {error}") from error
    if not in_china(*position):
        raise OriginMapError("CLICK_OUT", f"{crs.authid()} {map_point.toString()} {position}")
    return position


def _metres_per_pixel(workbench: Workbench, map_point: QgsPointXY, position: Position) -> float:
    beside = QgsPointXY(map_point.x() + workbench.canvas.mapUnitsPerPixel(), map_point.y())
    return metres_between(position, workbench.position_of(beside))


def _placed_on_shifted(shown: Position, radius: float, basemap: Basemap) -> Placed:
    """A basemap of a map service draws the ground elsewhere: the point goes back to where the ground is."""
    longitude, latitude = convert(shown[0], shown[1], basemap.datum, Datum.CGCS2000)
    name = short_name(basemap.datum)
    how = PointHow(
        method="imagery",
        quality="approximate",
        radius=round(max(radius, _SHIFTED_METRES), 1),
        source=f"{basemap.title[:_TITLE_LENGTH]} ({name})",
    )
    text = QCoreApplication.translate(
        "originmap",
        "The basemap “{title}” is in {datum}. The point was converted to CGCS2000 and counts as approximate: "
        "set it again on imagery in CGCS2000 (Tianditu) or on site.",
    )
    return Placed((float(longitude), float(latitude)), how, text.format(title=basemap.title, datum=name))


def _warning(basemap: Optional[Basemap], radius: float) -> str:
    if radius > _EXACT_METRES:
        text = QCoreApplication.translate(
            "originmap",
            "The map shows so much that a click is good to {metres} m only; the point counts as approximate. "
            "Zoom in and click again.",
        )
        return text.format(metres=round(radius))
    if basemap is None:
        return QCoreApplication.translate(
            "originmap", "There is no imagery under this point. Make sure that it is the right place."
        )
    if not basemap.certain and _is_from_web(basemap):
        text = QCoreApplication.translate(
            "originmap",
            "Nobody has said in which datum “{title}” is drawn; it is taken to be unshifted. "
            "If it comes from Amap, Tencent or Google, say so under Basemaps.",
        )
        return text.format(title=basemap.title)
    return ""


def _is_from_web(basemap: Basemap) -> bool:
    layer = QgsProject.instance().mapLayer(basemap.layer_id)
    return layer is not None and layer.providerType() != "gdal"
