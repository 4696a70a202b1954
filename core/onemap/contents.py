"""What one distribution map is about: its extent, its projection, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsRectangle,
    QgsVectorLayer,
)

from ..compat import transform_between
from ..standard.errors import OriginMapError

# The footer of every map that has not been reviewed, and of lists and figures.
INTERNAL = "内部工作用图，不得公开发表"
INTERNAL_LIST = "内部工作资料，不得公开发表"
_MARGIN = 1.04


@dataclass(frozen=True)
class Words:
    """Texts of the map; empty ones leave their place blank."""

    title: str
    subtitle: str
    source: str = ""
    author: str = ""
    review_number: str = ""
    footer: str = ""
    remark: str = ""
    day: date = field(default_factory=date.today)


def map_area(records: QgsVectorLayer, divisions: QgsVectorLayer, code: str) -> QgsRectangle:
    """What the map shows, in degrees: the division's outline, that of the smallest one around it, else the points.

    Raises:
        OriginMapError: ``MAP_EMPTY`` when no record matches or none has a point.
    """
    if not records.featureCount():
        raise OriginMapError("MAP_EMPTY")
    for length in (12, 9, 6):
        if len(code) >= length:
            box = _outline(divisions, code[:length])
            if box is not None:
                return box
    points = records.extent()
    if points.isNull() or not points.isFinite():
        raise OriginMapError("MAP_EMPTY")
    points.grow(max(points.width(), points.height(), 0.02) * 0.05)
    return points


def _outline(divisions: QgsVectorLayer, code: str) -> Optional[QgsRectangle]:
    request = QgsFeatureRequest().setFilterExpression(f"\"code\" = '{code}'")
    for feature in divisions.getFeatures(request):
        if feature.hasGeometry() and not feature.geometry().isEmpty():
            return feature.geometry().boundingBox()
    return None


def projection_of(area: QgsRectangle) -> QgsCoordinateReferenceSystem:
    """CGCS2000 three-degree Gauss–Krüger without zone number around the centre (EPSG 4534, 75° E … 4554, 135° E)."""
    zone = min(max(round(area.center().x() / 3.0), 25), 45)
    return QgsCoordinateReferenceSystem.fromEpsgId(4534 + zone - 25)


def projected(area: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """The area in the map's metres, with a margin around it."""
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    box = transform_between(degrees, crs, QgsCoordinateTransformContext()).transformBoundingBox(area)
    box.scale(_MARGIN)
    return box
