"""Cells of every kind, written as offices write them, become the values they mean."""

from __future__ import annotations

from datetime import datetime

import pytest

from originmap.core.standard.cells import ErrorValue, FormulaWithoutValue, Moment, Number
from originmap.core.standard.findings import Level
from originmap.core.standard.messages import known_codes, message
from originmap.core.standard.model import load_standard
from originmap.core.standard.values.cycles import cycle_of
from originmap.core.standard.values.periods import PeriodReader
from originmap.core.standard.values.readers import reader_of
from originmap.core.standard.values.reading import ValueContext
from originmap.core.standard.values.scale import ScaleReader

STANDARD = load_standard()
CONTEXT = ValueContext(default_year=2026)
READ_SCALE, READ_PERIOD = ScaleReader(STANDARD), PeriodReader(STANDARD)


def _read(field, cell, context=CONTEXT):
    reading = reader_of(STANDARD, field, context)(cell)
    return reading.value, [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("示例合作社", "示例合作社", []),
        ("　全角空格　", "全角空格", []),
        ("李四\n", "李四", []),
        ("换\r\n行", "换 行", ["TEXT_CLEANED"]),
        ("零\u200b宽", "零宽", ["TEXT_CLEANED"]),
        ("\ufeff开头", "开头", ["TEXT_CLEANED"]),
        ("e\u0301", "é", ["TEXT_CLEANED"]),
        ("响\x07铃", None, ["CTRL_CHAR"]),
        ("反\u202e向", None, ["CTRL_CHAR"]),
        ("半\ud800个", None, ["CTRL_CHAR"]),
        ("\t=1+1", "=1+1", ["TEXT_FORMULA"]),
        ("@示例", "@示例", ["TEXT_FORMULA"]),
        ("🐖场", "🐖场", ["TEXT_SYMBOL"]),
        ("𠮷田", "𠮷田", []),
        ("示" * 255, "示" * 255, []),
        ("示" * 256, None, ["TOO_LONG"]),
        (" \t\u3000", None, ["REQ_EMPTY"]),
        ("待补", "待补", ["PLACEHOLDER"]),
        ("N/A", "N/A", ["PLACEHOLDER"]),
        ("张三460001199001011234", None, ["ID_CARD"]),
        ("张三４６０００１１９９００１０１１２３４", None, ["ID_CARD"]),
        ("&lt;b&gt;", "&lt;b&gt;", []),
        (Number("3.0"), "3", []),
        (Number("1.2E3"), "1200", []),
        (Moment("46143", datetime(2026, 5, 1)), "2026-05-01", []),
        (FormulaWithoutValue("A1&B1"), None, ["FORMULA_NOCACHE"]),
        (ErrorValue("#REF!"), None, ["FORMULA_ERR"]),
        (None, None, ["REQ_EMPTY"]),
    ],
)
def test_required_text(cell, value, codes):
    assert _read("producer_name", cell) == (value, codes)


