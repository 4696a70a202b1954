"""A record's history over a page: what it tells, the version looked at on the map, restoring, and what was deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QTextBrowser, QToolButton

from originmap.core.register.register import Register
from originmap.core.register.reviewing import review_one
from originmap.core.review.person import Person
from originmap.core.review.process import Event, Role
from originmap.core.review.transitions import Terms, today_in_china
from originmap.forms.history.view import HistoryView
from originmap.forms.pages import Page
from originmap.forms.panel import Panel
from originmap.forms.profile import Profile

KEY = Qt.Key
UID = "0b0f1f6e-3a51-4f0e-9d5e-000000000001"
GONE = "0b0f1f6e-3a51-4f0e-9d5e-000000000002"
REVIEWER = Person("赵审核", "13900000009", Role.REVIEWER)
RECORD = {
    "township": "石湾镇",
    "village": "青塘村",
    "division_code": "999901101001",
    "producer_name": "示例种植合作社",
    "producer_type": "cooperative",
    "variety": "cowpea",
    "certification": '["green"]',
    "site_name": "一号基地",
    "site_address": "石湾镇青塘村三组",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "scale": 10.0,
    "cycle": "2026-春茬",
    "market_start": "2026-05-10",
    "market_end": "2026-06-30",
    "production_mode": "open_field",
    "traceability": '["certificate"]',
    "credit_grade": "unrated",
    "officer_role": "village_assistant",
    "officer_name": "李示例",
    "officer_phone": "13800002345",
    "collector_name": "张示例",
    "collector_phone": "13800000001",
    "collected_on": "2026-05-01",
    "province": "示例省",
    "city": "示例市",
    "county": "示例县",
    "point_method": "imagery",
    "point_quality": "exact",
}


@pytest.fixture
def lived(opened):
    """A register in which one record was made, changed, moved, submitted and returned."""
    opened.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    opened.canvas.setExtent(QgsRectangle(110.499, 19.499, 110.502, 19.502))
    editor = opened.session.editor
    editor.add({**RECORD, "uid": UID}, QgsPointXY(110.5, 19.5), "新建")
    editor.change(UID, {"scale": 12.5}, "改规模", QgsPointXY(110.5005, 19.5005))
    editor.submit(UID, {"site_name": "二号基地"}, "提交")
    with Register.open(opened.session.path) as register:
        terms = Terms("与台账不符", (today_in_china() + timedelta(days=5)).isoformat())
        review_one(register, UID, Event.RETURN, REVIEWER, terms, [("scale", "台账为 11 亩")])
    return opened


@pytest.fixture
def view(lived, qtbot):
    """The history over that register."""
    yield from in_front(HistoryView(lived), qtbot)


@pytest.fixture
def panel(lived, qtbot, tmp_path, monkeypatch):
    """The whole panel over it, which shows the history over a page."""
    monkeypatch.setattr("originmap.forms.collect.keeping._FOLDER", str(tmp_path / "drafts"))
    yield from in_front(Panel(lived), qtbot)


def in_front(widget, qtbot):
    widget.resize(360, 760)
    widget.show()
    widget.enter()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    yield widget
    widget.release()
    widget.close()
    widget.deleteLater()


def stored(widget, uid=UID):
    with closing(sqlite3.connect(widget._workbench.session.path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT * FROM record WHERE uid = ?", (uid,)).fetchone()


def texts(lister):
    model = lister.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def say_yes(view):
    view.version.findChild(QPushButton, "originmap_history_restore").click()
    view.findChild(QPushButton, "originmap_ask_0").click()


def values(view):
    return view.version.findChild(QTextBrowser, "originmap_history_values").toPlainText()


def test_the_timeline_tells_what_was_done_when_by_whom_and_what_it_changed(view):
    view.show_record(UID)
    returned, submitted, changed, made = texts(view.timeline)
    assert returned.startswith("Return") and "赵*" in returned and "Submitted → Returned" in returned
    assert "与台账不符" in returned and "台账为 11 亩" in returned
    assert submitted.startswith("Submit") and "一号基地 → 二号基地" in submitted and "Draft → Submitted" in submitted
    assert changed.startswith("Changed") and "10 → 12.5" in changed and "moved by 76 m" in changed
    assert made.startswith("New record") and "张*" in made
    assert "张*" in values(view) and "138****1234" in values(view)
    view._workbench.set_profile(Profile(name="张示例", phone="13800000001", masked=False))
    view.enter()
    assert "13800001234" in values(view) and "赵审核" in texts(view.timeline)[0]


def test_an_edit_outside_is_told_as_such_and_laid_on_nobody(view):
    """Whoever writes by another program is not told under the name of whoever wrote before."""
    editor = view._workbench.session.editor
    editor.change(UID, {"remark": "面板里改"}, "改")
    with Register.open(view._workbench.session.path) as register:
        register.connection.execute("UPDATE record SET remark = '外面改' WHERE uid = ?", (UID,))
    editor.change(UID, {"remark": "又在面板里改"}, "改")
    editor.change(UID, {}, "移", QgsPointXY(110.5007, 19.5007))
    view.show_record(UID)
    last, outside, here = texts(view.timeline)[:3]
    assert outside.startswith("Changed outside the panel") and "张" not in outside and "外面改" in outside
    assert all(told.startswith("Changed\n") and "张*" in told for told in (last, here))
    assert "moved by" in last and "又在面板里改" in last
    stamps = stored(view)["updated_by"], stored(view)["updated_at"]
    point, version = stored(view)["geom"], len(texts(view.timeline))
    refused = editor.change(UID, {"status": "submitted", "market_end": None}, "改", QgsPointXY(110.6, 19.6))
    assert not refused.ok and refused.field == "market_end"
    assert (stored(view)["updated_by"], stored(view)["updated_at"]) == stamps
    view.enter()
    assert stored(view)["geom"] == point and len(texts(view.timeline)) == version


def test_an_earlier_version_is_drawn_on_the_map_and_restored_as_a_new_change(view, qtbot):
    view.show_record(UID)
    before = view._workbench.canvas.grab().toImage()
    QTest.keyClick(view.timeline, KEY.Key_End)
    assert view._marks._shown == ((110.5, 19.5), pytest.approx((110.5005, 19.5005)))
    assert view._workbench.canvas.grab().toImage() != before
    assert "一号基地" in values(view) and "10" in values(view) and "76 m away" in values(view)
    say_yes(view)
    qtbot.waitUntil(lambda: stored(view)["scale"] == 10.0)
    qtbot.waitUntil(lambda: texts(view.timeline)[0].startswith("Restore"))
    row = stored(view)
    assert (row["site_name"], row["status"], row["updated_by"]) == ("一号基地", "returned", "张示例")
    assert "二号基地 → 一号基地" in texts(view.timeline)[0] and "12.5 → 10" in texts(view.timeline)[0]
    assert not view.version.findChild(QPushButton, "originmap_history_restore").isEnabled()
    QTest.keyClick(view.timeline, KEY.Key_Down)
    say_yes(view)
    qtbot.waitUntil(lambda: stored(view)["site_name"] == "二号基地")
    assert stored(view)["scale"] == 12.5


def test_what_the_gate_refuses_is_not_restored_and_the_reason_is_told(view, qtbot):
    workbench = view._workbench
    with Register.open(workbench.session.path) as register:
        draft = "INSERT INTO record (uid, status, producer_name) VALUES (?, 'draft', '甲')"
        register.connection.execute(draft, (GONE,))
    workbench.session.editor.submit(GONE, {**RECORD, "producer_name": "甲"}, "提交", QgsPointXY(110.5, 19.5))
    view.show_record(GONE)
    QTest.keyClick(view.timeline, KEY.Key_End)
    say_yes(view)
    qtbot.waitUntil(lambda: bool(workbench.iface.messageBar().items()))
    assert stored(view, GONE)["status"] == "submitted" and stored(view, GONE)["contact_name"] == "张示例"
    (message,) = workbench.iface.messageBar().items()
    assert "“Division code” is empty" in message.text() and len(texts(view.timeline)) == 2


def test_somebody_elses_change_in_between_is_not_overwritten(view, qtbot):
    view.show_record(UID)
    QTest.keyClick(view.timeline, KEY.Key_End)
    with Register.open(view._workbench.session.path) as register:
        register.connection.execute("UPDATE record SET remark = '别人改的', updated_by = '别人' WHERE uid = ?", (UID,))
    say_yes(view)
    qtbot.waitUntil(lambda: len(texts(view.timeline)) == 5)
    assert (stored(view)["scale"], stored(view)["remark"]) == (12.5, "别人改的")
    assert "别人改的" in texts(view.timeline)[0]


def test_a_deleted_draft_is_found_and_brought_back(view, qtbot):
    workbench = view._workbench
    workbench.session.editor.add({**RECORD, "uid": GONE, "producer_name": "示例采集户3"}, None, "新建")
    with Register.open(workbench.session.path) as register:
        register.connection.execute("DELETE FROM record WHERE uid = ?", (GONE,))
    view.show_deleted()
    qtbot.waitUntil(lambda: texts(view.deleted.list) != [])
    assert len(texts(view.deleted.list)) == 1 and "示例采集户3" in texts(view.deleted.list)[0]
    QTest.keyClick(view.deleted.list, KEY.Key_Return)
    deleted = texts(view.timeline)[0]
    assert deleted.startswith("Draft deleted") and "张" not in deleted and "示例采集户3" in values(view)
    say_yes(view)
    qtbot.waitUntil(lambda: stored(view, GONE) is not None)
    assert (stored(view, GONE)["status"], stored(view, GONE)["scale"]) == ("draft", 10.0)
    qtbot.waitUntil(lambda: len(texts(view.timeline)) == 3)
    assert [text.split("\n")[0] for text in texts(view.timeline)][1:] == ["Draft deleted", "New record"]
    QTest.keyClick(view, KEY.Key_Escape)
    none = view.findChild(QLabel, "originmap_history_none")
    qtbot.waitUntil(lambda: "No record was deleted" in none.text())
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, KEY.Key_Escape)


def test_what_is_typed_on_the_page_and_the_keyboards_place_are_there_again_after_a_look(panel, qtbot):
    workbench = panel._workbench
    workbench.show_record(UID)
    collect = panel.page_widget(Page.COLLECT)
    collect.desk.sheet.form.set_value("remark", "正在输入")
    collect.desk.sheet.form.show_field("site_name")
    button = collect.findChild(QToolButton, "originmap_collect_history")
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Space)
    view = panel._history
    assert view.isVisible() and not collect.isVisible() and len(texts(view.timeline)) == 4
    QTest.keyClick(view.timeline, KEY.Key_Escape)
    assert collect.isVisible() and collect.desk.sheet.form.values()["remark"] == "正在输入"
    assert panel.focusWidget() is button and view._marks._shown == (None, None)
    QTest.keyClick(button, KEY.Key_Space)
    workbench.show_record(UID)
    assert collect.isVisible() and not view.isVisible()
    workbench.show_history(UID)
    assert view.isVisible()
    workbench.close()
    assert not view.isVisible() and panel.page is Page.START and view._marks._shown == (None, None)
