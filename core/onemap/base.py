"""The base under the points: outlines of townships and county in muted greys, township names with a halo."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Sequence

from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProperty,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ..standard.to_sql import quoted
from .fonts import text_format

_PAPER, _ASIDE, _LINE, _NONE = "#fbfaf6", "#f0f0ec", "#a0a0a0", "255,255,255,0"
_SHADES = ("#ffffff", "#e2efdc", "#bcdcb4", "#8cc28b")
_COUNTY = ("\"level\" = 'county'", _NONE, "#6b6b6b", 0.45)
LINES = {"county": ("县界", "#6b6b6b", 0.45), "township": ("乡镇界", "#8c8c8c", 0.25)}  # for the legend, by level


def style_divisions(layer: QgsVectorLayer, factor: float, focus: str = "") -> None:
    """Draw the outlines.

    Args:
        layer: of a register's divisions.
        factor: enlarges lines for larger paper.
        focus: code of the division the map is about: what lies around it steps back.
    """
    rules = [("\"level\" = 'township'", _PAPER, _LINE, 0.2), _COUNTY]
    if focus:
        inside = f"\"code\" LIKE '{focus}%'"
        rules[0] = (f"\"level\" = 'township' AND NOT {inside}", _ASIDE, _LINE, 0.2)
        rules.append((f"\"level\" = 'township' AND {inside}", _PAPER, "#8c8c8c", 0.5))
    _draw(layer, rules, factor)


def style_lines(layer: QgsVectorLayer, factor: float) -> None:
    """Draw the outlines alone, over areas that are coloured."""
    _draw(layer, [("\"level\" = 'township'", _NONE, "#8c8c8c", 0.25), _COUNTY], factor)


def style_overview(layer: QgsVectorLayer, factor: float, records: Mapping[str, int]) -> None:
    """Draw the outlines for a map of a few centimetres: the more records (by division code), the darker a township."""
    most = max(records.values(), default=0)
    rules = [("\"level\" = 'township'", _SHADES[0], "#a8b0aa", 0.1), (*_COUNTY[:3], 0.3)]
    by_shade: dict[str, list[str]] = {}
    for code, number in records.items():
        by_shade.setdefault(_SHADES[-(-number * (len(_SHADES) - 1) // most)], []).append(quoted(code))
    for shade, codes in by_shade.items():
        rules.insert(1, (f'"code" IN ({", ".join(codes)})', shade, "#a8b0aa", 0.1))
    _draw(layer, rules, factor)


def _draw(layer: QgsVectorLayer, rules: Sequence[tuple[str, str, str, float]], factor: float) -> None:
    root = QgsRuleBasedRenderer.Rule(None)
    for place, (condition, fill, line, width) in enumerate(rules):
        style = {"color": fill, "outline_color": line, "outline_width": str(width * factor), "joinstyle": "round"}
        symbol = QgsFillSymbol.createSimple(style)
        symbol.symbolLayer(0).setRenderingPass(place)  # no area covers half of the line around another
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition))
    layer.setRenderer(QgsRuleBasedRenderer(root))


def name_townships(layer: QgsVectorLayer, factor: float, always: Optional[str] = "") -> None:
    """Write the townships' names.

    Args:
        layer: of a register's divisions.
        factor: enlarges them for larger paper.
        always: code of the division whose townships are named wherever symbols stand, all by default; others only where
            their names cover nothing.
    """
    settings = _names('if("level" = \'township\', "name", NULL)', 7.5 * factor, factor)
    if always is not None:
        shown = QgsProperty.fromExpression(f"\"code\" LIKE {quoted(always + '%')}")
        settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.AlwaysShow, shown)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def keep_labels_off(layer: QgsVectorLayer, weight: float = 1.0) -> None:
    """Let names of other layers find places where they do not cover this layer's symbols, as far as there are any.

    Args:
        layer: of points.
        weight: with 2, a name that finds no such place is left out.
    """
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression, settings.drawLabels = "''", True, False
    obstacle = settings.obstacleSettings()
    obstacle.setIsObstacle(True)
    obstacle.setFactor(weight)
    settings.setObstacleSettings(obstacle)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def village_names(places: Iterable[tuple[str, float, float]], factor: float) -> QgsVectorLayer:
    """A layer of villages (name, longitude, latitude), each a small ring and its name where there is room for it."""
    layer = QgsVectorLayer("Point?crs=EPSG:4490&field=name:string", "村", "memory")
    features = []
    for name, longitude, latitude in places:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.setRenderer(QgsSingleSymbolRenderer(village_ring(factor)))
    settings = _names('"name"', 6.5 * factor, factor)
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = 0.8 * factor
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    return layer


def village_ring(factor: float) -> QgsMarkerSymbol:
    """The mark of a village."""
    ring = {"name": "circle", "size": str(1.1 * factor), "color": "#ffffff", "outline_color": "#7d7d7d"}
    return QgsMarkerSymbol.createSimple(ring)


def _names(expression: str, points: float, factor: float) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    # Anywhere within the area where nothing stands; and above pies, which QGIS draws as it does labels.
    settings.placement, settings.zIndex = QgsPalLayerSettings.Placement.Horizontal, 1.0
    text = text_format(points, "#4a4a4a")
    halo = text.buffer()
    halo.setEnabled(True)
    halo.setSize(0.7 * factor)
    halo.setColor(QColor("#ffffff"))
    text.setBuffer(halo)
    settings.setFormat(text)
    return settings
