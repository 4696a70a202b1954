"""What the algorithms that print records on paper share: their parameters, and how people are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.contents import INTERNAL_LIST
from ..core.register.paper_lists import PaperList, People, print_list
from ..core.register.register import Register
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .queryparameters import add_query_parameters, query_of


class PaperListAlgorithm(OriginMapAlgorithm):
    """Base of them; a subclass gives ``KIND`` and what it calls its file and its count."""

    GROUP = "map"
    KIND: PaperList

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def file_title(self) -> str:
        """What the PDF is called among the parameters."""
        raise NotImplementedError(self.NAME)

    def count_title(self) -> str:
        """What is counted."""
        raise NotImplementedError(self.NAME)

    def more_parameters(self) -> Iterable[QgsProcessingParameterDefinition]:
        """Parameters of its own, behind the conditions."""
        return ()

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, how people are shown, the file."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for parameter in (
            *self.more_parameters(),
            QgsProcessingParameterBoolean("MASK", translate("originmap", "Mask names and phones"), True),
            QgsProcessingParameterString(
                "PURPOSE", translate("originmap", "Purpose of an export in full"), optional=True
            ),
            QgsProcessingParameterBoolean(
                "INTERNAL", translate("originmap", "Footer: for internal work, not for publication"), True, True
            ),
            QgsProcessingParameterFileDestination("PDF", self.file_title(), "PDF (*.pdf)"),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", self.count_title()))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Compose the pages and write them; say what was left out."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        target = Path(self.parameterAsFileOutput(parameters, "PDF", context))
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        people = People(
            masked=self.parameterAsBool(parameters, "MASK", context),
            purpose=self.parameterAsString(parameters, "PURPOSE", context),
            by=QgsApplication.userFullName() or QgsApplication.userLoginName(),
        )
        number, found = print_list(
            self.KIND,
            path,
            query,
            target,
            footer=INTERNAL_LIST if self.parameterAsBool(parameters, "INTERNAL", context) else "",
            people=people,
            most=self.most(parameters, context),
            progress=FeedbackProgress(feedback),
        )
        if found > number:
            text = QCoreApplication.translate("originmap", "{left} further records have no card; ask for less or more.")
            feedback.pushWarning(text.format(left=found - number))
        return {"PDF": str(target), "COUNT": number}

    def most(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int | None:
        """How many records are printed at most; ``None``: all."""
        return None
