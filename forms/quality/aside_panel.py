"""Why a finding is no mistake, asked when it is set aside."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ..reason import ReasonPanel


class AsidePanel(ReasonPanel):
    """The findings at hand are meant."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        translate = QCoreApplication.translate
        title, why = translate("originmap", "Set aside"), translate("originmap", "Why the finding is no mistake")
        super().__init__("originmap_quality_aside", title, why, _reasons(), parent)

    def ask(self, what: str, count: int) -> None:
        """Ask about the findings at hand: one by its title, many by their number."""
        translate = QCoreApplication.translate
        if count == 1:
            text = translate("originmap", "Why is “{finding}” no mistake here? It comes back when the record changes.")
        else:
            text = translate("originmap", "Why are these {count} findings ({finding}) no mistakes?")
        self.ask_why(text.format(finding=what, count=f"{count:,}"))


def _reasons() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "Checked on site: it is as recorded"),
        translate("originmap", "Asked the producer by phone: it is right"),
        translate("originmap", "Several sites at the same place"),
        translate("originmap", "The producer works across the boundary"),
        translate("originmap", "Different producers with similar names"),
    ]
