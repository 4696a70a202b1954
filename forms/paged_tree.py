"""A tree whose lines are read page by page, when their end comes into sight and not before.

A tree of Qt asks its model for more at every change of its lines while the model says that there is more, and so would
read to the end what is longer than the window. Such a model says so only of what was not read at all.
"""

from __future__ import annotations

from typing import Iterable, Optional, Protocol

from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView, QWidget


class ReadByPages(Protocol):
    """What a model says of itself, beside what Qt asks of every model."""

    def begun(self) -> Iterable[QModelIndex]:
        """What has been read in part: there are lines, and more behind them."""


class PagedTree(QTreeView):
    """Lines of one height under no header, shortened where they end.

    Args:
        name: the widget's.
        title: what is said to those who hear the window.
        model: a model of Qt that is a :class:`ReadByPages`.
        delegate: paints the lines; the tree's from now on.
    """

    def __init__(
        self,
        name: str,
        title: str,
        model: ReadByPages,
        delegate: QAbstractItemDelegate,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.verticalScrollBar().valueChanged.connect(self._read_on)
        self.selectionModel().currentChanged.connect(self._read_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is at hand stays in sight when a question takes part of the room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _read_on(self) -> None:
        """Read the next page wherever the last line is in sight or soon will be; in what is closed it never is."""
        model = self.model()
        for parent in list(model.begun()):
            place = self.visualRect(model.index(model.rowCount(parent) - 1, 0, parent))
            if place.isValid() and 0 <= place.top() < 2 * self.viewport().height():
                model.fetchMore(parent)
