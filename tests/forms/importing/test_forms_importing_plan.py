"""What a person says of a workbook before it is imported, and how it is remembered; no widget is needed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsSettings

from originmap.core.coordinates.datums import Datum
from originmap.core.georeference.options import ErrorPolicy
from originmap.core.sheets.glance import glance
from originmap.core.standard.findings import Finding, Level
from originmap.core.standard.model import load_standard
from originmap.forms.importing.masks import Masks
from originmap.forms.importing.memory import Remembered, recall, remember
from originmap.forms.importing.plan import ImportPlan, letters

from .conftest import WORKBOOKS

STANDARD = load_standard()


@pytest.fixture(autouse=True)
def _no_memory(qgis_app):
    QgsSettings().remove("originmap/importing")
    yield
    QgsSettings().remove("originmap/importing")


def plan_of(path: Path) -> ImportPlan:
    return ImportPlan(path, glance(path), STANDARD)


def book(folder: Path, *rows: list, name: str = "book.xlsx") -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(folder / name)
    return folder / name


ODD = ["Who", "What", "Kind", "Label", "Where", "Person", "Call", "Much", "From", "To"]


def test_visible_sheets_with_a_heading_are_chosen():
    plan = plan_of(WORKBOOKS / "017_hidden_and_several_sheets.xlsx")
    assert [sheet.name for sheet in plan.chosen] == ["豇豆", "韭菜"]
    assert plan.options("张示例", dry_run=True).sheets == ("豇豆", "韭菜")


def test_fields_come_with_those_every_workbook_needs_first():
    (sheet,) = plan_of(WORKBOOKS / "000_good.xlsx").chosen
    fields = sheet.fields()
    required = [choice.required for choice in fields]
    assert required == sorted(required, reverse=True) and any(required)
    names = [choice.name for choice in fields]
    assert len(names) == len(set(names)) and {"longitude", "coordinates", "market_period"} < set(names)
    assert all(choice.column == choice.recognised and not choice.by_hand for choice in fields)


def test_a_choice_counts_for_alike_sheets_and_can_be_taken_back(tmp_path):
    plan = plan_of(WORKBOOKS / "017_hidden_and_several_sheets.xlsx")
    one, other = plan.chosen
    recognised = one.table.columns["longitude"]
    plan.choose_column(one, "longitude", None)
    assert "longitude" not in one.table.columns and "longitude" not in other.table.columns
    plan.choose_column(one, "longitude", recognised)
    assert one.layout.columns == other.layout.columns == {}


def test_a_column_taken_for_another_field_leaves_the_first(tmp_path):
    (sheet,) = plan_of(WORKBOOKS / "000_good.xlsx").chosen
    column = sheet.table.columns["site_address"]
    sheet.choose("site_name", column)
    choices = {choice.name: choice for choice in sheet.fields()}
    assert choices["site_name"].column == column and choices["site_name"].by_hand
    assert choices["site_address"].column is None and choices["site_address"].recognised == column


def test_the_heading_can_be_pointed_at(tmp_path):
    plan = plan_of(book(tmp_path, ["Spring"], ODD, ["示例社", "豇豆"]))
    (sheet,) = plan.sheets
    assert sheet.table is None and not plan.chosen and not plan.readable
    sheet.set_header((2,))
    sheet.chosen = True
    assert sheet.column_titles()[0] == (0, "A  Who")
    assert sheet.blocked(ErrorPolicy.REFUSE).code == "HDR_MISSING"
    plan.errors = ErrorPolicy.DRAFT
    assert not plan.readable
    for name, column in (("producer_name", 0), ("variety", 1)):
        plan.choose_column(sheet, name, column)
    assert plan.readable


def test_choices_are_offered_again_for_the_same_headings_in_any_order(tmp_path):
    plan = plan_of(book(tmp_path, ["Spring"], ODD, ["示例社", "豇豆"]))
    (sheet,) = plan.sheets
    sheet.set_header((2,))
    sheet.chosen = True
    for name, column in (("producer_name", 0), ("variety", 1), ("remark", 3)):
        plan.choose_column(sheet, name, column)
    plan.datum, plan.central_meridian = Datum.GCJ02, 111.0
    plan.remember()
    turned = plan_of(book(tmp_path, ODD[::-1], ["示例社"] * 10, name="turned.xlsx"))
    (again,) = turned.chosen
    assert again.recalled and again.table.columns == {"remark": 6, "variety": 8, "producer_name": 9}
    assert (turned.datum, turned.central_meridian) == (Datum.GCJ02, 111.0)
    turned.forget()
    turned.remember()
    assert not recall(ODD).columns


def test_another_heading_remembers_nothing():
    remember(["甲", "乙"], Remembered({"variety": "甲"}))
    assert recall(["乙", "甲 "]).columns == {"variety": "甲"}
    assert not recall(["甲", "乙", "丙"])
    remember(["甲", "乙"], Remembered())
    assert not recall(["甲", "乙"])


def test_a_field_without_a_column_is_remembered_too():
    path = WORKBOOKS / "000_good.xlsx"
    plan = plan_of(path)
    plan.choose_column(plan.chosen[0], "longitude", None)
    plan.remember()
    assert "longitude" not in plan_of(path).chosen[0].table.columns


def test_a_memory_that_cannot_be_read_is_none(qgis_app):
    remember(["甲"], Remembered({"variety": "甲"}))
    settings = QgsSettings()
    settings.beginGroup("originmap/importing/mapping")
    (key,) = settings.childKeys()
    for value in ("nonsense", "[1]", '{"datum": "mars"}'):
        settings.setValue(key, value)
        assert not recall(["甲"])
    settings.endGroup()


@pytest.mark.parametrize(("index", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_spreadsheets(index, expected):
    assert letters(index) == expected


def test_people_are_masked_where_they_stand():
    masks = Masks(STANDARD, on=True)
    name, phone = STANDARD.field("contact_name"), STANDARD.field("contact_phone")
    assert masks.cell("张示例", name) == "张*" and masks.cell("13800000001", phone) == "138****0001"
    assert masks.cell("张 13800000001，0898-12345678", None) == "张 138****0001，0898-****5678"
    assert masks.cell("109.2013513800000001", None) == "109.2013513800000001"
    finding = Finding(Level.ERROR, "PHONE_BAD", "contact_phone", 2, params={"value": "13800000001x"})
    assert "13800000001" not in masks.finding(finding).message("zh").sentence


def test_nobody_is_masked_where_the_profile_does_not_say_so():
    masks = Masks(STANDARD, on=False)
    assert masks.cell("张示例", STANDARD.field("contact_name")) == "张示例"
