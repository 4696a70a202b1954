"""The checks: what each is called, what it looks at, how much it weighs, and the function that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable

from ..standard.findings import Level
from . import amounts, duplicates, outdated, people, points, seasons, spots
from .findings import POINT_FIELD, Hit, Kind
from .work import Work

_PLACE = (POINT_FIELD, "township", "village", "division_code")
_SET = ("producer_name", "variety", "cycle")


@dataclass(frozen=True)
class Check:
    """One check.

    ``field`` is where its findings stand; ``looks_at`` are the fields of the record that it judges: a finding set aside
    comes back when one of them changes. ``alone`` is whether it judges a record without the others.
    """

    id: str
    kind: Kind
    level: Level
    code: str
    field: str
    looks_at: tuple[str, ...]
    run: Callable[[Work], Iterable[Hit]]
    alone: bool = False


_WRONG, _ERROR, _WARNING, _NOTE = Kind.WRONG, Level.ERROR, Level.WARNING, Level.NOTE
_PERIOD = ("market_start", "market_end", "transplanted_on", "production_mode", *_SET)
_AMOUNT = ("scale", "unit", "facility", "producer_type", *_SET)

CHECKS: tuple[Check, ...] = (
    Check("below_threshold", Kind.STANDARD, _WARNING, "BELOW_MIN", "scale", _AMOUNT, amounts.below_threshold),
    Check("outdated", Kind.OUTDATED, _WARNING, "RECORD_OUTDATED", "cycle", ("scale", *_SET), outdated.overdue),
    Check("point.county", _WRONG, _ERROR, "POINT_AWAY", POINT_FIELD, _PLACE, points.away, alone=True),
    Check("point.division", _WRONG, _WARNING, "POINT_ELSEWHERE", POINT_FIELD, _PLACE, points.elsewhere, alone=True),
    Check("point.swapped", _WRONG, _ERROR, "POINT_SWAPPED", POINT_FIELD, _PLACE, points.swapped, alone=True),
    Check("point.sign", _WRONG, _ERROR, "POINT_SIGN", POINT_FIELD, _PLACE, points.signs, alone=True),
    Check("point.datum", _WRONG, _WARNING, "POINT_SHIFTED", POINT_FIELD, _PLACE, points.datums, alone=True),
    Check("point.minutes", _WRONG, _ERROR, "POINT_MINUTES", POINT_FIELD, _PLACE, points.minutes, alone=True),
    Check("point.digit", _WRONG, _ERROR, "POINT_DIGIT", POINT_FIELD, _PLACE, points.digits, alone=True),
    Check("point.same", _WRONG, _WARNING, "POINT_SAME", POINT_FIELD, (POINT_FIELD, *_SET), spots.same_spot),
    Check("point.stepped", _WRONG, _WARNING, "POINT_STEPPED", POINT_FIELD, (POINT_FIELD,), spots.stepped),
    Check("point.rounded", _WRONG, _WARNING, "POINT_ROUNDED", POINT_FIELD, (POINT_FIELD,), spots.rounded, alone=True),
    Check("scale", _WRONG, _WARNING, "SCALE_ODD", "scale", _AMOUNT, amounts.implausible),
    Check("period", _WRONG, _WARNING, "PERIOD_SEASON", "market_start", _PERIOD, seasons.impossible, alone=True),
    Check("phone", _WRONG, _WARNING, "PHONE_SHARED", "contact_phone", ("contact_phone", *_SET), people.shared_phone),
    Check("spelling", _WRONG, _NOTE, "PRODUCER_SPELLED", "producer_name", _SET, people.spellings),
    Check("duplicate", _WRONG, _WARNING, "RECORD_TWICE", "producer_name", (POINT_FIELD, *_SET), duplicates.twice),
)
# The rules of the standard are judged where the whole record is at hand (see :mod:`.ruling`).
INCOMPLETE, STANDARD = "incomplete", "standard"


def check_of(name: str) -> Check:
    """The check of that id; ``KeyError`` when there is none."""
    return {check.id: check for check in CHECKS}[name]
