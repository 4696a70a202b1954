"""The reviewer's page with a real register, map, mouse and keys: what stands in the file after each step."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QMainWindow, QPushButton, QTreeWidget

from originmap.core.onemap.query import Query
from originmap.core.register.came_back import came_back_of
from originmap.core.register.errors import RegisterError
from originmap.core.register.geometry import point_blobs
from originmap.core.register.moments import CHINA
from originmap.core.register.register import Register
from originmap.core.register.reviewing import review_one
from originmap.core.review.person import Person
from originmap.core.review.process import Event, Role
from originmap.core.review.transitions import Terms
from originmap.forms.profile import Profile
from originmap.forms.review.page import ReviewPage
from originmap.forms.review.row_delegate import RowRole
from originmap.forms.side_text import SideRole, UrgentRole
from originmap.forms.start.page import StartPage
from originmap.forms.wording import distance_text

REVIEWER = Profile(name="赵审核", phone="13900000001", review_role="reviewer")
PERSON = Person("赵审核", "13900000001", Role.REVIEWER)
TERMS = Terms("见各项批注", "2099-12-31")
WHOLE = {
    "status": "draft",
    "province": "示例省",
    "city": "示例市",
    "county": "示例县",
    "township": "石湾镇",
    "village": "青塘村",
    "division_code": "999901101001",
    "producer_type": "cooperative",
    "industry": "crop",
    "variety": "cowpea",
    "certification": '["green"]',
    "site_address": "石湾镇青塘村三组",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "scale": 12.5,
    "unit": "mu",
    "cycle": "2026-春茬",
    "market_start": "2026-05-10",
    "market_end": "2026-06-30",
    "production_mode": "open_field",
    "traceability": '["certificate"]',
    "officer_name": "李示例",
    "officer_phone": "13800002345",
    "collector_name": "王示例",
    "collector_phone": "13800003456",
    "point_quality": "exact",
    "origin": "map",
    "updated_by": "王示例",
}


def blob(longitude: float, latitude: float = 19.5) -> bytes:
    return point_blobs(np.array([longitude]), np.array([latitude]))[0]


def ago(days: int) -> str:
    return (datetime.now(CHINA) - timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def register(register_path):
    """The register of the tests, open for writing beside the window."""
    with Register.open(register_path) as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")
        yield opened


@pytest.fixture
def put(register):
    """Insert a whole record that was submitted so many days ago (``None``: a draft); gives its uid."""

    def put_record(producer: str, days: int | None = 0, **changes: object) -> str:
        record = {"uid": str(uuid.uuid4()), "geom": blob(110.5), "producer_name": producer, **WHOLE, **changes}
        names = ", ".join(record)
        query = f"INSERT INTO record ({names}) VALUES ({', '.join('?' * len(record))})"
        register.connection.execute(query, tuple(record.values()))
        if days is not None:
            submit = "UPDATE record SET status = 'submitted', updated_at = ? WHERE uid = ?"
            register.connection.execute(submit, (ago(days), record["uid"]))
        return str(record["uid"])

    return put_record


@pytest.fixture
def window(iface):
    """The map and room for the page beside it, so that keys pressed on the map reach the page's actions."""
    window = QMainWindow()
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    canvas.setExtent(QgsRectangle(110.4, 19.4, 110.6, 19.6))
    parent_before = canvas.parentWidget()
    window.setCentralWidget(canvas)
    window.resize(1000, 760)
    window.show()
    yield window
    window.takeCentralWidget()
    canvas.setParent(parent_before)
    window.deleteLater()


@pytest.fixture
def open_page(workbench, window, register_path, qtbot, monkeypatch):
    """Open the register and the page in front of it, when all records have been put into the file."""
    from qgis.PyQt.QtWidgets import QDockWidget

    pages = []
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")

    def opened(profile: Profile = REVIEWER) -> ReviewPage:
        workbench.set_profile(profile)
        workbench.open(register_path)
        page = ReviewPage(workbench)
        dock = QDockWidget(window)
        dock.setWidget(page)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        pages.append(page)
        page.enter()
        qtbot.waitUntil(lambda: not page.lists.counting)
        return page

    yield opened
    for page in pages:
        page.release()


