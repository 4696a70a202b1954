"""The sentences of the collect page."""

from __future__ import annotations

from typing import Mapping, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.completeness import Missing
from ...core.standard.findings import Finding
from ...core.standard.model import Standard
from .entry import Entry

# As many titles as a message bar beside an open panel shows in one line.
_NAMED = 3


def name_of(values: Mapping[str, object], standard: Standard, language: str) -> str:
    """A record in a few words: producer and product."""
    code = values.get("variety")
    product = next((v.title_in(language) for v in standard.varieties if v.code == code), "")
    producer = values.get("producer_name") or QCoreApplication.translate("originmap", "record without a producer")
    return f"{producer} {product}".strip()


def status_text(entry: Entry, values: Mapping[str, object], standard: Standard, language: str) -> str:
    """What the record is, and what may be done with it."""
    translate = QCoreApplication.translate
    if entry.new:
        return translate("originmap", "New record, not saved yet")
    title = next(c.title_in(language) for c in standard.choices("status") if c.code == entry.status)
    more = {
        "draft": translate("originmap", "not submitted yet"),
        "submitted": translate("originmap", "changes are saved as long as nothing is missing"),
        "approved": translate("originmap", "a change of what was reviewed hands it in again"),
        "returned": translate("originmap", "mend it and submit it again"),
        "ended": f"{values.get('ended_on') or ''} {values.get('ended_reason') or ''}".strip(),
    }
    return f"{title} · {more[entry.status]}"


def incomplete_text(gaps: Sequence[Missing], language: str) -> str:
    """Why a record was not submitted, in one line: the first items by title; the page itself names them all."""
    titles = list(dict.fromkeys(gap.title or gap.sentence(language) for gap in gaps))
    named = ("、" if language == "zh" else ", ").join(titles[:_NAMED])
    if len(titles) <= _NAMED:
        text = QCoreApplication.translate("originmap", "Not submitted, still missing or wrong: {items}.")
        return text.format(items=named)
    text = QCoreApplication.translate("originmap", "Not submitted, still missing or wrong: {items} and {count} more.")
    return text.format(items=named, count=len(titles) - _NAMED)


def question(findings: Sequence[Finding], language: str) -> str:
    """What a person is asked before a point is saved."""
    return "\n".join(finding.message(language).sentence for finding in findings)


def kept_text(values: Mapping[str, object], standard: Standard, language: str) -> str:
    """That nothing typed was lost."""
    text = QCoreApplication.translate("originmap", "What was typed for “{name}” is kept, but not in the register yet.")
    return text.format(name=name_of(values, standard, language))
