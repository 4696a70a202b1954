"""The records that one map truly shows: counted for its legend, table and chart, and spread so that each is seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Iterable, Optional

import numpy as np
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
)

from ..compat import transform_between
from ..quality.thresholds import plain_name
from ..standard.model import Standard
from .base import keep_labels_off
from .paper import Paper
from .renderer import SIZE_CLASSES, variety_renderer
from .spreading import MOST, Ground, Spread, spread

# What the renderer asks for, in the layer of spread symbols as in the register.
_STYLED = ("variety", "scale", "facility", "point_quality", "collected_on")
_READ = (*_STYLED, "division_code", "producer_name", "market_start", "market_end")
_REACH = 7.0  # mm a symbol may be moved on A4
_SHRINK = (1.0, 0.9, 0.8)  # tried in turn where symbols crowd
_FEW = 0.04  # share of symbols that may stay crowded before all get smaller
_MANY = 0.25
_MONTHS = 12


@dataclass
class Drawn:
    """Counts of the records asked for: inside the map, outside of it, without a point, and their days.

    Attributes:
        shown: what the map shows, in degrees.
        divisions: records inside the map by the division code as it is stored.
        producers: names of producers by division code.
        months: records on the market by (month 1–12, variety).
        moved: the farthest way a symbol was moved to be seen, in mm on paper.
        crowded: symbols that still cover others.
    """

    shown: QgsRectangle = field(default_factory=QgsRectangle)
    varieties: Counter[str] = field(default_factory=Counter)
    approximate: int = 0
    outside: int = 0
    without_point: int = 0
    first_day: str = ""
    last_day: str = ""
    divisions: Counter[str] = field(default_factory=Counter)
    producers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    months: Counter[tuple[int, str]] = field(default_factory=Counter)
    moved: float = 0.0
    crowded: int = 0

    @property
    def total(self) -> int:
        """Records inside the map."""
        return sum(self.varieties.values())

    def townships(self) -> Counter[str]:
        """Records inside the map by the code of their township."""
        found: Counter[str] = Counter()
        for code, number in self.divisions.items():
            found[code[:9]] += number
        return found


def read_drawn(
    records: QgsVectorLayer, shown: QgsRectangle, areas: frozenset[str] = frozenset()
) -> tuple[Drawn, list[QgsFeature]]:
    """Count the layer's records by what the map shows, and give those whose points it does.

    No more are given than make clear that there are too many to spread: a million of them would fill the memory.

    Args:
        records: those asked for.
        shown: what the map shows, in degrees.
        areas: codes of the divisions of one level that a map shows in place of points: their records are inside.
    """
    drawn, inside, level = Drawn(shown), [], len(next(iter(areas), ""))
    request = QgsFeatureRequest().setSubsetOfAttributes(_READ, records.fields())
    for feature in records.getFeatures(request):
        seen = feature.hasGeometry() and shown.contains(feature.geometry().boundingBox())
        if seen and len(inside) <= MOST:
            inside.append(feature)
        if _text(feature, "division_code")[:level] in areas if areas else seen:
            _count(drawn, feature)
        elif feature.hasGeometry():
            drawn.outside += 1
        else:
            drawn.without_point += 1
    return drawn, inside


def _count(drawn: Drawn, feature: QgsFeature) -> None:
    variety, code = _text(feature, "variety"), _text(feature, "division_code")
    drawn.varieties[variety] += 1
    drawn.divisions[code] += 1
    drawn.approximate += _text(feature, "point_quality") == "approximate"
    producer = plain_name(_text(feature, "producer_name"))
    if producer:
        drawn.producers[code].add(producer)
    for month in _months(_text(feature, "market_start"), _text(feature, "market_end")):
        drawn.months[month, variety] += 1
    day = _text(feature, "collected_on")
    if day:
        drawn.first_day = min(drawn.first_day or day, day)
        drawn.last_day = max(drawn.last_day, day)


def _months(start: str, end: str) -> Iterable[int]:
    """Months of the year from one day to another, each once."""
    if not start or not end or end < start:
        return ()
    first, last = (int(day[:4]) * _MONTHS + int(day[5:7]) - 1 for day in (start, end))
    return (month % _MONTHS + 1 for month in range(first, min(last, first + _MONTHS - 1) + 1))


def _text(feature: QgsFeature, name: str) -> str:
    value = feature[name]
    if value is None or value == NULL:
        return ""
    return value if isinstance(value, str) else value.toString("yyyy-MM-dd")


def on_map(features: list[QgsFeature], crs: QgsCoordinateReferenceSystem) -> list[QgsPointXY]:
    """Where records lie in the map's units."""
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    there = transform_between(degrees, crs, QgsCoordinateTransformContext())
    return [there.transform(feature.geometry().boundingBox().center()) for feature in features]


