"""Ctrl+K: QGIS's own locator finds records of the open register in its threads, and Enter leads to the record."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsLocator, QgsLocatorContext, QgsLocatorResult, QgsPointXY, QgsProject, QgsSettings
from qgis.gui import QgsMessageBar

from originmap.core.register.create import create_register
from originmap.core.register.editing import RecordEditor
from originmap.core.register.layers import open_layer
from originmap.forms.pages import Page
from originmap.forms.workbench import Workbench
from originmap.plugin.locator import OriginMapLocator

POINT = QgsPointXY(110.5, 19.5)
COLUMNS = ("producer_name", "variety", "site_address", "contact_phone")
RECORDS = (
    ("示例种植合作社", "cowpea", "青塘村三组", "13800001234"),
    ("王示例", "egg", "白水村", "0898-12345678"),
)


@pytest.fixture(scope="module")
def filled(qgis_app, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("locator") / "register.gpkg"
    create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省").close()
    layer = open_layer(path)
    editor = RecordEditor(layer)
    for number, values in enumerate(RECORDS):
        record = {**dict(zip(COLUMNS, values)), "cycle": "2026-03", "township": "石湾镇"}
        assert editor.add(record, None if number else POINT, "新增").ok
    editor.layer = None
    del layer
    return path


@pytest.fixture
def workbench(qgis_iface, qgis_new_project, monkeypatch, filled, tmp_path):
    bar = QgsMessageBar()
    monkeypatch.setattr(qgis_iface, "messageBar", lambda: bar)
    made = Workbench(qgis_iface)
    made.open(Path(shutil.copy(filled, tmp_path / "档案库.gpkg")))
    yield made
    made.release()
    QgsProject.instance().clear()
    QgsSettings().remove("originmap")


@pytest.fixture
def locator(workbench):
    made = QgsLocator()
    made.registerFilter(OriginMapLocator(workbench))
    return made


@pytest.fixture
def find(locator, qtbot):
    def found(text: str) -> list:
        results = []

        def keep(result: QgsLocatorResult) -> None:
            results.append(QgsLocatorResult(result))

        locator.foundResult.connect(keep)
        with qtbot.waitSignal(locator.finished, timeout=5000):
            locator.fetchResults(text, QgsLocatorContext())
        qtbot.waitUntil(lambda: not locator.isRunning())
        locator.foundResult.disconnect(keep)
        return results

    return found


def test_what_is_found_names_product_and_place(find):
    (result,) = find("示例种植")
    assert result.displayString == "示例种植合作社"
    assert result.description.endswith("2026-03 · 青塘村三组") and not result.icon.isNull()
    assert "1380000" not in result.description


def test_the_prefix_asks_this_filter_alone(find, locator):
    assert locator.filters("cdt"), "QGIS took the prefix away"
    assert [result.displayString for result in find("cdt 石湾")] == ["示例种植合作社", "王示例"]


@pytest.mark.parametrize(
    ("masked", "typed", "shown"),
    [(True, "1234", "138****1234"), (False, "1234", "13800001234"), (True, "5678", "0898-****5678")],
)
def test_a_phone_shows_why_it_was_found_and_is_masked(find, workbench, masked, typed, shown):
    workbench.profile = replace(workbench.profile, masked=masked)
    (result,) = find(typed)
    assert result.description.endswith(shown)


def test_enter_goes_to_the_record_and_opens_it(find, workbench, qtbot):
    (result,) = find("示例种植")
    pages = []
    workbench.page_wanted.connect(pages.append)
    with qtbot.waitSignal(workbench.record_wanted) as wanted:
        result.filter.triggerResult(result)
    stored = workbench.session.register.connection.execute("SELECT uid FROM record WHERE contact_phone = '13800001234'")
    assert wanted.args == [stored.fetchone()[0]] and pages == [Page.COLLECT]
    assert workbench.position_of(workbench.canvas.center()) == pytest.approx((110.5, 19.5), abs=1e-4)


def test_a_record_without_a_point_opens_where_the_map_is(find, workbench, qtbot):
    before = workbench.canvas.extent()
    (result,) = find("王示例")
    with qtbot.waitSignal(workbench.record_wanted):
        result.filter.triggerResult(result)
    assert workbench.canvas.extent() == before


def test_a_closed_register_has_no_results_and_a_result_of_before_does_nothing(find, workbench):
    (result,) = find("示例种植")
    wanted = []
    workbench.record_wanted.connect(wanted.append)
    workbench.close()
    assert find("示例种植") == []
    result.filter.triggerResult(result)
    assert wanted == []


def test_a_file_that_is_being_written_is_no_trouble(find, workbench):
    writer = sqlite3.connect(workbench.session.path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert len(find("示例种植")) == 1
    writer.execute("ROLLBACK")
    writer.close()
    assert len(find("示例种植")) == 1


def test_one_character_and_nothing_find_nothing(find):
    assert find("示") == [] and find("不在其中") == []


def test_it_goes_as_it_came(workbench):
    locator = QgsLocator()
    made = OriginMapLocator(workbench)
    locator.registerFilter(made)
    locator.deregisterFilter(made)
    assert locator.filters("cdt") == []
