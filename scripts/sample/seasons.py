"""Crops and months of the sample: when planted, when on the market, and the many ways people write it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from .trades import CROP, Trade


@dataclass(frozen=True)
class Season:
    """Cycle, planting day (crops), first and last day on the market, and the day the sheet was filled in."""

    cycle: str
    planted: date | None
    start: date
    end: date
    start_text: str
    end_text: str
    collected: date


def season(trade: Trade, rng: np.random.Generator) -> Season:
    """A season that fits the trade; the days are those which the written words mean."""
    if trade.industry != CROP:
        return _all_year("2026-06", None, date(2026, 6, 5) + timedelta(int(rng.integers(0, 20))), rng)
    if trade.variety == "chinese_chive" and rng.random() < 0.5:
        return _all_year("2026-春茬", date(2026, 2, 20), date(2026, 4, 10) + timedelta(int(rng.integers(0, 25))), rng)
    if trade.variety == "celery":
        return _crop("2026-秋冬茬", date(2026, 9, 5), date(2026, 11, 12), date(2027, 1, 25), date(2026, 10, 9), rng)
    if rng.random() < 0.24:
        return _crop("2026-秋茬", date(2026, 7, 20), date(2026, 9, 5), date(2026, 10, 28), date(2026, 8, 25), rng)
    return _crop("2026-春茬", date(2026, 2, 25), date(2026, 4, 12), date(2026, 6, 3), date(2026, 4, 6), rng)


def _all_year(cycle: str, planted: date | None, collected: date, rng: np.random.Generator) -> Season:
    return Season(cycle, planted, date(2026, 1, 1), date(2026, 12, 31), "全年", "全年", collected)


def _crop(
    cycle: str, planted: date, start: date, end: date, collected: date, rng: np.random.Generator
) -> Season:
    first = start + timedelta(int(rng.integers(0, 26)))
    last = end + timedelta(int(rng.integers(0, 26)))
    year = planted.year
    style = int(rng.choice(4, p=[0.45, 0.2, 0.2, 0.15]))
    if style == 1:
        first, last = _ten_days(first)[0], _ten_days(last)[1]
        texts = _ten_day_text(first, year), _ten_day_text(last, year)
    elif style == 2:
        first = first.replace(day=1)
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        texts = f"{first.year}年{first.month}月", f"{last.year}年{last.month}月"
    elif style == 3:
        texts = f"{first.year}/{first.month}/{first.day}", f"{last.year}.{last.month}.{last.day}"
    else:
        texts = first.isoformat(), last.isoformat()
    days = timedelta(int(rng.integers(0, 30)))
    return Season(cycle, planted + days, first, last, *texts, collected + timedelta(int(rng.integers(0, 22))))


def _ten_days(day: date) -> tuple[date, date]:
    if day.day <= 10:
        return day.replace(day=1), day.replace(day=10)
    if day.day <= 20:
        return day.replace(day=11), day.replace(day=20)
    return day.replace(day=21), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _ten_day_text(day: date, year: int) -> str:
    third = "上" if day.day <= 10 else "中" if day.day <= 20 else "下"
    return f"{'次年' if day.year > year else ''}{day.month}月{third}旬"