@pytest.mark.parametrize(
    ("field", "cell", "value", "codes"),
    [
        ("alias", "无", None, []),
        ("alias", None, None, []),
        ("remark", "一\n 二", "一\n二", []),
        ("credit_code", "9100 0000 ma00 0000 00", "91000000MA00000000", []),
        ("credit_code", "／", None, []),
        ("credit_code", "123", None, ["FIELD_BAD"]),
        ("credit_code", "11010519491231002X", None, ["ID_CARD"]),
        ("industry", None, None, []),
        ("point_radius", Number("12.5"), 12.5, []),
        ("point_radius", "十二", 12.0, ["NUM_READ"]),
        ("point_radius", "-1", None, ["NUM_BAD"]),
        ("source_row", Number("3.5"), None, ["NUM_BAD"]),
    ],
)
def test_other_fields(field, cell, value, codes):
    assert _read(field, cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("13800000001", "13800000001", []),
        (" 138 0000 0001 ", "13800000001", []),
        ("138-0000-0001", "13800000001", []),
        ("+86 13800000001", "13800000001", []),
        ("008613800000001", "13800000001", []),
        ("１３８００００００１１", "13800000011", []),
        (Number("13800000001"), "13800000001", []),
        (Number("13800000001.0"), "13800000001", []),
        (Number("1.3800000001E10"), "13800000001", []),
        ("1.3800000001E+10", "13800000001", ["PHONE_READ"]),
        (Number("1.38E+10"), None, ["PHONE_LOSSY"]),
        ("1.38E+10", None, ["PHONE_LOSSY"]),
        ("0898-12345678", "0898-12345678", []),
        ("(0898)12345678", "0898-12345678", []),
        ("（010）82345678", "010-82345678", []),
        ("07715550001", "0771-5550001", []),
        ("+86 771 5550001", "0771-5550001", []),
        ("0898 12345678 转 123", "0898-12345678-123", ["PHONE_READ"]),
        ("0898-12345678-123", "0898-12345678-123", []),
        ("400-123-4567", "4001234567", []),
        ("13800000001、13800000002", "13800000001、13800000002", []),
        ("13800000001/13800000002", "13800000001、13800000002", ["PHONE_READ"]),
        ("13800000001；0898-12345678", "13800000001、0898-12345678", ["PHONE_READ"]),
        ("13800000001 13800000002", "13800000001、13800000002", ["PHONE_READ"]),
        ("13800000001、13800000001", "13800000001、13800000001", []),
        ("电话：13800000001", "13800000001", ["PHONE_READ"]),
        ("5550001", "5550001", ["PHONE_AREA"]),
        ("0771-5550001/5550002", "0771-5550001、0771-5550002", ["PHONE_AREA"]),
        ("1380000001", None, ["PHONE_BAD"]),
        ("138000000012", None, ["PHONE_BAD"]),
        ("12345678901", None, ["PHONE_BAD"]),
        ("138****0001", None, ["PHONE_BAD"]),
        ("张三13800000001", None, ["PHONE_BAD"]),
        ("无", None, ["PHONE_BAD"]),
        ("460001199001011234", None, ["ID_CARD"]),
        (Moment("1", datetime(1900, 1, 1)), None, ["PHONE_BAD"]),
    ],
)
def test_phones(cell, value, codes):
    assert _read("contact_phone", cell) == (value, codes)


def test_area_code_of_the_county_is_put_before_a_bare_landline():
    context = ValueContext(area_code="0898")
    assert _read("contact_phone", "65550001", context) == ("0898-65550001", ["PHONE_AREA"])


def test_landline_that_lost_its_zero_is_proposed_not_repaired():
    reading = reader_of(STANDARD, "contact_phone")(Number("7715550001"))
    assert reading.value is None
    assert reading.problems[0].proposal == "0771-5550001"


@pytest.mark.parametrize(
    ("field", "cell", "value", "codes"),
    [
        ("producer_type", "农户", "household", []),
        ("producer_type", "农村经纪人", "household", []),
        ("producer_type", " 家庭 农场 ", "family_farm", []),
        ("producer_type", "cooperative", "cooperative", []),
        ("producer_type", "合作社", "cooperative", ["CHOICE_READ"]),
        ("producer_type", "公司、企业", "enterprise", ["CHOICE_READ"]),
        ("producer_type", "家庭农场、农户", None, ["ENUM_BAD"]),
        ("producer_type", "农民专业合作杜", None, ["ENUM_BAD"]),
        ("certification", "有机农产品，绿色食品", '["green","organic"]', []),
        ("certification", "绿色食品 有机农产品；绿色食品", '["green","organic"]', []),
        ("certification", "绿色、有机", '["green","organic"]', ["CHOICE_READ"]),
        ("certification", "无", '["none"]', []),
        ("certification", "绿色食品、国际认证", None, ["ENUM_BAD"]),
        ("traceability", "二维码", None, ["ENUM_BAD"]),
        ("production_mode", "大棚", "protected", ["CHOICE_READ"]),
        ("production_mode", "设施、露地", "protected", ["CHOICE_FIRST"]),
        ("production_mode", "/", None, []),
        ("credit_grade", None, "unrated", []),
        ("credit_grade", "优秀", "unrated", ["CHOICE_UNKNOWN"]),
        ("variety", "ＣＯＷＰＥＡ", "cowpea", []),
        ("variety", "长豆角", "cowpea", ["CHOICE_READ"]),
        ("variety", "豇豆（长豆角）", "cowpea", ["CHOICE_READ"]),
        ("variety", "豇豆（芹菜）", None, ["PROD_UNKNOWN"]),
        ("variety", "西瓜", None, ["PROD_UNKNOWN"]),
        ("unit", "尾", None, ["UNIT_BAD"]),
    ],
)
def test_choices(field, cell, value, codes):
    assert _read(field, cell) == (value, codes)


