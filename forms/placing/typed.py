"""Placing by coordinates: typed or pasted in any notation, read while typing, set by Enter."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from ...core.coordinates.datums import Datum
from ...core.onemap.basemaps import short_name
from .understanding import Understanding, understand
from .words import Words

_SHORTEST_COMBO = 8
_MERIDIANS = range(75, 136, 3)


class TypedPanel(QWidget):
    """One field; datum and central meridian show themselves only when the text leaves them open."""

    placed = pyqtSignal(object)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._written = ""
        self._understood = Understanding("")
        self._field = QLineEdit()
        self._field.setObjectName("originmap_typed_text")
        self._field.setClearButtonEnabled(True)
        self._field.setPlaceholderText(
            QCoreApplication.translate("originmap", "Coordinates in any notation, such as 109.690508,19.912025")
        )
        self._field.setAccessibleName(QCoreApplication.translate("originmap", "Coordinates"))
        self._set = QPushButton(QCoreApplication.translate("originmap", "Set the point"))
        self._set.setObjectName("originmap_typed_set")
        self._datum, self._datum_label = QComboBox(), QLabel(QCoreApplication.translate("originmap", "Datum"))
        self._meridian = QComboBox()
        self._meridian_label = QLabel(QCoreApplication.translate("originmap", "Central meridian"))
        self._words = Words("originmap_typed_words")
        self._use = QPushButton()
        self._use.setObjectName("originmap_typed_use")
        self._fill_choices()
        self._arrange()
        self._field.textEdited.connect(self._edited)
        self._field.textChanged.connect(self._read)
        self._field.returnPressed.connect(self._enter)
        self._set.clicked.connect(self._enter)
        self._use.clicked.connect(self._accept_proposal)
        self._datum.currentIndexChanged.connect(self._read)
        self._meridian.currentIndexChanged.connect(self._read)
        self._read()

    def begin(self) -> None:
        """The panel was opened: type at once."""
        self._field.setFocus()
        self._field.selectAll()

    def reset(self) -> None:
        """The next record: what was typed for the last one must not become its place. The datum stays chosen."""
        self._field.clear()
        self._written = ""

    def release(self) -> None:
        """Nothing outside was touched."""

    def _fill_choices(self) -> None:
        self._datum.setObjectName("originmap_typed_datum")
        for datum, title in (
            (Datum.CGCS2000, short_name(Datum.CGCS2000)),
            (Datum.WGS84, QCoreApplication.translate("originmap", "WGS84 (GPS, phones)")),
            (Datum.GCJ02, QCoreApplication.translate("originmap", "GCJ-02 (Amap, Tencent)")),
            (Datum.BD09, QCoreApplication.translate("originmap", "BD-09 (Baidu)")),
            (Datum.XIAN80, QCoreApplication.translate("originmap", "Xian 1980")),
            (Datum.BEIJING54, QCoreApplication.translate("originmap", "Beijing 1954")),
        ):
            self._datum.addItem(title, datum.value)
        self._meridian.setObjectName("originmap_typed_meridian")
        self._meridian.addItem(QCoreApplication.translate("originmap", "Choose…"), None)
        for degrees in _MERIDIANS:
            self._meridian.addItem(f"{degrees}°", float(degrees))
        for label, combo in ((self._datum_label, self._datum), (self._meridian_label, self._meridian)):
            label.setBuddy(combo)
            combo.setAccessibleName(label.text())
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_SHORTEST_COMBO)

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._field, 0, 0, 1, 2)
        layout.addWidget(self._set, 0, 2)
        layout.addWidget(self._datum_label, 1, 0)
        layout.addWidget(self._datum, 1, 1, 1, 2)
        layout.addWidget(self._meridian_label, 2, 0)
        layout.addWidget(self._meridian, 2, 1, 1, 2)
        layout.addWidget(self._words, 3, 0, 1, 3)
        layout.addWidget(self._use, 4, 0, 1, 3)

    def _edited(self, text: str) -> None:
        self._written = text

    def _read(self) -> None:
        """Say what is understood; called at every key, since reading takes microseconds."""
        text = self._field.text()
        datum = Datum(self._datum.currentData())
        self._understood = understand(text, self._written or text, datum, self._meridian.currentData(), self._language)
        found = self._understood
        self._words.setText(found.words)
        self._words.setVisible(bool(found.words))
        self._set.setEnabled(found.placed is not None)
        for widget in (self._datum_label, self._datum):
            widget.setVisible(found.asks_datum)
        for widget in (self._meridian_label, self._meridian):
            widget.setVisible(found.asks_meridian)
        self._use.setVisible(bool(found.proposal))
        self._use.setText(QCoreApplication.translate("originmap", "Use {proposal}").format(proposal=found.proposal))

    def _enter(self) -> None:
        """Set the point, or go to what is missing for it."""
        found = self._understood
        if found.placed is not None:
            self._field.selectAll()
            self.placed.emit(found.placed)
        elif found.proposal:
            self._use.setFocus()
        elif found.asks_meridian:
            self._meridian.setFocus()

    def _accept_proposal(self) -> None:
        """Take the proposal into the field; what the person wrote is kept with the record all the same."""
        self._field.setText(self._understood.proposal)
        self._field.setFocus()
