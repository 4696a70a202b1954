"""Periods no field can have: dates before one another, years mistyped, months too soon or too long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Iterator

from .county import Record
from .faults import Field

Change = Iterator[tuple[str, str]]
_DAYS = ("transplanted_on", "market_start", "market_end")


def is_crop(record: Record) -> bool:
    return bool(record["transplanted_on"])


def is_short(record: Record) -> bool:
    """A crop on the market for some weeks, not the whole year."""
    return is_crop(record) and (_day(record, "market_end") - _day(record, "market_start")).days < 200


def is_annual(record: Record) -> bool:
    """Of one planting; chives stand for years and are cut again and again."""
    return is_short(record) and record["variety"] != "chinese_chive"


def is_cowpea(record: Record) -> bool:
    """Of the crops the one that frost kills."""
    return record["variety"] == "cowpea"


def end_before_start(field: Field, record: Record) -> Change:
    yield "market_start", str(record["market_end"])
    yield "market_end", str(record["market_start"])


def sold_before_planted(field: Field, record: Record) -> Change:
    """On the market before it was planted."""
    yield "transplanted_on", (_day(record, "market_start") + timedelta(int(field.rng.integers(3, 90)))).isoformat()


def sold_at_once(field: Field, record: Record) -> Change:
    """On the market a week after planting."""
    yield "transplanted_on", (_day(record, "market_start") - timedelta(int(field.rng.integers(0, 10)))).isoformat()


def year_mistyped(field: Field, record: Record) -> Change:
    """2026 typed as 2062, 2206, 1926 … in all dates of the sheet."""
    year = (2062, 2206, 1926, 2016, 2036)[int(field.rng.integers(5))]
    for name in _DAYS:
        day = _day(record, name)
        yield name, date(year + day.year - 2026, day.month, min(day.day, 28)).isoformat()


def one_year_off(field: Field, record: Record) -> Change:
    """The year of the last day mistyped: on the market for two years and more."""
    day = _day(record, "market_end")
    yield "market_end", date(day.year + int(field.rng.integers(2, 5)), day.month, min(day.day, 28)).isoformat()


def much_too_long(field: Field, record: Record) -> Change:
    """A crop of one planting on the market for eleven months."""
    yield "market_end", (_day(record, "market_start") + timedelta(int(field.rng.integers(300, 360)))).isoformat()


def waited_too_long(field: Field, record: Record) -> Change:
    """Planted a year or more before it came to the market."""
    yield "transplanted_on", (_day(record, "market_start") - timedelta(int(field.rng.integers(330, 700)))).isoformat()


def out_of_season(field: Field, record: Record) -> Change:
    """In the open in the cold: cowpea in the north on the market in midwinter."""
    for name, day in zip(_DAYS, (date(2025, 11, 20), date(2026, 1, 10), date(2026, 2, 20))):
        yield name, (day + timedelta(int(field.rng.integers(0, 10)))).isoformat()
    yield "production_mode", "open_field"


def not_its_cycle(field: Field, record: Record) -> Change:
    """Dates of another season than the cycle says."""
    for name in _DAYS:
        yield name, (_day(record, name) + timedelta(200)).isoformat()


def _day(record: Record, name: str) -> date:
    return date.fromisoformat(str(record[name]))
