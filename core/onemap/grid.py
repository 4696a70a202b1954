"""Records added up in hexagons or squares, as a layer of the register that is always what it holds now.

Each cell is a point, where its largest record stands, that is drawn as the cell around it.
"""

from __future__ import annotations

import math
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsGeometryGeneratorSymbolLayer,
    QgsGraduatedSymbolRenderer,
    QgsMarkerSymbol,
    QgsRendererRange,
    QgsSymbol,
    QgsVectorLayer,
)

from ..quality.thresholds import PLAIN_NAME_SQL
from ..standard.model import Standard
from .aggregates import Measure, amount_of, select_layer
from .cells import CORNERS, Shape
from .graduated import Classes, graduated_renderer
from .query import Query
from .query_sql import subset

_METRES_PER_DEGREE = 111_195.0
_ROW = math.sqrt(3.0)  # two rows of hexagons, in widths of one
_SQUARE = "CAST(u AS INTEGER) + 0.5 AS cu, CAST(v AS INTEGER) + 0.5 AS cv"


def grid_layer(
    path: Path, query: Query, standard: Standard, shape: Shape, size: float, measure: Measure, latitude: float
) -> QgsVectorLayer:
    """A point for each cell that has records, with a column of the measure's name and ``cx`` and ``cy``, its middle in
    degrees.

    Args:
        path: of the register.
        query: which records; those without a point are left out.
        standard: with the county's own thresholds.
        shape: of the cells.
        size: width of a cell, from side to side, in metres.
        measure: what is added up.
        latitude: in degrees, at which cells are as wide as high; that of the county's middle.
    """
    up = _METRES_PER_DEGREE / size
    across = up * math.cos(math.radians(latitude))
    u, v = f"(ST_MinX(geom) * {across!r})", f"(ST_MinY(geom) * {up!r})"
    middle = _SQUARE if shape is Shape.SQUARE else _hexagon_sql()
    total = {
        Measure.RECORDS: "count(*)",
        Measure.PRODUCERS: "count(DISTINCT producer)",
        Measure.AMOUNT: "coalesce(sum(amount), 0.0)",
    }[measure]
    records = (
        f"SELECT fid, geom, {u} AS u, {v} AS v, {amount_of(query, standard).sql} AS amount, "
        f"{PLAIN_NAME_SQL} AS producer FROM record WHERE {subset(query, standard)} AND geom IS NOT NULL"
    )
    # The outer SELECT keeps GDAL from taking the window's records instead of the window's cells.
    sql = (
        f"SELECT * FROM (SELECT fid, geom, max(coalesce(amount, 0.0)) AS largest, {total} AS {measure.value}, "
        f"cu / {across!r} AS cx, cv / {up!r} AS cy FROM (SELECT *, {middle} FROM ({records})) GROUP BY cu, cv)"
    )
    return select_layer(path, "record", sql, shape.value)


def _hexagon_sql() -> str:
    """The nearer one of the middles of two grids of rectangles; rounded, so that the same middle is the same number."""
    one = ("round(u)", f"round(v / {_ROW!r}) * {_ROW!r}")
    other = ("(round(u - 0.5) + 0.5)", f"(round((v - {_ROW / 2!r}) / {_ROW!r}) * {_ROW!r} + {_ROW / 2!r})")

    def away(middle: tuple[str, str]) -> str:
        return " + ".join(f"({axis} - {at}) * ({axis} - {at})" for axis, at in zip("uv", middle))

    nearer = f"{away(one)} <= {away(other)}"
    return ", ".join(
        f"round(CASE WHEN {nearer} THEN {near} ELSE {far} END, 6) AS c{axis}"
        for axis, near, far in zip("uv", one, other)
    )


def style_grid(
    layer: QgsVectorLayer, outline: str, measure: Measure, classes: Classes, number: int, factor: float = 1.0
) -> None:
    """Draw the points of :func:`grid_layer` as cells, coloured by the measure.

    Args:
        layer: its values are read now, to find the classes.
        outline: of a cell, as :func:`outline_expression` gives it.
        measure: the layer's.
        classes: how to find them.
        number: how many at most.
        factor: by which lines are wider, for larger paper.
    """
    found = graduated_renderer(layer, measure.value, classes, number, factor)
    # The first class is for what has no record, and a cell always has one.
    ranges = [
        QgsRendererRange(one.lowerValue(), one.upperValue(), _as_cell(one.symbol(), outline), one.label())
        for one in found.ranges()[1:]
    ]
    renderer = QgsGraduatedSymbolRenderer(measure.value, ranges)
    renderer.setClassificationMethod(classes.method())
    renderer.setSourceSymbol(_as_cell(found.sourceSymbol(), outline))
    renderer.setSourceColorRamp(found.sourceColorRamp().clone())
    layer.setRenderer(renderer)


def outline_expression(shape: Shape, size: float, latitude: float) -> str:
    """The QGIS expression that gives a cell's outline in degrees; arguments as for :func:`grid_layer`."""
    up = size / _METRES_PER_DEGREE
    across = up / math.cos(math.radians(latitude))
    corners = ", ".join(f'make_point("cx" + {x * across!r}, "cy" + {y * up!r})' for x, y in CORNERS[shape].tolist())
    return f"make_polygon(make_line({corners}))"


def _as_cell(fill: QgsSymbol, outline: str) -> QgsMarkerSymbol:
    drawn = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": outline})
    drawn.setSymbolType(Qgis.SymbolType.Fill)
    drawn.setSubSymbol(fill.clone())
    symbol = QgsMarkerSymbol.createSimple({})
    symbol.changeSymbolLayer(0, drawn)
    return symbol
