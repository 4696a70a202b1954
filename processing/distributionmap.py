"""Processing algorithm that prints the distribution map: the register's points by product and scale, as PDF and PNG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPrintLayout,
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
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.base import name_townships, style_divisions
from ..core.onemap.contents import Drawn, Words, count_drawn, map_area, projected, projection_of, shows_hainan
from ..core.onemap.filtered import filter_layer
from ..core.onemap.layout import PAPERS, Paper, add_legend, build_layout, export_layout, write_words
from ..core.onemap.legend import legend_layers
from ..core.onemap.query import Query
from ..core.onemap.query_words import in_words
from ..core.onemap.renderer import variety_renderer
from ..core.register.layers import open_layer
from ..core.register.register import Register
from ..core.register.schema import DIVISION
from ..core.standard.errors import OriginMapError
from ..core.standard.model import Standard
from .algorithm import OriginMapAlgorithm
from .queryparameters import add_query_parameters, query_of

INTERNAL = "内部工作用图，不得公开发表"


@dataclass(frozen=True)
class _Place:
    """The county or the division asked for: its code, its name as the title has it, the names of all by code."""

    code: str
    name: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class _Asked:
    """What the person wants on the sheet; empty texts are left to us."""

    register: Path
    query: Query
    paper: Paper
    title: str
    source: str
    author: str
    review_number: str
    footer: str


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
        project = QgsProject()
        layout, drawn = _compose(self._asked(parameters, context), project, feedback)
        dpi = self.parameterAsInt(parameters, "DPI", context) or 300
        for target in filter(None, targets.values()):
            export_layout(layout, Path(target), dpi)
        return {**{name: target for name, target in targets.items() if target}, "COUNT": drawn.total}

    def _asked(self, parameters: dict[str, Any], context: QgsProcessingContext) -> _Asked:
        def given(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        return _Asked(
            register=path,
            query=query,
            paper=PAPERS[self.parameterAsEnum(parameters, "PAPER", context)],
            title=given("TITLE"),
            source=given("SOURCE"),
            author=given("AUTHOR"),
            review_number=given("REVIEW_NUMBER"),
            footer=INTERNAL if self.parameterAsBool(parameters, "INTERNAL", context) else "",
        )


def _compose(asked: _Asked, project: QgsProject, feedback: QgsProcessingFeedback) -> tuple[QgsPrintLayout, Drawn]:
    """The whole sheet; the counts in its words and legend are those of what the map truly shows."""
    with Register.open(asked.register, read_only=True) as register:
        standard, place = register.standard(), _place(register, asked.query, feedback)
    records, divisions = _layers(asked, standard)
    project.addMapLayers([records, divisions], False)
    area = map_area(records, divisions, place.code)
    crs = projection_of(area)
    title = asked.title or _title(asked.query, standard, place)
    layout, shown = build_layout(project, asked.paper, title, [records, divisions], crs, projected(area, crs))
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    extent = QgsCoordinateTransform(crs, degrees, project).transformBoundingBox(shown.extent())
    if shows_hainan(extent):
        feedback.pushWarning(
            QCoreApplication.translate(
                "originmap", "The map shows all of Hainan island: it needs an inset of the South China Sea islands."
            )
        )
    drawn = count_drawn(records, extent)
    if not drawn.total:
        raise OriginMapError("MAP_EMPTY")
    subtitle = _subtitle(in_words(asked.query, standard, names=place.names), drawn)
    words = Words(title, subtitle, asked.source, asked.author, asked.review_number, asked.footer)
    write_words(layout, asked.paper, words)
    add_legend(layout, asked.paper, legend_layers(project, standard, drawn, asked.paper.factor))
    return layout, drawn


def _layers(asked: _Asked, standard: Standard) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    records, divisions = open_layer(asked.register), open_layer(asked.register, DIVISION)
    filter_layer(records, asked.query, standard)
    records.setRenderer(variety_renderer(standard, asked.paper.factor, ordered=True))
    style_divisions(divisions, asked.paper.factor)
    name_townships(divisions, asked.paper.factor)
    return records, divisions


def _place(register: Register, query: Query, feedback: QgsProcessingFeedback) -> _Place:
    """The one division asked for; the county when it is the county, when none is asked or several are."""
    names = register.division_names()
    divisions = query.divisions if len(query.divisions) == 1 else (register.county_code,)
    if divisions == (register.county_code,) or not divisions[0]:
        return _Place(register.county_code, register.county_name, names)
    if divisions[0] not in names:
        feedback.pushInfo(QCoreApplication.translate("originmap", "The register has no division of that code."))
    return _Place(divisions[0], register.county_name + names.get(divisions[0], ""), names)


def _title(query: Query, standard: Standard, place: _Place) -> str:
    asked = [variety.title for variety in standard.varieties if variety.code in query.varieties]
    return f"{place.name}{asked[0] if len(query.varieties) == len(asked) == 1 else '农产品'}产地分布图"


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
