"""The tree of the queue as people see and steer it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeView, QWidget

from ...core.register.queue import QueueItem
from ..reading_on import ReadingOn
from .progress import ProgressDelegate
from .tree import QueueModel


class QueueTree(QTreeView):
    """``chosen`` brings the item of the line on which Enter was pressed or the mouse clicked twice (once, on a record);
    ``key_pressed`` the digits and other keys that the tree itself has no use for."""

    chosen = pyqtSignal(object)
    key_pressed = pyqtSignal(QKeyEvent)

    def __init__(self, model: QueueModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_queue_tree")
        self.setAccessibleName(QCoreApplication.translate("originmap", "Records that wait for their point"))
        self._model = model
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(ProgressDelegate(self))
        self.activated.connect(self._choose)
        self.clicked.connect(self._click)
        self.expanded.connect(self._read)
        self._reading_on = ReadingOn(self)

    def show_item(self, item: QueueItem) -> None:
        """Bring a record's line into view, without choosing it once more."""
        index = self._model.find(item)
        if not index.isValid():
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Ctrl+Enter belong to the record at hand, not to the search for a name."""
        number = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if number or (with_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.key_pressed.emit(event)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card below takes as much room as its record needs: the line at hand stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _read(self, index: QModelIndex) -> None:
        if self._model.rowCount(index) == 0:
            self._model.fetchMore(index)

    def _click(self, index: QModelIndex) -> None:
        """One click opens a record; a village or township opens its lines."""
        if index.parent().parent().isValid():
            self._choose(index)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _choose(self, index: QModelIndex) -> None:
        item = self._model.item_at(index)
        if item is not None:
            self.chosen.emit(item)
