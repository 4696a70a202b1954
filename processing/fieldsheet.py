"""Processing algorithm that prints the field sheet: a list of records to verify on the spot, phones masked."""

from __future__ import annotations

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
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.atlas import number_pages
from ..core.onemap.contents import INTERNAL
from ..core.onemap.fieldsheet import add_field_sheet
from ..core.onemap.paper import PAPERS
from ..core.onemap.query_words import in_words
from ..core.onemap.sheet import export_layout, new_layout
from ..core.register.printing import county_of
from ..core.register.register import Register
from ..core.register.selection import records
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .queryparameters import add_query_parameters, query_of


class FieldSheet(OriginMapAlgorithm):
    """Prints a list to take along."""

    NAME = "fieldsheet"
    GROUP = "map"
    TAGS = ("field", "verify", "list", "print", "pdf", "核实表", "现场核实", "外业", "打印")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Field sheet")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Prints the records of a query as a list by village to take along for verifying, with room to tick and to "
            "write. Names and phones of people are masked.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, the file."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for parameter in (
            QgsProcessingParameterBoolean(
                "INTERNAL", translate("originmap", "Footer: for internal work, not for publication"), True, True
            ),
            QgsProcessingParameterFileDestination("PDF", translate("originmap", "Field sheet as PDF"), "PDF (*.pdf)"),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Compose the pages and write them."""
        target = Path(self.parameterAsFileOutput(parameters, "PDF", context))
        footer = INTERNAL if self.parameterAsBool(parameters, "INTERNAL", context) else ""
        project = QgsProject()
        layout = new_layout(project, target.stem)
        with Register.open(self.parameterAsFile(parameters, "REGISTER", context), read_only=True) as register:
            county, query = county_of(register), query_of(self, parameters, context, register)
            words = in_words(query, county.standard, names=county.names)
            number = add_field_sheet(layout, county, records(register, query), words, footer)
        if not number:
            raise OriginMapError("STATISTICS_EMPTY")
        number_pages(layout, PAPERS[0])
        export_layout(layout, target, 300)
        return {"PDF": str(target), "COUNT": number}
