"""What was carried into the next cycle, or collected in the dock, is known again by the import of that cycle."""

from __future__ import annotations

from datetime import date

import pytest

from originmap.core.register.carrying import Carry, carry, preview_carry
from originmap.core.register.register import Register
from originmap.core.review.person import Person

KE = Person("柯示例", "13800007777")
EGGS = {
    "产品名称": "鸡蛋", "种养规模": "900", "规模单位": "羽", "生产方式": "",
    "茬次": "2026-05", "采集时间": "2026-05-06", "上市时间": "2026-01-01", "下市时间": "2026-12-31",
}  # fmt: skip
JUNE = {**EGGS, "茬次": "2026-06", "采集时间": "2026-06-10"}
OTHER = {"主体名称": "另一示例合作社", "联系人": "李另例"}
SOUTH = {"纬度": "22.73135", "种养规模": "300"}
ON = date(2026, 6, 10)


@pytest.fixture
def carried(register):
    """Carries the records of May into June; gives how many were made."""

    def do(kind: Carry) -> int:
        with Register.open(register) as opened:
            query = "SELECT uid FROM record WHERE cycle = '2026-05' ORDER BY fid DESC"
            uids = [uid for (uid,) in opened.connection.execute(query)]
            return len(carry(opened, preview_carry(opened, kind, uids, KE, ON)).made)

    return do


@pytest.mark.parametrize("kind", list(Carry))
def test_the_workbook_of_a_cycle_updates_what_was_carried_into_it(run, sheet, stored, carried, kind):
    run(sheet(EGGS, {**EGGS, **OTHER}))
    assert carried(kind) == 2
    june = sheet({**JUNE, "种养规模": "950"}, {**JUNE, **OTHER}, name="六月.xlsx")
    outcome = run(june)
    assert (outcome.counts.new, outcome.counts.updated, outcome.counts.refused) == (0, 2, 0), outcome.findings
    assert sorted(stored("producer_name, scale, status", "cycle = '2026-06'")) == [
        ("另一示例合作社", 900.0, "draft"),
        ("示例合作社", 950.0, "draft"),
    ]
    again = run(june)
    assert (again.counts.unchanged, again.counts.rows) == (2, 2)


def test_two_sites_that_only_their_places_tell_apart_each_get_their_own_row(run, sheet, stored, carried):
    assert run(sheet(EGGS, {**EGGS, **SOUTH})).counts.new == 2
    assert carried(Carry.NEXT) == 2
    outcome = run(sheet(JUNE, {**JUNE, **SOUTH}, name="六月.xlsx"))
    assert (outcome.counts.new, outcome.counts.updated) == (0, 2), outcome.findings
    found = stored("scale, place_text", "cycle = '2026-06'")
    assert [(scale, "22.73135" in place) for scale, place in found] == [(900.0, False), (300.0, True)]


def test_what_was_handed_in_is_left_to_the_review_and_not_made_a_second_time(run, sheet, stored, carried, register):
    run(sheet(EGGS))
    with Register.open(register) as opened:
        seen = "scale_basis = 'stock', verified_how = '[\"site_visit\"]', verified_on = '2026-05-06'"
        opened.connection.execute(f"UPDATE record SET {seen}")
    assert carried(Carry.UNCHANGED) == 1 and stored("status", "cycle = '2026-06'") == [("submitted",)]
    changed = run(sheet({**JUNE, "种养规模": "950"}, name="六月.xlsx"))
    assert changed.counts.refused == 1 and {f.code for f in changed.findings} >= {"RECORD_IN_REVIEW"}
    assert len(stored("uid")) == 2


def test_what_was_collected_without_an_import_is_known_by_what_it_says(run, sheet, stored, register):
    run(sheet(EGGS, {**EGGS, **OTHER}))
    with Register.open(register) as opened:
        opened.connection.execute("UPDATE record SET record_key = NULL, content_hash = NULL, origin = 'map'")
    outcome = run(sheet({**EGGS, "种养规模": "800"}, {**EGGS, **OTHER}))
    assert (outcome.counts.new, outcome.counts.updated, outcome.counts.unchanged) == (0, 1, 1), outcome.findings
    assert all(key for (key,) in stored("record_key")) and sorted(stored("scale")) == [(800.0,), (900.0,)]


def test_of_two_records_that_nothing_tells_apart_none_is_taken_for_the_row(run, sheet, stored, register):
    run(sheet(EGGS, {**EGGS, **SOUTH}))
    with Register.open(register) as opened:
        opened.connection.execute("UPDATE record SET record_key = NULL, content_hash = NULL, origin = 'map'")
    outcome = run(sheet({**EGGS, "种养规模": "1"}))
    assert (outcome.counts.new, len(stored("uid", "scale <> 1"))) == (1, 2)
