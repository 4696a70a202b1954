"""Divisions drawn over the map before they are in the register; taken away without a trace."""

from __future__ import annotations

from typing import Iterable, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...core.register.divisions import FoundDivision

_CRS = "EPSG:4490"
_LINE = "#ff6f00"
_FILL = "#50ff6f00"
_POINT_SIZE = 6
_AIR = 1.1


class DivisionMarks:
    """All outlines and centres in one colour, the chosen one filled."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._divisions: tuple[FoundDivision, ...] = ()
        self._chosen: Optional[FoundDivision] = None
        self._bands: list[QgsRubberBand] = []
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, divisions: Iterable[FoundDivision]) -> None:
        """Draw these in the place of what was drawn; outlines and centres are in CGCS2000."""
        self._divisions, self._chosen = tuple(divisions), None
        self._draw()

    def choose(self, division: Optional[FoundDivision]) -> None:
        """Fill one of them."""
        self._chosen = division
        self._draw()

    def go_there(self) -> None:
        """Let the map show all of them."""
        box = QgsRectangle()
        for band in self._bands:
            box.combineExtentWith(band.asGeometry().boundingBox())
        if not box.isEmpty():
            box.scale(_AIR)
            self._canvas.setExtent(box)
            self._canvas.refresh()

    def release(self) -> None:
        """Take everything away."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self._clear()

    def _draw(self) -> None:
        self._clear()
        outlines = [d.geometry for d in self._divisions if d.geometry is not None]
        centres = [_centre(d) for d in self._divisions if d.geometry is None and d.longitude is not None]
        self._add(QgsWkbTypes.GeometryType.PolygonGeometry, outlines, "#00ffffff")
        self._add(QgsWkbTypes.GeometryType.PointGeometry, centres, _LINE)
        if self._chosen is not None and self._chosen.geometry is not None:
            self._add(QgsWkbTypes.GeometryType.PolygonGeometry, [self._chosen.geometry], _FILL)
        elif self._chosen is not None and self._chosen.longitude is not None:
            self._add(QgsWkbTypes.GeometryType.PointGeometry, [_centre(self._chosen)], _LINE, 3 * _POINT_SIZE)

    def _add(
        self, kind: QgsWkbTypes.GeometryType, shapes: list[QgsGeometry], fill: str, size: int = _POINT_SIZE
    ) -> None:
        if not shapes:
            return
        band = QgsRubberBand(self._canvas, kind)
        band.setStrokeColor(QColor(_LINE))
        band.setFillColor(QColor(fill))
        band.setWidth(2)
        band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
        band.setIconSize(size)
        band.setLineStyle(Qt.PenStyle.SolidLine)
        crs = QgsCoordinateReferenceSystem(_CRS)
        for number, shape in enumerate(shapes, start=1):
            band.addGeometry(shape, crs, number == len(shapes))
        self._bands.append(band)

    def _clear(self) -> None:
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands.clear()


def _centre(division: FoundDivision) -> QgsGeometry:
    return QgsGeometry.fromPointXY(QgsPointXY(division.longitude, division.latitude))
