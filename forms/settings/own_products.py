"""The county's own products: a list, and beside it what is known of the one that is chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Optional, Sequence

from qgis.gui import QgsColorButton
from qgis.PyQt.QtCore import QCoreApplication, QSignalBlocker
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...core.standard.model import Cadence, Standard, Variety
from ..icons import theme_icon, variety_icon

# Told apart from each other and from the national products; the first that is free is taken.
_COLOURS = ("#00838f", "#ad1457", "#6a1b9a", "#ef6c00", "#558b2f", "#5d4037", "#37474f", "#c62828")
_UNITS = {"crop": "mu", "livestock": "head", "aquatic": "mu"}
_AQUATIC = "aquatic"
_BETWEEN = re.compile(r"[、，,;；]+")
_LARGEST = 1e7


class OwnProducts(QWidget):
    """Every change is kept at once; :meth:`values` gives them all."""

    def __init__(self, national: Standard, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._varieties: list[Variety] = []
        self._list = QListWidget()
        self._list.setObjectName("originmap_own_products")
        translate = QCoreApplication.translate
        self._add = QPushButton(theme_icon("mActionAdd.svg"), translate("originmap", "Add a product"))
        self._add.setObjectName("originmap_product_add")
        self._remove = QPushButton(theme_icon("mActionRemove.svg"), translate("originmap", "Remove"))
        self._remove.setObjectName("originmap_product_remove")
        self._form = _ProductForm(national, language)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 2)
        layout.addWidget(self._form, 3)
        self._list.currentRowChanged.connect(self._chosen)
        self._add.clicked.connect(self._new)
        self._remove.clicked.connect(self._drop)
        self._form.on_change(self._changed)
        self._chosen(-1)

    def show_varieties(self, varieties: Sequence[Variety]) -> None:
        """List the county's own products."""
        self._varieties = list(varieties)
        self._list.clear()
        for variety in self._varieties:
            self._list.addItem(_item(variety))
        self._list.setCurrentRow(0 if self._varieties else -1)

    def values(self) -> tuple[Variety, ...]:
        """All of them as they stand."""
        return tuple(self._varieties)

    def _new(self) -> None:
        colours = {variety.colour for variety in self._varieties}
        colour = next((c for c in _COLOURS if c not in colours), _COLOURS[0])
        made = Variety(self._free_code(), "", "", "crop", "mu", 0.5, Cadence.CROP, colour, "")
        self._varieties.append(made)
        self._list.addItem(_item(made))
        self._list.setCurrentRow(len(self._varieties) - 1)
        self._form.begin()

    def _free_code(self) -> str:
        taken, number = {variety.code for variety in self._varieties}, 1
        while f"local_{number}" in taken:
            number += 1
        return f"local_{number}"

    def _drop(self) -> None:
        row = self._list.currentRow()
        del self._varieties[row]
        self._list.takeItem(row)
        self._chosen(self._list.currentRow())

    def _chosen(self, row: int) -> None:
        there = 0 <= row < len(self._varieties)
        self._form.setEnabled(there)
        self._remove.setEnabled(there)
        self._form.show_variety(self._varieties[row] if there else None)

    def _changed(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._varieties):
            self._varieties[row] = self._form.changed(self._varieties[row])
            fresh, item = _item(self._varieties[row]), self._list.item(row)
            item.setText(fresh.text())
            item.setIcon(fresh.icon())