def test_a_near_miss_is_proposed():
    assert reader_of(STANDARD, "producer_type")("农民专业合作杜").problems[0].proposal == "农民专业合作社"


@pytest.mark.parametrize(
    ("cell", "unit_cell", "variety", "expected", "codes"),
    [
        (Number("3.5"), "亩", "cowpea", (3.5, "mu", None), []),
        ("１，２００亩", None, "cowpea", (1200, "mu", "１，２００亩"), []),
        ("两亩半", None, "cowpea", (2.5, "mu", "两亩半"), ["NUM_READ"]),
        ("半亩", None, "cowpea", (0.5, "mu", "半亩"), ["NUM_READ"]),
        ("一亩三分二厘", None, "cowpea", (1.32, "mu", "一亩三分二厘"), ["NUM_READ"]),
        ("3分地", None, "cowpea", (0.3, "mu", "3分地"), ["NUM_READ"]),
        ("一万二", "亩", "cowpea", (12000, "mu", "一万二"), ["NUM_READ"]),
        ("0.5公顷", None, "cowpea", (7.5, "mu", "0.5公顷"), ["NUM_READ"]),
        (Number("2"), "公顷", "cowpea", (30, "mu", "2公顷"), ["NUM_READ"]),
        ("200平米", "亩", "cowpea", (0.3, "mu", "200平米"), ["NUM_READ"]),
        ("3亩", "公顷", "cowpea", (None, None, None), ["UNIT_BAD"]),
        ("10多亩", None, "cowpea", (10, "mu", "10多亩"), ["NUM_READ"]),
        ("十几亩", None, "cowpea", (None, None, None), ["NUM_BAD"]),
        ("10~12亩", None, "cowpea", (None, None, None), ["NUM_BAD"]),
        ("12,34", "亩", "cowpea", (None, "mu", None), ["NUM_BAD"]),
        (Number("1E308"), "亩", "cowpea", (None, "mu", None), ["NUM_BAD"]),
        (Moment("46145", datetime(2026, 5, 3)), "亩", "cowpea", (None, "mu", None), ["NUM_BAD"]),
        (Number("-3"), "亩", "cowpea", (None, "mu", None), ["SCALE_NEG"]),
        (Number("1000"), "羽", "egg", (1000, "bird", None), []),
        ("1.2万只", None, "egg", (12000, "bird", "1.2万只"), ["NUM_READ"]),
        ("100头牛", None, "beef_cattle", (100, "head", "100头牛"), []),
        ("50只", None, "meat_sheep", (None, None, None), ["UNIT_BAD"]),
        ("500斤", None, "snakehead", (None, None, None), ["UNIT_BAD"]),
        (Number("5"), "尾", "bream", (None, None, None), ["UNIT_BAD"]),
        (Number("5"), None, "bream", (5, "mu", None), ["UNIT_ASSUMED"]),
        (Number("5"), "亩", None, (5, "mu", None), []),
        (None, "亩", "cowpea", (None, "mu", None), ["REQ_EMPTY"]),
        (FormulaWithoutValue("1+1"), "亩", "cowpea", (None, None, None), ["FORMULA_NOCACHE"]),
        (Number("5"), ErrorValue("#N/A"), "cowpea", (None, None, None), ["FORMULA_ERR"]),
    ],
)
def test_scales(cell, unit_cell, variety, expected, codes):
    *values, problems = READ_SCALE(cell, unit_cell, variety)
    assert tuple(values) == expected
    assert [problem.code for problem in problems] == codes


def test_unit_of_the_header_counts_where_it_fits():
    assert READ_SCALE(Number("5"), None, "cowpea", "亩") == (5.0, "mu", None, ())
    assert READ_SCALE(Number("5"), None, "egg", "亩/头/只") == (5.0, "bird", None, ())
    assert READ_SCALE(Number("5"), None, "egg", "亩").problems[0].code == "UNIT_ASSUMED"


