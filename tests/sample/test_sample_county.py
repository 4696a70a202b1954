"""The shipped sample county: a true coverage, every village in its township, waters and roads where they belong."""

from __future__ import annotations

import csv
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import gdal, ogr

from originmap.scripts.sample.county import build_county, write_county
from originmap.scripts.sample.shipped import read_sample


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    return root / "resources" / "sample"


@pytest.fixture(scope="module")
def layers(sample: Path) -> dict[str, list]:
    source = ogr.Open(str(sample / "county.gpkg"))
    return {
        name: [
            (shapely.from_wkb(bytes(feature.GetGeometryRef().ExportToIsoWkb())), feature.items())
            for feature in source.GetLayerByName(name)
        ]
        for name in ("county", "townships", "villages", "rivers", "reservoirs", "roads")
    }


def test_townships_fill_the_county_without_gap_or_overlap(layers):
    towns = [shape for shape, _ in layers["townships"]]
    county = layers["county"][0][0]
    whole = shapely.union_all(towns)
    assert len(towns) == 12
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in towns)
    assert whole.geom_type == "Polygon" and not whole.interiors
    assert whole.symmetric_difference(county).area == pytest.approx(0, abs=1e-12)
    assert all(one.intersection(other).area < 1e-13 for one, other in combinations(towns, 2))
    assert sum(shape.area for shape in towns) == pytest.approx(county.area, rel=1e-12)


def test_neighbours_share_every_vertex_of_their_border(layers):
    towns = [shape for shape, _ in layers["townships"]]
    for one, other in combinations(towns, 2):
        border = one.boundary.intersection(other.boundary)
        if border.length > 0:
            shared = {tuple(point) for point in shapely.get_coordinates(shapely.line_merge(border))}
            assert shared <= {tuple(point) for point in shapely.get_coordinates(one)}
            assert shared <= {tuple(point) for point in shapely.get_coordinates(other)}


def test_every_village_lies_in_its_township(layers):
    towns = {values["XZQDM"]: shape for shape, values in layers["townships"]}
    codes = [values["XZQDM"] for _, values in layers["villages"]]
    assert 130 <= len(codes) <= 150 and len(set(codes)) == len(codes)
    for point, values in layers["villages"]:
        assert re.fullmatch("999901[12][0-9]{5}", values["XZQDM"])
        assert values["XZQDM"].startswith(values["SSXZDM"])
        assert towns[values["SSXZDM"]].contains(point)


def test_no_village_stands_in_the_reservoir(layers):
    lake = layers["reservoirs"][0][0]
    assert not any(lake.contains(point) for point, _ in layers["villages"])


def test_rivers_and_roads_end_at_the_border(layers):
    county = layers["county"][0][0].buffer(1e-6)
    assert all(county.contains(line) for line, _ in layers["rivers"] + layers["roads"])


def test_village_list_leaves_some_places_out(sample, layers):
    with (sample / "villages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["行政区划代码"] for row in rows] == [values["XZQDM"] for _, values in layers["villages"]]
    assert 3 <= sum(row["经度"] == "" for row in rows) <= 30


def test_sample_stays_small(sample):
    assert sum(path.stat().st_size for path in sample.iterdir()) <= 4_000_000


def test_relief_reaches_from_plain_to_hills(sample):
    height = read_sample(sample).height
    assert height.min() > 0 and 500 < height.max() < 1500 and np.percentile(height, 25) < 80


@pytest.mark.slow
def test_built_anew_it_is_what_ships(sample, tmp_path):
    write_county(build_county(), tmp_path)
    assert (tmp_path / "villages.csv").read_bytes() == (sample / "villages.csv").read_bytes()
    heights = [gdal.Open(str(folder / "relief.tif")).ReadAsArray().astype(int) for folder in (tmp_path, sample)]
    assert heights[0].shape == heights[1].shape and np.abs(heights[0] - heights[1]).max() <= 1  # decimetres
    built, shipped = _layers(tmp_path / "county.gpkg"), _layers(sample / "county.gpkg")
    assert list(built) == list(shipped)
    for layer, features in shipped.items():
        assert [attributes for attributes, _ in built[layer]] == [attributes for attributes, _ in features], layer
        same = [shapely.equals_exact(a, b, 1e-7) for (_, a), (_, b) in zip(built[layer], features)]
        assert all(same), layer


def _layers(path):
    """All layers with their features' attributes and geometries: other libraries write other bytes for the same."""
    source = ogr.Open(str(path))
    return {
        layer.GetName(): [
            (feature.items(), shapely.from_wkb(bytes(feature.GetGeometryRef().ExportToWkb()))) for feature in layer
        ]
        for layer in source
    }
