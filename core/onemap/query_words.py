"""A query in words, as a county office would say it under the title of a map or a table, and in English."""

from __future__ import annotations

import calendar
import math
from typing import Callable, Mapping, Optional, Sequence

from ..standard.masking import mask_name
from ..standard.model import Standard
from .query import NOT_FILLED, TICKED, Days, Query, Scale, Season

_LEAP_YEAR = 2024
_THIRDS = {"zh": ("上旬", "中旬", "下旬"), "en": ("early", "mid-", "late")}

# Between conditions, between values of one, behind a name that explains, when nothing is asked.
_BETWEEN = {"zh": "，", "en": ", "}
_AMONG = {"zh": "、", "en": " or "}
_ALL = {"zh": "全部记录", "en": "all records"}

# How the values of a condition are put; those not named stand by themselves.
_FRAMES = {
    "certifications": {"zh": "认证：{}", "en": "certified: {}"},
    "traceability": {"zh": "追溯：{}", "en": "traceable by: {}"},
    "credit_grades": {"zh": "信用等级 {}", "en": "credit grade {}"},
    "states": {"zh": "{}", "en": "state: {}"},
    "verified": {"zh": "核实：{}", "en": "verified: {}"},
    "point_qualities": {"zh": "点位{}", "en": "point: {}"},
    "collectors": {"zh": "采集员 {}", "en": "collector {}"},
    "on_market": {"zh": "{}上市", "en": "on the market {}"},
    "marketed": {"zh": "{}上市", "en": "on the market {}"},
    "collected": {"zh": "{}采集", "en": "collected {}"},
    "text": {"zh": "含“{}”", "en": "with “{}”"},
    "condition": {"zh": "另需 {}", "en": "and {}"},
}
_UNFILLED = {"zh": "未填", "en": "not stated"}
_UNFILLED_OF = {
    "verified": {"zh": "未核实", "en": "not yet"},
    "varieties": {"zh": "产品未填", "en": "no product stated"},
    "divisions": {"zh": "行政区划未填", "en": "no division stated"},
    "cycles": {"zh": "茬次未填", "en": "no cycle stated"},
}
_OF_THRESHOLD = {"zh": "倍采集标准", "en": "times the threshold"}


def in_words(
    query: Query,
    standard: Standard,
    language: str = "zh",
    names: Optional[Mapping[str, str]] = None,
    *,
    masked: bool = True,
) -> str:
    """The query's conditions, in the order in which people say them.

    Args:
        query: what is asked.
        standard: with the county's own names and lists.
        language: ``zh`` or ``en``.
        names: of divisions, by code; those not known are told by their code.
        masked: whether collectors' names are hidden, as on everything that leaves the office.
    """
    speaker = _Speaker(standard, language, names or {}, masked)
    return _BETWEEN[language].join(speaker.say(name, query) for name in query.asked()) or _ALL[language]


def scale_in_words(scale: Scale, standard: Standard, language: str = "zh") -> str:
    """A range of scale: ``≥ 10 亩``, ``1（含）–5 倍采集标准``, ``不足 500 只``."""
    unit = next((choice.title_in(language) for choice in standard.choices("unit") if choice.code == scale.unit), "")
    unit = unit or _OF_THRESHOLD[language]
    lower, upper = f"{scale.lower:.12g}", f"{scale.upper:.12g}"
    if math.isinf(scale.upper):
        return f"≥ {lower} {unit}"
    if not scale.lower:
        return f"不足 {upper} {unit}" if language == "zh" else f"< {upper} {unit}"
    return f"{lower}（含）–{upper} {unit}" if language == "zh" else f"{lower} to < {upper} {unit}"


def season_in_words(season: Season, language: str = "zh") -> str:
    """A part of the year: ``4–6 月``, ``11 月至次年 4 月``, ``5 月中旬–6 月下旬``, ``5 月 3 日–5 月 8 日``."""
    first, last = _split(season.first), _split(season.last)
    if season == Season("01-01", "12-31"):
        return "全年" if language == "zh" else "all year"
    if first[1] == "01" and last[1] == _month_end(last[0]):
        return _months(int(first[0]), int(last[0]), season.over_new_year, language)
    start, end = _third(first, language, begins=True), _third(last, language, begins=False)
    if not (start and end):
        start, end = _day(first, language), _day(last, language)
    if start == end and not season.over_new_year:
        return start
    between = {"zh": "至次年 " if season.over_new_year else "–", "en": " to "}[language]
    return f"{start}{between}{end}"


