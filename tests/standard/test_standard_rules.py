"""Rules judge a record as the data standard says, and their GLOBs match exactly what their patterns match."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmap.core.standard.findings import Level
from originmap.core.standard.model import LocalStandard, load_standard
from originmap.core.standard.patterns import PatternError, compiled, globs
from originmap.core.standard.rules import failed

COMPLETE = {
    "uid": "12345678-1234-1234-1234-123456789012",
    "status": "submitted",
    "division_code": "999901101001",
    "producer_name": "示例种植合作社",
    "producer_type": "cooperative",
    "industry": "crop",
    "variety": "cowpea",
    "certification": '["none"]',
    "site_address": "石湾镇青塘村",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "scale": 3.5,
    "unit": "mu",
    "cycle": "2026-春茬",
    "market_start": "2026-05-01",
    "market_end": "2026-06-30",
    "production_mode": "open_field",
    "traceability": '["certificate"]',
    "officer_name": "李示例",
    "officer_phone": "0898-12345678-12、13800001235",
    "collector_name": "王示例",
    "collector_phone": "13800001236",
    "point_quality": "exact",
    "origin": "map",
    "has_point": True,
}


def broken(**changes: object) -> list[str]:
    return [rule.id for rule in failed(load_standard(), {**COMPLETE, **changes})]


def test_a_complete_record_breaks_no_rule():
    assert broken() == []


@pytest.mark.parametrize(
    "changes, rule",
    [
        ({"producer_name": ""}, "required:producer_name"),
        ({"site_address": None}, "required:site_address"),
        ({"traceability": "[]"}, "required:traceability"),
        ({"producer_type": "state"}, "list:producer_type"),
        ({"certification": '["none","green"]'}, "certification.none_alone"),
        ({"certification": "green"}, "list:certification"),
        ({"contact_phone": "1380000123"}, "pattern:contact_phone"),
        ({"contact_phone": "13800001234、"}, "pattern:contact_phone"),
        ({"scale": 0}, "scale.positive"),
        ({"scale": float("inf")}, "scale.positive"),
        ({"unit": "head"}, "unit.fits_variety"),
        ({"industry": "livestock", "production_mode": "", "scale_basis": "stock"}, "industry.fits_variety"),
        ({"variety": "pig", "unit": "head", "industry": "livestock"}, "production_mode.fits_industry"),
        ({"market_end": "2026-04-30"}, "market.order"),
        ({"market_end": "2027-05-03"}, "market.length"),
        ({"market_end": "2026-02-30"}, "date:market_end"),
        ({"has_point": False}, "point.exact"),
        ({"point_quality": "approximate"}, "point.exact"),
        ({"origin": "workbook"}, "verified.on_site"),
        ({"remark": "身份证 110101199001011234"}, "identity_card.absent"),
        ({"cycle": "春茬"}, "pattern:cycle"),
    ],
)
def test_each_fault_breaks_its_rule(changes, rule):
    assert rule in broken(**changes)


def test_a_period_may_run_over_new_year():
    assert broken(market_start="2026-11-01", market_end="2027-04-30") == []


def test_a_verified_record_from_a_workbook_may_be_submitted():
    assert broken(origin="workbook", verified_how='["site_visit"]', verified_on="2026-05-02") == []


def test_a_county_may_lift_the_site_visit():
    lifted = load_standard().with_local(LocalStandard(settings={"require_site_visit": "0"}))
    assert failed(lifted, {**COMPLETE, "origin": "workbook"}) == []


def test_an_ear_tag_on_a_cowpea_is_noted():
    record = {**COMPLETE, "traceability": '["ear_tag"]'}
    assert broken(**record) == []
    assert [rule.id for rule in failed(load_standard(), record, level=Level.NOTE)] == ["traceability.fits_variety"]


_TEXTS = st.one_of(
    st.text(max_size=24),
    *(st.from_regex(compiled(pattern), fullmatch=True) for pattern in load_standard().patterns.values()),
)


@given(_TEXTS, st.integers(0, 30), st.sampled_from("0129aX-+、 "))
def test_globs_match_what_the_pattern_matches(text, place, other):
    text = (text[:place] + other + text[place + 1 :]).replace("\x00", "")
    database = sqlite3.connect(":memory:")
    for pattern in load_standard().patterns.values():
        by_glob = any(database.execute("SELECT ? GLOB ?", (text, glob)).fetchone()[0] for glob in globs(pattern))
        assert by_glob == bool(compiled(pattern).fullmatch(text)), (pattern, text)
    database.close()


def test_a_pattern_that_glob_cannot_say_is_refused():
    with pytest.raises(PatternError):
        globs("a+")
