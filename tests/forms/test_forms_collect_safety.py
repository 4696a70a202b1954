"""Nothing typed is lost: locked, edited by a person, deleted, refused, asked about, left, crashed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from originmap.core.register.register import connect
from originmap.core.standard.errors import OriginMapError
from originmap.forms.collect.keeping import Keeping
from originmap.forms.collect.page import CollectPage
from originmap.forms.pages import Page

from .conftest import begin


def path_of(page):
    return page._workbench.session.path


def sql(page, statement, *values):
    with closing(connect(path_of(page))) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(statement, values).fetchall()


def rows(page):
    return sql(page, "SELECT * FROM record ORDER BY fid")


def submitted(page, **where):
    begin(page, **where)
    page.actions.submit.click()
    return rows(page)[-1]["uid"]


def value(page, name):
    return page.desk.sheet.form.values()[name]


def messages(page):
    return [item.text() for item in page._workbench.iface.messageBar().items()]


def answer(page, number):
    assert page.ask.isVisible()
    page.ask.findChild(QPushButton, f"originmap_ask_{number}").click()


def test_a_locked_file_is_waited_for(collect, qtbot):
    begin(collect)
    with closing(sqlite3.connect(path_of(collect), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        collect.actions.submit.click()
        status = collect.findChild(QLabel, "originmap_collect_status")
        assert "as soon as the file is free" in status.text() and not collect.actions.submit.isEnabled()
        assert value(collect, "producer_name") == "示例种植合作社"
        assert other.execute("SELECT * FROM record").fetchall() == []
        other.execute("COMMIT")
    qtbot.waitUntil(lambda: collect.desk.sheet.entry is None, timeout=5000)
    assert [row["status"] for row in rows(collect)] == ["submitted"]


def test_a_lock_that_stays_leaves_the_form_as_it_was(collect, qtbot, monkeypatch):
    monkeypatch.setattr("originmap.core.register.editing._PATIENCE_SECONDS", 0.1)
    begin(collect)
    with closing(sqlite3.connect(path_of(collect), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        collect.actions.save.click()
        qtbot.waitUntil(lambda: not collect.desk.saving.busy, timeout=5000)
        other.execute("COMMIT")
    assert value(collect, "contact_name") == "张示例" and collect.actions.save.isEnabled()
    collect.actions.save.click()
    assert len(rows(collect)) == 1


def test_a_persons_edit_session_is_theirs(collect, monkeypatch):
    layer = collect._workbench.session.layer
    went = []
    monkeypatch.setattr(collect._workbench.iface, "setActiveLayer", went.append, raising=False)
    layer.startEditing()
    begin(collect)
    collect.actions.save.click()
    assert "正处于您打开的编辑状态" in collect.ask.findChild(QLabel).text()
    answer(collect, 0)
    assert went == [layer] and layer.isEditable() and rows(collect) == []
    assert value(collect, "producer_name") == "示例种植合作社"
    layer.rollBack()
    collect.actions.save.click()
    assert len(rows(collect)) == 1


def test_a_deleted_file_loses_nothing(collect):
    begin(collect)
    kept = path_of(collect).rename(path_of(collect).with_suffix(".away"))
    collect.actions.save.click()
    assert value(collect, "producer_name") == "示例种植合作社" and not collect.desk.saving.busy
    kept.rename(path_of(collect))
    collect.actions.save.click()
    assert len(rows(collect)) == 1


def test_what_the_database_refuses_stands_at_its_field(collect):
    """A rule that the form does not know, as a newer register may have it."""
    sql(
        collect,
        "CREATE TRIGGER more BEFORE INSERT ON record WHEN NEW.remark IS NULL "
        "BEGIN SELECT RAISE(ABORT, '“备注”这里必须写。'); END",
    )
    begin(collect)
    collect.actions.submit.click()
    form = collect.desk.sheet.form
    assert form.field_in_focus() == "remark" and rows(collect) == []
    assert any("必须写" in label.text() for label in form.findChildren(QLabel) if label.isVisible())
    form.set_value("remark", "有")
    collect.actions.submit.click()
    assert len(rows(collect)) == 1


def test_a_point_beside_a_known_site_is_asked_about(collect):
    submitted(collect)
    begin(collect, longitude=110.5006)
    collect.actions.submit.click()
    assert "示例种植合作社" in collect.ask.findChild(QLabel).text() and len(rows(collect)) == 1
    answer(collect, 2)
    assert len(rows(collect)) == 1 and collect.desk.sheet.entry is not None
    collect.actions.submit.click()
    answer(collect, 1)
    assert collect.place.armed
    collect.place.place(QgsPointXY(110.5009, 19.5009))
    collect.actions.submit.click()
    assert not collect.ask.isVisible() and len(rows(collect)) == 2


def test_save_anyway(collect):
    submitted(collect)
    begin(collect, longitude=110.5006)
    collect.actions.save.click()
    answer(collect, 0)
    assert [row["status"] for row in rows(collect)] == ["submitted", "draft"]


def test_what_is_typed_is_kept_at_every_pause_and_offered_after_a_crash(collect, opened, qtbot):
    begin(collect)
    kept = Keeping(path_of(collect))
    qtbot.waitUntil(lambda: bool(kept.all()) and kept.all()[0].values["market_end"] == "2026-06-30")
    # The crash: the window goes without a word, and another one comes over the same file.
    again = CollectPage(opened)
    qtbot.addWidget(again)
    again.show()
    again.enter()
    assert "示例种植合作社" in again.findChild(QLabel, "originmap_offer_text").text()
    again.findChild(QPushButton, "originmap_offer_take").click()
    assert value(again, "contact_phone") == "13800001234"
    assert again.desk.sheet.form.point == pytest.approx((110.5005, 19.5005))
    assert again.picker.code == "cowpea" and not again.offers.isVisible()
    again.actions.submit.click()
    assert len(rows(again)) == 1 and kept.all() == []
    again.release()


def test_throwing_away_is_asked_about(collect):
    begin(collect)
    collect.desk.next_point()
    assert collect.offers.isVisible() and "示例种植合作社" in messages(collect)[0]
    collect.findChild(QPushButton, "originmap_offer_drop").click()
    answer(collect, 1)
    assert collect.offers.isVisible()
    collect.findChild(QPushButton, "originmap_offer_drop").click()
    answer(collect, 0)
    assert not collect.offers.isVisible() and Keeping(path_of(collect)).all() == []


def test_another_record_keeps_what_was_typed(collect):
    uid = submitted(collect)
    begin(collect, longitude=110.5009, producer_name="乙")
    collect._workbench.show_record(uid)
    assert value(collect, "producer_name") == "示例种植合作社" and "乙" in messages(collect)[0]
    collect.findChild(QPushButton, "originmap_offer_take").click()
    assert value(collect, "producer_name") == "乙" and collect.desk.sheet.entry.new


def test_input_over_a_stored_record_comes_back_with_it(collect):
    uid = submitted(collect)
    collect._workbench.show_record(uid)
    collect.desk.sheet.form.set_value("remark", "改")
    collect.desk.next_point()
    sql(collect, "UPDATE record SET contact_name = '李四' WHERE uid = ?", uid)
    collect._workbench.show_record(uid)
    assert value(collect, "remark") == "改"
    collect.actions.save.click()
    (row,) = rows(collect)
    assert (row["remark"], row["status"]) == ("改", "submitted")


def test_only_what_was_changed_is_written(collect):
    uid = submitted(collect)
    collect._workbench.show_record(uid)
    sql(collect, "UPDATE record SET contact_name = '李四' WHERE uid = ?", uid)
    collect.desk.sheet.form.set_value("remark", "改")
    collect.actions.save.click()
    (row,) = rows(collect)
    assert (row["contact_name"], row["remark"]) == ("李四", "改")


def test_leaving_the_page_says_that_input_is_kept(collect):
    begin(collect)
    collect.place.arm()
    wanted = []
    collect._workbench.page_wanted.connect(wanted.append)
    collect.leave()
    assert not collect.place.armed and "示例种植合作社" in messages(collect)[0]
    item = collect._workbench.iface.messageBar().items()[0]
    next(button for button in item.findChildren(QPushButton)).click()
    assert wanted == [Page.COLLECT]
    collect.enter()
    assert value(collect, "producer_name") == "示例种植合作社" and not collect.place.armed


def test_closing_the_register_keeps_the_input(collect, opened):
    begin(collect)
    path = path_of(collect)
    opened.close()
    assert collect.desk is None and not collect.actions.isVisible()
    assert "示例种植合作社" in messages(collect)[0]
    opened.open(path)
    collect.enter()
    assert collect.offers.isVisible()


def test_leaving_nothing_behind(opened, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("originmap.forms.collect.keeping._FOLDER", str(tmp_path / "drafts"))
    signals = (opened.register_opened, opened.records_changed, opened.record_wanted)
    before = [opened.receivers(signal) for signal in signals]
    items, editable = len(opened.canvas.scene().items()), opened.session.layer.isEditable()
    for _ in range(5):
        page = CollectPage(opened)
        page.show()
        page.enter()
        begin(page)
        page.release()
        page.deleteLater()
    assert [opened.receivers(signal) for signal in signals] == before
    assert len(opened.canvas.scene().items()) == items and opened.session.layer.isEditable() is editable


def test_a_register_that_cannot_be_written_to_says_so(collect):
    session = collect._workbench.session
    session.read_only = OriginMapError("REGISTER_READ_ONLY", file="x.gpkg")
    collect.picker.choose("cowpea")
    assert not collect.place.armed
    hint = collect.findChild(QLabel, "originmap_collect_hint")
    collect.enter()
    assert hint.text() == session.read_only.sentence("zh")
    collect.place.place(QgsPointXY(110.5005, 19.5005))
    assert collect.desk.sheet.entry is None
