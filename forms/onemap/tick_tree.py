"""Values to tick, each with the number of records behind it; a value can hold others, as a township its villages."""

from __future__ import annotations

from typing import Hashable, Iterable, Mapping, NamedTuple, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QSignalBlocker, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

_PLACE = Qt.ItemDataRole.UserRole
_MOST_LINES = 12


class Tick(NamedTuple):
    """A value with its title; ``within`` is the value that holds it, ``counted`` whether its records are."""

    value: Hashable
    title: str
    within: Hashable = None
    icon: Optional[QIcon] = None
    counted: bool = True


class TickTree(QTreeWidget):
    """As high as its lines, up to a dozen; ``changed`` says that the person ticked or unticked something.

    A ticked value stands for all that it holds. Taking one of these out leaves its neighbours ticked.
    """

    changed = pyqtSignal()

    def __init__(self, name: str, title: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"originmap_onemap_{name}")
        self.setAccessibleName(title)
        self._ticks: list[Tick] = []
        self._lines: dict[Hashable, QTreeWidgetItem] = {}
        self._counts: Optional[Mapping[Hashable, int]] = None
        self._chosen: set[Hashable] = set()
        self._pressed = Qt.CheckState.Unchecked
        self._set_up()
        self.itemChanged.connect(self._toggled)
        self.itemPressed.connect(self._press)
        self.itemClicked.connect(self._click)
        self.itemExpanded.connect(self.updateGeometry)
        self.itemCollapsed.connect(self.updateGeometry)

    @property
    def ticked(self) -> tuple[Hashable, ...]:
        """The values that the person ticked; of values within each other the one that holds the others."""
        return tuple(tick.value for tick in self._ticks if tick.value in self._chosen)

    def offer(self, ticks: Sequence[Tick], chosen: Iterable[Hashable]) -> None:
        """Show these values, some of them ticked; nothing is said to have changed."""
        self._chosen = set(chosen)
        if list(ticks) != self._ticks:
            self._fill(ticks)
        self._show()

    def show_counts(self, counts: Optional[Mapping[Hashable, int]]) -> None:
        """The number of records behind each value; ``None`` when they are not known yet."""
        self._counts = counts
        self._show()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        line = self.sizeHintForRow(0) if self._ticks else self.fontMetrics().height()
        height = min(self._visible(), _MOST_LINES) * line + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines; its titles give way where the panel is narrow."""
        return QSize(8 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._lines:
            self._show()

    def _set_up(self) -> None:
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # On the panel's own ground boxes can be told from it also in a dark theme.
        self.viewport().setAutoFillBackground(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fill(self, ticks: Sequence[Tick]) -> None:
        opened = {value for value, line in self._lines.items() if line.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            self._ticks, self._lines = list(ticks), {}
            for place, tick in enumerate(self._ticks):
                self._lines[tick.value] = self._line(place, tick)
            for value in opened & set(self._lines):
                self._lines[value].setExpanded(True)
            if self.topLevelItemCount() == 1:
                self.topLevelItem(0).setExpanded(True)
        self.setRootIsDecorated(any(tick.within in self._lines for tick in self._ticks))
        self.updateGeometry()

    def _line(self, place: int, tick: Tick) -> QTreeWidgetItem:
        line = QTreeWidgetItem(self._lines.get(tick.within, self.invisibleRootItem()), [tick.title, ""])
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        line.setData(0, _PLACE, place)
        line.setToolTip(0, tick.title)
        line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if tick.icon is not None:
            line.setIcon(0, tick.icon)
        return line

    def _show(self) -> None:
        """Ticks and numbers; values that nobody has are grey."""
        partly = {above for value in self._chosen for above in self._above(value)}
        usual, grey = (
            self.palette().brush(group, QPalette.ColorRole.Text)
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
        )
        with QSignalBlocker(self):
            for tick in self._ticks:
                line, number = self._lines[tick.value], self._number(tick)
                line.setCheckState(0, self._state(tick.value, partly))
                line.setText(1, number)
                for column in range(2):
                    line.setForeground(column, grey if number == "0" else usual)
        self.viewport().update()

    def _number(self, tick: Tick) -> str:
        if not tick.counted:
            return ""
        return "…" if self._counts is None else f"{self._counts.get(tick.value, 0):,}"

    def _state(self, value: Hashable, partly: set[Hashable]) -> Qt.CheckState:
        if value in self._chosen or not self._chosen.isdisjoint(self._above(value)):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if value in partly else Qt.CheckState.Unchecked

    def _above(self, value: Hashable) -> list[Hashable]:
        """The values that hold this one, the nearest first."""
        found, line = [], self._lines.get(value)
        while line is not None and line.parent() is not None:
            line = line.parent()
            found.append(self._tick(line).value)
        return found

    def _tick(self, line: QTreeWidgetItem) -> Tick:
        return self._ticks[line.data(0, _PLACE)]

    def _toggled(self, line: QTreeWidgetItem) -> None:
        value = self._tick(line).value
        holder = next((above for above in self._above(value) if above in self._chosen), None)
        if value in self._chosen:
            self._chosen.remove(value)
        elif holder is not None:
            self._take_out(value, holder)
        else:
            self._chosen = {kept for kept in self._chosen if value not in self._above(kept)} | {value}
        self._show()
        self.changed.emit()

    def _take_out(self, value: Hashable, holder: Hashable) -> None:
        """Everything within the holder stays ticked, but this value."""
        self._chosen.remove(holder)
        path = [value, *self._above(value)]
        for one, above in zip(path, path[1 : path.index(holder) + 1]):
            self._chosen |= {tick.value for tick in self._ticks if tick.within == above and tick.value != one}

    def _press(self, line: QTreeWidgetItem) -> None:
        self._pressed = line.checkState(0)

    def _click(self, line: QTreeWidgetItem, column: int) -> None:
        """The whole line can be clicked; a click on the box itself has already done it."""
        if line.checkState(0) == self._pressed:
            self._toggled(line)

    def _visible(self) -> int:
        lines, line = 0, self.topLevelItem(0)
        while line is not None and lines < _MOST_LINES:
            lines, line = lines + 1, self.itemBelow(line)
        return lines
