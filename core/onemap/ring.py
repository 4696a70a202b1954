"""The year on the market: a layer that QGIS plays month by month, over New Year and round again."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsVectorLayer, QgsVectorLayerTemporalProperties

from ..standard.model import Standard
from .aggregates import select_layer
from .query import Query
from .query_sql import END_SQL, START_SQL, subset
from .renderer import variety_renderer

YEAR = 2024  # any leap year: the one in which all seasons are played
_COLUMNS = "geom, uid, variety, scale, facility, point_quality, producer_name"
_FROM, _UNTIL = "on_market_from", "on_market_until"


def ring_layer(path: Path, query: Query, standard: Standard) -> QgsVectorLayer:
    """The records of a query with their season on the market moved into one year (:data:`YEAR`).

    A season that runs over New Year becomes two: the end of the year and its beginning; one of a year or more is the
    whole year. Records without a period, or with one that ends before it begins, are left out. The layer follows the
    register, is drawn by product and scale, and is filtered by the temporal controller.

    Args:
        path: of the register.
        query: which records.
        standard: with the county's own products and thresholds.

    Raises:
        OriginMapError: as for :func:`.query_sql.subset`.
    """
    years = f"(substr({END_SQL}, 1, 4) - substr({START_SQL}, 1, 4))"
    begins, ends = f"substr({START_SQL}, 6)", f"substr({END_SQL}, 6)"
    where = f"{subset(query, standard)} AND geom IS NOT NULL AND {START_SQL} <= {END_SQL}"
    whole = f"({years} > 1 OR ({years} = 1 AND {ends} >= {begins}))"
    over = f"({years} = 1 AND {ends} < {begins})"
    first = (
        f"SELECT 2 * fid AS fid, {_COLUMNS}, '{YEAR}-' || CASE WHEN {whole} THEN '01-01' ELSE {begins} END AS {_FROM}, "
        f"'{YEAR}-' || CASE WHEN {whole} OR {over} THEN '12-31' ELSE {ends} END AS {_UNTIL} FROM record WHERE {where}"
    )
    rest = (
        f"SELECT 2 * fid + 1 AS fid, {_COLUMNS}, '{YEAR}-01-01' AS {_FROM}, '{YEAR}-' || {ends} AS {_UNTIL} "
        f"FROM record WHERE {where} AND {over}"
    )
    layer = select_layer(path, "record", f"SELECT * FROM ({first} UNION ALL {rest})", "ring")
    layer.setRenderer(variety_renderer(standard))
    properties: QgsVectorLayerTemporalProperties = layer.temporalProperties()
    properties.setIsActive(True)
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromExpressions)
    # The columns of a SELECT are texts to QGIS; a season lasts to the end of its last day.
    properties.setStartExpression(f"to_datetime(\"{_FROM}\", 'yyyy-MM-dd')")
    properties.setEndExpression(f"to_datetime(\"{_UNTIL}\" || ' 23:59:59', 'yyyy-MM-dd HH:mm:ss')")
    return layer
