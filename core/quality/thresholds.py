"""Which records lie below the threshold of collection, by the sum over all sites of a producer (R-077)."""

from __future__ import annotations

import sqlite3
from typing import Iterator, NamedTuple

from ..standard.model import Standard, Variety
from ..standard.to_sql import quoted

# A producer's name as SQLite compares it at speed: much the same as the name in a record's key.
PLAIN_NAME_SQL = "replace(replace(replace(replace(producer_name, ' ', ''), '　', ''), '（', '('), '）', ')')"


def plain_name(name: str) -> str:
    """A producer's name as it is compared here, the same in Python."""
    return name.replace(" ", "").replace("　", "").replace("（", "(").replace("）", ")")


class BelowThreshold(NamedTuple):
    """A row of an import whose producer stays below the threshold (both amounts in the variety's unit)."""

    sheet: str
    row: int
    variety: str
    total: float
    threshold: float
    unit: str


def below_threshold(connection: sqlite3.Connection, standard: Standard, import_id: int) -> Iterator[BelowThreshold]:
    """Records that an import wrote and whose producer does not reach the threshold in that cycle.

    Ponds and engineered facilities count apart, each against its own threshold. Only rows below the threshold by
    themselves can be affected, so that the sum is made for their producers alone. Blanks in a name and the kind of its
    brackets do not make another producer.
    """
    threshold = _threshold_sql(standard)
    query = f"""
        WITH small AS (
            SELECT source_sheet, source_row, {PLAIN_NAME_SQL} AS name, variety, cycle,
                   coalesce(facility, '') AS facility, {threshold} AS threshold
            FROM record WHERE import_id = ?1 AND scale < {threshold} AND status <> 'ended'
        ), spelling AS (
            SELECT DISTINCT producer_name FROM record
            WHERE EXISTS (SELECT 1 FROM small) AND {PLAIN_NAME_SQL} IN (SELECT name FROM small)
        ), total AS (
            SELECT {PLAIN_NAME_SQL} AS name, variety, cycle, coalesce(facility, '') AS facility, sum(scale) AS total
            FROM record
            WHERE status <> 'ended' AND producer_name IN (SELECT producer_name FROM spelling)
            GROUP BY 1, 2, 3, 4
        )
        SELECT source_sheet, source_row, variety, total, threshold
        FROM small JOIN total USING (name, variety, cycle, facility)
        WHERE total < threshold
        ORDER BY source_sheet, source_row
    """
    units = {variety.code: variety.unit for variety in standard.varieties}
    for sheet, row, variety, total, limit in connection.execute(query, (import_id,)):
        yield BelowThreshold(sheet, row, variety, total, limit, units[variety])


def _threshold_sql(standard: Standard) -> str:
    cases = " ".join(f"WHEN {quoted(variety.code)} THEN {_of_variety(variety)}" for variety in standard.varieties)
    return f"(CASE variety {cases} END)"


def _of_variety(variety: Variety) -> str:
    if variety.threshold_engineered is None:
        return repr(variety.threshold)
    return f"CASE WHEN facility = 'engineered' THEN {variety.threshold_engineered!r} ELSE {variety.threshold!r} END"
