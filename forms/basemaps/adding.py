"""Puts basemaps into the project: at the bottom of the layer tree, with role, datum and the line whose they are."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas

from ...core.compat import set_attribution, transform_between
from ...core.coordinates.datum_names import Datum
from ...core.onemap import basemaps, tianditu
from ...core.register.crs import refuse_secret_datum
from ...core.standard.errors import OriginMapError
from ..layer_group import add_basemap, kept_with_register
from ..placing.basemap_under import is_basemap
from ..workbench import Workbench

_CGCS2000_ELLIPSOID = "EPSG:1024"


def add_tianditu(project: QgsProject, which: tianditu.TiandituMap) -> list[QgsRasterLayer]:
    """The picture and over it its names; what is there already is shown again instead of added twice."""
    picture, names = tianditu.sheets(which)
    layers = []
    for sheet, overlay in ((picture, False), (names, True)):
        layer = _there(project, sheet.source)
        if layer is None:
            layer = QgsRasterLayer(sheet.source, sheet.title, "wms")
            if overlay:
                layer.setCustomProperty(basemaps.OVERLAY, True)
            add(project, layer, Datum.CGCS2000, sheet.address)
        else:
            project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityCheckedParentRecursive(True)
        layers.append(layer)
    return layers


def add_tiles(project: QgsProject, title: str, address: str, datum: Datum, deepest: int) -> QgsRasterLayer:
    """Tiles of any other service."""
    layer = QgsRasterLayer(basemaps.tile_source(address, deepest), title, "wms")
    add(project, layer, datum, address)
    return layer


def open_raster(path: str, title: str) -> QgsRasterLayer:
    """A picture on this computer as a layer, which may be handed to another thread; without a CRS it stays without one.

    Raises:
        OriginMapError: ``BASEMAP_UNREADABLE``, or ``DATUM_REFUSED`` for a picture in Xian 1980 or Beijing 1954.
    """
    options = QgsRasterLayer.LayerOptions()
    options.skipCrsValidation = True
    layer = QgsRasterLayer(path, title, "gdal", options)
    if not layer.isValid():
        raise OriginMapError("BASEMAP_UNREADABLE", layer.error().message(), file=Path(path).name)
    refuse_secret_datum(layer.crs())
    return layer


def usual_datum(crs: QgsCoordinateReferenceSystem) -> Datum:
    """The datum of a picture as its CRS says it."""
    return Datum.CGCS2000 if crs.ellipsoidAcronym() == _CGCS2000_ELLIPSOID else Datum.WGS84


def kept(workbench: Workbench) -> AbstractContextManager[None]:
    """What is added inside is saved with the register's own project; a project that a person made is theirs to save."""
    if workbench.session is None:
        return nullcontext()
    return kept_with_register(QgsProject.instance(), workbench.session.path)


def add(project: QgsProject, layer: QgsRasterLayer, datum: Datum, address: str = "") -> None:
    """Put a layer under all others, with the line whose it is where that is known."""
    service = basemaps.known_service(address)
    if service is not None:
        set_attribution(layer, service.attribution)
    add_basemap(project, layer)
    basemaps.declare(layer, datum)


def zoom_to(canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem, extent: QgsRectangle) -> None:
    """Show all of a picture."""
    context = QgsProject.instance().transformContext()
    way = transform_between(crs, canvas.mapSettings().destinationCrs(), context)
    canvas.setExtent(way.transformBoundingBox(extent))
    canvas.refresh()


def basemaps_in(project: QgsProject) -> list[QgsMapLayer]:
    """What a point can be read off in the project, from the top down: pictures and tiles, however they came."""
    layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
    return [layer for layer in layers if layer is not None and is_basemap(layer)]


def _there(project: QgsProject, source: str) -> Optional[QgsRasterLayer]:
    return next((layer for layer in project.mapLayers().values() if layer.source() == source), None)
