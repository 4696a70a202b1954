"""The whole import, checks and all, against ogr2ogr, which checks nothing: seconds, ratio and peak memory in one run.

Run: build/venv/bin/python benchmarks/bench_import.py --rows 100000 --rounds 3
Each measurement is a process of its own; the two take turns. ogr2ogr goes through a VRT (XLSX) or column options (CSV),
as a user would who wants points with a spatial index.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from harness import register_package

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "build" / "bench"
VRT = """<OGRVRTDataSource><OGRVRTLayer name="points"><SrcDataSource>{path}</SrcDataSource>
<SrcLayer>采集表</SrcLayer><GeometryType>wkbPoint</GeometryType><LayerSRS>EPSG:4490</LayerSRS>
<GeometryField encoding="PointFromColumns" x="经度" y="纬度"/></OGRVRTLayer></OGRVRTDataSource>"""


def import_ours(path: Path) -> None:
    """The file into an empty register."""
    register_package()
    from originmap.core.georeference.options import Options
    from originmap.core.georeference.pipeline import georeference

    georeference(path, FILES / "import.gpkg", Options())


def make_register() -> None:
    """An empty register, made outside of the measurement."""
    (FILES / "import.gpkg").unlink(missing_ok=True)
    code = (
        "import importlib.util, sys; from qgis.core import QgsApplication; app = QgsApplication([], False);"
        f"spec = importlib.util.spec_from_file_location('originmap', {str(ROOT / '__init__.py')!r},"
        f" submodule_search_locations=[{str(ROOT)!r}]);"
        "sys.modules['originmap'] = m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m);"
        "from pathlib import Path; from originmap.core.register.create import create_register;"
        f"create_register(Path({str(FILES / 'import.gpkg')!r}), '450181', '横州市').close()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def import_ogr(path: Path) -> None:
    """The file into a new GeoPackage with points and a spatial index."""
    target = FILES / "ogr.gpkg"
    target.unlink(missing_ok=True)
    command = ["ogr2ogr", "-q", "-f", "GPKG", str(target)]
    if path.suffix == ".csv":
        options = ["-oo", "X_POSSIBLE_NAMES=经度", "-oo", "Y_POSSIBLE_NAMES=纬度", "-a_srs", "EPSG:4490"]
        command += [*options, str(path)]
    else:
        vrt = FILES / "import.vrt"
        vrt.write_text(VRT.format(path=path), encoding="utf-8")
        command.append(str(vrt))
    subprocess.run(command, check=True, capture_output=True)


IMPORTS = {"ours": import_ours, "ogr2ogr": import_ogr}


def measure(who: str, path: Path) -> dict[str, float]:
    """Seconds and peak memory (MiB) of one import in a process of its own."""
    if who == "ours":
        make_register()
    command = [sys.executable, __file__, "--one", who, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _one(who: str, path: Path) -> None:
    begin = time.perf_counter()
    IMPORTS[who](path)
    seconds = time.perf_counter() - begin
    kind = resource.RUSAGE_SELF if who == "ours" else resource.RUSAGE_CHILDREN
    print(json.dumps({"seconds": seconds, "peak": resource.getrusage(kind).ru_maxrss / 1024}))


def compare(path: Path, rounds: int) -> None:
    """Let both import the file in turns and print medians and the ratio."""
    results: dict[str, list[dict[str, float]]] = {who: [] for who in IMPORTS}
    for _round in range(rounds):
        for who in IMPORTS:
            results[who].append(measure(who, path))
    print(f"{path.name}  ({path.stat().st_size / 1e6:.1f} MB)")
    peer = statistics.median(result["seconds"] for result in results["ogr2ogr"])
    for who, measured in results.items():
        seconds = sorted(result["seconds"] for result in measured)
        middle = statistics.median(seconds)
        peak = max(result["peak"] for result in measured)
        spread = f"{seconds[0]:.1f}–{seconds[-1]:.1f}"
        print(f"  {who:8} {middle:7.2f} s ({spread})  {middle / peer:5.2f} x ogr2ogr  {peak:6.0f} MiB")


def main() -> None:
    """Make the files that are missing and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"))
    options = parser.parse_args()
    if options.one:
        _one(options.one[0], Path(options.one[1]))
        return
    for rows in options.rows:
        for name in (f"shared_{rows}.xlsx", f"{rows}.csv"):
            path = FILES / name
            if not path.exists():
                generate = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(path), "--rows", str(rows)]
                subprocess.run(generate, check=True)
            compare(path, options.rounds)


if __name__ == "__main__":
    main()
