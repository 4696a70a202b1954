"""Before the one table leaves the office: names and phones are masked, or the purpose of an export in full is noted."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QLineEdit, QWidget

from ..small_panel import SmallPanel


class TablePanel(SmallPanel):
    """``wanted`` brings the purpose of an export in full; empty, names and phones are masked."""

    wanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        translate = QCoreApplication.translate
        super().__init__("originmap_onemap_table_panel", translate("originmap", "Save as…"), parent)
        self._mask = QCheckBox(translate("originmap", "Mask names and phones"))
        self._mask.setObjectName("originmap_onemap_mask")
        self._purpose = QLineEdit()
        self._purpose.setObjectName("originmap_onemap_purpose")
        self._purpose.setPlaceholderText(translate("originmap", "Purpose of an export in full"))
        self._purpose.setAccessibleName(self._purpose.placeholderText())
        self._mask.toggled.connect(self._purpose.setHidden)
        self.body.addWidget(self._mask)
        self.body.addWidget(self._purpose)

    def ask(self) -> None:
        """Masked, until the person says otherwise this time."""
        self._mask.setChecked(True)
        self._purpose.clear()
        self._purpose.hide()
        self.open(QCoreApplication.translate("originmap", "The one table, as workbook or CSV"), self._mask)

    def keep(self) -> None:
        """Go on, unless the purpose is missing."""
        purpose = "" if self._mask.isChecked() else " ".join(self._purpose.text().split())
        if not self._mask.isChecked() and not purpose:
            translate = QCoreApplication.translate
            text = translate(
                "originmap", "Write what the table in full is for; it is noted in the register with your name."
            )
            self._title.setText(text)
            self._purpose.setFocus()
            return
        self.leave()
        self.wanted.emit(purpose)
