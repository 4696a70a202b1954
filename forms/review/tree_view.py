"""The tree of what waits for the reviewer, and which of its townships are open."""

from __future__ import annotations

from typing import Iterator, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex
from qgis.PyQt.QtWidgets import QAbstractItemView, QWidget

from ..side_text import SideTextDelegate
from ..waiting_tree import WaitingTree
from .tree import ReviewModel


class ReviewTree(WaitingTree):
    """Of a township Enter takes the record that has waited longest."""

    def __init__(self, model: ReviewModel, parent: Optional[QWidget] = None) -> None:
        title = QCoreApplication.translate("originmap", "Records that wait for their review")
        super().__init__("originmap_review_tree", title, model, SideTextDelegate(), parent)

    def opened(self) -> list[str]:
        """Names of the townships that are open."""
        return [name for name, index in self._townships() if self.isExpanded(index)]

    def open_again(self, townships: Sequence[str]) -> None:
        """Open them after all lines were read anew."""
        for name, index in self._townships():
            if name in townships:
                self.setExpanded(index, True)

    def show_township(self, name: str) -> None:
        """Open a township."""
        for other, index in self._townships():
            if other == name:
                self.setCurrentIndex(index)
                self.setExpanded(index, True)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def _townships(self) -> Iterator[tuple[str, QModelIndex]]:
        for row, name in enumerate(self._model.townships):
            yield name, self._model.index(row, 0)
