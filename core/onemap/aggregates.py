"""Records added up by division or by cell of a grid, as layers of the register that are always what it holds now.

A layer's subset string may be a whole SELECT: such a layer is an ordinary one of QGIS, is stored with the project and
opened without this plugin, and is counted anew whenever it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from qgis.core import QgsVectorLayer

from ..quality.thresholds import PLAIN_NAME_SQL
from ..standard.errors import OriginMapError
from ..standard.model import Standard, Variety
from ..standard.to_sql import quoted
from .query import Query
from .query_sql import ratio_sql, subset
from .reading import reading_layer

_INDEXED = frozenset(("varieties", "divisions", "states"))  # conditions on columns of the index record_variety_division
# One number for the two of a cell is sorted faster; more than there are from pole to pole at a metre.
_CELLS_ACROSS = 100_000_000
ROLE = "originmap/style"  # custom property of layers made here


class Measure(str, Enum):
    """What is added up; also the name of the layer's column."""

    RECORDS = "records"
    PRODUCERS = "producers"
    AMOUNT = "amount"

    def title(self, amount: Amount) -> str:
        """Its name on a map, in Chinese."""
        return {Measure.RECORDS: "记录数", Measure.PRODUCERS: "主体数"}.get(self, amount.title)


@dataclass(frozen=True)
class Amount:
    """How scales are added: in their unit where the query means one, else in multiples of the threshold.

    Attributes:
        sql: one record's part of the sum.
        title: of the sum, in Chinese.
        unit: code; empty for multiples.
    """

    sql: str
    title: str
    unit: str


def amount_of(query: Query, standard: Standard) -> Amount:
    """How the scales of a query's records can be added up."""
    units = {variety.unit for variety in asked_varieties(query, standard)}
    if len(units) != 1:
        return Amount(ratio_sql(standard.varieties), "规模（采集标准的倍数）", "")
    (unit,) = units
    title = next((choice.title for choice in standard.choices("unit") if choice.code == unit), unit)
    return Amount(f'CASE WHEN "unit" = {quoted(unit)} THEN "scale" END', f"规模（{title}）", unit)


def asked_varieties(query: Query, standard: Standard) -> list[Variety]:
    """The products that a query can find."""
    return [
        variety
        for variety in standard.varieties
        if (not query.varieties or variety.code in query.varieties)
        and (not query.industries or variety.industry in query.industries)
        and all(not scale.unit or scale.unit == variety.unit for scale in query.scales)
    ]


def division_layer(
    path: Path, query: Query, standard: Standard, level: int, measure: Measure = Measure.RECORDS
) -> QgsVectorLayer:
    """The outlines of one level that the query asks for, with a column of the measure's name for the records inside.

    Args:
        path: of the register.
        query: which records.
        standard: with the county's own thresholds.
        level: digits of the division codes: 6 counties, 9 townships, 12 villages.
        measure: what is added up; one alone, since it is added up at every drawing.

    Raises:
        OriginMapError: ``REGISTER_NO_OUTLINES`` when the register has none of that level, or as for
            :func:`.query_sql.subset`.
    """
    nothing = "0.0" if measure is Measure.AMOUNT else "0"
    sql = (
        "SELECT division.fid AS fid, division.geom AS geom, division.code AS code, division.name AS name, "
        f"coalesce(found.total, {nothing}) AS {measure.value} FROM division "
        f"LEFT JOIN ({_totals_sql(query, standard, level, measure)}) AS found ON found.at = division.code "
        f"WHERE length(division.code) = {level} AND division.geom IS NOT NULL{_asked_sql(query, level)}"
    )
    layer = select_layer(path, "division", sql, "choropleth")
    if not layer.featureCount():
        raise OriginMapError("REGISTER_NO_OUTLINES")
    return layer


def _asked_sql(query: Query, level: int) -> str:
    """Keeps to the divisions that the query asks for: those around them may well have records."""
    codes = [quoted(f"{code[:level]}%") for code in query.divisions if code]
    return f" AND ({' OR '.join(f'division.code LIKE {code}' for code in codes)})" if codes else ""


