"""What is drawn over the map in pixels, so that it stays as large at every scale."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF

# Yellow between dark edges is seen on fields, on water and on a white map, whatever theme QGIS wears.
COLOUR = QColor(255, 212, 0)
EDGE = QColor(20, 20, 20)


class MapOverlay(QgsMapCanvasItem):
    """Covers all of the map that can be seen; a subclass paints, in heights of a line (``_size``)."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._font = QFont(canvas.font())
        self._font.setBold(True)
        self._size = QFontMetricsF(self._font).height()

    def updatePosition(self) -> None:
        """The map shows something else now."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """All that can be seen, and as much around it, which comes into sight while the map is dragged."""
        view = QRectF(self._canvas.viewport().rect())
        return view.adjusted(-view.width(), -view.height(), view.width(), view.height())
