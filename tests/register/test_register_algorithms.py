"""The two algorithms as Processing runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

from originmap.core.register.register import Register
from originmap.processing.createregister import CreateRegister
from originmap.processing.loadboundaries import LoadBoundaries


def run(algorithm, parameters: dict[str, object]) -> tuple[dict[str, object], bool, str]:
    """Outputs, whether it went well, and the log as a person reads it."""
    made, feedback = algorithm.create(), QgsProcessingFeedback()
    context = QgsProcessingContext()
    allowed, sentence = made.checkParameterValues(parameters, context)
    if not allowed:
        return {}, False, sentence
    results, ok = made.run(parameters, context, feedback)
    return results, ok, feedback.textLog()


@pytest.fixture
def made(qgis_app, qgis_processing, tmp_path: Path) -> Path:
    path = tmp_path / "county.gpkg"
    names = {"COUNTY": "999901", "COUNTY_NAME": "示例省 示例市 示例县"}
    results, ok, log = run(CreateRegister(), {**names, "REGISTER": str(path)})
    assert ok, log
    assert results["COUNTY_CODE"] == "999901"
    return path


def test_invented_county(made):
    with Register.open(made) as register:
        assert (register.county_name, register.setting("city_name"), register.setting("province_name")) == (
            "示例县",
            "示例市",
            "示例省",
        )


@pytest.mark.parametrize("county", ["469002", "琼海市"])
def test_county_by_code_or_name(qgis_app, qgis_processing, tmp_path, county):
    results, ok, log = run(CreateRegister(), {"COUNTY": county, "REGISTER": str(tmp_path / "x.gpkg")})
    assert ok, log
    with Register.open(tmp_path / "x.gpkg") as register:
        assert (register.county_code, register.county_name) == ("469002", "琼海市")


@pytest.mark.parametrize("county, code", [("999902", "999902"), ("没有县", "没有县"), ("朝阳区", "朝阳区")])
def test_unclear_county(qgis_app, qgis_processing, tmp_path, county, code):
    _, ok, log = run(CreateRegister(), {"COUNTY": county, "REGISTER": str(tmp_path / "x.gpkg")})
    assert not ok
    assert code in log
    assert not list(tmp_path.iterdir())


def test_existing_register_is_kept(made):
    before = made.read_bytes()
    parameters = {"COUNTY": "999901", "COUNTY_NAME": "示例县", "REGISTER": str(made)}
    _, ok, _ = run(CreateRegister(), parameters)
    assert not ok
    assert made.read_bytes() == before
    _, ok, log = run(CreateRegister(), {**parameters, "REPLACE": True})
    assert ok, log


def test_load_boundaries_and_villages(made, tmp_path):
    outlines = QgsVectorLayer("Polygon?crs=EPSG:4490&field=daima:double&field=mc:string", "乡镇界", "memory")
    for code, name in ((999901101.0, "东镇"), (12.5, "错")):
        feature = QgsFeature(outlines.fields())
        feature.setAttributes([code, name])
        feature.setGeometry(QgsGeometry.fromWkt("POLYGON((110 19, 111 19, 111 20, 110 20, 110 19))"))
        outlines.dataProvider().addFeatures([feature])
    table = tmp_path / "villages.csv"
    table.write_text("code,name,x,y,alias\n999901101001,甲村,110.5,19.5,老甲\n", encoding="utf-8")
    parameters = {
        "REGISTER": str(made),
        "BOUNDARIES": outlines,
        "CODE_FIELD": "daima",
        "NAME_FIELD": "mc",
        "VILLAGES": str(table),
        "VILLAGE_CODE": "code",
        "VILLAGE_NAME": "name",
        "VILLAGE_LONGITUDE": "x",
        "VILLAGE_LATITUDE": "y",
        "VILLAGE_ALIAS": "alias",
    }
    results, ok, log = run(LoadBoundaries(), parameters)
    assert ok, log
    assert (results["LOADED"], results["REPLACED"], results["REFUSED"]) == (2, 0, 1)
    assert "12.5" in results["REASONS"] and "12.5" in log
    with Register.open(made) as register:
        assert [division.name for division in register.divisions()] == ["东镇", "甲村"]


def test_layer_without_its_fields_is_asked_for(made):
    outlines = QgsVectorLayer("Polygon?crs=EPSG:4490&field=code:string", "乡镇界", "memory")
    _, ok, _ = run(LoadBoundaries(), {"REGISTER": str(made), "BOUNDARIES": outlines, "CODE_FIELD": "code"})
    assert not ok
    _, ok, _ = run(LoadBoundaries(), {"REGISTER": str(made)})
    assert not ok
