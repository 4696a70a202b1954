"""What is due in words: lines of the tree, cards, and the numbers above them."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.quality.cadence import Due, Duty, whole
from ...core.register.due import DueList
from ...core.standard.masking import mask_name, mask_phone
from .card import Said
from .grouped import Group, Words, grouped, places_of


class DueWords:
    """Says a list of duties; names and phones of people are masked where they are to be."""

    def __init__(self, due: DueList, language: str, masked: bool) -> None:
        self._due = due
        self._language = language
        self._masked = masked
        self._products = {variety.code: variety.title_in(language) for variety in due.standard.varieties}

    def groups(self) -> list[Group]:
        """What somebody has to go for, by state and village."""
        titles = _titles()
        found = grouped(self._due.urgent, lambda duty: duty.state, _village)
        return [Group(titles[state], places_of(found[state]), state is Due.OVERDUE) for state in Due if state in found]

    def head(self) -> str:
        """The numbers of all sites."""
        counts = whole(self._due.duties)
        text = QCoreApplication.translate(
            "originmap", "<b>{due}</b> of {total} sites are to be collected, {overdue} of them overdue"
        )
        return text.format(
            due=f"{counts.due + counts.overdue:,}", total=f"{counts.total:,}", overdue=f"{counts.overdue:,}"
        )

    def line(self, duty: Duty) -> Words:
        """A line of the tree."""
        late = duty.state is Due.OVERDUE
        name = " ".join(part for part in (duty.last.producer, duty.last.site) if part)
        side = self._behind(duty) if late else duty.cycle
        return Words(name, side, duty.last.variety, late, f"{name}\n{self._what(duty)}")

    def card(self, duty: Duty) -> Said:
        """All that is to be said about a site."""
        translate, last = QCoreApplication.translate, duty.last
        product = self._products.get(last.variety, last.variety)
        about = " · ".join(part for part in (product, _village(duty), last.site) if part)
        who = translate("originmap", "Contact {contact}, collected by {collector}").format(
            contact=self._person(last.contact, last.contact_phone), collector=self._person(last.collector, last.phone)
        )
        begun = translate("originmap", "A draft of it was begun: open the form.") if duty.begun else ""
        return Said(last.producer, about, self._what(duty), who, begun, urgent=duty.state is Due.OVERDUE)

    def group(self, title: str, duties: Sequence[Duty]) -> Said:
        """What a whole group is."""
        text = QCoreApplication.translate("originmap", "{count} sites; both keys ask first, and go for all.")
        return Said(title, "", text.format(count=f"{len(duties):,}"))

    def _what(self, duty: Duty) -> str:
        translate = QCoreApplication.translate
        text = translate("originmap", "{cycle} is to be collected until {day}; last there: {last}.")
        said = text.format(cycle=duty.cycle, day=duty.deadline.isoformat(), last=duty.last.cycle)
        if duty.missed:
            said += translate("originmap", " {count} more were missed.").format(count=duty.missed)
        return said

    def _behind(self, duty: Duty) -> str:
        return QCoreApplication.translate("originmap", "{days} days overdue").format(days=duty.days)

    def _person(self, name: str, phone: str) -> str:
        if self._masked:
            name, phone = mask_name(name), mask_phone(phone)
        return " ".join(part for part in (name, phone) if part) or "—"


def _village(duty: Duty) -> str:
    return f"{duty.last.township}{duty.last.village}"


def _titles() -> dict[Due, str]:
    translate = QCoreApplication.translate
    return {
        Due.OVERDUE: translate("originmap", "Overdue to collect"),
        Due.DUE: translate("originmap", "To be collected"),
        Due.SOON: translate("originmap", "Due soon"),
        Due.CURRENT: translate("originmap", "Up to date"),
    }
