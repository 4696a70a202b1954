"""The standard's files are valid, complete in both languages, and read into what the requirements ask for."""

from __future__ import annotations

import pytest
from frictionless import Schema

from originmap.core.standard.messages import known_codes
from originmap.core.standard.model import Choice, LocalStandard, Stage, load_standard
from originmap.core.standard.paths import STANDARD_FOLDER
from originmap.core.standard.rules import rules_of


def test_record_is_a_valid_table_schema():
    assert Schema.from_descriptor(str(STANDARD_FOLDER / "record.json")).get_field("scale").type == "number"


@pytest.mark.parametrize(
    "code, industry, unit, threshold",
    [
        ("cowpea", "crop", "mu", 0.5),
        ("celery", "crop", "mu", 0.5),
        ("egg", "livestock", "bird", 500),
        ("silky_fowl", "livestock", "bird", 1000),
        ("beef_cattle", "livestock", "head", 5),
        ("meat_sheep", "livestock", "head", 50),
        ("pig", "livestock", "head", 30),
        ("snakehead", "aquatic", "mu", 10),
    ],
)
def test_varieties_are_those_of_the_plan(code, industry, unit, threshold):
    variety = load_standard().variety(code)
    assert (variety.industry, variety.unit, variety.threshold_of("pond")) == (industry, unit, threshold)


def test_there_are_twelve_varieties_and_engineered_facilities_have_their_own_threshold():
    standard = load_standard()
    assert len(standard.varieties) == 12
    assert standard.variety("largemouth_bass").threshold_of("engineered") == 0.3


def test_the_collection_sheet_begins_with_annex_one_in_its_order():
    titles = [column.title for column in load_standard().annex()]
    assert titles[:8] == ["序号", "省", "市", "县(区)", "乡镇(街道)", "村(社区)", "种养殖主体名称", "统一社会信用代码"]
    assert titles[15:18] == ["经度", "纬度", "坐标系"]
    assert titles[35:37] == ["采集日期", "备注"]


def test_every_field_choice_and_rule_speaks_both_languages():
    standard = load_standard()
    for named in (*standard.fields, *standard.varieties, *(c for entries in standard.lists.values() for c in entries)):
        assert named.title_in("zh") and named.title_in("en"), named
    for rule in rules_of(standard):
        assert rule.text_in("zh") and rule.text_in("en") and rule.code in known_codes(), rule.id


def test_every_alias_names_one_field_only():
    seen = {}
    for column in (*load_standard().fields, *load_standard().sheet_fields):
        for name in {column.title, *column.aliases}:
            assert seen.setdefault(name.casefold(), column.name) == column.name, name


def test_every_rule_has_an_id_of_its_own():
    ids = [rule.id for rule in rules_of(load_standard())]
    assert len(ids) == len(set(ids))


def test_a_county_lays_its_own_values_over_the_national_ones():
    national = load_standard()
    local = national.with_local(
        LocalStandard(
            thresholds={"cowpea": 2},
            credit_grades=(Choice("AAAA", "4A", "4A"),),
            settings={"require_site_visit": "0"},
        )
    )
    assert local.variety("cowpea").threshold == 2 and national.variety("cowpea").threshold == 0.5
    assert [choice.code for choice in local.choices("credit_grade")] == ["AAAA"]
    assert local.settings["require_site_visit"] == "0"


def test_what_the_plan_demands_is_required_before_submission():
    required = {rule.field for rule in rules_of(load_standard()) if rule.id.startswith("required:")}
    assert required >= {"producer_name", "producer_type", "variety", "site_address", "contact_phone", "scale"}
    stages = {rule.field: rule.stage for rule in rules_of(load_standard()) if rule.id.startswith("required:")}
    assert stages["division_code"] is Stage.SUBMIT