def _totals_sql(query: Query, standard: Standard, level: int, measure: Measure) -> str:
    """SQL of the totals by division: ``at`` and ``total``."""
    where = subset(query, standard)
    if measure is Measure.RECORDS and _INDEXED.issuperset(query.asked()):
        # In the order of the index nothing is sorted and no row is looked at: a sixth of the time.
        counted = f"SELECT division_code, count(*) AS n FROM record WHERE {where} GROUP BY variety, division_code"
        return f"SELECT substr(division_code, 1, {level}) AS at, sum(n) AS total FROM ({counted}) GROUP BY 1"
    total = {
        Measure.RECORDS: "count(*)",
        Measure.PRODUCERS: f"count(DISTINCT {PLAIN_NAME_SQL})",
        Measure.AMOUNT: f"sum({amount_of(query, standard).sql})",
    }[measure]
    return f"SELECT substr(division_code, 1, {level}) AS at, {total} AS total FROM record WHERE {where} GROUP BY 1"


def cell_layer(path: Path, query: Query, standard: Standard, size: float) -> QgsVectorLayer:
    """A point for each cell of a grid that has records: where its largest record stands, with ``records``, ``amount``,
    a column for each product (its code) with its share of the amount, and ``x`` and ``y`` (degrees) half way between
    the records' mean place and the cell's middle, where signs of neighbouring cells stand clear of each other.

    Args:
        path: of the register.
        query: which records; those without a point are left out.
        standard: with the county's own thresholds.
        size: of the cells, in degrees.
    """
    counted = amount_of(query, standard)
    amount = counted.sql
    shares = [
        f"coalesce(sum({_share_sql(variety, counted)}), 0.0) AS {column(variety)}"
        for variety in asked_varieties(query, standard)
    ]
    cell = {axis: f"CAST(ST_Min{axis}(geom) / {size!r} AS INTEGER)" for axis in "XY"}
    place = ", ".join(
        f"(avg(ST_Min{axis}(geom)) + ({cell[axis]} + 0.5) * {size!r}) / 2 AS {axis.lower()}" for axis in cell
    )
    # The outer SELECT keeps GDAL from taking the window's records instead of the window's cells. Beside max(), SQLite
    # takes the other columns from the row that has it.
    sql = (
        f"SELECT * FROM (SELECT fid, geom, max(coalesce({amount}, 0.0)) AS largest, count(*) AS records, "
        f"coalesce(sum({amount}), 0.0) AS amount, {', '.join([place, *shares])} FROM record "
        f"WHERE {subset(query, standard)} AND geom IS NOT NULL GROUP BY {cell['X']} * {_CELLS_ACROSS} + {cell['Y']})"
    )
    return select_layer(path, "record", sql, "cells")


def _share_sql(variety: Variety, amount: Amount) -> str:
    """A record's part of the sum if it is of the variety; for multiples no other variety's threshold is looked for."""
    return f"CASE WHEN variety = {quoted(variety.code)} THEN {amount.sql} END" if amount.unit else ratio_sql([variety])


def column(variety: Variety) -> str:
    """The product's column, as SQL and as a QGIS expression."""
    return '"' + variety.code.replace('"', '""') + '"'


def records_layer(path: Path) -> QgsVectorLayer:
    """The register's records as they are, without the style and form that are stored with them.

    Raises:
        OriginMapError: ``QUERY_BAD`` when the file has none.
    """
    layer = reading_layer(path, f"{path}|layername=record", "record")
    if not layer.isValid():
        raise OriginMapError("QUERY_BAD", str(path), value="", reason=path.name)
    layer.setCustomProperty(ROLE, "records")
    return layer


def select_layer(path: Path, table: str, sql: str, role: str) -> QgsVectorLayer:
    """A layer of what a SELECT gives, marked by ``role``; ``table`` gives it geometry column and CRS.

    Raises:
        OriginMapError: ``QUERY_BAD`` when GDAL does not take it.
    """
    layer = reading_layer(path, f"{path}|layername={table}|subset={sql}", table)
    if not layer.isValid():
        raise OriginMapError("QUERY_BAD", sql, value="", reason=path.name)
    # Sums cannot be edited; newer QGIS shall not try either.
    layer.setReadOnly(True)
    layer.setCustomProperty(ROLE, role)
    return layer
