"""Density of records as a heatmap of QGIS, weighted by scale where the query means one unit."""

from __future__ import annotations

from qgis.core import QgsGradientColorRamp, QgsGradientStop, QgsHeatmapRenderer, QgsUnitTypes
from qgis.PyQt.QtGui import QColor

from ..standard.model import Standard
from ..standard.to_sql import quoted
from .aggregates import amount_of
from .query import Query

_RADIUS = 9.0  # mm
_QUALITY = 2  # QGIS's steps: 0 best … 3 fastest
# From nothing to dark red; lightness falls evenly, so that more is always darker.
_NOTHING, _DARK = QColor(255, 237, 160, 0), QColor(103, 0, 13, 230)
_STOPS = ((0.12, QColor(254, 217, 118, 150)), (0.45, QColor(253, 141, 60, 190)), (0.75, QColor(203, 24, 29, 215)))


def density_renderer(query: Query, standard: Standard, factor: float = 1.0) -> QgsHeatmapRenderer:
    """A heatmap for the layer of records; each counts with its scale, or as one where units differ."""
    renderer = QgsHeatmapRenderer()
    renderer.setRadius(_RADIUS * factor)
    renderer.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    renderer.setRenderQuality(_QUALITY)
    ramp = QgsGradientColorRamp(_NOTHING, _DARK)
    ramp.setStops([QgsGradientStop(place, colour) for place, colour in _STOPS])
    renderer.setColorRamp(ramp)
    unit = amount_of(query, standard).unit
    renderer.setWeightExpression(f'if("unit" = {quoted(unit)}, coalesce("scale", 0), 0)' if unit else "1")
    return renderer


def density_title(query: Query, standard: Standard) -> str:
    """What is dense, in Chinese."""
    amount = amount_of(query, standard)
    return f"{amount.title}密度" if amount.unit else "记录密度"
