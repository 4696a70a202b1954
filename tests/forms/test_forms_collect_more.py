"""Existing records, copies, the end of a site, undo, pins, divisions, and the picker of products."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from qgis.core import QgsEditFormConfig, QgsPointXY, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from originmap.core.places.divisions import Division, DivisionLevel
from originmap.core.register.changing import change
from originmap.core.register.register import Register
from originmap.core.register.reviewing import review_one
from originmap.core.review.person import Person
from originmap.core.review.process import Event, Role
from originmap.core.standard.model import load_standard
from originmap.forms.collect.pins import Pins
from originmap.forms.collect.starting import next_cycle_of
from originmap.forms.collect.variety_picker import VarietyPicker

from .conftest import TYPED, begin

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
VILLAGE = "999901101001"


def rows(page):
    with closing(sqlite3.connect(page._workbench.session.path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("SELECT * FROM record ORDER BY fid").fetchall()


def submitted(page, **values):
    begin(page, **values)
    page.actions.submit.click()
    return rows(page)[-1]["uid"]


def shown(page, **values):
    """A submitted record that is open in the form."""
    uid = submitted(page, **values)
    page._workbench.show_record(uid)
    return uid


def value(page, name):
    return page.desk.sheet.form.values()[name]


def status(page):
    return page.findChild(QLabel, "originmap_collect_status").text()


def choose_action(page, name):
    page.actions.findChild(object, f"originmap_collect_{name}").trigger()


def test_a_submitted_record_is_changed_as_long_as_it_stays_complete(collect):
    uid = shown(collect)
    assert "已提交" in status(collect) and collect.picker.code == "cowpea" and not collect.place.armed
    collect.desk.sheet.form.set_value("contact_name", None)
    collect.actions.save.click()
    form = collect.desk.sheet.form
    assert rows(collect)[0]["contact_name"] == "张示例" and form.field_in_focus() == "contact_name"
    assert any("主体联系人" in label.text() for label in form.findChildren(QLabel) if label.isVisible())
    form.set_value("contact_name", "李四")
    collect.actions.save.click()
    assert [(row["uid"], row["status"], row["contact_name"]) for row in rows(collect)] == [(uid, "submitted", "李四")]


def test_only_a_change_of_what_was_reviewed_hands_an_approved_record_in_again(collect):
    uid = submitted(collect)
    with Register.open(collect._workbench.session.path) as register:
        review_one(register, uid, Event.APPROVE, Person("赵审核", "13900000009", Role.REVIEWER))
    collect._workbench.show_record(uid)
    for name, changed, expected in (("remark", "改", "approved"), ("scale", 13.5, "submitted")):
        collect.desk.sheet.form.set_value(name, changed)
        collect.actions.save.click()
        assert (rows(collect)[0]["status"], value(collect, "status")) == (expected, expected)


def test_who_comes_second_is_told_what_changed_and_overwrites_nothing_unasked(collect):
    uid = shown(collect)
    collect.desk.sheet.form.set_value("remark", "我的备注")
    with Register.open(collect._workbench.session.path) as register:
        change(register, uid, {"scale": 99.0, "remark": "他的备注"}, Person("赵审核"))
    heard = []
    collect._workbench.session.editor.refused.connect(heard.append)
    collect.actions.save.click()
    assert "赵审核" in heard[0].error.sentence() and "种养规模" in heard[0].error.sentence()
    assert (rows(collect)[0]["remark"], value(collect, "remark")) == ("他的备注", "我的备注")
    # Once told, the person may have it their way, for what they changed and nothing else.
    collect.actions.save.click()
    assert (rows(collect)[0]["remark"], rows(collect)[0]["scale"]) == ("我的备注", 99.0)
    collect.desk.sheet.form.set_value("remark", "再改")
    collect.actions.save.click()
    assert rows(collect)[0]["remark"] == "再改" and len(heard) == 1


def test_a_site_does_not_end_over_what_others_did_since(collect):
    uid = shown(collect)
    with Register.open(collect._workbench.session.path) as register:
        review_one(register, uid, Event.APPROVE, Person("赵审核", "13900000009", Role.REVIEWER))
    heard = []
    collect._workbench.session.editor.refused.connect(heard.append)
    choose_action(collect, "end")
    collect.end._reason.setText("不种了")
    collect.end.findChild(QPushButton, "originmap_end_ok").click()
    assert (rows(collect)[0]["status"], rows(collect)[0]["ended_reason"]) == ("approved", None)
    assert "赵审核" in heard[0].error.sentence() and "已审核" in status(collect)


def test_values_and_point_are_one_step_to_undo(collect):
    shown(collect)
    collect.point.move_button.click()
    assert collect.place.armed
    collect.place.place(QgsPointXY(110.5009, 19.5009))
    collect.desk.sheet.form.set_value("remark", "改")
    collect.actions.save.click()
    blob = rows(collect)[0]["geom"]
    assert rows(collect)[0]["remark"] == "改" and "Change" in collect.actions.undo.toolTip()
    collect.actions.undo.click()
    (row,) = rows(collect)
    assert row["remark"] is None and row["geom"] != blob
    assert value(collect, "remark") is None
    assert collect.desk.sheet.form.point == pytest.approx((110.5005, 19.5005))


def test_undo_of_a_new_draft_keeps_it_in_the_form(collect):
    begin(collect)
    collect.actions.save.click()
    assert len(rows(collect)) == 1
    collect.actions.undo.click()
    assert rows(collect) == [] and value(collect, "producer_name") == "示例种植合作社"
    collect.actions.save.click()
    assert len(rows(collect)) == 1


def test_ctrl_z_is_the_text_fields_own_while_it_is_in_one(collect):
    begin(collect)
    collect.actions.save.click()
    form = collect.desk.sheet.form
    form.show_field("site_name")
    QTest.keyClicks(QApplication.focusWidget(), "a")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Z, CTRL)
    assert value(collect, "site_name") == "一号基地" and len(rows(collect)) == 1
    form.show_field("certification")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Z, CTRL)
    assert rows(collect) == []


def test_next_site_asks_place_and_scale_again(collect):
    shown(collect)
    choose_action(collect, "next_site")
    assert collect.place.armed and collect.desk.sheet.entry.new and collect.desk.sheet.form.point is None
    assert (value(collect, "producer_name"), value(collect, "scale")) == ("示例种植合作社", None)
    collect.place.place(QgsPointXY(110.5009, 19.5009))
    form = collect.desk.sheet.form
    for name in ("site_address", "scale", "market_start", "market_end"):
        form.set_value(name, TYPED[name])
    form.set_value("cycle", "2026-春茬")
    collect.actions.submit.click()
    assert [row["producer_name"] for row in rows(collect)] == ["示例种植合作社"] * 2


def test_next_cycle_keeps_the_point(collect):
    shown(collect, cycle="2020-春茬")
    choose_action(collect, "next_cycle")
    assert collect.desk.sheet.form.point == pytest.approx((110.5005, 19.5005))
    assert value(collect, "cycle") not in (None, "2020-春茬") and value(collect, "site_name") == "一号基地"
    assert value(collect, "scale") is None and value(collect, "collected_on") == date.today().isoformat()


@pytest.mark.parametrize(
    "variety, cycle, today, expected",
    [
        ("egg", "2026-11", date(2026, 11, 24), "2026-12"),
        ("egg", "2026-12", date(2026, 12, 24), "2027-01"),
        ("egg", "2026-08", date(2026, 11, 24), "2026-11"),
        ("cowpea", "2026-春茬", date(2026, 6, 1), "2026-夏茬"),
        ("cowpea", "2026-夏茬", date(2026, 6, 1), ""),
    ],
)
def test_the_cycle_that_follows(variety, cycle, today, expected):
    assert next_cycle_of(load_standard(), {"variety": variety, "cycle": cycle}, today) == expected


def test_a_site_ends_with_day_and_reason_and_can_be_taken_up(collect):
    shown(collect)
    choose_action(collect, "end")
    assert collect.end.isVisible() and not collect.end.findChild(QPushButton, "originmap_end_ok").isEnabled()
    collect.end._reason.setText("不再种植")
    QTest.keyClick(collect.end._reason, KEY.Key_Return)
    (row,) = rows(collect)
    assert (row["status"], row["ended_reason"], row["ended_on"]) == ("ended", "不再种植", date.today().isoformat())
    assert "不再种植" in status(collect) and not collect.actions.submit.isEnabled()
    assert not collect.desk.sheet.form._form.isEnabled()
    choose_action(collect, "take_up")
    (row,) = rows(collect)
    assert (row["status"], row["ended_reason"]) == ("submitted", None) and collect.desk.sheet.form._form.isEnabled()


def test_a_site_does_not_end_over_unsaved_input(collect):
    shown(collect)
    collect.desk.sheet.form.set_value("remark", "改")
    choose_action(collect, "end")
    assert not collect.end.isVisible() and value(collect, "remark") == "改"


def test_pins_keep_a_value_for_the_next_record(collect):
    begin(collect)
    form = collect.desk.sheet.form
    form.show_field("producer_name")
    pin = form.findChild(QToolButton, "originmap_pin_producer_name")
    pin.click()
    form.show_field("contact_phone")
    collect.desk.sheet.toggle_pin()
    assert pin.isChecked() and set(QgsSettings().value("originmap/collect/pins")) == {"producer_name", "contact_phone"}
    collect.actions.submit.click()
    collect.place.place(QgsPointXY(110.5009, 19.5009))
    assert (value(collect, "producer_name"), value(collect, "contact_phone")) == ("示例种植合作社", "13800001234")
    assert value(collect, "contact_name") is None
    pin.click()
    assert Pins().names == ("contact_phone",)


def test_what_belongs_to_one_point_cannot_be_pinned(collect):
    begin(collect)
    form = collect.desk.sheet.form
    form.show_field("point_source")
    assert not form.findChild(QToolButton, "originmap_pin_point_source").isVisible()
    collect.desk.sheet.toggle_pin()
    assert Pins().names == ()


def test_typed_names_give_the_divisions_code(collect, qtbot):
    session = collect._workbench.session
    own = [
        Division("999901101", "石湾镇", DivisionLevel.TOWNSHIP),
        Division(VILLAGE, "青塘村委会", DivisionLevel.VILLAGE),
    ]
    session.__dict__["gazetteer"] = session.gazetteer.with_divisions(own)
    begin(collect)
    assert value(collect, "division_code") == "999901"
    form = collect.desk.sheet.form
    form.set_value("township", "石湾镇")
    form.set_value("village", "青塘村")
    qtbot.waitUntil(lambda: value(collect, "division_code") == VILLAGE)
    form.set_value("division_code", "999901102")
    form.set_value("village", "青塘")
    qtbot.wait(400)
    assert value(collect, "division_code") == "999901102"


def test_a_record_that_is_gone_is_said(collect):
    collect._workbench.show_record("0b0f1f6e-3a51-4f0e-9d5e-000000000001")
    assert collect.desk.sheet.entry is None
    assert "档案库里没有这条记录" in collect._workbench.iface.messageBar().items()[0].text()


def test_another_page_changes_the_record_in_the_form(collect):
    uid = shown(collect)
    collect._workbench.session.editor.change(uid, {"remark": "队列"}, "改")
    assert value(collect, "remark") == "队列"


def test_a_form_that_someone_rearranged_is_no_obstacle(opened, collect):
    layer = opened.session.layer
    config = layer.editFormConfig()
    config.setLayout(QgsEditFormConfig.EditorLayout.GeneratedLayout)
    layer.setEditFormConfig(config)
    collect._drop_desk()
    collect.enter()
    begin(collect)
    collect.actions.submit.click()
    assert [row["status"] for row in rows(collect)] == ["submitted"]


@pytest.fixture
def picker(qtbot, qgis_app):
    made = VarietyPicker("zh")
    made.offer(load_standard().varieties)
    qtbot.addWidget(made)
    made.resize(340, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def focused(picker):
    return QApplication.focusWidget().property("code")


def test_picker_wraps_and_arrows_follow_its_lines(picker):
    buttons = [b for b in picker.findChildren(QToolButton) if b.property("code")]
    assert len(buttons) == 12 and len({b.y() for b in buttons}) > 1
    assert all(b.geometry().right() <= picker.width() for b in buttons)
    columns = len([b for b in buttons if b.y() == buttons[0].y()])
    picker.change()
    for key, expected in ((KEY.Key_Right, 1), (KEY.Key_Down, 1 + columns), (KEY.Key_Left, columns), (KEY.Key_Up, 0)):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert focused(picker) == buttons[expected].property("code")


def test_picker_shrinks_to_the_chosen_one_and_opens_again(picker, qtbot):
    picker.change()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    with qtbot.waitSignal(picker.chosen) as heard:
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert heard.args == ["chinese_chive"] and picker.code == "chinese_chive"
    change = picker.findChild(QPushButton, "originmap_variety_change")
    assert change.isVisible() and not picker.findChild(QToolButton, "originmap_variety_egg").isVisible()
    change.click()
    assert focused(picker) == "chinese_chive"


def test_tab_leads_from_a_topic_into_its_fields(collect, qtbot):
    begin(collect)
    form = collect.desk.sheet.form
    for number in range(3):
        qtbot.mouseClick(form.topics.findChild(QToolButton, f"originmap_topic_{number}"), Qt.MouseButton.LeftButton)
        assert form.field_in_focus() == ""
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        first = form.field_in_focus()
        assert first and form._pages.currentIndex() == form._page_of(first) == number
