"""The sentences about a step that stands in the register."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ...core.review.process import load_process
from .work import Done


def told_step(done: Done, language: str) -> str:
    """What was done with which record, or with how many, and how many stayed after all."""
    translate = QCoreApplication.translate
    title = load_process().event_title(done.event, language)
    if done.name:
        return translate("originmap", "{event}: “{producer}”").format(event=title, producer=done.name)
    text = translate("originmap", "{event}: {count} records.").format(event=title, count=f"{done.count:,}")
    if not done.stayed:
        return text
    more = translate("originmap", "{count} were changed meanwhile and stay.").format(count=f"{done.stayed:,}")
    return f"{text} {more}"
