"""An inline question: what a page has to know before it goes on, asked without a box that blocks the window."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from .flow import FlowLayout

Answer = tuple[str, Callable[[], None]]


class AskBar(QFrame):
    """Hidden until asked; the last answer is the one that changes nothing, and Esc gives it."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_ask")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._buttons = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addLayout(self._buttons)
        self._answers: list[Answer] = []
        self._focus_before: Optional[QWidget] = None
        self.hide()

    def ask(self, text: str, answers: Sequence[Answer]) -> None:
        """Show a question in the place of one that may still stand there; its first answer takes the Enter key.

        Args:
            text: the question.
            answers: label and what it does; the bar is gone before it is done.
        """
        self._clear()
        self._focus_before = self.window().focusWidget()
        self._answers = list(answers)
        self._text.setText(text)
        row = FlowLayout(spacing=self.fontMetrics().height() // 4)
        for number, (label, _) in enumerate(self._answers):
            button = QPushButton(label)
            button.setObjectName(f"originmap_ask_{number}")
            button.setAutoDefault(True)
            button.clicked.connect(self._answered)
            row.addWidget(button)
        self._buttons.addLayout(row)
        self.show()
        row.itemAt(0).widget().setFocus()

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._answers)

    def dismiss(self) -> None:
        """Take the question back; nothing is answered."""
        self._clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the last answer."""
        if event.key() == Qt.Key.Key_Escape and self._answers:
            self._give(len(self._answers) - 1)
            return
        super().keyPressEvent(event)

    def _answered(self) -> None:
        self._give(int(self.sender().objectName().rsplit("_", 1)[1]))

    def _give(self, number: int) -> None:
        action = self._answers[number][1]
        before = self._focus_before
        self.dismiss()
        if before is not None and before.isVisible():
            before.setFocus()
        action()

    def _clear(self) -> None:
        self._answers = []
        self._focus_before = None
        while self._buttons.count():
            row = self._buttons.takeAt(0).layout()
            while row.count():
                button = row.takeAt(0).widget()
                button.hide()
                button.deleteLater()
            row.deleteLater()
