"""How fast and in how much memory workbooks are read, against openpyxl and OGR, in one run.

Run: build/venv/bin/python benchmarks/bench_read.py --rows 100000 --rounds 3
Each measurement is a process of its own; the readers take turns, so that a busy minute hits them alike. Every reader
has to have every cell in Python. The medians' ratios are the result; the seconds only say how quiet the machine was.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from harness import register_package

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "build" / "bench"


def read_ours(path: Path) -> int:
    """Cells read by our reader."""
    workbook = _open(path)
    return sum(len(cells) for _number, cells in workbook.rows(workbook.sheets[0].name))


def read_careful(path: Path) -> int:
    """Cells read by our reader without its fast lane."""
    register_package()
    from originmap.core.sheets.xlsx.reader import XlsxWorkbook

    workbook = XlsxWorkbook(path, fast=False)
    return sum(len(cells) for _number, cells in workbook.rows(workbook.sheets[0].name))


def read_openpyxl(path: Path) -> int:
    """Cells read by openpyxl in its read-only mode."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return sum(len(cells) for cells in sheet.iter_rows(values_only=True))


def read_ogr(path: Path) -> int:
    """Cells read through OGR's Python binding, feature by feature."""
    from osgeo import ogr

    ogr.UseExceptions()
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    count = layer.GetLayerDefn().GetFieldCount()
    return sum(len([feature.GetField(index) for index in range(count)]) for feature in layer)


READERS = {"ours": read_ours, "careful": read_careful, "openpyxl": read_openpyxl, "ogr": read_ogr}


def _open(path: Path):  # type: ignore[no-untyped-def]  # the plugin is known only once it is registered
    register_package()
    from originmap.core.sheets.workbook import open_workbook

    return open_workbook(path)


def measure(reader: str, path: Path) -> dict[str, float]:
    """Seconds, cells and peak memory (MiB) of one reader in a process of its own."""
    command = [sys.executable, __file__, "--one", reader, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _one(reader: str, path: Path) -> None:
    begin = time.perf_counter()
    cells = READERS[reader](path)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cells": cells, "peak": peak}))


def compare(path: Path, readers: list[str], rounds: int) -> None:
    """Measure the readers in turn and print their medians and how many times slower than ours they are."""
    results: dict[str, list[dict[str, float]]] = {reader: [] for reader in readers}
    for _round in range(rounds):
        for reader in readers:
            results[reader].append(measure(reader, path))
    own = statistics.median(result["seconds"] for result in results["ours"])
    print(f"{path.name}  ({path.stat().st_size / 1e6:.1f} MB)")
    for reader, measured in results.items():
        seconds = statistics.median(result["seconds"] for result in measured)
        peak = max(result["peak"] for result in measured)
        print(
            f"  {reader:10} {seconds:7.2f} s  {seconds / own:5.2f} x ours  {peak:6.0f} MiB  {measured[0]['cells']:.0f}"
        )


def main() -> None:
    """Make the files that are missing and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--readers", nargs="+", choices=list(READERS), default=["ours", "openpyxl", "ogr"])
    parser.add_argument("--one", nargs=2, metavar=("READER", "FILE"))
    options = parser.parse_args()
    if options.one:
        _one(options.one[0], Path(options.one[1]))
        return
    for rows in options.rows:
        for strings in ("shared", "inline"):
            compare(_file(rows, strings), options.readers, options.rounds)
        _compare_csv(rows, options.rounds)


def _compare_csv(rows: int, rounds: int) -> None:
    compare(_file(rows, "text"), ["ours", "ogr"], rounds)


def _file(rows: int, strings: str) -> Path:
    path = FILES / (f"{rows}.csv" if strings == "text" else f"{strings}_{rows}.xlsx")
    if not path.exists():
        command = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(path), "--rows", str(rows)]
        subprocess.run(command + ([] if strings == "text" else ["--strings", strings]), check=True)
    return path


if __name__ == "__main__":
    main()
