"""Bulk import into the register against ogr2ogr writing the same rows, and points in divisions against a loop."""

from __future__ import annotations

import argparse
import csv
import os
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from harness import register_package
from osgeo import gdal
from qgis.core import QgsApplication, QgsGeometry, QgsPointXY, QgsSpatialIndex

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
CHUNK = 5_000
SQUARES = 30  # a side, of outlines with 400 vertices


def _rows(count: int) -> tuple[tuple[str, ...], list[tuple], np.ndarray, np.ndarray]:
    """Text of annex 1 with some fields that differ in every row, as the pipeline hands it over."""
    from originmap.core.register.writing import new_uids
    from originmap.core.standard.model import load_standard

    fields = [field for field in load_standard().fields if field.annex is not None or field.name == "record_key"]
    fixed = {"certification": '["green"]', "traceability": '["certificate"]', "status": "draft", "scale": 12.5}
    different = {"producer_name", "site_name", "site_address", "contact_name", "contact_phone", "record_key"}
    columns = []
    for field in fields:
        value = fixed.get(field.name, field.example or None)
        if field.name in different:
            columns.append([f"{value}{number}" for number in range(count)])
        else:
            columns.append([value] * count if field.name != "uid" else new_uids(count))
    rng = np.random.default_rng(1)
    names = tuple(field.name for field in fields)
    return names, list(zip(*columns)), rng.uniform(110, 111, count), rng.uniform(19, 20, count)


def _ours(path: Path, names: tuple[str, ...], rows: list[tuple], longitude: np.ndarray, latitude: np.ndarray) -> float:
    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import point_blobs
    from originmap.core.register.writing import ImportInfo

    with create_register(path, "999901", "示例县", replace=True) as register:
        began = time.perf_counter()
        with register.importing(ImportInfo("bench.xlsx", "0" * 64)) as session:
            for start in range(0, len(rows), CHUNK):
                piece = slice(start, start + CHUNK)
                blobs = point_blobs(longitude[piece], latitude[piece])
                session.insert((*names, "geom"), [(*row, blob) for row, blob in zip(rows[piece], blobs)])
        return time.perf_counter() - began


def _ogr(path: Path, source: Path) -> float:
    began = time.perf_counter()
    options = ["-f", "GPKG", "-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y", "-a_srs", "EPSG:4490"]
    gdal.VectorTranslate(str(path), str(source), options=[*options, "-gt", "unlimited"])
    return time.perf_counter() - began


def _write_csv(path: Path, names: tuple[str, ...], rows: list[tuple], x: np.ndarray, y: np.ndarray) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow((*names, "x", "y"))
        writer.writerows((*row, a, b) for row, a, b in zip(rows, x.tolist(), y.tolist()))


def _outlines() -> list[tuple[str, QgsGeometry]]:
    step = 1.0 / SQUARES
    made = []
    for number in range(SQUARES * SQUARES):
        west, south = 110 + number % SQUARES * step, 19 + number // SQUARES * step
        square = QgsGeometry.fromWkt(
            f"POLYGON(({west} {south},{west + step} {south},{west + step} {south + step},{west} {south + step},"
            f"{west} {south}))"
        ).densifyByCount(99)
        made.append((f"999901{number:03d}", square))
    return made


def _divisions(path: Path, longitude: np.ndarray, latitude: np.ndarray) -> tuple[float, float]:
    """Seconds of ours and of a loop over QgsSpatialIndex with prepared outlines."""
    from originmap.core.register.boundaries import DivisionAreas
    from originmap.core.register.geometry import area_blob
    from originmap.core.register.register import Register

    outlines = _outlines()
    with Register.open(path) as register:
        for code, shape in outlines:
            shape.convertToMultiType()
            register.connection.execute(
                "INSERT INTO division (code, name, level, geom) VALUES (?, ?, 'township', ?)",
                (code, code, area_blob(shape)),
            )
        began = time.perf_counter()
        areas = DivisionAreas.of(register)
        answers: list = []
        for start in range(0, len(longitude), CHUNK):
            answers += areas.division_of(longitude[start : start + CHUNK], latitude[start : start + CHUNK])
        ours = time.perf_counter() - began
    began = time.perf_counter()
    index, engines = QgsSpatialIndex(), []
    for number, (_, shape) in enumerate(outlines):
        index.addFeature(number, shape.boundingBox())
        engine = QgsGeometry.createGeometryEngine(shape.constGet())
        engine.prepareGeometry()
        engines.append(engine)
    agreed = 0
    for x, y, answer in zip(longitude.tolist(), latitude.tolist(), answers):
        point = QgsGeometry.fromPointXY(QgsPointXY(x, y))
        hits = [n for n in index.intersects(point.boundingBox()) if engines[n].intersects(point.constGet())]
        agreed += bool(hits) and outlines[min(hits)][0] == answer
    if agreed != len(longitude):
        raise SystemExit("the two ways do not agree")
    return ours, time.perf_counter() - began


def main() -> None:
    """Print seconds and ratios of medians, both ways in one run and taking turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    application = QgsApplication([], True)
    application.initQgis()
    gdal.UseExceptions()
    register_package()
    names, rows, longitude, latitude = _rows(count)
    with tempfile.TemporaryDirectory() as folder:
        register, other, source = (Path(folder) / name for name in ("ours.gpkg", "ogr.gpkg", "rows.csv"))
        _write_csv(source, names, rows, longitude, latitude)
        ours, peers = [], []
        for _ in range(ROUNDS):
            ours.append(_ours(register, names, rows, longitude, latitude))
            other.unlink(missing_ok=True)
            peers.append(_ogr(other, source))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"bulk import of {count:,} rows: {median(ours):.1f} s, ogr2ogr from CSV {median(peers):.1f} s,", end=" ")
        print(f"ratio {median(ours) / median(peers):.2f}; peak with all rows in memory {peak:.0f} MiB")
        asked = slice(0, min(count, 200_000))
        mine, loop = _divisions(register, longitude[asked], latitude[asked])
        print(f"points in {SQUARES**2} divisions: {mine:.2f} s, loop {loop:.2f} s, {loop / mine:.1f} times as fast")


if __name__ == "__main__":
    main()
