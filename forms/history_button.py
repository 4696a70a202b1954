"""The button that leads from a page to the history of the record that is shown on it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QToolButton, QWidget

from .icons import theme_icon
from .workbench import Workbench


class HistoryButton(QToolButton):
    """Knows the record by its uid; without one it is not to be seen.

    Args:
        page: begins its name, as in ``collect``.
    """

    def __init__(self, workbench: Workbench, page: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._uid = ""
        translate = QCoreApplication.translate
        self.setObjectName(f"originmap_{page}_history")
        self.setIcon(theme_icon("propertyicons/temporal.svg"))
        self.setText(translate("originmap", "History"))
        self.setToolTip(translate("originmap", "What happened to this record, and its earlier versions"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._open)
        self.hide()

    def show_for(self, uid: str) -> None:
        """Lead to this record; empty for none."""
        self._uid = uid
        self.setVisible(bool(uid))

    def _open(self) -> None:
        self._workbench.show_history(self._uid)
