"""The styles in which a query's records can be shown, each as a layer that is always what the register holds now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from qgis.core import QgsVectorLayer

from ..onemap.aggregates import Measure, amount_of, cell_layer, division_layer
from ..onemap.density import density_renderer, density_title
from ..onemap.filtered import filter_layer
from ..onemap.graduated import Classes, graduated_renderer, label_values
from ..onemap.pies import style_pies
from ..onemap.query import Query
from ..onemap.renderer import variety_renderer
from ..onemap.ring import ring_layer
from ..standard.model import Standard
from .layers import open_layer

_DEGREES_PER_KILOMETRE = 1 / 111.195
# Closest and farthest scale, and the width of cells (km) that leaves the largest pie room at the farthest.
_ZOOMS = ((100_000, 300_000, 4.5), (300_000, 1_000_000, 15.0), (1_000_000, 0, 60.0))


class Style(str, Enum):
    """What the layer shows."""

    SYMBOLS = "symbols"
    DIVISIONS = "divisions"
    DENSITY = "density"
    PIES = "pies"
    HEXAGONS = "hexagons"
    SQUARES = "squares"
    ZOOMED = "zoomed"
    RING = "ring"


@dataclass(frozen=True)
class Styling:
    """What is to be seen.

    Attributes:
        path: the register.
        query: which records.
        standard: with the county's own products and thresholds.
        words: the query in words.
        style: how they are shown.
        measure: what colours divisions and cells.
        classes: how its classes are found.
        number: how many classes at most.
        level: digits of the codes of divisions.
        size: width of cells in kilometres.
    """

    path: Path
    query: Query
    standard: Standard
    words: str
    style: Style
    measure: Measure = Measure.RECORDS
    classes: Classes = Classes.JENKS
    number: int = 5
    level: int = 9
    size: float = 2.0

    @property
    def title(self) -> str:
        """The layer's name: what it shows and of which records."""
        amount = amount_of(self.query, self.standard)
        shown = {
            Style.SYMBOLS: "产地分布",
            Style.ZOOMED: "产地分布",
            Style.DENSITY: density_title(self.query, self.standard),
        }
        shown[Style.RING] = "全年上市"
        shown[Style.PIES] = f"{amount.title}构成"
        return f"{shown.get(self.style, self.measure.title(amount))}：{self.words}"


def live_layer(asked: Styling) -> QgsVectorLayer:
    """The layer of a style that needs no layers of its own beside it; its name is left to the caller.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.filter_layer` and the layers of sums.
    """
    if asked.style is Style.DIVISIONS:
        layer = division_layer(asked.path, asked.query, asked.standard, asked.level, asked.measure)
        style_areas(layer, asked)
        label_values(layer, asked.measure.value)
        return layer
    if asked.style is Style.PIES:
        layer = cell_layer(asked.path, asked.query, asked.standard, asked.size * _DEGREES_PER_KILOMETRE)
        style_pies(layer, asked.query, asked.standard)
        return layer
    if asked.style is Style.RING:
        return ring_layer(asked.path, asked.query, asked.standard)
    layer = open_layer(asked.path)
    filter_layer(layer, asked.query, asked.standard)
    symbols = asked.style is Style.SYMBOLS
    layer.setRenderer(variety_renderer(asked.standard) if symbols else density_renderer(asked.query, asked.standard))
    return layer


def zoomed_layers(asked: Styling) -> list[QgsVectorLayer]:
    """Symbols for the near view, and for each range of scales from further off pies with cells that hold them."""
    near = live_layer(replace(asked, style=Style.SYMBOLS))
    layers = [near]
    _show_between(near, 0, _ZOOMS[0][0])
    for closest, farthest, size in _ZOOMS:
        layer = live_layer(replace(asked, style=Style.PIES, size=size))
        _show_between(layer, closest, farthest)
        layers.append(layer)
    return layers


def _show_between(layer: QgsVectorLayer, closest: float, farthest: float) -> None:
    """Draw the layer from one scale's denominator to another's only; 0 is open."""
    layer.setScaleBasedVisibility(True)
    layer.setMaximumScale(closest)
    layer.setMinimumScale(farthest)


def style_areas(layer: QgsVectorLayer, asked: Styling) -> None:
    """Colour areas by the measure."""
    layer.setRenderer(graduated_renderer(layer, asked.measure.value, asked.classes, asked.number))
