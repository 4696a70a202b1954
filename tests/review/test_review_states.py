"""The whole way of a record: every state, step and role, asked of Python and done by SQL, with the same verdict."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmap.core.register.errors import RegisterError
from originmap.core.register.reviewing import carry_out, preview, read_state, review_one
from originmap.core.review.person import Person
from originmap.core.review.process import Event, Role
from originmap.core.review.transitions import NO_TERMS, Terms, possible, today_in_china, verdict
from originmap.core.standard.messages import message

STATES = ("draft", "submitted", "approved", "returned", "ended")
TERMS = Terms("点位不对", "2099-12-31")
TERMS_GIVEN = (TERMS.reason, TERMS.deadline)
# What a reviewer who collected none of it may do with a record, and where it leads; written down by hand.
REVIEWER_MAY = {
    "draft": {"submit": "submitted", "end": "ended", "restore": "draft"},
    "submitted": {"withdraw": "draft", "approve": "approved", "return": "returned", "end": "ended",
                  "restore": "submitted"},
    "approved": {"return": "returned", "reopen": "submitted", "end": "ended", "restore": "approved"},
    "returned": {"submit": "submitted", "end": "ended", "restore": "returned"},
    "ended": {"reopen": "submitted", "restore": "ended"},
}  # fmt: skip
# The changes of the column that may be made by hand.
BY_HAND = {
    *(("draft", "submitted"), ("returned", "submitted"), ("submitted", "draft")),
    *(("approved", "submitted"), ("ended", "submitted")),
    *((state, "ended") for state in STATES if state != "ended"),
}


@pytest.fixture(scope="module")
def register(make_register, tmp_path_factory):
    with make_register(tmp_path_factory.mktemp("states")) as made:
        yield made


@pytest.fixture(scope="module")
def standing(register, put, people):
    """A record in each state, led there as people do."""
    uids = {state: put(register.connection, status="draft" if state == "draft" else "submitted") for state in STATES}
    review_one(register, uids["approved"], Event.APPROVE, people.reviewer)
    review_one(register, uids["returned"], Event.RETURN, people.reviewer, TERMS)
    review_one(register, uids["ended"], Event.END, people.collector)
    return uids


def take(connection, uid, event, person, terms=NO_TERMS, seen=None):
    """Put a step into the register by plain SQL; gives the status afterwards or the register's sentence. Undone."""
    connection.execute("BEGIN")
    try:
        connection.execute(
            "INSERT INTO review_event (uid, event, by_name, by_phone, by_role, by_area, reason, deadline, seen) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (uid, event.value, person.name, person.phone, person.role.value, person.area_code, terms.reason,
             terms.deadline, seen),
        )  # fmt: skip
        row = connection.execute(
            "SELECT r.status, e.to_status, e.history_id IS NOT NULL AND e.at IS NOT NULL FROM record AS r "
            "JOIN review_event AS e ON e.uid = r.uid WHERE r.uid = ? ORDER BY e.id DESC LIMIT 1",
            (uid,),
        ).fetchone()
        assert row[0] == row[1] and row[2]
        return row[0]
    except sqlite3.IntegrityError as error:
        return str(error)
    finally:
        connection.execute("ROLLBACK")


def said(answer):
    return answer.to_status if answer else answer.sentence()


@pytest.mark.parametrize("recursive", [0, 1])  # GDAL switches recursive triggers on, others do not
def test_every_state_step_and_role(register, standing, people, recursive):
    register.connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    allowed = 0
    for state, event, who, role in itertools.product(STATES, Event, (people.collector, people.reviewer), Role):
        person, uid = replace(who, role=role), standing[state]
        answer = verdict(read_state(register.connection, uid), event, person, TERMS)
        assert take(register.connection, uid, event, person, TERMS) == said(answer), (state, event, person)
        allowed += answer.allowed
    assert allowed > 60
    register.connection.execute("PRAGMA recursive_triggers = 0")


def test_what_a_reviewer_may_do_is_what_was_meant(register, standing, people):
    for state, uid in standing.items():
        now = read_state(register.connection, uid)
        steps = {e.value: verdict(now, e, people.other, TERMS).to_status for e in possible(now, people.other)}
        assert steps == REVIEWER_MAY[state]
        # The very person who took the last step may take it back.
        assert (Event.UNDO in possible(now, people.reviewer)) is (state in ("approved", "returned"))
        reviewed = {Event.APPROVE, Event.RETURN}
        assert not reviewed & set(possible(now, replace(people.collector, role=Role.REVIEWER)))
        assert not reviewed & set(possible(now, replace(people.other, role=Role.COLLECTOR)))
        assert possible(now, replace(people.other, role=Role.ENTERPRISE)) == ()


