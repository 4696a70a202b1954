"""Placing by a click: what stands in the file after it, what is asked about it, and how it is undone."""

from __future__ import annotations

import pytest
from osgeo import gdal, osr
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from originmap.core.register.register import Register
from originmap.forms.layer_group import add_basemap
from originmap.forms.queue.page import QueuePage

from ...records import point
from .conftest import QINGTANG, click_map, near, place_of, press, progress, said, stored


def test_f8_leads_to_the_best_guess_and_a_click_there_places_that_record(open_page, rough, path, qtbot, workbench):
    first, second = rough
    page = open_page()
    press(page, qtbot, Qt.Key.Key_F8)
    assert page.work.item.uid == first and page.place_bar.armed
    centre = workbench.position_of(workbench.canvas.center())
    assert centre == pytest.approx((110.2, 19.5), abs=1e-4)
    wanted = near(page, 30.0)
    click_map(page, qtbot, wanted)
    row = stored(path, first)
    assert place_of(row) == pytest.approx(wanted, abs=2e-5)
    assert (
        (row["point_quality"], row["point_by"]) == ("exact", "王示例") and row["point_at"] and row["point_radius"] > 0
    )
    assert page.work.item.uid == second and "乙农场" in said(page)
    assert progress(page.lists.model) == [("青塘村", "2/3")]
    assert page.lists.model.village_of(first) is None
    assert stored(path, second)["point_quality"] == "approximate"


def test_the_imagery_and_the_way_are_kept_and_the_way_is_remembered(open_page, rough, path, qtbot, workbench, tmp_path):
    first, second = rough
    page = open_page()
    picture = tmp_path / "影像.tif"
    made = gdal.GetDriverByName("GTiff").Create(str(picture), 20, 20, 1, gdal.GDT_Byte)
    made.SetGeoTransform((110.0, 0.05, 0, 20.0, 0, -0.05))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4490)
    made.SetProjection(crs.ExportToWkt())
    made.GetRasterBand(1).Fill(90)
    del made
    layer = QgsRasterLayer(str(picture), "示例影像")
    add_basemap(QgsProject.instance(), layer)
    workbench.canvas.setLayers([layer])
    page.next()
    click_map(page, qtbot, near(page))
    row = stored(path, first)
    assert (row["point_method"], row["point_source"]) == ("imagery", "示例影像")
    page.findChild(QWidget, "originmap_queue_on_site").click()
    assert QueuePage(workbench).way.on_site
    click_map(page, qtbot, near(page))
    row = stored(path, second)
    assert (row["point_method"], row["point_source"]) == ("site_visit", "示例影像")


def test_when_nothing_waits_any_more_the_map_is_given_back(open_page, rough, qtbot, workbench):
    page = open_page()
    page.next()
    for _ in rough:
        click_map(page, qtbot, near(page))
    assert page.work.item is None and not page.place_bar.armed
    assert page.findChild(QLabel, "originmap_queue_empty").isVisible()
    assert "甲农场" in said(page)


def test_a_double_click_places_one_record(open_page, rough, path, qtbot, workbench):
    page = open_page()
    page.next()
    canvas = workbench.canvas
    middle = canvas.viewport().rect().center()
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert [stored(path, uid)["point_quality"] for uid in rough] == ["exact", "approximate"]


def test_undo_puts_the_record_back_to_hand(open_page, rough, path, qtbot):
    first, _ = rough
    page = open_page()
    page.next()
    before = dict(stored(path, first))
    click_map(page, qtbot, near(page, 30.0))
    qtbot.mouseClick(page.findChild(QWidget, "originmap_queue_outcome_undo"), Qt.MouseButton.LeftButton)
    after = dict(stored(path, first))
    assert {name for name in before if before[name] != after[name]} <= {"updated_at", "updated_by"}
    assert page.work.item.uid == first and progress(page.lists.model) == [("青塘村", "1/3")]
    assert page.lists.model.village_of(first) is not None


def test_undo_is_not_offered_after_another_page_changed_something(open_page, rough, qtbot, workbench):
    page = open_page()
    page.next()
    click_map(page, qtbot, near(page))
    assert said(page)
    assert workbench.session.editor.change(rough[1], {"remark": "别处"}, "改备注").ok
    assert not said(page)


def test_a_point_outside_the_declared_division_is_asked_about(open_page, put, path, qtbot):
    uid = put(
        "甲农场", division_code=QINGTANG, geom=point(110.4999, 19.5), point_quality="approximate", point_radius=50
    )
    page = open_page()
    page.next()
    outside = (110.5003, 19.5)
    click_map(page, qtbot, outside)
    assert page.ask.asking and stored(path, uid)["point_quality"] == "approximate"
    press(page, qtbot, Qt.Key.Key_Escape)
    assert not page.ask.asking and page.work.item.uid == uid
    click_map(page, qtbot, outside)
    press(page, qtbot, Qt.Key.Key_Space)
    assert stored(path, uid)["point_quality"] == "exact"
    assert place_of(stored(path, uid)) == pytest.approx(outside, abs=2e-5)


def test_what_was_asked_about_one_record_is_not_answered_for_another(open_page, rough, path, qtbot, workbench):
    first, second = rough
    page = open_page()
    page.next()
    click_map(page, qtbot, near(page))
    workbench.go_to((110.1, 19.5), 20_000.0)
    click_map(page, qtbot, (110.1, 19.5))
    assert page.ask.asking and page.work.item.uid == second
    page.findChild(QWidget, "originmap_queue_outcome_undo").click()
    assert page.work.item.uid == first and not page.ask.asking
    # The next click answers a question by itself.
    workbench.go_to((110.2, 19.5), 20_000.0)
    click_map(page, qtbot, (110.2, 19.5))
    assert page.ask.asking
    workbench.go_to((110.2, 19.5), 60.0)
    click_map(page, qtbot, (110.2, 19.5))
    assert not page.ask.asking and stored(path, first)["point_quality"] == "exact"
    assert stored(path, second)["point_method"] == "workbook"


def test_what_cannot_be_undone_is_said_and_nothing_older_is_taken_back(open_page, rough, path, qtbot, workbench):
    page = open_page()
    page.next()
    for _ in rough:
        click_map(page, qtbot, near(page))
    with Register.open(path) as register:
        register.connection.execute("UPDATE record SET remark = '别人' WHERE uid = ?", (rough[1],))
    page.findChild(QWidget, "originmap_queue_outcome_undo").click()
    assert not page.ask.asking and workbench.iface.messageBar().items()
    assert [stored(path, uid)["point_quality"] for uid in rough] == ["exact", "exact"]


def test_a_click_on_a_map_that_shows_too_much_is_not_taken_for_exact(open_page, rough, path, qtbot, workbench):
    page = open_page()
    page.next()
    workbench.go_to((110.2, 19.5), 20_000.0)
    click_map(page, qtbot, (110.2, 19.5))
    assert page.ask.asking
    page.findChild(QWidget, "originmap_ask_1").click()
    assert stored(path, rough[0])["point_method"] == "workbook" and page.work.item.uid == rough[0]
    assert workbench.canvas.mapUnitsPerPixel() < 1.0
    click_map(page, qtbot, (110.2, 19.5))
    assert stored(path, rough[0])["point_quality"] == "exact"
