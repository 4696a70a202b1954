"""The queue with a real register, map, mouse and keys: what stands in the file after each step, and what is said."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QMainWindow, QWidget

from originmap.core.places.divisions import DivisionLevel
from originmap.core.register.changing import change
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.errors import RegisterError
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.core.review.person import Person
from originmap.forms.layer_group import add_basemap
from originmap.forms.profile import Profile
from originmap.forms.queue.page import QueuePage
from originmap.forms.queue.tree import ProgressRole, QueueModel

SHIWAN, QINGTANG = "999901101", "999901101001"
RECORD = {
    "status": "draft",
    "county": "示例县",
    "township": "石湾镇",
    "village": "青塘村",
    "variety": "cowpea",
    "cycle": "2026-春茬",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "point_quality": "none",
    "origin": "workbook",
}
# Half a degree square around the place where the tests' records are; the neighbour lies east of it.
OUTLINES = {QINGTANG: (110.0, 110.5), "999901102001": (110.5, 111.0)}


def blob(longitude: float, latitude: float) -> bytes:
    return point_blobs(np.array([longitude]), np.array([latitude]))[0]


@pytest.fixture(scope="session")
def _county(qgis_app, tmp_path_factory) -> Path:
    """With outlines of two villages, and two townships that have a village of the same name."""
    path = tmp_path_factory.mktemp("queue") / "register.gpkg"
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=code:string&field=name:string", "villages", "memory")
    for code, (west, east) in OUTLINES.items():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, "青塘村" if code == QINGTANG else "白水村"])
        square = f"MultiPolygon((({west} 19, {east} 19, {east} 20, {west} 20, {west} 19)))"
        feature.setGeometry(QgsGeometry.fromWkt(square))
        layer.dataProvider().addFeature(feature)
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        load_boundaries(register, layer, DivisionFields("code", "name"))
        for code, name, longitude in ((SHIWAN, "石湾镇", 110.2), ("999901103", "河口镇", 110.8)):
            _division(register, code, name, DivisionLevel.TOWNSHIP, longitude)
            _division(register, f"{code}009", "太平村", DivisionLevel.VILLAGE, longitude)
    del layer
    return path


def _division(register: Register, code: str, name: str, level: DivisionLevel, longitude: float) -> None:
    register.connection.execute(
        "INSERT INTO division (code, name, level, longitude, latitude) VALUES (?, ?, ?, ?, 19.6)",
        (code, name, level.value, longitude),
    )


@pytest.fixture
def path(_county, tmp_path) -> Path:
    return Path(shutil.copy(_county, tmp_path / "档案库.gpkg"))


@pytest.fixture
def put(path):
    """Insert a record that waits, at the west of 青塘村; gives its uid."""

    def put_record(producer: str, **changes: object) -> str:
        record = {**RECORD, "uid": str(uuid.uuid4()), "producer_name": producer, "site_address": producer, **changes}
        columns = ", ".join(record)
        query = f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})"
        register.connection.execute(query, tuple(record.values()))
        return record["uid"]

    with Register.open(path) as register:
        register.connection.execute("PRAGMA synchronous = OFF")
        yield put_record


@pytest.fixture
def rough(put):
    """Two records with a rough point each, and one that is done."""
    at = {"point_quality": "approximate", "point_radius": 80, "point_method": "workbook"}
    made = [put(name, geom=blob(110.1 + number / 10, 19.5), **at) for number, name in enumerate(("甲农场", "乙农场"))]
    put("丙农场", geom=blob(110.3, 19.5), point_quality="exact")
    # By producer: 乙 before 甲.
    return made[1], made[0]


@pytest.fixture
def window(iface, qtbot):
    """The map and room for the page beside it, so that keys pressed on the map reach the page's actions."""
    window = QMainWindow()
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    parent_before = canvas.parentWidget()
    window.setCentralWidget(canvas)
    window.resize(1000, 760)
    window.show()
    yield window
    window.takeCentralWidget()
    canvas.setParent(parent_before)
    window.deleteLater()


@pytest.fixture
def open_page(workbench, window, path, qtbot):
    """Open the register and the page in front of it, when all records have been put into the file."""
    from qgis.PyQt.QtWidgets import QDockWidget

    pages = []

    def opened() -> QueuePage:
        workbench.set_profile(Profile(name="王示例"))
        workbench.open(path)
        page = QueuePage(workbench)
        dock = QDockWidget(window)
        dock.setWidget(page)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page.enter()
        pages.append(page)
        qtbot.waitUntil(lambda: not page.lists.counting)
        return page

    opened.pages = pages
    yield opened
    for page in pages:
        page.release()


