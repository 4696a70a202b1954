"""Keys of a page work in QGIS's own window too: a dock that floats is a window beside it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtWidgets import QAction, QMainWindow, QWidget


class WindowKeys(QObject):
    """Lends an action to QGIS's window while its page can be seen."""

    def __init__(self, action: QAction, owner: QWidget, window: QMainWindow) -> None:
        super().__init__()
        self.action = action
        self._owner = owner
        self._window = window
        owner.addAction(action)
        owner.installEventFilter(self)
        if owner.isVisible():
            window.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page comes into sight or goes."""
        if event.type() == QEvent.Type.Show:
            self._window.addAction(self.action)
        elif event.type() == QEvent.Type.Hide:
            self._window.removeAction(self.action)
        return False

    def release(self) -> None:
        """Take the action away from both."""
        self._owner.removeEventFilter(self)
        for widget in (self._owner, self._window):
            widget.removeAction(self.action)
