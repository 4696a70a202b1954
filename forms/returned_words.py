"""How people are told of returned records: how many, and how long there is to mend each."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication


def count_text(count: int, overdue: int) -> str:
    """How many came back, and how many of them should have been mended by now."""
    if overdue:
        text = QCoreApplication.translate("originmap", "{count} returned, {overdue} overdue")
    else:
        text = QCoreApplication.translate("originmap", "{count} returned")
    return text.format(count=count, overdue=overdue)


def due_text(days_left: Optional[int], deadline: str) -> str:
    """How long there is left until a deadline (``YYYY-MM-DD``), its day among it; empty where none was set."""
    translate = QCoreApplication.translate
    if days_left is None:
        return ""
    if days_left < 0:
        text = translate("originmap", "{days} days overdue (was due {deadline})")
    elif not days_left:
        text = translate("originmap", "due today")
    else:
        text = translate("originmap", "{days} days left (until {deadline})")
    return text.format(days=abs(days_left), deadline=deadline)
