"""A register checked: rules in SQL as in Python, findings set aside and back again, proposals applied lawfully."""

from __future__ import annotations

import uuid
from datetime import date

import numpy as np
import pytest
import shapely

from originmap.core.quality.ruling import rules_broken
from originmap.core.register.applying import apply_proposals, proposals, take_back_applied
from originmap.core.register.asides import set_aside, take_back
from originmap.core.register.checking import check_register, read_columns, rule_findings
from originmap.core.register.errors import RegisterError
from originmap.core.register.geometry import SRS_ID, point_blobs
from originmap.core.register.history import timeline
from originmap.core.register.reviewing import read_state
from originmap.core.register.rows import find_record
from originmap.core.review.person import Person
from originmap.core.standard.messages import known_codes

TODAY = date(2026, 7, 1)
PERSON = Person("赵示例", "13800009999")


def blob(x: float, y: float) -> bytes:
    return point_blobs(np.array([x]), np.array([y]))[0]


@pytest.fixture
def county(register, insert):
    """One village drawn, and records in it that break nothing; gives a function that adds one."""
    box = shapely.box(110.48, 19.48, 110.52, 19.52)
    wkb = b"GP\x00\x01" + SRS_ID.to_bytes(4, "little") + shapely.to_wkb(box)
    for code, name, level in (("999901101", "石湾镇", "township"), ("999901101001", "青塘村", "village")):
        register.connection.execute(
            "INSERT INTO division (code, name, level, longitude, latitude, geom) VALUES (?, ?, ?, 110.5, 19.5, ?)",
            (code, name, level, wkb if level == "village" else None),
        )
    count = iter(range(1000))

    def add(x: float = 0.0, y: float = 0.0, **changes: object) -> str:
        number = next(count)
        uid = str(uuid.uuid4())
        point = blob(x or 110.4912 + number * 0.00123, y or 19.4931 + number * number * 0.00017)
        named = {"producer_name": f"示例{chr(0x4E10 + 7 * number)}果园", "contact_phone": f"1380000{number:04d}"}
        insert(**{"uid": uid, "geom": point, **named, **changes})
        return uid

    return add


def checked(register, *ids: str, **more):
    return check_register(register, checks=ids or None, today=TODAY, **more)


def test_the_rules_are_the_same_in_sql_and_in_python(register, county):
    for changes in (
        {"status": "draft", "producer_name": None, "unit": "head"},
        {"status": "draft", "geom": None, "point_quality": "none", "market_end": "2026-02-30"},
        {"status": "draft", "contact_phone": "12", "certification": '["none","green"]', "scale": -1},
        {"status": "draft", "origin": "workbook", "remark": "110101199003074218"},
        {"status": "draft", "variety": "pig", "industry": "livestock", "scale_basis": None},
        {},
    ):
        county(**changes)
    standard = register.standard()
    by_sql = {(one.uid, one.code, one.field) for one in rule_findings(register)}
    by_python = set()
    for (uid,) in register.connection.execute("SELECT uid FROM record").fetchall():
        record = find_record(register.connection, uid)
        values = {**record.values, "has_point": record.point is not None}
        by_python |= {(one.uid, one.code, one.field) for one in rules_broken(standard, values)}
    assert by_sql == by_python
    assert len(by_sql) > 8
    assert {code for _, code, _ in by_sql} <= known_codes()


def test_columns_hold_what_the_register_holds(register, county):
    uids = [county(status="draft", geom=None), county(status="draft", scale=None, market_start=None), county()]
    columns = read_columns(register)
    assert [columns.uid(row) for row in range(len(columns))] == uids
    assert columns.placed.tolist() == [False, True, True]
    assert np.isnan(columns.scale).tolist() == [False, True, False]
    assert columns.day("market_start").tolist() == [20583, 0, 20583]
    assert columns.text("village").at(2) == "青塘村"


def test_counts_add_up_and_lead_to_the_records(register, county):
    for _ in range(5):
        county()
    county(19.5123, 110.5021)
    county(status="draft", township="", village="", scale=90000)
    found = checked(register)
    assert found.records == 7
    assert sum(found.by_kind().values()) == len(found.findings) > 0
    assert {finding.uid for finding in found.findings} == set(found.lines)
    assert found.faulty == len(found.lines)


def test_a_selection_is_compared_with_all_but_tells_its_own(register, county):
    twins = [county(110.5001, 19.5001, producer_name=name) for name in ("石湾果园", "长坡菜园")]
    found = checked(register, "point.same", which=[twins[0]])
    assert [finding.uid for finding in found.findings] == twins[:1]
    assert found.findings[0].others == (twins[1],)
    assert found.records == 1