def status_of(register: Register, uid: str) -> str:
    return register.connection.execute("SELECT status FROM record WHERE uid = ?", (uid,)).fetchone()[0]


def events_of(register: Register, uid: str) -> list[str]:
    query = "SELECT event FROM review_event WHERE uid = ? ORDER BY id"
    return [event for (event,) in register.connection.execute(query, (uid,))]


def rows_of(page: ReviewPage) -> dict[str, object]:
    """The lines of the record at hand by field or caption; what changed first."""
    tree: QTreeWidget = page.view.lines
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    rows = [head.child(number).data(0, RowRole) for head in heads for number in range(head.childCount())]
    return {row.field or row.caption: row for row in reversed(rows)}


def line_of(page: ReviewPage, field: str):
    tree: QTreeWidget = page.view.lines
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    lines = [head.child(number) for head in heads for number in range(head.childCount())]
    return next(line for line in lines if line.data(0, RowRole).field == field)


def click_line(page: ReviewPage, qtbot, field: str) -> None:
    line = line_of(page, field)
    page.view.lines.scrollToItem(line)
    spot = page.view.lines.visualItemRect(line).center()
    qtbot.mouseClick(page.view.lines.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def key(page: ReviewPage, qtbot, name: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, name, modifier)


def settle(page: ReviewPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.work.busy and not page.lists.counting)


def test_what_waits_stands_by_township_and_age_and_is_read_page_by_page(put, open_page, qtbot):
    for number in range(130):
        put(f"农场{number:03}", days=number % 20)
    far = put("远处农场", 9, township="河口镇")
    put("草稿农场", None)
    page = open_page()
    model = page.lists.model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert names == ["河口镇", "石湾镇"]
    here, there = model.index(1, 0), model.index(0, 0)
    assert "130" in here.data(SideRole) and "19" in here.data(SideRole)
    assert there.data(UrgentRole) and page.lists.listed().item(far).producer == "远处农场"
    assert model.rowCount(here) == 0
    page.lists.tree.setExpanded(here, True)
    assert model.rowCount(here) == 100
    bar = page.lists.tree.verticalScrollBar()
    while model.begun():
        read = model.rowCount(here)
        bar.setValue(0)
        page.lists.tree.scrollTo(model.index(read - 1, 0, here))
        assert model.rowCount(here) == min(read + 100, 130)
    days = [int("".join(filter(str.isdigit, model.index(row, 0, here).data(SideRole))) or 0) for row in range(130)]
    assert days == sorted(days, reverse=True)
    assert "<b>131</b>" in page.findChild(QLabel, "originmap_review_summary").text()
    # What people opened stays open when all is counted anew.
    put("新来的农场", 1)
    page.leave()
    page.enter()
    qtbot.waitUntil(lambda: model.totals.waiting == 132)
    assert page.lists.tree.opened() == ["石湾镇"]


def test_the_query_on_the_map_limits_what_waits_and_what_comes_next(put, open_page, qtbot):
    put("豇豆农场", 5)
    chive = put("韭菜农场", 3, variety="chinese_chive")
    page = open_page()
    page.set_query(Query(varieties=("chinese_chive",)), "韭菜")
    settle(page, qtbot)
    assert page.lists.model.totals.waiting == 1
    page.next()
    qtbot.waitUntil(lambda: page.work.looked is not None)
    assert page.work.looked.item.uid == chive
    page.approve()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: not page.work.looking)
    # The other one waits as well, but it is not among those that the map shows.
    assert page.work.looked is None and page.lists.isVisible()
    assert page.findChild(QPushButton, "originmap_review_all").isVisible()


