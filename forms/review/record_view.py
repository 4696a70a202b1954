"""The record at hand: who and what it is, and every line of it, on which a click says something."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.review.process import load_process
from ...core.standard.model import Standard
from ..icons import variety_icon
from ..label import wrapped_label
from .ages import age_text, day_text
from .looked import Looked
from .row_delegate import RowDelegate, RowRole
from .rows import Group, Row

_NO_BREAK = "\u00a0"


class RecordView(QWidget):
    """Shows one record.

    Signals:
        row_wanted: the :class:`.rows.Row` that was clicked, or on which Enter was pressed.
        key_pressed: digits, which lead to the neighbours on the map.
    """

    row_wanted = pyqtSignal(object)
    key_pressed = pyqtSignal(QKeyEvent)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review_record")
        self._language = language
        self._icon = QLabel()
        self._name = wrapped_label("originmap_review_producer")
        font = QFont(self._name.font())
        font.setBold(True)
        self._name.setFont(font)
        self._about = wrapped_label("originmap_review_about")
        self.lines = _Lines()
        self.lines.row_wanted.connect(self.row_wanted)
        self.lines.key_pressed.connect(self.key_pressed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._about)
        head = QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.lines, 1)

    def show_record(self, looked: Looked, groups: Sequence[Group], standard: Standard) -> None:
        """Show a record; the line that was chosen stays chosen while it is the same one."""
        item, values = looked.item, looked.record.values
        self._name.setText(item.producer)
        known = {variety.code: variety for variety in standard.varieties}.get(item.variety)
        size = 2 * self.fontMetrics().height()
        if known is not None:
            self._icon.setPixmap(variety_icon(known.symbol, known.colour).pixmap(QSize(size, size)))
        self._icon.setVisible(known is not None)
        product = known.title_in(self._language) if known is not None else item.variety
        place = f"{item.township}{item.village}"
        first = " · ".join(filter(None, (product, str(values.get("cycle") or ""), place)))
        self._about.setText(f"{first}\n{self._state(looked, standard)}")
        self.lines.show_groups(item.uid, groups)

    def _state(self, looked: Looked, standard: Standard) -> str:
        """Since when it is what it is, and whose it is."""
        item = looked.item
        title = next((c.title_in(self._language) for c in standard.choices("status") if c.code == item.status), "")
        moment = looked.submitted.at if looked.submitted is not None else item.since
        if item.status == "submitted":
            handed_in = load_process().event_title("submit", self._language)
            text = QCoreApplication.translate("originmap", "{event} {day} ({age})")
            title = text.format(event=handed_in, day=day_text(moment), age=age_text(moment))
        collector = QCoreApplication.translate("originmap", "Collected by {name}").format(name=item.collector)
        collector = collector.replace(" ", _NO_BREAK)
        return " · ".join(filter(None, (title, collector if item.collector else "")))


class _Lines(QTreeWidget):
    """Groups with lines; arrows, Enter and one click."""

    row_wanted = pyqtSignal(object)
    key_pressed = pyqtSignal(QKeyEvent)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("originmap_review_lines")
        name = QCoreApplication.translate("originmap", "What the record says; Enter comments on a line")
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setIndentation(2 * self.fontMetrics().height() // 3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(RowDelegate(self))
        self.itemClicked.connect(self._want)
        self._uid = ""

    def show_groups(self, uid: str, groups: Sequence[Group]) -> None:
        """Show lines in the place of those before."""
        same = uid == self._uid
        chosen = self._key(self.currentItem()) if same else None
        top = self.verticalScrollBar().value() if same else 0
        self._uid = uid
        self.clear()
        for group in groups:
            self._add(group)
        for item in self._all():
            if chosen is not None and self._key(item) == chosen:
                self.setCurrentItem(item)
        if chosen is None and self.topLevelItemCount():
            # The arrows go on from here; nothing looks chosen before.
            first = self.indexFromItem(self.topLevelItem(0))
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.verticalScrollBar().setValue(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says something about a line, digits lead to neighbours."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentItem() is not None:
                self._want(self.currentItem())
        elif Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes other heights; what is asked below takes room, and is about the line that is chosen."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        if self.selectedItems():
            self.scrollToItem(self.selectedItems()[0])

    def changeEvent(self, event: QEvent) -> None:
        """Another font as well."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _add(self, group: Group) -> None:
        head = QTreeWidgetItem(self, [group.title])
        font = self.font()
        font.setBold(True)
        head.setFont(0, font)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for row in group.rows:
            line = QTreeWidgetItem(head)
            line.setData(0, RowRole, row)
            spoken = (row.caption, row.before, row.value, row.more, row.earlier, row.comment)
            # Painted otherwise; screen readers and the search by typing go by it.
            line.setText(0, " ".join(filter(None, spoken)))
        head.setExpanded(group.open)

    def _all(self) -> list[QTreeWidgetItem]:
        heads = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        return [child for head in heads for child in (head, *(head.child(n) for n in range(head.childCount())))]

    @staticmethod
    def _key(item: Optional[QTreeWidgetItem]) -> Optional[tuple[str, str]]:
        row: Optional[Row] = None if item is None else item.data(0, RowRole)
        return None if row is None else (row.field, row.caption)

    def _want(self, item: QTreeWidgetItem, column: int = 0) -> None:
        row = item.data(0, RowRole)
        if row is None:
            item.setExpanded(not item.isExpanded())
        else:
            self.row_wanted.emit(row)
