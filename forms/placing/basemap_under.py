"""Which basemap a person looked at when they pointed at the map: the topmost visible one that shows the place."""

from __future__ import annotations

from typing import Iterator, Optional

from qgis.core import (
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsVectorTileLayer,
)
from qgis.gui import QgsMapCanvas

from ...core.compat import transform_between
from ...core.onemap.basemaps import OVERLAY, Basemap, basemap_of
from ...core.register.layers import ROLE
from ..layer_group import BASEMAP

__all__ = ["Basemap", "basemap_under", "is_basemap"]


def basemap_under(project: QgsProject, canvas: QgsMapCanvas, map_point: QgsPointXY) -> Optional[Basemap]:
    """The basemap at a point of the canvas (in the canvas's CRS); names that lie over a picture only without one.

    A raster or tiles that a person added by QGIS's own means count as well as what came by our dialog.
    """
    found = list(_shown_at(project, canvas, map_point))
    pictures = [layer for layer in found if not layer.customProperty(OVERLAY)]
    chosen = next(iter(pictures or found), None)
    return basemap_of(chosen) if chosen is not None else None


def _shown_at(project: QgsProject, canvas: QgsMapCanvas, map_point: QgsPointXY) -> Iterator[QgsMapLayer]:
    """From the top down; the canvas knows which layers are switched on, also by a map theme."""
    for layer in canvas.layers():
        if not is_basemap(layer) or not layer.isValid() or not layer.isInScaleRange(canvas.scale()):
            continue
        try:
            way = transform_between(canvas.mapSettings().destinationCrs(), layer.crs(), project.transformContext())
            point = way.transform(map_point)
        except QgsCsException:
            continue
        if layer.extent().contains(point) and _shows(layer, point):
            yield layer


def is_basemap(layer: QgsMapLayer) -> bool:
    """Whether points can be read off a layer: pictures and tiles, and what is marked as a basemap."""
    return layer.customProperty(ROLE) == BASEMAP or isinstance(layer, (QgsRasterLayer, QgsVectorTileLayer))


def _shows(layer: QgsMapLayer, point: QgsPointXY) -> bool:
    """Whether a picture on this computer has something there: aerial pictures have empty corners."""
    if layer.opacity() <= 0:
        return False
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
        return True
    provider = layer.dataProvider()
    for band in range(1, provider.bandCount() + 1):
        value, there = provider.sample(point, band)
        if provider.colorInterpretation(band) == QgsRaster.ColorInterpretation.AlphaBand:
            return there and value > 0
        if not there and band == 1:
            return False
    return True
