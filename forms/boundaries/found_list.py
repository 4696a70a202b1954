"""What a source of divisions holds, line by line: new, replaced, or refused and why."""

from __future__ import annotations

from typing import AbstractSet, Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...core.register.divisions import FoundDivision, Judged, RefusedRow
from ..icons import theme_icon

ELSEWHERE = "DIVISION_ELSEWHERE"
_MOST_ROWS = 2000
_CODE = Qt.ItemDataRole.UserRole


class FoundList(QTreeWidget):
    """Refusals first, since something can be done about them; what belongs to other counties is only counted."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_found_divisions")
        translate = QCoreApplication.translate
        self.setAccessibleName(translate("originmap", "What the source holds"))
        self.setHeaderLabels(
            [
                translate("originmap", "Code"),
                translate("originmap", "Name"),
                translate("originmap", "What becomes of it"),
            ]
        )
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._divisions: dict[str, FoundDivision] = {}
        self.currentItemChanged.connect(self._choose)

    def show_judged(self, judged: Optional[Judged], known: AbstractSet[str], language: str) -> None:
        """List what was found in the place of what is listed; ``known`` are the codes that the register has."""
        self.clear()
        self._divisions = dict(judged.divisions) if judged is not None else {}
        if judged is None:
            return
        items = [_refused(row, language) for row in judged.refused if row.code != ELSEWHERE]
        items += [_found(division, division.code in known) for division in self._divisions.values()]
        self.addTopLevelItems(items[:_MOST_ROWS])

    def _choose(self, item: Optional[QTreeWidgetItem]) -> None:
        self.chosen.emit(self._divisions.get(item.data(0, _CODE)) if item is not None else None)


def _found(division: FoundDivision, known: bool) -> QTreeWidgetItem:
    translate = QCoreApplication.translate
    fate = translate("originmap", "replaces the one there") if known else translate("originmap", "new")
    return _item(division.code, division.name, fate, "mActionReload.svg" if known else "mActionAdd.svg")


def _refused(row: RefusedRow, language: str) -> QTreeWidgetItem:
    told = row.message(language)
    fate = QCoreApplication.translate("originmap", "row {number}: {sentence}").format(
        number=row.feature, sentence=told.sentence
    )
    return _item(row.division, row.name, fate, "mIconWarning.svg")


def _item(code: str, name: str, fate: str, icon: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([code, name, fate])
    item.setData(0, _CODE, code)
    item.setIcon(0, theme_icon(icon))
    item.setToolTip(2, fate)
    return item