def test_what_changed_since_the_last_review_is_told_and_both_places_are_drawn(register, put, open_page):
    uid = put("示例农场", 3)
    review_one(register, uid, Event.RETURN, PERSON, TERMS, [("scale", "太大了"), ("", "请重填")])
    mend = "UPDATE record SET geom = ?, scale = 8, remark = '已核实', updated_by = '王示例' WHERE uid = ?"
    register.connection.execute(mend, (blob(110.5, 19.501), uid))
    register.connection.execute("UPDATE record SET status = 'submitted' WHERE uid = ?", (uid,))
    page = open_page()
    page.next()
    rows = rows_of(page)
    changed = {name for name, row in rows.items() if row.changed}
    assert changed == {"geom", "scale", "remark"}
    assert (rows["scale"].before, rows["scale"].value, rows["scale"].earlier) == ("12.5 亩", "8 亩", "太大了")
    assert rows["remark"].before == "" and rows["remark"].value == "已核实"
    metres = page.work.looked.changes["geom"].metres
    assert 108 < metres < 113 and distance_text(metres) in rows["geom"].value
    before, after = page._map._moved._shown
    assert before == pytest.approx((110.5, 19.5)) and after == pytest.approx((110.5, 19.501))
    extent = page._workbench.canvas.extent()
    assert extent.contains(*[QgsRectangle(110.5, 19.5, 110.5, 19.501)]) and extent.height() < 0.01


def test_findings_of_the_import_and_what_speaks_against_the_point_now_are_told(put, open_page):
    kept = '[{"code": "SCALE_BELOW", "field": "scale", "text": "规模低于采集标准"}]'
    uid = put("甲农场", 5, findings=kept)
    put("甲农场", None, geom=blob(110.50005))
    page = open_page()
    page.choose(uid)
    tree = page.view.lines
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    (found,) = [head for head in heads if head.text(0).endswith(" 2")]
    told = [found.child(number).data(0, RowRole).value for number in range(2)]
    assert "规模低于采集标准" in told and any("6 米" in sentence for sentence in told)
    # What was said about no field is said about the record as a whole.
    page.findChild(QPushButton, "originmap_review_comment").click()
    page.findChild(QLineEdit, "originmap_comment_text").insert("请到现场看看")
    page.comment_panel.keep()
    assert page.work.comments == {"": "请到现场看看"}


def test_a_field_is_commented_on_by_a_click_and_the_record_returned_by_key(register, put, open_page, qtbot):
    uid, other = put("甲农场", 5), put("乙农场", 3)
    page = open_page()
    page.next()
    assert page.work.looked.item.uid == uid
    click_line(page, qtbot, "scale")
    text = page.findChild(QLineEdit, "originmap_comment_text")
    text.insert("影像上没有这么大")
    key(page, qtbot, Qt.Key.Key_Return)
    assert rows_of(page)["scale"].comment == "影像上没有这么大"
    # What was typed is kept when another field, another page or a step comes in between.
    click_line(page, qtbot, "geom")
    text.insert("在路上")
    page.leave()
    page.enter()
    assert rows_of(page)["geom"].comment == "在路上"
    key(page, qtbot, Qt.Key.Key_F10)
    assert page.return_panel.isVisible() and not page.steps.isVisible()
    key(page, qtbot, Qt.Key.Key_Return)
    settle(page, qtbot)
    back = came_back_of(register.connection, uid)
    assert status_of(register, uid) == "returned" and back.returned_by == "赵审核" and back.days_left == 7
    said = {comment.field: comment.text for comment in back.comments}
    assert said == {"scale": "影像上没有这么大", "geom": "在路上"}
    assert page.work.looked.item.uid == other and not page.work.comments
    assert page.lists.model.totals.waiting == 1


