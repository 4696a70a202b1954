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
from .query import NOT_FILLED, TICKED, Query, Scale
from .query_sql import END_SQL, START_SQL, class_sql, column_sql
from .renderer import SIZE_CLASSES

SCALE_CLASSES = tuple(Scale(size.lower, float("inf") if size.upper is None else size.upper) for size in SIZE_CLASSES)
ALL_FACETS = (*TICKED, "scales", "divisions", "cycles", "on_market")

_CHUNK = 20_000
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
    tallies = _tallies(connection, query, standard, free) if free else {}
    for name in wanted:
        if name not in free:
            tallies.update(_tallies(connection, query.without(name), standard, [name]))
    return Facets(
        ticked={name: _by_value(name, tally, standard) for name, tally in tallies.items() if name in TICKED},
        scales={SCALE_CLASSES[number]: n for number, n in tallies.get("scales", {}).items() if number is not None},
        divisions=_spread(tallies.get("divisions", {}), _levels),
        cycles=_spread(tallies.get("cycles", {}), _cycle_and_year),
        months=_spread(tallies.get("on_market", {}), months_of_span),
    )


def _tallies(
    connection: sqlite3.Connection, query: Query, standard: Standard, names: Sequence[str]
) -> dict[str, Mapping]:
    """Counts by what the columns hold. Columns with a short code list travel together as digits of one number."""
    lists = {name: _codes(name, standard) for name in names}
    packed = [name for name in names if lists[name]]
    texts = [name for name in names if not lists[name]]
    columns = ["0" if not packed else _packed_sql([(_digit_sql(n, lists[n], standard), len(lists[n])) for n in packed])]
    columns += [_TEXTS[name] if name in _TEXTS else f'"{TICKED[name]}"' for name in texts]
    counters: list[Counter] = [Counter() for _ in columns]
    cursor = ask(connection, f"SELECT {', '.join(columns)} FROM record WHERE {{}}", query, standard)
    while rows := cursor.fetchmany(_CHUNK):
        for counter, column in zip(counters, zip(*rows)):
            counter.update(column)
    unpacked = _unpacked(counters[0], [lists[name] for name in packed])
    return {**dict(zip(packed, unpacked)), **dict(zip(texts, counters[1:]))}


def _codes(name: str, standard: Standard) -> tuple[object, ...]:
    """The values of a column by digit: nothing, those of its code list, and last whatever else; empty for free text."""
    if name == "scales":
        return (None, *range(len(SCALE_CLASSES)))
    if name not in TICKED or standard.field(TICKED[name]).several or not standard.choices(TICKED[name]):
        return ()
    return (NOT_FILLED, *(choice.code for choice in standard.choices(TICKED[name])), None)


def _digit_sql(name: str, codes: Sequence[object], standard: Standard) -> str:
    if name == "scales":
        return f"coalesce({class_sql(standard.varieties, [scale.lower for scale in SCALE_CLASSES])} + 1, 0)"
    column = column_sql(name)
    cases = " ".join(f"WHEN '{code}' THEN {digit}" for digit, code in enumerate(codes) if code)
    return f"CASE {column} {cases} ELSE CASE WHEN coalesce({column}, '') = '' THEN 0 ELSE {len(codes) - 1} END END"


def _packed_sql(digits: Sequence[tuple[str, int]]) -> str:
    number = "0"
    for sql, base in digits:
        number = f"({number}) * {base} + {sql}"
    return number


def _unpacked(counter: Mapping[int, int], lists: Sequence[Sequence[object]]) -> list[dict[object, int]]:
    tallies: list[dict[object, int]] = [{} for _ in lists]
    for number, count in counter.items():
        for tally, codes in zip(reversed(tallies), reversed(lists)):
            number, digit = divmod(number, len(codes))
            tally[codes[digit]] = tally.get(codes[digit], 0) + count
    return tallies


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
