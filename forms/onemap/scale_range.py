"""A range of scale of the person's own, in a unit or in multiples of the threshold, added to those to tick."""

from __future__ import annotations

import math
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QLocale, pyqtSignal
from qgis.PyQt.QtGui import QDoubleValidator
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from ...core.onemap.query import Scale
from ...core.standard.errors import OriginMapError
from ...core.standard.model import Standard


class ScaleRange(QWidget):
    """``added`` brings the range; the fields are empty again afterwards."""

    added = pyqtSignal(object)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        translate = QCoreApplication.translate
        self._lower = _number("lower", translate("originmap", "Scale from"))
        self._upper = _number("upper", translate("originmap", "Scale below"))
        self._unit = QComboBox()
        self._unit.setObjectName("originmap_onemap_scale_unit")
        self._unit.setAccessibleName(translate("originmap", "Scale in"))
        self._unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        add = QPushButton(translate("originmap", "Add"))
        add.setObjectName("originmap_onemap_scale_add")
        add.clicked.connect(self._add)
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for column, widget in enumerate((QLabel("≥"), self._lower, QLabel("<"), self._upper)):
            layout.addWidget(widget, 0, column)
        layout.addWidget(self._unit, 1, 0, 1, 3)
        layout.addWidget(add, 1, 3)
        layout.addWidget(self._wrong, 2, 0, 1, 4)
        for edit in (self._lower, self._upper):
            edit.returnPressed.connect(self._add)

    def offer(self, standard: Standard) -> None:
        """The units that the standard knows."""
        if self._unit.count():
            return
        self._unit.addItem(QCoreApplication.translate("originmap", "multiples of the threshold"), "")
        for choice in standard.choices("unit"):
            self._unit.addItem(choice.title_in(self._language), choice.code)

    def _add(self) -> None:
        lower, upper = self._lower.text().strip(), self._upper.text().strip()
        if not lower and not upper:
            self._lower.setFocus()
            return
        try:
            scale = Scale(float(lower or 0), float(upper) if upper else math.inf, self._unit.currentData())
        except OriginMapError as error:
            self._wrong.setText(error.sentence(self._language))
            self._wrong.show()
            return
        self._wrong.hide()
        self._lower.clear()
        self._upper.clear()
        self.added.emit(scale)


def _number(name: str, title: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(f"originmap_onemap_scale_{name}")
    edit.setAccessibleName(title)
    edit.setPlaceholderText(title)
    validator = QDoubleValidator(0.0, 1e12, 4, edit)
    validator.setLocale(QLocale.c())
    validator.setNotation(QDoubleValidator.Notation.StandardNotation)
    edit.setValidator(validator)
    return edit
