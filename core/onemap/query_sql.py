"""A query as SQL: one condition that means the same as a layer's subset string and in a WHERE clause of SQLite."""

from __future__ import annotations

import math
import re
from typing import Callable, Iterable, Mapping, Sequence

from ..standard.errors import OriginMapError
from ..standard.model import Standard, Variety
from ..standard.to_sql import quoted
from .query import NOT_FILLED, TICKED, Days, Query, Scale, Season

ENDED = "ended"
COLLECTED = "collected_on"
MARKET_START, MARKET_END = "market_start", "market_end"
_SCALE = '"scale"'

# Where a word of the free text may stand.
SEARCHED = (
    "producer_name",
    "credit_code",
    "alias",
    "site_name",
    "site_address",
    "township",
    "village",
    "contact_name",
    "contact_phone",
    "officer_name",
    "remark",
)
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--|/\*|[^'"`\[();/-]+|.""", re.DOTALL)
_FULL_CODE = 12
_COUNTY_CODE = 6
_YEAR = re.compile("[0-9]{4}")
_OTHER_COLUMNS = ("fid", "geom", "rowid")


def subset(query: Query, standard: Standard) -> str:
    """The whole query as one SQL condition over the columns of ``record``.

    Args:
        query: what is asked.
        standard: with the county's own thresholds, of which scales may be multiples.

    Raises:
        OriginMapError: ``QUERY_OPEN`` or ``QUERY_COLUMN`` when the further condition could not stand by itself.
    """
    return " AND ".join(conditions(query, standard).values())


def conditions(query: Query, standard: Standard) -> dict[str, str]:
    """The SQL of each condition by the query's names; there is always one on the states."""
    ticked = {name: _one_of(name, getattr(query, name), standard) for name in TICKED if getattr(query, name)}
    others = {
        name: compile_one(query, standard)
        for name, compile_one in _OTHERS.items()
        if getattr(query, name) != getattr(Query, name)
    }
    return {"states": f"\"status\" <> '{ENDED}'", **ticked, **others}


def column_sql(name: str) -> str:
    """What a ticked condition compares; a record without a statement on its point has none."""
    column = f'"{TICKED[name]}"'
    return f"coalesce(nullif({column}, ''), 'none')" if name == "point_qualities" else column


def ratio_sql(varieties: Iterable[Variety]) -> str:
    """The scale in multiples of the threshold that counts for the record; NULL for other varieties."""
    return _by_threshold(varieties, lambda threshold: f"{_SCALE} / {threshold!r}")


def class_sql(varieties: Iterable[Variety], lower: Sequence[float]) -> str:
    """Number of the class of multiples of the threshold, from 0; NULL without a scale, below all, for other varieties.

    Args:
        varieties: as in the standard.
        lower: lower bounds of the classes, ascending.
    """

    def number(threshold: float) -> str:
        ratio = f"{_SCALE} / {threshold!r}"
        steps = (f"WHEN {ratio} >= {bound!r} THEN {place}" for place, bound in reversed([*enumerate(lower)]))
        return f"CASE {' '.join(steps)} END"

    return _by_threshold(varieties, number)


def _by_threshold(varieties: Iterable[Variety], value: Callable[[float], str]) -> str:
    """SQL of what follows from the threshold that counts for the record, looked up once; NULL for other varieties."""
    cases = []
    for variety in varieties:
        usual = value(float(variety.threshold))
        if variety.threshold_engineered is not None:
            engineered = value(float(variety.threshold_engineered))
            usual = f"CASE WHEN \"facility\" = 'engineered' THEN {engineered} ELSE {usual} END"
        cases.append(f"WHEN {quoted(variety.code)} THEN {usual}")
    return f'(CASE "variety" {" ".join(cases)} END)'


def _one_of(name: str, values: tuple[str, ...], standard: Standard) -> str:
    column, filled = column_sql(name), [value for value in values if value != NOT_FILLED]
    tests = [f"coalesce({column}, '') IN ('', '[]')"] if NOT_FILLED in values else []
    if standard.field(TICKED[name]).several:
        # The register keeps lists in one spelling, so that a code with its quotes is found as text.
        return _any([*tests, *(f"instr({column}, {quoted(_in_list(value))}) > 0" for value in filled)])
    if filled:
        tests.append(f"{column} IN ({', '.join(map(quoted, filled))})")
    return _any(tests)


def _in_list(code: str) -> str:
    return f'"{code}"'


def _any(tests: Iterable[str]) -> str:
    tests = list(tests)
    return tests[0] if len(tests) == 1 else f"({' OR '.join(tests)})"


def _scales(query: Query, standard: Standard) -> str:
    varieties = [v for v in standard.varieties if not query.varieties or v.code in query.varieties]
    multiples = [scale for scale in query.scales if not scale.unit]
    tests = [f'("unit" = {quoted(scale.unit)} AND {_in_range(scale, _SCALE)})' for scale in query.scales if scale.unit]
    if multiples:

        def holds(threshold: float) -> str:
            return _any(_in_range(scale, f"{_SCALE} / {threshold!r}") for scale in multiples)

        tests.append(_by_threshold(varieties, holds) if varieties else "0")
    return _any(tests)


def _in_range(scale: Scale, amount: str) -> str:
    upper = "" if math.isinf(scale.upper) else f" AND {amount} < {float(scale.upper)!r}"
    return f"({amount} >= {float(scale.lower)!r}{upper})"


def _divisions(query: Query, standard: Standard) -> str:
    return _any(_division(code) for code in query.divisions)


def _division(code: str) -> str:
    if code == NOT_FILLED:
        return "coalesce(\"division_code\", '') = ''"
    if len(code) == _FULL_CODE:
        return f"\"division_code\" = '{code}'"
    # A range of the index. Whole counties take no part of a register, and the plus keeps SQLite from going through it
    # by the index, which costs four times as much as reading all.
    return f"{'+' if len(code) <= _COUNTY_CODE else ''}\"division_code\" GLOB '{code}*'"


def _cycles(query: Query, standard: Standard) -> str:
    years = [cycle for cycle in query.cycles if _YEAR.fullmatch(cycle)]
    named = [cycle for cycle in query.cycles if cycle not in years and cycle != NOT_FILLED]
    tests = ["coalesce(\"cycle\", '') = ''"] if NOT_FILLED in query.cycles else []
    tests += [f"\"cycle\" GLOB '{year}-*'" for year in years]
    if named:
        tests.append(f'"cycle" IN ({", ".join(map(quoted, named))})')
    return _any(tests)


def _collected(query: Query, standard: Standard) -> str:
    return _within(query.collected, f'"{COLLECTED}"', f'"{COLLECTED}"')


# A record that states only one of the two days is on the market on that day.
START_SQL = f'coalesce("{MARKET_START}", "{MARKET_END}")'
END_SQL = f'coalesce("{MARKET_END}", "{MARKET_START}")'


def _marketed(query: Query, standard: Standard) -> str:
    return _within(query.marketed, START_SQL, END_SQL)


def _within(days: Days, start: str, end: str) -> str:
    tests = [f"{end} >= '{days.first}'"] if days.first else []
    tests += [f"{start} <= '{days.last}'"] if days.last else []
    return f"({' AND '.join(tests)})"


def _on_market(query: Query, standard: Standard) -> str:
    return _any(season_sql(season) for season in query.on_market)


def season_sql(season: Season) -> str:
    """Whether a record is on the market at some day of the season, in whichever year.

    Within one year its period meets the season as two stretches of days do. A period into the next year is the rest of
    that year and the beginning of the next; one that comes round to its own day is the whole year.
    """
    # Most records state both days: plain columns are compared twice as fast as what stands in for a missing one.
    both = _meets(season, f'"{MARKET_START}"', f'"{MARKET_END}"')
    one = _meets(season, START_SQL, START_SQL)
    return f'(CASE WHEN "{MARKET_START}" IS NULL OR "{MARKET_END}" IS NULL THEN {one} ELSE {both} END)'


def _meets(season: Season, start: str, end: str) -> str:
    began, lasts = f"substr({start}, 6) <= '{season.last}'", f"substr({end}, 6) >= '{season.first}'"
    either = f"{began} OR {lasts}"
    if start == end:
        return f"({either})" if season.over_new_year else f"({began} AND {lasts})"
    whole = f"substr({end}, 1, 4) - substr({start}, 1, 4) > 1 OR substr({end}, 6) >= substr({start}, 6)"
    within, beyond = (either, "1") if season.over_new_year else (f"{began} AND {lasts}", either)
    return (
        f"({start} <= {end} AND CASE WHEN substr({start}, 1, 4) = substr({end}, 1, 4) THEN {within} "
        f"WHEN {whole} THEN 1 ELSE {beyond} END)"
    )


def _text(query: Query, standard: Standard) -> str:
    return "(" + " AND ".join(_word(word) for word in query.text.split(" ")) + ")"


def _word(word: str) -> str:
    # lower() changes letters of ASCII only, and so do we; words without any are found faster without it.
    small = quoted(ascii_lower(word))
    column = 'lower("{}")' if any(c.isascii() and c.isalpha() for c in word) else '"{}"'
    return _any(f"instr({column.format(name)}, {small}) > 0" for name in SEARCHED)


def ascii_lower(text: str) -> str:
    """The text with the capitals A–Z made small, as SQLite's ``lower`` does."""
    return "".join(character.lower() if character.isascii() else character for character in text)


def _condition(query: Query, standard: Standard) -> str:
    known = {field.name for field in standard.fields} | set(_OTHER_COLUMNS)
    depth = 0
    for token in _TOKEN.findall(query.condition):
        depth += (token == "(") - (token == ")")
        if depth < 0 or token in ("'", '"', "`", "[", ";", "--", "/*"):
            raise OriginMapError("QUERY_OPEN", value=query.condition)
        # To SQLite a name in double quotes that it does not know is a text, and the condition would hold for all.
        if token.startswith('"') and token[1:-1].lower() not in known:
            raise OriginMapError("QUERY_COLUMN", value=token[1:-1])
    if depth:
        raise OriginMapError("QUERY_OPEN", value=query.condition)
    return f"({query.condition})"


_OTHERS: Mapping[str, Callable[[Query, Standard], str]] = {
    "scales": _scales,
    "divisions": _divisions,
    "cycles": _cycles,
    "collected": _collected,
    "on_market": _on_market,
    "marketed": _marketed,
    "text": _text,
    "condition": _condition,
}
