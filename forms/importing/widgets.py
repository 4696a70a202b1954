"""Small widgets of the wizard: a sentence with an icon and perhaps a button, and a drop-down that the wheel passes."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QWheelEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QWidget,
)

from ...core.standard.findings import Level

_ICONS = {
    Level.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
    Level.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
    Level.NOTE: QStyle.StandardPixmap.SP_MessageBoxInformation,
}


def level_icon(level: Level) -> QIcon:
    """The icon of a level as the computer's own messages show it, so that colour is never the only sign."""
    return QApplication.style().standardIcon(_ICONS[level])


class Notice(QFrame):
    """A sentence in the page; hidden while there is nothing to say. ``pressed`` when its button is."""

    pressed = pyqtSignal()

    def __init__(self, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setObjectName(f"{name}_button")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._text.text()

    def say(self, text: str, level: Level = Level.NOTE, button: str = "") -> None:
        """Show a sentence, with a button when it has a label; an empty sentence hides it."""
        self._text.setText(text)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(level_icon(level).pixmap(QSize(size, size)))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setVisible(bool(text))

    def clear(self) -> None:
        """Nothing to say."""
        self.say("")

    def _press(self) -> None:
        self.pressed.emit()


class CalmComboBox(QComboBox):
    """Scrolling over it moves the page: a choice must not change because a wheel was turned above it."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()