@pytest.mark.parametrize(
    ("start", "end", "more", "expected", "codes"),
    [
        ("2026-05-10", "2026-07-20", {}, ("2026-05-10", "2026-07-20", None), []),
        ("2023年5月中旬", "2023-07", {}, ("2023-05-11", "2023-07-31", "2023年5月中旬 至 2023-07"), []),
        ("5月中旬", "7月", {"cycle": "2025-春茬"}, ("2025-05-11", "2025-07-31", "5月中旬 至 7月"), ["DATE_YEAR"] * 2),
        ("5月", "7月", {"collected_on": "2024-04-01"}, ("2024-05-01", "2024-07-31", "5月 至 7月"), ["DATE_YEAR"] * 2),
        ("11月", "4月", {}, ("2026-11-01", "2027-04-30", "11月 至 4月"), ["DATE_YEAR"] * 2),
        ("11月–次年4月", None, {}, ("2026-11-01", "2027-04-30", "11月–次年4月"), ["DATE_YEAR"]),
        (None, None, {"period_cell": "3月至6月"}, ("2026-03-01", "2026-06-30", "3月至6月"), ["DATE_YEAR"]),
        ("5-7月", None, {}, ("2026-05-01", "2026-07-31", "5-7月"), ["DATE_YEAR"]),
        ("5月1日-20日", None, {}, ("2026-05-01", "2026-05-20", "5月1日-20日"), ["DATE_YEAR"]),
        ("2023.5.10-2023.7.20", None, {}, ("2023-05-10", "2023-07-20", None), []),
        ("2023年11月", "4月", {}, ("2023-11-01", "2024-04-30", "2023年11月 至 4月"), ["DATE_YEAR"]),
        ("11月", "2024年4月", {}, ("2023-11-01", "2024-04-30", "11月 至 2024年4月"), ["DATE_YEAR"]),
        ("5月-7月", "6月-8月", {}, ("2026-05-01", "2026-08-31", "5月-7月 至 6月-8月"), ["DATE_YEAR"] * 2),
        ("五月初", "七月底", {}, ("2026-05-01", "2026-07-31", "五月初 至 七月底"), ["DATE_YEAR"] * 2),
        ("2025年全年", None, {}, ("2025-01-01", "2025-12-31", "2025年全年"), ["DATE_READ"]),
        ("2023-05-10", "不定期", {}, ("2023-05-10", None, "2023-05-10 至 不定期"), ["DATE_BAD"]),
        ("2023-07-20", "2023-05-10", {}, ("2023-07-20", None, "2023-07-20 至 2023-05-10"), ["DATE_ORDER"]),
        ("2月29日", "3月", {}, (None, None, "2月29日 至 3月"), ["DATE_BAD"]),
        ("4-6月、9-11月", None, {}, (None, None, "4-6月、9-11月"), ["DATE_BAD"]),
        ("5月", None, {}, (None, None, "5月"), ["REQ_EMPTY"]),
        (None, None, {}, (None, None, None), ["REQ_EMPTY"] * 2),
        (Number("5"), Number("7"), {}, (None, None, "5 至 7"), ["DATE_BAD"] * 2),
        (ErrorValue("#REF!"), "2023-07-20", {}, (None, "2023-07-20", "#REF! 至 2023-07-20"), ["FORMULA_ERR"]),
    ],
)
def test_periods(start, end, more, expected, codes):
    *values, problems = READ_PERIOD(start, end, **{"default_year": 2026, **more})
    assert tuple(values) == expected
    assert [problem.code for problem in problems] == codes


def test_a_year_from_the_cycle_is_a_note_and_one_from_the_calendar_a_warning():
    assert READ_PERIOD("5月", "7月", cycle="2026-春茬").problems[0].level is Level.NOTE
    assert READ_PERIOD("5月", "7月", default_year=2026).problems[0].level is Level.WARNING