def test_set_aside_until_what_was_judged_changes(register, county):
    uid = county(110.55, 19.55)
    (finding,) = checked(register, "point.division").findings
    with pytest.raises(RegisterError, match="ASIDE_REASON"):
        set_aside(register, [finding], "  ", "赵示例")
    set_aside(register, [finding], "飞地，已现场核实", "赵示例")
    again = checked(register, "point.division")
    assert again.findings == ()
    ((kept, aside),) = again.aside
    assert (kept.key, aside.reason, aside.by) == (finding.key, "飞地，已现场核实", "赵示例")
    register.connection.execute("UPDATE record SET remark = '另一件事' WHERE uid = ?", (uid,))
    assert checked(register, "point.division").findings == ()
    register.connection.execute("UPDATE record SET geom = ? WHERE uid = ?", (blob(110.56, 19.55), uid))
    assert [one.key for one in checked(register, "point.division").findings] == [finding.key]
    set_aside(register, [finding], "仍是飞地", "赵示例")
    take_back(register, [finding])
    assert len(checked(register, "point.division").findings) == 1


def test_a_whole_import_is_repaired_and_nothing_else(register, county):
    swapped = [county(19.5 + n * 0.0011, 110.5 - n * 0.0013, import_id=7) for n in range(4)]
    other = county(19.5071, 110.5043, import_id=8)
    changed = swapped[3]
    found = checked(register)
    chosen = proposals(found, 7)
    assert {finding.uid for finding in chosen} == set(swapped)
    register.connection.execute("UPDATE record SET geom = ? WHERE uid = ?", (blob(110.5, 19.5), changed))
    applied = apply_proposals(register, chosen, found.lines, PERSON)
    assert set(applied.done) == set(swapped[:3])
    assert [(left.uid, left.error.code) for left in applied.left] == [(changed, "PROPOSAL_CHANGED")]
    for number, uid in enumerate(swapped[:3]):
        record = find_record(register.connection, uid)
        assert record.point == pytest.approx((110.5 - number * 0.0013, 19.5 + number * 0.0011), abs=1e-7)
        assert record.values["updated_by"] == record.values["point_by"] == "赵示例"
        assert "19.5" in str(record.values["point_source"])
        assert any(change.field == "geom" for entry in timeline(register.connection, uid) for change in entry.changes)
    assert find_record(register.connection, other).point == (19.5071, 110.5043)
    assert {one.uid for one in checked(register).findings if one.check == "point.swapped"} == {other}


def test_an_approved_record_that_is_repaired_waits_again(register, county):
    uid = county(19.5, 110.5)
    register.connection.execute(
        "INSERT INTO review_event (uid, event, by_name, by_phone, by_role) "
        "VALUES (?, 'approve', '钱示例', '13800008888', 'reviewer')",
        (uid,),
    )
    assert read_state(register.connection, uid).status == "approved"
    found = checked(register, "point.swapped")
    with pytest.raises(RegisterError, match="REVIEW_NOBODY"):
        apply_proposals(register, proposals(found), found.lines, Person(" "))
    assert apply_proposals(register, proposals(found), found.lines, PERSON).done == (uid,)
    assert read_state(register.connection, uid).status == "submitted"


def test_what_was_applied_is_taken_back_as_one_step_and_an_approved_record_is_approved_again(register, county):
    approved, changed, plain = (county(19.5 + n * 0.0011, 110.5 - n * 0.0013) for n in range(3))
    register.connection.execute(
        "INSERT INTO review_event (uid, event, by_name, by_phone, by_role) "
        "VALUES (?, 'approve', '钱示例', '13800008888', 'reviewer')",
        (approved,),
    )
    found = checked(register, "point.swapped")
    before = {uid: find_record(register.connection, uid) for uid in found.lines}
    applied = apply_proposals(register, proposals(found), found.lines, PERSON)
    assert len(applied.done) == 3 and read_state(register.connection, approved).status == "submitted"
    register.connection.execute("UPDATE record SET remark = '后来补记' WHERE uid = ?", (changed,))
    undone = take_back_applied(register, applied, PERSON)
    assert set(undone.done) == {approved, plain}
    assert [(left.uid, left.error.code) for left in undone.left] == [(changed, "UNDO_CHANGED")]
    for uid in (approved, plain):
        record, was = find_record(register.connection, uid), before[uid]
        differ = {name for name, value in was.values.items() if record.values[name] != value}
        assert record.point == was.point and differ <= {"updated_at", "updated_by"}
    assert read_state(register.connection, approved).status == "approved"
    assert [entry.event.value for entry in timeline(register.connection, approved) if entry.event][:2] == [
        "undo", "reopen",
    ]  # fmt: skip
    assert {left.error.code for left in take_back_applied(register, applied, PERSON).left} == {"UNDO_CHANGED"}


def test_whoever_else_takes_it_back_does_not_approve_it(register, county):
    uid = county(19.5, 110.5)
    register.connection.execute(
        "INSERT INTO review_event (uid, event, by_name, by_phone, by_role) "
        "VALUES (?, 'approve', '钱示例', '13800008888', 'reviewer')",
        (uid,),
    )
    found = checked(register, "point.swapped")
    applied = apply_proposals(register, proposals(found), found.lines, PERSON)
    assert take_back_applied(register, applied, Person("孙示例")).done == ()
    assert read_state(register.connection, uid).status == "submitted"
