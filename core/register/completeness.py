"""What a record still lacks before it can be submitted, and what is known about a new one beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Mapping, Optional

from ..places.divisions import CODE_LENGTHS, DivisionLevel
from ..places.gazetteer import Gazetteer
from ..standard.conditions import POINT
from ..standard.model import Rule, Standard, Variety
from ..standard.rules import failed
from ..standard.values.cycles import cycle_of

_DIVISION_FIELDS = ("province", "city", "county", "township", "village")
# Carried over from the last record when nothing better is known; a person sees and corrects them.
_FROM_LAST = ("officer_role", "officer_name", "officer_phone")
_PLACE_FROM_LAST = (*_DIVISION_FIELDS, "division_code", "site_address")
_PROFILE = (
    "collector_name",
    "collector_phone",
    "officer_role",
    "officer_name",
    "officer_phone",
    "province",
    "city",
    "county",
)


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a record from being submitted: at which field, its title, which rule, and its sentence."""

    field: str
    title: str
    rule_id: str
    rule: Rule

    def sentence(self, language: str = "zh") -> str:
        """What is wrong, in ``zh`` or ``en``."""
        return self.rule.text_in(language)


def missing(standard: Standard, values: Mapping[str, object], has_point: bool, language: str = "zh") -> list[Missing]:
    """What a submission would be refused for, in the order of the form; empty when the record is complete.

    Args:
        standard: with the county's own values.
        values: by field name; days as ``YYYY-MM-DD``, several choices as JSON text.
        has_point: whether the record has a point.
        language: of the titles.
    """
    order = {field.name: place for place, field in enumerate(standard.fields)}
    broken = failed(standard, {"status": "submitted", **values, POINT: has_point})
    found: dict[str, Missing] = {}
    for rule in sorted(broken, key=lambda rule: order.get(rule.field, len(order))):
        # uid and status are given by the system when the record is saved.
        if rule.field not in ("uid", "status"):
            title = standard.field(rule.field).title_in(language) if rule.field else ""
            found.setdefault(rule.field or rule.id, Missing(rule.field, title, rule.id, rule))
    return list(found.values())


def prefill(
    standard: Standard,
    variety: str,
    point_division: Optional[str],
    last: Optional[Mapping[str, object]],
    profile: Mapping[str, object],
    today: date,
    gazetteer: Optional[Gazetteer] = None,
) -> dict[str, object]:
    """What the form of a new record starts with; scale and period on the market are never guessed.

    Args:
        standard: with the county's own values.
        variety: code of the product chosen.
        point_division: code of the division that the point lies in (:mod:`.boundaries`), ``None`` when not known.
        last: the record saved before, whose place and grid officer count when nothing better is known.
        profile: who works here: values under the names of the record's fields (``collector_name`` …, ``county``).
        today: the day of collection; the cycle follows from it and the product's cadence.
        gazetteer: with the register's own divisions, for the names of ``point_division``.
    """
    product = standard.variety(variety)
    known: dict[str, object] = {name: (last or {}).get(name) for name in _FROM_LAST}
    known.update({name: profile[name] for name in _PROFILE if profile.get(name)})
    if point_division:
        known.update(division_values(point_division, gazetteer))
        # In the same township alone the place may be kilometres away.
        in_village = len(point_division) == CODE_LENGTHS[DivisionLevel.VILLAGE]
        if in_village and (last or {}).get("division_code") == point_division:
            known["site_address"] = (last or {}).get("site_address")
    else:
        known.update({name: last[name] for name in _PLACE_FROM_LAST if last and last.get(name)})
    known.update(_of_product(standard, product, today))
    return {name: value for name, value in known.items() if value not in (None, "")}


def division_values(code: str, gazetteer: Optional[Gazetteer]) -> dict[str, object]:
    """The division's code and the names of all it lies in, for the record's columns."""
    values: dict[str, object] = {"division_code": code}
    for name, length in zip(_DIVISION_FIELDS, CODE_LENGTHS.values()):
        division = gazetteer.division(code[:length]) if gazetteer and len(code) >= length else None
        if division is not None and not division.placeholder:
            values[name] = division.name
    return values


def _of_product(standard: Standard, product: Variety, today: date) -> dict[str, object]:
    day = today.isoformat()
    cycle = cycle_of(standard.field("cycle"), product, collected_on=day).cycle
    values = {"variety": product.code, "industry": product.industry, "unit": product.unit}
    return {**values, "cycle": cycle, "collected_on": day}
