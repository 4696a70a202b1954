#!/usr/bin/env python3
"""Builds the committed gazetteer from the two public packages that hold the divisions and the county centres.

Usage: ``python3 scripts/build_gazetteer.py`` (needs npm, pip and the network).
It writes resources/gazetteer/gazetteer.sqlite; the same packages give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from as_package import register_package

ROOT = Path(__file__).resolve().parents[1]
DOWNLOADS = ROOT / "build" / "gazetteer"
TARGET = ROOT / "resources" / "gazetteer" / "gazetteer.sqlite"
DIVISIONS_SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
CENTRES_SHA256 = "1635b589506b3e28424032bce61d2488e1f6fac1034a736014e70e043f824fe6"
PILOT_PROVINCES = ("35", "44", "45", "46", "51", "53")
EARTH_RADIUS = 6371008.8
NEIGHBOURS = 6

# Former county names that a change of the level word alone does not explain: former name -> present code.
FORMER_COUNTIES = {
    "上饶县": "361104",
    "三山区": "340209",
    "下城区": "330105",
    "九江县": "360404",
    "任县": "130505",
    "大同县": "140215",
    "宜宾县": "511504",
    "巴县": "500113",
    "彬县": "610482",
    "户县": "610118",
    "江东区": "330212",
    "江北县": "500112",
    "江干区": "330102",
    "汉阳县": "420114",
    "梅列区": "350404",
    "横县": "450181",
    "武昌县": "420115",
    "港闸区": "320613",
    "湾里区": "360112",
    "滦县": "130284",
    "盘县": "520281",
    "花县": "440114",
    "芜湖县": "340210",
    "莱城区": "370116",
    "许昌县": "411003",
    "达县": "511703",
    "邢台县": "130503",
    "那曲县": "540602",
    "郫县": "510117",
    "金明区": "410202",
    "长岛县": "370614",
    "长治县": "140404",
    "株洲县": "430212",
}


def _download(command: list[str], name: str, sha256: str) -> Path:
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    target = DOWNLOADS / name
    if not target.exists():
        subprocess.run(command, cwd=DOWNLOADS, check=True, stdout=subprocess.DEVNULL)
    if hashlib.sha256(target.read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{name} is not the file this script was written for")
    return target


def read_divisions() -> dict[str, str]:
    """Code to name of every division, province to village."""
    archive = _download(["npm", "pack", "china-division@2.7.0"], "china-division-2.7.0.tgz", DIVISIONS_SHA256)
    names = {}
    with tarfile.open(archive) as package:
        for part in ("provinces", "cities", "areas", "streets", "villages"):
            stream = io.TextIOWrapper(package.extractfile(f"package/dist/{part}.csv"), "utf-8")
            names.update((row["code"], row["name"].strip()) for row in csv.DictReader(stream))
    return names


def read_centres() -> dict[str, tuple[str, float, float]]:
    """Code of 2, 4 or 6 digits to name, longitude and latitude in GCJ-02, as of about 2019."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "cpca==0.5.5"]
    archive = _download(command, "cpca-0.5.5-py3-none-any.whl", CENTRES_SHA256)
    centres = {}
    with zipfile.ZipFile(archive) as package, package.open("cpca/resources/adcodes.csv") as stream:
        for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8")):
            if row["longitude"] and row["name"] != "市辖区":
                code = row["adcode"][:6]
                code = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
                centres[code] = (row["name"], float(row["longitude"]), float(row["latitude"]))
    return centres


def follow_renames(
    names: dict[str, str], centres: dict[str, tuple[str, float, float]]
) -> dict[str, tuple[float, float]]:
    """Centres by present code: by the same code, else by the known rename, else by the same name under another code."""
    located = {code: (lon, lat) for code, (_, lon, lat) in centres.items() if code in names}
    former = {code: centre for code, centre in centres.items() if code not in names and len(code) == 6}
    for name, lon, lat in former.values():
        present = FORMER_COUNTIES.get(name)
        if present:
            located.setdefault(present, (lon, lat))
    for code in sorted(
        code for code in names if len(code) == 6 and code not in located and names[code][-1] in "县市区"
    ):
        same = _same_name(names[code], code, former)
        if same is not None:
            located[code] = same
    # A city that is one county has one centre.
    for code in sorted(code for code in names if len(code) == 6 and code not in located):
        if names[code] == names[code[:4]] and code[:4] in located:
            located[code] = located[code[:4]]
    return located


