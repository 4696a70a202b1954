"""What one map and one table are asked to show: a single value that map, table, statistics and print share."""

from __future__ import annotations

import calendar
import json
import math
import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Callable, Iterable, Mapping, Optional

from ..standard.errors import OriginMapError

NOT_FILLED = ""  # among the values of a condition: the column says nothing

# Conditions on one column by ticked values, and the column each is about.
TICKED: Mapping[str, str] = {
    "varieties": "variety",
    "industries": "industry",
    "producer_types": "producer_type",
    "certifications": "certification",
    "traceability": "traceability",
    "production_modes": "production_mode",
    "credit_grades": "credit_grade",
    "states": "status",
    "verified": "verified_how",
    "point_qualities": "point_quality",
    "collectors": "collector_name",
}
_CODE = re.compile("[0-9]{1,12}")
_DAY_OF_YEAR = re.compile("[0-9]{2}-[0-9]{2}")
_LEAP_YEAR = 2024


def _require(holds: bool, code: str, value: str) -> None:
    if not holds:
        raise OriginMapError(code, value=value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_storable(text: str) -> bool:
    """SQL ends at a NUL, and half a surrogate pair can stand in no database."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text


@dataclass(frozen=True, order=True)
class Scale:
    """A range of scale: from ``lower`` to below ``upper``; infinite is open.

    In ``unit`` (``mu``, ``head``, ``bird``; records in other units are then out), or, without a unit, in multiples of
    the threshold of collection that counts for the record: the county's own where it set one, the one of engineered
    facilities for those.

    Raises:
        OriginMapError: ``QUERY_SCALE`` when no scale can lie in it.
    """

    lower: float = 0.0
    upper: float = math.inf
    unit: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.lower < self.upper:
            raise OriginMapError("QUERY_SCALE", lower=f"{self.lower:g}", upper=f"{self.upper:g}")


@dataclass(frozen=True, order=True)
class Days:
    """From a day to a day, both within (``YYYY-MM-DD``); empty is open.

    Raises:
        OriginMapError: ``QUERY_DAY`` for what is no day or ends before it begins.
    """

    first: str = ""
    last: str = ""

    def __post_init__(self) -> None:
        for day in filter(None, (self.first, self.last)):
            _require(_is_day(day), "QUERY_DAY", day)
        _require(not (self.first and self.last) or self.first <= self.last, "QUERY_DAY", f"{self.first}–{self.last}")


@dataclass(frozen=True, order=True)
class Season:
    """A part of every year, from a day to a day, both within (``MM-DD``); it may run over New Year.

    Raises:
        OriginMapError: ``QUERY_DAY`` for what is no day of a year.
    """

    first: str
    last: str

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            _require(bool(_DAY_OF_YEAR.fullmatch(day)) and _is_day(f"{_LEAP_YEAR}-{day}"), "QUERY_DAY", day)

    @property
    def over_new_year(self) -> bool:
        """Whether it ends in the year after the one it begins in."""
        return self.first > self.last


def seasons_of_months(months: Iterable[int]) -> tuple[Season, ...]:
    """The ticked months (1–12) as few seasons as possible; December and January are neighbours."""
    ticked = {month for month in months if 1 <= month <= 12}
    if len(ticked) == 12:
        return (Season("01-01", "12-31"),)
    starts = [month for month in sorted(ticked) if (month - 2) % 12 + 1 not in ticked]
    return tuple(Season(f"{start:02d}-01", _month_end(_end_of_run(start, ticked))) for start in starts)


def _end_of_run(start: int, ticked: set[int]) -> int:
    month = start
    while month % 12 + 1 in ticked:
        month = month % 12 + 1
    return month


def _month_end(month: int) -> str:
    return f"{month:02d}-{calendar.monthrange(_LEAP_YEAR, month)[1]}"


@dataclass(frozen=True)
class Query:
    """Conditions that must all hold; an empty one holds for every record, and of several values one is enough.

    Among ticked values ``""`` means that the record says nothing there. The values are kept sorted and once each, so
    that two queries that ask the same are equal.

    Attributes:
        varieties: codes of products.
        industries: codes.
        scales: ranges of scale.
        divisions: beginnings of division codes (2 digits a province, 6 a county, 9 a township, 12 a village).
        cycles: ``2026-春茬``, ``2026-06``, or a year for all of its cycles.
        collected: days of collection.
        on_market: parts of every year in which the record's product is on the market, be it for a day.
        marketed: days of certain years in which it is.
        producer_types: codes.
        certifications: codes, of which the record has at least one.
        traceability: codes, of which the record has at least one.
        production_modes: codes.
        credit_grades: codes.
        states: codes; none means every state but ``ended``.
        verified: how the record was verified; ``""`` for records that were not.
        point_qualities: ``exact``, ``approximate``, ``none``.
        collectors: names.
        text: words, each of which stands somewhere in names, places, phones or the remark.
        condition: a condition in SQLite's words over the columns of ``record``, such as ``scale >= 50``.

    Raises:
        OriginMapError: ``QUERY_DIVISION`` or ``QUERY_TEXT``.
    """

    varieties: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    scales: tuple[Scale, ...] = ()
    divisions: tuple[str, ...] = ()
    cycles: tuple[str, ...] = ()
    collected: Days = Days()
    on_market: tuple[Season, ...] = ()
    marketed: Days = Days()
    producer_types: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    traceability: tuple[str, ...] = ()
    production_modes: tuple[str, ...] = ()
    credit_grades: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    point_qualities: tuple[str, ...] = ()
    collectors: tuple[str, ...] = ()
    text: str = ""
    condition: str = ""

    def __post_init__(self) -> None:
        for name in _SEVERAL:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "text", " ".join(self.text.split()))
        object.__setattr__(self, "condition", self.condition.strip())
        for code in self.divisions:
            _require(code == NOT_FILLED or bool(_CODE.fullmatch(code)), "QUERY_DIVISION", code)
        ticked = (value for name in (*TICKED, "cycles") for value in getattr(self, name))
        for text in (*ticked, self.text, self.condition):
            _require(_is_storable(text), "QUERY_TEXT", ascii(text))

    def without(self, name: str) -> Query:
        """The same query with one condition taken away."""
        return replace(self, **{name: getattr(_ALL, name)})

    def asked(self) -> tuple[str, ...]:
        """Names of the conditions that are set, in the order in which people say them."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != field.default)


_SEVERAL = tuple(field.name for field in fields(Query) if field.default == ())
_ALL = Query()


def to_json(query: Query) -> str:
    """The query as JSON text: the conditions that are set, by name."""
    return json.dumps({name: _plain(getattr(query, name)) for name in query.asked()}, ensure_ascii=False)


def from_json(text: str) -> Query:
    """The query that :func:`to_json` wrote.

    Raises:
        OriginMapError: ``QUERY_UNREADABLE`` for anything else; a condition that is not known is never left out.
    """
    try:
        stored = json.loads(text)
        return Query(**{name: _READERS.get(name, _texts)(value) for name, value in stored.items()})
    except (ValueError, TypeError, AttributeError) as error:
        raise OriginMapError("QUERY_UNREADABLE", str(error)) from error


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Scale):
        return [value.lower, None if math.isinf(value.upper) else value.upper, value.unit]
    if isinstance(value, (Days, Season)):
        return [value.first, value.last]
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"no list of texts: {value!r}")
    return tuple(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _scales(value: list[tuple[float, Optional[float], str]]) -> tuple[Scale, ...]:
    return tuple(
        Scale(float(lower), math.inf if upper is None else float(upper), _text(unit)) for lower, upper, unit in value
    )


def _days(value: list[str]) -> Days:
    return Days(*_texts(value))


def _seasons(value: list[list[str]]) -> tuple[Season, ...]:
    return tuple(Season(*_texts(season)) for season in value)


_READERS: Mapping[str, Callable[..., object]] = {
    "scales": _scales,
    "collected": _days,
    "marketed": _days,
    "on_market": _seasons,
    "text": _text,
    "condition": _text,
}
