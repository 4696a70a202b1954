"""How many records of each township stand in which state, and how many returned ones are overdue."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...core.review.counts import TownshipCounts, whole_county
from ...core.standard.model import Standard
from ..icons import warning_colour

_TownshipRole = Qt.ItemDataRole.UserRole


class CountsTable(QTableWidget):
    """The whole county first; ``township_wanted`` brings the name of the line on which Enter was pressed or that was
    clicked twice."""

    township_wanted = pyqtSignal(str)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review_counts")
        self.setAccessibleName(QCoreApplication.translate("originmap", "Records by township and state"))
        self._language = language
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.itemActivated.connect(self._want)

    def fill(self, counts: Sequence[TownshipCounts], standard: Standard) -> None:
        """Show other numbers."""
        states = standard.choices("status")
        township = QCoreApplication.translate("originmap", "Township")
        self.setColumnCount(len(states) + 1)
        self.setHorizontalHeaderLabels([township, *(state.title_in(self._language) for state in states)])
        header = self.horizontalHeader()
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth())
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = (whole_county(counts), *counts)
        self.setRowCount(len(rows))
        for row, one in enumerate(rows):
            self._fill_row(row, one, [getattr(one, state.code) for state in states], [s.code for s in states])
        self.resizeRowsToContents()

    def _fill_row(self, row: int, one: TownshipCounts, numbers: Sequence[int], codes: Sequence[str]) -> None:
        translate = QCoreApplication.translate
        unknown = translate("originmap", "(township not stated)")
        name = (one.township or unknown) if row else translate("originmap", "Whole county")
        cells = [name, *map(str, numbers)]
        for column, text in enumerate(cells):
            cell = QTableWidgetItem(text)
            cell.setData(_TownshipRole, one.township if row else None)
            font = self.font()
            font.setBold(row == 0)
            cell.setFont(font)
            if column:
                cell.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            if column and codes[column - 1] == "returned" and one.overdue:
                cell.setForeground(warning_colour(self.palette()))
                cell.setToolTip(translate("originmap", "{count} of them overdue").format(count=one.overdue))
            self.setItem(row, column, cell)

    def _want(self, cell: QTableWidgetItem) -> None:
        township = cell.data(_TownshipRole)
        if township is not None:
            self.township_wanted.emit(township)