def spread_layer(
    features: list[QgsFeature],
    standard: Standard,
    paper: Paper,
    crs: QgsCoordinateReferenceSystem,
    metres_per_mm: float,
    drawn: Drawn,
    ground: Ground,
) -> tuple[Optional[QgsVectorLayer], float]:
    """A layer of the same records with their symbols apart, and by what factor symbols are drawn.

    Args:
        features: as :func:`read_drawn` gave them, at least one.
        standard: with the county's own thresholds.
        paper: the sheet.
        crs: of the map, in metres.
        metres_per_mm: scale of the map.
        drawn: gets the farthest way and the number of those that stayed crowded.
        ground: numbers of the townships by places in mm on paper, which no symbol is moved out of.

    Returns:
        ``None`` in place of the layer when there are so many that spreading would tell nothing.
    """
    if len(features) > MOST:
        drawn.crowded = drawn.total
        return None, paper.symbol * _SHRINK[-1]
    places = np.array([(point.x(), point.y()) for point in on_map(features, crs)]) / metres_per_mm
    sizes = np.array([_size(feature, standard) for feature in features]) * paper.symbol
    found, shrink = _settled(places, sizes, _REACH * paper.symbol, ground)
    drawn.moved, drawn.crowded = found.farthest, found.crowded
    layer = _filled(features, found.places * metres_per_mm, crs)
    layer.setRenderer(variety_renderer(standard, paper.symbol * shrink, ordered=True))
    return layer, paper.symbol * shrink


def _settled(places: np.ndarray, sizes: np.ndarray, reach: float, ground: Ground) -> tuple[Spread, float]:
    """Symbols as large as they can be without crowding; hopeless sheets go to the smallest at once."""
    shrink = _SHRINK[0]
    found = spread(places, sizes, reach, ground)
    for smaller in _SHRINK[1:] if found.crowded < _MANY * len(places) else _SHRINK[-1:]:
        if found.crowded <= _FEW * len(places):
            break
        shrink, found = smaller, spread(places, sizes * smaller, reach, ground)
    return found, shrink


def _size(feature: QgsFeature, standard: Standard) -> float:
    """Width of a record's symbol in mm, as the renderer draws it."""
    variety = standard.variety(_text(feature, "variety")) if _known(feature, standard) else None
    if variety is None:
        return SIZE_CLASSES[1].size
    scale = feature["scale"]
    threshold = variety.threshold_of(_text(feature, "facility"))
    ratio = 0.0 if scale is None or scale == NULL else float(scale) / threshold
    return next(size.size for size in reversed(SIZE_CLASSES) if ratio >= size.lower or not size.lower)


def _known(feature: QgsFeature, standard: Standard) -> bool:
    code = _text(feature, "variety")
    return any(variety.code == code for variety in standard.varieties)


def _filled(features: list[QgsFeature], metres: np.ndarray, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Point?crs={crs.authid()}", "采集记录", "memory")
    fields = features[0].fields()
    layer.dataProvider().addAttributes([fields.field(name) for name in _STYLED])
    layer.updateFields()
    copies = []
    for feature, (x, y) in zip(features, metres.tolist()):
        copy = QgsFeature(layer.fields())
        copy.setAttributes([feature[name] for name in _STYLED])
        copy.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        copies.append(copy)
    layer.dataProvider().addFeatures(copies)
    layer.updateExtents()
    keep_labels_off(layer)
    return layer
