"""The record at hand: what changed, what was found, its neighbours, a step upon it, and the step taken back."""

from __future__ import annotations

import sqlite3
import uuid

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLineEdit, QPushButton

from originmap.core.register.came_back import came_back_of
from originmap.core.register.reviewing import review_one
from originmap.core.review.process import Event
from originmap.forms.review.row_delegate import RowRole
from originmap.forms.wording import distance_text

from ...records import point
from .conftest import PERSON, TERMS, click_line, events_of, key, rows_of, settle, status_of


def test_what_changed_since_the_last_review_is_told_and_both_places_are_drawn(register, put, open_page):
    uid = put("示例农场", 3)
    review_one(register, uid, Event.RETURN, PERSON, TERMS, [("scale", "太大了"), ("", "请重填")])
    mend = "UPDATE record SET geom = ?, scale = 8, remark = '已核实', updated_by = '王示例' WHERE uid = ?"
    register.connection.execute(mend, (point(110.5, 19.501), uid))
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
    put("甲农场", None, geom=point(110.50005))
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


def test_keys_alone_lead_from_the_list_to_a_neighbour_and_back(put, open_page, qtbot):
    uid = put("甲农场", 5)
    put("近邻", 1, geom=point(110.5, 19.5027))
    put("别的产品", 1, geom=point(110.5, 19.5002), variety="celery")
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
