"""Layers of outlines to choose from: those of the project, and those in files that a person chose."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, NamedTuple, Sequence

from qgis.core import (
    Qgis,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...core.register.layers import ROLE
from ...core.register.shapefile_text import mend_encoding
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress

MAP_ENDINGS = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".kmz", ".tab", ".mif", ".zip")
_SAMPLE = 20


class LayerPlace(NamedTuple):
    """A layer in a file: what to call it, its name in the file, and where it is."""

    title: str
    name: str
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
        return places_in(path, (QgsWkbTypes.GeometryType.PolygonGeometry,), "NO_OUTLINES")

    return search


def places_in(path: Path, geometries: Sequence[QgsWkbTypes.GeometryType], code: str) -> list[LayerPlace]:
    """The layers of a file that have one of these kinds of geometry.

    Raises:
        OriginMapError: of this code, when there is none.
    """
    resolve = Qgis.SublayerQueryFlag.ResolveGeometryType
    found = QgsProviderRegistry.instance().querySublayers(str(path), resolve)
    layers = [entry for entry in found if QgsWkbTypes.geometryType(entry.wkbType()) in geometries]
    if not layers:
        raise OriginMapError(code, str(path), file=path.name)
    return [
        LayerPlace(
            path.name if len(layers) == 1 else f"{path.name} · {entry.name()}",
            *(entry.name(), entry.uri(), entry.providerKey()),
        )
        for entry in layers
    ]


def sample_of(layer: QgsVectorLayer) -> list[list[str]]:
    """The first rows as texts, to guess from what the columns hold."""
    request = QgsFeatureRequest().setLimit(_SAMPLE).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    return [list(map(_plain, feature.attributes())) for feature in layer.getFeatures(request)]


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "")


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
