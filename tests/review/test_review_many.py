"""Steps of many as one, by two people at once, through QGIS's edit buffer; what came back; old registers."""

from __future__ import annotations

import gc
import sqlite3
import threading
from dataclasses import replace
from datetime import date

import pytest
from qgis.core import QgsPointXY

from originmap.core.onemap.query import Query
from originmap.core.register.came_back import came_back, came_back_of, count_came_back
from originmap.core.register.changing import RecordChanged, change
from originmap.core.register.editing import PointHow, RecordEditor
from originmap.core.register.errors import RegisterError
from originmap.core.register.history import timeline
from originmap.core.register.layers import open_layer
from originmap.core.register.register import Register
from originmap.core.register.renewal import REGISTER_VERSION
from originmap.core.register.reviewing import carry_out, last_step, preview, read_state, review_one, undo
from originmap.core.register.rows import find_record
from originmap.core.register.writing import ImportInfo, new_uids
from originmap.core.review.process import Event
from originmap.core.review.transitions import Terms

TERMS = Terms("点位不对", "2026-12-10")


def status(register, uid):
    return find_record(register.connection, uid).values["status"]


def test_many_go_as_one_step_and_come_back_as_one(register, insert, people):
    incomplete, whole, own, moved = insert(contact_name=None), insert(), insert(collector_name="赵审核"), insert()
    planned = preview(register, Event.SUBMIT, Query(), people.collector)
    assert [(one.uid, one.code) for one in planned.stays] == [(incomplete, "REVIEW_INCOMPLETE")]
    assert "主体联系人" in planned.stays[0].sentence() and "Contact" in planned.stays[0].sentence("en")
    assert {one.uid for one in planned.goes} == {whole, own, moved} and status(register, whole) == "draft"
    assert set(carry_out(register, planned).gone) == {whole, own, moved}

    reviewer = people.reviewer
    planned = preview(register, Event.APPROVE, [incomplete, whole, own, moved, "gone"], reviewer)
    stays = {one.uid: one.code for one in planned.stays}
    # One who bears the collector's name is only told apart by the phone.
    assert stays == {incomplete: "REVIEW_STATE", "gone": "RECORD_GONE"}
    own_name = preview(register, Event.APPROVE, [own], replace(reviewer, phone=""))
    assert [one.code for one in own_name.stays] == ["REVIEW_OWN"]
    change(register, moved, {"remark": "晚了"}, people.collector)
    step = carry_out(register, planned)
    assert set(step.gone) == {whole, own} and [(one.uid, one.code) for one in step.stayed] == [
        (moved, "REVIEW_CHANGED")
    ]
    last = last_step(register.connection, reviewer)
    assert (last.id, last.event, last.count) == (step.id, Event.APPROVE, 2)

    change(register, own, {"scale": 99.0}, people.collector)
    assert [one.code for one in undo(register, step.id, people.other).stayed] == ["REVIEW_LAST", "REVIEW_LAST"]
    taken_back = undo(register, step.id, reviewer)
    assert taken_back.gone == (whole,) and [one.uid for one in taken_back.stayed] == [own]
    assert (status(register, whole), status(register, own)) == ("submitted", "submitted")
    # Nothing was erased: the step and its undoing both stand there.
    events = register.connection.execute(
        "SELECT event FROM review_event WHERE uid = ? ORDER BY id", (whole,)
    ).fetchall()
    assert [event for (event,) in events] == ["submit", "approve", "undo"]
    assert last_step(register.connection, reviewer).count == 1


def test_a_refusal_in_the_midst_leaves_nothing_half(register, insert, people):
    uid = insert(status="submitted")
    register.connection.execute("UPDATE record SET scale = 20 WHERE uid = ?", (uid,))
    with pytest.raises(RegisterError) as raised:
        review_one(register, uid, Event.RETURN, people.reviewer, Terms("", "2099-01-01"), [("geom", "偏了")])
    assert raised.value.code == "REVIEW_REASON" and status(register, uid) == "submitted"
    assert register.connection.execute("SELECT count(*) FROM review_comment").fetchone() == (0,)


