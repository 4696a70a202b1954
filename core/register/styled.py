"""The styles in which a query's records can be shown, each as a layer that is always what the register holds now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from qgis.core import QgsVectorLayer

from ..onemap.look import Look, Style
from ..onemap.looks import look_layer
from ..onemap.query import Query
from ..standard.model import Standard

# Closest and farthest scale, and the width of cells (km) that leaves the largest pie room at the farthest.
_ZOOMS = ((100_000, 300_000, 4.5), (300_000, 1_000_000, 15.0), (1_000_000, 0, 60.0))


@dataclass(frozen=True)
class Styling:
    """What is to be seen.

    Attributes:
        path: the register.
        query: which records.
        standard: with the county's own products and thresholds.
        words: the query in words.
        look: how they are shown.
    """

    path: Path
    query: Query
    standard: Standard
    words: str
    look: Look = field(default_factory=Look)

    @property
    def title(self) -> str:
        """The layer's name: what it shows and of which records."""
        return f"{self.look.title(self.query, self.standard)}：{self.words}"


def live_layer(asked: Styling) -> QgsVectorLayer:
    """The layer of a style that needs no layers of its own beside it; its name is left to the caller.

    Raises:
        OriginMapError: as for :func:`core.onemap.looks.look_layer`.
    """
    return look_layer(asked.path, asked.query, asked.standard, asked.look)


def zoomed_layers(asked: Styling) -> list[QgsVectorLayer]:
    """Symbols for the near view, and for each range of scales from further off pies with cells that hold them."""
    near = _in_style(asked, Style.SYMBOLS)
    layers = [near]
    _show_between(near, 0, _ZOOMS[0][0])
    for closest, farthest, size in _ZOOMS:
        layer = _in_style(asked, Style.PIES, size)
        _show_between(layer, closest, farthest)
        layers.append(layer)
    return layers


def _in_style(asked: Styling, style: Style, size: float = 0.0) -> QgsVectorLayer:
    return live_layer(replace(asked, look=replace(asked.look, style=style, size=size)))


def _show_between(layer: QgsVectorLayer, closest: float, farthest: float) -> None:
    """Draw the layer from one scale's denominator to another's only; 0 is open."""
    layer.setScaleBasedVisibility(True)
    layer.setMaximumScale(closest)
    layer.setMinimumScale(farthest)
