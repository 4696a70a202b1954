"""A few lines of text that are never cut off: not in height by the layout around them, not in width by a long word."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

_LONGEST_WORD = 36


class Words(QLabel):
    """A wrapped label that asks for the height its text has at the width it was given.

    Layouts in scroll areas go by the size hint alone, which guesses the width.
    """

    def __init__(self, name: str, text: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def shortened(text: str) -> str:
    """A text without a break, such as a link or a file's name, with its middle left out where it is too long."""
    half = _LONGEST_WORD // 2
    return text if len(text) <= _LONGEST_WORD else f"{text[:half]}…{text[-half:]}"
