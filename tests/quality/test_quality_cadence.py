"""When a site is to be collected again: months, crops, what was let pass, and that the numbers add up."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from originmap.core.quality.cadence import (
    CadenceRule,
    Due,
    by_collector,
    by_township,
    cycle_before,
    duties,
    rule_from_json,
    rule_to_json,
    whole,
)
from originmap.core.quality.columns import columns_of
from originmap.core.quality.context import Context
from originmap.core.quality.kept import Kept
from originmap.core.quality.outdated import overdue
from originmap.core.quality.work import Work
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import Cadence, load_standard

MONTH, CROP = CadenceRule(Cadence.MONTH), CadenceRule(Cadence.CROP)
RULES = {"egg": MONTH, "cowpea": CROP}


def kept(fid: int, cycle: str, variety: str = "egg", **changes: object) -> Kept:
    values = {
        "fid": fid, "uid": f"uid-{fid}", "geom": None, "township": "石湾镇", "village": "青塘村",
        "division": "999901101001", "producer": "示例合作社", "producer_type": "cooperative", "site": "一号",
        "address": "", "variety": variety, "cycle": cycle, "status": "approved", "scale": 10.0, "unit": "mu",
        "planted": "", "market_start": "", "market_end": "", "collected": "2026-05-02", "collector": "王示例",
        "phone": "13800003456", "contact": "", "contact_phone": "", "credit_code": "", "point_quality": "exact",
        "verified": 1,
    }  # fmt: skip
    return Kept(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "state", "cycle", "missed", "days"),
    [
        ("2026-05-20", Due.CURRENT, "2026-06", 0, 0),
        ("2026-05-25", Due.SOON, "2026-06", 0, 0),
        ("2026-06-01", Due.DUE, "2026-06", 0, 0),
        ("2026-06-30", Due.DUE, "2026-06", 0, 0),
        ("2026-07-01", Due.OVERDUE, "2026-07", 1, 1),
        ("2027-01-31", Due.OVERDUE, "2027-01", 7, 215),
    ],
)
def test_a_month_is_due_from_its_first_day_until_its_last(on, state, cycle, missed, days):
    (duty,) = duties([kept(1, "2026-04"), kept(2, "2026-05")], RULES, date.fromisoformat(on))
    assert (duty.state, duty.cycle, duty.missed, duty.days, duty.last.uid) == (state, cycle, missed, days, "uid-2")


def test_the_county_sets_an_earlier_last_day_and_another_warning():
    rules = {"egg": rule_from_json(rule_to_json(CadenceRule(Cadence.MONTH, soon=10, last_day=25)))}
    (late,) = duties([kept(1, "2026-05")], rules, date(2026, 6, 26))
    (soon,) = duties([kept(1, "2026-05")], rules, date(2026, 5, 22))
    assert (late.state, late.days, soon.state) == (Due.OVERDUE, 1, Due.SOON)
    with pytest.raises(OriginMapError, match="CADENCE_BAD"):
        rule_from_json('{"every": "month", "crops": [], "soon": -1}')


def test_a_crop_comes_again_on_the_day_of_its_planting_and_each_crop_of_a_year():
    spring = kept(1, "2026-春茬", "cowpea", planted="2026-02-10")
    autumn = kept(2, "2025-秋茬", "cowpea", planted="2025-08-20")
    once = duties([spring], RULES, date(2026, 8, 25))
    twice = duties([spring, autumn], RULES, date(2026, 8, 25))
    assert [(d.state, d.cycle, d.opens) for d in once] == [(Due.CURRENT, "2027-春茬", date(2027, 2, 10))]
    assert [(d.state, d.cycle, d.deadline) for d in twice] == [(Due.DUE, "2026-秋茬", date(2026, 9, 19))]
    county = {"cowpea": CadenceRule(Cadence.CROP, crops=("春茬", "秋茬"))}
    (told,) = duties([spring], county, date(2026, 11, 5))
    assert (told.state, told.cycle, told.deadline) == (Due.OVERDUE, "2026-秋茬", date(2026, 10, 31))


def test_a_winter_planted_after_new_year_keeps_its_year_and_an_odd_name_goes_by_its_collection():
    (winter,) = duties([kept(1, "2025-冬茬", "cowpea", planted="2026-01-05")], RULES, date(2027, 1, 6))
    (odd,) = duties([kept(1, "2026-第一茬", "cowpea", collected="2026-03-01")], RULES, date(2026, 4, 1))
    assert (winter.cycle, winter.opens) == ("2026-冬茬", date(2027, 1, 5))
    assert (odd.cycle, odd.opens) == ("2027-第一茬", date(2027, 3, 1))


def test_an_ended_site_owes_nothing_and_a_draft_without_scale_is_begun_but_not_collected():
    ended = [kept(1, "2026-04"), kept(2, "2026-05", status="ended")]
    begun = [kept(1, "2026-04"), kept(2, "2026-05", status="draft", scale=None)]
    assert duties(ended, RULES, date(2026, 7, 1)) == []
    (duty,) = duties(begun, RULES, date(2026, 5, 3))
    assert (duty.state, duty.cycle, duty.begun, duty.last.uid) == (Due.DUE, "2026-05", "uid-2", "uid-1")
    (new,) = duties([kept(1, "2026-05", status="draft", scale=None)], RULES, date(2026, 5, 3))
    assert (new.state, new.cycle, new.collected) == (Due.DUE, "2026-05", False)


def test_every_site_is_counted_once_and_the_groups_add_up():
    records = []
    for number in range(60):
        person = {"collector": f"采集员{number % 4}", "township": f"{number % 3}镇", "producer": f"主体{number:02d}"}
        for month in range(1, 1 + number % 6):
            records.append(kept(len(records), f"2026-{month:02d}", **person))
    found = duties(records, RULES, date(2026, 5, 26))
    assert len(found) == 50  # every sixth has no record at all
    for tallies in (by_collector(found), by_township(found)):
        assert sum(tally.total for tally in tallies) == len(found)
        assert sum(tally.overdue for tally in tallies) == whole(found).overdue
    assert {duty.state for duty in found} == {Due.OVERDUE, Due.DUE, Due.SOON}


def test_what_a_cycle_is_compared_with():
    assert [cycle_before(cycle) for cycle in ("2026-01", "2026-春茬", "2026-第2茬", "春")] == [
        "2025-12", "2025-春茬", "2025-第2茬", "",
    ]  # fmt: skip


def test_the_check_tells_the_latest_record_of_each_overdue_site_alone():
    def said(cycle: str, **changes: object) -> dict[str, object]:
        record = {"producer_name": "甲养殖场", "variety": "egg", "cycle": cycle, "scale": 9.0, "status": "approved"}
        return {**record, "uid": str(uuid.uuid4()), **changes}

    records = [
        *(said(cycle) for cycle in ("2026-03", "2026-04")),
        *(said(cycle, producer_name="乙养殖场") for cycle in ("2026-04", "2026-06")),
        *(said("2026-04", producer_name="丙养殖场", status=status) for status in ("ended",)),
        said("2026-06", producer_name="丁养殖场", scale=None, status="draft"),
    ]
    context = Context.of(load_standard(), (), "999901", date(2026, 7, 2))
    (hit,) = overdue(Work(columns_of(records), context))
    assert (hit.row, hit.params["next"], hit.params["deadline"], hit.params["days"]) == (1, "2026-07", "2026-05-31", 32)
