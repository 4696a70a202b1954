"""The legends of the other styles: classes, ramps, pies and states as they stand on the map."""

from __future__ import annotations

from collections import Counter
from math import floor, log10, sqrt
from typing import Iterable

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometryGeneratorSymbolLayer,
    QgsGraduatedSymbolRenderer,
    QgsHeatmapRenderer,
    QgsLinearlyInterpolatedDiagramRenderer,
    QgsMarkerSymbol,
    QgsRectangle,
    QgsRendererRange,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..standard.model import Standard
from .aggregates import amount_of
from .drawn import Drawn
from .legend import Part
from .look import Look, Style
from .looks import SHAPES
from .query import Query

_SYMBOL = 3.4  # mm
_DEGREES = ("稀疏", "较疏", "中等", "较密", "密集")
_LINE, _COLOUR = "#8a8a8a", "#616161"
_PIES = (1.0, 0.25, 0.05)  # of the largest sum


def look_parts(
    look: Look, layer: QgsVectorLayer, query: Query, standard: Standard, drawn: Drawn, factor: float
) -> list[Part]:
    """What the legend says of a style that is no map of symbols.

    Args:
        look: the style.
        layer: as the map shows it; colours and classes are read from it.
        query: the layer's.
        standard: with the county's own names.
        drawn: what the map shows.
        factor: by which type is larger.
    """
    if look.style is Style.PIES:
        return _pies(layer, query, standard, drawn, factor)
    # A person may have changed not only the colours but the kind of the style.
    renderer = layer.renderer()
    if isinstance(renderer, QgsHeatmapRenderer):
        entries = _ramp(renderer, factor)
    elif isinstance(renderer, QgsCategorizedSymbolRenderer):
        entries = _states(layer, renderer, drawn, factor)
    elif isinstance(renderer, QgsGraduatedSymbolRenderer):
        entries = [(_entry(one.symbol(), factor), one.label()) for one in _found(layer, renderer)]
    else:
        items = renderer.legendSymbolItems() if renderer is not None else []
        entries = [(_entry(one.symbol(), factor), one.label()) for one in items if one.symbol() is not None]
    title = look.title(query, standard)
    if look.style in SHAPES:
        title = f"{title}（格宽 {look.size:g} 千米）"
    return [Part("legend", title, entries, columns=1)]


def _found(layer: QgsVectorLayer, renderer: QgsGraduatedSymbolRenderer) -> list[QgsRendererRange]:
    """The classes; the one of nothing only where there is an area without records."""
    ranges = renderer.ranges()
    if not ranges or ranges[0].upperValue() > 0:
        return ranges
    empty = f"{QgsExpression.quotedColumnRef(renderer.classAttribute())} = 0"
    return ranges if any(True for _ in layer.getFeatures(empty)) else ranges[1:]


def _entry(symbol: QgsSymbol, factor: float) -> QgsMarkerSymbol:
    """A sign as it stands on the map; of an area its colour."""
    marker = isinstance(symbol, QgsMarkerSymbol) and not isinstance(
        symbol.symbolLayer(0), QgsGeometryGeneratorSymbolLayer
    )
    return symbol.clone() if marker else _square(symbol.color().name(), factor)


def _ramp(renderer: QgsHeatmapRenderer, factor: float) -> list[tuple[QgsMarkerSymbol, str]]:
    ramp, last = renderer.colorRamp(), len(_DEGREES)
    colours = [ramp.color(place / last) for place in range(1, last + 1)]
    return [(_square(_on_paper(colour), factor), word) for colour, word in zip(colours, _DEGREES)]


def _on_paper(colour: QColor) -> str:
    """A colour that lets the paper shine through, as it looks there."""
    share = colour.alphaF()
    mixed = [round(part * share + 255 * (1 - share)) for part in (colour.red(), colour.green(), colour.blue())]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _pies(layer: QgsVectorLayer, query: Query, standard: Standard, drawn: Drawn, factor: float) -> list[Part]:
    products = [
        (_square(variety.colour, factor), f"{variety.title} {drawn.varieties[variety.code]}")
        for variety in standard.varieties
        if drawn.varieties[variety.code]
    ]
    parts = [Part("legend", "产品（记录数）", products)]
    renderer = layer.diagramRenderer()
    if isinstance(renderer, QgsLinearlyInterpolatedDiagramRenderer):
        largest, width = renderer.upperValue(), renderer.upperSize().width()
        sums = dict.fromkeys(_plain(share * largest) for share in _PIES)
        sizes = [(_circle(width * sqrt(one / largest), factor), f"{one:,.4g}") for one in sums]
        parts.append(Part("legend_scale", f"每处合计{amount_of(query, standard).title}", sizes, columns=3))
    return parts


def _plain(number: float) -> float:
    """The next number below with one digit."""
    if number <= 0:
        return 0.0
    step = 10.0 ** floor(log10(number))
    return floor(number / step) * step


def _states(
    layer: QgsVectorLayer, renderer: QgsCategorizedSymbolRenderer, drawn: Drawn, factor: float
) -> list[tuple[QgsMarkerSymbol, str]]:
    found = _counted(layer, renderer.classAttribute(), drawn.shown)
    return [
        (_entry(one.symbol(), factor), f"{one.label()} {found[str(one.value())]}")
        for one in renderer.categories()
        if found[str(one.value())]
    ]


def _counted(layer: QgsVectorLayer, expression: str, shown: QgsRectangle) -> Counter[str]:
    asked, context = QgsExpression(expression), QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    asked.prepare(context)
    return Counter(_values(layer.getFeatures(QgsFeatureRequest(shown)), asked, context))


def _values(features: Iterable[QgsFeature], asked: QgsExpression, context: QgsExpressionContext) -> Iterable[str]:
    for feature in features:
        context.setFeature(feature)
        yield str(asked.evaluate(context))


def _circle(size: float, factor: float) -> QgsMarkerSymbol:
    style = {"name": "circle", "color": "#ffffff", "outline_color": _COLOUR, "outline_width": str(0.2 * factor)}
    return QgsMarkerSymbol.createSimple({**style, "size": str(size)})


def _square(colour: str, factor: float) -> QgsMarkerSymbol:
    style = {"name": "square", "color": colour, "outline_color": _LINE, "outline_width": str(0.15 * factor)}
    return QgsMarkerSymbol.createSimple({**style, "size": str(_SYMBOL * factor)})
