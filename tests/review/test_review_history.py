"""The history of a record: replayed it gives the present table, whoever wrote; versions, differences, restoring."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Optional

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmap.core.register.changing import RecordChanged, change, restore
from originmap.core.register.errors import RegisterError
from originmap.core.register.history import (
    changes_since_review,
    deleted,
    present_version,
    reviewed_before,
    timeline,
    version_after,
    version_at,
)
from originmap.core.register.reviewing import carry_out, last_step, preview, review_one, undo
from originmap.core.register.rows import find_record
from originmap.core.review.comparing import POINT, Version, alike, differences, told_fields
from originmap.core.review.process import Event
from originmap.core.review.transitions import Terms
from originmap.core.standard.model import load_standard

FIELDS = told_fields(load_standard())
TERMS = Terms("规模不符", "2099-12-31")


@pytest.fixture(scope="module")
def register(make_register, tmp_path_factory):
    with make_register(tmp_path_factory.mktemp("history")) as made:
        yield made


def same(one: Optional[Version], other: Optional[Version]) -> bool:
    if one is None or other is None:
        return one is other
    return not differences(one, other, FIELDS)


def applied(version: Version, entry) -> Version:
    """What a version becomes by the changes that the history tells of."""
    values = {**version.values, **{one.field: one.after for one in entry.changes if one.field != POINT}}
    if entry.to_status and entry.from_status:
        values["status"] = entry.to_status
    moved = next((one for one in entry.changes if one.field == POINT), None)
    return Version(values, version.point if moved is None else moved.to_point)


def replayed(connection: sqlite3.Connection, uid: str) -> list[Optional[Version]]:
    """All versions of a record, made from its first one by what the history tells, held against what it keeps."""
    versions: list[Optional[Version]] = []
    last = 0
    for entry in reversed(timeline(connection, uid)):
        if entry.kind == "created":
            # Of one that was deleted and restored the second time: as it was put in again.
            versions.append(version_after(connection, uid, last))
        elif entry.history_id is not None:
            assert same(versions[-1], version_at(connection, uid, entry.history_id)), entry
            versions.append(None if entry.kind == "deleted" else applied(versions[-1], entry))
            last = entry.history_id
    return versions


change_of_field = st.one_of(
    st.tuples(st.just("scale"), st.sampled_from([1.0, 12.5, 1 / 3, 1e6])),
    st.tuples(st.just("remark"), st.sampled_from([None, "备注", "换行\n“引号”'", "\x1f"])),
    st.tuples(st.just("certification"), st.sampled_from(['["green"]', '["gap","green"]', '[ "gap" ]'])),
    st.tuples(st.just("market_end"), st.sampled_from(["2026-06-30", "2026-07-31"])),
)
point = st.tuples(st.sampled_from([110.5, 110.6]), st.sampled_from([19.5, 19.7]))
action = st.one_of(
    st.tuples(st.just("sql"), change_of_field),
    st.tuples(st.just("status"), st.sampled_from(["draft", "submitted", "ended", "approved"])),
    st.tuples(st.just("change"), st.tuples(change_of_field, point)),
    st.tuples(st.just("step"), st.sampled_from([e for e in Event if e is not Event.UNDO])),
    st.tuples(st.just("bulk"), st.sampled_from([Event.SUBMIT, Event.APPROVE])),
    st.tuples(st.just("restore"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.none()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(action, max_size=12), st.booleans())
def test_replaying_the_history_gives_the_present_table(register, put, people, actions, recursive):
    connection = register.connection
    connection.execute(f"PRAGMA recursive_triggers = {int(recursive)}")
    uid = put(connection)
    seen = [present_version(connection, uid)]
    for kind, what in actions:
        # Where the register says no, nothing may have changed.
        with suppress(RegisterError, sqlite3.IntegrityError):
            for _ in act(register, people, uid, kind, what):
                seen.append(present_version(connection, uid))
        seen.append(present_version(connection, uid))
    told = replayed(connection, uid)
    assert same(told[-1], seen[-1])
    told, seen = without_repeats(told), without_repeats(seen)
    assert len(told) == len(seen) and all(map(same, told, seen))


def without_repeats(versions: list[Optional[Version]]) -> list[Optional[Version]]:
    return versions[:1] + [now for before, now in zip(versions, versions[1:]) if not same(before, now)]


def act(register, people, uid, kind, what):
    connection = register.connection
    if kind == "sql":
        connection.execute(f"UPDATE record SET {what[0]} = ? WHERE uid = ?", (what[1], uid))
    elif kind == "status":
        connection.execute("UPDATE record SET status = ? WHERE uid = ?", (what, uid))
    elif kind == "change":
        (name, value), place = what
        change(register, uid, {name: value}, people.collector, point=place)
    elif kind == "step":
        person = people.reviewer if what in (Event.APPROVE, Event.RETURN) else people.collector
        review_one(register, uid, what, person, TERMS)
    elif kind == "bulk":
        step = carry_out(register, preview(register, what, [uid], people.other))
        yield
        undo(register, step.id, people.other)
    elif kind == "restore":
        entries = [entry for entry in timeline(connection, uid) if entry.history_id is not None]
        restore(register, uid, entries[what % len(entries)].history_id if entries else 0, people.collector)
    else:
        connection.execute("DELETE FROM record WHERE uid = ?", (uid,))


def test_an_approved_record_waits_again_only_for_what_matters(register, put, people):
    connection, uid = register.connection, put(register.connection, status="submitted")
    review_one(register, uid, Event.APPROVE, people.reviewer)
    assert reviewed_before(connection, uid) and changes_since_review(connection, uid) == []
    connection.execute("UPDATE record SET remark = '改', certification = '[ \"green\" ]' WHERE uid = ?", (uid,))
    assert find_record(connection, uid).values["status"] == "approved"
    change(register, uid, {"scale": 20.0}, people.collector, point=(110.501, 19.5))
    assert find_record(connection, uid).values["status"] == "submitted"
    event, fields = connection.execute(
        "SELECT event, fields FROM review_event WHERE uid = ? ORDER BY id DESC LIMIT 1", (uid,)
    ).fetchone()
    assert (event, fields) == ("reopen", '["geom","scale"]')
    moved, *others = changes_since_review(connection, uid)
    assert (moved.field, round(moved.metres), moved.from_point, moved.to_point) == (
        POINT, 105, (110.5, 19.5), (110.501, 19.5)
    )  # fmt: skip
    assert [(one.field, one.before, one.after) for one in others] == [("scale", 12.5, 20.0), ("remark", None, "改")]
    newest = timeline(connection, uid)[0]
    assert (newest.event, newest.from_status, newest.to_status, newest.by) == (
        Event.REOPEN, "approved", "submitted", "王示例"
    )  # fmt: skip
    assert {one.field for one in newest.changes} == {POINT, "scale"}
    # What another program changes, not saying who did, is laid on nobody.
    review_one(register, uid, Event.APPROVE, people.reviewer)
    connection.execute("UPDATE record SET scale = 30 WHERE uid = ?", (uid,))
    assert (timeline(connection, uid)[0].event, timeline(connection, uid)[0].by) == (Event.REOPEN, "")


def test_an_earlier_version_and_a_deleted_record_come_back(register, put, people):
    connection, uid = register.connection, put(register.connection)
    change(register, uid, {"scale": 20.0, "remark": "改"}, people.collector, point=(110.6, 19.6))
    first = timeline(connection, uid)[0]
    assert restore(register, uid, first.history_id, people.other)
    stored = find_record(connection, uid)
    assert (stored.values["scale"], stored.values["remark"], stored.point) == (12.5, None, pytest.approx((110.5, 19.5)))
    assert stored.values["updated_by"] == "钱审核"
    assert restore(register, uid, first.history_id, people.other) == []
    newest = timeline(connection, uid)[0]
    assert newest.event is Event.RESTORE and {c.field for c in newest.changes} == {POINT, "scale", "remark"}
    connection.execute("DELETE FROM record WHERE uid = ?", (uid,))
    gone = next(one for one in deleted(connection) if one.uid == uid)
    restore(register, uid, gone.history_id, people.collector)
    back = find_record(connection, uid)
    assert back.values["status"] == "draft" and back.values["created_by"] == "王示例"
    assert alike(back.values["scale"], 12.5) and uid not in {one.uid for one in deleted(connection)}
    with pytest.raises(RegisterError) as raised:
        restore(register, uid, 10**6, people.collector)
    assert raised.value.code == "VERSION_GONE"


def test_a_clock_that_was_set_back_changes_no_order(register, put, people):
    connection, uid = register.connection, put(register.connection)
    connection.execute("DELETE FROM record WHERE uid = ?", (uid,))
    (gone,) = (one for one in deleted(connection) if one.uid == uid)
    restore(register, uid, gone.history_id, people.collector)
    review_one(register, uid, Event.SUBMIT, people.collector)
    review_one(register, uid, Event.APPROVE, people.reviewer)
    change(register, uid, {"scale": 20.0}, people.collector)
    review_one(register, uid, Event.APPROVE, people.reviewer)
    first = timeline(connection, uid)[3].history_id
    restore(register, uid, first, people.other)
    change(register, uid, {"remark": "后来"}, people.collector)

    def told():
        return [(entry.kind, entry.event) for entry in reversed(timeline(connection, uid))]

    steps = [Event.RESTORE, Event.SUBMIT, Event.APPROVE, Event.REOPEN, Event.APPROVE, Event.REOPEN, Event.RESTORE]
    order = [("created", None), ("deleted", None), ("created", None), *(("step", step) for step in steps)]
    assert told() == [*order, ("change", None)]
    guards = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name in ("keep_history_update", "review_event_fixed"):
        connection.execute(f"DROP TRIGGER {name}")
    for table in ("history", "review_event"):
        connection.execute(f"UPDATE {table} SET at = (2100 - id) || '-01-01T08:00:00+08:00' WHERE uid = ?", (uid,))
    for name in ("keep_history_update", "review_event_fixed"):
        connection.execute(guards[name])
    assert told() == [*order, ("change", None)]
    assert last_step(connection, people.reviewer).event is Event.APPROVE
    assert len(changes_since_review(connection, uid)) == 2


def test_who_looked_at_another_version_is_told_what_changed(register, put, people):
    uid = put(register.connection)
    seen = find_record(register.connection, uid).version
    change(register, uid, {"scale": 20.0}, people.other)
    with pytest.raises(RecordChanged) as raised:
        change(register, uid, {"remark": "晚了"}, people.collector, seen)
    assert [(one.field, one.before, one.after) for one in raised.value.changes] == [("scale", 12.5, 20.0)]
    assert "钱审核" in raised.value.sentence() and "种养规模" in raised.value.sentence()
    assert find_record(register.connection, uid).values["remark"] is None
