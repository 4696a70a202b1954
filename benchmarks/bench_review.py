"""What a reviewer waits for in a small and a large register, and what history and review cost beside the bare SQL."""

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
from harness import start_qgis
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication
from window import settle, window_with_map

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 5_000
SMALL = 1_000
TOWNS = 15
CHANGED = 2_000
# Everything that the rules ask for, but what differs from record to record.
WHOLE = {
    "province": "示例省",
    "city": "示例市",
    "county": "示例县",
    "village": "青塘村",
    "producer_type": "cooperative",
    "industry": "crop",
    "variety": "cowpea",
    "certification": '["green"]',
    "site_name": "一号基地",
    "site_address": "青塘村三组",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "scale": 12.5,
    "unit": "mu",
    "cycle": "2026-春茬",
    "market_start": "2026-05-10",
    "market_end": "2026-06-30",
    "production_mode": "open_field",
    "traceability": '["certificate"]',
    "officer_role": "village_assistant",
    "officer_name": "李示例",
    "officer_phone": "13800002345",
    "collector_name": "王示例",
    "collector_phone": "13800003456",
    "point_quality": "exact",
    "verified_how": '["site_visit"]',
    "verified_on": "2026-05-01",
    "origin": "workbook",
}


def _make_register(path: Path, count: int) -> None:
    """Whole records that all wait for the reviewer, in the townships of a county, and everything sealed."""
    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import point_blobs
    from originmap.core.register.sealing import seal_all
    from originmap.core.register.writing import ImportInfo, new_uids

    own = ("producer_name", "township", "division_code", "updated_at", "uid", "geom")
    rng = np.random.default_rng(1)
    made = create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省")
    with made as register:
        with register.importing(ImportInfo("bench.xlsx", "0" * 64)) as session:
            for start in range(0, count, CHUNK):
                size = min(CHUNK, count - start)
                blobs = point_blobs(rng.uniform(110, 111, size), rng.uniform(19, 20, size))
                days = rng.integers(1, 29, size).tolist()
                rows = []
                for number, uid, blob, day in zip(range(start, start + size), new_uids(size), blobs, days):
                    town, at = number % TOWNS, f"2026-05-{day:02d}T09:00:00+08:00"
                    told = (f"示例主体{number}", f"镇{town}", f"9999011{town:02d}001", at)
                    rows.append((*WHOLE.values(), *told, uid, blob))
                session.insert((*WHOLE, *own), rows)
        _submit(register.connection)
        seal_all(register.connection)


def _submit(connection: sqlite3.Connection) -> None:
    """All at once, with the triggers away: only what is read afterwards is measured."""
    triggers = _triggers(connection)
    connection.execute("BEGIN")
    for name in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE record SET status = 'submitted'")
    connection.execute(
        "INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) "
        "SELECT uid, 'submit', 'draft', 'submitted', updated_at, collector_name, 0 FROM record"
    )
    for statement in triggers.values():
        connection.execute(statement)
    connection.execute("COMMIT")


def _triggers(connection: sqlite3.Connection) -> dict[str, str]:
    """All but those of the spatial indexes, by name."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'rtree%'"
    return dict(connection.execute(query))


def _waits(path: Path, rounds: int) -> dict[str, float]:
    """Median seconds of each wait at the reviewer's page; the first round warms up."""
    from originmap.forms.profile import Profile
    from originmap.forms.review.page import ReviewPage
    from originmap.forms.workbench import Workbench

    iface = window_with_map()
    canvas = iface.mapCanvas()
    workbench = Workbench(iface)
    workbench.set_profile(Profile(name="赵审核", phone="13900000001", review_role="reviewer"))
    workbench.open(path)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    canvas.setExtent(QgsRectangle(110.2, 19.4, 110.202, 19.402))
    page = ReviewPage(workbench)
    page.resize(360, 800)
    page.show()
    waits: dict[str, list[float]] = {}

    def timed(name: str, *actions: Callable[[], object]) -> None:
        began = time.perf_counter()
        for action in actions:
            action()
        page.grab()
        waits.setdefault(name, []).append(time.perf_counter() - began)

    timed("list to open", page.enter)
    timed("all to be counted, behind the window", lambda: settle(lambda: not page.lists.counting))
    model = page.lists.model
    for number in range(rounds + 1):
        timed("a township to open", lambda row=number: page.lists.tree.expand(model.index(row, 0)))
        timed("next record", page.next)
        timed("approved and the next one there", page.approve, lambda: settle(lambda: not page.work.busy))
    page.release()
    page.close()
    workbench.close()
    workbench.release()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {name: median(seconds[min(1, len(seconds) - 1) :]) for name, seconds in waits.items()}


