"""All checks over a register in one pass; divisions and duplicates against QGIS's own ways, reading included.

Run: build/venv/bin/python benchmarks/bench_quality.py --records 1000000 --rounds 3
3,000 townships of 500 vertices, records in hamlets, some of them twice. Each measurement is a process of its own; ours
and the peers take turns. On 10,000 records the results are those of brute force, or the run fails.
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
from typing import Callable, Iterable

from harness import start_qgis

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "build" / "bench"
COLUMNS, ROWS, VERTICES = 60, 50, 500
WEST, SOUTH = 105.0, 20.0
HAMLET = 50  # records in each
CHUNK = 20_000
BRUTE = 10_000
COUNTY = "450181"
CYCLE, LAST = "2026-春茬", "2025-春茬"


Jobs = dict[str, dict[str, Callable[[Path], int]]]


def make_register(count: int) -> Path:
    """A register with outlines that share their wavy edges, and records around hamlets."""
    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import point_blobs
    from originmap.core.register.writing import ImportInfo

    path = FILES / f"seasons_{count}.gpkg"
    if path.exists():
        return path
    FILES.mkdir(parents=True, exist_ok=True)
    columns, x, y = _records(count)
    partial = path.with_suffix(".partial.gpkg")
    with create_register(partial, COUNTY, "横州市", replace=True) as register:
        for number, outline in enumerate(_outlines()):
            register.connection.execute(
                "INSERT INTO division (code, name, level, geom) VALUES (?, ?, 'township', ?)",
                (_code(number), f"示例{number}镇", outline),
            )
        with register.importing(ImportInfo("bench.xlsx", "0" * 64)) as session:
            for first in range(0, count, CHUNK):
                piece = slice(first, first + CHUNK)
                rows = zip(*(column[piece] for column in columns.values()), point_blobs(x[piece], y[piece]))
                session.insert((*columns, "geom"), list(rows))
    bare_points(partial, _points_of(path))
    partial.rename(path)
    return path


def bare_points(register: Path, path: Path) -> None:
    """The points with their uid alone: the native join cannot write a record's own fields into a memory layer."""
    from osgeo import gdal

    gdal.VectorTranslate(str(path), str(register), layers=["record"], selectFields=["uid"], format="GPKG")


def _points_of(path: Path) -> Path:
    return path.with_suffix(".points.gpkg")


def _code(number: int) -> str:
    return f"{COUNTY[:5]}{number:04d}"


