"""A group of conditions that folds away; its head says how many values are ticked inside."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Section(QWidget):
    """Opened and closed by its head, with the mouse or the space bar; ``folded`` says that it was."""

    folded = pyqtSignal()

    def __init__(self, name: str, title: str, bodies: list[QWidget], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._title = title
        self._is_open = False
        self._head = QToolButton()
        self._head.setObjectName(f"originmap_onemap_section_{name}")
        self._head.setAutoRaise(True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(self.fontMetrics().height() // 2, 0, 0, self.fontMetrics().height() // 3)
        for body in bodies:
            inside.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._body)
        self._head.clicked.connect(self._turn)
        self.open(False)
        self.show_set(0)

    @property
    def is_open(self) -> bool:
        """Whether its conditions can be seen."""
        return self._is_open

    def open(self, is_open: bool) -> None:
        """Fold or unfold it."""
        self._is_open = is_open
        self._body.setVisible(is_open)
        self._head.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.folded.emit()

    def show_set(self, number: int) -> None:
        """Say how many values are ticked; a closed group must not hide that it filters."""
        self._head.setText(f"{self._title} · {number}" if number else self._title)
        font = self._head.font()
        font.setBold(bool(number))
        self._head.setFont(font)

    def _turn(self) -> None:
        self.open(not self._is_open)
