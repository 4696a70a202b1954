"""Where a record probably lies, drawn on the map: a cross at the guess, a circle around it, numbered candidates."""

from __future__ import annotations

import math
from typing import Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ...core.compat import transform_between
from ...core.register.crs import CGCS2000
from ...core.register.queue import Place
from ...core.register.rows import Position
from .overlay import COLOUR, EDGE, MapOverlay

# The picture inside is what a person judges by: it keeps its colours.
_INSIDE = QColor(0, 0, 0, 0)
_CORNERS = 72


class UncertaintyMarks:
    """Two items on one canvas; they follow when the map's coordinate reference system changes."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._shown: tuple[Optional[Position], float, tuple[Place, ...]] = None, 0.0, ()
        self._circle = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._circle.setStrokeColor(COLOUR)
        self._circle.setSecondaryStrokeColor(EDGE)
        self._circle.setFillColor(_INSIDE)
        self._circle.setWidth(2)
        self._marks = _Marks(canvas)
        canvas.destinationCrsChanged.connect(self._draw)

    def show(self, position: Optional[Position], radius: float, candidates: Sequence[Place] = ()) -> None:
        """Draw a guess in the place of what was drawn before.

        Args:
            position: the best guess, longitude and latitude (CGCS2000 degrees); ``None`` where nothing is known.
            radius: metres around it within which the record probably lies; 0 draws no circle.
            candidates: other places, numbered from 1 in their order.
        """
        self._shown = position, radius, tuple(candidates)
        self._draw()

    def clear(self) -> None:
        """Draw nothing."""
        self.show(None, 0.0)

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        for item in (self._circle, self._marks):
            self._canvas.scene().removeItem(item)

    def _draw(self) -> None:
        position, radius, candidates = self._shown
        crs = self._canvas.mapSettings().destinationCrs()
        context = QgsProject.instance().transformContext()
        try:
            way = transform_between(QgsCoordinateReferenceSystem(CGCS2000), crs, context)
            guess = None if position is None else way.transform(QgsPointXY(*position))
            numbered = [way.transform(QgsPointXY(place.longitude, place.latitude)) for place in candidates]
            around = [way.transform(corner) for corner in circle(position, radius)] if position and radius > 0 else []
        except QgsCsException:
            guess, numbered, around = None, [], []
        self._circle.setToGeometry(QgsGeometry.fromPolygonXY([around] if around else []), None)
        self._marks.put(guess, numbered)


def circle(centre: Position, radius: float) -> list[QgsPointXY]:
    """Points (CGCS2000 degrees) that lie ``radius`` metres from a centre along the ellipsoid."""
    measure = QgsDistanceArea()
    measure.setEllipsoid(QgsCoordinateReferenceSystem(CGCS2000).ellipsoidAcronym())
    turns = (2.0 * math.pi * corner / _CORNERS for corner in range(_CORNERS))
    return [measure.computeSpheroidProject(QgsPointXY(*centre), radius, turn) for turn in turns]


class _Marks(MapOverlay):
    """The cross and the numbers, drawn in pixels so that they stay as large at every scale."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._guess: Optional[QgsPointXY] = None
        self._numbered: Sequence[QgsPointXY] = ()

    def put(self, guess: Optional[QgsPointXY], numbered: Sequence[QgsPointXY]) -> None:
        """Points in the canvas's CRS."""
        self._guess, self._numbered = guess, numbered
        self.update()

    def paint(
        self, painter: QPainter, option: Optional[QStyleOptionGraphicsItem] = None, widget: Optional[QWidget] = None
    ) -> None:
        """Draw the numbers over the cross, since they are to be clicked on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._guess is not None:
            self._paint_cross(painter, self.toCanvasCoordinates(self._guess))
        for number, point in enumerate(self._numbered, 1):
            self._paint_number(painter, self.toCanvasCoordinates(point), str(number))

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        arm, gap = self._size, self._size / 4.0
        for colour, width in ((EDGE, self._size / 4.0), (COLOUR, self._size / 8.0)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(at + QPointF(x * gap, y * gap), at + QPointF(x * arm, y * arm))

    def _paint_number(self, painter: QPainter, at: QPointF, number: str) -> None:
        radius = 0.75 * self._size
        painter.setPen(QPen(EDGE, self._size / 10.0))
        painter.setBrush(COLOUR)
        painter.drawEllipse(at, radius, radius)
        painter.setFont(self._font)
        painter.drawText(
            QRectF(at.x() - radius, at.y() - radius, 2.0 * radius, 2.0 * radius), Qt.AlignmentFlag.AlignCenter, number
        )
