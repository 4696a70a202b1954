"""Editing through the buffer: what stands in the file afterwards, what is refused where, what waits, what is undone."""

from __future__ import annotations

import gc
import sqlite3
import time

import pytest
from qgis.core import QgsPointXY

from originmap.core.register.editing import PointHow, RecordEditor
from originmap.core.register.errors import RegisterError
from originmap.core.register.layers import open_layer

POINT = QgsPointXY(110.5, 19.5)


@pytest.fixture
def editor(register):
    layer = open_layer(register.path)
    made = RecordEditor(layer, "王示例")
    yield made
    # pytest still holds the editor; a layer that outlives the application crashes it.
    del made.layer, layer
    gc.collect()


@pytest.fixture
def whole(valid):
    return {name: value for name, value in valid.items() if name not in ("geom", "uid", "status")}


def row(register, uid):
    register.connection.row_factory = sqlite3.Row
    found = register.connection.execute("SELECT * FROM record WHERE uid = ?", (uid,)).fetchone()
    register.connection.row_factory = None
    return found


def test_add_is_read_back_and_stamped(register, editor, whole):
    done = editor.add(whole, POINT, "新增")
    assert done.ok and not done.waiting and not editor.layer.isEditable()
    stored = row(register, done.uid)
    assert (stored["status"], stored["created_by"], stored["updated_by"]) == ("draft", "王示例", "王示例")
    assert stored["market_start"] == "2026-05-10" and stored["created_at"]
    assert stored["geom"] is not None and editor.layer.featureCount() == 1


def test_industry_and_unit_follow_the_product(register, editor):
    done = editor.add({"variety": "egg"}, None, "新增")
    assert tuple(row(register, done.uid)[name] for name in ("industry", "unit")) == ("livestock", "bird")


def test_submission_is_refused_at_its_field(register, editor, whole):
    uid = editor.add({**whole, "contact_name": None}, POINT, "新增").uid
    heard = []
    editor.refused.connect(heard.append)
    done = editor.submit(uid, {}, "提交")
    assert (done.ok, done.field) == (False, "contact_name") and heard == [done]
    assert "主体联系人" in done.error.sentence("zh") and "Contact" in done.error.sentence("en")
    assert row(register, uid)["status"] == "draft" and not editor.layer.isEditable()
    assert editor.submit(uid, {"contact_name": "张示例"}, "提交").ok
    assert row(register, uid)["status"] == "submitted"


def test_move_stores_how_and_undo_takes_one_step(register, editor, whole):
    uid = editor.add({**whole, "point_quality": "none"}, None, "新增").uid
    assert editor.put_aside(uid, "找不到地块").ok
    assert editor.move(uid, POINT, PointHow("imagery", radius=5.0, source="影像"), "定位").ok
    stored = row(register, uid)
    assert (stored["point_method"], stored["point_radius"], stored["point_by"]) == ("imagery", 5.0, "王示例")
    assert stored["aside_reason"] is None and stored["point_at"]
    assert editor.undo_title == "定位" and editor.undo_last()
    stored = row(register, uid)
    assert stored["geom"] is None and stored["aside_reason"] == "找不到地块" and stored["point_method"] is None
    assert editor.undo_last() and row(register, uid)["aside_reason"] is None
    assert editor.undo_last() and row(register, uid) is None
    assert not editor.undo_last()
    # Point and columns are two statements of QGIS's, so a move and its undo leave two entries each.
    assert register.connection.execute("SELECT count(*) FROM history WHERE uid = ?", (uid,)).fetchone()[0] == 7


def test_undo_of_a_submitted_new_record_makes_a_draft(register, editor, whole):
    uid = editor.add({**whole, "status": "submitted"}, POINT, "提交").uid
    assert editor.undo_last() and row(register, uid)["status"] == "draft"


def test_undo_leaves_what_others_changed(register, editor, whole):
    uid = editor.add(whole, POINT, "新增").uid
    editor.change(uid, {"remark": "一"}, "改备注")
    register.connection.execute("UPDATE record SET remark = '二' WHERE uid = ?", (uid,))
    heard = []
    editor.refused.connect(heard.append)
    assert editor.undo_last()
    assert heard[0].error.code == "UNDO_CHANGED" and row(register, uid)["remark"] == "二"


