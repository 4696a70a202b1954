"""Townships as areas that tell how far the collection there is: a layer for the map, and its shapes for a web page."""

from __future__ import annotations

from typing import Callable, Iterator, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsPalLayerSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from ..compat import FieldKind, new_field, transform_between
from ..quality.progress import Group, Stage
from .contents import projection_of
from .fonts import text_format
from .graduated import share_renderer

_TOWNSHIP = 9
SHARE = "share"
AREA_FIELDS = {
    "code": FieldKind.TEXT,
    "name": FieldKind.TEXT,
    **{stage.value: FieldKind.INTEGER for stage in Stage},
    "findings": FieldKind.INTEGER,
    SHARE: FieldKind.REAL,
}


def area_fields() -> QgsFields:
    """The columns of the areas: the numbers of each stage, and the share that is collected (0 to 1)."""
    fields = QgsFields()
    for name, kind in AREA_FIELDS.items():
        fields.append(new_field(name, kind))
    return fields


def areas_of(open_layer: Callable[[str], QgsVectorLayer], townships: Sequence[Group]) -> Iterator[QgsFeature]:
    """Every township the register has an outline of, with its numbers; noughts where nothing is expected.

    Args:
        open_layer: gives the register's tables.
        townships: found again by their code, else by their name.
    """
    by_code = {group.code: group for group in townships if group.code}
    by_name = {group.name: group for group in townships if group.name}
    for outline in shapes_of(open_layer("division")):
        group = by_code.get(outline["code"]) or by_name.get(outline["name"])
        feature = QgsFeature(area_fields())
        feature.setGeometry(outline.geometry())
        feature.setAttributes([outline["code"], outline["name"], *_numbers(group)])
        yield feature


def shapes_of(divisions: QgsVectorLayer) -> Iterator[QgsFeature]:
    """The outlines of townships."""
    for outline in divisions.getFeatures():
        if len(str(outline["code"])) == _TOWNSHIP and outline.hasGeometry():
            yield outline


def progress_layer(areas: Sequence[QgsFeature], title: str, factor: float = 1.0) -> QgsVectorLayer:
    """The areas as a layer in memory, coloured by the share that is collected, with name and share in each."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490", title, "memory")
    layer.dataProvider().addAttributes(area_fields().toList())
    layer.updateFields()
    layer.dataProvider().addFeatures(list(areas))
    layer.updateExtents()
    style_progress(layer, factor)
    return layer


def style_progress(layer: QgsVectorLayer, factor: float = 1.0) -> None:
    """Colour a layer of the areas, wherever it is kept."""
    layer.setRenderer(share_renderer(SHARE, factor))
    settings = QgsPalLayerSettings()
    told = (
        f"\"name\" || '\\n' || if(\"{SHARE}\" IS NULL, '–', "
        f'if("{SHARE}" >= 1, 100, min(floor(100 * "{SHARE}" + 0.5), 99)) || \'%\')'
    )
    settings.fieldName, settings.isExpression = told, True
    settings.setFormat(text_format(7 * factor, "#212121", halo=0.7 * factor))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def on_paper(areas: Sequence[QgsFeature]) -> tuple[list[QgsGeometry], QgsRectangle]:
    """The shapes of areas in the metres of the projection that printed maps have, and what they cover together."""
    extent, shapes = QgsRectangle(), [QgsGeometry(area.geometry()) for area in areas]
    for shape in shapes:
        extent.combineExtentWith(shape.boundingBox())
    degrees, covered = QgsCoordinateReferenceSystem.fromEpsgId(4490), QgsRectangle()
    to_paper = transform_between(degrees, projection_of(extent), QgsCoordinateTransformContext())
    for shape in shapes:
        shape.transform(to_paper)
        covered.combineExtentWith(shape.boundingBox())
    return shapes, covered


def svg_path(geometry: QgsGeometry, west: float, north: float, unit: float) -> str:
    """The outline as the ``d`` of an SVG path: from the upper left corner (metres), ``unit`` pixels a metre."""
    parts = []
    for part in geometry.asGeometryCollection():
        for ring in part.asPolygon():
            points = [f"{(p.x() - west) * unit:.1f} {(north - p.y()) * unit:.1f}" for p in ring]
            parts.append("M" + "L".join(points) + "Z")
    return "".join(parts)


def _numbers(group: Optional[Group]) -> list[object]:
    if group is None:
        return [*[0] * (len(Stage) + 1), None]
    figures = group.figures
    return [*(figures.of(stage) for stage in Stage), figures.findings, figures.rate]
