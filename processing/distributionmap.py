"""Processing algorithm that prints the distribution map: the register's points by product and scale, as PDF and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.mapsheet import Imprint, compose, first_page
from ..core.onemap.paper import PAPERS
from ..core.onemap.sheet import export_layout, new_layout
from ..core.register.register import Register
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .county import county_of
from .queryparameters import add_query_parameters, query_of

INTERNAL = "内部工作用图，不得公开发表"


class DistributionMap(OriginMapAlgorithm):
    """Prints the register's points by product and scale."""

    NAME = "distributionmap"
    GROUP = "map"
    TAGS = ("map", "print", "layout", "pdf", "png", "distribution", "分布图", "一张图", "制图", "打印", "挂图")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Distribution map")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Prints the register's points on a sheet of paper: symbol and colour say the product, size says the scale "
            "in multiples of the threshold, hollow symbols stand at approximate places. A map that is published needs "
            "a map review number.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, the paper, the words, the files."""
        translate = QCoreApplication.translate
        papers = [
            translate("originmap", "A4 landscape"),
            translate("originmap", "A4 portrait"),
            translate("originmap", "A3 landscape"),
            translate("originmap", "A3 portrait"),
            translate("originmap", "A0 landscape"),
            translate("originmap", "A0 portrait"),
        ]
        number = QgsProcessingParameterNumber.Type.Integer
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for parameter in (
            _text("TITLE", translate("originmap", "Title (empty: made from the conditions)")),
            QgsProcessingParameterEnum("PAPER", translate("originmap", "Paper"), papers, False, 0, True),
            _text("SOURCE", translate("originmap", "Source of the data")),
            _text("AUTHOR", translate("originmap", "Made by")),
            _text("REVIEW_NUMBER", translate("originmap", "Map review number")),
            QgsProcessingParameterBoolean(
                "INTERNAL", translate("originmap", "Footer: for internal work, not for publication"), True, True
            ),
            QgsProcessingParameterNumber("DPI", translate("originmap", "Dots per inch"), number, 300, True, 72, 1200),
            _file("PDF", translate("originmap", "Map as PDF"), "PDF (*.pdf)"),
            _file("PNG", translate("originmap", "Map as picture"), "PNG (*.png)"),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records on the map")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Compose the sheet and write it into each file that was asked for."""
        targets = {name: self.parameterAsFileOutput(parameters, name, context) for name in ("PDF", "PNG")}
        if not any(targets.values()):
            raise OriginMapError("MAP_NOTHING_ASKED")
        with Register.open(self.parameterAsFile(parameters, "REGISTER", context), read_only=True) as register:
            query = query_of(self, parameters, context, register)
            county = county_of(register)
        paper = PAPERS[self.parameterAsEnum(parameters, "PAPER", context)]
        page = first_page(county, query)
        if len(query.divisions) == 1 and page.division not in county.names:
            feedback.pushInfo(QCoreApplication.translate("originmap", "The register has no division of that code."))
        project = QgsProject()
        layout = new_layout(project, page.title)
        drawn = compose(layout, project, paper, county, page, self._imprint(parameters, context))
        dpi = self.parameterAsInt(parameters, "DPI", context) or 300
        for target in filter(None, targets.values()):
            export_layout(layout, Path(target), dpi)
        return {**{name: target for name, target in targets.items() if target}, "COUNT": drawn.total}

    def _imprint(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Imprint:
        def given(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        return Imprint(
            title=given("TITLE"),
            source=given("SOURCE"),
            author=given("AUTHOR"),
            review_number=given("REVIEW_NUMBER"),
            footer=INTERNAL if self.parameterAsBool(parameters, "INTERNAL", context) else "",
        )


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)


def _file(name: str, title: str, kinds: str) -> QgsProcessingParameterFileDestination:
    return QgsProcessingParameterFileDestination(name, title, kinds, optional=True, createByDefault=False)
