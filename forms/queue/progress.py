"""How far a village is, painted beside its name: a small bar and the numbers, as in 12/40."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .tree import ProgressRole

_WIDEST = "0000/0000"
_BAR_CHARACTERS = 5
_BAR_HEIGHT = 0.32


class ProgressDelegate(QStyledItemDelegate):
    """For the column of the progress; colours come from the palette, sizes from the font."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Wide enough for four digits on both sides."""
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(_WIDEST) + (_BAR_CHARACTERS + 1) * metrics.averageCharWidth()
        return QSize(width, metrics.height() + metrics.height() // 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The row's background as the style draws it, then bar and numbers."""
        self.initStyleOption(option, index)
        numbers, option.text = option.text, ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        progress = index.data(ProgressRole)
        if progress is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        fill = ink if selected else option.palette.color(QPalette.ColorRole.Highlight)
        gap = option.fontMetrics.averageCharWidth() // 2
        space = QRectF(option.rect).adjusted(gap, 0, -gap, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        painter.drawText(space, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), numbers)
        _draw_bar(painter, _bar_in(space, option), progress, ink, fill)
        painter.restore()


def _bar_in(space: QRectF, option: QStyleOptionViewItem) -> QRectF:
    height = option.fontMetrics.height() * _BAR_HEIGHT
    width = space.width() - option.fontMetrics.horizontalAdvance(_WIDEST)
    return QRectF(space.left(), space.center().y() - height / 2, max(width, 0), height)


def _draw_bar(painter: QPainter, bar: QRectF, progress: tuple[int, int], ink: QColor, fill: QColor) -> None:
    done, total = progress
    track = QColor(ink)
    track.setAlphaF(0.18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    if done:
        painter.setBrush(fill)
        width = max(bar.width() * done / total, bar.height())
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), width, bar.height()), bar.height() / 2, bar.height() / 2)
