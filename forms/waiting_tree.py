"""The tree of what waits, as people see and steer it in the queue and in the review."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemDelegate, QWidget

from .paged_tree import PagedTree
from .waiting_model import WaitingModel, WaitingRecord


class WaitingTree(PagedTree):
    """``chosen`` brings the record of the line that was clicked, or on which Enter was pressed; of a place, by Enter,
    the first one that waits in it."""

    chosen = pyqtSignal(object)

    def __init__(
        self,
        name: str,
        title: str,
        model: WaitingModel,
        delegate: QAbstractItemDelegate,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(name, title, model, delegate, parent)
        self._model = model
        self.activated.connect(self._choose)
        self.clicked.connect(self._click)
        self.expanded.connect(self._read)

    def show_item(self, item: WaitingRecord) -> None:
        """Bring a record's line into view, without choosing it once more."""
        index = self._model.find(item)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def _read(self, index: QModelIndex) -> None:
        if self._model.rowCount(index) == 0:
            self._model.fetchMore(index)

    def _click(self, index: QModelIndex) -> None:
        """One click takes a record; it opens or closes a place."""
        if self._model.is_record(index):
            self._choose(index)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _choose(self, index: QModelIndex) -> None:
        item = self._model.item_at(index)
        if item is not None:
            self.chosen.emit(item)
