"""Processing algorithm that prints a card for each record: what the register says of it, and a small map."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.cards import add_cards
from ..core.onemap.contents import INTERNAL
from ..core.onemap.filtered import count
from ..core.onemap.sheet import export_layout, new_layout
from ..core.register.printing import county_of
from ..core.register.register import Register
from ..core.register.selection import records
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .queryparameters import add_query_parameters, query_of

_MOST = 200


class ProducerCards(OriginMapAlgorithm):
    """Prints one page per record."""

    NAME = "producercards"
    GROUP = "map"
    TAGS = ("card", "producer", "print", "pdf", "档案卡", "主体卡片", "打印")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Producer cards")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Prints a page for each record of a query: what the register says of it, and a small map of its place. "
            "Names and phones of people are masked.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, how many, the file."""
        translate, whole = QCoreApplication.translate, QgsProcessingParameterNumber.Type.Integer
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for parameter in (
            QgsProcessingParameterNumber("MOST", translate("originmap", "At most"), whole, _MOST, True, 1, 5000),
            QgsProcessingParameterBoolean(
                "INTERNAL", translate("originmap", "Footer: for internal work, not for publication"), True, True
            ),
            QgsProcessingParameterFileDestination("PDF", translate("originmap", "Cards as PDF"), "PDF (*.pdf)"),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Cards")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Compose the cards and write them."""
        target = Path(self.parameterAsFileOutput(parameters, "PDF", context))
        footer = INTERNAL if self.parameterAsBool(parameters, "INTERNAL", context) else ""
        most = self.parameterAsInt(parameters, "MOST", context)
        project = QgsProject()
        layout = new_layout(project, target.stem)
        with Register.open(self.parameterAsFile(parameters, "REGISTER", context), read_only=True) as register:
            query = query_of(self, parameters, context, register)
            found = count(register.connection, query, register.standard())
            number = add_cards(layout, project, county_of(register), islice(records(register, query), most), footer)
        if not number:
            raise OriginMapError("STATISTICS_EMPTY")
        export_layout(layout, target, 300)
        if found > number:
            text = QCoreApplication.translate("originmap", "{left} further records have no card; ask for less or more.")
            feedback.pushWarning(text.format(left=found - number))
        return {"PDF": str(target), "COUNT": number}
