"""The sample county as it ships, read for placing producers and for drawing: shapes in metres of the county's plane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from osgeo import gdal, ogr
from shapely.geometry.base import BaseGeometry

from .ground import FINE, to_plane

gdal.UseExceptions()


@dataclass(frozen=True)
class Place:
    """A village: code, name, township code and name, point in the plane, height in metres."""

    code: str
    name: str
    township: str
    township_name: str
    x: float
    y: float
    height: float
    seat: bool


@dataclass(frozen=True)
class SampleMap:
    """Outlines by township code, villages, waters and roads in the plane, heights and slopes on the fine grid."""

    townships: dict[str, BaseGeometry]
    villages: list[Place]
    rivers: BaseGeometry
    large_rivers: BaseGeometry
    reservoirs: BaseGeometry
    roads: BaseGeometry
    height: np.ndarray
    slope: np.ndarray

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Height in metres and slope at a point of the plane."""
        row, column = FINE.cell_of(x, y)
        return float(self.height[row, column]), float(self.slope[row, column])


def read_sample(folder: Path) -> SampleMap:
    """Read ``county.gpkg`` and ``relief.tif`` of the shipped sample."""
    source = ogr.Open(str(folder / "county.gpkg"))
    raster = gdal.Open(str(folder / "relief.tif"))
    height = raster.ReadAsArray().astype(float) * 0.1
    north, east = np.gradient(height, FINE.cell)
    towns = _layer(source, "townships")
    names = {values["XZQDM"]: values["XZQMC"] for _, values in towns}
    rivers = _layer(source, "rivers")
    villages = []
    for shape, values in _layer(source, "villages"):
        row, column = FINE.cell_of(shape.x, shape.y)
        town = values["SSXZDM"]
        villages.append(
            Place(values["XZQDM"], values["XZQMC"], town, names[town], shape.x, shape.y, float(height[row, column]),
                  bool(values["SEAT"]))
        )
    return SampleMap(
        {values["XZQDM"]: shape for shape, values in towns},
        villages,
        shapely.union_all([shape for shape, _ in rivers]),
        shapely.union_all([shape for shape, values in rivers if values["ORDER"] >= 3]),
        shapely.union_all([shape for shape, _ in _layer(source, "reservoirs")]),
        shapely.union_all([shape for shape, _ in _layer(source, "roads")]),
        height,
        np.hypot(north, east),
    )


def _layer(source: ogr.DataSource, name: str) -> list[tuple[BaseGeometry, dict]]:
    rows = []
    for feature in source.GetLayerByName(name):
        shape = shapely.from_wkb(bytes(feature.GetGeometryRef().ExportToIsoWkb()))
        rows.append((shapely.transform(shape, to_plane), feature.items()))
    return rows