@pytest.mark.parametrize("recursive", [0, 1])
def test_a_status_changed_by_hand(register, standing, recursive):
    connection = register.connection
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    for (state, uid), target in itertools.product(standing.items(), STATES):
        connection.execute("BEGIN")
        try:
            connection.execute("UPDATE record SET status = ?, updated_by = '孙某' WHERE uid = ?", (target, uid))
            went = True
        except sqlite3.IntegrityError as error:
            went = False
            code = "REVIEW_RAW" if target in ("approved", "returned") else "REVIEW_STATE"
            assert str(error) == message(code, "zh", {}).sentence
        count, last = connection.execute(
            "SELECT count(*), max(by_name || '>' || from_status || '>' || to_status) FROM review_event "
            "WHERE uid = ? AND by_name = '孙某'", (uid,)
        ).fetchone()  # fmt: skip
        connection.execute("ROLLBACK")
        assert went is (target == state or (state, target) in BY_HAND), (state, target)
        if went and target != state:
            assert (count, last) == (1, f"孙某>{state}>{target}")
    connection.execute("PRAGMA recursive_triggers = 0")


@pytest.mark.parametrize("status", ["approved", "returned"])
def test_no_record_comes_into_being_reviewed(register, put, status):
    with pytest.raises(sqlite3.IntegrityError, match="只能经审核办理"):
        put(register.connection, status=status)


@pytest.mark.parametrize("recursive", [0, 1])
def test_states_and_steps_that_are_none(register, standing, put, people, recursive):
    """What looks like a state, step or role and is none; each by itself, on each record."""
    connection, reviewer = register.connection, people.reviewer
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = connection.execute("SELECT fid, uid, status FROM record ORDER BY fid").fetchall()
    steps = connection.execute("SELECT count(*) FROM review_event").fetchone()
    insert = "INSERT {}INTO review_event (uid, event, by_name, by_role, reason, deadline) VALUES (?, ?, ?, ?, ?, ?)"
    for odd in ("approved ", "APPROVED", " approved", "done", "", None, b"approved", 1):
        with pytest.raises(sqlite3.IntegrityError):
            put(connection, status=odd)
        for uid, verb in itertools.product(standing.values(), ("UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE")):
            with suppress(sqlite3.IntegrityError):  # an update that ignores what fails says nothing
                connection.execute(f"{verb} record SET status = ? WHERE uid = ?", (odd, uid))
    wrong_steps = ("approve ", "Approve", "", None, b"approve", b"return", "delete")
    wrong_roles = ("reviewer ", "REVIEWER", "", None, "admin", b"reviewer")
    wrong_names = ("", "  ", None, b"x")
    odd_steps = [
        *((event, reviewer.name, "reviewer") for event in wrong_steps),
        *(("approve", reviewer.name, role) for role in wrong_roles),
        *(("approve", name, "reviewer") for name in wrong_names),
    ]
    for (event, name, role), uid in itertools.product(odd_steps, (*standing.values(), "nobody", None)):
        for verb in ("", "OR IGNORE ", "OR REPLACE "):
            with suppress(sqlite3.IntegrityError):
                connection.execute(insert.format(verb), (uid, event, name, role, *TERMS_GIVEN))
    assert connection.execute("SELECT fid, uid, status FROM record ORDER BY fid").fetchall() == before
    assert connection.execute("SELECT count(*) FROM review_event").fetchone() == steps
    connection.execute("PRAGMA recursive_triggers = 0")


def test_a_record_that_was_deleted_takes_no_step(register, put, people):
    uid = put(register.connection)
    register.connection.execute("DELETE FROM record WHERE uid = ?", (uid,))
    gone = message("RECORD_GONE", "zh", {}).sentence
    for event in Event:
        assert take(register.connection, uid, event, people.reviewer, TERMS) == gone
    with pytest.raises(RegisterError) as raised:
        read_state(register.connection, uid)
    assert raised.value.code == "RECORD_GONE"


