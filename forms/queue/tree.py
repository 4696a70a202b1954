"""The records that wait as a tree: township, village, record; what is in a village is read when it is opened."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import count
from typing import Iterable, Optional

from qgis.PyQt.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont

from ...core.register.queue import Queue, QueueItem, VillageGroup
from ..icons import variety_icon
from ..session import Session

# As many records as a view is given at once, and as many as are read to find one among them.
_PAGE = 100
_FAR = 2_000
# (done, total) of a township or village; a record has none.
ProgressRole = Qt.ItemDataRole.UserRole + 1
_ROOT = 0
_TOP = QModelIndex()


@dataclass(eq=False)
class _Node:
    """A township, a village (with its group) or a record (with its item); the number stands in the indexes."""

    number: int
    parent: Optional[_Node]
    group: VillageGroup
    item: Optional[QueueItem] = None
    children: list[_Node] = field(default_factory=list)
    complete: bool = True

    @property
    def is_village(self) -> bool:
        return self.item is None and self.parent is not None and self.parent.number != _ROOT


class QueueModel(QAbstractItemModel):
    """Villages in which something waits; one that gets finished stays, with its full bar, until all is counted anew."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session: Optional[Session] = None
        self._groups: dict[tuple[str, str], VillageGroup] = {}
        self._clear()

    @property
    def totals(self) -> VillageGroup:
        """The whole register as one group."""
        return _sum("", self._groups.values())

    def fill(self, session: Session, groups: Iterable[VillageGroup]) -> None:
        """Show other groups in the place of all that was there."""
        self.beginResetModel()
        self._session = session
        # Without the gazetteer: where a record may lie is only asked when it is taken to hand.
        self._lines = Queue(session.register)
        self._groups = {_key(group): group for group in sorted(groups, key=_key)}
        self._clear()
        for group in self._groups.values():
            if group.waiting:
                self._new_village(group, self._township(group.township) or self._new_township(group.township))
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._session = None
        self._groups = {}
        self._clear()
        self.endResetModel()

    def recount(self, township: str, village: str) -> None:
        """Count one village anew, after something happened to a record of it."""
        if self._session is None:
            return
        group = self._lines.group_of(township, village)
        self._groups[(township, village)] = group
        node = self._village(township, village)
        if node is None and group.waiting:
            node = self._insert_village(group)
        if node is None:
            return
        node.group = group
        node.parent.group = self._township_sum(township)
        for index in (self._index_of(node), self._index_of(node.parent)):
            self.dataChanged.emit(index, index)

    def forget(self, uid: str) -> None:
        """Take the line of a record that waits no more."""
        node = self._line(uid)
        if node is None:
            return
        row = node.parent.children.index(node)
        self.beginRemoveRows(self._index_of(node.parent), row, row)
        del node.parent.children[row], self._nodes[node.number]
        self.endRemoveRows()

    def village_of(self, uid: str) -> Optional[tuple[str, str]]:
        """Township and village under which a record has a line; ``None`` while it has none."""
        node = self._line(uid)
        return None if node is None else _key(node.group)

    def come(self, item: QueueItem) -> None:
        """A record waits now that did not wait here before: count its village, and give it a line among those read."""
        self.recount(item.township, item.village)
        node = self._village(item.township, item.village)
        if node is None:
            return
        lines = [_order(child.item) for child in node.children]
        row = bisect_left(lines, _order(item))
        if not node.complete and row == len(lines):
            return
        self.beginInsertRows(self._index_of(node), row, row)
        self._new_node(node, node.group, item, row)
        self.endInsertRows()

    def reread(self, township: str, village: str) -> None:
        """Count a village anew, and read its lines again where they were read before."""
        self.recount(township, village)
        node = self._village(township, village)
        if node is None:
            return
        was_read = bool(node.children)
        if was_read:
            self.beginRemoveRows(self._index_of(node), 0, len(node.children) - 1)
            for child in node.children:
                del self._nodes[child.number]
            node.children = []
            self.endRemoveRows()
        node.complete = not node.group.waiting
        if was_read:
            self.fetchMore(self._index_of(node))

    def changed_since(self, session: Session, groups: Iterable[VillageGroup]) -> Optional[list[tuple[str, str]]]:
        """The villages whose numbers are no longer those shown; ``None`` when nothing of this register is shown."""
        if self._session is not session or not self._groups:
            return None
        found = {_key(group): group for group in groups}
        keys = self._groups.keys() | found.keys()
        return sorted(key for key in keys if self._groups.get(key) != found.get(key))

    def find(self, item: QueueItem) -> QModelIndex:
        """The line of a record, read on as far as to it; of its village when it is not among what waits there."""
        node = self._village(item.township, item.village)
        if node is None:
            return QModelIndex()
        while not node.complete and (not node.children or _order(node.children[-1].item) < _order(item)):
            if len(node.children) >= _FAR:
                return self._index_of(node)
            self.fetchMore(self._index_of(node))
        found = next((child for child in node.children if child.item.uid == item.uid), node)
        return self._index_of(found)

    def item_at(self, index: QModelIndex) -> Optional[QueueItem]:
        """The record of a line; of a township or village the first one that waits in it."""
        node = self._node(index)
        while node is not None and node.item is None and node.number != _ROOT:
            if not node.children:
                self.fetchMore(self._index_of(node))
            node = next((child for child in node.children if child.item is not None or child.group.waiting), None)
        return None if node is None else node.item

    # --- what Qt asks

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """The index of a child."""
        node = self._node(parent)
        if node is None or not 0 <= row < len(node.children) or column != 0:
            return QModelIndex()
        return self.createIndex(row, column, node.children[row].number)

    def parent(self, index: QModelIndex = _TOP) -> QModelIndex:
        """The village of a record, the township of a village."""
        node = self._node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index_of(node.parent)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        """As many as have been read."""
        node = self._node(parent)
        return 0 if node is None else len(node.children)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        """One: the progress is painted beside the name."""
        return 1

    def hasChildren(self, parent: QModelIndex = _TOP) -> bool:
        """Also of villages that have not been read yet."""
        node = self._node(parent)
        return node is not None and (bool(node.children) or not node.complete)

    def canFetchMore(self, parent: QModelIndex) -> bool:
        """Whether a village was not read yet; see :mod:`..reading_on`."""
        node = self._node(parent)
        return node is not None and not node.complete and not node.children

    def begun(self) -> list[QModelIndex]:
        """The villages that hold more than has been read of them."""
        villages = (village for township in self._root.children for village in township.children)
        return [self._index_of(village) for village in villages if village.children and not village.complete]

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next records of a village."""
        node = self._node(parent)
        if node is None or node.complete or self._session is None:
            return
        last = node.children[-1].item if node.children else None
        items = self._lines.waiting(node.group, _PAGE, last)
        node.complete = len(items) < _PAGE
        if not items:
            return
        first = len(node.children)
        self.beginInsertRows(self._index_of(node), first, first + len(items) - 1)
        for item in items:
            self._new_node(node, node.group, item)
        self.endInsertRows()

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names, icons, and how far a village is."""
        node = self._node(index)
        if node is None or node.number == _ROOT:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(node, role)
        if role == ProgressRole and node.item is None:
            return node.group.done, node.group.total
        if role == Qt.ItemDataRole.DecorationRole and node.item is not None:
            return self._icons.get(node.item.variety)
        if role == Qt.ItemDataRole.FontRole and node.item is None and not node.is_village:
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
        self._root = self._new_node(None, VillageGroup("", "", 0, 0))
        varieties = self._session.standard.varieties if self._session is not None else ()
        self._icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in varieties}

    def _new_node(
        self, parent: Optional[_Node], group: VillageGroup, item: Optional[QueueItem] = None, row: int = -1
    ) -> _Node:
        node = _Node(next(self._numbers), parent, group, item)
        self._nodes[node.number] = node
        if parent is not None:
            parent.children.insert(len(parent.children) if row < 0 else row, node)
        return node

    def _new_township(self, name: str, row: int = -1) -> _Node:
        return self._new_node(self._root, self._township_sum(name), None, row)

    def _new_village(self, group: VillageGroup, township: _Node, row: int = -1) -> _Node:
        node = self._new_node(township, group, None, row)
        node.complete = False
        return node

    def _insert_village(self, group: VillageGroup) -> _Node:
        """A village in which nothing waited before, at its place among the others."""
        township = self._township(group.township)
        if township is None:
            row = bisect_left([node.group.township for node in self._root.children], group.township)
            self.beginInsertRows(QModelIndex(), row, row)
            township = self._new_township(group.township, row)
            self.endInsertRows()
        row = bisect_left([node.group.village for node in township.children], group.village)
        self.beginInsertRows(self._index_of(township), row, row)
        node = self._new_village(group, township, row)
        self.endInsertRows()
        return node

    def _township(self, name: str) -> Optional[_Node]:
        return next((node for node in self._root.children if node.group.township == name), None)

    def _village(self, township: str, village: str) -> Optional[_Node]:
        above = self._township(township)
        return None if above is None else next((n for n in above.children if n.group.village == village), None)

    def _township_sum(self, name: str) -> VillageGroup:
        return _sum(name, (group for group in self._groups.values() if group.township == name))

    def _node(self, index: QModelIndex) -> Optional[_Node]:
        return self._nodes.get(int(index.internalId())) if index.isValid() else self._root

    def _index_of(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)


def _key(group: VillageGroup) -> tuple[str, str]:
    return group.township, group.village


def _order(item: QueueItem) -> tuple[str, str]:
    return item.producer, item.uid


def _sum(township: str, groups: Iterable[VillageGroup]) -> VillageGroup:
    listed = list(groups)
    done, total, aside = (sum(getattr(group, name) for group in listed) for name in ("done", "total", "aside"))
    return VillageGroup(township, "", done, total, aside)


def _text(node: _Node, role: int) -> str:
    if node.item is not None:
        separator = "\n" if role == Qt.ItemDataRole.ToolTipRole else "　"
        return separator.join(part for part in (node.item.producer, node.item.address) if part)
    name, group = _name(node), node.group
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{name} {group.done}/{group.total}"
    if role == Qt.ItemDataRole.ToolTipRole:
        text = QCoreApplication.translate("originmap", "{name}: {waiting} waiting, {done} placed, {aside} put aside")
        return text.format(name=name, waiting=group.waiting, done=group.done, aside=group.aside)
    return name


def _name(node: _Node) -> str:
    if node.is_village:
        return node.group.village or QCoreApplication.translate("originmap", "(village not stated)")
    return node.group.township or QCoreApplication.translate("originmap", "(township not stated)")
