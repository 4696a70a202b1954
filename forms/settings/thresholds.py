"""The table of thresholds: the national one beside the county's own, for each product."""

from __future__ import annotations

from typing import NamedTuple, Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...core.standard.errors import OriginMapError
from ...core.standard.model import LocalStandard, Standard, Variety
from ..icons import variety_icon

_PRODUCT, _NATIONAL, _OWN, _UNIT = range(4)
# A number, and room to type it.
_LETTERS = 16


class _Row(NamedTuple):
    code: str
    title: str
    engineered: bool
    national: float


class ThresholdTable(QTableWidget):
    """An empty cell means the national threshold; aquatic products have one for ponds and one for facilities."""

    def __init__(self, national: Standard, language: str, parent: Optional[QWidget] = None) -> None:
        self._rows = [row for variety in national.varieties for row in _rows_of(variety, national, language)]
        super().__init__(len(self._rows), 4, parent)
        self.setObjectName("originmap_thresholds")
        translate = QCoreApplication.translate
        self.setHorizontalHeaderLabels(
            [
                translate("originmap", "Product"),
                translate("originmap", "National"),
                translate("originmap", "This county"),
                translate("originmap", "Unit"),
            ]
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(_PRODUCT, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(_OWN, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(_OWN, self.fontMetrics().averageCharWidth() * _LETTERS)
        self.setTabKeyNavigation(False)
        units = {choice.code: choice.title_in(language) for choice in national.choices("unit")}
        for number, row in enumerate(self._rows):
            variety = national.variety(row.code)
            self._fill(number, row, units[variety.unit], variety)

    def show_local(self, local: LocalStandard) -> None:
        """Fill in the county's own values."""
        for number, row in enumerate(self._rows):
            value = (local.thresholds_engineered if row.engineered else local.thresholds).get(row.code)
            self.item(number, _OWN).setText("" if value is None else f"{value:g}")

    def values(self) -> tuple[dict[str, float], dict[str, float]]:
        """The county's own thresholds by product, and those of engineered facilities.

        Raises:
            OriginMapError: ``LOCAL_THRESHOLD``; the cell is the current one then.
        """
        plain: dict[str, float] = {}
        engineered: dict[str, float] = {}
        for number, row in enumerate(self._rows):
            text = self.item(number, _OWN).text().strip()
            if text:
                (engineered if row.engineered else plain)[row.code] = self._number(number, row, text)
        return plain, engineered

    def _number(self, number: int, row: _Row, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        # Not "value <= 0": that would let through what is no number at all.
        if not 0 < value < float("inf"):
            self.setCurrentCell(number, _OWN)
            self.setFocus()
            raise OriginMapError("LOCAL_THRESHOLD", name=row.title, value=text)
        return value

    def _fill(self, number: int, row: _Row, unit: str, variety: Variety) -> None:
        for column, text in ((_PRODUCT, row.title), (_NATIONAL, f"{row.national:g}"), (_OWN, ""), (_UNIT, unit)):
            item = QTableWidgetItem(text)
            if column != _OWN:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            if column in (_NATIONAL, _OWN):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(number, column, item)
        self.item(number, _PRODUCT).setIcon(variety_icon(variety.symbol, variety.colour))


def _rows_of(variety: Variety, national: Standard, language: str) -> list[_Row]:
    title = variety.title_in(language)
    if variety.threshold_engineered is None:
        return [_Row(variety.code, title, False, variety.threshold)]
    kinds = {choice.code: choice.title_in(language) for choice in national.choices("facility")}
    return [
        _Row(variety.code, f"{title} · {kinds['pond']}", False, variety.threshold),
        _Row(variety.code, f"{title} · {kinds['engineered']}", True, variety.threshold_engineered),
    ]
