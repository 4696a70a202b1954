"""Records that wait, in a tree of the places where they lie; what lies in a place is read when it is opened."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, Iterable, Optional, Protocol, Sequence, TypeVar

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ..core.standard.model import Variety
from .icons import variety_icon

# As many records as a view is given at once, and as many as are read to find one among them.
PAGE = 100
_FAR = 2_000
_ROOT = 0
_TOP = QModelIndex()


class PlaceOfWaiting(Protocol):
    """A place and how many records wait in it."""

    @property
    def waiting(self) -> int:
        """How many wait."""


class WaitingRecord(Protocol):
    """A record as a line of the tree."""

    @property
    def uid(self) -> str:
        """What it is known by."""

    @property
    def variety(self) -> str:
        """The code of its product."""


Group = TypeVar("Group", bound=PlaceOfWaiting)
Item = TypeVar("Item", bound=WaitingRecord)


@dataclass(eq=False)
class Node(Generic[Group, Item]):
    """A place (with its group) or a record (with its item, and the group of its place); the number stands in the
    indexes. The root has neither."""

    number: int
    parent: Optional[Node[Group, Item]]
    group: Optional[Group] = None
    item: Optional[Item] = None
    children: list[Node[Group, Item]] = field(default_factory=list)
    complete: bool = True


class WaitingModel(QAbstractItemModel, Generic[Group, Item]):
    """The tree but for its words and the order of its records, which a subclass knows."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._clear(())

    def forget(self, uid: str) -> Optional[Group]:
        """Take the line of a record that waits no more; gives the place in which it stood."""
        node = self._line(uid)
        if node is None:
            return None
        row = node.parent.children.index(node)
        self.beginRemoveRows(self._index_of(node.parent), row, row)
        del node.parent.children[row], self._nodes[node.number]
        self.endRemoveRows()
        return node.group

    def come(self, item: Item) -> None:
        """A record waits now that did not wait here before: give it a line among those that were read, if any were."""
        node = self._place_of(item)
        if node is None:
            return
        lines = [self._order(child.item) for child in node.children]
        row = bisect_left(lines, self._order(item))
        if not node.complete and row == len(lines):
            return
        self.beginInsertRows(self._index_of(node), row, row)
        self._new_node(node, node.group, item, row)
        self.endInsertRows()

    def find(self, item: Item) -> QModelIndex:
        """The line of a record, read on as far as to it; of its place when it is not among what waits there."""
        node = self._place_of(item)
        if node is None:
            return QModelIndex()
        while not node.complete and (not node.children or self._order(node.children[-1].item) < self._order(item)):
            if len(node.children) >= _FAR:
                return self._index_of(node)
            self.fetchMore(self._index_of(node))
        return self._index_of(next((child for child in node.children if child.item.uid == item.uid), node))

    def is_record(self, index: QModelIndex) -> bool:
        """Whether a line is that of a record."""
        node = self._node(index)
        return node is not None and node.item is not None

    def item_at(self, index: QModelIndex) -> Optional[Item]:
        """The record of a line; of a place the first one that waits in it."""
        node = self._node(index)
        while node is not None and node.item is None and node.number != _ROOT:
            if not node.children:
                self.fetchMore(self._index_of(node))
            node = next((child for child in node.children if child.item is not None or child.group.waiting), None)
        return None if node is None else node.item

    def begun(self) -> list[QModelIndex]:
        """The places that hold more than has been read of them."""
        return [self._index_of(node) for node in self._nodes.values() if node.children and not node.complete]

    # --- what a subclass knows

    def _next(self, group: Group, last: Optional[Item]) -> Sequence[Item]:
        """The next :data:`PAGE` records of a place behind one of them."""
        raise NotImplementedError

    def _order(self, item: Item) -> tuple[str, str]:
        """By what the records of a place are sorted."""
        raise NotImplementedError

    def _place_of(self, item: Item) -> Optional[Node[Group, Item]]:
        """The place under which a record stands."""
        raise NotImplementedError

    def _text(self, node: Node[Group, Item], role: int) -> str:
        """The words of a line, in the tree, at the pointer or read aloud."""
        raise NotImplementedError

    # --- what Qt asks

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """The index of a child."""
        node = self._node(parent)
        if node is None or not 0 <= row < len(node.children) or column != 0:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].number)

    def parent(self, index: QModelIndex = _TOP) -> QModelIndex:
        """The place of a line."""
        node = self._node(index)
        return QModelIndex() if node is None or node.parent is None else self._index_of(node.parent)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        """As many as have been read."""
        node = self._node(parent)
        return 0 if node is None else len(node.children)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        """One: what stands at the right is painted beside the name."""
        return 1

    def hasChildren(self, parent: QModelIndex = _TOP) -> bool:
        """Also of places that have not been read yet."""
        node = self._node(parent)
        return node is not None and (bool(node.children) or not node.complete)

    def canFetchMore(self, parent: QModelIndex) -> bool:
        """Whether a place was not read yet; see :mod:`.paged_tree`."""
        node = self._node(parent)
        return node is not None and not node.complete and not node.children

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next records of a place."""
        node = self._node(parent)
        if node is None or node.complete:
            return
        items = self._next(node.group, node.children[-1].item if node.children else None)
        node.complete = len(items) < PAGE
        if not items:
            return
        first = len(node.children)
        self.beginInsertRows(self._index_of(node), first, first + len(items) - 1)
        for item in items:
            self._new_node(node, node.group, item)
        self.endInsertRows()

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the sign of a record's product, the uppermost places in bold."""
        node = self._node(index)
        if node is None or node.number == _ROOT:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(node, role)
        if role == Qt.ItemDataRole.DecorationRole and node.item is not None:
            return self._icons.get(node.item.variety)
        if role == Qt.ItemDataRole.FontRole and node.parent is self._root:
            font = QFont()
            font.setBold(True)
            return font
        return None

    # --- the nodes

    def _clear(self, varieties: Iterable[Variety]) -> None:
        self._numbers = count(_ROOT)
        self._nodes: dict[int, Node[Group, Item]] = {}
        self._root = self._new_node(None)
        self._icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in varieties}

    def _new_node(
        self,
        parent: Optional[Node[Group, Item]],
        group: Optional[Group] = None,
        item: Optional[Item] = None,
        row: int = -1,
    ) -> Node[Group, Item]:
        node: Node[Group, Item] = Node(next(self._numbers), parent, group, item)
        self._nodes[node.number] = node
        if parent is not None:
            parent.children.insert(len(parent.children) if row < 0 else row, node)
        return node

    def _line(self, uid: str) -> Optional[Node[Group, Item]]:
        return next((node for node in self._nodes.values() if node.item is not None and node.item.uid == uid), None)

    def _node(self, index: QModelIndex) -> Optional[Node[Group, Item]]:
        return self._nodes.get(int(index.internalId())) if index.isValid() else self._root

    def _index_of(self, node: Node[Group, Item]) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)
