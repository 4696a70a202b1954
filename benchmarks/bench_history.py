"""What keeping the history costs: records written one by one with the register's triggers against the bare table.

Run: build/venv/bin/python benchmarks/bench_history.py --records 5000 --rounds 3
The bare table is the same one in the same file: same columns, indexes and spatial index, but without history, gate and
review. Both are written by the same statements, each record its own, a transaction for all. The two take turns. Then:
how long it takes to seal and to verify as many rows of history.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
import uuid
from pathlib import Path
from statistics import median
from typing import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from harness import register_package
from qgis.core import QgsApplication

ROOT = Path(__file__).resolve().parents[1]
# What an edit of a kind changes, beside who did it; each turn other values.
EDITS = {
    "a remark of a draft": "remark = 'turn ' || ?1",
    "the scale of a draft": "scale = 10 + ?1",
    "a point of a draft": "geom = (SELECT geom FROM record WHERE fid = 1 + ?1)",
}


def _timed(connection: sqlite3.Connection, work: Callable[[], None]) -> float:
    """Microseconds of work in one transaction, its commit left out: that is the disk's."""
    connection.execute("BEGIN")
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    connection.execute("COMMIT")
    return seconds * 1e6


def _bare(connection: sqlite3.Connection) -> None:
    """Take all triggers off the records but those of the spatial index."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record' AND name NOT LIKE 'rtree_%'"
    for (name,) in connection.execute(query).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def _values(count: int) -> tuple[str, list[tuple]]:
    from originmap.core.register.geometry import point_blobs
    from originmap.core.standard.model import load_standard

    fields = [field for field in load_standard().fields if field.annex is not None and field.name != "uid"]
    fixed = {"certification": '["green"]', "traceability": '["certificate"]', "scale": 12.5}
    names = ["uid", "geom", "created_at", "updated_at", "updated_by", *(field.name for field in fields)]
    stamp = "2026-11-24T08:00:00+08:00"
    same = [fixed.get(field.name, field.example or None) for field in fields]
    rng = np.random.default_rng(1)
    points = point_blobs(rng.uniform(110, 111, count), rng.uniform(19, 20, count))
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(names))})"
    return statement, [(str(uuid.uuid4()), point, stamp, stamp, "bench", *same) for point in points]


def _measure(path: Path, count: int, bare: bool) -> dict[str, float]:
    """Microseconds a record by kind of work, in a new register."""
    from originmap.core.register.create import create_register

    with create_register(path, "999901", "示例县", replace=True) as register:
        connection = register.connection
        if bare:
            _bare(connection)
        statement, rows = _values(count)
        found = {"insert a draft": _timed(connection, lambda: _each(connection, statement, rows)) / count}
        for turn, (name, change) in enumerate(EDITS.items(), 1):
            update = f"UPDATE record SET {change}, updated_by = 'bench' WHERE fid = ?2"
            edits = [(turn, fid) for fid in range(1, count + 1)]
            work = lambda update=update, edits=edits: _each(connection, update, edits)  # noqa: E731
            found[name] = _timed(connection, work) / count
    return found


def _each(connection: sqlite3.Connection, statement: str, rows: list[tuple]) -> None:
    for row in rows:
        connection.execute(statement, row)


def _seal(path: Path) -> None:
    """Seal what the last round wrote, and verify it."""
    from originmap.core.register.register import Register
    from originmap.core.register.sealing import seal_all
    from originmap.core.register.verifying import verify

    with Register.open(path) as register:
        began = time.perf_counter()
        count = seal_all(register.connection).count
        sealed = time.perf_counter() - began
        began = time.perf_counter()
        found = verify(register)
        verified = time.perf_counter() - began
        if found.broken or found.unsealed:
            raise SystemExit("the chain does not hold")
        print(f"sealed {count:,} rows in {sealed:.2f} s; verified {found.checked:,} in {verified:.2f} s, ", end="")
        print(f"{verified / found.checked * 1e5:.1f} s for 100,000")


def main() -> None:
    """Print microseconds a record and ratios of medians, both in one run and taking turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    application = QgsApplication([], False)
    application.initQgis()
    register_package()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.gpkg"
        rounds: dict[bool, list[dict[str, float]]] = {True: [], False: []}
        for _ in range(options.rounds):
            for bare in (True, False):
                rounds[bare].append(_measure(path, options.records, bare))
        plain = median(one["insert a draft"] for one in rounds[True])
        print(f"{'':24}{'bare':>10}{'register':>10}   ratio   to a bare insert")
        for name in rounds[True][0]:
            one, other = (median(measured[name] for measured in rounds[bare]) for bare in (True, False))
            print(f"{name:24}{one:8.0f}µs{other:8.0f}µs  {other / one:5.2f}x  {other / plain:5.2f}x")
        _seal(path)


if __name__ == "__main__":
    main()
