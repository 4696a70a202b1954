"""The whole county put together, written to and read back from ``resources/sample``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

from .coverage import outlines
from .divisions import Division, divide
from .ground import SEED
from .landscape import Terrain, build_terrain
from .names import CITY, COUNTY, PROVINCE
from .rivers import Reservoir, River, reservoir, rivers
from .roads import Road, roads
from .store import write_layers, write_relief
from .villages import Township, Village, townships, villages


@dataclass(frozen=True)
class County:
    """Everything of the invented county; shapes in degrees (EPSG:4490)."""

    terrain: Terrain
    division: Division
    towns: list[Township]
    outlines: dict[int, Polygon]
    villages: list[Village]
    rivers: list[River]
    reservoir: Reservoir
    roads: list[Road]


def build_county() -> County:
    """Build it from nothing; the same on every call."""
    terrain = build_terrain()
    division = divide(terrain)
    shapes = outlines(division.labels, terrain.ground)
    lake = reservoir(terrain, division.labels > 0)
    towns = townships(terrain, division, lake.cells)
    places = villages(terrain, division, towns, shapes, lake.cells)
    ways = roads(terrain, towns, places, lake.cells)
    return County(terrain, division, towns, shapes, places, rivers(terrain), lake, ways)


def write_county(county: County, folder: Path) -> None:
    """Write ``county.gpkg``, ``relief.tif`` and the village list as a county office keeps it."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = unary_union(list(county.outlines.values()))
    title = {"XZQDM": COUNTY[0], "XZQMC": COUNTY[1], "SSSDM": CITY[0], "SSSMC": CITY[1], "SHENG": PROVINCE[1]}
    write_layers(
        folder / "county.gpkg",
        [
            ("county", [(whole, title)]),
            ("townships", [(county.outlines[town.label], _township(town)) for town in county.towns]),
            ("villages", [(Point(place.longitude, place.latitude), _village(place)) for place in county.villages]),
            ("rivers", _inside(whole, [(river.line, _river(river)) for river in county.rivers])),
            ("reservoirs", [(county.reservoir.outline, {"NAME": county.reservoir.name})]),
            ("roads", _inside(whole, [(road.line, _road(road)) for road in county.roads])),
        ],
    )
    write_relief(folder / "relief.tif", county.terrain.height, county.terrain.ground)
    _write_village_list(county, folder / "villages.csv")


def _township(town: Township) -> dict[str, object]:
    return {"XZQDM": town.code, "XZQMC": town.name, "SSXDM": COUNTY[0], "SSXMC": COUNTY[1]}


def _village(place: Village) -> dict[str, object]:
    return {"XZQDM": place.code, "XZQMC": place.name, "SSXZDM": place.township, "SEAT": int(place.seat)}


def _river(river: River) -> dict[str, object]:
    return {"NAME": river.name, "ORDER": river.order}


def _road(road: Road) -> dict[str, object]:
    return {"KIND": road.kind, "NAME": road.name}


def _inside(whole: Polygon, rows: list) -> list:
    """The parts of lines inside the county, each part a line of its own."""
    result = []
    for line, values in rows:
        part = line.intersection(whole)
        pieces = [part] if isinstance(part, LineString) else [p for p in part.geoms if isinstance(p, LineString)]
        result += [(piece, values) for piece in pieces if piece.length > 0]
    return result


def _write_village_list(county: County, path: Path) -> None:
    """Code, name and place of every village; one in twelve has no coordinates, as in lists of real offices."""
    rng = np.random.default_rng(SEED + 5)
    names = {town.code: town.name for town in county.towns}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["行政区划代码", "乡镇", "村(社区)", "经度", "纬度"])
        for place in county.villages:
            known = rng.random() > 1 / 12
            spot = [f"{place.longitude:.6f}", f"{place.latitude:.6f}"] if known else ["", ""]
            writer.writerow([place.code, names[place.township], place.name, *spot])
