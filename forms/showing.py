"""Lets the map show the county of the register that is open."""

from __future__ import annotations

from qgis.core import QgsProject

from .layer_group import divisions_in
from .workbench import Workbench

# Metres around the centre of a county whose size the gazetteer does not know.
_USUAL_RADIUS = 30_000.0


def show_county(workbench: Workbench) -> None:
    """All its outlines; without any its records; without those the place where the gazetteer has the county."""
    session, canvas = workbench.session, workbench.canvas
    if session is None:
        return
    for layer in (divisions_in(QgsProject.instance(), session.path), session.layer):
        if layer is not None and not layer.extent().isEmpty():
            canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
            canvas.refresh()
            return
    county = session.gazetteer.division(session.register.county_code)
    if county is not None and county.longitude is not None and county.latitude is not None:
        workbench.go_to((county.longitude, county.latitude), county.radius or _USUAL_RADIUS)
