"""Which township each point lies in, reading included, against QGIS's own join by location, in one run.

Run: build/venv/bin/python benchmarks/bench_boundaries.py --points 100000 --rounds 3
3,000 outlines of 500 vertices each, in a register; points in the same register. Both sides give a code for each point
inside an outline. Each measurement is a process of its own; the two take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from harness import start_qgis

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "build" / "bench"
COLUMNS, ROWS, VERTICES = 60, 50, 500


def make_register(points: int) -> Path:
    """A register with a grid of wavy outlines that share their edges, and random points over it."""
    import numpy as np
    from qgis.core import QgsGeometry

    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import area_blob, point_blobs

    path = FILES / f"boundaries_{points}.gpkg"
    if path.exists():
        return path
    rng = np.random.default_rng(1)
    register = create_register(path, "450181", "横州市")
    steps = np.linspace(0, 1, VERTICES // 4, endpoint=False)
    wave = 0.03 * np.sin(steps * 6 * np.pi)
    outlines = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            edges = ((steps, wave), (1 + wave, steps), (1 - steps, 1 - wave), (-wave, 1 - steps))
            x = 105 + (column + np.concatenate([edge[0] for edge in edges])) / 10
            y = 20 + (row + np.concatenate([edge[1] for edge in edges])) / 10
            ring = ",".join(f"{a} {b}" for a, b in zip([*x, x[0]], [*y, y[0]]))
            shape = QgsGeometry.fromWkt(f"MULTIPOLYGON((({ring})))")
            outlines.append((f"45{row:02}{column:02}001", f"镇{row}-{column}", "township", area_blob(shape)))
    register.connection.executemany("INSERT INTO division (code, name, level, geom) VALUES (?, ?, ?, ?)", outlines)
    blobs = point_blobs(105 + rng.random(points) * 6, 20 + rng.random(points) * 5)
    register.connection.execute("BEGIN")
    uids = (f"{n:08x}-0000-4000-8000-000000000000" for n in range(points))
    register.connection.executemany("INSERT INTO record (geom, uid, status) VALUES (?, ?, 'draft')", zip(blobs, uids))
    register.connection.execute("COMMIT")
    register.close()
    return path


def join_ours(path: Path) -> int:
    """Points inside an outline, by :class:`DivisionAreas`."""
    from originmap.core.register.boundaries import DivisionAreas
    from originmap.core.register.geometry import coordinates_of
    from originmap.core.register.register import Register

    with Register.open(path) as register:
        areas = DivisionAreas.of(register)
        blobs = [blob for (blob,) in register.connection.execute("SELECT geom FROM record")]
    longitude, latitude = coordinates_of(blobs).T
    return sum(code is not None for code in areas.division_of(longitude, latitude))


def join_qgis(path: Path) -> int:
    """Points inside an outline, by the native algorithm."""
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    parameters = {
        "INPUT": f"{path}|layername=record",
        "JOIN": f"{path}|layername=division",
        "PREDICATE": [5],
        "JOIN_FIELDS": ["code"],
        "METHOD": 1,
        "DISCARD_NONMATCHING": True,
        "PREFIX": "in_",
        "OUTPUT": "memory:",
    }
    return processing.run("native:joinattributesbylocation", parameters)["OUTPUT"].featureCount()


JOINS = {"ours": join_ours, "native join": join_qgis}


def _one(who: str, path: Path) -> None:
    begin = time.perf_counter()
    found = JOINS[who](path)
    print(json.dumps({"seconds": time.perf_counter() - begin, "found": found}))


def main() -> None:
    """Measure both in turns and print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"))
    options = parser.parse_args()
    application = start_qgis()
    if options.one:
        _one(options.one[0], Path(options.one[1]))
        return
    path = make_register(options.points)
    results: dict[str, list[dict[str, float]]] = {who: [] for who in JOINS}
    for _round in range(options.rounds):
        for who in JOINS:
            command = [sys.executable, __file__, "--one", who, str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            results[who].append(json.loads(done.stdout.splitlines()[-1]))
    own = statistics.median(result["seconds"] for result in results["ours"])
    for who, measured in results.items():
        seconds = statistics.median(result["seconds"] for result in measured)
        print(f"  {who:12} {seconds:7.2f} s  {seconds / own:5.2f} x ours  {measured[0]['found']:.0f} points inside")
    del application


if __name__ == "__main__":
    main()
