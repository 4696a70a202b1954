"""Processing algorithm that makes an empty collection sheet for a county, with drop-downs and an explanation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.locality import locality_of
from ..core.register.register import Register
from ..core.sheets.template import Locality, write_template
from ..core.standard.model import Standard, load_standard
from .algorithm import OriginMapAlgorithm, language


class MakeTemplate(OriginMapAlgorithm):
    """Writes annex 1 as an empty workbook."""

    NAME = "maketemplate"
    GROUP = "georeference"
    TAGS = ("template", "workbook", "annex 1", "excel", "wps", "模板", "采集表", "附件1", "表格")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Make collection workbook")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Makes an empty collection sheet (annex 1) with drop-downs, prompts and a sheet that explains each column. "
            "With a register, its county, townships and the county's own lists are offered in the drop-downs.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register is optional, the workbook is what comes out."""
        self.addParameter(
            QgsProcessingParameterFile(
                "REGISTER",
                QCoreApplication.translate("originmap", "Register"),
                extension="gpkg",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                QCoreApplication.translate("originmap", "Workbook"),
                QCoreApplication.translate("originmap", "Excel workbook (*.xlsx)"),
            )
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Write the workbook."""
        register = self.parameterAsFile(parameters, "REGISTER", context)
        target = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        standard, locality = _of_register(Path(register)) if register else (load_standard(), Locality())
        write_template(target, standard, locality, language())
        return {"OUTPUT": str(target)}


def _of_register(path: Path) -> tuple[Standard, Locality]:
    with Register.open(path, read_only=True) as register:
        return register.standard(), locality_of(register)