def test_one_key_approves_and_the_next_one_comes_and_one_key_takes_it_back(register, put, open_page, qtbot):
    first, second = put("甲农场", 5), put("乙农场", 3)
    page = open_page()
    key(page, qtbot, Qt.Key.Key_F8)
    assert page.work.looked.item.uid == first
    key(page, qtbot, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert status_of(register, first) == "approved" and page.work.looked.item.uid == second
    key(page, qtbot, Qt.Key.Key_F9, Qt.KeyboardModifier.AltModifier)
    settle(page, qtbot)
    assert status_of(register, first) == "submitted" and page.work.looked.item.uid == first
    assert events_of(register, first) == ["submit", "approve", "undo"]
    assert page.lists.model.totals.waiting == 2


def test_nobody_reviews_without_the_role_nor_what_they_collected(register, put, open_page, qtbot, workbench):
    uid = put("甲农场", 5)
    page = open_page(replace(REVIEWER, review_role="collector"))
    notice = page.findChild(QLabel, "originmap_review_notice")
    page.next()
    assert notice.isVisible() and "审核员" in notice.text()
    key(page, qtbot, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert status_of(register, uid) == "submitted"
    page.ask_bulk()
    assert page.bulk.event_wanted is Event.SUBMIT
    page.choose(uid)
    workbench.set_profile(Profile(name="王示例", phone="13800003456", review_role="reviewer"))
    assert not page.findChild(QPushButton, "originmap_review_approve").isEnabled() and notice.text()
    workbench.set_profile(REVIEWER)
    assert page.findChild(QPushButton, "originmap_review_approve").isEnabled()


def test_what_somebody_changed_meanwhile_is_shown_before_it_can_be_approved(register, put, open_page, qtbot):
    uid = put("甲农场", 5)
    page = open_page()
    page.next()
    page.work.comment("remark", "先放一放")
    register.connection.execute("UPDATE record SET scale = 99, updated_by = '王示例' WHERE uid = ?", (uid,))
    page.work.approve()
    settle(page, qtbot)
    assert status_of(register, uid) == "submitted" and page.ask.asking
    assert rows_of(page)["scale"].value == "99 亩"
    assert page.work.comments == {"remark": "先放一放"}
    page.ask.dismiss()
    # Comments that nobody would read are asked about first.
    page.approve()
    assert page.ask.asking and status_of(register, uid) == "submitted"
    page.ask.dismiss()
    page.work.comment("remark", "")
    page.approve()
    settle(page, qtbot)
    assert status_of(register, uid) == "approved"


def test_many_at_once_tells_what_stays_and_why_and_is_taken_back_at_once(register, put, open_page, qtbot):
    good = [put(f"农场{number}", None) for number in range(4)]
    bad = put("缺规模农场", None, scale=None)
    page = open_page()
    page.findChild(QPushButton, "originmap_review_bulk").click()
    page.bulk._events.button(2).click()
    qtbot.waitUntil(lambda: not page.bulk.looking)
    stays = page.findChild(QTreeWidget, "originmap_bulk_stays")
    assert stays.topLevelItemCount() == 1 and "缺规模农场" in stays.topLevelItem(0).child(0).text(0)
    assert "规模" in stays.topLevelItem(0).text(0)
    page.findChild(QPushButton, "originmap_bulk_go").click()
    settle(page, qtbot)
    assert {status_of(register, uid) for uid in good} == {"submitted"} and status_of(register, bad) == "draft"
    assert page.lists.isVisible() and page.lists.model.totals.waiting == 4
    page.findChild(QPushButton, "originmap_review_outcome_undo").click()
    settle(page, qtbot)
    assert {status_of(register, uid) for uid in good} == {"draft"} and page.lists.model.totals.waiting == 0


def test_many_are_returned_with_words_at_a_field(register, put, open_page, qtbot):
    uids = [put(f"农场{number}", 1) for number in range(2)]
    page = open_page()
    page.ask_bulk()
    page.bulk._events.button(1).click()
    qtbot.waitUntil(lambda: not page.bulk.looking)
    fields = page.findChild(QComboBox, "originmap_bulk_field")
    titles = {fields.itemData(place)[0]: place for place in range(fields.count())}
    fields.setCurrentIndex(titles["scale"])
    title = fields.currentText()
    qtbot.keyClicks(page.findChild(QLineEdit, "originmap_bulk_comment"), "12")
    assert title in fields.currentText() and fields.currentText() != title
    page.findChild(QPushButton, "originmap_bulk_go").click()
    settle(page, qtbot)
    said = register.connection.execute("SELECT uid, field, comment FROM review_comment").fetchall()
    assert sorted(said) == sorted((uid, "scale", "12") for uid in uids)
    assert {status_of(register, uid) for uid in uids} == {"returned"}


def test_the_own_area_comes_first(put, open_page, qtbot):
    put("本镇农场")
    put("外镇农场", township="河口镇", division_code="999901103001")
    page = open_page(replace(REVIEWER, area_code="999901101", area_name="石湾镇"))
    assert page.lists.model.totals.waiting == 1
    tick = page.findChild(QCheckBox, "originmap_review_beyond")
    assert tick.isVisible() and "石湾镇" in tick.text()
    tick.click()
    qtbot.waitUntil(lambda: not page.lists.counting and page.lists.model.totals.waiting == 2)


def test_returned_ones_and_the_numbers_of_each_township_have_their_lists(register, put, open_page, qtbot):
    uid = put("甲农场", 5)
    put("乙农场", 5, township="河口镇")
    review_one(register, uid, Event.RETURN, PERSON, TERMS)
    page = open_page()
    page.lists._tabs.setCurrentIndex(1)
    settle(page, qtbot)
    entry = page.lists.returned.item(0)
    assert "甲农场" in entry.text() and not entry.data(UrgentRole)
    page.lists._tabs.setCurrentIndex(2)
    settle(page, qtbot)
    table = page.lists.counts
    cells = [[table.item(row, column).text() for column in range(6)] for row in range(table.rowCount())]
    assert [row[1:] for row in cells] == [list("01010"), list("01000"), list("00010")]
    assert [row[0] for row in cells][1:] == ["河口镇", "石湾镇"]


def test_keys_alone_lead_from_the_list_to_a_neighbour_and_back(put, open_page, qtbot):
    uid = put("甲农场", 5)
    put("近邻", 1, geom=blob(110.5, 19.5027))
    put("别的产品", 1, geom=blob(110.5, 19.5002), variety="celery")
    page = open_page()
    page.lists.tree.setFocus()
    key(page, qtbot, Qt.Key.Key_Down)
    key(page, qtbot, Qt.Key.Key_Return)
    assert page.work.looked.item.uid == uid
    assert [one.producer for one in page.work.looked.neighbours] == ["近邻"]
    key(page, qtbot, Qt.Key.Key_1)
    assert page._workbench.canvas.center().y() == pytest.approx(19.5027, abs=1e-4)
    page._workbench.canvas.setFocus()
    key(page, qtbot, Qt.Key.Key_0)
    assert page._workbench.canvas.center().y() == pytest.approx(19.5, abs=1e-4)
    page.view.lines.setFocus()
    key(page, qtbot, Qt.Key.Key_Escape)
    assert page.lists.isVisible() and page.work.looked is None


def test_comments_outlive_the_window_and_the_last_step_can_be_taken_back_another_day(
    register, put, open_page, qtbot, workbench, monkeypatch
):
    # Other runs of the tests may empty the settings of the plugin meanwhile.
    monkeypatch.setattr("originmap.forms.review.kept_comments._KEY", f"review_{uuid.uuid4().hex}/comments")
    first, second = put("甲农场", 5), put("乙农场", 3)
    page = open_page()
    page.next()
    page.approve()
    settle(page, qtbot)
    page.work.comment("scale", "太大")
    workbench.close()
    assert page.work.looked is None
    page.release()
    page.release = lambda: None
    page.parentWidget().hide()
    page = open_page()
    page.choose(second)
    assert page.work.comments == {"scale": "太大"} and rows_of(page)["scale"].comment == "太大"
    key(page, qtbot, Qt.Key.Key_F9, Qt.KeyboardModifier.AltModifier)
    assert page.ask.asking and status_of(register, first) == "approved"
    page.findChild(QPushButton, "originmap_ask_0").click()
    settle(page, qtbot)
    assert status_of(register, first) == "submitted"


def test_a_locked_file_is_told_and_the_step_tried_again(register, put, open_page, qtbot, monkeypatch):
    monkeypatch.setattr("originmap.core.register.register._WAIT_SECONDS", 0.1)
    uid = put("甲农场", 5)
    page = open_page()
    page.next()
    blocker = sqlite3.connect(register.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    page.approve()
    settle(page, qtbot)
    assert page.ask.asking
    blocker.execute("ROLLBACK")
    page.findChild(QPushButton, "originmap_ask_0").click()
    settle(page, qtbot)
    assert status_of(register, uid) == "approved"
    blocker.close()


def test_a_register_of_the_first_version_that_can_only_be_read_shows_what_waits(register, put, open_page, monkeypatch):
    put("甲农场", 5)
    for kind, name in register.connection.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind in ("trigger", "view") and "review" in name:
            register.connection.execute(f'DROP {kind} "{name}"')
    for statement in ("DROP INDEX record_review", "DROP TABLE review_comment", "DROP TABLE review_event"):
        register.connection.execute(statement)
    refusal = RegisterError("REGISTER_READ_ONLY", file="档案库.gpkg")
    monkeypatch.setattr("originmap.forms.session._try_writing", lambda path: (refusal, None))
    page = open_page()
    page.next()
    assert page.work.looked.item.producer == "甲农场" and page.lists.model.totals.waiting == 1
    assert "只读" in page.findChild(QLabel, "originmap_review_notice").text()
    assert not page.findChild(QPushButton, "originmap_review_approve").isEnabled()


def test_it_fits_a_narrow_dock_and_leaves_nothing_on_the_map(put, open_page, qtbot, iface):
    put("甲农场", 5)
    put("近邻", 1, geom=blob(110.5, 19.5027))
    before = len(iface.mapCanvas().scene().items())
    page = open_page()
    page.next()
    page._ask_return()
    assert page.minimumSizeHint().width() <= 340
    page.ask_bulk()
    assert page.minimumSizeHint().width() <= 340
    page.leave()
    assert page._map._moved._shown == (None, None)
    page.release()
    assert len(iface.mapCanvas().scene().items()) == before
    page.release = lambda: None


def test_the_options_keep_what_a_person_is_in_the_review(workbench, register_path):
    from originmap.plugin.options import OptionsPage

    workbench.open(Path(register_path))
    page = OptionsPage(workbench)
    page._review_role.setCurrentIndex(page._review_role.findData("reviewer"))
    page.apply()
    assert Profile.load().review_role == "reviewer"
    page.deleteLater()


def test_the_start_page_tells_a_reviewer_what_waits_and_leads_there(workbench, put, register_path, qtbot):
    put("本镇农场")
    put("外镇农场", township="河口镇", division_code="999901103001")
    page = StartPage(workbench)
    page.show()
    waiting = page.findChild(QPushButton, "originmap_start_review")
    workbench.set_profile(REVIEWER)
    workbench.open(register_path)
    qtbot.waitUntil(lambda: waiting.isVisible() and "2" in waiting.text())
    workbench.set_profile(replace(REVIEWER, area_code="999901101"))
    qtbot.waitUntil(lambda: "1" in waiting.text())
    with qtbot.waitSignal(workbench.page_wanted):
        waiting.click()
    workbench.set_profile(replace(REVIEWER, review_role="collector"))
    qtbot.waitUntil(lambda: not waiting.isVisible())
    page.release()
