"""The dialog that brings official boundaries and the village list into the register that is open."""

from __future__ import annotations

from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ...core.register.divisions import LoadReport
from ..fitting import open_at, scrolling, stand_aside
from ..icons import theme_icon
from ..workbench import Workbench
from .marks import DivisionMarks
from .outlines import OutlinesTab
from .villages import VillagesTab
from .words import outcome

_WIDTH_IN_LETTERS, _HEIGHT_IN_LINES = 72, 44


class BoundariesDialog(QDialog):
    """Stands beside the map, which shows what would be loaded; closing it takes that away."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_boundaries")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("originmap", "Official boundaries and village list"))
        self._workbench = workbench
        self._refreshing = False
        self._marks = DivisionMarks(workbench.canvas)
        self.outlines = OutlinesTab(workbench, self._marks)
        self.villages = VillagesTab(workbench, self._marks)
        self._tabs = QTabWidget()
        self._arrange()
        for tab in (self.outlines, self.villages):
            tab.loaded.connect(self._loaded)
        self._tabs.currentChanged.connect(self._turned)
        workbench.register_closed.connect(self._register_closed)

    def done(self, result: int) -> None:
        """Stop what is under way and clean the map."""
        self._workbench.register_closed.disconnect(self._register_closed)
        for tab in (self.outlines, self.villages):
            tab.release()
        self._marks.release()
        super().done(result)

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        self._tabs.setObjectName("originmap_boundaries_tabs")
        for tab, icon, title in (
            (self.outlines, "mIconPolygonLayer.svg", translate("originmap", "Boundaries")),
            (self.villages, "mIconTableLayer.svg", translate("originmap", "Village list")),
        ):
            self._tabs.addTab(scrolling(tab), theme_icon(icon), title)
        close = QPushButton(translate("originmap", "Close"))
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(buttons)
        open_at(self, _WIDTH_IN_LETTERS, _HEIGHT_IN_LINES)
        stand_aside(self, self._workbench.canvas)

    def _turned(self) -> None:
        (self.outlines, self.villages)[self._tabs.currentIndex()].show_on_map()

    def _loaded(self, report: LoadReport) -> None:
        """Everything in the window that rests on divisions is read anew."""
        self._refreshing = True
        try:
            self._workbench.refresh()
        finally:
            self._refreshing = False
        level = Qgis.MessageLevel.Warning if report.refused else Qgis.MessageLevel.Success
        title = QCoreApplication.translate("originmap", "Show on the map")
        self._workbench.tell(outcome(report), level, title, self._workbench.show_county)

    def _register_closed(self) -> None:
        if not self._refreshing:
            self.reject()
