"""The cross in the middle of the map: where the point goes when it is set by key."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas, QgsVertexMarker
from qgis.PyQt.QtGui import QColor

# Two strokes, so that it can be seen on dark woods and on white roofs.
_STROKES = (("#ffffff", 0.24), ("#c2185b", 0.1))


class Crosshair:
    """Follows the middle of the map while it is shown."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._markers: list[QgsVertexMarker] = []

    def show(self) -> None:
        """Draw it."""
        if self._markers:
            return
        size = self._canvas.fontMetrics().height()
        for colour, share in _STROKES:
            marker = QgsVertexMarker(self._canvas)
            marker.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
            marker.setColor(QColor(colour))
            marker.setIconSize(size)
            marker.setPenWidth(max(round(size * share), 1))
            self._markers.append(marker)
        self._canvas.extentsChanged.connect(self._follow)
        self._follow()

    def hide(self) -> None:
        """Take it away."""
        if not self._markers:
            return
        self._canvas.extentsChanged.disconnect(self._follow)
        for marker in self._markers:
            self._canvas.scene().removeItem(marker)
        self._markers = []

    def _follow(self) -> None:
        for marker in self._markers:
            marker.setCenter(self._canvas.center())
