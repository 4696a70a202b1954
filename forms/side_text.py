"""A short text at the right of a line: how many wait in a township, how long a record has waited."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .icons import warning_colour

# The text, and whether it shall strike the eye.
SideRole = Qt.ItemDataRole.UserRole + 1
UrgentRole = Qt.ItemDataRole.UserRole + 2
# Tenths of the font's height.
_LINE_HEIGHT = 14


class SideTextDelegate(QStyledItemDelegate):
    """Colours come from the palette, sizes from the font; the name is shortened where the text begins."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Some air between the lines."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), _LINE_HEIGHT * option.fontMetrics.height() // 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The line as the style draws it, then the text."""
        text = index.data(SideRole)
        if not text:
            super().paint(painter, option, index)
            return
        style = option.widget.style() if option.widget is not None else QApplication.style()
        metrics = option.widget.fontMetrics() if option.widget is not None else option.fontMetrics
        self.initStyleOption(option, index)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        space, gap = QRectF(option.rect), metrics.averageCharWidth()
        space.setLeft(space.right() - metrics.horizontalAdvance(text) - 2 * gap)
        option.rect.setRight(int(space.left()))
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.widget.font() if option.widget is not None else option.font)
        painter.setPen(_ink(option, bool(index.data(UrgentRole))))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(space.adjusted(gap, 0, -gap, 0), right, text)
        painter.restore()


def _ink(option: QStyleOptionViewItem, urgent: bool) -> object:
    if option.state & QStyle.StateFlag.State_Selected:
        return option.palette.color(QPalette.ColorRole.HighlightedText)
    return warning_colour(option.palette) if urgent else option.palette.color(QPalette.ColorRole.Text)
