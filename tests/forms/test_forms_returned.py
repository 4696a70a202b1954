"""What came back from review, in the collector's hands: the notice, the list, comments at their fields, and done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QPushButton

from originmap.core.register.came_back import count_came_back
from originmap.core.register.history import timeline
from originmap.core.register.register import Register
from originmap.core.register.reviewing import review_one
from originmap.core.review.person import Person
from originmap.core.review.process import Event, Role
from originmap.core.review.transitions import Terms, today_in_china
from originmap.forms.profile import Profile
from originmap.forms.queue.page import QueuePage
from originmap.forms.start.page import StartPage

from .conftest import begin

KEY = Qt.Key
REVIEWER = Person("赵审核", "13900000009", Role.REVIEWER)
COMMENTS = (("scale", "台账为 11 亩"), ("geom", "点位在邻村"), ("", "照片看不清"))


def submitted(page, **values):
    begin(page, **values)
    page.actions.submit.click()
    with closing(sqlite3.connect(page._workbench.session.path)) as connection:
        return connection.execute("SELECT uid FROM record ORDER BY fid DESC LIMIT 1").fetchone()[0]


def send_back(page, uid, days=7, comments=COMMENTS, reason="与台账不符"):
    deadline = (today_in_china() + timedelta(days=days)).isoformat()
    with Register.open(page._workbench.session.path) as register:
        review_one(register, uid, Event.RETURN, REVIEWER, Terms(reason, deadline), comments)
    page._workbench.records_changed.emit(uid)


def pass_days(monkeypatch, days):
    there = today_in_china() + timedelta(days=days)
    monkeypatch.setattr("originmap.core.register.came_back.today_in_china", lambda: there)


def stored(page, uid, name):
    with closing(sqlite3.connect(page._workbench.session.path)) as connection:
        return connection.execute(f"SELECT {name} FROM record WHERE uid = ?", (uid,)).fetchone()[0]


def texts(lister):
    model = lister.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def comment_at(page, field):
    label = page.desk.sheet.form.findChild(QLabel, f"originmap_comment_{field}")
    return "" if label.isHidden() else label.text()


def test_a_returned_record_is_found_mended_and_submitted_again_by_keyboard(collect, qtbot, monkeypatch):
    first = submitted(collect)
    second = submitted(collect, site_name="二号基地", producer_name="示例采集户2")
    other = submitted(collect, producer_name="别人的", collector_name="李采集", collector_phone="13800000077")
    send_back(collect, first, days=7)
    send_back(collect, second, days=1, comments=(), reason="电话打不通")
    send_back(collect, other, days=3)
    pass_days(monkeypatch, 2)
    collect.returned.look()
    qtbot.waitUntil(lambda: collect.returned.isVisible() and collect.returned.count == 2)
    assert "2" in collect.returned.button.text() and "1" in collect.returned.button.text()
    assert not collect.returned.list.isVisible()
    collect.returned.unfold()
    urgent, later = texts(collect.returned.list)
    assert urgent.startswith("示例采集户2") and "1 days overdue" in urgent and "电话打不通" in urgent
    assert later.startswith("示例种植合作社") and "5 days left" in later
    collect.findChild(QCheckBox, "originmap_returned_others").click()
    assert len(texts(collect.returned.list)) == 3
    collect.findChild(QCheckBox, "originmap_returned_others").click()
    collect.activateWindow()
    qtbot.waitUntil(collect.isActiveWindow)
    QTest.keyClick(collect.returned.list, KEY.Key_Down)
    QTest.keyClick(collect.returned.list, KEY.Key_Return)
    assert collect.desk.sheet.entry.uid == first and not collect.returned.list.isVisible()
    assert collect.desk.sheet.form.field_in_focus() == "scale"
    assert "台账为 11 亩" in comment_at(collect, "scale")
    note = collect.findChild(QLabel, "originmap_returned_text").text()
    assert "与台账不符" in note and "点位在邻村" in note and "照片看不清" in note and "5 days left" in note

    collect.desk.sheet.form.set_value("scale", 11.0)
    qtbot.waitUntil(lambda: "Settled" in comment_at(collect, "scale"))
    collect.actions.submit.click()
    assert collect.ask.asking and stored(collect, first, "status") == "returned"
    collect.ask.dismiss()
    collect.place.place(QgsPointXY(110.5008, 19.5008))
    assert collect.desk.sheet.unanswered() == ()
    collect.actions.submit.click()
    assert (stored(collect, first, "status"), stored(collect, first, "scale")) == ("submitted", 11.0)
    qtbot.waitUntil(lambda: collect.returned.count == 1 and collect.returned.list.isVisible())
    assert [text[:6] for text in texts(collect.returned.list)] == ["示例采集户2"]
    assert not collect.place.armed and collect.desk.sheet.entry is None


def test_what_was_edited_in_an_earlier_session_stays_settled_and_undone_is_open_again(collect, qtbot):
    uid = submitted(collect)
    send_back(collect, uid)
    collect._workbench.show_record(uid)
    collect.desk.sheet.form.set_value("scale", 11.0)
    collect.actions.save.click()
    assert stored(collect, uid, "scale") == 11.0 and stored(collect, uid, "status") == "returned"
    collect.desk.next_point()
    collect._workbench.show_record(uid)
    assert [remark.field for remark in collect.desk.sheet.unanswered()] == ["geom"]
    assert "Settled" in comment_at(collect, "scale")
    collect.desk.sheet.form.set_value("scale", 12.5)
    qtbot.waitUntil(lambda: "Settled" not in comment_at(collect, "scale"))
    assert {remark.field for remark in collect.desk.sheet.unanswered()} == {"scale", "geom"}


def test_whoever_disagrees_with_a_comment_may_submit_all_the_same(collect):
    uid = submitted(collect)
    send_back(collect, uid)
    collect._workbench.show_record(uid)
    assert comment_at(collect, "scale")
    collect.actions.submit.click()
    collect.findChild(QPushButton, "originmap_ask_0").click()
    assert stored(collect, uid, "status") == "submitted"
    with Register.open(collect._workbench.session.path, read_only=True) as register:
        open_ones = "SELECT count(*) FROM review_comment WHERE settled IS NULL"
        assert register.connection.execute(open_ones).fetchone() == (0,)
        assert timeline(register.connection, uid)[0].event is Event.SUBMIT
    collect.place.place(QgsPointXY(110.51, 19.51))
    assert not any(comment_at(collect, name) for name in collect.desk.sheet.form.order)
    assert not collect.returned_note.isVisible()


def test_the_start_page_tells_how_many_came_back_and_leads_to_them(collect, qtbot, monkeypatch):
    send_back(collect, submitted(collect))
    pass_days(monkeypatch, 8)
    start = StartPage(collect._workbench)
    qtbot.addWidget(start)
    start.show()
    start.enter()
    button = start.findChild(QPushButton, "originmap_start_returned")
    qtbot.waitUntil(button.isVisible)
    assert "1 returned, 1 overdue" in button.text()
    qtbot.waitUntil(lambda: collect.returned.isVisible())
    button.click()
    qtbot.waitUntil(collect.returned.list.isVisible)
    collect._workbench.set_profile(Profile())
    qtbot.waitUntil(lambda: not collect.returned.count)
    assert len(texts(collect.returned.list)) == 1, "without a name everybody's are listed"
    start.release()


def test_the_queue_tells_what_the_reviewer_asked_about_the_place(collect, qtbot):
    uid = submitted(collect)
    send_back(collect, uid)
    collect._workbench.session.editor.change(uid, {"point_quality": "approximate"}, "近似")
    page = QueuePage(collect._workbench)
    qtbot.addWidget(page)
    page.show()
    page.work.choose(uid)
    about = page.findChild(QLabel, "originmap_queue_about").text()
    assert "与台账不符" in about and "点位在邻村" in about and "7 days left" in about
    with qtbot.waitSignal(collect._workbench.history_wanted) as asked:
        page.findChild(object, "originmap_queue_history").click()
    assert asked.args == [uid]
    page.release()
    assert count_came_back(collect._workbench.session.register.connection)[0] == 1
