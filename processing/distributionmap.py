"""Processing algorithm that prints the distribution map: the register's points by product and scale, as PDF and PNG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
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

from ..core.onemap.base import style_divisions
from ..core.onemap.contents import Drawn, Words, count_drawn, map_area, projected, projection_of, shows_hainan
from ..core.onemap.layout import PAPERS, add_legend, build_layout, export_layout, write_words
from ..core.onemap.legend import legend_layers
from ..core.onemap.query import MapQuery
from ..core.onemap.renderer import variety_renderer
from ..core.register.layers import open_layer
from ..core.register.register import Register
from ..core.register.schema import DIVISION
from ..core.standard.errors import OriginMapError
from ..core.standard.model import Standard, load_standard
from .algorithm import OriginMapAlgorithm, language

INTERNAL = "内部工作用图，不得公开发表"


@dataclass(frozen=True)
class _Place:
    """The county or the division asked for: its code, and its name as the title has it."""

    code: str
    name: str


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
        products = [choice.title_in(language()) for choice in load_standard().choices("variety")]
        papers = [
            translate("originmap", "A4 landscape"),
            translate("originmap", "A4 portrait"),
            translate("originmap", "A3 landscape"),
            translate("originmap", "A3 portrait"),
        ]
        number = QgsProcessingParameterNumber.Type.Integer
        for parameter in (
            QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"),
            QgsProcessingParameterEnum(
                "VARIETIES", translate("originmap", "Products (none: all)"), products, True, [], True
            ),
            _text("DIVISION", translate("originmap", "Division code (6, 9 or 12 digits; empty: all)")),
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
        """Lay the sheet out, count what it shows, write the files."""
        targets = {name: self.parameterAsFileOutput(parameters, name, context) for name in ("PDF", "PNG")}
        if not any(targets.values()):
            raise OriginMapError("MAP_NOTHING_ASKED")
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        query = self._query(parameters, context)
        with Register.open(path, read_only=True) as register:
            standard = register.standard()
            place = _place(register, query)
            known = {division.code for division in register.known_divisions()}
        if query.division and query.division not in known:
            feedback.pushInfo(QCoreApplication.translate("originmap", "The register has no division of that code."))
        project = QgsProject()
        layout, drawn = self._compose(parameters, context, feedback, path, query, standard, place, project)
        dpi = self.parameterAsInt(parameters, "DPI", context) or 300
        for target in filter(None, targets.values()):
            export_layout(layout, Path(target), dpi)
        return {**{name: target for name, target in targets.items() if target}, "COUNT": drawn.total}

    def _compose(self, parameters, context, feedback, path, query, standard, place, project):  # type: ignore[no-untyped-def]
        paper = PAPERS[self.parameterAsEnum(parameters, "PAPER", context)]
        records, divisions = open_layer(path), open_layer(path, DIVISION)
        records.setSubsetString(query.subset())
        records.setRenderer(variety_renderer(standard, paper.factor, ordered=True))
        style_divisions(divisions, paper.factor)
        project.addMapLayers([records, divisions], False)
        area = map_area(records, divisions, place.code)
        crs = projection_of(area)
        title = self.parameterAsString(parameters, "TITLE", context).strip() or _title(query, standard, place)
        sheet = Words(title, "")
        layout, shown = build_layout(project, paper, sheet, [records, divisions], crs, projected(area, crs))
        degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
        extent = QgsCoordinateTransform(crs, degrees, project).transformBoundingBox(shown.extent())
        if shows_hainan(extent):
            feedback.pushWarning(
                QCoreApplication.translate(
                    "originmap",
                    "The map shows all of Hainan island: it needs an inset of the South China Sea islands.",
                )
            )
        drawn = count_drawn(records, extent)
        if not drawn.total:
            raise OriginMapError("MAP_EMPTY")
        write_words(layout, paper, self._words(parameters, context, title, query.in_words(standard, place.name), drawn))
        add_legend(layout, paper, legend_layers(project, standard, drawn, paper.factor))
        return layout, drawn

    def _query(self, parameters: dict[str, Any], context: QgsProcessingContext) -> MapQuery:
        codes = [choice.code for choice in load_standard().choices("variety")]
        chosen = tuple(codes[index] for index in self.parameterAsEnums(parameters, "VARIETIES", context))
        return MapQuery(chosen, self.parameterAsString(parameters, "DIVISION", context).strip())

    def _words(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        title: str,
        conditions: str,
        drawn: Drawn,
    ) -> Words:
        def given(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        footer = INTERNAL if self.parameterAsBool(parameters, "INTERNAL", context) else ""
        subtitle = _subtitle(conditions, drawn)
        return Words(title, subtitle, given("SOURCE"), given("AUTHOR"), given("REVIEW_NUMBER"), footer)


def _place(register: Register, query: MapQuery) -> _Place:
    code = query.division or register.county_code
    name = next((division.name for division in register.known_divisions() if division.code == code), "")
    own = name if code == register.county_code or not name else register.county_name + name
    return _Place(code, own or register.county_name)


def _title(query: MapQuery, standard: Standard, place: _Place) -> str:
    product = standard.variety(query.varieties[0]).title if len(query.varieties) == 1 else "农产品"
    return f"{place.name}{product}产地分布图"


def _subtitle(conditions: str, drawn: Drawn) -> str:
    parts = [conditions, f"图上 {drawn.total} 条记录"]
    if drawn.first_day:
        parts.append(f"采集日期 {drawn.first_day} 至 {drawn.last_day}")
    if drawn.outside:
        parts.append(f"图幅外 {drawn.outside} 条")
    if drawn.without_point:
        parts.append(f"待补点 {drawn.without_point} 条")
    return "　".join(parts)


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)


def _file(name: str, title: str, kinds: str) -> QgsProcessingParameterFileDestination:
    return QgsProcessingParameterFileDestination(name, title, kinds, optional=True, createByDefault=False)