def test_a_persons_edit_session_is_theirs(register, editor, whole):
    editor.layer.startEditing()
    with pytest.raises(RegisterError) as raised:
        editor.add(whole, POINT, "新增")
    assert raised.value.code == "LAYER_BEING_EDITED" and editor.layer.isEditable() and not editor.busy
    editor.layer.rollBack()


def test_a_locked_file_is_waited_for_without_blocking(register, editor, whole, qtbot):
    register.connection.execute("BEGIN IMMEDIATE")
    start = time.perf_counter()
    done = editor.add(whole, POINT, "新增")
    second = editor.change(done.uid, {"remark": "后来"}, "改备注")
    assert time.perf_counter() - start < 0.2
    assert done.waiting and second.waiting and editor.busy
    qtbot.wait(120)
    register.connection.execute("COMMIT")
    with qtbot.waitSignals([editor.saved, editor.saved], timeout=3000):
        pass
    assert row(register, done.uid)["remark"] == "后来" and not editor.busy


def test_a_lock_that_stays_is_told(register, editor, whole, qtbot, monkeypatch):
    monkeypatch.setattr("originmap.core.register.editing._PATIENCE_SECONDS", 0.1)
    register.connection.execute("BEGIN IMMEDIATE")
    with qtbot.waitSignal(editor.refused, timeout=3000) as heard:
        editor.add(whole, POINT, "新增")
    register.connection.execute("COMMIT")
    assert heard.args[0].error.code == "REGISTER_LOCKED"


def test_a_deleted_file_is_no_success(register, editor, whole):
    register.path.unlink()
    done = editor.add(whole, POINT, "新增")
    assert not done.ok and done.error.code == "REGISTER_NOT_FOUND"


def test_end_and_verify(register, editor, whole):
    uid = editor.add({**whole, "status": "submitted"}, POINT, "提交").uid
    assert editor.verify(uid, ("site_visit",), "2026-06-01", "李示例").ok
    assert row(register, uid)["verified_how"] == '["site_visit"]'
    assert editor.change(uid, {"status": "ended", "ended_on": "2026-07-01", "ended_reason": "不再种植"}, "终止").ok
    assert tuple(row(register, uid)[n] for n in ("status", "ended_on")) == ("ended", "2026-07-01")


def test_copies_ask_scale_and_period_again(register, editor, whole):
    uid = editor.add({**whole, "verified_on": "2026-06-01"}, POINT, "新增").uid
    site, cycle = editor.next_site(uid), editor.next_cycle(uid, "2026-秋茬")
    asked = {"scale", "market_start", "market_end", "verified_on", "uid", "status"}
    assert not asked & site.values.keys() and not asked & cycle.values.keys()
    assert site.point is None and "site_address" not in site.values and "point_quality" not in site.values
    assert cycle.point == pytest.approx((110.5, 19.5)) and cycle.values["point_quality"] == "exact"
    assert cycle.values["cycle"] == "2026-秋茬" and site.values["producer_name"] == "示例种植合作社"


def test_what_cannot_be_undone_stands_in_the_way_of_nothing(register, editor, whole):
    other = editor.add(whole, POINT, "另一条").uid
    uid = editor.add(whole, POINT, "新增").uid
    assert editor.submit(uid, {}, "提交").ok and editor.undo_last()
    heard = []
    editor.refused.connect(heard.append)
    # It was handed in once, so it is never deleted again.
    assert editor.undo_title == "新增" and editor.undo_last()
    assert heard[0].error.code == "RECORD_NO_DELETE" and row(register, uid)["status"] == "draft"
    assert editor.undo_title == "另一条" and editor.undo_last() and row(register, other) is None


def test_values_and_point_are_one_step(register, editor, whole):
    uid = editor.add(whole, POINT, "新增").uid
    before = row(register, uid)["geom"]
    assert editor.change(uid, {"remark": "改"}, "修改", QgsPointXY(110.6, 19.6)).ok
    assert row(register, uid)["geom"] != before and row(register, uid)["remark"] == "改"
    assert editor.undo_last()
    assert row(register, uid)["geom"] == before and row(register, uid)["remark"] is None