def test_what_came_back_and_until_when(register, insert, people):
    uids = [insert(status="submitted") for _ in range(2)]
    elsewhere = insert(status="submitted", collector_name="孙某", collector_phone="13700000000")
    remarks = [("geom", "偏到河里了"), ("scale", "与土地台账不符"), ("remark", "  ")]
    review_one(register, uids[0], Event.RETURN, people.reviewer, TERMS, remarks)
    review_one(register, uids[1], Event.RETURN, people.reviewer, Terms("核对", "2026-12-01"))
    review_one(register, elsewhere, Event.RETURN, people.reviewer, Terms("核对", "2026-11-30"))
    day = date(2026, 12, 5)
    mine = came_back(register.connection, people.collector, day)
    assert [(one.uid, one.days_left, one.overdue) for one in mine] == [(uids[1], -4, True), (uids[0], 5, False)]
    assert [(one.field, one.text) for one in mine[1].comments] == [("geom", "偏到河里了"), ("scale", "与土地台账不符")]
    assert count_came_back(register.connection, None, day) == (3, 2)
    connection = register.connection
    connection.execute("UPDATE record SET scale = 8, status = 'submitted' WHERE uid = ?", (uids[0],))
    assert came_back_of(connection, uids[0]) is None and connection.execute(
        "SELECT count(*) FROM review_comment WHERE settled IS NOT NULL"
    ).fetchone() == (2,)
    returned = next(entry for entry in timeline(connection, uids[0]) if entry.event is Event.RETURN)
    assert (returned.reason, returned.deadline, len(returned.comments)) == ("点位不对", "2026-12-10", 2)


def test_two_change_one_record_fifty_times_and_one_wins(register, insert, people):
    uid = insert()
    with Register.open(register.path) as second:
        for turn in range(50):
            seen = find_record(register.connection, uid).version
            start, outcomes = threading.Barrier(2), {}

            def write(which, name, value, seen=seen, start=start, outcomes=outcomes):
                start.wait()
                try:
                    outcomes[name] = change(which, uid, {name: value}, people.collector, seen)
                except RecordChanged as error:
                    outcomes[name] = error

            jobs = [
                threading.Thread(target=write, args=(register, "scale", 100.0 + turn)),
                threading.Thread(target=write, args=(second, "remark", f"第{turn}次")),
            ]
            for job in jobs:
                job.start()
            for job in jobs:
                job.join()
            lost = [name for name, outcome in outcomes.items() if isinstance(outcome, RecordChanged)]
            assert len(outcomes) == 2 and len(lost) == 1, outcomes
            (won,) = outcomes.keys() - set(lost)
            assert [one.field for one in outcomes[lost[0]].changes] == [won]
            assert [one.field for one in outcomes[won]] == [won]
    assert find_record(register.connection, uid).version == 50


def test_a_reviewer_does_not_approve_what_was_changed_under_the_eyes(register, insert, people):
    uid = insert(status="submitted")
    looked_at = read_state(register.connection, uid).version
    with Register.open(register.path) as second:
        change(second, uid, {"scale": 77.0}, people.collector)
    with pytest.raises(RegisterError) as raised:
        review_one(register, uid, Event.APPROVE, people.reviewer, seen=looked_at)
    assert raised.value.code == "REVIEW_CHANGED" and status(register, uid) == "submitted"


@pytest.fixture
def editor(register, people):
    layer = open_layer(register.path)
    made = RecordEditor(layer, people.collector.name)
    yield made
    # pytest still holds the editor; a layer that outlives the application crashes it.
    del made.layer, layer
    gc.collect()


def moved(editor, uid):
    return editor.move(uid, QgsPointXY(110.6, 19.6), PointHow("imagery"), "移点")


def ended(editor, uid):
    return editor.change(uid, {"status": "ended", "ended_on": "2026-11-01", "ended_reason": "改种"}, "终止")


def changed(editor, uid):
    return editor.change(uid, {"scale": 14.0}, "改", QgsPointXY(110.6, 19.6))


@pytest.mark.parametrize("edit", [moved, changed, ended])
def test_an_edit_of_an_approved_record_and_its_undo_in_the_window(register, insert, people, editor, edit):
    uid = insert(status="submitted")
    review_one(register, uid, Event.APPROVE, people.reviewer)
    assert edit(editor, uid).ok and status(register, uid) in ("submitted", "ended")
    # Whoever moved the point is named, though QGIS writes it before the column that says who.
    assert {entry.by for entry in timeline(register.connection, uid)[:-3]} == {"王示例"}
    heard = []
    editor.refused.connect(heard.append)
    assert editor.undo_last() and not heard and status(register, uid) == "approved"


