"""What waits for the reviewer as a tree: township, record."""

from __future__ import annotations

from bisect import bisect_left
from typing import Iterable, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QObject, Qt

from ...core.register.review_list import ReviewItem, ReviewList, TownshipGroup
from ..session import Session
from ..side_text import SideRole, UrgentRole
from ..waiting_model import PAGE, Node, WaitingModel
from .ages import LONG_DAYS, age_text, days_since

_Node = Node[TownshipGroup, ReviewItem]


class ReviewModel(WaitingModel[TownshipGroup, ReviewItem]):
    """Townships in which something waits, the longest first; one that gets empty stays until all is counted anew."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session: Optional[Session] = None
        self._list: Optional[ReviewList] = None

    @property
    def totals(self) -> TownshipGroup:
        """All townships as one."""
        groups = [node.group for node in self._root.children]
        since = min((group.since for group in groups if group.waiting and group.since), default="")
        return TownshipGroup("", sum(group.waiting for group in groups), since)

    @property
    def townships(self) -> list[str]:
        """Their names, in their order."""
        return [node.group.township for node in self._root.children]

    def shows(self, session: Session, listed: ReviewList, groups: Sequence[TownshipGroup]) -> bool:
        """Whether these groups are what is shown already: then the lines that people opened may stay."""
        if self._session is not session or self._list is None or self._list.asked != listed.asked:
            return False
        return [node.group for node in self._root.children if node.group.waiting] == list(groups)

    def fill(self, session: Session, listed: ReviewList, groups: Iterable[TownshipGroup]) -> None:
        """Show other groups in the place of all that was there."""
        self.beginResetModel()
        self._session, self._list = session, listed
        self._clear(session.standard.varieties)
        for group in groups:
            self._new_township(group)
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._session = self._list = None
        self._clear(())
        self.endResetModel()

    def put(self, group: TownshipGroup) -> None:
        """Show a township with other numbers; a new one takes its place among the others when something waits in it."""
        node = self._township(group.township)
        if node is None and group.waiting:
            row = bisect_left(self.townships, group.township)
            self.beginInsertRows(QModelIndex(), row, row)
            node = self._new_township(group, row)
            self.endInsertRows()
        if node is not None:
            node.group = group
            index = self._index_of(node)
            self.dataChanged.emit(index, index)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Beside the rest how many wait, and how long."""
        node = self._node(index) if index.isValid() else None
        if node is not None and role == SideRole:
            return age_text(node.item.since) if node.item is not None else _count_and_age(node.group)
        if node is not None and role == UrgentRole:
            since = node.item.since if node.item is not None else node.group.since
            return bool(since) and days_since(since) >= LONG_DAYS
        return super().data(index, role)

    # --- within

    def _next(self, group: TownshipGroup, last: Optional[ReviewItem]) -> Sequence[ReviewItem]:
        return self._list.waiting(group.township, PAGE, last)

    def _order(self, item: ReviewItem) -> tuple[str, str]:
        return item.since, item.uid

    def _place_of(self, item: ReviewItem) -> Optional[_Node]:
        return self._township(item.township)

    def _township(self, name: str) -> Optional[_Node]:
        return next((node for node in self._root.children if node.group.township == name), None)

    def _new_township(self, group: TownshipGroup, row: int = -1) -> _Node:
        node = self._new_node(self._root, group, None, row)
        node.complete = False
        return node

    def _text(self, node: _Node, role: int) -> str:
        if node.item is None:
            name = node.group.township or QCoreApplication.translate("originmap", "(township not stated)")
            return f"{name} {_count_and_age(node.group)}" if role == Qt.ItemDataRole.AccessibleTextRole else name
        item = node.item
        parts = [item.producer, item.village]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts.append(age_text(item.since))
        return ("\n" if role == Qt.ItemDataRole.ToolTipRole else "　").join(part for part in parts if part)


def _count_and_age(group: TownshipGroup) -> str:
    if group.counted and not group.waiting:
        return "0"
    text = QCoreApplication.translate("originmap", "{count}, today")
    if days_since(group.since):
        text = QCoreApplication.translate("originmap", "{count}, up to {age}")
    return text.format(count=group.waiting if group.counted else "…", age=age_text(group.since))
