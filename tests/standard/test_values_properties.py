"""Whatever is in a cell: reading never fails, and a value written in any of its notations reads back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmap.core.standard.cells import ErrorValue, FormulaWithoutValue, Moment, Number
from originmap.core.standard.findings import Level
from originmap.core.standard.messages import known_codes
from originmap.core.standard.model import load_standard
from originmap.core.standard.patterns import compiled
from originmap.core.standard.values.periods import PeriodReader
from originmap.core.standard.values.readers import reader_of
from originmap.core.standard.values.reading import ValueContext
from originmap.core.standard.values.scale import ScaleReader

STANDARD = load_standard()
READERS = {f.name: reader_of(STANDARD, f.name, ValueContext(default_year=2026)) for f in STANDARD.fields}
READ_SCALE, READ_PERIOD = ScaleReader(STANDARD), PeriodReader(STANDARD)

_PIECES = st.one_of(
    st.sampled_from("年月日旬中-至~、/.,亩分半万十三〇两头只约()（）：+转eE01茬 \n\u200b"),
    st.sampled_from(["上旬", "左右", "86", "0898", "138", "20", "2026", "春茬"]),
)
_TEXTS = st.one_of(st.text(max_size=30), st.lists(_PIECES, max_size=8).map("".join))
_NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr), st.integers(-(10**20), 10**20).map(str)
).map(Number)
_MOMENTS = st.builds(Moment, st.just("1"), st.one_of(st.none(), st.datetimes()))
CELLS = st.one_of(
    st.none(), _TEXTS, _NUMBERS, _MOMENTS, st.just(FormulaWithoutValue("A1")), st.just(ErrorValue("#REF!"))
)


@pytest.mark.parametrize("name", sorted(READERS))
@given(cell=CELLS)
def test_no_cell_is_too_strange(name, cell):
    reading = READERS[name](cell)
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    assert reading.value is None or not errors
    assert {problem.code for problem in reading.problems} <= known_codes()


@given(CELLS, CELLS, st.sampled_from([None, "cowpea", "egg", "pig"]), st.sampled_from(["", "亩", "亩/头/只"]))
def test_no_scale_is_too_strange(cell, unit_cell, variety, header):
    reading = READ_SCALE(cell, unit_cell, variety, header)
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    assert bool(errors) == (reading.scale is None)
    assert reading.scale is None or reading.scale > 0


@given(CELLS, CELLS, CELLS)
def test_no_period_is_too_strange(start, end, both):
    reading = READ_PERIOD(start, end, both, default_year=2026)
    errors = [problem for problem in reading.problems if problem.level is Level.ERROR]
    assert errors or (reading.market_start and reading.market_end and reading.market_start <= reading.market_end)


@given(_TEXTS)
def test_phones_are_as_the_standard_wants_them(text):
    value = READERS["contact_phone"](text).value
    if value is not None:
        pattern = compiled(STANDARD.patterns["phones"])
        assert all(pattern.fullmatch(number) for number in value.split("、"))


@given(_TEXTS)
def test_cycles_are_as_the_standard_wants_them(text):
    value = READERS["cycle"](text).value
    if value is not None:
        assert compiled(STANDARD.patterns["cycle"]).fullmatch(value)
        assert len(value) <= STANDARD.field("cycle").max_length


@given(_TEXTS)
def test_what_was_read_reads_back_the_same(text):
    for name in ("producer_name", "contact_phone", "certification", "cycle", "collected_on", "credit_code"):
        value = READERS[name](text).value
        if isinstance(value, str) and not value.startswith("["):
            assert READERS[name](value).value == value


_DAY_NOTATIONS = (
    "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0.year}/{0.month}/{0.day}", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日", "{0.year}年{0:%m}月{0:%d}日", " {0:%Y-%m-%d} 00:00:00",
)  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(_DAY_NOTATIONS))
def test_a_day_in_any_notation_reads_back(day, notation):
    assert READERS["collected_on"](notation.format(day)) == (day.isoformat(), (), {})


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_as_a_spreadsheet_keeps_it_reads_back(day):
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    moment = datetime(day.year, day.month, day.day)
    assert READERS["collected_on"](Number(serial)).value == day.isoformat()
    assert READERS["collected_on"](Moment(serial, moment)).value == day.isoformat()


_MONTHS, _PARTS = st.integers(1, 12), st.sampled_from(["", "上旬", "中旬", "下旬"])


@given(_MONTHS, _PARTS, _MONTHS, st.sampled_from("-–~至到"))
def test_months_and_ten_day_periods_read_as_their_days(first, part, last, sign):
    reading = READ_PERIOD(f"{first}月{part}{sign}{last}月", None, default_year=2026)
    assert reading.market_start == f"2026-{first:02d}-{ {'中旬': 11, '下旬': 21}.get(part, 1):02d}"
    assert reading.market_end[:7] == f"{2026 + (last < first)}-{last:02d}"


@given(st.integers(1, 999_999), st.sampled_from(["{0:g}", "{0:,}", "{0}亩", "{0} 亩", "{0:,}亩"]))
def test_a_scale_in_any_notation_reads_back(number, notation):
    number = number / 10 if number % 10 else number // 10
    reading = READ_SCALE(notation.format(number), "亩", "cowpea")
    assert reading.scale == float(notation.format(number).replace(",", "").rstrip("亩 "))


_MOBILES = st.integers(13_000_000_000, 19_999_999_999)


@given(_MOBILES, st.sampled_from(["{0}", "+86{0}", "+86 {1} {2} {3}", "{1}-{2}-{3}"]))
def test_a_mobile_in_any_notation_reads_back(number, notation):
    text = str(number)
    written = notation.format(text, text[:3], text[3:7], text[7:])
    assert READERS["contact_phone"](written) == (text, (), {})


@pytest.mark.parametrize("piece", ["1", "约", "5月-", "1,", "十", "138 0000 ", "豇豆、", "(", "\u200b", "至2026年"])
def test_a_full_cell_of_the_same_is_refused_at_once(piece):
    text = (piece * 32_767)[:32_767]
    for name in ("collected_on", "contact_phone", "cycle", "producer_type", "point_radius", "producer_name"):
        READERS[name](text)
    assert READ_SCALE(text, "亩", "cowpea").scale is None
    assert READ_PERIOD(text, None, default_year=2026).market_start is None
