"""The primitives that rules are made of, as Python functions over one record.

============================  ===========================================================================
``("filled", f)``             the field holds something
``("empty", f)``              it does not (nothing, an empty text, an empty list)
``("in", f, codes)``          its value is one of the codes; an empty field is not
``("above", f, n)``           empty, or a number above ``n``; ``at_least``, ``at_most`` likewise
``("max_length", f, n)``      empty, or at most ``n`` characters (code points)
``("matches", f, p, sep)``    empty, or every part between ``sep`` (none when ``""``) is a whole match of ``p``
``("lacks", f, p)``           the pattern is found nowhere in the text
``("each_in", f, codes)``     empty, or a JSON list whose entries all are codes
``("holds_choice", f, c)``    the JSON list holds the code
``("choices_at_most", f, n)`` the JSON list has at most ``n`` entries
``("is_date", f)``            empty, or a day of the calendar as ``YYYY-MM-DD``
``("not_after", a, b)``       one of the two days is empty, or ``a`` is not after ``b``
``("within_days", a, b, n)``  one of the two days is empty, or ``b`` is at most ``n`` days after ``a``
``("has_point",)``            the record has a point
``("true",)``, ``("false",)`` always, never
``and``, ``or``, ``not``      of conditions
============================  ===========================================================================
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Callable, Mapping, Optional

from .model import Condition, Standard
from .patterns import compiled

Record = Mapping[str, object]
Holds = Callable[[Record], bool]

POINT = "has_point"


def compile_condition(condition: Condition, standard: Standard) -> Holds:
    """A function that tells whether a record satisfies the condition.

    Raises:
        KeyError: the condition names an operator that does not exist.
    """
    operator, *operands = condition
    if operator in _CONNECTIVES:
        return _CONNECTIVES[operator]([compile_condition(operand, standard) for operand in operands])
    return _PRIMITIVES[operator](*operands)


def fields_of(condition: Condition) -> frozenset[str]:
    """Names of all fields a condition reads, ``has_point`` among them where it does."""
    operator, *operands = condition
    if operator in _CONNECTIVES:
        return frozenset().union(*(fields_of(operand) for operand in operands))
    if operator == POINT:
        return frozenset((POINT,))
    return frozenset(operands[: 2 if operator in ("not_after", "within_days") else 1])


def is_empty(value: object) -> bool:
    """Whether a value counts as not filled in."""
    return value is None or value == "" or value == "[]"


def as_codes(value: object) -> Optional[list[str]]:
    """The entries of a several-choice value (JSON text), ``None`` when it is no list of texts."""
    if not isinstance(value, str):
        return None
    try:
        entries = json.loads(value)
    except ValueError:
        return None
    return entries if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries) else None


def as_day(value: object) -> Optional[date]:
    """The day of a ``YYYY-MM-DD`` text, ``None`` when it is none."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _and(parts: list[Holds]) -> Holds:
    return lambda record: all(part(record) for part in parts)


def _or(parts: list[Holds]) -> Holds:
    return lambda record: any(part(record) for part in parts)


def _not(parts: list[Holds]) -> Holds:
    (part,) = parts
    return lambda record: not part(record)


def _filled(name: str) -> Holds:
    return lambda record: not is_empty(record.get(name))


def _empty(name: str) -> Holds:
    return lambda record: is_empty(record.get(name))


def _in(name: str, codes: tuple[str, ...]) -> Holds:
    allowed = frozenset(codes)
    return lambda record: record.get(name) in allowed


def _number(test: Callable[[float], bool]) -> Callable[[object], bool]:
    def judge(value: object) -> bool:
        if is_empty(value):
            return True
        return isinstance(value, (int, float)) and math.isfinite(value) and test(value)

    return judge


def _above(name: str, limit: float) -> Holds:
    judge = _number(lambda value: value > limit)
    return lambda record: judge(record.get(name))


def _at_least(name: str, limit: float) -> Holds:
    judge = _number(lambda value: value >= limit)
    return lambda record: judge(record.get(name))


def _at_most(name: str, limit: float) -> Holds:
    judge = _number(lambda value: value <= limit)
    return lambda record: judge(record.get(name))


def _max_length(name: str, limit: int) -> Holds:
    return lambda record: is_empty(record.get(name)) or len(str(record[name])) <= limit


def _matches(name: str, pattern: str, separator: str) -> Holds:
    fullmatch = compiled(pattern).fullmatch

    def holds(record: Record) -> bool:
        value = record.get(name)
        if is_empty(value):
            return True
        parts = str(value).split(separator) if separator else (str(value),)
        return all(fullmatch(part) for part in parts)

    return holds


def _lacks(name: str, pattern: str) -> Holds:
    search = compiled(pattern).search
    return lambda record: is_empty(record.get(name)) or not search(str(record[name]))


def _each_in(name: str, codes: tuple[str, ...]) -> Holds:
    allowed = frozenset(codes)

    def holds(record: Record) -> bool:
        if is_empty(record.get(name)):
            return True
        entries = as_codes(record[name])
        return entries is not None and allowed.issuperset(entries)

    return holds


def _holds_choice(name: str, code: str) -> Holds:
    return lambda record: code in (as_codes(record.get(name)) or ())


def _choices_at_most(name: str, limit: int) -> Holds:
    return lambda record: len(as_codes(record.get(name)) or ()) <= limit


def _is_date(name: str) -> Holds:
    return lambda record: is_empty(record.get(name)) or as_day(record[name]) is not None


def _not_after(start: str, end: str) -> Holds:
    return lambda record: _days_between(record, start, end) >= 0


def _within_days(start: str, end: str, limit: int) -> Holds:
    return lambda record: _days_between(record, start, end) <= limit


def _days_between(record: Record, start: str, end: str) -> int:
    first, last = as_day(record.get(start)), as_day(record.get(end))
    return 0 if first is None or last is None else (last - first).days


def _has_point() -> Holds:
    return lambda record: bool(record.get(POINT))


def _true() -> Holds:
    return lambda record: True


def _false() -> Holds:
    return lambda record: False


_CONNECTIVES: Mapping[str, Callable[[list[Holds]], Holds]] = {"and": _and, "or": _or, "not": _not}
_PRIMITIVES: Mapping[str, Callable[..., Holds]] = {
    "filled": _filled,
    "empty": _empty,
    "in": _in,
    "above": _above,
    "at_least": _at_least,
    "at_most": _at_most,
    "max_length": _max_length,
    "matches": _matches,
    "lacks": _lacks,
    "each_in": _each_in,
    "holds_choice": _holds_choice,
    "choices_at_most": _choices_at_most,
    "is_date": _is_date,
    "not_after": _not_after,
    "within_days": _within_days,
    "has_point": _has_point,
    "true": _true,
    "false": _false,
}
