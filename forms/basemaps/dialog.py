"""The dialog that brings basemaps to the map: Tianditu, any other map on the network, pictures on this computer."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QDialog, QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ..workbench import Workbench
from .here_tab import HereTab
from .keyed import KeyedLayers
from .local_tab import LocalTab
from .online_tab import OnlineTab
from .parts import button
from .tianditu_tab import TiandituTab

# Width and height in characters and lines of the font.
_COLUMNS, _LINES = 60, 30


class BasemapsDialog(QDialog):
    """Stands beside the window, blocks nothing, and is gone when it is closed."""

    def __init__(self, workbench: Workbench, keyed: KeyedLayers, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setObjectName("originmap_basemaps")
        self.setWindowTitle(translate("originmap", "Basemaps"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tianditu = TiandituTab(workbench, keyed)
        self.online = OnlineTab(workbench)
        self.local = LocalTab(workbench)
        self.here = HereTab()
        self._tabs = QTabWidget()
        self._tabs.setUsesScrollButtons(True)
        for tab, title in (
            (self.tianditu, translate("originmap", "Tianditu")),
            (self.online, translate("originmap", "Online map")),
            (self.local, translate("originmap", "Own image")),
            (self.here, translate("originmap", "On the map")),
        ):
            self._tabs.addTab(_scrolling(tab), title)
        self._tabs.currentChanged.connect(self._tab_changed)
        close = button("close", "mIconClose.svg", translate("originmap", "Close"))
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        for tab in (self.tianditu, self.online, self.local):
            tab.added.connect(self.accept)
        metrics = self.fontMetrics()
        self.tianditu.start()
        self.resize(metrics.averageCharWidth() * _COLUMNS, metrics.height() * _LINES)

    def show_tab(self, number: int) -> None:
        """Bring a tab to the front: 0 Tianditu, 1 online, 2 own image, 3 what is on the map."""
        self._tabs.setCurrentIndex(number)

    def done(self, result: int) -> None:
        """Called by Qt when the dialog closes, however."""
        for tab in (self.tianditu, self.online, self.local):
            tab.release()
        super().done(result)

    def _tab_changed(self) -> None:
        self.here.refresh()


def _scrolling(tab: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(tab)
    return area