def _outlines() -> list[bytes]:
    import numpy as np
    from qgis.core import QgsGeometry

    from originmap.core.register.geometry import area_blob

    steps = np.linspace(0, 1, VERTICES // 4, endpoint=False)
    wave = 0.03 * np.sin(steps * 6 * np.pi)
    edges = ((steps, wave), (1 + wave, steps), (1 - steps, 1 - wave), (-wave, 1 - steps))
    along, across = (np.concatenate([edge[axis] for edge in edges]) for axis in (0, 1))
    blobs = []
    for number in range(COLUMNS * ROWS):
        x, y = WEST + (number % COLUMNS + along) / 10, SOUTH + (number // COLUMNS + across) / 10
        ring = ",".join(f"{a} {b}" for a, b in zip([*x, x[0]], [*y, y[0]]))
        blobs.append(area_blob(QgsGeometry.fromWkt(f"MULTIPOLYGON((({ring})))")))
    return blobs


def _records(count: int) -> tuple[dict[str, list], object, object]:
    """Columns and points; one record in fifty is another one again, some metres off."""
    import numpy as np

    from originmap.core.register.writing import new_uids
    from originmap.core.standard.model import load_standard

    rng = np.random.default_rng(1)
    varieties = load_standard().varieties
    hamlets = rng.random((max(count // HAMLET, 1), 2)) * (COLUMNS / 10, ROWS / 10) + (WEST, SOUTH)
    home = rng.integers(0, len(hamlets), count)
    x, y = np.round(hamlets[home] + rng.normal(0, 0.003, (count, 2)), 6).T
    producer, which = rng.integers(0, max(count // 2, 1), count), rng.integers(0, len(varieties), count)
    again = np.flatnonzero(rng.random(count) < 0.02)[1:]
    before = rng.random(count) < 0.4  # of the season a year ago
    for values in (producer, which, home, before):
        values[again] = values[again - 1]
    x[again], y[again] = (np.round(values[again - 1] + rng.normal(0, 1e-4, len(again)), 6) for values in (x, y))
    towns = [
        min(int((b - SOUTH) * 10), ROWS - 1) * COLUMNS + min(int((a - WEST) * 10), COLUMNS - 1)
        for a, b in hamlets[home].tolist()
    ]
    start = np.datetime64("2026-04-01") + rng.integers(0, 60, count) - 365 * before
    surnames, given = "陈林黄张李王吴刘蔡杨郑许谢郭洪曾", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志海"
    many = len(given)
    names = [
        f"{surnames[n % 16]}{given[n // 16 % many]}{given[n // 16 // many % many]}{n // 16 // many**2 or ''}"
        for n in producer.tolist()
    ]
    chosen = [varieties[number] for number in which.tolist()]
    columns = {
        "uid": new_uids(count),
        "township": [f"示例{number}镇" for number in towns],
        "division_code": [_code(number) for number in towns],
        "producer_name": names,
        "producer_type": ["household"] * count,
        "industry": [variety.industry for variety in chosen],
        "variety": [variety.code for variety in chosen],
        "unit": [variety.unit for variety in chosen],
        "scale": [a * v.threshold for a, v in zip(np.round(rng.lognormal(1.5, 0.7, count), 1).tolist(), chosen)],
        "certification": ['["none"]'] * count,
        "traceability": ['["certificate"]'] * count,
        "contact_name": names,
        "contact_phone": [f"138{number:08d}" for number in producer.tolist()],
        "cycle": np.where(before, LAST, CYCLE).tolist(),
        "market_start": np.datetime_as_string(start).tolist(),
        "market_end": np.datetime_as_string(start + 45).tolist(),
        "collected_on": np.datetime_as_string(start - 20).tolist(),
        "collector_name": [f"采集员{number}" for number in towns],
        "site_address": [f"示例{number}镇{number % 12}组" for number in towns],
        "officer_name": [f"网格员{number}" for number in towns],
        "officer_phone": ["13800000000"] * count,
        "scale_basis": ["stock" if variety.industry == "livestock" else None for variety in chosen],
        "facility": ["pond" if variety.industry == "aquatic" else None for variety in chosen],
        "production_mode": ["open_field" if variety.industry == "crop" else None for variety in chosen],
        "collector_phone": ["13800000000"] * count,
        "point_quality": ["exact"] * count,
        "record_key": [f"{number:016x}" for number in range(count)],
    }
    return columns, x, y


def checks_ours(path: Path) -> int:
    """All checks, the rules of the standard among them."""
    from originmap.core.register.checking import check_register
    from originmap.core.register.register import Register

    with Register.open(path, read_only=True) as register:
        return len(check_register(register).findings)


def divisions_ours(path: Path) -> int:
    """The township around each point."""
    return sum(code is not None for code in _divisions(path))


def _divisions(path: Path) -> list[str | None]:
    from originmap.core.register.boundaries import DivisionAreas
    from originmap.core.register.geometry import coordinates_of
    from originmap.core.register.register import Register

    with Register.open(path, read_only=True) as register:
        areas = DivisionAreas.of(register)
        blobs = [blob for (blob,) in register.connection.execute("SELECT geom FROM record ORDER BY fid")]
    return areas.division_of(*coordinates_of(blobs).T)


def divisions_native(path: Path) -> int:
    """The same by QGIS's join by location, which takes any that intersects."""
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    parameters = {
        "INPUT": f"{_points_of(path)}|layername=record",
        "JOIN": f"{path}|layername=division",
        "PREDICATE": [5],
        "JOIN_FIELDS": ["code"],
        "METHOD": 1,
        "DISCARD_NONMATCHING": True,
        "PREFIX": "in_",
        "OUTPUT": "memory:",
    }
    return processing.run("native:joinattributesbylocation", parameters)["OUTPUT"].featureCount()


def divisions_loop(path: Path) -> int:
    """The same by an index of the outlines and prepared geometries, point by point."""
    from qgis.core import QgsFeatureRequest, QgsGeometry, QgsSpatialIndex, QgsVectorLayer

    outlines = {f.id(): f.geometry() for f in QgsVectorLayer(f"{path}|layername=division").getFeatures()}
    index = QgsSpatialIndex(QgsVectorLayer(f"{path}|layername=division").getFeatures())
    engines = {}
    for number, outline in outlines.items():
        engines[number] = QgsGeometry.createGeometryEngine(outline.constGet())
        engines[number].prepareGeometry()
    request = QgsFeatureRequest().setSubsetOfAttributes([])
    found = 0
    for feature in QgsVectorLayer(f"{path}|layername=record").getFeatures(request):
        point = feature.geometry()
        found += any(engines[n].intersects(point.constGet()) for n in index.intersects(point.boundingBox()))
    return found


def duplicates_ours(path: Path) -> int:
    """Pairs by name, distance, variety and cycle."""
    return len(_pairs(path))


def _pairs(path: Path) -> list:
    from originmap.core.quality.duplicates import FIELDS, pairs
    from originmap.core.quality.work import Work
    from originmap.core.register.checking import context_of, read_columns
    from originmap.core.register.register import Register

    with Register.open(path, read_only=True) as register:
        return pairs(Work(read_columns(register, fields=FIELDS), context_of(register)))


def duplicates_loop(path: Path) -> int:
    """Pairs by distance, variety and cycle alone, by an index of the points; names are not compared."""
    from math import cos, radians

    from qgis.core import QgsFeatureRequest, QgsRectangle, QgsSpatialIndex, QgsVectorLayer

    layer = QgsVectorLayer(f"{path}|layername=record")
    wanted = [layer.fields().indexFromName(name) for name in ("variety", "cycle")]
    index, kinds, points = QgsSpatialIndex(), {}, {}
    for feature in layer.getFeatures(QgsFeatureRequest().setSubsetOfAttributes(wanted)):
        index.addFeature(feature)
        kinds[feature.id()] = tuple(feature[place] for place in wanted)
        points[feature.id()] = feature.geometry().asPoint()
    found, metre = 0, 1 / 111_320
    for number, point in points.items():
        across = 100 * metre / cos(radians(point.y()))
        box = QgsRectangle(point.x() - across, point.y() - 100 * metre, point.x() + across, point.y() + 100 * metre)
        for other in index.intersects(box):
            if other > number and kinds[other] == kinds[number]:
                east = (points[other].x() - point.x()) * cos(radians(point.y()))
                north = points[other].y() - point.y()
                found += east * east + north * north <= (100 * metre) ** 2
    return found


JOBS: Jobs = {
    "all checks": {"ours": checks_ours},
    "divisions": {"ours": divisions_ours, "native join": divisions_native, "index loop": divisions_loop},
    "duplicates": {"ours": duplicates_ours, "index loop": duplicates_loop},
}


def hold_to_brute_force(path: Path) -> None:
    """Raises ``AssertionError`` where divisions or duplicates are not those of comparing everything with everything."""
    import numpy as np

    from originmap.core.quality.duplicates import pairs
    from originmap.core.quality.outlines import metres
    from originmap.core.quality.work import Work
    from originmap.core.register.checking import context_of, read_columns
    from originmap.core.register.geometry import wkb_of
    from originmap.core.register.register import Register
    from originmap.core.vendored import load

    shapely = load("shapely")
    with Register.open(path) as register:
        columns, context = read_columns(register), context_of(register)
        outlines = register.connection.execute("SELECT code, geom FROM division WHERE geom IS NOT NULL ORDER BY code")
        brute = np.full(len(columns), None)
        for code, blob in reversed(outlines.fetchall()):
            area = shapely.from_wkb(wkb_of(blob))
            shapely.prepare(area)
            brute[shapely.intersects_xy(area, columns.longitude, columns.latitude)] = code
    assert _divisions(path) == brute.tolist()
    found = {(pair.one, pair.other) for pair in pairs(Work(columns, context))}
    x, y = columns.longitude, columns.latitude
    expected = set()
    for one in range(len(columns)):
        rest = slice(one + 1, None)
        near = metres(x[one], y[one], x[rest], y[rest]) <= context.limits.duplicate_metres
        for other in (one + 1 + np.flatnonzero(near)).tolist():
            if pairs(Work(columns.at(np.array((one, other))), context)):
                expected.add((one, other))
    assert found == expected, (len(found), len(expected))
    print(f"  {len(columns):,} records: divisions and {len(found):,} pairs as by brute force", flush=True)


def again(path: Path, count: int = 30) -> None:
    """Print how long one record takes to be checked again, when all were checked before."""
    from originmap.core.register.rechecking import Rechecker
    from originmap.core.register.register import Register

    taken, busy = [], []
    with Register.open(path, read_only=True) as register:
        rechecker = Rechecker()
        rechecker.check(register)
        uids = register.connection.execute("SELECT uid FROM record WHERE fid % 997 = 5 LIMIT ?", (count,)).fetchall()
        for (uid,) in uids:
            begin, processor = time.perf_counter(), time.process_time()
            rechecker.again(register, [uid])
            taken.append(1000 * (time.perf_counter() - begin))
            busy.append(1000 * (time.process_time() - processor))
    middle = f"{statistics.median(taken):.0f} ms (processor {statistics.median(busy):.0f})"
    print(f"  one record again: {middle}, at most {max(taken):.0f} ms", flush=True)


def _one(work: Callable[[Path], int], path: Path) -> None:
    begin, busy = time.perf_counter(), time.process_time()
    found = work(path)
    seconds, processor = time.perf_counter() - begin, time.process_time() - busy
    status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage counts the parent that made us, too
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "found": found, "peak": peak}))


def compare(job: str, works: Iterable[str], script: str, path: Path, rounds: int) -> None:
    """Let all take turns in processes of the script's own and print medians, ratios of processor time, and peaks."""
    results: dict[str, list[dict[str, float]]] = {who: [] for who in works}
    for _ in range(rounds):
        for who in results:
            command = [sys.executable, script, "--one", job, who, str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            results[who].append(json.loads(done.stdout.splitlines()[-1]))
    own = statistics.median(result["processor"] for result in results["ours"])
    for who, measured in results.items():
        middle = {name: statistics.median(result[name] for result in measured) for name in measured[0]}
        times = f"{middle['seconds']:7.2f} s, processor {middle['processor']:7.2f} s"
        ratio, peak, found = middle["processor"] / own, middle["peak"], middle["found"]
        print(f"  {job:12} {who:12} {times}  {ratio:5.2f} x ours  {peak:6.0f} MiB  {found:,.0f} found", flush=True)


def run(jobs: Jobs, script: str, about: str, first: Callable[[], None], last: Callable[[Path], None]) -> None:
    """Read the command line; do what comes first, measure the jobs, do what comes last."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, metavar=("JOB", "WHO", "FILE"))
    options = parser.parse_args()
    application = start_qgis()
    if options.one:
        job, who, path = options.one
        _one(jobs[job][who], Path(path))
        return
    first()
    path = make_register(options.records)
    print(f"{options.records:,} records", flush=True)
    for job, works in jobs.items():
        compare(job, works, script, path, options.rounds)
    last(path)
    del application


def main() -> None:
    """Hold to brute force, then measure."""
    run(JOBS, __file__, __doc__ or "", lambda: hold_to_brute_force(make_register(BRUTE)), again)


if __name__ == "__main__":
    main()
