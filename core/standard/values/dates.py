"""Date cells: days, months, ten-day periods (旬) and whole years as people write them, with or without a year."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Callable, NamedTuple, Optional, Tuple

from ..cells import Moment, Number
from ..findings import Level
from ..model import Field
from .characters import chinese_number, digits_of, narrow
from .reading import LONGEST, Filled, FilledReader, Reading, empty_reading, error, is_placeholder, problem

# A date outside these years is a slip: the register is about what grows now.
FIRST_YEAR, LAST_YEAR = 1990, 2099

# Day 0 of spreadsheets (the 1900 system), as every date after February 1900 counts.
_DAY_ZERO = date(1899, 12, 30)

# The end of a month, whatever its length in the year that will be found.
MONTH_END = 0

_TEN_DAYS = {
    "": (1, MONTH_END),
    **dict.fromkeys(("上旬", "初"), (1, 10)),
    **dict.fromkeys(("中旬", "中"), (11, 20)),
    **dict.fromkeys(("下旬", "末", "底"), (21, MONTH_END)),
    "上中旬": (1, 20),
    "中下旬": (11, MONTH_END),
}
_YEAR_WORDS = {
    **dict.fromkeys(("次年", "翌年", "来年", "第二年", "明年", "下一年", "次"), 1),
    **dict.fromkeys(("当年", "今年", "本年", "同年"), 0),
}
_ENGLISH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_NAMES = {name: number for number, name in enumerate(_ENGLISH.split("|"), 1)}
_MONTH_NAME = f"(?P<name>{_ENGLISH})[a-z]*[.,]?"


class Span(NamedTuple):
    """A stretch of days whose year may still be open.

    ``year`` is ``None`` when none was written, ``later`` counts the years after the base year (``次年``: 1);
    ``last_day`` may be :data:`MONTH_END`. ``plain`` when it is an ordinary way of writing a date.
    """

    year: Optional[int]
    first_month: int
    first_day: int
    last_month: int
    last_day: int
    later: int = 0
    plain: bool = True

    @property
    def is_day(self) -> bool:
        """Whether it is a single day and not a month or a longer time."""
        return (self.first_month, self.first_day) == (self.last_month, self.last_day)

    @property
    def is_long(self) -> bool:
        """Whether it is longer than a month, so that it says by itself when something ends."""
        return self.first_month != self.last_month

    def first(self, year: int) -> date:
        """The first day in that year; ``ValueError`` when the calendar has no such day."""
        return date(year, self.first_month, self.first_day)

    def last(self, year: int) -> date:
        """The last day in that year; ``ValueError`` when the calendar has no such day."""
        return date(year, self.last_month, self.last_day or calendar.monthrange(year, self.last_month)[1])


# Notations with what makes a span of each; the first that matches decides.
_Forms = Tuple[Tuple["re.Pattern[str]", Callable[["re.Match[str]"], Span]], ...]


def date_reader(field: Field, default_year: Optional[int]) -> FilledReader:
    """Reads a cell that holds one date; the value is ``YYYY-MM-DD``.

    A month or ten-day period stands for its first day (``market_end``: its last), a missing year for ``default_year``.
    """
    nothing = empty_reading(field)
    is_end = field.name == "market_end"

    def read(cell: Filled) -> Reading:
        if cell.__class__ is str and is_iso_day(cell):
            return Reading(cell)
        if isinstance(cell, str):
            text = narrow(cell)
            if not text or (is_placeholder(text) and not nothing.problems):
                return nothing
        span = read_span(cell)
        value = None if span is None else _day(span, default_year, is_end)
        if span is None or value is None:
            return error("DATE_BAD", field, cell)
        return _dated(field, cell, span, value)

    return read


def _day(span: Span, default_year: Optional[int], is_end: bool) -> Optional[str]:
    year = span.year if span.year is not None or default_year is None else default_year + span.later
    if year is None:
        return None
    try:
        return (span.last(year) if is_end else span.first(year)).isoformat()
    except ValueError:
        return None


def _dated(field: Field, cell: Filled, span: Span, value: str) -> Reading:
    if span.year is None:
        return Reading(value, (problem(Level.WARNING, "DATE_YEAR", field, cell, read=value, year=value[:4]),))
    if not span.plain or not span.is_day:
        return Reading(value, (problem(Level.WARNING, "DATE_READ", field, cell, read=value),))
    return Reading(value)


_ISO = re.compile("(?:199|20[0-9])[0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def is_iso_day(text: str) -> bool:
    """Whether the text is a day of the calendar written ``YYYY-MM-DD``, in a year that can be meant."""
    if _ISO.fullmatch(text) is None:
        return False
    if text[8:] <= "28":
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_span(cell: Filled) -> Optional[Span]:
    """The one date, month or other stretch of time that a cell holds; ``None`` when it cannot be read."""
    if isinstance(cell, Moment):
        return None if cell.moment is None else _checked(_span_of_day(cell.moment.date()))
    if isinstance(cell, Number):
        return _span_of_number(cell.text)
    return span_of_text(cell)


def span_of_text(text: str) -> Optional[Span]:
    """As :func:`read_span`, for text."""
    if len(text) > LONGEST:
        return None
    ordinary = _without_time(narrow(text))
    bare = "".join(ordinary.split())
    found = _first_form(bare, _PLAIN_FORMS)
    if found is not None:
        return found
    loose = _loose(bare)
    for form in (lambda: _first_form(loose, _PLAIN_FORMS), lambda: _first_form(loose, _LOOSE_FORMS)):
        found = form()
        if found is not None:
            return found._replace(plain=False)
    found = _first_form(ordinary.lower(), _FOREIGN_FORMS)
    return None if found is None else found._replace(plain=False)


def _span_of_day(day: date) -> Span:
    return Span(day.year, day.month, day.day, day.month, day.day)


def _checked(span: Optional[Span]) -> Optional[Span]:
    """The span, or ``None`` when its days or its year are not in the calendar that counts here."""
    if span is None or not (1 <= span.first_month <= 12 and 1 <= span.last_month <= 12):
        return None
    if span.year is not None and not FIRST_YEAR <= span.year <= LAST_YEAR:
        return None
    try:
        # A leap year stands for an open year: 29 February may exist in it.
        span.first(span.year or 2024), span.last(span.year or 2024)
    except ValueError:
        return None
    return span


def _span_of_number(text: str) -> Optional[Span]:
    """Serial days, ``20230510``, ``202305`` and ``5.1``, of which a spreadsheet may have dropped a zero."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _checked(_span_of_day(_DAY_ZERO + timedelta(days=int(text.partition(".")[0]))))
    if re.fullmatch(r"\d{8}|\d{6}", text):
        return _first_form(text, _PLAIN_FORMS)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        found = _first_form(text, _LOOSE_FORMS)
        return None if found is None else found._replace(plain=False)
    return None


