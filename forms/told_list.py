"""A list whose entries take the lines they need: a bold title, a line about it, what it says, and a coloured dot."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QTextDocument,
)
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .icons import faint_colour

_TOLD = Qt.ItemDataRole.UserRole
_TINT = 50
_LINES_SHOWN = 6


@dataclass(frozen=True)
class Told:
    """An entry in words: its title, a line about it, lines of caption and text, and the colour of its dot.

    What is ``urgent`` has the line about it in that colour too.
    """

    title: str
    about: str
    lines: tuple[tuple[str, str], ...]
    colour: str
    urgent: bool = False

    @property
    def plain(self) -> str:
        """All of it for those who hear it read, and for the tip."""
        lines = (f"{caption}: {text}" if caption else text for caption, text in self.lines)
        return "\n".join((self.title, self.about, *lines))

    def html(self, palette: QPalette) -> str:
        """All of it in the colours of a palette; more than some lines only in number."""
        faint = faint_colour(palette)
        grey = f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, {faint.alpha()})"
        shown = self.lines if len(self.lines) <= _LINES_SHOWN + 1 else self.lines[:_LINES_SHOWN]
        rows = [f"<div>{_captioned(caption, grey)}{_broken(text)}</div>" for caption, text in shown]
        if len(shown) < len(self.lines):
            text = QCoreApplication.translate("originmap", "and {number} more")
            rows.append(f'<div style="color: {grey}">{escape(text.format(number=len(self.lines) - len(shown)))}</div>')
        colour = palette.color(QPalette.ColorRole.Text).name()
        about = f'<div style="color: {self.colour if self.urgent else grey}">{escape(self.about)}</div>'
        head = f"<div><b>{escape(self.title)}</b></div>{about}"
        return f'<div style="color: {colour}">{head}{"".join(rows)}</div>'


class ToldList(QListView):
    """People go through it with the arrow keys.

    Args:
        name: of the widget.
        title: for those who hear it read.
        joined: whether a line joins the dots, as for what followed one upon the other.

    Signals:
        chosen: the number (from 0 on) of the entry at hand.
    """

    chosen = pyqtSignal(int)

    def __init__(self, name: str, title: str, joined: bool = False, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Measuring the words takes a moment: what is not in sight waits for the window to be idle.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self._entries = QStandardItemModel(self)
        self._lines = _Lines(self, joined)
        self.setItemDelegate(self._lines)
        self.setModel(self._entries)
        self.selectionModel().currentChanged.connect(self._changed)

    def show_told(self, told: Sequence[Told], current: int = 0) -> None:
        """Show entries in the place of those before.

        Args:
            told: the uppermost first.
            current: number of the one at hand; it is told by the signal too.
        """
        self._entries.clear()
        for entry in told:
            item = QStandardItem(entry.plain)
            item.setData(entry, _TOLD)
            item.setToolTip(entry.plain)
            self._entries.appendRow(item)
        if told:
            self.setCurrentIndex(self._entries.index(min(current, len(told) - 1), 0))

    def height_of(self, most: int) -> int:
        """The height in pixels that the entries need at the width there is, ``most`` of it at most."""
        height = 2 * self.frameWidth()
        for row in range(self._entries.rowCount()):
            if height >= most:
                break
            height += self.sizeHintForRow(row)
        return min(height, most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height of every entry."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())


class _Lines(QStyledItemDelegate):
    """Paints an entry: at the left its dot, beside it the words."""

    def __init__(self, view: ToldList, joined: bool) -> None:
        super().__init__(view)
        self._joined = joined

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """As high as the words are at the width there is."""
        view: ToldList = self.parent()
        width = view.viewport().width()
        document = self._document(option, index, width)
        return QSize(width, round(document.size().height()) + _room(option) // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The entry at hand has a tint of the colour of selections, so that its words keep their own colours."""
        told, box = index.data(_TOLD), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            tint = QColor(option.palette.color(QPalette.ColorRole.Highlight))
            painter.fillRect(box, QColor(tint.red(), tint.green(), tint.blue(), _TINT))
            painter.fillRect(QRectF(box.left(), box.top(), _room(option) / 8.0, box.height()), tint)
        self._paint_dot(painter, option, index, told)
        painter.translate(box.left() + 2.0 * _room(option), box.top())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = option.palette
        document = self._document(option, index, option.rect.width())
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_dot(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, told: Told) -> None:
        unit, box = _room(option), QRectF(option.rect)
        x, y = box.left() + unit, box.top() + 0.85 * unit
        rail = faint_colour(option.palette)
        painter.setPen(QPen(rail, max(1.0, unit / 12.0)))
        if self._joined and index.row() > 0:
            painter.drawLine(QPointF(x, box.top()), QPointF(x, y))
        if self._joined and index.row() + 1 < index.model().rowCount():
            painter.drawLine(QPointF(x, y), QPointF(x, box.bottom() + 1.0))
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Base), unit / 6.0))
        painter.setBrush(QColor(told.colour))
        painter.drawEllipse(QPointF(x, y), 0.4 * unit, 0.4 * unit)

    @staticmethod
    def _document(option: QStyleOptionViewItem, index: QModelIndex, width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(option.font)
        document.setDocumentMargin(_room(option) / 4.0)
        document.setTextWidth(width - 2.0 * _room(option))
        document.setHtml(index.data(_TOLD).html(option.palette))
        return document


def _captioned(caption: str, colour: str) -> str:
    return f'<span style="color: {colour}">{escape(caption)}</span>&ensp;' if caption else ""


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _room(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.height()
