"""Processing algorithm that prints a card for each record: what the register says of it, and a small map."""

from __future__ import annotations

from typing import Any, Iterable

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition, QgsProcessingParameterNumber
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.paper_lists import PaperList
from .paperlists import PaperListAlgorithm

_MOST = 200


class ProducerCards(PaperListAlgorithm):
    """Prints one page per record."""

    NAME = "producercards"
    TAGS = ("card", "producer", "print", "pdf", "档案卡", "主体卡片", "打印")
    KIND = PaperList.CARDS

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Producer cards")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Prints a page for each record of a query: what the register says of it, and a small map of its place. "
            "Names and phones of people are masked, households' names among them, unless you say otherwise; cards in "
            "full need their purpose, which is noted in the register.",
        )

    def file_title(self) -> str:
        """What the PDF is called among the parameters."""
        return QCoreApplication.translate("originmap", "Cards as PDF")

    def count_title(self) -> str:
        """What is counted."""
        return QCoreApplication.translate("originmap", "Cards")

    def more_parameters(self) -> Iterable[QgsProcessingParameterDefinition]:
        """How many cards at most."""
        whole, title = QgsProcessingParameterNumber.Type.Integer, QCoreApplication.translate("originmap", "At most")
        return (QgsProcessingParameterNumber("MOST", title, whole, _MOST, True, 1, 5000),)

    def most(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int | None:
        """As many as were asked for."""
        return self.parameterAsInt(parameters, "MOST", context)
