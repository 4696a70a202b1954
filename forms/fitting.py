"""Pages and dialogs that fit any screen: they scroll where there is no room, and never open larger than the screen."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

_SHARE_OF_SCREEN = 0.9


def scrolling(view: QWidget) -> QScrollArea:
    """The view, scrolled up and down where it is higher than its place; its width follows the place."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(view)
    return area


def open_at(dialog: QDialog, letters: int, lines: int) -> None:
    """The size a dialog opens with, in letters and lines of its font, as far as the screen has room."""
    metrics, room = dialog.fontMetrics(), dialog.screen().availableSize() * _SHARE_OF_SCREEN
    width, height = metrics.averageCharWidth() * letters, metrics.lineSpacing() * lines
    dialog.resize(min(width, room.width()), min(height, room.height()))


def stand_aside(dialog: QDialog, view: QWidget) -> None:
    """Move a dialog that tells about a view to the left border of its window, where it covers the least of it."""
    corner = view.window().mapToGlobal(QPoint(0, 0))
    dialog.move(corner.x(), view.mapToGlobal(QPoint(0, 0)).y())