_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_TIME = re.compile(rf"(?:(?<=\d)[T ] *|(?<=日) *){_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?$")
_VAGUE_BEGINNING = re.compile("^(?:大约|大概|约|预计|计划|从|自|于|每年)+")
_VAGUE_END = re.compile(
    "(?:左右|前后|以后|之后|以前|之前|开始|起|止|后|前|陆续|上市|下市|采收|采摘|采完|结束)+$"
)
_CHINESE_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_CHINESE_COUNT = re.compile("[一二三四五六七八九十廿]+(?=[月日号])")


def _without_time(text: str) -> str:
    return _TIME.sub("", text)


def _loose(text: str) -> str:
    """Without words that make a date vague, and with Chinese numerals as digits."""
    text = _VAGUE_END.sub("", _VAGUE_BEGINNING.sub("", text)).replace("元月", "1月").replace("月份", "月")
    text = _CHINESE_YEAR.sub(lambda match: digits_of(match[0]), text)
    return _CHINESE_COUNT.sub(lambda match: f"{chinese_number(match[0].replace('廿', '二十')) or 0:g}", text)


def _first_form(text: str, forms: _Forms) -> Optional[Span]:
    for pattern, span_of in forms:
        match = pattern.fullmatch(text)
        if match is not None:
            return _checked(span_of(match))
    return None


def _full_day(match: re.Match[str]) -> Span:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return Span(year, month, day, month, day)


def _year_month(match: re.Match[str]) -> Span:
    month = int(match["month"] or match["month1"])
    return Span(int(match["year"]), month, 1, month, MONTH_END)


