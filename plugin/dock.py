"""The dock around the panel: it is made with the plugin, its content the first time it can be seen."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QAction

from ..forms.icons import own_icon
from ..forms.panel import Panel
from ..forms.workbench import Workbench

_NAME = "originmap_dock"


class OriginMapDock(QgsDockWidget):
    """Shown and hidden by :attr:`toggle`; where it stood is remembered by QGIS under its name."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(QCoreApplication.translate("originmap", "Origin Map"), workbench.iface.mainWindow())
        self.setObjectName(_NAME)
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._workbench = workbench
        self.panel: Optional[Panel] = None
        # While QGIS starts it still throws the project away; what is opened before that would be lost.
        self._started = workbench.iface.mainWindow().isVisible()
        self.toggle = self._toggle_action()
        self.visibilityChanged.connect(self._seen)
        workbench.iface.initializationCompleted.connect(self._begin)

    def show_panel(self) -> None:
        """Bring the dock to the front with its content."""
        self.setUserVisible(True)
        self._fill()

    def release(self) -> None:
        """Leave nothing behind."""
        self.visibilityChanged.disconnect(self._seen)
        self._workbench.iface.initializationCompleted.disconnect(self._begin)
        if self.panel is not None:
            self.panel.release()

    def _toggle_action(self) -> QAction:
        title = QCoreApplication.translate("originmap", "Origin Map panel")
        action = QAction(own_icon("originmap"), title, self._workbench.iface.mainWindow())
        action.setObjectName("originmap_toggle")
        action.setCheckable(True)
        self.setToggleVisibilityAction(action)
        return action

    def _seen(self, visible: bool) -> None:
        if visible:
            self._fill()
            self.panel.enter()
        elif self.panel is not None:
            self.panel.leave()

    def _fill(self) -> None:
        if self.panel is None:
            self.panel = Panel(self._workbench)
            self.setWidget(self.panel)
            self._resume()

    def _begin(self) -> None:
        self._started = True
        self._resume()

    def _resume(self) -> None:
        """Go on with the register that was open last, once somebody sees the panel and QGIS is ready."""
        if self.panel is not None and self._started:
            self._workbench.resume()
