"""Layers of outlines to choose from: those of the project, and those in files that a person chose."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, NamedTuple

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

from ...core.register.layers import ROLE
from ...core.register.shapefile_text import mend_encoding
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress


class LayerPlace(NamedTuple):
    """A polygon layer in a file: what to call it, and where it is."""

    title: str
    uri: str
    provider: str


def project_layers() -> list[QgsVectorLayer]:
    """The polygon layers of the project that are not the register's own."""
    layers = QgsProject.instance().mapLayers().values()
    return sorted((layer for layer in layers if _is_outline(layer)), key=lambda layer: layer.name())


def layers_in(path: Path) -> Callable[[Progress], list[LayerPlace]]:
    """The work of looking for polygon layers in a file.

    Raises:
        OriginMapError: ``NO_OUTLINES`` there is none.
    """

    def search(progress: Progress) -> list[LayerPlace]:
        resolve = Qgis.SublayerQueryFlag.ResolveGeometryType
        found = QgsProviderRegistry.instance().querySublayers(str(path), resolve)
        layers = [entry for entry in found if _has_areas(entry.wkbType())]
        if not layers:
            raise OriginMapError("NO_OUTLINES", str(path), file=path.name)
        return [
            LayerPlace(
                path.name if len(layers) == 1 else f"{path.name} · {entry.name()}", entry.uri(), entry.providerKey()
            )
            for entry in layers
        ]

    return search


def opened(place: LayerPlace) -> QgsVectorLayer:
    """The layer, apart from the project, its texts readable."""
    layer = QgsVectorLayer(place.uri, place.title, place.provider)
    mend_encoding(layer)
    return layer


def _is_outline(layer: QgsMapLayer) -> bool:
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and not layer.customProperty(ROLE)
    )


def _has_areas(geometry: QgsWkbTypes.Type) -> bool:
    return QgsWkbTypes.geometryType(geometry) == QgsWkbTypes.GeometryType.PolygonGeometry
