"""Producer cards, the field sheet and the statistics page: all records on paper, people masked, figures that agree."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from qgis.core import QgsLayoutItemLabel, QgsProcessingContext, QgsProcessingFeedback, QgsProject

from originmap.core.locale import language
from originmap.core.onemap.cards import add_cards
from originmap.core.onemap.checks import check
from originmap.core.onemap.fieldsheet import add_field_sheet, field_rows, rows_by_page
from originmap.core.onemap.query import Query
from originmap.core.onemap.sheet import new_layout
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register
from originmap.core.register.reports import EXPORT_SETTING
from originmap.core.register.selection import records
from originmap.core.standard.messages import message
from originmap.processing.fieldsheet import FieldSheet
from originmap.processing.producercards import ProducerCards
from originmap.processing.statistics import Statistics

PHONE, MASKED = "13800000001", "138****0001"


def run(algorithm, **parameters):
    feedback = QgsProcessingFeedback()
    results, ok = algorithm().create().run(parameters, QgsProcessingContext(), feedback)
    return results, ok, feedback.textLog()


def pages_of(path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").replace(" ", "").split("\f")[:-1]


def test_a_card_for_each_record(printed, tmp_path):
    target = tmp_path / "cards.pdf"
    results, ok, log = run(ProducerCards, REGISTER=str(printed), PDF=str(target), VARIETIES=[7])
    assert ok, log
    pages = pages_of(target)
    assert results["COUNT"] == len(pages) == 13
    assert all("示*" in page and "生猪" in page and MASKED in page and "经度" in page for page in pages)
    assert not [page for page in pages if PHONE in page or "示例户" in page]


def test_cards_left_out_are_said(printed, tmp_path):
    results, ok, log = run(ProducerCards, REGISTER=str(printed), PDF=str(tmp_path / "cards.pdf"), MOST=2)
    assert ok, log
    assert results["COUNT"] == 2
    assert "38" in log


def test_field_sheet_lists_everyone_masked(printed, tmp_path):
    target = tmp_path / "field.pdf"
    results, ok, log = run(FieldSheet, REGISTER=str(printed), PDF=str(target))
    assert ok, log
    text = "".join(pages_of(target))
    assert results["COUNT"] == 40
    assert text.count(MASKED) == 40
    assert PHONE not in text and "示例户" not in text
    assert text.count("示例公司") == 13  # a registered name is public


@pytest.mark.parametrize("algorithm", [ProducerCards, FieldSheet])
def test_people_are_named_for_a_purpose_only(printed, tmp_path, algorithm):
    register, target = tmp_path / "county.gpkg", tmp_path / "named.pdf"
    shutil.copy(printed, register)
    asked = {"REGISTER": str(register), "PDF": str(target), "VARIETIES": [7], "MASK": False}
    _, ok, log = run(algorithm, **asked)
    assert not ok and not target.exists()
    assert message("PURPOSE_MISSING", language(), {}).text in log
    _, ok, log = run(algorithm, **asked, PURPOSE="入户核实")
    assert ok, log
    text = "".join(pages_of(target))
    assert text.count(PHONE) == text.count("示例户") == 13
    with Register.open(register, read_only=True) as opened:
        (noted,) = (json.loads(v) for name, v in opened.settings().items() if name.startswith(f"{EXPORT_SETTING}/"))
    assert (noted["purpose"], noted["count"], noted["file"]) == ("入户核实", 13, "named.pdf")


def test_statistics_page_adds_up(printed, tmp_path):
    target = tmp_path / "statistics.pdf"
    results, ok, log = run(Statistics, REGISTER=str(printed), PDF=str(target))
    assert ok, log
    (page,) = pages_of(target)
    assert results["RECORDS"] == 40
    assert "各产品记录、主体和规模" in page and "上市日历" in page
    totals = [line for line in page.splitlines() if line.startswith("合计")]
    assert totals[0].startswith("合计4028––1426")  # all egg farms are of one firm
    # cowpea 14, egg 13, pig 13
    assert totals[1] == "合计14131340"


def test_statistics_page_says_where_a_season_comes_from(printed, tmp_path):
    """Under the product with a season, and under no other, stand the townships it comes from."""
    target = tmp_path / "statistics.pdf"
    _, ok, log = run(Statistics, REGISTER=str(printed), PDF=str(target))
    assert ok, log
    calendar = pages_of(target)[0].split("上市日历（旬）")[1].splitlines()
    rows = [line.strip() for line in calendar if line.strip()[-1:].isdigit()]
    cowpea = next(place for place, row in enumerate(rows) if row.startswith("豇豆"))
    assert rows[cowpea] == "豇豆14" and [row[-1] for row in rows[cowpea + 1 : cowpea + 3]] == ["7", "7"]
    assert [row[:2] for row in rows[cowpea + 3 :]] == ["鸡蛋", "生猪"]


def test_a_card_shows_what_is_missing_and_how_far_a_place_may_be_off(printed):
    project = QgsProject()
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
    bare = {"status": "draft", "producer_name": "张示例", "industry": "crop", "longitude": 111.6, "latitude": 20.8}
    layout = new_layout(project, "card")
    add_cards(layout, project, county, [{**bare, "point_quality": "approximate", "point_radius": 1500.0}], "")
    said = [item.text() for item in layout.items() if isinstance(item, QgsLayoutItemLabel)]
    assert "张*" in said and "张示例" not in said  # nobody said that it is a firm
    assert sum(text.count("未填") for text in said) >= 8
    assert any("1,500 米" in text for text in said)
    (circle,) = (layer for layer in layout.itemById("map").layers() if layer.name() == "误差范围")
    box = circle.extent()
    assert round(box.width()) == round(box.height()) == 3000


@pytest.mark.parametrize("level, head", [(0, "乡镇"), (1, "村（社区）"), (2, "县（市、区）")])
def test_statistics_page_names_its_level(printed, tmp_path, level, head):
    target = tmp_path / "statistics.pdf"
    _, ok, log = run(Statistics, REGISTER=str(printed), PDF=str(target), LEVEL=level)
    assert ok, log
    assert any(line.startswith(f"{head}豇豆") for line in pages_of(target)[0].splitlines())


@pytest.mark.parametrize("algorithm", [ProducerCards, FieldSheet, Statistics])
def test_nothing_found_is_said(printed, tmp_path, algorithm):
    target = tmp_path / "none.pdf"
    _, ok, log = run(algorithm, REGISTER=str(printed), PDF=str(target), TEXT="nobody")
    assert not ok
    assert message("STATISTICS_EMPTY", language(), {}).text in log
    assert not target.exists()


def test_checks_find_no_person_on_them(printed):
    project = QgsProject()
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
        found = list(records(register, Query()))[:3]
    cards, listed = new_layout(project, "cards"), new_layout(project, "list")
    add_cards(cards, project, county, found, "")
    add_field_sheet(listed, county, rows_by_page(field_rows(county, found)), "全部记录", "")
    assert not check(cards)
    assert not check(listed)
