"""Ways that lead on from an import: the findings workbook opens, the map shows the new points."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ...core.register.imports import Extent
from ..workbench import Workbench

_AIR_AROUND = 1.15
# Degrees; points closer together than about 200 m are shown with what lies around them.
_NARROW = 0.002


def open_file(path: Path) -> None:
    """In the program that the computer opens such files with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_extent(workbench: Workbench, extent: Extent) -> None:
    """Show the points of an import on the map."""
    west, south, east, north = extent
    if east - west < _NARROW and north - south < _NARROW:
        workbench.go_to(((west + east) / 2, (south + north) / 2), 200.0)
        return
    corners = QgsRectangle(workbench.map_point_of((west, south)), workbench.map_point_of((east, north)))
    corners.scale(_AIR_AROUND)
    workbench.canvas.setExtent(corners)
    workbench.canvas.refresh()
