"""Processing algorithm that writes the one table: chosen records as a collection sheet that can be imported again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.register import Register
from ..core.register.reports import export_table
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of


class ExportTable(OriginMapAlgorithm):
    """Writes the register's records as an annex-1 workbook or CSV."""

    NAME = "exporttable"
    GROUP = "register"
    TAGS = ("export", "table", "annex 1", "excel", "csv", "一张表", "导出", "采集表", "附件1")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Export one table")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Writes the chosen records as a collection sheet (annex 1), XLSX or CSV, which can be corrected and "
            "imported again: a hidden column says which record each row is. Names and phones are masked unless you say "
            "otherwise; an export in full needs its purpose, which is noted in the register.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, how people are shown, the file."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        add_people_parameters(self)
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                translate("originmap", "Table"),
                translate("originmap", "Excel workbook (*.xlsx);;CSV (*.csv)"),
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records written")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Write the table; an export in full is noted in the register before anything is written."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        target = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        people = PeopleAsked(self, parameters, context)
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        written = export_table(
            path,
            query,
            target,
            masked=people.masked,
            purpose=people.purpose,
            by=people.by,
            progress=FeedbackProgress(feedback),
        )
        feedback.pushInfo(_report(written, people.masked))
        return {"OUTPUT": str(target), "COUNT": written}


def _report(written: int, masked: bool) -> str:
    text = QCoreApplication.translate("originmap", "{count} records written.").format(count=written)
    if masked:
        text += " " + QCoreApplication.translate("originmap", "Names and phones are masked.")
    return text
