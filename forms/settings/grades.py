"""The list of credit grades as the county gives them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.register.local_change import UNRATED
from ...core.standard.model import Choice
from ..icons import theme_icon

_TITLE, _ALIASES = range(2)
_CHOICE = Qt.ItemDataRole.UserRole
_BETWEEN = re.compile(r"[、，,;；]+")
_PLAIN_CODE = re.compile(r"[A-Za-z0-9_+-]{1,16}")


class GradeTable(QWidget):
    """Titles and other names in their order; “not rated” always stays, since records without a grade get it."""

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        translate = QCoreApplication.translate
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("originmap_grades")
        self.table.setHorizontalHeaderLabels(
            [translate("originmap", "Grade"), translate("originmap", "Other names, parted by 、")]
        )
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setTabKeyNavigation(False)
        self._buttons = {
            name: QPushButton(theme_icon(icon), title)
            for name, icon, title in (
                ("add", "mActionAdd.svg", translate("originmap", "Add")),
                ("remove", "mActionRemove.svg", translate("originmap", "Remove")),
                ("up", "mActionArrowUp.svg", translate("originmap", "Up")),
                ("down", "mActionArrowDown.svg", translate("originmap", "Down")),
                ("national", "mActionUndo.svg", translate("originmap", "National list")),
            )
        }
        row = QHBoxLayout()
        for name, button in self._buttons.items():
            button.setObjectName(f"originmap_grade_{name}")
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addLayout(row)
        self._buttons["add"].clicked.connect(self._add)
        self._buttons["remove"].clicked.connect(self._remove)
        self._buttons["up"].clicked.connect(self._up)
        self._buttons["down"].clicked.connect(self._down)
        self._buttons["national"].clicked.connect(self._national)
        self.table.currentCellChanged.connect(self._allow)
        self._of_the_nation: tuple[Choice, ...] = ()

    def show_grades(self, grades: Sequence[Choice], national: Sequence[Choice]) -> None:
        """List grades; ``national`` is what the button goes back to."""
        self._of_the_nation = tuple(national)
        self.table.setRowCount(0)
        for grade in grades:
            self._insert(self.table.rowCount(), grade)
        self._allow()

    def values(self) -> tuple[Choice, ...]:
        """The grades; codes stay with what was there, new ones get one that no other has."""
        made: list[Choice] = []
        for row in range(self.table.rowCount()):
            title = self.table.item(row, _TITLE).text().strip()
            aliases = tuple(filter(None, map(str.strip, _BETWEEN.split(self.table.item(row, _ALIASES).text()))))
            before: Optional[Choice] = self.table.item(row, _TITLE).data(_CHOICE)
            made.append(self._choice(before, title, aliases))
        return self._coded(made)

    def _choice(self, before: Optional[Choice], title: str, aliases: tuple[str, ...]) -> Choice:
        if before is None:
            return Choice("", title, title, aliases)
        if title == before.title_in(self._language):
            return replace(before, aliases=aliases)
        return replace(before, title=title, title_en=title, aliases=aliases)

    def _coded(self, made: list[Choice]) -> tuple[Choice, ...]:
        taken = {grade.code for grade in (*made, *self._of_the_nation)}
        coded = []
        for grade in made:
            if not grade.code:
                grade = replace(grade, code=_code_for(grade.title, taken))
                taken.add(grade.code)
            coded.append(grade)
        return tuple(coded)

    def _insert(self, row: int, grade: Optional[Choice]) -> None:
        self.table.insertRow(row)
        title = QTableWidgetItem("" if grade is None else grade.title_in(self._language))
        title.setData(_CHOICE, grade)
        self.table.setItem(row, _TITLE, title)
        self.table.setItem(row, _ALIASES, QTableWidgetItem("" if grade is None else "、".join(grade.aliases)))

    def _add(self) -> None:
        row = self.table.rowCount()
        self._insert(row, None)
        self.table.setCurrentCell(row, _TITLE)
        self.table.editItem(self.table.item(row, _TITLE))

    def _remove(self) -> None:
        self.table.removeRow(self.table.currentRow())
        self._allow()

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.table.currentRow()
        items = [self.table.takeItem(row, column) for column in (_TITLE, _ALIASES)]
        self.table.removeRow(row)
        self.table.insertRow(row + step)
        for column, item in enumerate(items):
            self.table.setItem(row + step, column, item)
        self.table.setCurrentCell(row + step, _TITLE)

    def _national(self) -> None:
        self.show_grades(self._of_the_nation, self._of_the_nation)

    def _allow(self) -> None:
        row, last = self.table.currentRow(), self.table.rowCount() - 1
        item = self.table.item(row, _TITLE) if row >= 0 else None
        grade: Optional[Choice] = item.data(_CHOICE) if item is not None else None
        self._buttons["remove"].setEnabled(row >= 0 and (grade is None or grade.code != UNRATED))
        self._buttons["up"].setEnabled(row > 0)
        self._buttons["down"].setEnabled(0 <= row < last)


def _code_for(title: str, taken: set[str]) -> str:
    """The title itself where it is a plain word, else a number behind ``g``."""
    if _PLAIN_CODE.fullmatch(title) and title not in taken:
        return title
    number = 1
    while f"g{number}" in taken:
        number += 1
    return f"g{number}"
