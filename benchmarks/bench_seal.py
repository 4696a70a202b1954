"""How long sealing keeps others waiting: a writer beside it, and the window, while a large import is sealed.

Run: build/venv/bin/python benchmarks/bench_seal.py --history 1000000
A register with so many entries in its history, all sealed but a tenth. That tenth is sealed as the window does it, in
the background, while a second connection writes every few milliseconds and Qt's loop ticks. Told are how long one piece
held the file, how long a write waited for its turn (at most, and all but one in a hundred), the longest pause of the
loop, and how long opening and closing the register took, which seals a piece as well.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from typing import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from harness import register_package
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

RECORDS = 50_000
_TICK, _PAUSE = 0.002, 0.01


def _fill(path: Path, entries: int) -> None:
    """Drafts, and a history of as many entries as asked for, as long as real ones; all but a tenth sealed."""
    from originmap.core.register.create import create_register
    from originmap.core.register.sealing import seal_all

    with create_register(path, "999901", "示例县") as register:
        connection = register.connection
        connection.execute("PRAGMA synchronous = OFF")
        count = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {RECORDS}) "
        uid = "printf('%08x-0000-4000-8000-000000000000', i)"
        connection.execute(
            f"{count}INSERT INTO record (uid, producer_name, variety, scale, site_address, created_at, updated_at, "
            f"content_hash) SELECT {uid}, '示例合作社' || i, 'cowpea', i / 7.0, '石湾镇青塘村' || i, '2026-11-24', "
            "'2026-11-24', hex(randomblob(32)) FROM n"
        )
        names = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info('record')")]
        pairs = ", ".join(f"'$.{name}', {name}" for name in names[:50] if name != "geom")
        before = f"json_set(json_object('geom', NULL), {pairs})"
        for share in (entries * 9 // 10, entries // 10):
            connection.execute(
                f"{count.replace(str(RECORDS), str(share))}INSERT INTO history (uid, at, by, action, status, before) "
                f"SELECT uid, '2026-11-24T08:00:00+08:00', '王示例', 'update', 'draft', {before} FROM n "
                f"JOIN record ON fid = 1 + i % {RECORDS}"
            )
            if share > entries // 2:
                seal_all(connection)


def _beside(path: Path, stop: threading.Event) -> list[float]:
    """Write again and again over a connection of its own; seconds that each write waited for its turn."""
    waits: list[float] = []
    connection = sqlite3.connect(path, isolation_level=None, timeout=10.0)
    while not stop.is_set():
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        waits.append(time.perf_counter() - began)
        connection.execute("UPDATE setting SET value = value WHERE name = 'county_name'")
        connection.execute("COMMIT")
        time.sleep(_PAUSE)
    connection.close()
    return waits


def _in_background(path: Path) -> Callable[[], None]:
    from originmap.core.register.register import Register
    from originmap.core.register.sealing import seal_unnoticed
    from originmap.core.standard.progress import Silent

    def job() -> None:
        with Register.open(path) as register:
            print(f"sealed {seal_unnoticed(register.connection, Silent()).count:,} rows in the background")

    return job


def _longest_pause(job: threading.Thread) -> float:
    """The longest time that Qt's loop did not come round while a job ran, in seconds."""
    longest, last = 0.0, time.perf_counter()
    job.start()
    while job.is_alive():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        time.sleep(_TICK)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest


def _measure(path: Path) -> None:
    from originmap.core.register import sealing
    from originmap.core.register.register import Register

    times = []
    for _ in range(5):
        began = time.perf_counter()
        Register.open(path).close()
        times.append(time.perf_counter() - began)
    print("opened and closed with much to seal in " + ", ".join(f"{1000 * t:.0f}" for t in times) + " ms")
    held: list[float] = []
    piece = sealing._piece

    def noted(connection: sqlite3.Connection, most: int) -> tuple[sealing.Sealed, float]:
        done, seconds = piece(connection, most)
        held.append(seconds)
        return done, seconds

    sealing._piece = noted
    stop, waits = threading.Event(), []
    writer = threading.Thread(target=lambda: waits.extend(_beside(path, stop)))
    writer.start()
    began = time.perf_counter()
    pause = _longest_pause(threading.Thread(target=_in_background(path)))
    seconds = time.perf_counter() - began
    stop.set()
    writer.join()
    ordered, pieces = sorted(waits), sorted(held)
    print(
        f"{len(held)} pieces in {seconds:.1f} s: one held the file {1000 * pieces[len(pieces) // 2]:.0f} ms (median), "
        f"{1000 * pieces[-1]:.0f} ms at most; {len(waits)} writes beside waited {1000 * ordered[-1]:.0f} ms at most, "
        f"{1000 * ordered[len(ordered) * 99 // 100]:.0f} ms all but one in a hundred; "
        f"longest pause of the window {1000 * pause:.0f} ms"
    )


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", type=int, nargs="+", default=[10_000, 100_000])
    entries = parser.parse_args().history
    register_package()
    application = QgsApplication([], False)
    for count in entries:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.gpkg"
            _fill(path, count)
            print(f"--- {count:,} entries of history, {path.stat().st_size / 1e6:.0f} MB")
            _measure(path)
    del application


if __name__ == "__main__":
    main()
