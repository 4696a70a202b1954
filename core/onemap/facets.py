"""How many records each value would give under the other conditions: what stands beside the boxes a person ticks."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import Callable, Iterable, Mapping, Sequence

from ..places.divisions import CODE_LENGTHS
from ..standard.model import Standard
from .filtered import ask
from .packing import SCALE_CLASSES, Digit, class_digit, packed_sql, tallies, ticked_digit
from .query import NOT_FILLED, TICKED, Query, Scale
from .query_sql import END_SQL, START_SQL

ALL_FACETS = (*TICKED, "scales", "divisions", "cycles", "on_market")

_CHUNK = 500  # rows in hand; more fall out of the processor's cache, and are looked through for garbage
# First and last month, where the one day is not after the other.
_SPAN = f"CASE WHEN {START_SQL} <= {END_SQL} THEN substr({START_SQL}, 1, 7) || substr({END_SQL}, 1, 7) END"


@dataclass(frozen=True)
class Facets:
    """Counts of records by value; values that no record has are left out.

    A value's count is what the query would find if it were the only one ticked in its condition. Records that say
    nothing are counted under ``""``.

    Attributes:
        ticked: by the query's name of the condition, then by value; of several-choice fields a record counts under
            each of its values.
        scales: by class of multiples of the threshold.
        divisions: by code, at every level.
        cycles: by cycle, and by year for all of the year's.
        months: by month (1–12) in which the product is on the market in whichever year.
    """

    ticked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    scales: Mapping[Scale, int] = field(default_factory=dict)
    divisions: Mapping[str, int] = field(default_factory=dict)
    cycles: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[int, int] = field(default_factory=dict)


def facets(
    connection: sqlite3.Connection, query: Query, standard: Standard, wanted: Iterable[str] = ALL_FACETS
) -> Facets:
    """Count the records under each value of the wanted conditions.

    One walk through the records answers all conditions that are not set; each one that is set needs a walk of its own,
    without it. ``connection.interrupt()`` from another thread stops it.

    Raises:
        OriginMapError: as for :func:`.filtered.count`.
    """
    wanted = list(wanted)
    free = [name for name in wanted if name not in query.asked()]
    found = _tallies(connection, query, standard, free) if free else {}
    for name in wanted:
        if name not in free:
            found.update(_tallies(connection, query.without(name), standard, [name]))
    return Facets(
        ticked={name: _by_value(name, tally, standard) for name, tally in found.items() if name in TICKED},
        scales={SCALE_CLASSES[number]: n for number, n in found.get("scales", {}).items() if number is not None},
        divisions=_spread(found.get("divisions", {}), _levels),
        cycles=_spread(found.get("cycles", {}), _cycle_and_year),
        months=_spread(found.get("on_market", {}), months_of_span),
    )


def _tallies(
    connection: sqlite3.Connection, query: Query, standard: Standard, names: Sequence[str]
) -> dict[str, Mapping]:
    """Counts by what the columns hold. Columns with a short code list travel together as digits of one number."""
    digits = {name: _digit(name, standard) for name in names if _is_short(name, standard)}
    texts = [name for name in names if name not in digits]
    columns = [packed_sql(list(digits.values()))]
    columns += [_TEXTS[name] if name in _TEXTS else f'"{TICKED[name]}"' for name in texts]
    counters: list[Counter] = [Counter() for _ in columns]
    cursor = ask(connection, f"SELECT {', '.join(columns)} FROM record WHERE {{}}", query, standard)
    while rows := cursor.fetchmany(_CHUNK):
        for counter, column in zip(counters, zip(*rows)):
            counter.update(column)
    short = tallies(counters[0], list(digits.values()))
    return {**dict(zip(digits, short)), **dict(zip(texts, counters[1:]))}


def _is_short(name: str, standard: Standard) -> bool:
    if name in TICKED:
        field = standard.field(TICKED[name])
        return bool(standard.choices(field.name)) and not field.several
    return name == "scales"


def _digit(name: str, standard: Standard) -> Digit:
    return class_digit(standard) if name == "scales" else ticked_digit(name, standard)


_TEXTS = {"divisions": '"division_code"', "cycles": '"cycle"', "on_market": _SPAN}


def _by_value(name: str, tally: Mapping, standard: Standard) -> dict[str, int]:
    if standard.field(TICKED[name]).several:
        return _spread(tally, lambda text: set(json.loads(text or "[]")) or {NOT_FILLED})
    return _spread(tally, lambda value: (value or NOT_FILLED,)) if name == "collectors" else _known(tally)


def _known(tally: Mapping) -> dict[str, int]:
    return {value: count for value, count in tally.items() if value is not None}


def _spread(tally: Mapping, values_of: Callable[[str], Iterable]) -> dict:
    """Counts by each of the values that a text stands for."""
    counts: Counter = Counter()
    for text, count in tally.items():
        for value in values_of(text or ""):
            counts[value] += count
    return dict(counts)


def _levels(code: str) -> set[str]:
    return {code[:length] for length in CODE_LENGTHS.values() if len(code) >= length} | {code}


def _cycle_and_year(cycle: str) -> tuple[str, ...]:
    return (cycle, cycle[:4]) if cycle[4:5] == "-" else (cycle,)


def months_of_span(span: str) -> list[int]:
    """The months of the year from one month to another, written ``2025-112026-02``."""
    if not span:
        return []
    first, last = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (span[:7], span[7:]))
    return sorted({month % 12 + 1 for month in range(first, min(last, first + 11) + 1)})
