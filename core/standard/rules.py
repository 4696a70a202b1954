"""All rules of a standard: those that follow from its fields and those that are written out, ready to judge a record.

A rule's condition is made of a few primitives (see :mod:`.conditions`); from the same conditions come the database's
triggers (:mod:`.to_sql`) and the form's constraints (:mod:`.to_expression`), so that all three give the same verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Callable, Iterator, Mapping, Optional

from .conditions import Record, compile_condition, fields_of
from .findings import Level
from .model import Choice, Condition, Field, FieldType, Rule, Stage, Standard, Variety

TRUE: Condition = ("true",)
FALSE: Condition = ("false",)
# Codes and ids may hold long runs of digits that are no identity-card number.
_NEVER_IDENTITY = frozenset(("uid", "credit_code", "division_code", "record_key", "content_hash", "findings"))


@dataclass(frozen=True)
class CompiledRule:
    """A rule with the fields it reads and a function that tells whether a record keeps it."""

    rule: Rule
    fields: tuple[str, ...]
    holds: Callable[[Record], bool]


def rules_of(standard: Standard) -> tuple[Rule, ...]:
    """All rules: from the fields first, then the written ones with their standard-dependent parts spelled out."""
    return _rules_of(_Key(standard))


def compile_rules(standard: Standard) -> tuple[CompiledRule, ...]:
    """All rules that judge one record alone, ready to call; the set-wise ones (stage ``register``) are left out."""
    return _compile_rules(_Key(standard))


def failed(standard: Standard, record: Record, *, level: Level = Level.ERROR) -> list[Rule]:
    """The rules of that level that a record breaks, as a submission would be judged.

    ``record`` maps field names to values: text, numbers, ``YYYY-MM-DD`` for days, JSON text for several choices,
    and ``has_point`` to whether it has one.
    """
    return [c.rule for c in compile_rules(standard) if c.rule.level is level and not c.holds(record)]


@dataclass(frozen=True, eq=False)
class _Key:
    """Lets a standard, whose mappings cannot be hashed, be looked up by identity in a cache that keeps it alive."""

    standard: Standard

    def __hash__(self) -> int:
        return id(self.standard)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.standard is self.standard


@lru_cache(maxsize=8)
def _rules_of(key: _Key) -> tuple[Rule, ...]:
    standard = key.standard
    derived = [rule for field in standard.fields for rule in _field_rules(field, standard)]
    return (*derived, *(_spelled_out(rule, standard) for rule in standard.explicit_rules))


@lru_cache(maxsize=8)
def _compile_rules(key: _Key) -> tuple[CompiledRule, ...]:
    standard = key.standard
    return tuple(
        _compiled(rule, standard) for rule in rules_of(standard) if rule.stage is not Stage.REGISTER
    )


def _compiled(rule: Rule, standard: Standard) -> CompiledRule:
    condition = whole_condition(rule)
    return CompiledRule(rule, tuple(sorted(fields_of(condition))), compile_condition(condition, standard))


def whole_condition(rule: Rule) -> Condition:
    """What must hold for the rule to be kept: its requirement, or its ``when`` not holding."""
    return rule.require if rule.when is None else ("or", ("not", rule.when), rule.require)


def _field_rules(field: Field, standard: Standard) -> Iterator[Rule]:
    if field.required_at is not None:
        yield _required(field)
    for kind, condition in _limits(field, standard):
        yield Rule(
            id=f"{kind}:{field.name}",
            field=field.name,
            code=_LIMIT_CODES.get(field.pattern if kind == "pattern" else kind, "FIELD_BAD"),
            level=Level.ERROR,
            stage=Stage.IMPORT,
            require=condition,
            text_zh=_LIMIT_TEXTS[kind][0].format(title=field.title, limit=field.max_length),
            text_en=_LIMIT_TEXTS[kind][1].format(title=field.title_en, limit=field.max_length),
        )


_LIMIT_CODES = {
    "list": "ENUM_BAD",
    "length": "TOO_LONG",
    "date": "DATE_BAD",
    "range": "NUM_BAD",
    "phones": "PHONE_BAD",
}
_LIMIT_TEXTS = {
    "list": ("“{title}”不在可选范围内。", "“{title}” is not in the list."),
    "pattern": ("“{title}”格式不对。", "“{title}” has the wrong form."),
    "length": ("“{title}”超过 {limit} 个字。", "“{title}” is longer than {limit} characters."),
    "date": ("“{title}”不是有效的日期。", "“{title}” is no valid date."),
    "range": ("“{title}”不是有效的数值。", "“{title}” is no valid number."),
}


def _required(field: Field) -> Rule:
    when = ("in", "industry", field.industries) if field.industries else None
    return Rule(
        id=f"required:{field.name}",
        field=field.name,
        code="REQ_EMPTY",
        level=Level.ERROR,
        stage=field.required_at or Stage.SUBMIT,
        require=("filled", field.name),
        when=when,
        text_zh=f"“{field.title}”没有填写。",
        text_en=f"“{field.title_en}” is empty.",
    )


def _limits(field: Field, standard: Standard) -> Iterator[tuple[str, Condition]]:
    name = field.name
    if field.list:
        codes = tuple(choice.code for choice in standard.choices(name))
        yield "list", ("each_in", name, codes) if field.several else ("or", ("empty", name), ("in", name, codes))
    if field.pattern:
        yield "pattern", ("matches", name, standard.patterns[field.pattern], standard.separators.get(field.pattern, ""))
    if field.max_length:
        yield "length", ("max_length", name, field.max_length)
    if field.type is FieldType.DATE:
        yield "date", ("is_date", name)
    if field.minimum is not None:
        yield "range", ("at_least", name, field.minimum)


def _spelled_out(rule: Rule, standard: Standard) -> Rule:
    when = None if rule.when is None else _spell(rule.when, standard)
    return replace(rule, require=_spell(rule.require, standard), when=when)


def _spell(condition: Condition, standard: Standard) -> Condition:
    """Replace what depends on varieties, lists and settings by primitives."""
    operator, *operands = condition
    if operator in ("and", "or", "not"):
        return (operator, *(_spell(operand, standard) for operand in operands))
    spell = _SPELLED.get(operator)
    return condition if spell is None else spell(standard, *operands)


def _follows_variety(standard: Standard, variety: str, other: str, of: Callable[[Variety], str]) -> Condition:
    codes: dict[str, list[str]] = {}
    for entry in standard.varieties:
        codes.setdefault(of(entry), []).append(entry.code)
    pairs = (("and", ("in", variety, tuple(group)), ("in", other, (value,))) for value, group in codes.items())
    known = tuple(entry.code for entry in standard.varieties)
    return ("or", ("empty", variety), ("empty", other), ("not", ("in", variety, known)), *pairs)


def _unit_of_variety(standard: Standard, variety: str, unit: str) -> Condition:
    return _follows_variety(standard, variety, unit, lambda entry: entry.unit)


def _industry_of_variety(standard: Standard, variety: str, industry: str) -> Condition:
    return _follows_variety(standard, variety, industry, lambda entry: entry.industry)


def _choices_fit(standard: Standard, field: str, variety: str) -> Condition:
    limited = [choice for choice in standard.choices(field) if choice.varieties or choice.industries]
    return ("and", TRUE, *(_choice_fits(standard, field, variety, choice) for choice in limited))


def _choice_fits(standard: Standard, field: str, variety: str, choice: Choice) -> Condition:
    fits = ("in", variety, _fitting(standard, choice))
    return ("or", ("not", ("holds_choice", field, choice.code)), ("empty", variety), fits)


def _fitting(standard: Standard, choice: Choice) -> tuple[str, ...]:
    return tuple(
        entry.code
        for entry in standard.varieties
        if (not choice.varieties or entry.code in choice.varieties)
        and (not choice.industries or entry.industry in choice.industries)
    )


def _none_alone(standard: Standard, field: str, none: str) -> Condition:
    return ("or", ("not", ("holds_choice", field, none)), ("choices_at_most", field, 1))


def _holds_no(standard: Standard, pattern: str) -> Condition:
    texts = (
        field.name
        for field in standard.fields
        if field.type is FieldType.STRING and not field.list and field.name not in _NEVER_IDENTITY
    )
    return ("and", *(("lacks", name, standard.patterns[pattern]) for name in texts))


def _setting(standard: Standard, name: str, value: str) -> Condition:
    return TRUE if standard.settings.get(name) == value else FALSE


_SPELLED: Mapping[str, Callable[..., Optional[Condition]]] = {
    "unit_of_variety": _unit_of_variety,
    "industry_of_variety": _industry_of_variety,
    "choices_fit": _choices_fit,
    "none_alone": _none_alone,
    "holds_no": _holds_no,
    "setting": _setting,
}
