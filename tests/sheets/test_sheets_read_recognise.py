"""Headings are found wherever and however offices write them; leftovers are told from records."""

from __future__ import annotations

import pytest

from originmap.core.coordinates.datums import Datum
from originmap.core.coordinates.parse import parse_coordinates
from originmap.core.coordinates.verdict import Verdict
from originmap.core.sheets.leftovers import MergedCells, leftover_reason
from originmap.core.sheets.recognise import Layout, Table, find_table
from originmap.core.sheets.spreadsheet import Range
from originmap.core.standard.cells import Number
from originmap.core.standard.model import load_standard

PLAIN = ["主体名称", "产品名称", "联系人", "联系方式", "种养规模", "经度", "纬度"]


def _found(*rows: list, merged: tuple[Range, ...] = (), mapped: dict | None = None) -> Table:
    table = find_table(enumerate(rows, start=1), load_standard(), merged, Layout(columns=mapped or {}))
    assert table is not None
    return table


def _codes(table: Table) -> set[tuple[str, str]]:
    return {(finding.code, finding.field) for finding in table.findings}


def test_below_titles_and_notes() -> None:
    table = _found(
        ["附件1"], ["重点农产品产地溯源信息采集表"], ["填报单位：示例镇", None, "日期："], PLAIN, ["甲", "豇豆"]
    )
    assert table.header_rows == (4,)
    assert table.first_row == 5


TITLE = "附件1 重点农产品产地溯源信息采集表"
NOTE = "深色表头必填，浅色表头选填或按行业填写；填法见“填写说明”。一个主体、一处基地、一个产品、一茬（月）填一行。"


@pytest.mark.parametrize("line", [TITLE, NOTE, "备注", "种养规模（亩）", "点位经纬度（高德）"])
@pytest.mark.parametrize("across", [False, True])
def test_a_lone_text_above_the_whole_table_is_no_upper_heading(line: str, across: bool) -> None:
    header = ["#", *PLAIN, "气温"]
    wide = (Range(1, 0, 1, len(header) - 1), Range(2, 0, 2, len(header) - 1)) if across else ()
    table = _found([TITLE], [line], header, ["1", "甲", "豇豆"], merged=wide)
    assert table.header_rows == (3,)
    assert list(table.headings.values()) == header
    assert table.unknown[-1] == "气温"
    assert table.datum is None and table.unit == ""


def test_a_long_note_above_part_of_the_table_is_no_upper_heading() -> None:
    table = _found([None, None, None, NOTE + "（高德，亩）"], [*PLAIN, "姓名"])
    assert table.header_rows == (2,)
    assert table.datum is None


def test_a_lone_upper_heading_over_some_columns_stays_one() -> None:
    table = _found(
        [None, None, "网格员", None], ["主体名称", "产品名称", "姓名", "联系方式"], merged=(Range(1, 2, 1, 3),)
    )
    assert table.header_rows == (1, 2)
    assert {"officer_name", "officer_phone"} <= set(table.columns)


def test_a_lone_heading_merged_downwards_stays_one() -> None:
    table = _found(["主体名称"], [None, *PLAIN[1:]], merged=(Range(1, 0, 2, 0),))
    assert table.columns["producer_name"] == 0


def test_marks_notes_and_units() -> None:
    table = _found(["序号", "*主体名称（全称）", "产品名称\n(必填)", "种养规模（亩）", "经 度(高德)", "纬度（高德）"])
    assert list(table.columns) == ["serial", "producer_name", "variety", "scale", "longitude", "latitude"]
    assert table.unit == "mu"
    assert table.datum is Datum.GCJ02


def test_two_rows_without_merged_ranges() -> None:
    upper = ["主体名称", "产品名称", "网格员", None, "信息采集员", None, "点位经纬度", None, "上下市时间", None]
    lower = [None, None, "姓名", "电话", "姓名", "联系方式", "经度", "纬度", "上市", "下市"]
    table = _found(upper, lower, ["甲", "豇豆"])
    assert table.header_rows == (1, 2)
    assert set(table.columns) == {
        "producer_name", "variety", "officer_name", "officer_phone", "collector_name", "collector_phone",
        "longitude", "latitude", "market_start", "market_end",
    }  # fmt: skip