class _ProductForm(QGroupBox):
    """What is known of one product."""

    def __init__(self, national: Standard, language: str) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        self._name = _named(QLineEdit(), "name")
        self._industry = _choices(national, "industry", language)
        self._unit = _choices(national, "unit", language)
        self._threshold = _number("threshold")
        self._engineered = _number("engineered")
        self._engineered.setSpecialValueText("—")
        self._cadence = _named(QComboBox(), "cadence")
        self._cadence.addItem(translate("originmap", "Every crop"), Cadence.CROP)
        self._cadence.addItem(translate("originmap", "Every month"), Cadence.MONTH)
        self._aliases = _named(QLineEdit(), "aliases")
        self._aliases.setPlaceholderText(translate("originmap", "Parted by 、"))
        self._colour = QgsColorButton()
        self._colour.setAllowOpacity(False)
        self._layout = QFormLayout(self)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, widget in (
            (translate("originmap", "Name"), self._name),
            (translate("originmap", "Industry"), self._industry),
            (translate("originmap", "Unit of the scale"), self._unit),
            (translate("originmap", "Threshold"), self._threshold),
            (translate("originmap", "Threshold of engineered facilities"), self._engineered),
            (translate("originmap", "Collected"), self._cadence),
            (translate("originmap", "Other names"), self._aliases),
            (translate("originmap", "Colour on the map"), self._colour),
        ):
            self._layout.addRow(title, widget)
        self._industry.activated.connect(self._follow_industry)

    def on_change(self, slot) -> None:  # type: ignore[no-untyped-def]  # any slot without arguments
        """Call a slot whenever the person changes something."""
        self._name.textEdited.connect(slot)
        self._aliases.textEdited.connect(slot)
        for combo in (self._industry, self._unit, self._cadence):
            combo.activated.connect(slot)
        for number in (self._threshold, self._engineered):
            number.valueChanged.connect(slot)
        self._colour.colorChanged.connect(slot)

    def begin(self) -> None:
        """Wait for the name."""
        self._name.setFocus()

    def show_variety(self, variety: Optional[Variety]) -> None:
        """Fill in what is known; nothing counts as a change."""
        blockers = [QSignalBlocker(w) for w in (self._threshold, self._engineered, self._colour)]
        self._name.setText("" if variety is None else variety.title)
        if variety is not None:
            for combo, value in (
                (self._industry, variety.industry),
                (self._unit, variety.unit),
                (self._cadence, variety.cadence),
            ):
                combo.setCurrentIndex(combo.findData(value))
            self._threshold.setValue(variety.threshold)
            self._engineered.setValue(variety.threshold_engineered or 0)
            self._aliases.setText("、".join(variety.aliases))
            self._colour.setColor(QColor(variety.colour))
        self._show_engineered()
        del blockers

    def changed(self, variety: Variety) -> Variety:
        """The product with what the form says."""
        aliases = tuple(part.strip() for part in _BETWEEN.split(self._aliases.text()) if part.strip())
        engineered = self._engineered.value() if self._industry.currentData() == _AQUATIC else 0.0
        title = self._name.text().strip()
        return replace(
            variety,
            title=title,
            title_en=title,
            industry=self._industry.currentData(),
            unit=self._unit.currentData(),
            threshold=self._threshold.value(),
            threshold_engineered=engineered or None,
            cadence=self._cadence.currentData(),
            aliases=aliases,
            colour=self._colour.color().name(),
        )

    def _follow_industry(self) -> None:
        self._unit.setCurrentIndex(self._unit.findData(_UNITS[self._industry.currentData()]))
        month = self._industry.currentData() != "crop"
        self._cadence.setCurrentIndex(self._cadence.findData(Cadence.MONTH if month else Cadence.CROP))
        self._show_engineered()

    def _show_engineered(self) -> None:
        aquatic = self._industry.currentData() == _AQUATIC
        self._engineered.setVisible(aquatic)
        self._layout.labelForField(self._engineered).setVisible(aquatic)


def _item(variety: Variety) -> QListWidgetItem:
    title = variety.title or QCoreApplication.translate("originmap", "(no name yet)")
    return QListWidgetItem(variety_icon(variety.symbol, variety.colour), title)


def _choices(national: Standard, field: str, language: str) -> QComboBox:
    combo = _named(QComboBox(), field)
    for choice in national.choices(field):
        combo.addItem(choice.title_in(language), choice.code)
    return combo


def _number(name: str) -> QDoubleSpinBox:
    box = _named(QDoubleSpinBox(), name)
    box.setRange(0, _LARGEST)
    box.setDecimals(2)
    return box


def _named(widget, name: str):  # type: ignore[no-untyped-def]  # gives back the widget it got
    widget.setObjectName(f"originmap_product_{name}")
    return widget
