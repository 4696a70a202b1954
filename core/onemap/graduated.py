"""Areas coloured by a number: classes that QGIS's own methods find, nothing apart, labels in plain numbers."""

from __future__ import annotations

import math
from enum import Enum
from typing import Sequence

from qgis.core import (
    QgsClassificationEqualInterval,
    QgsClassificationJenks,
    QgsClassificationMethod,
    QgsClassificationPrettyBreaks,
    QgsClassificationQuantile,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsPalLayerSettings,
    QgsRendererRange,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from .fonts import text_format

# One hue, lightness falling evenly: the order survives black-and-white print and every kind of colour vision.
_LIGHT, _MIDDLE, _DARK = "#e5f2dc", "#6fb27c", "#0f4a2c"
_NOTHING = "#f7f7f5"
_LINE = "#8a8a8a"
_NO_RECORDS = "无记录"
_BELOW = 1e-9  # a class ends just below the next one
_SHARES = (
    (0.0, 0.5 - _BELOW, "不足 50%"),
    (0.5, 0.8 - _BELOW, "50%–80%"),
    (0.8, 0.95 - _BELOW, "80%–95%"),
    (0.95, 1.0 - _BELOW, "95% 以上"),
    (1.0, 1.0, "全部采集"),
)


class Classes(str, Enum):
    """How the classes are found."""

    JENKS = "jenks"
    QUANTILE = "quantile"
    EQUAL = "equal"
    PRETTY = "pretty"

    def method(self) -> QgsClassificationMethod:
        """QGIS's own."""
        return {
            Classes.JENKS: QgsClassificationJenks,
            Classes.QUANTILE: QgsClassificationQuantile,
            Classes.EQUAL: QgsClassificationEqualInterval,
            Classes.PRETTY: QgsClassificationPrettyBreaks,
        }[self]()


def graduated_renderer(
    layer: QgsVectorLayer, column: str, classes: Classes = Classes.JENKS, number: int = 5, factor: float = 1.0
) -> QgsGraduatedSymbolRenderer:
    """A renderer for a layer of areas; noughts have a class of their own and do not pull at the others.

    Args:
        layer: with the column; its values are read now.
        column: whole numbers or amounts, none negative.
        classes: how to find them.
        number: how many at most.
        factor: by which lines are wider, for larger paper.
    """
    place = layer.fields().indexOf(column)
    values = [float(feature[place]) for feature in layer.getFeatures() if feature[place]]
    whole = all(value.is_integer() for value in values)
    bounds = _bounds(values, classes, number)
    ranges = [QgsRendererRange(0.0, 0.0, _fill(_NOTHING, factor), _NO_RECORDS)]
    for place, (lower, upper) in enumerate(zip(bounds, bounds[1:])):
        colour = _colour(place, len(bounds) - 1)
        label = _label(lower, upper, whole=whole, first=not place)
        ranges.append(QgsRendererRange(lower, upper, _fill(colour, factor), label))
    renderer = QgsGraduatedSymbolRenderer(column, ranges)
    renderer.setClassificationMethod(classes.method())
    renderer.setSourceSymbol(_fill(_MIDDLE, factor))
    renderer.setSourceColorRamp(QgsGradientColorRamp(QColor(_LIGHT), QColor(_DARK)))
    return renderer


def share_renderer(column: str, factor: float = 1.0) -> QgsGraduatedSymbolRenderer:
    """A renderer for shares from 0 to 1 in classes that stay the same from one report to the next.

    Args:
        column: of the layer; areas without a value stay empty.
        factor: by which lines are wider, for larger paper.
    """
    ranges = []
    for place, (lower, upper, label) in enumerate(_SHARES):
        colour = _colour(place, len(_SHARES))
        ranges.append(QgsRendererRange(lower, upper, _fill(colour, factor), label))
    renderer = QgsGraduatedSymbolRenderer(column, ranges)
    renderer.setSourceColorRamp(QgsGradientColorRamp(QColor(_LIGHT), QColor(_DARK)))
    return renderer


def share_colour(share: float) -> str:
    """The colour of its class, for what is drawn without a layer."""
    place = next(place for place, (_, upper, _) in enumerate(_SHARES) if share <= upper)
    return _colour(place, len(_SHARES))


def share_classes() -> list[tuple[str, str]]:
    """Colour and label of each class, the lowest first."""
    return [(_colour(place, len(_SHARES)), label) for place, (_, _, label) in enumerate(_SHARES)]


def label_values(layer: QgsVectorLayer, column: str, factor: float = 1.0) -> None:
    """Write name and number into each area that has records."""
    settings = QgsPalLayerSettings()
    number = f'format_number("{column}", if("{column}" % 1 = 0, 0, 1))'
    name = "\"name\" || '\\n' || " if layer.fields().indexOf("name") >= 0 else ""
    settings.fieldName = f'if("{column}" > 0, {name}{number}, NULL)'
    settings.isExpression = True
    settings.setFormat(text_format(7.5 * factor, "#212121", halo=0.7 * factor))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _bounds(values: Sequence[float], classes: Classes, number: int) -> list[float]:
    """Bounds of the classes, ascending and each once; the lowest is below every value."""
    distinct = sorted(set(values))
    if not distinct:
        return []
    if len(distinct) <= number:
        return [0.0, *distinct]
    found = classes.method().classes(list(values), number)
    upper = sorted({found_class.upperBound() for found_class in found} | {distinct[-1]})
    return [0.0, *(bound for bound in upper if bound > 0)]


def _label(lower: float, upper: float, *, whole: bool, first: bool) -> str:
    """A class in words: its lower bound belongs to the class below."""
    if whole:
        low, high = math.floor(lower) + 1, math.floor(upper)
        return f"{low:,}–{high:,}" if low < high else f"{high:,}"
    return f"不超过 {upper:,.4g}" if first else f"{lower:,.4g}–{upper:,.4g}"


def _colour(place: int, number: int) -> str:
    share = place / max(number - 1, 1)
    start, end, share = (_LIGHT, _MIDDLE, 2 * share) if share < 0.5 else (_MIDDLE, _DARK, 2 * share - 1)
    pairs = ((int(start[at : at + 2], 16), int(end[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def _fill(colour: str, factor: float) -> QgsFillSymbol:
    line = {"outline_color": _LINE, "outline_width": str(0.2 * factor), "joinstyle": "round"}
    return QgsFillSymbol.createSimple({"color": colour, **line})
