"""Clicks and keys for a record: collected on the map, placed from the queue, and without us; all in a real QGIS.

Ten records each, by mouse and keyboard of a screen of its own. Letters count one key each; Chinese ones too, though an
input method takes more, the same for all. Moving the map is not counted anywhere.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import mean
from typing import Callable

from harness import register_package

# What differs by the way itself: ids, moments, the state, and what the register works out.
_OF_THE_WAY = frozenset(
    ("fid", "uid", "geom", "status", "record_key", "content_hash", "created_at", "created_by", "updated_at")
    + ("updated_by", "point_by", "point_at", "point_radius", "point_source")
)
_METRES_OFF = 3.0

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print a table of clicks, keys and both."""
    register_package()
    with tempfile.TemporaryDirectory(prefix="originmap-") as folder:
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    from originmap.scripts.desktop.people import SAMPLE, ten_records
    from originmap.scripts.desktop.plain import PlainQgis
    from originmap.scripts.desktop.scenario import Day
    from originmap.scripts.desktop.session import Desktop
    from originmap.scripts.sample.workbooks import write_workbooks

    wanted = ten_records()
    pins = iter([("certification", "traceability"), *[()] * len(wanted)])
    with Desktop(folder / "run") as desktop:
        day = Day(desktop)
        day.get_ready()

        def collect(record) -> None:
            day.take_up(record)
            day.fill_in(record, pins=next(pins))
            day.submit(record)

        day.begin_collecting()
        ours = _counted(desktop, [lambda record=record: collect(record) for record in wanted])
        day.import_workbook(Path(shutil.copy(write_workbooks(SAMPLE, folder)[0].path, day.documents)))
        day.go_to_queue()
        placed = _counted(desktop, [day.place_one] * 10)
        plain = PlainQgis(desktop)
        plain.start_editing()
        without = _counted(desktop, [lambda record=record: plain.add(record) for record in wanted])
        differing = _differing(day.register, wanted)
    print(f"{'':34}{'clicks':>8}{'keys':>8}{'both':>8}{'against QGIS':>14}")
    base = sum(without)
    for title, counts in (("way B: collected on the map", ours), ("way A: placed from the queue", placed),
                          ("QGIS: Add Feature and its form", without)):  # fmt: skip
        print(f"{title:34}{counts[0]:8.1f}{counts[1]:8.1f}{sum(counts):8.1f}{sum(counts) / base:14.2f}")
    print(f"the ten records stored with us and without us: {len(differing)} values differ")
    for line in differing:
        print(f"  {line}")


def _counted(desktop, jobs: list[Callable[[], object]]) -> tuple[float, float]:
    """Clicks and keys of a record, on average."""
    clicks, keys = [], []
    for job in jobs:
        desktop.start_counting()
        job()
        clicks.append(desktop.clicks)
        keys.append(desktop.keys)
        time.sleep(0.1)
    return mean(clicks), mean(keys)


def _differing(register: Path, wanted: list) -> list[str]:
    """Where the record that was collected with us and the one of QGIS's own form do not say the same."""
    from originmap.core.register.nearby import metres_between
    from originmap.core.register.rows import position_of

    lines = []
    with closing(sqlite3.connect(f"file:{register}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        for record in wanted:
            name = record.answers["producer_name"]
            rows = connection.execute("SELECT * FROM record WHERE producer_name = ? ORDER BY fid", (name,)).fetchall()
            if len(rows) != 2:
                lines.append(f"{name}: stored {len(rows)} times")
                continue
            own, plain = rows
            lines += [
                f"{name}, {field}: {own[field]!r} with us, {plain[field]!r} without"
                for field in sorted(set(own.keys()) - _OF_THE_WAY)
                if own[field] != plain[field]
            ]
            places = [position_of(row["geom"]) for row in rows]
            if None in places or metres_between(*places) > _METRES_OFF:
                lines.append(f"{name}: not at the same place")
    return lines


if __name__ == "__main__":
    main()
