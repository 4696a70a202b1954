"""Findings in words: their lines in the tree, their cards, and the numbers above them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.quality.findings import Kind, QualityFinding
from ...core.register.checking import Checked, RecordLine
from ...core.register.rows import Position
from ...core.standard.findings import Level
from ...core.standard.masking import mask_phone
from ...core.standard.messages import Message
from ...core.standard.model import Standard
from ..icons import variety_icon
from .card import Said
from .grouped import Group, Words, grouped, places_of

_ORDER = (Kind.WRONG, Kind.STANDARD, Kind.INCOMPLETE, Kind.OUTDATED)
_NAMED = 3


def said_of(finding: QualityFinding, language: str, masked: bool) -> Message:
    """What a finding says, a phone masked where it is to be."""
    phone = str(finding.params.get("value") or "")
    if masked and phone and finding.field.endswith("phone"):
        finding = replace(finding, params={**finding.params, "value": mask_phone(phone)})
    return finding.message(language)


class FindingWords:
    """Knows the records that the findings are about.

    Args:
        checked: the findings of all records.
        standard: with the county's own values.
        language: ``zh`` or ``en``.
        masked: whether phones are masked.
        at: when they were checked, by the clock of this computer.
    """

    def __init__(self, checked: Checked, standard: Standard, language: str, masked: bool, at: datetime) -> None:
        self._language = language
        self.lines: dict[str, RecordLine] = dict(checked.lines)
        self._masked = masked
        self._records = checked.records
        self._at = at
        self._products = {variety.code: variety.title_in(language) for variety in standard.varieties}
        self.icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in standard.varieties}

    def learn(self, checked: Checked) -> None:
        """Records that were looked at once more."""
        self.lines.update(checked.lines)

    def groups(self, findings: Sequence[QualityFinding]) -> list[Group]:
        """Findings by kind and village."""
        found = grouped(findings, lambda finding: finding.kind, lambda finding: self._village(finding.uid))
        return [
            Group(kind.title(self._language), places_of(found[kind]), kind is Kind.WRONG)
            for kind in _ORDER
            if kind in found
        ]

    def line(self, finding: QualityFinding) -> Words:
        """A line of the tree."""
        record, said = self.lines.get(finding.uid), said_of(finding, self._language, self._masked)
        mend = QCoreApplication.translate("originmap", "repair") if finding.proposal is not None else ""
        name = record.producer_name if record is not None else ""
        variety = record.variety if record is not None else ""
        return Words(f"{said.title}　{name}", mend, variety, finding.level is Level.ERROR, f"{name}\n{said.text}")

    def short(self, finding: QualityFinding) -> str:
        """What was found of whom."""
        record = self.lines.get(finding.uid)
        name = record.producer_name if record is not None else ""
        return f"{name} · {finding.message(self._language).title}"

    def card(self, finding: QualityFinding) -> Said:
        """All that is to be said about a finding."""
        translate, said = QCoreApplication.translate, said_of(finding, self._language, self._masked)
        record, proposal = self.lines.get(finding.uid), finding.proposal
        repair = translate("originmap", "Proposed: {what}")
        if proposal is not None and not proposal.sure:
            repair = translate("originmap", "Proposed, though something else may be meant: {what}")
        named = [(uid, self._name(uid)) for uid in finding.others[:_NAMED] if uid in self.lines]
        more = len(finding.others) - len(named)
        title = translate("originmap", "Together with:")
        if more:
            title = translate("originmap", "Together with {count} others, such as:").format(count=len(finding.others))
        return Said(
            self._name(finding.uid),
            self._about(record),
            said.text,
            said.advice,
            repair.format(what=proposal.sentence(self._language)) if proposal is not None else "",
            title,
            tuple(named),
            finding.level is Level.ERROR,
        )

    def group(self, title: str, findings: Sequence[QualityFinding]) -> Said:
        """What a whole group is."""
        mended = sum(finding.proposal is not None for finding in findings)
        text = QCoreApplication.translate("originmap", "{count} findings in {records} records, {mended} with a repair.")
        records = len({finding.uid for finding in findings})
        return Said(title, "", text.format(count=f"{len(findings):,}", records=f"{records:,}", mended=f"{mended:,}"))

    def head(self, count: int, stale: bool) -> str:
        """The numbers above the tree; ``stale`` when many records were changed since."""
        text = QCoreApplication.translate("originmap", "<b>{count}</b> findings in {records} records, checked {time}")
        said = text.format(count=f"{count:,}", records=f"{self._records:,}", time=f"{self._at:%H:%M}")
        since = QCoreApplication.translate("originmap", "Records have changed since: check again.")
        return f"{said}<br>{since}" if stale else said

    def point_of(self, finding: QualityFinding) -> Optional[Position]:
        """Where the record is."""
        record = self.lines.get(finding.uid)
        return record.point if record is not None else None

    def _name(self, uid: str) -> str:
        record = self.lines.get(uid)
        return record.producer_name if record is not None else ""

    def _about(self, record: Optional[RecordLine]) -> str:
        if record is None:
            return ""
        product = self._products.get(record.variety, record.variety)
        place = f"{record.township}{record.village}"
        return " · ".join(part for part in (product, record.cycle, place, record.site_name) if part)

    def _village(self, uid: str) -> str:
        record = self.lines.get(uid)
        return "" if record is None else f"{record.township}{record.village}"
