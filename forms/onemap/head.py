"""The head of the page: the query in words, how many records it finds, and the steps through the queries applied."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..icons import theme_icon

_MOST_LINES = 4


class Head(QFrame):
    """Signals carry no values; the page knows what is asked."""

    apply_wanted = pyqtSignal()
    clear_wanted = pyqtSignal()
    back_wanted = pyqtSignal()
    forward_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._words = _Words()
        self._number = QLabel()
        self._number.setObjectName("originmap_onemap_number")
        self._number.setWordWrap(True)
        self._apply = _button(
            QPushButton(theme_icon("mActionFilter2.svg"), translate("originmap", "Show on the map")), "apply"
        )
        self._apply.clicked.connect(self.apply_wanted)
        self._back = _tool("back", "mActionArrowLeft.svg", translate("originmap", "Back to the query before"))
        self._forward = _tool("forward", "mActionArrowRight.svg", translate("originmap", "Forward again"))
        self._clear = _button(QPushButton(translate("originmap", "Clear all")), "clear")
        self.saved = _tool("saved", "mActionShowBookmarks.svg", translate("originmap", "Saved queries"))
        self.saved.setText(translate("originmap", "Saved"))
        self.saved.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.saved.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._back.clicked.connect(self.back_wanted)
        self._forward.clicked.connect(self.forward_wanted)
        self._clear.clicked.connect(self.clear_wanted)
        self._arrange()

    def show_query(self, words: str, asks: bool) -> None:
        """The query in words, and whether there is anything to clear."""
        self._words.setText(words)
        self._clear.setEnabled(asks)

    def show_number(self, text: str) -> None:
        """How many records, and whether the map shows these."""
        self._number.setText(text)

    def show_steps(self, differs: bool, back: bool, forward: bool) -> None:
        """Which buttons lead somewhere."""
        self._apply.setEnabled(differs)
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addWidget(self._clear)
        row.addStretch()
        row.addWidget(self.saved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        layout.addWidget(self._number)
        layout.addWidget(self._apply)
        layout.addLayout(row)


class _Words(QLabel):
    """Wrapped, and cut after some lines; the whole query is in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("originmap_onemap_words")
        self.setAccessibleName(QCoreApplication.translate("originmap", "The query in words"))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(_MOST_LINES * self.fontMetrics().lineSpacing() + self.fontMetrics().leading())
        font = self.font()
        font.setBold(True)
        self.setFont(font)

    def setText(self, text: str) -> None:
        """Show it, and say it all to those who point at it."""
        super().setText(text)
        self.setToolTip(text)


def _button(button: QPushButton, name: str) -> QPushButton:
    button.setObjectName(f"originmap_onemap_{name}")
    return button


def _tool(name: str, icon: str, title: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"originmap_onemap_{name}")
    button.setIcon(theme_icon(icon))
    button.setToolTip(title)
    button.setAccessibleName(title)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