@pytest.mark.parametrize("recursive", [0, 1])
def test_what_is_not_whole_can_be_returned_and_ended_but_not_approved(register, put, people, recursive):
    """Rules are tightened after records were handed in; whoever finds one wanting must be able to send it back."""
    connection = register.connection
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    uids = [put(connection, status="submitted") for _ in range(2)]
    (gate,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'gate_record_update'").fetchone()
    connection.execute("DROP TRIGGER gate_record_update")
    connection.executemany("UPDATE record SET contact_name = NULL, scale = NULL WHERE uid = ?", [(u,) for u in uids])
    connection.execute(gate)
    planned = preview(register, Event.APPROVE, uids, people.reviewer)
    assert [one.code for one in planned.stays] == ["REVIEW_INCOMPLETE"] * 2
    with pytest.raises(RegisterError, match="主体联系人"):
        review_one(register, uids[0], Event.APPROVE, people.reviewer)
    planned = preview(register, Event.RETURN, uids, people.reviewer, TERMS)
    assert len(planned.goes) == 2 and carry_out(register, planned).gone == tuple(uids)
    # It can be mended in two goes, and is handed in only when it is whole.
    connection.execute("UPDATE record SET scale = 8 WHERE uid = ?", (uids[0],))
    with pytest.raises(sqlite3.IntegrityError, match="主体联系人"):
        connection.execute("UPDATE record SET status = 'submitted' WHERE uid = ?", (uids[0],))
    connection.execute("UPDATE record SET contact_name = '张示例', status = 'submitted' WHERE uid = ?", (uids[0],))
    review_one(register, uids[1], Event.END, people.collector)
    with pytest.raises(RegisterError):
        review_one(register, uids[1], Event.REOPEN, people.collector)
    connection.execute("PRAGMA recursive_triggers = 0")


@pytest.mark.parametrize(
    "changes, terms, seen, code",
    [
        ({"name": "  "}, TERMS, None, "REVIEW_NOBODY"),
        ({}, Terms("", "2099-12-31"), None, "REVIEW_REASON"),
        ({}, Terms("点位不对", ""), None, "REVIEW_DEADLINE"),
        ({}, Terms("点位不对", "2099-02-30"), None, "REVIEW_DEADLINE"),
        ({}, Terms("点位不对", "2099-W10-1"), None, "REVIEW_DEADLINE"),
        ({}, Terms("点位不对", (today_in_china() - timedelta(days=1)).isoformat()), None, "REVIEW_DEADLINE"),
        ({}, Terms("点位不对", today_in_china().isoformat()), None, ""),
        ({"area_code": "999901101"}, TERMS, None, ""),
        ({"area_code": "999901102"}, TERMS, None, "REVIEW_AREA"),
        ({}, TERMS, 999_999, "REVIEW_CHANGED"),
    ],
)
def test_terms_area_and_version(register, standing, people, changes, terms, seen, code):
    person, uid = replace(people.reviewer, **changes), standing["submitted"]
    answer = verdict(read_state(register.connection, uid), Event.RETURN, person, terms, seen=seen)
    assert answer.code == code
    assert take(register.connection, uid, Event.RETURN, person, terms, seen) == said(answer)


names = st.sampled_from(["王示例", "王示例 ", "赵审核", ""])
phones = st.lists(
    st.sampled_from(["13800003456", "13900000001", "0898-12345678", "4001234567"]), max_size=3
).map("、".join)  # fmt: skip

roles = st.sampled_from(Role)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names.filter(str.strip), phones, st.sampled_from(["王示例", "赵审核 "]), phones.filter(bool), roles)
def test_who_collected_is_told_alike(register, put, name, phone, collector, collector_phone, role):
    person = Person(name, phone, role)
    connection = register.connection
    uid = put(connection, status="submitted", collector_name=collector, collector_phone=collector_phone)
    for event in (Event.APPROVE, Event.WITHDRAW):
        answer = verdict(read_state(connection, uid), event, person)
        assert take(connection, uid, event, person) == said(answer)


def test_one_phone_is_one_person_and_a_name_may_be_two(people):
    collector = people.collector
    assert collector.collected("别的名字", "0898-12345678、13800003456")
    assert collector.collected("王示例", "") and collector.collected("王示例", "0898-12345678")
    assert not collector.collected("王示例", "13811112222")
    assert not replace(collector, phone="0898-12345678").collected("李示例", "0898-12345678")


