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
    QgsLayoutItemAttributeTable,
    QgsLayoutValidityCheckContext,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QRectF

from originmap.core.onemap.checks import (
    MOST_ENTRIES,
    SMALLEST_POINTS,
    STALE_DAYS,
    check,
    register_checks,
    withdraw_checks,
)
from originmap.core.onemap.legend import Part, add_legend
from originmap.core.onemap.mapsheet import Imprint, compose, first_page
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query
from originmap.core.onemap.renderer import dot
from originmap.core.onemap.sheet import Sheet, new_layout
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register

DEGREES = QgsCoordinateReferenceSystem.fromEpsgId(4490)
TODAY = date.today().isoformat()
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
    [
        ("联系人电话 13800000001", True),
        ("+86 138-0000-0001", True),
        ("电话：0898-12345678", True),
        ("110101199001011234", True),
        ("138****0001", False),
        ("0898-****678", False),
        ("1380000000123", False),
        ("914601002012345671", False),  # a credit code
        ("2026-11-24　1∶277,000　111.656390", False),
    ],
)
def test_numbers_of_people_are_found(sheet, text, personal):
    sheet.label("note", text, BOX, 8)
    assert found(sheet) == (["personal_data"] if personal else [])


@pytest.mark.parametrize("number, personal", [("13800000001", True), ("138****0001", False), ("1,380", False)])
def test_numbers_in_tables_are_found(sheet, number, personal):
    sheet.table("table", [["a", "b"], ["x", number], ["c", "d"]], BOX, (0.5, 0.5), 8)
    assert found(sheet) == ["personal_data"] * personal


@pytest.mark.parametrize("column, personal", [("contact_phone", True), ("scale", False)])
def test_attribute_tables_of_personal_columns_are_found(sheet, project, column, personal):
    table = QgsLayoutItemAttributeTable(sheet.layout)
    sheet.layout.addMultiFrame(table)
    table.setVectorLayer(records(project, TODAY))
    table.setDisplayedFields([column])
    assert found(sheet) == ["personal_data"] * personal


@pytest.mark.parametrize("column, personal", [("contact_phone", True), ("producer_name", True), ("variety", False)])
def test_labels_of_personal_columns_are_found(sheet, project, column, personal):
    layer = records(project, TODAY)
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = f"'☎' || \"{column}\"", True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    show(sheet, layer)
    assert found(sheet) == ["personal_data"] * personal
    layer.setLabelsEnabled(False)
    assert found(sheet) == []


@pytest.mark.parametrize("extent", [(110, 18, 112, 21), (109.5, 18, 113, 21), (97, 21, 106, 29), (109, 31, 111, 34)])
def test_a_part_of_hainan_or_another_province_needs_none(sheet, extent):
    show(sheet, extent=QgsRectangle(*extent))
    assert found(sheet) == []


def test_all_of_china_needs_the_islands(sheet):
    wide = QRectF(20, 30, 100, 55.5)
    sheet.map("mainland", wide, [], DEGREES, QgsRectangle(73, 18, 136, 53))
    assert found(sheet) == ["south_china_sea"]
    show(sheet, extent=QgsRectangle(73, 3, 136, 54), name="with the islands")
    assert found(sheet) == []


def test_hainan_needs_the_islands(sheet):
    show(sheet, extent=QgsRectangle(108, 18, 112, 21))
    assert found(sheet) == ["south_china_sea"]
    show(sheet, extent=QgsRectangle(107, 3, 121, 24), name="islands")
    assert found(sheet) == []


def test_a_layer_without_records_is_found(sheet, project):
    empty, full = records(project), records(project, TODAY)
    show(sheet, full, name="full")
    assert found(sheet) == []
    show(sheet, full, empty)
    assert found(sheet) == ["no_records"]
    full.setSubsetString("variety = 'pig'")
    assert found(sheet) == ["no_records", "no_records"]


def test_another_layer_may_be_empty(sheet, project):
    layer = QgsVectorLayer("Point?crs=EPSG:4490&field=name:string", "villages", "memory")
    project.addMapLayer(layer, False)
    show(sheet, layer)
    assert found(sheet) == []


@pytest.mark.parametrize("days, old", [(STALE_DAYS + 1, True), (STALE_DAYS - 1, False)])
def test_old_data_are_found(sheet, project, days, old):
    show(sheet, records(project, "2020-01-01", (date.today() - timedelta(days=days)).isoformat()))
    assert found(sheet) == (["stale"] if old else [])


@pytest.mark.parametrize("points, small", [(4.5, True), (SMALLEST_POINTS, False)])
def test_small_text_is_found(sheet, points, small):
    sheet.label("note", "小字", BOX, points)
    sheet.label("blank", "", BOX, 1.0)
    assert found(sheet) == ["unreadable"] * small


@pytest.mark.parametrize("entries, many", [(MOST_ENTRIES + 1, True), (MOST_ENTRIES, False)])
def test_long_legends_are_found(sheet, project, entries, many):
    add_legend(project, sheet, [Part("legend", "产品", [(dot(2, "#000000"), str(n)) for n in range(entries)])])
    assert found(sheet) == ["unreadable"] * many


def test_a_project_that_is_no_layout_of_ours_is_checked_as_well(sheet, project):
    """Maps without layers of their own show those that are ticked in the project."""
    layer = records(project, (date.today() - timedelta(days=STALE_DAYS + 1)).isoformat())
    node = project.layerTreeRoot().addLayer(layer)
    show(sheet)
    assert found(sheet) == ["stale"]
    node.setItemVisibilityChecked(False)
    assert found(sheet) == []


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
