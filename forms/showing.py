"""Lets the map show the county of the register that is open, or one of its layers."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QTimer

from .layer_group import divisions_in
from .workbench import Workbench

# Metres around the centre of a county whose size the gazetteer does not know.
_USUAL_RADIUS = 30_000.0


def show_county(workbench: Workbench) -> None:
    """All its outlines; without any its records; without those the place where the gazetteer has the county."""
    session = workbench.session
    if session is None:
        return
    for layer in (divisions_in(QgsProject.instance(), session.path), session.layer):
        if layer is not None and not layer.extent().isEmpty():
            show_layer(workbench, layer)
            return
    county = session.gazetteer.division(session.register.county_code)
    if county is not None and county.longitude is not None and county.latitude is not None:
        workbench.go_to((county.longitude, county.latitude), county.radius or _USUAL_RADIUS)


def show_layer(workbench: Workbench, layer: QgsMapLayer) -> None:
    """All of a layer."""
    canvas = workbench.canvas
    canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
    canvas.refresh()


def later(slot: Callable[[], None]) -> None:
    """Do it once QGIS has shown the first layers of a blank project its own way, which is all of them."""
    QTimer.singleShot(0, slot)
