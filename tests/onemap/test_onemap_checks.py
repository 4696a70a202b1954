"""Checks of a layout before it is printed: each finds its fault, none complains of our own sheet, QGIS runs them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from qgis.core import (
    QgsAbstractValidityCheck,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeedback,
    QgsLayoutValidityCheckContext,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QRectF

from originmap.core.onemap.checks import STALE_DAYS, check, register_checks, withdraw_checks
from originmap.core.onemap.legend import Part, add_legend
from originmap.core.onemap.mapsheet import Imprint, compose, first_page
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query
from originmap.core.onemap.renderer import dot
from originmap.core.onemap.sheet import Sheet, new_layout
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register

DEGREES = QgsCoordinateReferenceSystem.fromEpsgId(4490)
BOX = QRectF(20, 30, 100, 100)


@pytest.fixture
def project(qgis_app):
    return QgsProject()


@pytest.fixture
def sheet(project):
    return Sheet.add(new_layout(project, "test"), PAPERS[0])


def found(sheet) -> list[str]:
    return [result.checkId.replace("originmap_check_", "") for result in check(sheet.layout)]


def records(project, *days: str) -> QgsVectorLayer:
    columns = "field=variety:string&field=scale:double&field=point_quality:string&field=collected_on:date"
    layer = QgsVectorLayer(f"Point?crs=EPSG:4490&{columns}&field=contact_phone:string", "records", "memory")
    for day in days:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["cowpea", 1.0, "exact", day, "13800000001"])
        layer.dataProvider().addFeatures([feature])
    project.addMapLayer(layer, False)
    return layer


def show(sheet, *layers, extent=QgsRectangle(110, 30, 111, 31), name="map"):  # noqa: B008
    return sheet.map(name, BOX, list(layers), DEGREES, extent)


def test_our_own_sheet_has_only_its_age(project, printed: Path):
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
    layout = new_layout(project, "own")
    compose(layout, project, PAPERS[0], county, first_page(county, Query()), Imprint())
    assert {result.checkId for result in check(layout)} <= {"originmap_check_stale"}


@pytest.mark.parametrize(
    "text, personal",
    [("联系人电话 13800000001", True), ("138****0001", False), ("110101199001011234", True), ("1380000000123", False)],
)
def test_numbers_of_people_are_found(sheet, text, personal):
    sheet.label("note", text, BOX, 8)
    assert found(sheet) == (["personal_data"] if personal else [])


def test_numbers_in_tables_are_found(sheet):
    sheet.table("table", [["a", "b"], ["x", "13800000001"], ["c", "d"]], BOX, (0.5, 0.5), 8)
    assert found(sheet) == ["personal_data"]


@pytest.mark.parametrize("column", ["contact_phone", "producer_name"])
def test_labels_of_personal_columns_are_found(sheet, project, column):
    layer = records(project, date.today().isoformat())
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = f"'☎' || \"{column}\"", True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    show(sheet, layer)
    assert found(sheet) == ["personal_data"]


def test_hainan_needs_the_islands(sheet):
    show(sheet, extent=QgsRectangle(108, 18, 112, 21))
    assert found(sheet) == ["south_china_sea"]
    show(sheet, extent=QgsRectangle(107, 3, 121, 24), name="islands")
    assert found(sheet) == []


def test_a_layer_without_records_is_found(sheet, project):
    show(sheet, records(project))
    assert found(sheet) == ["no_records"]


@pytest.mark.parametrize("days, old", [(STALE_DAYS + 1, True), (STALE_DAYS - 1, False)])
def test_old_data_are_found(sheet, project, days, old):
    show(sheet, records(project, "2020-01-01", (date.today() - timedelta(days=days)).isoformat()))
    assert found(sheet) == (["stale"] if old else [])


def test_small_text_and_long_legends_are_found(sheet, project):
    sheet.label("note", "小字", BOX, 4.5)
    assert found(sheet) == ["unreadable"]
    add_legend(project, sheet, [Part("legend", "产品", [(dot(2, "#000000"), str(n)) for n in range(31)])])
    assert found(sheet) == ["unreadable", "unreadable"]


def test_qgis_runs_them_until_they_are_withdrawn(sheet):
    sheet.label("note", "13800000001", BOX, 8)
    registry, kind = QgsApplication.validityCheckRegistry(), QgsAbstractValidityCheck.Type.TypeLayoutCheck

    def told() -> list[str]:
        results = registry.runChecks(kind, QgsLayoutValidityCheckContext(sheet.layout), QgsFeedback())
        return [result.checkId for result in results if result.checkId.startswith("originmap")]

    before = len(registry.checks())
    made = register_checks()
    assert told() == ["originmap_check_personal_data"]
    withdraw_checks(made)
    assert told() == []
    withdraw_checks(made)  # as when QGIS has already let go of them
    assert len(registry.checks()) == before