def stored(path: Path, uid: str) -> sqlite3.Row:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = connection.execute("SELECT * FROM record WHERE uid = ?", (uid,)).fetchone()
    connection.close()
    return found


def place_of(row: sqlite3.Row) -> tuple[float, float]:
    from originmap.core.register.rows import position_of

    return position_of(row["geom"])


def click_map(page, qtbot, position) -> None:
    """A real click on the map at a place that it shows."""
    canvas = page._workbench.canvas
    pixel = canvas.getCoordinateTransform().transform(page._workbench.map_point_of(position))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=pixel.toQPointF().toPoint())


def press(page, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier, widget=None) -> None:
    qtbot.keyClick(widget or page.window().focusWidget() or page, key, modifier)


def near(page, metres_east: float = 0.0) -> tuple[float, float]:
    longitude, latitude = page.work.item.guess
    return longitude + metres_east / 105_000, latitude


def said(page) -> str:
    bar = page.findChild(QWidget, "originmap_queue_outcome")
    return bar.findChild(QLabel, "originmap_queue_outcome_text").text() if bar.isVisible() else ""


def progress(model: QueueModel) -> list[tuple[str, str]]:
    found = []
    for row in range(model.rowCount()):
        above = model.index(row, 0)
        for child in range(model.rowCount(above)):
            index = model.index(child, 0, above)
            done, total = index.data(ProgressRole)
            found.append((index.data(), f"{done}/{total}"))
    return found


# --- the tree


def test_the_tree_counts_villages_and_reads_records_only_when_opened(open_page, put, qtmodeltester):
    for number in range(230):
        put(f"农场{number:03}")
    put("已定位", point_quality="exact", geom=blob(110.2, 19.5))
    put("别村", village="白水村")
    put("做完了", village="完工村", point_quality="exact", geom=blob(110.2, 19.5))
    page = open_page()
    model = page.lists.model
    assert progress(model) == [("白水村", "0/1"), ("青塘村", "1/231")]
    village = model.index(1, 0, model.index(0, 0))
    assert village.data(Qt.ItemDataRole.AccessibleTextRole) == "青塘村 1/231"
    assert model.rowCount(village) == 0 and model.hasChildren(village) and model.canFetchMore(village)
    tree, counts = page.lists.tree, []
    tree.expand(model.index(0, 0))
    tree.expand(village)
    # What is open is not read to its end before a person comes near it, whatever happens to its lines.
    model.recount("石湾镇", "青塘村")
    model.forget(model.item_at(village).uid)
    QApplication.processEvents()
    while model.begun():
        counts.append(model.rowCount(village))
        tree.scrollTo(model.index(counts[-1] - 1, 0, village))
    assert counts == [99, 199] and model.rowCount(village) == 229
    names = [model.index(row, 0, village).data() for row in range(229)]
    assert names == sorted(names) and names[7].startswith("农场008")
    assert not model.index(0, 0, village).data(Qt.ItemDataRole.DecorationRole).isNull()
    qtmodeltester.check(model)


def test_a_record_far_down_is_found_by_reading_on(open_page, put):
    uids = [put(f"农场{number:03}") for number in range(130)]
    page = open_page()
    item = page._workbench.session.queue.item(uids[120])
    assert page.lists.model.find(item).data().startswith("农场120")
    assert page.lists.model.village_of(uids[120]) == ("石湾镇", "青塘村")


def test_names_that_are_missing_are_said(open_page, put):
    put("甲农场", township=None, village=None)
    page = open_page()
    (line,) = progress(page.lists.model)
    assert line == ("(village not stated)", "0/1")


def test_what_happens_elsewhere_is_counted_for_its_village_alone(open_page, put, rough, workbench, qtbot):
    put("别村", village="白水村")
    page = open_page()
    model, resets = page.lists.model, []
    model.modelReset.connect(lambda: resets.append(1))
    done = workbench.session.editor.add({**RECORD, "producer_name": "新农场", "village": "新村"}, None, "新增")
    assert done.ok
    assert progress(model) == [("新村", "0/1"), ("白水村", "0/1"), ("青塘村", "1/3")]
    assert workbench.session.editor.change(done.uid, {"village": "白水村"}, "改村").ok
    assert ("白水村", "0/2") in progress(model)
    qtbot.waitUntil(lambda: model.totals.waiting == 4)
    assert ("新村", "0/0") in progress(model) and not resets


