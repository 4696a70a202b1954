"""What waits for the reviewer as a tree: township, record; what is in a township is read when it is opened."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import count
from typing import Iterable, Optional, Sequence

from qgis.PyQt.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ...core.register.review_list import ReviewItem, ReviewList, TownshipGroup
from ..icons import variety_icon
from ..session import Session
from ..side_text import SideRole, UrgentRole
from .ages import LONG_DAYS, age_text, days_since

# As many records as a view is given at once, and as many as are read to find one among them.
_PAGE = 100
_FAR = 2_000
_ROOT = 0
_TOP = QModelIndex()


@dataclass(eq=False)
class _Node:
    """A township (with its group) or a record (with its item); the number stands in the indexes."""

    number: int
    parent: Optional[_Node]
    group: TownshipGroup
    item: Optional[ReviewItem] = None
    children: list[_Node] = field(default_factory=list)
    complete: bool = True


class ReviewModel(QAbstractItemModel):
    """Townships in which something waits; one that gets empty stays until all is counted anew."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session: Optional[Session] = None
        self._list: Optional[ReviewList] = None
        self._clear()

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
        self._clear()
        for group in groups:
            self._new_township(group)
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._session = self._list = None
        self._clear()
        self.endResetModel()

    def put(self, group: TownshipGroup) -> None:
        """Show a township with other numbers; a new one takes its place among the others when something waits in it."""
        node = self._township(group.township)
        if node is None and group.waiting:
            row = bisect_left([child.group.township for child in self._root.children], group.township)
            self.beginInsertRows(QModelIndex(), row, row)
            node = self._new_township(group, row)
            self.endInsertRows()
        if node is not None:
            node.group = group
            index = self._index_of(node)
            self.dataChanged.emit(index, index)

    def forget(self, uid: str) -> Optional[str]:
        """Take the line of a record that waits no more; gives the township under which it stood."""
        node = self._line(uid)
        if node is None:
            return None
        row = node.parent.children.index(node)
        self.beginRemoveRows(self._index_of(node.parent), row, row)
        del node.parent.children[row], self._nodes[node.number]
        self.endRemoveRows()
        return node.group.township

    def come(self, item: ReviewItem) -> None:
        """A record waits now that did not wait here before: give it a line among those that were read, if any were."""
        node = self._township(item.township)
        if node is None or not (node.children or node.complete):
            return
        lines = [_order(child.item) for child in node.children]
        row = bisect_left(lines, _order(item))
        if not node.complete and row == len(lines):
            return
        self.beginInsertRows(self._index_of(node), row, row)
        self._new_node(node, node.group, item, row)
        self.endInsertRows()

    def find(self, item: ReviewItem) -> QModelIndex:
        """The line of a record, read on as far as to it; of its township when it is not among what waits there."""
        node = self._township(item.township)
        if node is None:
            return QModelIndex()
        while not node.complete and (not node.children or _order(node.children[-1].item) < _order(item)):
            if len(node.children) >= _FAR:
                return self._index_of(node)
            self.fetchMore(self._index_of(node))
        return self._index_of(next((child for child in node.children if child.item.uid == item.uid), node))

    def item_at(self, index: QModelIndex) -> Optional[ReviewItem]:
        """The record of a line; of a township the one that has waited longest."""
        node = self._node(index)
        if node is not None and node.item is None and node.number != _ROOT:
            self.fetchMore(self._index_of(node))
            node = next(iter(node.children), None)
        return None if node is None else node.item

    def township_at(self, index: QModelIndex) -> str:
        """The township of a line."""
        node = self._node(index)
        return "" if node is None else node.group.township

    # --- what Qt asks

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """The index of a child."""
        node = self._node(parent)
        if node is None or not 0 <= row < len(node.children) or column != 0:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].number)

    def parent(self, index: QModelIndex = _TOP) -> QModelIndex:
        """The township of a record."""
        node = self._node(index)
        return QModelIndex() if node is None or node.parent is None else self._index_of(node.parent)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        """As many as have been read."""
        node = self._node(parent)
        return 0 if node is None else len(node.children)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        """One: the text at the right is painted beside the name."""
        return 1

    def hasChildren(self, parent: QModelIndex = _TOP) -> bool:
        """Also of townships that have not been read yet."""
        node = self._node(parent)
        return node is not None and (bool(node.children) or not node.complete)

    def canFetchMore(self, parent: QModelIndex) -> bool:
        """Whether a township was not read yet; see :mod:`..reading_on`."""
        node = self._node(parent)
        return node is not None and not node.complete and not node.children

    def begun(self) -> list[QModelIndex]:
        """The townships that hold more than has been read of them."""
        return [self._index_of(node) for node in self._root.children if node.children and not node.complete]

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next records of a township."""
        node = self._node(parent)
        if node is None or node.complete or self._list is None:
            return
        last = node.children[-1].item if node.children else None
        items = self._list.waiting(node.group.township, _PAGE, last)
        node.complete = len(items) < _PAGE
        if not items:
            return
        first = len(node.children)
        self.beginInsertRows(self._index_of(node), first, first + len(items) - 1)
        for item in items:
            self._new_node(node, node.group, item)
        self.endInsertRows()

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names, icons, how many wait and how long."""
        node = self._node(index)
        if node is None or node.number == _ROOT:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(node, role)
        if role == SideRole:
            return age_text(node.item.since) if node.item is not None else _count_and_age(node.group)
        if role == UrgentRole:
            since = node.item.since if node.item is not None else node.group.since
            return bool(since) and days_since(since) >= LONG_DAYS
        if role == Qt.ItemDataRole.DecorationRole and node.item is not None:
            return self._icons.get(node.item.variety)
        if role == Qt.ItemDataRole.FontRole and node.item is None:
            font = QFont()
            font.setBold(True)
            return font
        return None

    # --- the nodes

    def _line(self, uid: str) -> Optional[_Node]:
        return next((node for node in self._nodes.values() if node.item is not None and node.item.uid == uid), None)

    def _clear(self) -> None:
        self._numbers = count(_ROOT)
        self._nodes: dict[int, _Node] = {}
        self._root = self._new_node(None, TownshipGroup("", 0))
        varieties = self._session.standard.varieties if self._session is not None else ()
        self._icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in varieties}

    def _new_node(
        self, parent: Optional[_Node], group: TownshipGroup, item: Optional[ReviewItem] = None, row: int = -1
    ) -> _Node:
        node = _Node(next(self._numbers), parent, group, item)
        self._nodes[node.number] = node
        if parent is not None:
            parent.children.insert(len(parent.children) if row < 0 else row, node)
        return node

    def _new_township(self, group: TownshipGroup, row: int = -1) -> _Node:
        node = self._new_node(self._root, group, None, row)
        node.complete = False
        return node

    def _township(self, name: str) -> Optional[_Node]:
        return next((node for node in self._root.children if node.group.township == name), None)

    def _node(self, index: QModelIndex) -> Optional[_Node]:
        return self._nodes.get(int(index.internalId())) if index.isValid() else self._root

    def _index_of(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)


def _order(item: ReviewItem) -> tuple[str, str]:
    return item.since, item.uid


def _count_and_age(group: TownshipGroup) -> str:
    if group.counted and not group.waiting:
        return "0"
    text = QCoreApplication.translate("originmap", "{count}, today")
    if days_since(group.since):
        text = QCoreApplication.translate("originmap", "{count}, up to {age}")
    return text.format(count=group.waiting if group.counted else "…", age=age_text(group.since))


def _text(node: _Node, role: int) -> str:
    if node.item is None:
        name = node.group.township or QCoreApplication.translate("originmap", "(township not stated)")
        return f"{name} {_count_and_age(node.group)}" if role == Qt.ItemDataRole.AccessibleTextRole else name
    item = node.item
    parts = [item.producer, item.village]
    if role == Qt.ItemDataRole.AccessibleTextRole:
        parts.append(age_text(item.since))
    return ("\n" if role == Qt.ItemDataRole.ToolTipRole else "　").join(part for part in parts if part)