def _month(match: re.Match[str]) -> Span:
    groups = match.groupdict()
    month, part = int(match["month"]), groups.get("part") or ""
    first, last = _TEN_DAYS[part]
    year, later = _year(groups)
    return Span(year, month, first, month, last, later, part in ("", "上旬", "中旬", "下旬"))


def _month_day(match: re.Match[str]) -> Span:
    month, day = int(match["month"]), int(match["day"])
    year, later = _year(match.groupdict())
    return Span(year, month, day, month, day, later)


def _month_of_decimal(match: re.Match[str]) -> Span:
    """``5.10`` is a day; of ``5.1`` a zero may be gone, so that only the month is sure."""
    return _month_day(match) if len(match["day"]) == 2 else _month(match)


def _whole_year(match: re.Match[str]) -> Span:
    year, later = _year(match.groupdict())
    return Span(year, 1, 1, 12, MONTH_END, later, False)


def _half_year(match: re.Match[str]) -> Span:
    year, later = _year(match.groupdict())
    first = 1 if match["half"] == "上" else 7
    return Span(year, first, 1, first + 5, MONTH_END, later, False)


def _american_day(match: re.Match[str]) -> Span:
    """Month first, as spreadsheets of American setting write; day first where that cannot be."""
    month, day, year = int(match["month"]), int(match["day"]), int(match["year"])
    if month > 12:
        month, day = day, month
    return Span(year, month, day, month, day)


def _named_month(match: re.Match[str]) -> Span:
    month, day = _MONTH_NAMES[match["name"]], match.groupdict().get("day")
    first, last = (int(day), int(day)) if day else (1, MONTH_END)
    return Span(int(match["year"]), month, first, month, last)


def _serial_text(match: re.Match[str]) -> Span:
    return _span_of_day(_DAY_ZERO + timedelta(days=int(match["serial"])))


def _year(groups: dict[str, Optional[str]]) -> tuple[Optional[int], int]:
    year, word = groups.get("year"), groups.get("word")
    return (int(year) if year else None), _YEAR_WORDS.get(word or "", 0)


def _forms(*pairs: tuple[str, Callable[[re.Match[str]], Span]]) -> _Forms:
    return tuple((re.compile(pattern), span_of) for pattern, span_of in pairs)


_YEAR = r"(?:(?P<year>\d{4})年?)"
_WORD = rf"(?:(?P<word>{'|'.join(_YEAR_WORDS)})的?)"
_OPEN_YEAR = rf"(?:{_YEAR}|{_WORD})?"

_PLAIN_FORMS = _forms(
    (r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", _full_day),
    (r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?", _full_day),
    (r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", _full_day),
    (r"(?P<year>\d{4})(?:[-/.]?(?P<month>\d{2})|[-/](?P<month1>\d))", _year_month),
    (r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<part>[上中下]旬)?", _month),
    (rf"(?:{_WORD})?(?P<month>\d{{1,2}})月(?P<part>[上中下]旬)?", _month),
    (rf"(?:{_WORD})?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?", _month_day),
)
_LOOSE_FORMS = _forms(
    (rf"{_OPEN_YEAR}(?P<month>\d{{1,2}})月的?(?P<part>初|中|末|底|上中旬|中下旬)", _month),
    (r"(?P<month>\d{1,2})\.(?P<day>\d{1,2})", _month_of_decimal),
    (r"(?P<year>\d{4})\.(?P<month>\d)", _month),
    (r"(?P<month>\d{1,2})/(?P<day>\d{1,2})", _month_day),
    (rf"{_OPEN_YEAR}(?:全年|常年|周年|终年|长年|整年|年年|四季|一年四季|常年供应|全年供应)", _whole_year),
    (rf"{_OPEN_YEAR}(?P<half>[上下])半年", _half_year),
    (r"(?P<serial>[3-6]\d{4})", _serial_text),
)
_FOREIGN_FORMS = _forms(
    (r"(?P<month>\d{1,2})([-/.])(?P<day>\d{1,2})\2(?P<year>\d{4})", _american_day),
    (rf"{_MONTH_NAME} *[-/]? *(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:, *| +|[-/])(?P<year>\d{{4}})", _named_month),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ /-]*{_MONTH_NAME}[ /-]*(?P<year>\d{{4}})", _named_month),
    (rf"{_MONTH_NAME}[ /-]*(?P<year>\d{{4}})", _named_month),
)