class _Speaker:
    """Says one condition after the other in one language."""

    def __init__(self, standard: Standard, language: str, names: Mapping[str, str], masked: bool) -> None:
        self._standard = standard
        self._language = language
        self._names = names
        self._masked = masked
        self._others: Mapping[str, Callable[[str, Query], str]] = {
            "scales": lambda _, query: self._among([scale_in_words(s, standard, language) for s in query.scales]),
            "divisions": lambda name, query: self._among([self._division(name, code) for code in query.divisions]),
            "cycles": lambda name, query: self._among([self._value(name, value) for value in query.cycles]),
            "collected": lambda _, query: self._days(query.collected),
            "marketed": lambda _, query: self._days(query.marketed),
            "on_market": lambda _, query: self._among([season_in_words(s, language) for s in query.on_market]),
            "text": lambda _, query: query.text,
            "condition": lambda _, query: query.condition,
        }

    def say(self, name: str, query: Query) -> str:
        """One condition, with what explains it."""
        said = self._others[name](name, query) if name in self._others else self._ticked(name, getattr(query, name))
        return _FRAMES.get(name, {}).get(self._language, "{}").replace("{}", said)

    def _ticked(self, name: str, values: Sequence[str]) -> str:
        """In the order of the code list, so that the same query is always said in the same way."""
        order = {choice.code: place for place, choice in enumerate(self._standard.choices(TICKED[name]))}
        return self._among([self._value(name, v) for v in sorted(values, key=lambda v: (order.get(v, 99), v))])

    def _value(self, name: str, value: str) -> str:
        if value == NOT_FILLED:
            return _UNFILLED_OF.get(name, _UNFILLED)[self._language]
        if name == "collectors":
            return mask_name(value) if self._masked else value
        if name == "cycles":
            return f"{value} 年" if self._language == "zh" and len(value) == 4 else value
        choices = self._standard.choices(TICKED[name])
        return next((choice.title_in(self._language) for choice in choices if choice.code == value), value)

    def _division(self, name: str, code: str) -> str:
        return self._value(name, code) if code == NOT_FILLED else self._names.get(code, code)

    def _days(self, days: Days) -> str:
        if not days.last:
            return f"{days.first} 起" if self._language == "zh" else f"since {days.first}"
        if not days.first:
            return f"{days.last} 止" if self._language == "zh" else f"until {days.last}"
        return f"{days.first} 至 {days.last} " if self._language == "zh" else f"{days.first} to {days.last}"

    def _among(self, values: Sequence[str]) -> str:
        return _AMONG[self._language].join(values)


def _split(day: str) -> tuple[str, str]:
    return day[:2], day[3:]


def _month_end(month: str) -> str:
    return f"{calendar.monthrange(_LEAP_YEAR, int(month))[1]}"


def _months(first: int, last: int, over: bool, language: str) -> str:
    if language == "en":
        names = calendar.month_name
        return names[first] if first == last and not over else f"{names[first]} to {names[last]}"
    if over:
        return f"{first} 月至次年 {last} 月"
    return f"{first} 月" if first == last else f"{first}–{last} 月"


def _third(day: tuple[str, str], language: str, *, begins: bool) -> str:
    """The ten days (旬) that begin or end with this day; empty where none does."""
    starts, ends = ("01", "11", "21"), ("10", "20", _month_end(day[0]))
    if day[1] not in (starts if begins else ends):
        return ""
    third = _THIRDS[language][(starts if begins else ends).index(day[1])]
    if language == "zh":
        return f"{int(day[0])} 月{third}"
    return f"{third}{'' if third.endswith('-') else ' '}{calendar.month_name[int(day[0])]}"


def _day(day: tuple[str, str], language: str) -> str:
    if language == "zh":
        return f"{int(day[0])} 月 {int(day[1])} 日"
    return f"{calendar.month_name[int(day[0])]} {int(day[1])}"
