"""The rules as SQL: triggers that refuse a record beyond draft which breaks a rule, whoever writes it."""

from __future__ import annotations

import json
from typing import Callable, Mapping, Sequence

from .findings import Level
from .model import Condition, Rule, Stage, Standard
from .patterns import globs, shortest
from .rules import rules_of, whole_condition

DRAFT = "draft"
# The states that say a record is whole. Returned, it waits to be mended, which may take several goes and is what a
# reviewer does with one that is not whole; ended, it is of a site that is no more.
JUDGED = ("submitted", "approved")


def gate_triggers(standard: Standard, table: str = "record") -> dict[str, str]:
    """SQL that makes the gate's triggers, by name.

    Both look at records that are handed in or approved only, so that drafts, and with them bulk imports, cost one
    comparison a row. What they raise is the rule's Chinese sentence. The rules stand in the trigger of updates alone,
    and that of inserts touches the new row: SQLite reads all triggers anew on every connection, and QGIS opens several
    for one save.
    """
    rules = [rule for rule in rules_of(standard) if rule.level is Level.ERROR and rule.stage is not Stage.REGISTER]
    touch = f'UPDATE "{table}" SET status = status WHERE fid = NEW.fid;'
    return {
        f"gate_{table}_update": _gate(table, "BEFORE", "UPDATE", "\n".join(_refusal(rule) for rule in rules)),
        f"gate_{table}_insert": _gate(table, "AFTER", "INSERT", touch),
    }


def _gate(table: str, moment: str, event: str, body: str) -> str:
    judged = " OR ".join(f"NEW.status = {quoted(state)}" for state in JUDGED)
    return (
        f'CREATE TRIGGER "gate_{table}_{event.lower()}" {moment} {event} ON "{table}"\nWHEN {judged} BEGIN\n{body}\nEND'
    )


def _refusal(rule: Rule) -> str:
    return f"SELECT RAISE(ABORT, {quoted(rule.text_zh)}) WHERE NOT ({condition_sql(whole_condition(rule))});"


def condition_sql(condition: Condition, prefix: str = "NEW.") -> str:
    """A condition as an SQL expression that is always 0 or 1, never NULL.

    Args:
        condition: made of the primitives of :mod:`.conditions`.
        prefix: what stands before a column's name: ``NEW.`` in a trigger, nothing in a query.
    """
    operator, *operands = condition
    if operator in ("and", "or"):
        return "(" + f" {operator.upper()} ".join(condition_sql(operand, prefix) for operand in operands) + ")"
    if operator == "not":
        return f"(NOT {condition_sql(operands[0], prefix)})"
    return _PRIMITIVES[operator](prefix, *operands)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _column(prefix: str, name: str) -> str:
    return f'{prefix}"{name}"'


def _empty(prefix: str, name: str) -> str:
    return f"(coalesce({_column(prefix, name)}, '') IN ('', '[]', '\"[]\"'))"


def _filled(prefix: str, name: str) -> str:
    return f"(coalesce({_column(prefix, name)}, '') NOT IN ('', '[]', '\"[]\"'))"


def _in(prefix: str, name: str, codes: Sequence[str]) -> str:
    return f"(coalesce({_column(prefix, name)}, '') IN ({_literals(codes)}))"


def _literals(codes: Sequence[str]) -> str:
    return ", ".join(quoted(code) for code in codes)


def _or_empty(prefix: str, name: str, test: str) -> str:
    return f"({_empty(prefix, name)} OR {test})"


def _number(comparison: str) -> Callable[[str, str, float], str]:
    def sql(prefix: str, name: str, limit: float) -> str:
        column = _column(prefix, name)
        finite = f"typeof({column}) IN ('integer', 'real') AND abs({column}) < 9e999"
        test = f"({finite} AND {column} {comparison} {limit!r})"
        return _or_empty(prefix, name, test)

    return sql


def _max_length(prefix: str, name: str, limit: int) -> str:
    return f"(length(coalesce({_column(prefix, name)}, '')) <= {limit})"


def _matches(prefix: str, name: str, pattern: str, separator: str) -> str:
    column = _column(prefix, name)
    if not separator:
        return _or_empty(prefix, name, _any_glob(column, pattern))
    # Most texts have one part, and of the first form: no list has to be made for them.
    one = f"(instr({column}, {quoted(separator)}) = 0 AND {column} GLOB {quoted(globs(pattern)[0])})"
    parts = f"""'["' || replace(replace(replace({column}, '"', '!'), '\\', '!'), {quoted(separator)}, '","') || '"]'"""
    wrong = f"SELECT 1 FROM json_each({parts}) WHERE NOT {_any_glob('value', pattern)}"
    several = f"(CASE WHEN json_valid({parts}) THEN NOT EXISTS ({wrong}) ELSE 0 END)"
    return _or_empty(prefix, name, f"{one} OR {several}")


