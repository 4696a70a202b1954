"""What is to be collected again, and what was left out, beside the bare SQL that answers a part of either question.

Run: build/venv/bin/python benchmarks/bench_cadence.py --records 1000000 --rounds 3
The register is that of bench_quality.py: two seasons, two records for each producer. The SQL knows neither dates of
planting nor sites that have no name, it compares names as they are written, and it says how many, not which.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from bench_quality import CYCLE, LAST, Jobs, run

ON = date(2026, 7, 1)
_LATEST = """
SELECT count(*), total(cycle < ?) FROM (
    SELECT max(cycle) AS cycle FROM record WHERE status <> 'ended'
    GROUP BY producer_name, variety, coalesce(site_name, division_code)
)"""
_GONE = """
WITH season AS (
    SELECT cycle, township, village, producer_name, variety, total(scale) AS scale
    FROM record WHERE cycle IN (?, ?) AND status <> 'ended' GROUP BY 1, 2, 3, 4, 5
), now AS (SELECT * FROM season WHERE cycle = ?), last AS (SELECT * FROM season WHERE cycle = ?)
SELECT (SELECT count(*) FROM (SELECT township, village FROM last EXCEPT SELECT township, village FROM now)),
    (SELECT count(*) FROM (SELECT producer_name, variety FROM last EXCEPT SELECT producer_name, variety FROM now)),
    (SELECT count(*) FROM last JOIN now USING (township, producer_name, variety) WHERE now.scale < last.scale / 2)
"""


def due_ours(path: Path) -> int:
    """Every site with its cycle, its days and its state."""
    from originmap.core.onemap.query import Query
    from originmap.core.register.due import read_due

    return len(read_due(path, Query(), ON).duties)


def due_sql(path: Path) -> int:
    """The latest cycle of what has one name and product."""
    return _asked(path, _LATEST, (CYCLE,))[0]


def left_out_ours(path: Path) -> int:
    """Silent villages, producers gone or grown small, townships that stand out, each with what it is compared with."""
    from originmap.core.onemap.query import Query
    from originmap.core.register.left_out import read_left_out

    return len(read_left_out(path, Query(cycles=(CYCLE,)), ON).gaps)


def left_out_sql(path: Path) -> int:
    """How many names and villages one season has and the other has not."""
    return sum(_asked(path, _GONE, (CYCLE, LAST, CYCLE, LAST)))


def _asked(path: Path, statement: str, values: tuple[str, ...]) -> tuple[int, ...]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement, values).fetchone()


JOBS: Jobs = {
    "to collect": {"ours": due_ours, "bare SQL": due_sql},
    "left out": {"ours": left_out_ours, "bare SQL": left_out_sql},
}

if __name__ == "__main__":
    run(JOBS, __file__, __doc__ or "", lambda: None, lambda path: None)
