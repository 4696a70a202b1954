"""Whether names and phones are masked on what leaves the office, or what for they are not; that is noted."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget


class InFull(QWidget):
    """A box that masks, and where it is not ticked a line for the purpose.

    Args:
        name: begins the names of box and line.
    """

    def __init__(self, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.mask = QCheckBox(translate("originmap", "Mask names and phones"))
        self.mask.setObjectName(f"{name}_mask")
        self._purpose = QLineEdit()
        self._purpose.setObjectName(f"{name}_purpose")
        self._purpose.setPlaceholderText(translate("originmap", "Purpose of an export in full"))
        self._purpose.setAccessibleName(self._purpose.placeholderText())
        self.mask.toggled.connect(self._purpose.setHidden)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.mask)
        layout.addWidget(self._purpose)

    def begin(self) -> None:
        """Masked, until the person says otherwise this time."""
        self.mask.setChecked(True)
        self._purpose.clear()
        self._purpose.hide()

    @property
    def purpose(self) -> str:
        """What people are named in full for; empty when they are masked."""
        return "" if self.mask.isChecked() else " ".join(self._purpose.text().split())

    def asks_for_purpose(self) -> bool:
        """Whether the purpose is missing; the keyboard is in its line then."""
        missing = not self.mask.isChecked() and not self.purpose
        if missing:
            self._purpose.setFocus()
        return missing
