"""What became of the last step, with the way back, while the next record is at hand already."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QStyle, QWidget

from .icons import theme_icon
from .label import wrapped_label

SUCCESS, WARNING, WAITING = "mIconSuccess.svg", "mIconWarning.svg", "mIconTimerPause.svg"


class OutcomeBar(QFrame):
    """Hidden until something is said; its last button is the one that takes the step back."""

    def __init__(self, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._icon = QLabel()
        self._text = wrapped_label(f"{name}_text")
        self._row = QGridLayout(self)
        gap = self.fontMetrics().height() // 4
        self._row.setContentsMargins(gap, gap, gap, gap)
        self._row.addWidget(self._icon, 0, 0)
        self._row.addWidget(self._text, 0, 1)
        self._row.setColumnStretch(1, 1)
        self.undo = self.add("undo", QCoreApplication.translate("originmap", "Undo"), "mActionUndo.svg")
        self.hide()

    def add(self, name: str, title: str, icon: str) -> QPushButton:
        """A button more, before the one that undoes."""
        button = QPushButton(theme_icon(icon), title)
        button.setObjectName(f"{self.objectName()}_{name}")
        last = self._row.count()
        undo = self._row.itemAtPosition(0, last - 1).widget() if last > 2 else None
        if undo is not None:
            self._row.addWidget(undo, 0, last)
        self._row.addWidget(button, 0, last - 1 if undo is not None else last)
        return button

    def say(self, text: str, icon: str = SUCCESS, tip: str = "") -> None:
        """Show what became of it, under an icon of QGIS's theme; ``tip`` is what the text had to shorten."""
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(theme_icon(icon).pixmap(size, size))
        self._text.setText(text)
        self._text.setToolTip(tip)
        self.show()