def _costs(path: Path, rounds: int) -> None:
    """What the triggers add to changes of drafts, beside a plain insert of a record without any."""
    from originmap.core.register.register import Register, connect
    from originmap.core.register.verifying import verify
    from originmap.core.review.counts import township_counts

    connection = connect(path)
    triggers, last = _triggers(connection), connection.execute("SELECT max(fid) FROM record").fetchone()[0]
    columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(record)") if row[1] != "fid")
    values = columns.replace("uid", f"substr('{uuid.uuid4()}', 1, 28) || printf('%08x', fid)", 1)
    changed = "UPDATE record SET remark = coalesce(remark, '') || '改' WHERE fid <= ?"
    works = {
        "insert": (f"INSERT INTO record ({columns}) SELECT {values} FROM record WHERE fid <= ?", CHANGED, True),
        "change": (changed, CHANGED, False),
        "plain change": (changed, CHANGED, True),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    connection.execute("BEGIN")
    for name in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE record SET status = 'draft' WHERE fid <= ?", (CHANGED,))
    for statement in triggers.values():
        connection.execute(statement)
    for _ in range(rounds):
        for name, (statement, count, bare) in works.items():
            connection.execute("SAVEPOINT work")
            for trigger in triggers if bare else ():
                connection.execute(f'DROP TRIGGER "{trigger}"')
            began = time.perf_counter()
            connection.execute(statement, (count,))
            taken[name].append((time.perf_counter() - began) / count)
            connection.execute("ROLLBACK TO work")
    connection.execute("ROLLBACK")
    insert, change, plain = (1e6 * median(seconds) for seconds in taken.values())
    added = f"which adds {(change - plain) / insert:.2f} plain inserts"
    print(f"plain insert {insert:.0f} µs; change {change:.0f} µs, without triggers {plain:.0f} µs, {added}")
    began = time.perf_counter()
    township_counts(connection)
    print(f"counts per state and township of {last:,}: {1000 * (time.perf_counter() - began):.0f} ms")
    connection.close()
    with Register.open(path, read_only=True) as register:
        began = time.perf_counter()
        checked = verify(register).checked
        each = 100_000 * (time.perf_counter() - began) / checked
        print(f"verified {checked:,} sealed rows, {each:.1f} s for 100,000")


def main() -> None:
    """Print seconds for a small and a large register and their ratio, then the cost of the triggers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    application = start_qgis(windows=True)
    QgsGui.editorWidgetRegistry().initEditors()
    with tempfile.TemporaryDirectory() as folder:
        waits = []
        # The first one warms up: what it imports and caches is no matter of the register's size.
        for number, count in enumerate((SMALL, SMALL, options.rows)):
            path = Path(folder) / f"{number}.gpkg"
            _make_register(path, count)
            waits.append(_waits(path, options.rounds))
        for name, small in waits[1].items():
            large = waits[2][name]
            told = f"{1000 * small:.1f} ms with {SMALL:,}, {1000 * large:.1f} ms with {options.rows:,}"
            print(f"{name}: {told}, ratio {large / small:.2f}")
        _costs(path, options.rounds)
    del application


if __name__ == "__main__":
    main()
