"""Basemaps for as long as the plugin is loaded: the dialog when it is wanted, the key for the layers that need it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QObject

from ..workbench import Workbench
from .dialog import BasemapsDialog
from .keyed import KeyedLayers


class Basemaps(QObject):
    """One per loaded plugin; opens the dialog whenever the workbench says ``basemaps_wanted``."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._keyed = KeyedLayers(workbench)
        self._dialog: Optional[BasemapsDialog] = None
        workbench.basemaps_wanted.connect(self.show)

    @property
    def dialog(self) -> Optional[BasemapsDialog]:
        """The dialog while it is open."""
        return self._dialog

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = BasemapsDialog(self._workbench, self._keyed, self._workbench.iface.mainWindow())
            self._dialog.finished.connect(self._closed)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def release(self) -> None:
        """Close the dialog and take the key away from the layers."""
        self._workbench.basemaps_wanted.disconnect(self.show)
        if self._dialog is not None:
            self._dialog.reject()
        self._keyed.release()

    def _closed(self) -> None:
        self._dialog = None