def test_a_date_without_any_year_to_go_by_is_unreadable():
    assert READ_PERIOD("5月", "7月").problems[0].code == "DATE_BAD"


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("2026-04-20", "2026-04-20", []),
        ("2026/4/20 10:30", "2026-04-20", []),
        (Moment("46132", datetime(2026, 4, 20, 8, 30)), "2026-04-20", []),
        (Number("46132"), "2026-04-20", []),
        ("46132", "2026-04-20", ["DATE_READ"]),
        (Number("20260420"), "2026-04-20", []),
        ("２０２６年４月２０日", "2026-04-20", []),
        ("4月20日", "2026-04-20", ["DATE_YEAR"]),
        ("2026年4月", "2026-04-01", ["DATE_READ"]),
        ("20 Apr 2026", "2026-04-20", ["DATE_READ"]),
        ("4/20/2026", "2026-04-20", ["DATE_READ"]),
        ("20/4/2026", "2026-04-20", ["DATE_READ"]),
        ("2026-02-30", None, ["DATE_BAD"]),
        ("1899-12-30", None, ["DATE_BAD"]),
        ("9999-12-31", None, ["DATE_BAD"]),
        ("昨天", None, ["DATE_BAD"]),
        ("Apr-26", None, ["DATE_BAD"]),
        (Moment("-1", None), None, ["DATE_BAD"]),
        ("/", None, []),
    ],
)
def test_days(cell, value, codes):
    assert _read("collected_on", cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("2026-春茬", "2026-春茬", []),
        ("2026年春茬", "2026-春茬", []),
        ("2026春季", "2026-春茬", []),
        ("2026-06", "2026-06", []),
        ("2026年6月份", "2026-06", []),
        (Number("202606"), "2026-06", []),
        (Moment("46174", datetime(2026, 6, 1)), "2026-06", []),
        ("2026年第1茬", "2026-第一茬", []),
        ("早春茬", "2026-早春茬", ["CYCLE_YEAR"]),
        ("六月", "2026-06", ["CYCLE_YEAR"]),
        ("2026", None, ["CYCLE_BAD"]),
        ("2026-13", None, ["CYCLE_BAD"]),
        ("随时", None, ["CYCLE_BAD"]),
        (None, None, []),
    ],
)
def test_cycles(cell, value, codes):
    assert _read("cycle", cell) == (value, codes)


@pytest.mark.parametrize(
    ("variety", "dates", "cycle"),
    [
        ("pig", {"collected_on": "2026-06-15", "market_start": "2026-01-01"}, "2026-06"),
        ("pig", {"market_start": "2026-01-01", "imported_on": "2026-09-01"}, "2026-01"),
        ("cowpea", {"transplanted_on": "2026-03-05", "market_start": "2026-09-01"}, "2026-春茬"),
        ("cowpea", {"market_start": "2026-09-01"}, "2026-秋茬"),
        ("cowpea", {"market_start": "2027-01-10"}, "2026-冬茬"),
        ("cowpea", {"imported_on": "2026-06-01"}, "2026-夏茬"),
        ("cowpea", {}, None),
    ],
)
def test_cycle_of_a_record_without_one(variety, dates, cycle):
    reading = cycle_of(STANDARD.field("cycle"), STANDARD.variety(variety), **dates)
    assert reading.cycle == cycle
    assert all(problem.level is Level.NOTE for problem in reading.problems)


def test_every_problem_has_its_sentence_without_gaps():
    cells = {
        "producer_name": ["a\u200b", "=1", "🐔", "无", "\x01", "示" * 999, None],
        "contact_phone": ["5550001", "13800000001/13800000002", "1", "1.38E+10"],
        "producer_type": ["公司", "某某"],
        "production_mode": ["露地、设施"],
        "credit_grade": ["优秀"],
        "collected_on": ["5月", "2026年5月", "x"],
        "cycle": ["春茬", "x"],
        "point_radius": ["十"],
    }
    readings = [reader_of(STANDARD, name, CONTEXT)(cell) for name, column in cells.items() for cell in column]
    readings += [READ_SCALE(Number("99999999"), None, "cowpea"), READ_PERIOD("2026-05-10", "2026-05-01")]
    problems = [problem for reading in readings for problem in reading.problems]
    assert {problem.code for problem in problems} <= known_codes()
    for problem in problems:
        for language in ("zh", "en"):
            sentence = message(problem.code, language, problem.params).sentence
            assert "“”" not in sentence and "{" not in sentence, sentence
