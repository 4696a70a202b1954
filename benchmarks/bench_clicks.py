"""How many clicks and keys a record takes in a real QGIS: marked on the map with its form, or placed from the queue."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


def _register_package() -> None:
    spec = importlib.util.spec_from_file_location(
        "originmap", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["originmap"] = module
    spec.loader.exec_module(module)


def _count(folder: Path, queued: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[int]]:
    """Clicks and keys of each of ten records by way B and of ``queued`` ones by way A; letters of the answers."""
    from originmap.scripts.desktop.people import SAMPLE, ten_records
    from originmap.scripts.desktop.scenario import Day
    from originmap.scripts.desktop.session import Desktop
    from originmap.scripts.sample.workbooks import write_workbooks

    by_map, from_queue, letters = [], [], []
    with Desktop(folder / "desktop") as desktop:
        day = Day(desktop)
        day.get_ready()
        day.begin_collecting()
        for number, record in enumerate(ten_records()):
            desktop.start_counting()
            day.take_up(record)
            day.fill_in(record, pins=() if number else ("certification", "traceability"))
            day.submit(record)
            by_map.append((desktop.clicks, desktop.keys))
            letters.append(sum(map(len, record.answers.values())))
        workbook = write_workbooks(SAMPLE, folder)[0].path
        day.import_workbook(Path(shutil.copy(workbook, day.documents)))
        day.go_to_queue()
        for _ in range(queued):
            desktop.start_counting()
            day.place_one()
            from_queue.append((desktop.clicks, desktop.keys))
    return by_map, from_queue, letters


def main() -> None:
    """Print medians; the map is moved by the script, as wheel and hand would, and not counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queued", type=int, default=5)
    queued = parser.parse_args().queued
    _register_package()
    with tempfile.TemporaryDirectory() as folder:
        by_map, from_queue, letters = _count(Path(folder), queued)
    for title, counts in (("marked on the map", by_map), ("placed from the queue", from_queue)):
        clicks, keys = (median(column) for column in zip(*counts))
        print(f"{title}, {len(counts)} records: {clicks:g} clicks and {keys:g} keys each")
    print(f"letters of the answers typed or chosen: {median(letters):g}")


if __name__ == "__main__":
    main()
