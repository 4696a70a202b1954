"""A window with a map for the measurements that need one; to be imported before QGIS is started."""

from __future__ import annotations

from typing import Callable

from pytest_qgis.qgis_interface import QgisInterface
from qgis.core import QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QApplication, QMainWindow


def window_with_map() -> QgisInterface:
    """QGIS's interface with a message bar that really holds messages and a map that follows the project."""
    canvas, bar = QgsMapCanvas(), QgsMessageBar()
    canvas.resize(800, 600)
    iface = QgisInterface(canvas, QgsMessageBar(), QMainWindow())
    iface.messageBar = lambda: bar
    iface.newProject = lambda prompt=False: QgsProject.instance().clear()
    bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), canvas, canvas)
    bridge.setAutoSetupOnFirstLayer(False)
    return iface


def settle(good: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not good():
        QApplication.processEvents()
