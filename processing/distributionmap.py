"""Processing algorithm that prints the distribution map: the register's points by product and scale, as PDF and PNG."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.atlas import Atlas, Printed, Targets, atlas_pages, print_pages
from ..core.onemap.contents import INTERNAL
from ..core.onemap.look import PRINTABLE
from ..core.onemap.mapsheet import Imprint
from ..core.onemap.paper import PAPERS
from ..core.register.printing import county_of
from ..core.register.register import Register
from ..core.standard.errors import OriginMapError
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .lookparameters import add_look_parameters, look_of
from .queryparameters import add_query_parameters, query_of


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
            "in multiples of the threshold, hollow symbols stand at approximate places; symbols that would cover each "
            "other are moved apart. Other styles colour divisions or cells, or show density, pies or states, each with "
            "its own legend. An atlas adds a page for each township, product or month. The sheet is looked over "
            "before it is printed: personal data, old data, what cannot be read. A map that is published needs a map "
            "review number.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, the paper, the words, the files, the pages of an atlas."""
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
        add_look_parameters(self, PRINTABLE, 0.0, advanced=True)
        for parameter in (
            _text("TITLE", translate("originmap", "Title (empty: made from the conditions)")),
            QgsProcessingParameterEnum("PAPER", translate("originmap", "Paper"), papers, False, 0, True),
            QgsProcessingParameterExtent(
                "EXTENT", translate("originmap", "What the map shows (empty: the division or the county)"), None, True
            ),
            _text("SOURCE", translate("originmap", "Source of the data")),
            _text("AUTHOR", translate("originmap", "Made by")),
            _text("REVIEW_NUMBER", translate("originmap", "Map review number")),
            QgsProcessingParameterBoolean(
                "INTERNAL", translate("originmap", "Footer: for internal work, not for publication"), True, True
            ),
            QgsProcessingParameterNumber("DPI", translate("originmap", "Dots per inch"), number, 300, True, 72, 1200),
            _file("PDF", translate("originmap", "Map as PDF"), "PDF (*.pdf)"),
            _file("PNG", translate("originmap", "Map as picture"), "PNG (*.png)"),
            QgsProcessingParameterEnum("ATLAS", translate("originmap", "More pages"), _atlases(), False, 0, True),
            QgsProcessingParameterFolderDestination(
                "FOLDER", translate("originmap", "Folder for a PDF of each page"), optional=True, createByDefault=False
            ),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records on the map")))
        self.addOutput(QgsProcessingOutputNumber("PAGES", translate("originmap", "Pages")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Compose the pages, say what the checks found, and write them into each file that was asked for."""
        targets = self._targets(parameters, context)
        if not any(asdict(targets).values()):
            raise OriginMapError("MAP_NOTHING_ASKED")
        with Register.open(self.parameterAsFile(parameters, "REGISTER", context), read_only=True) as register:
            query = query_of(self, parameters, context, register)
            county = county_of(register)
            atlas = tuple(Atlas)[self.parameterAsEnum(parameters, "ATLAS", context)]
            look, extent = look_of(self, parameters, context, PRINTABLE), self._extent(parameters, context)
            pages = atlas_pages(register.connection, county, query, atlas, look, extent)
        if len(query.divisions) == 1 and pages[0].division not in county.names:
            feedback.pushInfo(QCoreApplication.translate("originmap", "The register has no division of that code."))
        paper = PAPERS[self.parameterAsEnum(parameters, "PAPER", context)]
        dpi = self.parameterAsInt(parameters, "DPI", context) or 300
        imprint = self._imprint(parameters, context)
        printed = print_pages(pages, paper, county, imprint, targets, dpi, FeedbackProgress(feedback))
        _report(printed, feedback)
        written = {"PDF": targets.pdf, "PNG": targets.png, "FOLDER": targets.folder}
        results = {name: str(target) for name, target in written.items() if target is not None}
        return {**results, "COUNT": printed.records, "PAGES": printed.pages}

    def _extent(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Optional[QgsRectangle]:
        """In degrees; ``None`` where none is given."""
        degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
        extent = self.parameterAsExtent(parameters, "EXTENT", context, degrees)
        return None if extent.isNull() or extent.isEmpty() else extent

    def _targets(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Targets:
        """Where the pages go."""
        pdf, png = (self.parameterAsFileOutput(parameters, name, context) for name in ("PDF", "PNG"))
        folder = self.parameterAsFileOutput(parameters, "FOLDER", context)
        return Targets(*(Path(target) if target else None for target in (pdf, png, folder)))

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


def _report(printed: Printed, feedback: QgsProcessingFeedback) -> None:
    """Say what the checks found, each once, and which pages were left out."""
    for told in dict.fromkeys(f"{found.title}：{found.detailedDescription}" for found in printed.findings):
        feedback.pushWarning(told)
    if printed.empty:
        text = QCoreApplication.translate("originmap", "No page, as no record lies on the map: {pages}")
        feedback.pushInfo(text.format(pages="、".join(printed.empty)))


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)


def _atlases() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "none"),
        translate("originmap", "one per township"),
        translate("originmap", "one per product"),
        translate("originmap", "one per month on the market"),
    ]


def _file(name: str, title: str, kinds: str) -> QgsProcessingParameterFileDestination:
    return QgsProcessingParameterFileDestination(name, title, kinds, optional=True, createByDefault=False)