def test_coming_back_to_the_page_keeps_what_was_opened(open_page, rough, put, qtbot):
    page = open_page()
    page.lists.tree.expandAll()
    resets = []
    page.lists.model.modelReset.connect(lambda: resets.append(1))
    page.leave()
    put("丁农场")
    page.enter()
    qtbot.waitUntil(lambda: not page.lists.counting)
    village = page.lists.model.index(0, 0, page.lists.model.index(0, 0))
    assert page.lists.model.rowCount(village) == 3 and not resets


# --- placing


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


# --- what is asked


def test_a_point_outside_the_declared_division_is_asked_about(open_page, put, path, qtbot):
    uid = put("甲农场", division_code=QINGTANG, geom=blob(110.4999, 19.5), point_quality="approximate", point_radius=50)
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


def test_coming_back_from_the_form_shows_what_was_changed_there(open_page, rough, workbench):
    page = open_page()
    page.next()
    page.leave()
    assert workbench.session.editor.change(rough[0], {"site_address": "改正后的地址"}, "改地址").ok
    page.enter()
    assert "改正后的地址" in page.findChild(QLabel, "originmap_queue_about").text()


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


# --- aside and back


def test_what_cannot_be_located_is_put_aside_with_a_reason_and_put_back(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    press(page, qtbot, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.findChild(QComboBox, "originmap_aside_reason").isVisible()
    qtbot.keyClicks(page.window().focusWidget(), "moved away")
    press(page, qtbot, Qt.Key.Key_Return)
    assert stored(path, first)["aside_reason"] == "moved away" and page.work.item.uid == second
    assert page.lists.model.totals.aside == 1
    page.findChild(QWidget, "originmap_queue_lists").setCurrentIndex(1)
    aside = page.findChild(QListWidget, "originmap_aside_list")
    qtbot.waitUntil(lambda: aside.count() == 1)
    assert "moved away" in aside.item(0).text()
    page.findChild(QWidget, "originmap_aside_back").click()
    assert stored(path, first)["aside_reason"] is None
    qtbot.waitUntil(lambda: aside.count() == 0)
    assert page.lists.model.totals.waiting == 2


def test_a_reason_is_needed(open_page, rough, path, qtbot):
    page = open_page()
    page.next()
    page.findChild(QWidget, "originmap_queue_aside").click()
    reason = page.findChild(QComboBox, "originmap_aside_reason")
    assert reason.count() >= 4
    reason.setEditText("  ")
    press(page, qtbot, Qt.Key.Key_Return)
    assert reason.isVisible() and stored(path, rough[0])["aside_reason"] is None
    press(page, qtbot, Qt.Key.Key_Escape)
    assert not reason.isVisible() and page.work.item.uid == rough[0]


# --- verification


def test_a_record_is_verified_by_keys_alone(open_page, rough, path, qtbot):
    first, _ = rough
    page = open_page()
    page.next()
    press(page, qtbot, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    press(page, qtbot, Qt.Key.Key_Space)
    press(page, qtbot, Qt.Key.Key_Tab)
    press(page, qtbot, Qt.Key.Key_Space)
    press(page, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = stored(path, first)
    assert row["verified_how"] == '["household_survey","site_visit"]'
    assert row["verified_by"] == "王示例" and row["verified_on"] == stored_today(path)
    assert row["point_quality"] == "approximate" and page.work.item.uid == first


def stored_today(path: Path) -> str:
    connection = sqlite3.connect(path)
    (today,) = connection.execute("SELECT date('now', 'localtime')").fetchone()
    connection.close()
    return today


def test_after_placing_the_one_that_was_placed_can_be_verified(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    click_map(page, qtbot, near(page))
    page.findChild(QWidget, "originmap_queue_outcome_verify").click()
    assert page.findChild(QWidget, "originmap_verify").isVisible()
    page.findChild(QCheckBox, "originmap_verify_site_visit").click()
    page.findChild(QLineEdit, "originmap_verify_by").setText("李示例")
    page.findChild(QWidget, "originmap_verify_keep").click()
    row = stored(path, first)
    assert (row["verified_how"], row["verified_by"]) == ('["site_visit"]', "李示例")
    assert stored(path, second)["verified_how"] is None and page.work.item.uid == second


def test_verifying_needs_a_way_and_a_name(open_page, rough, path, qtbot):
    page = open_page()
    page.next()
    page.findChild(QWidget, "originmap_queue_verify").click()
    press(page, qtbot, Qt.Key.Key_Return)
    page.findChild(QCheckBox, "originmap_verify_site_visit").click()
    page.findChild(QLineEdit, "originmap_verify_by").clear()
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.findChild(QWidget, "originmap_verify").isVisible()
    assert stored(path, rough[0])["verified_on"] is None


# --- what goes wrong


def test_while_the_file_is_locked_the_click_is_kept_and_the_record_stays(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    wanted = near(page, 20.0)
    click_map(page, qtbot, wanted)
    assert page.work.item.uid == first and "Somebody else" in said(page)
    click_map(page, qtbot, near(page, -20.0))
    page.next()
    assert page.work.item.uid == first
    writer.execute("COMMIT")
    writer.close()
    qtbot.waitUntil(lambda: page.work.item.uid == second)
    assert place_of(stored(path, first)) == pytest.approx(wanted, abs=2e-5)
    assert stored(path, second)["point_quality"] == "approximate" and "乙农场" in said(page)


def test_what_is_refused_stays_at_hand_and_can_be_tried_again(open_page, rough, path, qtbot, workbench):
    page = open_page()
    page.next()
    workbench.session.layer.startEditing()
    wanted = near(page, 25.0)
    click_map(page, qtbot, wanted)
    assert page.ask.asking and page.work.item.uid == rough[0]
    assert stored(path, rough[0])["point_quality"] == "approximate"
    workbench.session.layer.rollBack()
    page.findChild(QWidget, "originmap_ask_0").click()
    assert place_of(stored(path, rough[0])) == pytest.approx(wanted, abs=2e-5)
    assert page.work.item.uid == rough[1]


@pytest.mark.parametrize("mine", [True, False])
def test_who_comes_second_is_told_and_overwrites_nothing_unasked(open_page, rough, path, qtbot, workbench, mine):
    first, second = rough
    page = open_page()
    page.next()
    wanted, theirs = near(page, 25.0), near(page, -40.0)
    with Register.open(path) as register:
        change(register, first, {"point_quality": "exact", "point_method": "gps"}, Person("赵审核"), point=theirs)
    click_map(page, qtbot, wanted)
    row = stored(path, first)
    assert (place_of(row), row["point_method"]) == (pytest.approx(theirs), "gps")
    assert page.ask.asking and "赵审核" in page.ask.findChild(QLabel).text()
    # What the other one did is at hand now.
    assert page.work.item.uid == first and page.work.item.guess == pytest.approx(theirs)
    page.findChild(QWidget, "originmap_ask_0" if mine else "originmap_ask_1").click()
    row = stored(path, first)
    assert (row["point_method"] == "gps") is not mine and not page.ask.asking
    assert place_of(row) == pytest.approx(wanted if mine else theirs, abs=2e-5)
    assert page.work.item.uid == second


def test_what_others_put_aside_or_verified_meanwhile_stays(open_page, rough, path, qtbot):
    first, _ = rough
    page = open_page()
    page.next()
    with Register.open(path) as register:
        change(register, first, {"aside_reason": "已搬走", "verified_by": "赵审核"}, Person("赵审核"))
    page.work.put_aside("电话打不通")
    assert stored(path, first)["aside_reason"] == "已搬走" and page.ask.asking
    page.findChild(QWidget, "originmap_ask_1").click()
    page.work.choose(first)
    with Register.open(path) as register:
        change(register, first, {"verified_by": "钱审核"}, Person("钱审核"))
    page.work.verify(page.work.item, ("site_visit",), "2026-05-01", "王示例")
    assert stored(path, first)["verified_by"] == "钱审核" and page.ask.asking


def test_a_register_that_cannot_be_written_can_be_looked_through(open_page, rough, workbench):
    page = open_page()
    workbench.session.read_only = RegisterError("REGISTER_READ_ONLY", file="档案库.gpkg")
    page.next()
    assert page.work.item.uid == rough[0] and not page.place_bar.armed
    enabled = {
        name: page.findChild(QWidget, f"originmap_queue_{name}").isEnabled() for name in ("verify", "aside", "form")
    }
    assert enabled == {"verify": False, "aside": False, "form": True}


def test_a_register_that_closes_takes_its_records_along(open_page, rough, workbench, qtbot):
    page = open_page()
    page.next()
    workbench.close()
    assert page.work.item is None and page.lists.model.rowCount() == 0 and not page.place_bar.armed


# --- keys alone


def test_arrows_and_ctrl_enter_place_without_a_mouse(open_page, rough, path, qtbot, workbench):
    page = open_page()
    press(page, qtbot, Qt.Key.Key_F8)
    canvas = workbench.canvas
    assert page.window().focusWidget() is canvas
    for _ in range(2):
        press(page, qtbot, Qt.Key.Key_Right, widget=canvas)
    middle = workbench.position_of(canvas.center())
    assert middle[0] > 110.2 + 1e-5
    press(page, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=canvas)
    if page.ask.asking:
        press(page, qtbot, Qt.Key.Key_Space)
    assert place_of(stored(path, rough[0])) == pytest.approx(middle, abs=1e-7)
    assert page.work.item.uid == rough[1]


def test_digits_lead_to_the_places_an_address_can_mean(open_page, put, qtbot, workbench):
    put("甲农场", township=None, village=None, site_address="太平村")
    page = open_page()
    page.next()
    places = page.findChild(QListWidget, "originmap_queue_places")
    shown = [places.item(row).text()[0] for row in range(places.count())]
    assert shown[-2:] == ["1", "2"]
    for key, longitude in ((Qt.Key.Key_1, 110.2), (Qt.Key.Key_2, 110.8)):
        press(page, qtbot, key, widget=workbench.canvas)
        assert workbench.position_of(workbench.canvas.center())[0] == pytest.approx(longitude, abs=1e-3)
    qtbot.keyClick(page.lists.tree, Qt.Key.Key_1)
    assert workbench.position_of(workbench.canvas.center())[0] == pytest.approx(110.2, abs=1e-3)


def test_enter_in_the_tree_takes_the_record_to_hand(open_page, rough, qtbot):
    page = open_page()
    tree = page.lists.tree
    tree.setFocus()
    tree.setCurrentIndex(page.lists.model.index(0, 0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(tree, key)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert page.work.item.uid == rough[1]


def test_the_keys_are_named_as_they_are_set(open_page):
    page = open_page()
    button = page.findChild(QWidget, "originmap_queue_next")
    assert button.text() == "Next (F8)"
    action = next(action for action in page.actions() if action.objectName() == "originmap_queue_next")
    action.setShortcut("F12")
    assert button.text() == "Next (F12)" and "F12" in button.toolTip()


def test_the_form_opens(open_page, rough, qtbot, workbench):
    page = open_page()
    page.next()
    with qtbot.waitSignal(workbench.record_wanted) as wanted:
        page.findChild(QWidget, "originmap_queue_form").click()
    assert wanted.args == [rough[0]]


# --- what is shown


def test_the_card_masks_people_and_says_what_was_found(open_page, put, workbench):
    findings = (
        '[{"level":"warning","code":"COORD_LOWPREC","field":"","text":"坐标小数位太少"},'
        '{"level":"note","code":"PHONE_READ","field":"contact_phone","text":"13800001234"}]'
    )
    put("甲农场", findings=findings, place_text="110.5,19.5")
    page = open_page()
    page.next()
    shown = page.findChild(QLabel, "originmap_queue_about").text()
    assert "张*" in shown and "138****1234" in shown and "110.5,19.5" in shown
    assert "13800001234" not in shown and "张示例" not in shown
    assert "Other findings: 1" in shown and "Too few decimals" in shown
    workbench.set_profile(Profile(name="王示例", masked=False))
    assert "13800001234" in page.findChild(QLabel, "originmap_queue_about").text()


def test_an_empty_register_says_what_to_do(open_page, qtbot, workbench):
    page = open_page()
    assert "workbook" in page.findChild(QLabel, "originmap_queue_empty").text()
    with qtbot.waitSignal(workbench.import_wanted) as wanted:
        page.findChild(QWidget, "originmap_queue_import").click()
    assert wanted.args == [""]


def test_it_fits_a_narrow_dock(open_page, rough):
    page = open_page()
    page.next()
    for panel in (page.verify_panel, page.aside_panel, page.outcome):
        panel.show()
    # How wide the ways of placing are is theirs to prove.
    page.place_bar.hide()
    assert page.minimumSizeHint().width() <= 340


def test_nothing_is_left_behind(open_page, rough, workbench, qtbot):
    canvas, session = workbench.canvas, workbench.session
    tool = canvas.mapTool()
    signals = ("register_opened", "register_closed", "records_changed", "profile_changed")
    before = len(canvas.scene().items()), *(workbench.receivers(getattr(workbench, name)) for name in signals)
    for _ in range(20):
        page = open_page()
        session = workbench.session
        page.next()
        assert len(canvas.scene().items()) > before[0]
        page.leave()
        assert canvas.mapTool() is tool
        open_page.pages.remove(page)
        page.release()
        after = len(canvas.scene().items()), *(workbench.receivers(getattr(workbench, name)) for name in signals)
        assert after == before and session.editor.receivers(session.editor.refused) == 0
    QApplication.sendEvent(canvas, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier))
