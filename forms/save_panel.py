"""Before a list leaves the office: names and phones are masked, or the purpose of an export in full is noted."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from .in_full import InFull
from .small_panel import SmallPanel


class SavePanel(SmallPanel):
    """``wanted`` brings the purpose of an export in full; empty, names and phones are masked.

    Args:
        name: the panel's object name.
        fields: begins the names of what it asks.
    """

    wanted = pyqtSignal(str)

    def __init__(self, name: str, fields: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(name, QCoreApplication.translate("originmap", "Save as…"), parent)
        self._in_full = InFull(fields)
        self.body.addWidget(self._in_full)

    def ask(self, title: str) -> None:
        """Masked, until the person says otherwise this time."""
        self._in_full.begin()
        self.open(title, self._in_full.mask)

    def keep(self) -> None:
        """Go on, unless the purpose is missing."""
        if self._in_full.asks_for_purpose():
            translate = QCoreApplication.translate
            text = translate(
                "originmap", "Write what the list in full is for; it is noted in the register with your name."
            )
            self._title.setText(text)
            return
        self.leave()
        self.wanted.emit(self._in_full.purpose)
