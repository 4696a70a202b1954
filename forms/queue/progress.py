"""How far a village is, painted behind its name: a small bar and the numbers, as in 12/40."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetrics, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .tree import ProgressRole

_WIDEST = "0000/0000"
_BAR_CHARACTERS = 6
_BAR_HEIGHT = 0.32
# Tenths of the font's height.
_LINE_HEIGHT = 14


class ProgressDelegate(QStyledItemDelegate):
    """Colours come from the palette, sizes from the font; a record has no progress and its whole line for itself."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Some air between the lines."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), _LINE_HEIGHT * option.fontMetrics.height() // 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The line as the style draws it, its name shortened where the progress begins."""
        progress = index.data(ProgressRole)
        if progress is None:
            super().paint(painter, option, index)
            return
        space = QRectF(option.rect)
        space.setLeft(space.right() - _width(option))
        style = option.widget.style() if option.widget is not None else QApplication.style()
        self.initStyleOption(option, index)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        option.rect.setRight(int(space.left()))
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        _draw(painter, space, option, progress)


def _metrics(option: QStyleOptionViewItem) -> QFontMetrics:
    """Of the plain font, also on the bold lines: the bars stand below each other."""
    return option.widget.fontMetrics() if option.widget is not None else option.fontMetrics


def _width(option: QStyleOptionViewItem) -> int:
    metrics = _metrics(option)
    return metrics.horizontalAdvance(_WIDEST) + (_BAR_CHARACTERS + 1) * metrics.averageCharWidth()


def _draw(painter: QPainter, space: QRectF, option: QStyleOptionViewItem, progress: tuple[int, int]) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    ink = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
    fill = ink if selected else option.palette.color(QPalette.ColorRole.Highlight)
    gap = _metrics(option).averageCharWidth() // 2
    space = space.adjusted(gap, 0, -gap, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink)
    done, total = progress
    painter.drawText(space, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{done}/{total}")
    _draw_bar(painter, _bar_in(space, option), done / total if total else 0.0, ink, fill)
    painter.restore()


def _bar_in(space: QRectF, option: QStyleOptionViewItem) -> QRectF:
    height = _metrics(option).height() * _BAR_HEIGHT
    width = space.width() - _metrics(option).horizontalAdvance(_WIDEST)
    return QRectF(space.left(), space.center().y() - height / 2, max(width, 0), height)


def _draw_bar(painter: QPainter, bar: QRectF, share: float, ink: QColor, fill: QColor) -> None:
    round_by = bar.height() / 2
    track = QColor(ink)
    track.setAlphaF(0.18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(bar, round_by, round_by)
    if share:
        painter.setBrush(fill)
        done = QRectF(bar.left(), bar.top(), max(bar.width() * share, bar.height()), bar.height())
        painter.drawRoundedRect(done, round_by, round_by)
