"""The layer of each style: always what the register holds now, an ordinary one of QGIS, opened without this plugin."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsVectorLayer

from ..standard.model import Standard
from .aggregates import cell_layer, division_layer, records_layer
from .cells import Shape
from .density import density_renderer
from .filtered import filter_layer
from .graduated import graduated_renderer, label_values
from .grid import grid_layer, outline_expression, style_grid
from .look import Look, Style
from .pies import style_pies
from .query import Query
from .renderer import variety_renderer
from .ring import ring_layer
from .states import states_renderer

_DEGREES_PER_KILOMETRE = 1 / 111.195
SHAPES = {Style.HEXAGONS: Shape.HEXAGON, Style.SQUARES: Shape.SQUARE}


def look_layer(path: Path, query: Query, standard: Standard, look: Look, factor: float = 1.0) -> QgsVectorLayer:
    """The layer of a query's records in one style; its name is left to the caller.

    Args:
        path: of the register.
        query: which records.
        standard: with the county's own products and thresholds.
        look: how they are shown; of :attr:`Style.ZOOMED` the near view.
        factor: by which type and symbols are larger, for larger paper.

    Raises:
        OriginMapError: as for :func:`.filtered.filter_layer` and the layers of sums.
    """
    if look.style is Style.DIVISIONS:
        layer = division_layer(path, query, standard, look.level, look.measure)
        style_areas(layer, look, factor)
        label_values(layer, look.measure.value, factor)
    elif look.style is Style.PIES:
        layer = cell_layer(path, query, standard, look.size * _DEGREES_PER_KILOMETRE)
        style_pies(layer, query, standard, factor)
    elif look.style in SHAPES:
        layer = _grid(path, query, standard, look, factor)
    elif look.style is Style.RING:
        layer = ring_layer(path, query, standard)
    else:
        layer = _records(path, query, standard, look, factor)
    return layer


def style_areas(layer: QgsVectorLayer, look: Look, factor: float = 1.0) -> None:
    """Colour areas by the measure."""
    layer.setRenderer(graduated_renderer(layer, look.measure.value, look.classes, look.number, factor))


def _records(path: Path, query: Query, standard: Standard, look: Look, factor: float) -> QgsVectorLayer:
    layer = records_layer(path)
    filter_layer(layer, query, standard)
    if look.style is Style.DENSITY:
        layer.setRenderer(density_renderer(query, standard, factor))
    elif look.style is Style.STATES:
        layer.setRenderer(states_renderer(standard, factor))
    else:
        layer.setRenderer(variety_renderer(standard, factor))
    layer.setReadOnly(True)
    return layer


def _grid(path: Path, query: Query, standard: Standard, look: Look, factor: float) -> QgsVectorLayer:
    shape, size = SHAPES[look.style], 1000 * look.size
    latitude = records_layer(path).extent().center().y()
    layer = grid_layer(path, query, standard, shape, size, look.measure, latitude)
    outline = outline_expression(shape, size, latitude)
    style_grid(layer, outline, look.measure, look.classes, look.number, factor)
    return layer
