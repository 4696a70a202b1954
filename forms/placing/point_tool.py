"""The map tool that turns one click into a point, and lets people drag the map meanwhile, as web maps do."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication

_SECOND_HALF = (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease)


class PointTool(QgsMapTool):
    """Crosshair; the left button points, the right one and Esc cancel, dragging moves the map.

    A double click points once. When its second half comes, the map may stand at the next record already, or have
    QGIS's own tool back, which would make that click the middle of the map: so it is kept from both.
    """

    pointed = pyqtSignal(QgsPointXY)
    cancelled = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(QgsApplication.getThemeCursor(QgsApplication.Cursor.CrossHair))
        self._pressed: Optional[QPoint] = None
        self._dragging = False
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._watch_no_more)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Remember where: only from there can a click or a drag begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.pos(), False

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Move the map once the mouse has left the place where the button went down."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        away = (event.pos() - self._pressed).manhattanLength()
        self._dragging = self._dragging or away >= QApplication.startDragDistance()
        if self._dragging:
            self.canvas().panAction(event)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Point, let go of the map, or cancel."""
        if event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._dragging:
            self.canvas().panActionEnd(event.pos())
        else:
            self._watch_for_second_half()
            self.pointed.emit(event.mapPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels. The others stay as they come: an ignored event means to the canvas that the tool has used it."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()

    def deactivate(self) -> None:
        """Forget a button that is down."""
        self._pressed = None
        super().deactivate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the second half of a double click; any other click ends the watch."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress or kind == QEvent.Type.MouseButtonRelease:
            self._watch_no_more()
        return kind in _SECOND_HALF

    def _watch_for_second_half(self) -> None:
        self.canvas().viewport().installEventFilter(self)
        self._watch.start(QApplication.doubleClickInterval())

    def _watch_no_more(self) -> None:
        self._watch.stop()
        self.canvas().viewport().removeEventFilter(self)
