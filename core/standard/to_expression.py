"""The rules as QGIS expressions: the constraints of the native form, in the desktop and in QField alike."""

from __future__ import annotations

from typing import Callable, Mapping, Sequence

from .findings import Level
from .model import Condition, Rule, Stage, Standard
from .rules import rules_of, whole_condition
from .to_sql import JUDGED

# QGIS counts UTF-16 units; characters beyond the basic plane are made one unit long before they are counted.
_BEYOND_BASIC_PLANE = "'[\\\\x{10000}-\\\\x{10FFFF}]'"


def field_constraint(standard: Standard, name: str, language: str = "zh") -> tuple[str, str]:
    """Constraint expression of a field and its description; both empty when no rule ends at the field.

    Only what is handed in or approved has to be whole, so the expression is true in every other state.
    """
    rules = [rule for rule in rules_of(standard) if _judges(rule, name)]
    if not rules:
        return "", ""
    tests = " AND ".join(condition_expression(whole_condition(rule), standard) for rule in rules)
    free = ", ".join(quoted(entry.code) for entry in standard.choices("status") if entry.code not in JUDGED)
    return f"\"status\" IN ({free}) OR ({tests})", " ".join(rule.text_in(language) for rule in rules)


def _judges(rule: Rule, name: str) -> bool:
    # A rule without a field of its own concerns the whole record; the form shows it at the producer's name.
    return rule.level is Level.ERROR and rule.stage is not Stage.REGISTER and (rule.field or "producer_name") == name


def condition_expression(condition: Condition, standard: Standard) -> str:
    """A condition as a QGIS expression that is always true or false, never NULL."""
    operator, *operands = condition
    if operator in ("and", "or"):
        joint = f" {operator.upper()} "
        return "(" + joint.join(condition_expression(operand, standard) for operand in operands) + ")"
    if operator == "not":
        return f"(NOT {condition_expression(operands[0], standard)})"
    return _PRIMITIVES[operator](standard, *operands)


def quoted(text: str) -> str:
    """A text as a literal of the expression language."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\t", "\\t")
    return f"'{escaped}'"


def _text(name: str) -> str:
    return f"coalesce(to_string(\"{name}\"), '')"


def _list_text(name: str) -> str:
    """A several-choice field as JSON text: QGIS gives it as a list or as text, and of text to_json() makes nothing."""
    return f"if(left(to_json(\"{name}\"), 1) = '[', to_json(\"{name}\"), \"{name}\")"


def _list(name: str) -> str:
    return f"from_json({_list_text(name)})"


def _length(name: str) -> str:
    return f"coalesce(array_length({_list(name)}), 0)"


def _empty(standard: Standard, name: str) -> str:
    if standard.field(name).several:
        return f"(coalesce({_list_text(name)}, '') IN ('', '[]'))"
    return f"({_text(name)} IN ('', '[]'))"


def _filled(standard: Standard, name: str) -> str:
    return f"(NOT {_empty(standard, name)})"


def _in(standard: Standard, name: str, codes: Sequence[str]) -> str:
    return f"({_text(name)} IN ({', '.join(quoted(code) for code in codes)}))"


def _number(comparison: str) -> Callable[[Standard, str, float], str]:
    def expression(standard: Standard, name: str, limit: float) -> str:
        return f"(coalesce(\"{name}\" {comparison} {limit!r}, true))"

    return expression


def _max_length(standard: Standard, name: str, limit: int) -> str:
    return f"(length(regexp_replace({_text(name)}, {_BEYOND_BASIC_PLANE}, 'x')) <= {limit})"


def _matches(standard: Standard, name: str, pattern: str, separator: str) -> str:
    one = f"(?:{pattern})"
    whole = f"{one}(?:{separator}{one})*" if separator else one
    return f"({_empty(standard, name)} OR regexp_match({_text(name)}, {quoted(f'(?s)^{whole}' + chr(92) + 'z')}) > 0)"


def _lacks(standard: Standard, name: str, pattern: str) -> str:
    return f"(regexp_match({_text(name)}, {quoted(pattern)}) = 0)"


def _codes(codes: Sequence[str]) -> str:
    return f"array({', '.join(quoted(code) for code in codes)})"


def _each_in(standard: Standard, name: str, codes: Sequence[str]) -> str:
    return f"({_empty(standard, name)} OR coalesce(array_all({_codes(codes)}, {_list(name)}), false))"


def _holds_choice(standard: Standard, name: str, code: str) -> str:
    return f"(coalesce(array_contains({_list(name)}, {quoted(code)}), false))"


def _choices_at_most(standard: Standard, name: str, limit: int) -> str:
    return f"({_length(name)} <= {limit})"


def _is_date(standard: Standard, name: str) -> str:
    # The column is a DATE: QGIS holds a day or nothing in it.
    return "true"


def _not_after(standard: Standard, start: str, end: str) -> str:
    return f"(coalesce(\"{start}\" <= \"{end}\", true))"


def _within_days(standard: Standard, start: str, end: str, limit: int) -> str:
    return f"(coalesce(day(age(\"{end}\", \"{start}\")) <= {limit}, true))"


def _has_point(standard: Standard) -> str:
    return "(coalesce(NOT is_empty($geometry), false))"


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
    "true": lambda standard: "true",
    "false": lambda standard: "false",
}
