"""A cadence in words: in short for a list, and what due soon, due and overdue mean by it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ...core.quality.cadence import CadenceRule
from ...core.standard.model import Cadence


def in_words(rule: CadenceRule) -> str:
    """A few words for a line of a list."""
    translate = QCoreApplication.translate
    if rule.every is Cadence.MONTH:
        if rule.last_day:
            return translate("originmap", "every month, by day {day}").format(day=rule.last_day)
        return translate("originmap", "every month, by its end")
    named = translate("originmap", " ({crops})").format(crops="、".join(rule.crops)) if rule.crops else ""
    text = translate("originmap", "every crop{crops}, within {days} days of planting")
    return text.format(crops=named, days=rule.grace)


def explained(product: str, rule: CadenceRule) -> str:
    """What the states of the due list mean for a product, one a line, in rich text."""
    lines = _of_month(rule) if rule.every is Cadence.MONTH else _of_crop(rule)
    text = QCoreApplication.translate("originmap", "What this means for {product}:").format(product=product)
    return "<br/>".join((f"<b>{text}</b>", *lines))


def _of_month(rule: CadenceRule) -> tuple[str, ...]:
    translate = QCoreApplication.translate
    overdue = (
        translate("originmap", "Overdue: the month is not collected by the end of its day {day}.")
        if rule.last_day
        else translate("originmap", "Overdue: the month ended and was not collected.")
    )
    return (
        translate("originmap", "Due soon: from {days} days before a month begins.").format(days=rule.soon),
        translate("originmap", "To be collected: from the first day of the month."),
        overdue.format(day=rule.last_day),
    )


def _of_crop(rule: CadenceRule) -> tuple[str, ...]:
    translate = QCoreApplication.translate
    day = (
        translate("originmap", "Expected are {crops}, each on the day on which the site planted it a year before.")
        if rule.crops
        else translate("originmap", "Expected are the crops that the site grew before, each on its day of planting.")
    )
    return (
        day.format(crops="、".join(rule.crops)),
        translate("originmap", "Due soon: from {days} days before that day.").format(days=rule.soon),
        translate("originmap", "To be collected: from that day; where it is not known, from its season's first day."),
        translate(
            "originmap",
            "Overdue: more than {days} days after that day; where the day is not known, when its season is over.",
        ).format(days=rule.grace),
    )
