"""How many records of each township stand in which state: a view of the register, true whoever asks for it."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass
from typing import Iterable

COUNTS_VIEW = "review_count"
COUNT_TITLES = {
    "township": "乡镇(街道)",
    "draft": "草稿",
    "submitted": "已提交",
    "approved": "已审核",
    "returned": "已退回",
    "ended": "已终止",
    "total": "合计",
    "overdue": "逾期未改",
}

_STATES = ("draft", "submitted", "approved", "returned", "ended")
# The last return that was not taken back says until when a returned record is to be mended.
_OVERDUE = """SELECT coalesce(r.township, '') AS township, count(*) AS overdue
  FROM record r JOIN review_event e ON e.id = (
    SELECT max(i.id) FROM review_event i WHERE i.uid = r.uid AND i.event = 'return'
    AND NOT EXISTS (SELECT 1 FROM review_event u WHERE u.uid = r.uid AND u.undoes = i.id))
  WHERE r.status = 'returned' AND e.deadline < date('now', '+8 hours') GROUP BY 1"""


def counts_view() -> str:
    """The statement that makes the view, by township: records in each state, all of them, and those overdue.

    Days are those of China's clock.
    """
    # Plain words only: a view that an old SQLite cannot read would keep it from opening the file at all.
    counted = ", ".join(f"sum(status = '{state}') AS {state}" for state in _STATES)
    added = ", ".join(f"sum({state}) AS {state}" for state in _STATES)
    # Grouped twice: by the bare column SQLite goes along its index, and then the records without a township are one.
    # The first half yields nothing but the columns' types, which SQLite takes from there and other programs ask for;
    # from 3.41 on it does so only where the second half can yield no other type.
    cast = ", ".join(f"CAST(c.{name} AS INTEGER)" for name in (*_STATES, "total"))
    typed = ", ".join(f"fid AS {name}" for name in (*_STATES, "total", "overdue"))
    return f"""CREATE VIEW "{COUNTS_VIEW}" AS
SELECT fid, township, {typed} FROM record WHERE 0 UNION ALL
SELECT CAST(c.fid AS INTEGER), CAST(c.township AS TEXT), {cast}, CAST(coalesce(o.overdue, 0) AS INTEGER) FROM (
  SELECT min(fid) AS fid, coalesce(township, '') AS township, {added}, sum(total) AS total FROM (
    SELECT min(fid) AS fid, township, {counted}, count(*) AS total FROM record GROUP BY township) GROUP BY 2) c
LEFT JOIN ({_OVERDUE}) o ON o.township = c.township"""


@dataclass(frozen=True)
class TownshipCounts:
    """Numbers of records of a township (an empty name where records state none), by state.

    ``total`` is the sum of the five states; ``overdue`` are those of the returned ones whose deadline is over.
    """

    township: str
    draft: int
    submitted: int
    approved: int
    returned: int
    ended: int
    total: int
    overdue: int


def township_counts(connection: sqlite3.Connection) -> list[TownshipCounts]:
    """All townships with records, by name; nothing from a register that has no view yet."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (COUNTS_VIEW,)).fetchone():
        return []
    columns = f"township, {', '.join(_STATES)}, total, overdue"
    query = f'SELECT {columns} FROM "{COUNTS_VIEW}" ORDER BY township'
    return [TownshipCounts(*row) for row in connection.execute(query)]


def whole_county(counts: Iterable[TownshipCounts]) -> TownshipCounts:
    """The sum over all townships."""
    numbers = [astuple(one)[1:] for one in counts]
    return TownshipCounts("", *(map(sum, zip(*numbers)) if numbers else (0,) * 7))
