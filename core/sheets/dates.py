"""Dates as spreadsheets store them: serial days, and the number formats that show them as dates."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import Optional

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
# Quoted text, escaped and padding characters, colours, conditions and locales say nothing about what the number is.
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdh]|(?<![a-z])s{1,2}(?![a-z])|[年月日时時]|a{3,4}", re.IGNORECASE)
_NOT_DATE = re.compile(r"general|[0#?]", re.IGNORECASE)
_LAST_DAY = 2_958_466  # the day after 9999-12-31 in the 1900 system


def is_date_format(code: str) -> bool:
    """Whether a number format shows its number as a date or a time of day (not as elapsed hours)."""
    first = _NOT_FORMAT.sub("", code.split(";")[0])
    if _ELAPSED.search(first):
        return False
    letters = re.sub(r"s\.0+", "s", first, flags=re.IGNORECASE)
    return bool(_DATE_LETTER.search(letters)) and not _NOT_DATE.search(letters)


def is_date_id(number_format: int, custom: dict[int, str]) -> bool:
    """Whether a number format id stands for a date; a custom format of the same id comes first."""
    if number_format in custom:
        return is_date_format(custom[number_format])
    return number_format in _BUILT_IN_DATES


def moment_of(text: str, date1904: bool) -> Optional[datetime]:
    """The moment that a serial day stands for, to the second; ``None`` for what no calendar holds.

    The 1900 system counts a 29 February 1900 that never was (serial 60), and calls the day before its first one 0.
    """
    days = float(text)
    if not math.isfinite(days) or not 0 <= days < _LAST_DAY:
        return None
    if not date1904 and (days < 1 or 60 <= days < 61):
        return None
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if days < 60 else 30)
    try:
        return epoch + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return None
