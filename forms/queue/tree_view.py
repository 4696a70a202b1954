"""The tree of the queue: the keys that it leaves to the record at hand."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QWidget

from ..waiting_tree import WaitingTree
from .progress import ProgressDelegate
from .tree import QueueModel


class QueueTree(WaitingTree):
    """``key_pressed`` brings the digits and other keys that the tree itself has no use for."""

    key_pressed = pyqtSignal(QKeyEvent)

    def __init__(self, model: QueueModel, parent: Optional[QWidget] = None) -> None:
        title = QCoreApplication.translate("originmap", "Records that wait for their point")
        super().__init__("originmap_queue_tree", title, model, ProgressDelegate(), parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Ctrl+Enter belong to the record at hand, not to the search for a name."""
        number = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if number or (with_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.key_pressed.emit(event)
            return
        super().keyPressEvent(event)
