"""The tree of what waits for the reviewer, as people see and steer it."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeView, QWidget

from ...core.register.review_list import ReviewItem
from ..reading_on import ReadingOn
from ..side_text import SideTextDelegate
from .tree import ReviewModel


class ReviewTree(QTreeView):
    """``chosen`` brings the uid of the line that was clicked, or on which Enter was pressed; of a township, by Enter,
    that of the record that has waited longest."""

    chosen = pyqtSignal(str)

    def __init__(self, model: ReviewModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review_tree")
        self.setAccessibleName(QCoreApplication.translate("originmap", "Records that wait for their review"))
        self._model = model
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(SideTextDelegate(self))
        self.activated.connect(self._choose)
        self.clicked.connect(self._click)
        self.expanded.connect(self._read)
        self._reading_on = ReadingOn(self)

    def show_item(self, item: ReviewItem) -> None:
        """Bring a record's line into view, without choosing it once more."""
        index = self._model.find(item)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def opened(self) -> list[str]:
        """Names of the townships that are open."""
        rows = (self._model.index(row, 0) for row in range(self._model.rowCount()))
        return [self._model.township_at(index) for index in rows if self.isExpanded(index)]

    def open_again(self, townships: Sequence[str]) -> None:
        """Open them after all lines were read anew."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if self._model.township_at(index) in townships:
                self.setExpanded(index, True)

    def show_township(self, name: str) -> None:
        """Open a township."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if self._model.township_at(index) == name:
                self.setCurrentIndex(index)
                self.setExpanded(index, True)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def _read(self, index: QModelIndex) -> None:
        if self._model.rowCount(index) == 0:
            self._model.fetchMore(index)

    def _click(self, index: QModelIndex) -> None:
        if index.parent().isValid():
            self._choose(index)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _choose(self, index: QModelIndex) -> None:
        item = self._model.item_at(index)
        if item is not None:
            self.chosen.emit(item.uid)