def test_steps_and_comments_stay_as_they_are(register, standing, people):
    connection, uid = register.connection, standing["returned"]
    (event,) = connection.execute("SELECT max(id) FROM review_event WHERE uid = ?", (uid,)).fetchone()
    connection.execute("INSERT INTO review_comment (event_id, uid, field, comment) VALUES (?, ?, 'geom', '偏了')",
                       (event, uid))  # fmt: skip
    for statement in (
        "DELETE FROM review_event",
        "DELETE FROM review_comment",
        "UPDATE review_event SET by_name = '某'",
        "UPDATE review_comment SET comment = '好'",
        "INSERT OR REPLACE INTO review_event (id, uid, event, by_name, by_role) "
        f"VALUES ({event}, '{uid}', 'submit', '某', 'collector')",
        f"INSERT INTO review_comment (event_id, uid, field, comment) VALUES ({event - 1}, '{uid}', '', '迟到的')",
        # A step that never was, told as if it had been.
        "INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) "
        f"VALUES ('{uid}', 'approve', 'returned', 'approved', '{date.today()}', '某', 1)",
        "INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) "
        f"VALUES ('{standing['draft']}', 'submit', '', 'submitted', '{date.today()}', '某', 0)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_no_step_is_told_that_never_was(register, put, people):
    """Whoever writes into the reviews as if the register had: nothing is believed but that an approved record whose
    remark was changed waits again, which anybody may bring about by hand."""
    connection, believed = register.connection, set()
    for state in STATES:
        uid = put(connection, status="draft" if state == "draft" else "submitted")
        if state not in ("draft", "submitted"):
            event = {"approved": Event.APPROVE, "returned": Event.RETURN, "ended": Event.END}[state]
            review_one(register, uid, event, people.reviewer, TERMS)
        connection.execute("UPDATE record SET remark = '改' WHERE uid = ?", (uid,))
        entries = (0, *(row[0] for row in connection.execute("SELECT id FROM history WHERE uid = ?", (uid,))))
        events = [*(event.value for event in Event), "bogus"]
        for event, before, after, entry in itertools.product(events, ("", None, *STATES), STATES, entries):
            connection.execute("BEGIN")
            with suppress(sqlite3.IntegrityError):
                connection.execute(
                    "INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) "
                    "VALUES (?, ?, ?, ?, '2026-01-01', '某', ?)", (uid, event, before, after, entry)
                )  # fmt: skip
                believed.add((state, event, before, after))
            connection.execute("ROLLBACK")
    assert believed == {("approved", "reopen", "approved", "submitted")}


def test_no_record_takes_the_place_of_another(register, standing):
    connection, uid = register.connection, standing["submitted"]
    for statement in (
        "UPDATE OR REPLACE record SET fid = (SELECT max(fid) FROM record) WHERE uid = ?",
        "INSERT INTO record (uid, status) VALUES (?, 'ended') ON CONFLICT (uid) DO UPDATE SET status = 'ended'",
        "UPDATE OR IGNORE record SET status = 'approved' WHERE uid = ?",
        "UPDATE OR REPLACE record SET rowid = (SELECT max(fid) FROM record) WHERE uid = ?",
        "UPDATE OR REPLACE record SET _rowid_ = (SELECT max(fid) FROM record) WHERE uid = ?",
        "UPDATE OR REPLACE record SET oid = (SELECT max(fid) FROM record) WHERE uid = ?",
        "UPDATE OR REPLACE record SET uid = (SELECT uid FROM record ORDER BY fid DESC LIMIT 1) WHERE uid = ?",
        "REPLACE INTO record (uid, status) VALUES (?, 'draft')",
        "REPLACE INTO record (oid, uid, status) SELECT fid, '00000000-0000-4000-8000-000000000000', 'draft' "
        "FROM record WHERE uid = ?",
        "DELETE FROM record WHERE uid = ?",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement, (uid,))
    there = {found for (found,) in connection.execute("SELECT uid FROM record")}
    assert there >= set(standing.values())


def test_an_import_stays_as_it_was_noted(register):
    connection = register.connection
    connection.execute("INSERT INTO import (file, sha256, started_at) VALUES ('表.xlsx', '0', 'now')")
    connection.execute("UPDATE import SET finished_at = 'now'")
    for statement in (
        "DELETE FROM import",
        "UPDATE import SET by = '某'",
        "REPLACE INTO import (rowid, file, sha256, started_at) VALUES (1, '别.xlsx', '0', 'now')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
