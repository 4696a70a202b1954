"""A tree of three levels whose lines are made when they are seen: group, place, and what is there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Callable, Hashable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QFont, QIcon

from ..side_text import SideRole, UrgentRole

# As many lines as a view is given at once.
_PAGE = 200
_TOP = QModelIndex()


@dataclass(frozen=True)
class Words:
    """A line: its text, what stands at its right, the code of its product, and whether it shall strike the eye."""

    text: str
    side: str = ""
    variety: str = ""
    urgent: bool = False
    tip: str = ""


@dataclass(eq=False)
class Place:
    """A village and what is there; ``read`` is how many lines the view knows."""

    name: str
    entries: list
    read: int = 0


@dataclass(eq=False)
class Group:
    """A group with its places."""

    title: str
    places: list[Place]
    urgent: bool = False

    @property
    def count(self) -> int:
        """How many entries it has."""
        return sum(len(place.entries) for place in self.places)


@dataclass(eq=False)
class _Node:
    """A group or a place, by the number that stands in the indexes of what is below it."""

    number: int
    group: Group
    place: Optional[Place] = None
    parent: Optional[_Node] = None
    children: list[_Node] = field(default_factory=list)


class GroupedModel(QAbstractItemModel):
    """The number in an index is that of the node above the line, 0 for groups: what is below a place needs no node.

    Args:
        words: says a line.
        key: what an entry is known by.
    """

    def __init__(
        self, words: Callable[[object], Words], key: Callable[[object], Hashable], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._key = key
        self._icons: Mapping[str, QIcon] = {}
        self._tops: list[_Node] = []
        self._nodes: dict[int, _Node] = {}

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(top.group.count for top in self._tops)

    @property
    def entries(self) -> list:
        """All entries, in the order of the lines."""
        return [entry for top in self._tops for child in top.children for entry in child.place.entries]

    def fill(self, groups: Sequence[Group], icons: Mapping[str, QIcon]) -> None:
        """Show other groups in the place of all that was there."""
        self.beginResetModel()
        self._icons, self._tops, self._nodes = icons, [], {}
        for group in groups:
            top = self._node(group)
            self._tops.append(top)
            top.children = [self._node(group, place, top) for place in group.places]
        self.endResetModel()

    def take(self, gone: Callable[[object], bool]) -> None:
        """Take away the lines of entries, and the places and groups that get empty."""
        for top in reversed(self._tops):
            for node in reversed(top.children):
                self._take_from(node, gone)
                if not node.place.entries:
                    self._remove(top, node)
            if not top.children:
                row = self._tops.index(top)
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._tops[row]
                self.endRemoveRows()
        self._count_anew()

    def put(self, group: Group) -> None:
        """Show a group's entries beside those that are there; an unknown group comes behind the others."""
        top = next((one for one in self._tops if one.group.title == group.title), None)
        if top is None:
            top = self._node(Group(group.title, [], group.urgent))
            self.beginInsertRows(QModelIndex(), len(self._tops), len(self._tops))
            self._tops.append(top)
            self.endInsertRows()
        for place in group.places:
            self._put_place(top, place)
        self._count_anew()

    def entries_at(self, index: QModelIndex) -> list:
        """The entry of a line; of a place or group all that it holds."""
        node, entry = self._at(index)
        if entry is not None:
            return [entry]
        if node is None:
            return []
        places = [node.place] if node.place is not None else node.group.places
        return [entry for place in places for entry in place.entries]

    def entry_at(self, index: QModelIndex) -> Optional[object]:
        """The entry of a line; ``None`` for places and groups."""
        return self._at(index)[1]

    def title_at(self, index: QModelIndex) -> str:
        """The words of a place or group, for questions about all of it."""
        node = self._at(index)[0]
        if node is None:
            return ""
        return node.group.title if node.place is None else f"{node.group.title}　{_name(node.place)}"

    def index_of(self, key: Hashable) -> QModelIndex:
        """The line of an entry."""
        for node in (node for top in self._tops for node in top.children):
            for row, entry in enumerate(node.place.entries):
                if self._key(entry) == key:
                    self._read_to(node, row)
                    return self.createIndex(row, 0, node.number)
        return QModelIndex()

    def after(self, index: QModelIndex) -> QModelIndex:
        """The line of the next entry, in or behind what the index says; behind the last one comes the first."""
        node, entry = self._at(index)
        nodes = [child for top in self._tops for child in top.children]
        if not nodes:
            return QModelIndex()
        row = 0
        if entry is not None and index.row() + 1 < len(node.place.entries):
            row = index.row() + 1
        elif entry is not None:
            node = nodes[(nodes.index(node) + 1) % len(nodes)]
        elif node is None or node.place is None:
            node = nodes[0] if node is None else node.children[0]
        self._read_to(node, row)
        return self.createIndex(row, 0, node.number)

    # --- what Qt asks

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """The index of a child."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, self._at(parent)[0].number if parent.isValid() else 0)

    def parent(self, index: QModelIndex = _TOP) -> QModelIndex:
        """The place of an entry, the group of a place."""
        above = self._nodes.get(int(index.internalId())) if index.isValid() else None
        return QModelIndex() if above is None else self._index_of(above)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        """As many entries as the view was given."""
        if not parent.isValid():
            return len(self._tops)
        node, entry = self._at(parent)
        if node is None or entry is not None:
            return 0
        return len(node.children) if node.place is None else node.place.read

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        """One: the text at the right is painted beside the name."""
        return 1

    def hasChildren(self, parent: QModelIndex = _TOP) -> bool:
        """Also of places that were not opened yet."""
        return not parent.isValid() and bool(self._tops) or parent.isValid() and self._at(parent)[1] is None

    def canFetchMore(self, parent: QModelIndex) -> bool:
        """Whether a place was not opened yet; see :mod:`..paged_tree`."""
        node, entry = self._at(parent)
        place = None if node is None or entry is not None else node.place
        return place is not None and place.read == 0 and bool(place.entries)

    def begun(self) -> list[QModelIndex]:
        """The places that hold more than the view was given."""
        nodes = (node for top in self._tops for node in top.children)
        return [self._index_of(node) for node in nodes if 0 < node.place.read < len(node.place.entries)]

    def fetchMore(self, parent: QModelIndex) -> None:
        """Give the next lines of a place."""
        node, entry = self._at(parent)
        if node is not None and entry is None and node.place is not None:
            self._read_to(node, node.place.read)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, icons and counts."""
        node, entry = self._at(index)
        if node is None:
            return None
        words = self._words(entry) if entry is not None else _words_of(node)
        if role == Qt.ItemDataRole.DisplayRole:
            return words.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip or words.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words.text} {words.side}".strip()
        if role == SideRole:
            return words.side
        if role == UrgentRole:
            return words.urgent
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons.get(words.variety)
        if role == Qt.ItemDataRole.FontRole and entry is None and node.place is None:
            font = QFont()
            font.setBold(True)
            return font
        return None

    # --- within

    def _node(self, group: Group, place: Optional[Place] = None, parent: Optional[_Node] = None) -> _Node:
        node = _Node(len(self._nodes) + 1, group, place, parent)
        self._nodes[node.number] = node
        return node

    def _at(self, index: QModelIndex) -> tuple[Optional[_Node], Optional[object]]:
        """The group's or place's node; for an entry that of its place, and the entry."""
        if not index.isValid():
            return None, None
        above, row = self._nodes.get(int(index.internalId())), index.row()
        if above is None:
            return (self._tops[row], None) if row < len(self._tops) else (None, None)
        if above.place is None:
            return (above.children[row], None) if row < len(above.children) else (None, None)
        return (above, above.place.entries[row]) if row < len(above.place.entries) else (None, None)

    def _index_of(self, node: _Node) -> QModelIndex:
        siblings = self._tops if node.parent is None else node.parent.children
        return self.createIndex(siblings.index(node), 0, 0 if node.parent is None else node.parent.number)

    def _read_to(self, node: _Node, row: int) -> None:
        place = node.place
        if row < place.read:
            return
        last = min((row // _PAGE + 1) * _PAGE, len(place.entries))
        if last == place.read:
            return
        self.beginInsertRows(self._index_of(node), place.read, last - 1)
        place.read = last
        self.endInsertRows()

    def _put_place(self, top: _Node, place: Place) -> None:
        node = next((child for child in top.children if child.place.name == place.name), None)
        if node is None:
            node = self._node(top.group, Place(place.name, []), top)
            row = bisect_left([_order(child.place) for child in top.children], _order(place))
            self.beginInsertRows(self._index_of(top), row, row)
            top.children.insert(row, node)
            top.group.places.insert(row, node.place)
            self.endInsertRows()
        seen = node.place.read and node.place.read == len(node.place.entries)
        node.place.entries.extend(place.entries)
        if seen:
            self._read_to(node, node.place.read)

    def _take_from(self, node: _Node, gone: Callable[[object], bool]) -> None:
        place = node.place
        for row in reversed([number for number, entry in enumerate(place.entries) if gone(entry)]):
            if row < place.read:
                self.beginRemoveRows(self._index_of(node), row, row)
                del place.entries[row]
                place.read -= 1
                self.endRemoveRows()
            else:
                del place.entries[row]

    def _count_anew(self) -> None:
        """The numbers of groups and places are others now."""
        if self._tops:
            self.dataChanged.emit(self._index_of(self._tops[0]), self._index_of(self._tops[-1]))
        for top in self._tops:
            self.dataChanged.emit(self._index_of(top.children[0]), self._index_of(top.children[-1]))

    def _remove(self, top: _Node, node: _Node) -> None:
        row = top.children.index(node)
        self.beginRemoveRows(self._index_of(top), row, row)
        del top.children[row], top.group.places[row]
        self.endRemoveRows()


def grouped(entries: Sequence, group_of: Callable[[object], str], place_of: Callable[[object], str]) -> dict:
    """Entries by group and place, each in the order they came in."""
    found: dict[str, dict[str, list]] = {}
    for entry in entries:
        found.setdefault(group_of(entry), {}).setdefault(place_of(entry), []).append(entry)
    return found


def places_of(by_name: Mapping[str, list]) -> list[Place]:
    """Places in the order of their names, what has no place at the end."""
    return sorted((Place(name, entries) for name, entries in by_name.items()), key=_order)


def _order(place: Place) -> tuple[bool, str]:
    return not place.name, place.name


def _name(place: Place) -> str:
    return place.name or QCoreApplication.translate("originmap", "(place not stated)")


def _words_of(node: _Node) -> Words:
    if node.place is None:
        return Words(node.group.title, f"{node.group.count:,}", urgent=node.group.urgent)
    return Words(_name(node.place), f"{len(node.place.entries):,}")
