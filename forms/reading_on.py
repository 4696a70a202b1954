"""Reading on in a tree whose lines are read page by page, when their end comes into sight and not before.

A tree of Qt asks its model for more at every change of its lines while the model says that there is more, and so would
read to the end what is longer than the window. Such a model says so only of what was not read at all.
"""

from __future__ import annotations

from typing import Iterable, Protocol

from qgis.PyQt.QtCore import QModelIndex, QObject
from qgis.PyQt.QtWidgets import QTreeView


class ReadByPages(Protocol):
    """What a model says of itself."""

    def begun(self) -> Iterable[QModelIndex]:
        """What has been read in part: there are lines, and more behind them."""


class ReadingOn(QObject):
    """Stays with the tree; its model, which must be set before, is also a :class:`ReadByPages`."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.verticalScrollBar().valueChanged.connect(self.look)
        tree.selectionModel().currentChanged.connect(self.look)

    def look(self) -> None:
        """Read the next page wherever the last line is in sight or soon will be; in what is closed it never is."""
        tree, model = self._tree, self._tree.model()
        for parent in list(model.begun()):
            place = tree.visualRect(model.index(model.rowCount(parent) - 1, 0, parent))
            if place.isValid() and 0 <= place.top() < 2 * tree.viewport().height():
                model.fetchMore(parent)