def _any_glob(column: str, pattern: str) -> str:
    return "(" + " OR ".join(f"{column} GLOB {quoted(glob)}" for glob in globs(pattern)) + ")"


def _lacks(prefix: str, name: str, pattern: str) -> str:
    column = f"coalesce({_column(prefix, name)}, '')"
    absent = " AND ".join(f"{column} NOT GLOB {quoted(f'*{glob}*')}" for glob in globs(pattern))
    # What is shorter than all that could be found need not be searched.
    return f"(length({column}) < {min(map(shortest, globs(pattern)))} OR {absent})"


def list_text(column: str) -> str:
    """The JSON text of several choices, however it was written: newer QGIS quotes a text that is a list already."""
    quoted_list = f"json_valid({column}) AND json_type({column}) = 'text' AND json_valid(json_extract({column}, '$'))"
    return f"CASE WHEN {quoted_list} THEN json_extract({column}, '$') ELSE {column} END"


def compact_list(column: str) -> str:
    """Several choices in one spelling: JSON text without spaces, nothing for an empty list."""
    return f"nullif(json({list_text(column)}), '[]')"


def _list_column(prefix: str, name: str) -> str:
    return f"({list_text(_column(prefix, name))})"


def _json_list(prefix: str, name: str, test: str, otherwise: int) -> str:
    column = _list_column(prefix, name)
    is_list = f"CASE WHEN json_valid({column}) THEN json_type({column}) = 'array' ELSE 0 END"
    return f"(CASE WHEN {is_list} THEN {test} ELSE {otherwise} END)"


def _each_in(prefix: str, name: str, codes: Sequence[str]) -> str:
    column = _list_column(prefix, name)
    wrong = f"SELECT 1 FROM json_each({column}) WHERE type <> 'text' OR value NOT IN ({_literals(codes)})"
    # Most lists are of one entry, and known by their text.
    one = f"{_column(prefix, name)} IN ({_literals([as_json([code]) for code in codes])})"
    return _or_empty(prefix, name, f"{one} OR {_json_list(prefix, name, f'NOT EXISTS ({wrong})', 0)}")


def _holds_choice(prefix: str, name: str, code: str) -> str:
    column, text = _list_column(prefix, name), f"coalesce({_column(prefix, name)}, '')"
    # No list holds what its text does not, unless it is spelled with escapes.
    may = f"(instr({text}, {quoted(code)}) > 0 OR instr({text}, '\\') > 0)"
    exists = f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = {quoted(code)})"
    return f"({may} AND {_json_list(prefix, name, exists, 0)})"


def _choices_at_most(prefix: str, name: str, limit: int) -> str:
    # Without a comma there is one entry at most.
    one = f"{int(limit > 0)} AND instr(coalesce({_column(prefix, name)}, ''), ',') = 0"
    counted = _json_list(prefix, name, f"json_array_length({_list_column(prefix, name)}) <= {limit}", 1)
    return f"({one} OR {counted})"


def _is_date(prefix: str, name: str) -> str:
    return _or_empty(prefix, name, _is_day(_column(prefix, name)))


def _is_day(column: str) -> str:
    # date() alone gives the 30th of February back as it came; by way of the Julian day it becomes the 2nd of March.
    return f"(length({column}) = 10 AND date(julianday({column})) IS {column})"


def _not_after(prefix: str, start: str, end: str) -> str:
    return f"(coalesce({_days(prefix, start, end)}, 0) >= 0)"


def _within_days(prefix: str, start: str, end: str, limit: int) -> str:
    return f"(coalesce({_days(prefix, start, end)}, 0) <= {limit})"


def _days(prefix: str, start: str, end: str) -> str:
    first, last = _column(prefix, start), _column(prefix, end)
    return f"CASE WHEN {_is_day(first)} AND {_is_day(last)} THEN julianday({last}) - julianday({first}) END"


def _has_point(prefix: str) -> str:
    column = _column(prefix, "geom")
    # The fourth byte of a GeoPackage geometry holds the flag that it is empty (OGC 12-128r17, 2.1.3).
    return f"({column} IS NOT NULL AND substr(hex(substr({column}, 4, 1)), 1, 1) NOT IN ('1', '3'))"


_PRIMITIVES: Mapping[str, Callable[..., str]] = {
    "filled": _filled,
    "empty": _empty,
    "in": _in,
    "above": _number(">"),
    "at_least": _number(">="),
    "at_most": _number("<="),
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
    "true": lambda prefix: "1",
    "false": lambda prefix: "0",
}


def as_json(codes: Sequence[str]) -> str:
    """Several choices as the register stores them: JSON text without escapes or spaces."""
    return json.dumps(list(codes), ensure_ascii=False, separators=(",", ":"))
