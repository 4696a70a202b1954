"""Paints a line of the record at hand: caption, value, what it was before, and what is said about it."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import QModelIndex, QPointF, QSize, Qt
from qgis.PyQt.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from ..icons import faint_colour, warning_colour
from .rows import Row

RowRole = Qt.ItemDataRole.UserRole
# Longer captions go on in a second line.
_CAPTION = "六个汉字的宽"
_GAP = 4
_NOTHING = "—"


class RowDelegate(QStyledItemDelegate):
    """Lines are as high as their words need at the width there is."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The height of the words at the view's width."""
        row = index.data(RowRole)
        if row is None:
            size = super().sizeHint(option, index)
            return QSize(size.width(), size.height() + option.fontMetrics.height() // 3)
        # The lines stand one step in from the groups, which have an arrow before them.
        width = self._view.viewport().width() - 2 * self._view.indentation()
        return QSize(width, int(self._document(option, row, width, False).size().height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The background as the style draws it, the words over it."""
        row = index.data(RowRole)
        if row is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        document = self._document(option, row, option.rect.width(), selected)
        context = QAbstractTextDocumentLayout.PaintContext()
        ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        context.palette.setColor(QPalette.ColorRole.Text, option.palette.color(ink))
        painter.save()
        painter.setClipRect(option.rect)
        painter.translate(QPointF(option.rect.topLeft()))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _document(self, option: QStyleOptionViewItem, row: Row, width: int, selected: bool) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(option.font)
        document.setDocumentMargin(option.fontMetrics.height() / 6.0)
        document.setTextWidth(width)
        document.setHtml(_html(row, option, selected))
        return document


def _html(row: Row, option: QStyleOptionViewItem, selected: bool) -> str:
    ink = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
    faint, loud = ink, ink
    if not selected:
        faint = faint_colour(option.palette)
        loud = warning_colour(option.palette)
    dim = f"color: rgba({faint.red()}, {faint.green()}, {faint.blue()}, {faint.alpha()})"
    lines = [f"<b>{escape(row.value)}</b>" if row.changed and row.value else escape(row.value)]
    if row.more:
        lines[0] = " · ".join(filter(None, (lines[0], escape(row.more))))
    if row.before is not None:
        lines[0] = f'<span style="{dim}"><s>{escape(row.before or _NOTHING)}</s></span> → {lines[0] or _NOTHING}'
    if row.earlier:
        lines.append(f'<span style="{dim}">“{escape(row.earlier)}”</span>')
    if row.comment:
        lines.append(f'<span style="color: {loud.name()}">▸ {escape(row.comment)}</span>')
    words = "<br>".join(line for line in lines if line) or _NOTHING
    if not row.caption:
        return words
    width = option.fontMetrics.horizontalAdvance(_CAPTION if len(row.caption) > 1 else _CAPTION[:1]) + 2 * _GAP
    return (
        f'<table cellspacing="0" cellpadding="0" width="100%"><tr><td width="{width}" style="{dim}">'
        f"{escape(row.caption)}</td><td>{words}</td></tr></table>"
    )
