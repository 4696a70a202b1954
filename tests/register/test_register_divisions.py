"""Outlines and village lists: what is taken, what is refused and why, and which division a point lies in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)

from originmap.core.places.divisions import DivisionLevel
from originmap.core.register.boundaries import DivisionAreas
from originmap.core.register.divisions import DivisionFields, load_boundaries, load_villages
from originmap.core.register.errors import RegisterError
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.progress import Cancelled, Silent

FIELDS = DivisionFields("code", "name")
VILLAGE_FIELDS = DivisionFields("code", "name", longitude="x", latitude="y", aliases="alias")
BOW_TIE = "POLYGON((110 19, 110.1 19.1, 110.1 19, 110 19.1, 110 19))"


def square(west: float, south: float, size: float = 0.1) -> str:
    east, north = west + size, south + size
    return f"POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


def outlines(rows, crs: str = "EPSG:4490", kind: str = "Polygon") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs={crs}&field=code:string&field=name:string&field=level:string", "界线", "memory")
    features = []
    for code, name, wkt in rows:
        feature = QgsFeature(layer.fields())
        feature["code"], feature["name"] = code, name
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def villages(rows) -> QgsVectorLayer:
    layer = QgsVectorLayer(
        "NoGeometry?field=code:string&field=name:string&field=x:string&field=y:string&field=alias:string",
        "村",
        "memory",
    )
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


COUNTY = ("999901", "示例县", square(110, 19, 1.0))
EAST = ("999901101", "东镇", square(110.5, 19, 0.5))
WEST = ("999901102", "西镇", square(110, 19, 0.5))


def test_villages_are_called_with_their_township(register):
    for code, name, level in (("999901101", "石湾镇", "township"), ("999901101001", "青塘村", "village")):
        register.connection.execute("INSERT INTO division (code, name, level) VALUES (?, ?, ?)", (code, name, level))
    names = register.division_names()
    assert (names["999901"], names["999901101"], names["999901101001"]) == ("示例县", "石湾镇", "石湾镇青塘村")


def test_loaded_and_replaced(register, validate):
    report = load_boundaries(register, outlines([COUNTY, EAST]), FIELDS)
    assert report.loaded == {DivisionLevel.COUNTY: 1, DivisionLevel.TOWNSHIP: 1}
    assert not report.refused
    report = load_boundaries(register, outlines([("999901101", "东街道", EAST[2]), WEST]), FIELDS)
    assert (report.loaded, report.replaced) == ({DivisionLevel.TOWNSHIP: 1}, {DivisionLevel.TOWNSHIP: 1})
    names = {division.code: division.name for division in register.divisions()}
    assert names == {"999901": "示例县", "999901101": "东街道", "999901102": "西镇"}
    parents = register.connection.execute("SELECT code, parent FROM division ORDER BY code").fetchall()
    assert parents == [("999901", "9999"), ("999901101", "999901"), ("999901102", "999901")]
    assert register.connection.execute("SELECT count(*) FROM rtree_division_geom").fetchone() == (3,)
    register.close()
    assert validate(register.path) == ""


@pytest.mark.parametrize(
    "row, reason",
    [
        (("99990", "x", square(110, 19)), "DIVISION_CODE"),
        (("", "x", square(110, 19)), "DIVISION_CODE"),
        (("999901101", "", square(110, 19)), "DIVISION_NO_NAME"),
        (("440105101", "他乡", square(110, 19)), "DIVISION_ELSEWHERE"),
        (("999901101", "东镇", ""), "DIVISION_NO_AREA"),
        (("999901101", "东镇", square(10, 19)), "DIVISION_POINT"),
    ],
)
def test_refused_with_a_reason(register, row, reason):
    report = load_boundaries(register, outlines([row, WEST]), FIELDS)
    (refused,) = report.refused
    assert refused.code == reason
    assert refused.message("zh").sentence != reason
    assert report.loaded == {DivisionLevel.TOWNSHIP: 1}


def test_same_code_twice(register):
    island = ("999901101", "东镇", square(110.2, 18.5))
    other = ("999901101", "别的镇", square(110.2, 18.5))
    report = load_boundaries(register, outlines([EAST, island, other]), FIELDS)
    assert (report.merged, [row.code for row in report.refused]) == (1, ["DIVISION_REPEATED"])
    areas = DivisionAreas.of(register)
    assert areas.division_of(np.array([110.25, 110.75]), np.array([18.55, 19.2])) == ["999901101", "999901101"]


def test_codes_padded_with_zeros(register):
    rows = [("999901000000", *COUNTY[1:]), ("999901101000", *EAST[1:]), ("990000", "示例省", COUNTY[2])]
    load_boundaries(register, outlines(rows), FIELDS)
    assert [division.code for division in register.divisions()] == ["99", "999901", "999901101"]


def test_invalid_outline_is_repaired(register):
    load_boundaries(register, outlines([("999901101", "东镇", BOW_TIE)]), FIELDS)
    areas = DivisionAreas.of(register)
    assert areas.division_of(np.array([110.01, 110.09, 110.05]), np.array([19.05, 19.05, 19.09])) == [
        "999901101",
        "999901101",
        None,
    ]


def test_projected_outlines(register):
    projected = QgsCoordinateReferenceSystem("EPSG:4546")  # CGCS2000, central meridian 111°E
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4490"), projected, QgsProject.instance())
    geometry = QgsGeometry.fromWkt(EAST[2])
    geometry.transform(transform)
    load_boundaries(register, outlines([(*EAST[:2], geometry.asWkt(3))], "EPSG:4546"), FIELDS)
    assert DivisionAreas.of(register).division_of(np.array([110.75]), np.array([19.25])) == ["999901101"]
    assert register.divisions()[0].longitude == pytest.approx(110.75, abs=0.01)


@pytest.mark.parametrize(
    "crs, code",
    [
        ("EPSG:4610", "DATUM_REFUSED"),
        ("EPSG:2349", "DATUM_REFUSED"),
        ("EPSG:4214", "DATUM_REFUSED"),
        ("", "CRS_INVALID"),
    ],
)
def test_secret_or_missing_crs(register, crs, code):
    with pytest.raises(RegisterError) as caught:
        layer = outlines([EAST], crs)
        if not crs:
            layer.setCrs(QgsCoordinateReferenceSystem())
        load_boundaries(register, layer, FIELDS)
    assert caught.value.code == code
    assert not register.divisions()


def test_cancelled(register):
    class Impatient(Silent):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        load_boundaries(register, outlines([EAST]), FIELDS, Impatient())
    assert not register.divisions()


def test_village_list(register):
    load_boundaries(register, outlines([EAST]), FIELDS)
    report = load_villages(
        register,
        villages(
            [
                ("999901101001", "甲村", "110.6", "19.1", "老甲、甲家庄"),
                ("999901101002", "乙村", "", "", ""),
                ("999901101003", "丙村", "19.1", "110.6", ""),
                ("999901101004", "丁村", "一百一十", "19.1", ""),
                ("999901101", "东镇", "110.7", "19.3", ""),
            ]
        ),
        VILLAGE_FIELDS,
    )
    assert (report.loaded, report.replaced) == ({DivisionLevel.VILLAGE: 2}, {DivisionLevel.TOWNSHIP: 1})
    assert [row.code for row in report.refused] == ["DIVISION_POINT", "DIVISION_POINT"]
    known = {division.code: division for division in register.divisions()}
    assert known["999901101001"].aliases == ("老甲", "甲家庄")
    assert known["999901101002"].longitude is None
    assert (known["999901101"].longitude, known["999901101"].latitude) == (110.7, 19.3)
    assert DivisionAreas.of(register).division_of(np.array([110.75]), np.array([19.25])) == ["999901101"]


def test_village_points(register):
    layer = outlines([("999901101001", "甲村", "POINT(110.6 19.1)")], kind="Point")
    load_villages(register, layer, FIELDS)
    assert register.divisions()[0].longitude == pytest.approx(110.6)


def test_smallest_division_counts(register):
    load_boundaries(register, outlines([COUNTY, EAST, WEST]), FIELDS)
    areas = DivisionAreas.of(register)
    longitude = np.array([110.75, 110.25, 110.75, 109.0, np.nan, 110.5])
    latitude = np.array([19.25, 19.25, 19.75, 19.0, 19.0, 19.25])
    assert areas.division_of(longitude, latitude) == ["999901101", "999901102", "999901", None, None, "999901101"]
    assert (areas.any, areas.finest) == (True, 9)


def test_no_outlines_need_no_shapely(register, monkeypatch):
    monkeypatch.setattr("originmap.core.register.boundaries.load", None)
    areas = DivisionAreas.of(register)
    assert areas.division_of(np.array([110.0, np.nan]), np.array([19.0, 19.0])) == [None, None]
    assert (areas.any, areas.finest) == (False, 0)


def test_missing_shapely_is_told(register, monkeypatch):
    load_boundaries(register, outlines([EAST]), FIELDS)
    monkeypatch.setitem(__import__("sys").modules, "shapely", None)
    with pytest.raises(OriginMapError) as caught:
        DivisionAreas.of(register)
    assert caught.value.code == "MISSING_DEPENDENCY"


places = st.lists(st.tuples(st.floats(109.9, 111.1), st.floats(18.9, 20.1)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(places)
def test_same_answer_as_asking_one_by_one(register, points):
    if not register.divisions():
        load_boundaries(register, outlines([COUNTY, EAST, WEST]), FIELDS)
    longitude, latitude = np.array(points).T
    together = DivisionAreas.of(register).division_of(longitude, latitude)
    shapes = [(code, QgsGeometry.fromWkt(wkt)) for code, _, wkt in (EAST, WEST, COUNTY)]
    for (x, y), code in zip(points, together):
        point = QgsGeometry.fromWkt(f"POINT({x!r} {y!r})")
        assert code == next((name for name, shape in shapes if shape.intersects(point)), None)