def test_bare_phones_belong_to_the_name_left_of_them() -> None:
    table = _found(["主体名称", "产品名称", "联系人", "联系方式", "网格员", "联系方式", "采集员", "联系方式"])
    assert table.columns["contact_phone"] == 3
    assert table.columns["officer_phone"] == 5
    assert table.columns["collector_phone"] == 7


NORTHING, EASTING = "2203456.123", "37468123.456"


@pytest.mark.parametrize(
    ("upper", "x", "y"),
    [("", "X", "Y"), ("", "x坐标", "Y坐标"), ("", "坐标X", "坐标Y"), ("", "X坐标（米）", "Y 坐标（米）"),
     ("坐标", "X", "Y"), ("平面坐标", "X", "Y")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("first", "second", "verdict", "place"),
    [
        (NORTHING, EASTING, Verdict.PROJECTED, (110.695546, 19.919253)),
        (EASTING, NORTHING, Verdict.PROJECTED, (110.695546, 19.919253)),
        ("109.690508", "19.912025", Verdict.OK, (109.690508, 19.912025)),
        ("19.912025", "109.690508", Verdict.SWAPPED, (109.690508, 19.912025)),
    ],
)
def test_x_and_y_are_told_apart_by_their_numbers(
    upper: str, x: str, y: str, first: str, second: str, verdict: Verdict, place: tuple[float, float]
) -> None:
    above = [[None, None, upper, None]] if upper else []
    cells = ["甲", "豇豆", first, second]
    table = _found(*above, ["主体名称", "产品名称", x, y], cells, merged=(Range(1, 2, 1, 3),) if upper else ())
    reading = parse_coordinates(cells[table.columns["longitude"]], cells[table.columns["latitude"]])
    assert reading.verdict is verdict
    assert (reading.longitude, reading.latitude) == pytest.approx(place, abs=1e-6)


def test_words_with_x_or_y_in_them_are_no_axis() -> None:
    assert not {"longitude", "latitude"} & set(_found([*PLAIN[:5], "X坐标系", "XY", "Y轴线"]).columns)


def test_two_columns_for_one_field() -> None:
    table = _found([*PLAIN, "面积"])
    assert ("HDR_AMBIGUOUS", "scale") in _codes(table)
    assert "scale" not in table.columns
    assert not table.usable


def test_missing_and_unknown_columns() -> None:
    table = _found(["主体名称", "联系人", "联系方式", "气温"])
    assert ("HDR_MISSING", "variety") in _codes(table)
    assert not table.usable
    assert table.unknown == ("气温",)


def test_columns_chosen_by_hand() -> None:
    table = _found(["甲方", "品类", "备用", "规模"], mapped={"producer_name": "甲方", "variety": 1})
    assert table.columns["producer_name"] == 0
    assert table.columns["variety"] == 1
    assert table.usable
    assert ("HDR_MANUAL", "remark") in _codes(_found(PLAIN, mapped={"remark": "没有"}))


def test_no_heading() -> None:
    assert find_table([(1, ["请按要求填写"]), (2, ["豇豆"])], load_standard()) is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["合计", None, None, None, Number("120")], "ROW_TOTAL"),
        (["豇豆小计", None, None, None, Number("12")], "ROW_TOTAL"),
        (["备注：表中数据截至 5 月"], "ROW_NOTE"),
        (["填表人：张三", None, "审核人：李四", None, "填表日期：2026年5月1日"], "ROW_SIGNATURE"),
        (PLAIN, "ROW_HEADER"),
        (["合计农场", "豇豆"], ""),
        (["注册农场", None, "张三"], ""),
        (["甲", None, "张三"], ""),
        ([None, "豇豆"], ""),
    ],
)
def test_leftovers(cells: list, reason: str) -> None:
    assert leftover_reason(cells, _found(PLAIN)) == reason


def test_a_number_alone() -> None:
    assert leftover_reason([Number("7")], _found(["序号", *PLAIN])) == "ROW_NUMBER_ONLY"


def test_merged_cells_give_their_value_downwards() -> None:
    table = _found(PLAIN)
    merges = MergedCells((Range(1, 0, 1, 3), Range(3, 0, 5, 0)), table)
    assert merges
    assert merges.fill(2, ["乙", "豇豆"]) == ()
    assert merges.fill(3, ["甲", "豇豆"]) == ()
    second: list = [None, "韭菜"]
    assert merges.fill(4, second) == (0,)
    assert second == ["甲", "韭菜"]
    assert merges.fill(6, [None, "芹菜"]) == ()
