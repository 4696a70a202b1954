"""How records are drawn: symbol and colour say the product, size says the scale, hollow says an approximate place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeatureRequest,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
)
from qgis.PyQt.QtGui import QColor

from ..standard.model import Standard, Variety
from ..standard.paths import RESOURCES
from ..standard.to_sql import quoted

SYMBOLS = RESOURCES / "symbols"
_HALO = "#ffffff"
_UNKNOWN = "#757575"
_HALO_SHARE = 0.045
_HOLLOW_SHARE = 0.075


@dataclass(frozen=True)
class SizeClass:
    """A class of scale: from ``lower`` to below ``upper`` (multiples of the variety's threshold), ``size`` in mm."""

    lower: float
    upper: Optional[float]
    size: float

    def title(self) -> str:
        """The class in multiples, in Chinese."""
        return self._worded(1.0, " 倍")

    def title_in_unit(self, threshold: float, unit: str) -> str:
        """The class in a variety's own unit, for a map of one variety alone."""
        return self._worded(threshold, f" {unit}")

    def _worded(self, factor: float, unit: str) -> str:
        lower = f"{self.lower * factor:,.12g}"
        if self.upper is None:
            return f"{lower}{unit}及以上"
        upper = f"{self.upper * factor:,.12g}"
        return f"{lower}–{upper}{unit}" if self.lower else f"不足 {upper}{unit}"


# Smallest as small as a silhouette stays readable in print; areas grow by about 1.7 from class to class.
SIZE_CLASSES = (
    SizeClass(0.0, 1.0, 1.8),
    SizeClass(1.0, 5.0, 2.3),
    SizeClass(5.0, 20.0, 3.0),
    SizeClass(20.0, None, 4.2),
)


def variety_renderer(standard: Standard, factor: float = 1.0, *, ordered: bool = False) -> QgsCategorizedSymbolRenderer:
    """Variety × size class × certainty of the place as plain categories, so that no size is computed per point.

    Args:
        standard: with the county's own varieties and thresholds; a variety it does not know gets a grey dot.
        factor: by which all symbols are larger, for larger paper.
        ordered: big below, small above; costs a sort, so it is for print.
    """
    categories = [
        QgsRendererCategory(
            _value(variety, number, approximate),
            variety_symbol(variety, size.size * factor, hollow=approximate),
            f"{variety.title} {size.title()}" + ("（近似点位）" if approximate else ""),
        )
        for variety in standard.varieties
        for approximate in (False, True)
        for number, size in enumerate(SIZE_CLASSES)
    ]
    categories.append(QgsRendererCategory("", dot(SIZE_CLASSES[1].size * factor, _UNKNOWN), "其他产品"))
    renderer = QgsCategorizedSymbolRenderer(class_expression(standard), categories)
    if ordered:
        by_size = QgsFeatureRequest.OrderByClause(_class_number(standard), False)
        renderer.setOrderBy(QgsFeatureRequest.OrderBy([by_size]))
        renderer.setOrderByEnabled(True)
    return renderer


def class_expression(standard: Standard) -> str:
    """The QGIS expression that gives a record its category, as in ``cowpea/2/exact``.

    It is evaluated for each point that is painted: ``if`` and ``coalesce`` take several times what ``CASE`` does.
    """
    steps = _by_class(standard, [f"'/{number}'" for number in range(len(SIZE_CLASSES))])
    certain = "CASE WHEN \"point_quality\" = 'approximate' THEN '/approximate' ELSE '/exact' END"
    return f'"variety" || {steps} || {certain}'


def variety_symbol(variety: Variety, size: float, *, hollow: bool = False) -> QgsMarkerSymbol:
    """A variety's silhouette, ``size`` in mm, filled with its colour or, hollow, only outlined by it."""
    path = SYMBOLS / f"{variety.symbol}.svg"
    if not path.is_file():
        return dot(size, variety.colour, hollow=hollow)
    layer = QgsSvgMarkerSymbolLayer(str(path), size)
    layer.setFillColor(QColor(_HALO if hollow else variety.colour))
    layer.setStrokeColor(QColor(variety.colour if hollow else _HALO))
    layer.setStrokeWidth(size * (_HOLLOW_SHARE if hollow else _HALO_SHARE))
    return _symbol_of(layer)


def dot(size: float, colour: str, *, hollow: bool = False) -> QgsMarkerSymbol:
    """A round mark, ``size`` in mm, for what has no silhouette of its own."""
    layer = QgsSimpleMarkerSymbolLayer()
    layer.setSize(size)
    layer.setColor(QColor(_HALO if hollow else colour))
    layer.setStrokeColor(QColor(colour if hollow else _HALO))
    layer.setStrokeWidth(size * (_HOLLOW_SHARE if hollow else _HALO_SHARE))
    return _symbol_of(layer)


def _symbol_of(layer: QgsSvgMarkerSymbolLayer | QgsSimpleMarkerSymbolLayer) -> QgsMarkerSymbol:
    symbol = QgsMarkerSymbol.createSimple({})
    symbol.changeSymbolLayer(0, layer)
    return symbol


def _value(variety: Variety, number: int, approximate: bool) -> str:
    return f"{variety.code}/{number}/{'approximate' if approximate else 'exact'}"


def _class_number(standard: Standard) -> str:
    return _by_class(standard, [str(number) for number in range(len(SIZE_CLASSES))])


def _by_class(standard: Standard, results: Sequence[str]) -> str:
    """The result for the class of scale; the first without a scale or a threshold to measure it by."""
    usual = _halved(_ratio(standard, ""), results, 0, len(results) - 1)
    if all(variety.threshold_engineered is None for variety in standard.varieties):
        return usual
    engineered = _halved(_ratio(standard, "engineered"), results, 0, len(results) - 1)
    return f"CASE WHEN \"facility\" = 'engineered' THEN {engineered} ELSE {usual} END"


def _halved(ratio: str, results: Sequence[str], first: int, last: int) -> str:
    """The classes from first to last, halved until one is left: two questions tell one of four."""
    if first == last:
        return results[first]
    middle = (first + last + 1) // 2
    upper, lower = _halved(ratio, results, middle, last), _halved(ratio, results, first, middle - 1)
    return f"CASE WHEN {ratio} >= {SIZE_CLASSES[middle].lower!r} THEN {upper} ELSE {lower} END"


def _ratio(standard: Standard, facility: str) -> str:
    """Multiples of the threshold; these stand in a constant map, which QGIS makes once and not per point."""
    pairs = (f"{quoted(variety.code)}, {variety.threshold_of(facility)!r}" for variety in standard.varieties)
    return f'"scale" / map_get(map({", ".join(pairs)}), "variety")'