def _same_name(name: str, code: str, former: dict[str, tuple[str, float, float]]) -> tuple[float, float] | None:
    for prefix in (code[:4], code[:2]):
        found = [
            (lon, lat)
            for old, (other, lon, lat) in former.items()
            if old[: len(prefix)] == prefix and _stem(other) == _stem(name)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 2 else name


def metres_between(lon: np.ndarray, lat: np.ndarray, lon2: float, lat2: float) -> np.ndarray:
    """Great-circle distances in metres (haversine) from many points to one, all in degrees."""
    lon, lat, lon2, lat2 = np.radians(lon), np.radians(lat), np.radians(lon2), np.radians(lat2)
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * np.arcsin(np.sqrt(half))


def radii(located: dict[str, tuple[float, float]]) -> dict[str, int]:
    """How far from its centre a site of a division is to be expected, in metres, rounded up to whole kilometres.

    A county reaches about half way to its neighbours' centres; because a county's seat seldom stands in its middle,
    the whole median distance to the six nearest centres is taken. A city or province reaches as far as its farthest
    county does.
    """
    counties = sorted(code for code in located if len(code) == 6)
    lon = np.array([located[code][0] for code in counties])
    lat = np.array([located[code][1] for code in counties])
    found: dict[str, int] = {}
    for code in counties:
        nearest = np.sort(metres_between(lon, lat, *located[code]))[1 : NEIGHBOURS + 1]
        found[code] = max(5000, _whole_kilometres(float(np.median(nearest))))
    for code in sorted(code for code in located if len(code) < 6):
        inside = [i for i, county in enumerate(counties) if county.startswith(code)]
        reach = metres_between(lon[inside], lat[inside], *located[code]) + [found[counties[i]] for i in inside]
        found[code] = _whole_kilometres(float(reach.max())) if inside else 50000
    return found


def _whole_kilometres(metres: float) -> int:
    return int(-(-metres // 1000)) * 1000


def village_blocks(names: dict[str, str]) -> list[tuple[int, bytes]]:
    """Per county of the pilot provinces one compressed text: a line ``rest of the code, name`` for each village."""
    counties: dict[str, list[str]] = defaultdict(list)
    for code in sorted(code for code in names if len(code) == 12 and code.startswith(PILOT_PROVINCES)):
        counties[code[:6]].append(f"{code[6:]}{names[code]}")
    return [(int(county), zlib.compress("\n".join(lines).encode(), 9)) for county, lines in sorted(counties.items())]


def build(target: Path = TARGET) -> None:
    """Write the gazetteer file anew."""
    from originmap.core.coordinates.datums import Datum, convert
    from originmap.core.places.names import township_stem

    names, centres = read_divisions(), read_centres()
    located = follow_renames(names, centres)
    codes = sorted(located)
    gcj02 = np.array([located[code] for code in codes])
    lon, lat = convert(gcj02[:, 0], gcj02[:, 1], Datum.GCJ02, Datum.CGCS2000)
    located = {code: (round(float(x), 5), round(float(y), 5)) for code, x, y in zip(codes, lon, lat)}
    radius = radii(located)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target, isolation_level=None)
    connection.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; BEGIN;"
        "CREATE TABLE division (code INTEGER PRIMARY KEY, name TEXT NOT NULL, longitude REAL, latitude REAL,"
        " radius INTEGER);"
        "CREATE TABLE township (code INTEGER PRIMARY KEY, name TEXT NOT NULL, stem TEXT NOT NULL);"
        "CREATE TABLE former_name (name TEXT NOT NULL, code INTEGER NOT NULL, PRIMARY KEY (name, code)) WITHOUT ROWID;"
        "CREATE TABLE village (county INTEGER PRIMARY KEY, names BLOB NOT NULL);"
    )
    upper = [(int(c), names[c], *located.get(c, (None, None)), radius.get(c)) for c in sorted(names) if len(c) <= 6]
    connection.executemany("INSERT INTO division VALUES (?, ?, ?, ?, ?)", upper)
    townships = [(int(code), names[code], township_stem(names[code])) for code in sorted(names) if len(code) == 9]
    connection.executemany("INSERT INTO township VALUES (?, ?, ?)", townships)
    connection.execute("CREATE INDEX township_stem ON township (stem)")
    connection.executemany(
        "INSERT INTO former_name VALUES (?, ?)", sorted((n, int(c)) for n, c in FORMER_COUNTIES.items())
    )
    connection.executemany("INSERT INTO village VALUES (?, ?)", village_blocks(names))
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    connection.close()
    without = [f"{code} {names[code]}" for code in sorted(names) if len(code) == 6 and code not in located]
    sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes; {len(without)} counties without a centre\n")
    sys.stdout.write("\n".join(without) + "\n")


if __name__ == "__main__":
    register_package()
    build()
