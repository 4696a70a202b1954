"""What the plugin adds to the window of QGIS (dock, menu, locator, options page, drop) and takes away again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QAction, QFileDialog

from ..forms.basemaps.basemaps import Basemaps
from ..forms.icons import theme_icon
from ..forms.importing.wizard import ImportWizard
from ..forms.workbench import Workbench
from .dock import OriginMapDock
from .drop import WorkbookDropHandler
from .locator import OriginMapLocator
from .options import OriginMapOptionsFactory

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

_TOGGLE_KEYS = "Ctrl+Alt+O"


class Desktop:
    """Wiring only: made by :meth:`load`, undone by :meth:`unload`."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._wizard: Optional[ImportWizard] = None

    def load(self) -> None:
        """Add everything."""
        self.workbench = Workbench(self._iface)
        self.dock = OriginMapDock(self.workbench)
        self._menu = QCoreApplication.translate("originmap", "Origin Map")
        self._import = self._import_action()
        window = self._iface.mainWindow()
        self._iface.registerMainWindowAction(self.dock.toggle, _TOGGLE_KEYS)
        for action in (self.dock.toggle, self._import):
            self._iface.addPluginToMenu(self._menu, action)
        self._iface.addToolBarIcon(self.dock.toggle)
        if not window.restoreDockWidget(self.dock):
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
            self.dock.hide()
        self._locator = OriginMapLocator(self.workbench)
        self._iface.registerLocatorFilter(self._locator)
        self._options = OriginMapOptionsFactory(self.workbench)
        self._iface.registerOptionsWidgetFactory(self._options)
        self._basemaps = Basemaps(self.workbench)
        self._drop = WorkbookDropHandler(self.workbench)
        self._iface.registerCustomDropHandler(self._drop)
        self.workbench.import_wanted.connect(self._open_wizard)
        self.workbench.page_wanted.connect(self._show_dock)

    def unload(self) -> None:
        """Take everything away again."""
        self.workbench.import_wanted.disconnect(self._open_wizard)
        self.workbench.page_wanted.disconnect(self._show_dock)
        self._close_wizard()
        self._basemaps.release()
        self._iface.unregisterCustomDropHandler(self._drop)
        self._iface.unregisterOptionsWidgetFactory(self._options)
        self._iface.deregisterLocatorFilter(self._locator)
        self._iface.removeToolBarIcon(self.dock.toggle)
        self._iface.unregisterMainWindowAction(self.dock.toggle)
        for action in (self.dock.toggle, self._import):
            self._iface.removePluginMenu(self._menu, action)
        self.dock.release()
        self._iface.removeDockWidget(self.dock)
        self.workbench.release()
        self._forget_keys()
        for widget in (self.dock, self.dock.toggle, self._import, self.workbench):
            widget.deleteLater()

    def _forget_keys(self) -> None:
        """QGIS registers all actions of its window once at the start, and would hold on to them when they are gone."""
        for action in (self._import, *self.dock.findChildren(QAction)):
            QgsGui.shortcutsManager().unregisterAction(action)

    def _import_action(self) -> QAction:
        title = QCoreApplication.translate("originmap", "Import a workbook…")
        action = QAction(theme_icon("mActionFileOpen.svg"), title, self._iface.mainWindow())
        action.setObjectName("originmap_import")
        action.triggered.connect(self._import_any)
        return action

    def _import_any(self) -> None:
        self._open_wizard("")

    def _show_dock(self) -> None:
        self.dock.show_panel()

    def _open_wizard(self, path: str) -> None:
        """The wizard over a workbook; one at a time, since a register is written by one import at a time."""
        if self.workbench.session is None:
            self.dock.show_panel()
        if self.workbench.session is None:
            self.workbench.tell(QCoreApplication.translate("originmap", "Open or make a register first, then import."))
            return
        chosen = path or self._ask_for_workbook()
        if not chosen:
            return
        if self._wizard is not None:
            if not self._wizard.close():
                self._wizard.raise_()
                return
            # Its end comes later and must not be taken for that of the next one.
            self._wizard.destroyed.disconnect(self._wizard_gone)
        self._wizard = ImportWizard(self.workbench, Path(chosen), self._iface.mainWindow())
        self._wizard.destroyed.connect(self._wizard_gone)
        self._wizard.show()

    def _ask_for_workbook(self) -> str:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Workbooks (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)")
        title = translate("originmap", "Choose a workbook")
        chosen, _ = QFileDialog.getOpenFileName(self._iface.mainWindow(), title, self.workbench.profile.folder, kinds)
        return chosen

    def _wizard_gone(self) -> None:
        self._wizard = None

    def _close_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.destroyed.disconnect(self._wizard_gone)
            self._wizard.release()
            self._wizard.deleteLater()
            self._wizard = None
