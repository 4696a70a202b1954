"""A point that was moved, drawn on the map: where it was, where it is, and how far lies between."""

from __future__ import annotations

import math
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ...core.compat import transform_between
from ...core.register.crs import CGCS2000
from ...core.register.nearby import metres_between
from ...core.register.rows import Position, same_place
from ..wording import distance_text
from .overlay import COLOUR, EDGE, MapOverlay

# Radius of the ring in heights of a line.
_RING = 0.45


class MovedMarks(MapOverlay):
    """One item on one canvas; a ring where the point was, a dot where it is, each with its word."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._shown: tuple[Optional[Position], Optional[Position]] = None, None
        self._words: tuple[str, str] = "", ""
        self._places: list[Optional[QgsPointXY]] = [None, None]
        canvas.destinationCrsChanged.connect(self._place)

    def show(self, before: Optional[Position], after: Optional[Position], words: tuple[str, str]) -> None:
        """Draw two places (longitude, latitude in CGCS2000 degrees) of one point; one alone where only one is known.

        Args:
            before: where it was.
            after: where it is.
            words: what stands beside them.
        """
        self._shown, self._words = (before, after), words
        self._place()

    def clear(self) -> None:
        """Draw nothing."""
        self.show(None, None, ("", ""))

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._place)
        self._canvas.scene().removeItem(self)

    def paint(
        self, painter: QPainter, option: Optional[QStyleOptionGraphicsItem] = None, widget: Optional[QWidget] = None
    ) -> None:
        """The line first, the places over it, the words over all."""
        before, after = (None if place is None else self.toCanvasCoordinates(place) for place in self._places)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        if before is not None and after is not None and self._moved:
            self._paint_way(painter, before, after)
        if before is not None:
            self._paint_ring(painter, before, _RING * self._size)
        if after is not None and (self._moved or before is None):
            painter.setPen(QPen(EDGE, self._size / 10.0))
            painter.setBrush(COLOUR)
            painter.drawEllipse(after, 0.35 * self._size, 0.35 * self._size)
        self._paint_words(painter, before, after)

    @property
    def _moved(self) -> bool:
        return not same_place(*self._shown)

    def _place(self) -> None:
        crs = self._canvas.mapSettings().destinationCrs()
        context = QgsProject.instance().transformContext()
        try:
            way = transform_between(QgsCoordinateReferenceSystem(CGCS2000), crs, context)
            self._places = [None if place is None else way.transform(QgsPointXY(*place)) for place in self._shown]
        except QgsCsException:
            self._places = [None, None]
        self.update()

    def _paint_way(self, painter: QPainter, before: QPointF, after: QPointF) -> None:
        """A dashed line from the ring's edge, with the distance in its middle where there is room for it."""
        way = after - before
        length = math.hypot(way.x(), way.y())
        start = before + way * min(1.0, _RING * self._size / max(length, 1.0))
        for colour, width, style in (
            (EDGE, self._size / 5.0, Qt.PenStyle.SolidLine),
            (COLOUR, self._size / 10.0, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, width, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(start, after)
        text = distance_text(metres_between(*self._shown))
        if length > 2.5 * QFontMetricsF(self._font).horizontalAdvance(text):
            self._paint_text(painter, (before + after) / 2.0, text)

    def _paint_ring(self, painter: QPainter, at: QPointF, radius: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((EDGE, self._size / 4.0), (COLOUR, self._size / 8.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(at, radius, radius)

    def _paint_words(self, painter: QPainter, before: Optional[QPointF], after: Optional[QPointF]) -> None:
        """Below the place that lies lower and above the other, so that neither word covers the other place."""
        lower = before is not None and after is not None and before.y() >= after.y()
        if before is not None and after is not None and not self._moved:
            self._paint_text(painter, before + QPointF(0.0, 1.2 * self._size), " = ".join(self._words))
            return
        for at, word, below in zip((before, after), self._words, (lower, not lower)):
            if at is not None and word:
                self._paint_text(painter, at + QPointF(0.0, (1.2 if below else -1.2) * self._size), word)

    def _paint_text(self, painter: QPainter, middle: QPointF, text: str) -> None:
        """Dark letters on a yellow label."""
        metrics = QFontMetricsF(self._font)
        box = QRectF(0.0, 0.0, metrics.horizontalAdvance(text) + 0.6 * self._size, 1.1 * metrics.height())
        box.moveCenter(middle)
        path = QPainterPath()
        path.addRoundedRect(box, 0.3 * self._size, 0.3 * self._size)
        painter.fillPath(path, COLOUR)
        painter.setPen(QPen(EDGE, self._size / 14.0))
        painter.drawPath(path)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
