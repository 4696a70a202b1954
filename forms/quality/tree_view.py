"""The tree of findings or of what is due, as people see and steer it."""

from __future__ import annotations

from typing import Hashable, Optional

from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QWidget

from ..paged_tree import PagedTree
from ..side_text import SideTextDelegate
from .grouped import GroupedModel


class GroupedTree(PagedTree):
    """One line or a whole group is at hand.

    Signals:
        moved: another line is at hand.
        opened: the line was clicked twice, or Enter was pressed on it.
    """

    moved = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self, name: str, title: str, model: GroupedModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(name, title, model, SideTextDelegate(), parent)
        self._model = model
        self.setIndentation(2 * self.fontMetrics().height() // 3)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self.moved)

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

    def _go(self, index: QModelIndex) -> bool:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def _click(self, index: QModelIndex) -> None:
        if self._model.entry_at(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def _open(self, index: QModelIndex) -> None:
        if self._model.entry_at(index) is not None:
            self.opened.emit()
