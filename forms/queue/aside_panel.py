"""Why a record cannot be located, asked when it is put aside."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ...core.register.queue import QueueItem
from ..reason import ReasonPanel


class AsidePanel(ReasonPanel):
    """The record at hand is meant."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        translate = QCoreApplication.translate
        title, why = translate("originmap", "Put aside"), translate("originmap", "Why it cannot be located")
        super().__init__("originmap_aside", title, why, _reasons(), parent)

    def ask(self, item: QueueItem) -> None:
        """Ask about a record."""
        question = QCoreApplication.translate("originmap", "Why can “{producer}” not be located? Choose or type.")
        self.ask_why(question.format(producer=item.producer))


def _reasons() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "The address is too vague"),
        translate("originmap", "The place is not on the map or imagery"),
        translate("originmap", "Needs a visit to the site"),
        translate("originmap", "The producer cannot be reached"),
        translate("originmap", "The producer is no longer there"),
    ]
