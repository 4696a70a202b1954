"""The tree of findings or of what is due, as people see and steer it."""

from __future__ import annotations

from typing import Hashable, Optional

from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeView, QWidget

from ..side_text import SideTextDelegate
from .grouped import GroupedModel


class GroupedTree(QTreeView):
    """One line or a whole group is at hand.

    Signals:
        moved: another line is at hand.
        opened: the line was clicked twice, or Enter was pressed on it.
    """

    moved = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self, name: str, title: str, model: GroupedModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._model = model
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(2 * self.fontMetrics().height() // 3)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(SideTextDelegate(self))
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._read_on)
        self.selectionModel().currentChanged.connect(self._move)

    @property
    def at_hand(self) -> list:
        """The entry of the line at hand, or all entries of its group."""
        return self._model.entries_at(self.currentIndex())

    @property
    def entry(self) -> Optional[object]:
        """The entry at hand; ``None`` while a group is."""
        return self._model.entry_at(self.currentIndex())

    @property
    def title(self) -> str:
        """The words of the place or group at hand."""
        return self._model.title_at(self.currentIndex())

    def next(self) -> bool:
        """Go on to the next entry; ``False`` when there is none."""
        return self._go(self._model.after(self.currentIndex()))

    def show_entry(self, key: Hashable) -> bool:
        """Go to an entry; ``False`` when it is not there."""
        return self._go(self._model.index_of(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a line, or what is below it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.entry is not None:
                self.opened.emit()
            elif self.currentIndex().isValid():
                self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is at hand stays in sight when a question takes part of the room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _go(self, index: QModelIndex) -> bool:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def _move(self, current: QModelIndex, before: QModelIndex) -> None:
        self._read_on()
        self.moved.emit()

    def _click(self, index: QModelIndex) -> None:
        if self._model.entry_at(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def _open(self, index: QModelIndex) -> None:
        if self._model.entry_at(index) is not None:
            self.opened.emit()

    def _read_on(self) -> None:
        """Read the next lines of a place whose last one is in sight or soon will be."""
        height = self.viewport().height()
        for row in range(self._model.rowCount()):
            group = self._model.index(row, 0)
            if self.isExpanded(group):
                for number in range(self._model.rowCount(group)):
                    self._read_place(self._model.index(number, 0, group), height)

    def _read_place(self, place: QModelIndex, height: int) -> None:
        if self.isExpanded(place) and self._model.has_more(place):
            last = self._model.index(self._model.rowCount(place) - 1, 0, place)
            if last.isValid() and 0 <= self.visualRect(last).top() < 2 * height:
                self._model.fetchMore(place)
