"""Finds the widgets of QGIS's window by name, and says where on the screen they are and what they show."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QRadioButton,
    QScrollArea,
    QTableWidget,
    QWidget,
)


def widget_of(name: str) -> QWidget | None:
    """The widget of a name that can be seen; ``outer>inner`` looks inside another, ``outer>:Class`` for a class."""
    *outer, last = name.split(">")
    around = widget_of(">".join(outer)) if outer else None
    if outer and around is None:
        return None
    known = around.findChildren(QWidget) if around is not None else QApplication.allWidgets()
    shown = [widget for widget in known if _is_called(widget, last) and widget.isVisible()]
    return shown[0] if shown else None


def _is_called(widget: QWidget, name: str) -> bool:
    return widget.inherits(name[1:]) if name.startswith(":") else widget.objectName() == name


def is_usable(widget: QWidget) -> bool:
    """Whether a person can use it now."""
    return widget.isVisible() and widget.isEnabled() and not is_behind_dialog(widget)


def is_behind_dialog(widget: QWidget) -> bool:
    """Whether a dialog has to be answered first; what pops up from the dialog itself is not behind it."""
    modal, window = QApplication.activeModalWidget(), widget.window()
    return modal is not None and window is not modal and window is not QApplication.activePopupWidget()


def bring(widget: QWidget) -> None:
    """Bring its window to the front."""
    window = widget.window()
    if not window.isActiveWindow() and window.windowType() != Qt.WindowType.Popup:
        window.raise_()
        window.activateWindow()


def scroll_to(widget: QWidget) -> None:
    """Scroll to it."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 8, 8)
        around = around.parentWidget()


def middle_of(widget: QWidget) -> list[int]:
    """Of its box for what has one: to the right of its text a check box takes no click."""
    spot = widget.rect().center()
    if isinstance(widget, (QCheckBox, QRadioButton)):
        spot.setX(widget.fontMetrics().height() // 2)
    return on_screen(widget, spot)


def on_screen(widget: QWidget, spot: QPoint) -> list[int]:
    """The pixel of the screen of a spot in a widget, also where everything is drawn at 200 %."""
    point = widget.mapToGlobal(spot) * widget.devicePixelRatioF()
    return [point.x(), point.y()]


def plain(text: str) -> str:
    """A title without the mark of its key."""
    return re.sub(r"\(&\w\)|&", "", text)


def said_by(widget: QWidget) -> str:
    """What a widget shows."""
    for way in ("text", "currentText", "title"):
        if callable(getattr(widget, way, None)) and not isinstance(widget, QAbstractScrollArea):
            return str(getattr(widget, way)())
    return ""


def cell_text(table: QTableWidget, number: int) -> str:
    """The text of a cell, counted row by row."""
    item = table.item(*divmod(number, table.columnCount()))
    return "" if item is None else item.text()


def index_of(view: QAbstractItemView, text: str) -> QModelIndex | None:
    """The first item whose text holds ``text``, in any column and depth."""
    model = view.model()
    pending = [model.index(row, 0) for row in range(model.rowCount())]
    while pending:
        index = pending.pop(0)
        for column in range(model.columnCount(index.parent())):
            cell = index.sibling(index.row(), column)
            if text in str(cell.data() or ""):
                return cell
        pending[:0] = [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return None