def test_the_window_says_who_came_first(register, insert, people, editor):
    uid = insert()
    seen = find_record(register.connection, uid).version
    change(register, uid, {"scale": 20.0}, people.other)
    # What others changed elsewhere in the record stands in nobody's way.
    assert editor.change(uid, {"remark": "同时"}, "改", seen=seen).ok
    done = editor.change(uid, {"scale": 30.0}, "改", seen=seen)
    assert isinstance(done.error, RecordChanged) and done.error.changes[0].after == 20.0
    assert not editor.layer.isEditable() and find_record(register.connection, uid).values["scale"] == 20.0


def test_the_attribute_table_does_not_approve(register, insert, editor):
    uid, layer = insert(status="submitted"), editor.layer
    (feature,) = layer.getFeatures()
    assert layer.startEditing()
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("status"), "approved")
    assert not layer.commitChanges() and "只能经审核办理" in "".join(layer.commitErrors())
    layer.rollBack()
    assert status(register, uid) == "submitted"


def test_what_comes_in_bulk_is_noted_as_handed_in_and_never_as_approved(register, insert):
    insert(status="draft")
    (names,) = zip(*register.connection.execute("SELECT name FROM pragma_table_info('record') WHERE name <> 'fid'"))
    like = list(register.connection.execute(f"SELECT {', '.join(names)} FROM record").fetchone())

    def imported(*states):
        rows = []
        for state, uid in zip(states, new_uids(len(states))):
            rows.append(tuple({"status": state, "uid": uid}.get(name, value) for name, value in zip(names, like)))
        with register.importing(ImportInfo("表.xlsx", "0" * 64, by="导入人")) as session:
            session.insert(names, rows)

    imported("draft", "submitted", "ended")
    events = "SELECT event, from_status, to_status, by_name, history_id FROM review_event ORDER BY event"
    assert register.connection.execute(events).fetchall() == [
        ("end", "", "ended", "王示例", 0), ("submit", "", "submitted", "王示例", 0)
    ]  # fmt: skip
    with pytest.raises(RegisterError) as raised:
        imported("draft", "approved")
    assert raised.value.code == "REGISTER_REFUSED" and "只能经审核办理" in raised.value.sentence()
    assert register.connection.execute("SELECT count(*) FROM record").fetchone() == (4,)


def test_a_register_of_the_first_version_is_brought_up_to_date(register, insert, people):
    uid, other = insert(status="submitted"), insert(status="submitted")
    review_one(register, uid, Event.APPROVE, people.reviewer)
    made = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    whole = register.connection.execute(made).fetchall()
    make_old(register.connection)
    register.close()
    with Register.open(register.path, read_only=True) as old:
        assert came_back(old.connection) == [] and timeline(old.connection, uid)
    with Register.open(register.path) as new:
        assert new.setting("register_version") == str(REGISTER_VERSION)
        assert new.connection.execute("SELECT uid, event, to_status FROM review_event").fetchall() == [
            (uid, "approve", "approved")
        ]
        review_one(new, other, Event.APPROVE, people.reviewer)
        change(new, uid, {"scale": 3.0}, people.collector)
        assert (status(new, uid), status(new, other)) == ("submitted", "approved")
        assert new.connection.execute(made).fetchall() == whole


def make_old(connection: sqlite3.Connection) -> None:
    """Take away what the second version added."""
    mine = "(tbl_name LIKE 'review%' OR name LIKE '%review%' OR name = 'history_deleted')"
    for kind in ("trigger", "view", "index"):
        query = f"SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL AND {mine}"
        for (name,) in connection.execute(query, (kind,)).fetchall():
            connection.execute(f'DROP {kind} "{name}"')
            connection.execute("DELETE FROM gpkg_contents WHERE table_name = ?", (name,))
            connection.execute("DELETE FROM gpkg_data_columns WHERE table_name = ?", (name,))
    connection.execute('DROP TRIGGER "history_record_update"')
    for table in ("review_event", "review_comment", "seal"):
        connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = ?", (table,))
    connection.execute("UPDATE setting SET value = '1' WHERE name = 'register_version'")
