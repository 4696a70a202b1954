"""The rules of the standard as findings: of one record in Python, of a whole register in one statement of SQL."""

from __future__ import annotations

from typing import Iterator, Mapping, Sequence

from ..standard.conditions import fields_of
from ..standard.model import Rule, Stage, Standard
from ..standard.rules import compile_rules, rules_of, whole_condition
from ..standard.to_sql import condition_sql
from .findings import Kind, QualityFinding
from .registry import INCOMPLETE, STANDARD

_MISSING = frozenset(("REQ_EMPTY", "POINT_NOT_EXACT", "NOT_VERIFIED"))
_AT_ONCE = 60  # rules in one number of SQLite, which has 63 bits


def kind_of(rule: Rule) -> Kind:
    """Whether something is missing, or there is something the standard does not allow."""
    return Kind.INCOMPLETE if rule.code in _MISSING else Kind.STANDARD


def rules_broken(standard: Standard, record: Mapping[str, object], fid: int = 0) -> list[QualityFinding]:
    """What a record breaks; ``record`` as for :func:`core.standard.rules.failed`, with its ``uid``."""
    uid = str(record.get("uid") or "")
    broken = (compiled.rule for compiled in compile_rules(standard) if not compiled.holds(record))
    return [finding_of(rule, standard, uid, fid, record.get(rule.field)) for rule in broken]


def finding_of(rule: Rule, standard: Standard, uid: str, fid: int, value: object = None) -> QualityFinding:
    """The finding of a broken rule."""
    kind = kind_of(rule)
    titles = {field.name: field.title for field in standard.fields}
    params = {"title": titles.get(rule.field, ""), "value": "" if value is None else value, "rule": rule.text_zh}
    check = INCOMPLETE if kind is Kind.INCOMPLETE else STANDARD
    return QualityFinding(check, kind, rule.level, rule.code, rule.field, uid, fid, params)


def judged_rules(standard: Standard) -> list[Rule]:
    """The rules that judge a record alone."""
    return [rule for rule in rules_of(standard) if rule.stage is not Stage.REGISTER]


def looks_at(standard: Standard, check: str, code: str, field: str) -> tuple[str, ...]:
    """The fields that a rule's finding depends on; the pseudo field of the point is its geometry."""
    found = {
        name
        for rule in judged_rules(standard)
        if (rule.code, rule.field) == (code, field)
        for name in fields_of(whole_condition(rule))
    }
    return tuple(sorted("geom" if name == "has_point" else name for name in found))


def rules_sql(standard: Standard, where: str = "1") -> str:
    """Fid, uid, and numbers whose bits say which of :func:`judged_rules` a record breaks; those that break one."""
    kept = [condition_sql(whole_condition(rule), "") for rule in judged_rules(standard)]
    # SQLite leaves a condition behind WHEN as soon as it is decided; as a number it would be worked out to its end.
    bits = [f"CASE WHEN {test} THEN 0 ELSE {1 << place % _AT_ONCE} END" for place, test in enumerate(kept)]
    sums = [" + ".join(bits[start : start + _AT_ONCE]) for start in range(0, len(bits), _AT_ONCE)]
    numbers = ", ".join(f"{text} AS broken_{place}" for place, text in enumerate(sums))
    some = " OR ".join(f"broken_{place} <> 0" for place in range(len(sums)))
    # LIMIT -1 keeps SQLite from putting the sums into the condition, where it would work them out again.
    inner = f"SELECT fid, uid, {numbers} FROM record WHERE status <> 'ended' AND ({where}) LIMIT -1"
    return f"SELECT * FROM ({inner}) WHERE {some}"


def rules_of_bits(rules: Sequence[Rule], numbers: Sequence[int]) -> Iterator[Rule]:
    """The rules whose bits are set in what :func:`rules_sql` gave."""
    for place, number in enumerate(numbers):
        while number:
            bit = (number & -number).bit_length() - 1
            yield rules[place * _AT_ONCE + bit]
            number &= number - 1
