"""Records carried into their next cycle: what stays, what is asked again, who answers for it, and all or nothing."""

from __future__ import annotations

import uuid
from datetime import date

from originmap.core.onemap.query import Query
from originmap.core.quality.cadence import CadenceRule, Due
from originmap.core.register.carrying import Carry, carry, preview_carry
from originmap.core.register.due import read_due, set_cadence
from originmap.core.register.history import timeline
from originmap.core.register.rows import find_record
from originmap.core.review.person import Person
from originmap.core.standard.model import Cadence

KE = Person("柯示例", "13800007777")
ON = date(2026, 6, 10)
EGG = {
    "variety": "egg", "industry": "livestock", "unit": "bird", "scale": 900.0, "scale_basis": "stock",
    "production_mode": None, "cycle": "2026-05", "market_start": "2026-01-01", "market_end": "2026-12-31",
    "collected_on": "2026-05-06", "remark": "五月补记", "verified_on": "2026-05-06",
    "verified_how": '["site_visit"]', "verified_by": "王示例",
}  # fmt: skip


def _uid() -> str:
    return str(uuid.uuid4())


def _new(register, uids, carried):
    return [find_record(register.connection, carried.made[uid]) for uid in uids]


def test_confirmed_unchanged_keeps_scale_in_the_name_of_who_says_so_and_asks_what_ran_out(register, insert):
    running, over = _uid(), _uid()
    insert(uid=running, producer_name="甲养殖场", **EGG)
    insert(uid=over, producer_name="乙养殖场", **{**EGG, "market_end": "2026-05-31"})
    plan = preview_carry(register, Carry.UNCHANGED, [running, over], KE, ON)
    assert [(one.cycle, one.asks) for one in plan.goes] == [
        ("2026-06", ()),
        ("2026-06", ("market_start", "market_end")),
    ]
    done = carry(register, plan)
    first, second = _new(register, (running, over), done)
    assert (done.submitted, done.drafts, done.stays) == (1, 1, ())
    assert (first.values["status"], first.values["scale"], first.values["market_end"]) == (
        "submitted", 900.0, "2026-12-31",
    )  # fmt: skip
    assert (first.values["collector_name"], first.values["collected_on"]) == ("柯示例", "2026-06-10")
    assert first.point == find_record(register.connection, running).point
    assert [first.values[name] for name in ("remark", "verified_on", "verified_how")] == [None, None, None]
    assert (second.values["status"], second.values["scale"], second.values["market_end"]) == ("draft", 900.0, None)
    told = timeline(register.connection, first.values["uid"])
    assert ("柯示例", "确认无变化 2026-06") in [(entry.by, entry.import_file) for entry in told]


def test_a_next_cycle_asks_scale_and_period_again_and_is_made_once(register, insert):
    egg, crop = _uid(), _uid()
    insert(uid=egg, producer_name="甲养殖场", **EGG)
    insert(uid=crop, cycle="2025-秋茬", transplanted_on="2025-06-01")
    assert [one.code for one in preview_carry(register, Carry.UNCHANGED, [crop], KE, ON).stays] == ["CARRY_CROP"]
    done = carry(register, preview_carry(register, Carry.NEXT, [egg, crop], KE, ON))
    for record in _new(register, (egg, crop), done):
        empty = ("scale", "market_start", "market_end", "transplanted_on", "collected_on")
        assert [record.values[name] for name in empty] == [None] * 5
        assert (record.values["status"], record.values["collector_name"]) == ("draft", "王示例")
    again = preview_carry(register, Carry.NEXT, [egg, crop, "no such"], KE, ON)
    assert [one.code for one in again.stays] == ["CARRY_BEGUN", "CARRY_BEGUN", "RECORD_GONE"]
    assert all(one.sentence("zh") and one.sentence("en") for one in again.stays)


def test_what_a_workbook_brought_and_nobody_saw_is_not_handed_in_by_a_key(register, insert):
    uid = _uid()
    unseen = {**EGG, "status": "draft", "origin": "workbook", "verified_how": None, "verified_on": None}
    insert(uid=uid, **unseen)
    done = carry(register, preview_carry(register, Carry.UNCHANGED, [uid], KE, ON))
    assert (done.submitted, done.drafts) == (0, 1)


def test_a_plan_that_was_overtaken_writes_nothing_twice(register, insert):
    uid = _uid()
    insert(uid=uid, **EGG)
    plan = preview_carry(register, Carry.UNCHANGED, [uid], KE, ON)
    assert len(carry(register, plan).made) == 1
    late = carry(register, plan)
    assert (late.made, [one.code for one in late.stays]) == ({}, ["CARRY_NOT_LATEST"])
    assert register.connection.execute("SELECT count(*) FROM record").fetchone() == (2,)


def test_the_list_of_what_is_due_follows_the_county_and_the_query(register, insert):
    insert(uid=_uid(), producer_name="甲养殖场", **EGG)
    insert(uid=_uid(), producer_name="乙养殖场", **{**EGG, "cycle": "2026-06", "township": "大岭镇"})
    insert(uid=_uid(), transplanted_on="2026-03-01")
    states = [duty.state for duty in read_due(register.path, Query(), ON).duties]
    assert states == [Due.DUE, Due.CURRENT, Due.CURRENT]
    set_cadence(register, "egg", CadenceRule(Cadence.MONTH, last_day=5), "县农业农村局")
    due = read_due(register.path, Query(varieties=("egg",), cycles=("2026-06",)), ON)
    assert [(duty.state, duty.days, duty.last.producer) for duty in due.duties] == [(Due.OVERDUE, 5, "甲养殖场")]
    assert "鸡蛋" in due.heading and "逾期 1" in due.heading
    set_cadence(register, "egg", None)
    assert register.local_standard().settings == {}
