"""What is left out or breaks the standard: blank fields that are asked for, phones, units and words of no list."""

from __future__ import annotations

from typing import Callable

from .faults import Field, Groups, each_alone

ASKED = (
    "producer_name", "producer_type", "variety", "industry", "contact_name", "contact_phone", "scale", "unit",
    "market_start", "market_end", "collector_name", "collector_phone",
)  # fmt: skip


def blank(fields: tuple[str, ...]) -> Callable[[Field], Groups]:
    """Leaves one of these fields blank."""

    def plant(field: Field) -> Groups:
        chosen = field.take(field.each)
        for number, record in enumerate(chosen):
            record[fields[number % len(fields)]] = "" if fields[number % len(fields)] != "scale" else None
        return each_alone(chosen)

    return plant


def against_the_standard(field: Field) -> Groups:
    """A phone too short, another product's unit, a word of no list, a day that is none, nothing or less as size."""
    chosen = field.take(field.each)
    for number, record in enumerate(chosen):
        wrong = (
            {"contact_phone": str(record["contact_phone"])[:-1]},
            {"unit": "head" if record["unit"] == "mu" else "mu"},
            {"producer_type": "office"},
            {"scale": -float(str(record["scale"]))},
            {"industry": "aquatic" if record["industry"] == "crop" else "crop"},
            {"contact_phone": "1.38E+10"},
        )
        record.update(wrong[number % len(wrong)])
    return each_alone(chosen)
