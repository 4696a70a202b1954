"""A few fields inside the page that are filled in and gone again: Enter keeps, Esc leaves."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .icons import theme_icon
from .label import wrapped_label


class SmallPanel(QFrame):
    """The frame of such a panel; what it asks stands in :attr:`body`, and :meth:`keep` is what Enter does."""

    def __init__(self, name: str, keep_title: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title = wrapped_label(f"{name}_title")
        self.body = QVBoxLayout()
        self._keep = QPushButton(theme_icon("mActionFileSave.svg"), keep_title)
        self._keep.setObjectName(f"{name}_keep")
        self._keep.clicked.connect(self.keep)
        leave = QPushButton(theme_icon("mTaskCancel.svg"), QCoreApplication.translate("originmap", "Leave it"))
        leave.setObjectName(f"{name}_leave")
        leave.clicked.connect(self.leave)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(self._keep)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addLayout(self.body)
        layout.addLayout(buttons)
        self._focus_before: Optional[QWidget] = None
        self.hide()

    def open(self, title: str, first: QWidget) -> None:
        """Show it with the focus in its first field."""
        if not self.isVisible():
            self._focus_before = self.window().focusWidget()
        self._title.setText(title)
        self.show()
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def keep(self) -> None:
        """What was filled in is wanted."""
        raise NotImplementedError

    def leave(self) -> None:
        """Gone, and the focus is where it was before."""
        before, self._focus_before = self._focus_before, None
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        if had_focus and before is not None and before.isVisible():
            before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves; neither reaches the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
