"""The records that wait for their point as a tree: township, village, record."""

from __future__ import annotations

from bisect import bisect_left
from typing import Iterable, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QObject, Qt

from ...core.register.queue import Queue, QueueItem, VillageGroup
from ..session import Session
from ..waiting_model import PAGE, Node, WaitingModel

# (done, total) of a township or village; a record has none.
ProgressRole = Qt.ItemDataRole.UserRole + 1

_Node = Node[VillageGroup, QueueItem]


class QueueModel(WaitingModel[VillageGroup, QueueItem]):
    """Villages in which something waits; one that gets finished stays, with its full bar, until all is counted anew."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session: Optional[Session] = None
        self._groups: dict[tuple[str, str], VillageGroup] = {}

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
        self._clear(session.standard.varieties)
        for group in self._groups.values():
            if group.waiting:
                self._new_village(group, self._township(group.township) or self._new_township(group.township))
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._session = None
        self._groups = {}
        self._clear(())
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

    def village_of(self, uid: str) -> Optional[tuple[str, str]]:
        """Township and village under which a record has a line; ``None`` while it has none."""
        node = self._line(uid)
        return None if node is None else _key(node.group)

    def come(self, item: QueueItem) -> None:
        """A record waits now that did not wait here before: count its village, and give it a line among those read."""
        self.recount(item.township, item.village)
        super().come(item)

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

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Beside the rest how far a township or village is."""
        node = self._node(index) if index.isValid() else None
        if node is not None and node.item is None and role == ProgressRole:
            return node.group.done, node.group.total
        return super().data(index, role)

    # --- within

    def _next(self, group: VillageGroup, last: Optional[QueueItem]) -> Sequence[QueueItem]:
        return self._lines.waiting(group, PAGE, last)

    def _order(self, item: QueueItem) -> tuple[str, str]:
        return item.producer, item.uid

    def _place_of(self, item: QueueItem) -> Optional[_Node]:
        return self._village(item.township, item.village)

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

    def _text(self, node: _Node, role: int) -> str:
        if node.item is not None:
            separator = "\n" if role == Qt.ItemDataRole.ToolTipRole else "　"
            return separator.join(part for part in (node.item.producer, node.item.address) if part)
        name, group = self._name(node), node.group
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name} {group.done}/{group.total}"
        if role == Qt.ItemDataRole.ToolTipRole:
            text = QCoreApplication.translate(
                "originmap", "{name}: {waiting} waiting, {done} placed, {aside} put aside"
            )
            return text.format(name=name, waiting=group.waiting, done=group.done, aside=group.aside)
        return name

    def _name(self, node: _Node) -> str:
        if node.parent is self._root:
            return node.group.township or QCoreApplication.translate("originmap", "(township not stated)")
        return node.group.village or QCoreApplication.translate("originmap", "(village not stated)")


def _key(group: VillageGroup) -> tuple[str, str]:
    return group.township, group.village


def _sum(township: str, groups: Iterable[VillageGroup]) -> VillageGroup:
    listed = list(groups)
    done, total, aside = (sum(getattr(group, name) for group in listed) for name in ("done", "total", "aside"))
    return VillageGroup(township, "", done, total, aside)
