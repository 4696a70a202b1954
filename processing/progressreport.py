"""Processing algorithm that reports how far the collection is, per township and collector."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProject,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind
from ..core.onemap.contents import INTERNAL_LIST
from ..core.onemap.progress_map import area_fields, areas_of, progress_layer, style_progress
from ..core.onemap.progress_page import add_progress
from ..core.onemap.sheet import export_layout, new_layout
from ..core.quality.progress import Group, Stage, Unit
from ..core.register.crs import CGCS2000
from ..core.register.layers import open_layer
from ..core.register.progress_html import write_progress_html
from ..core.register.progress_reports import ProgressReport, read_progress, write_notices, write_progress
from ..core.register.register import Register
from ..core.register.rows import position_of
from ..core.register.shown import Shown
from ..core.sheets.safe_target import together
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .days import add_day_parameter, day_of
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, add, fields_of, no_geometry, points
from .styling import Styler

_DPI = 300
_TEXT, _WHOLE, _REAL = FieldKind.TEXT, FieldKind.INTEGER, FieldKind.REAL
_STAGES = dict.fromkeys((stage.value for stage in Stage), _WHOLE)
_TABLE_FIELDS = {
    **dict.fromkeys(("kind", "name", "phone", "division_code"), _TEXT),
    **_STAGES,
    "findings": _WHOLE,
    "share": _REAL,
}
_SITE_FIELDS = {
    **dict.fromkeys(
        ("uid", "township", "village", "producer_name", "site_name", "variety", "cycle", "due_until"), _TEXT
    ),
    **dict.fromkeys(("collector_name", "collector_phone"), _TEXT),
    **_STAGES,
    "findings": _WHOLE,
}


class ProgressReportAlgorithm(OriginMapAlgorithm):
    """Reports how many of the sites that are to be collected are, and how far they have come."""

    NAME = "progressreport"
    GROUP = "quality"
    TAGS = ("progress", "report", "coverage", "notice", "choropleth", "进度", "通报", "采集率", "催办", "督办", "报告")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Progress report")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Counts, per township and collector, how many sites are to be collected in the present month or crop and "
            "how many are: complete, located, verified, approved, in time, with open findings. Collected and missing "
            "add up to what is expected; in time and late to what is collected; and each number leads to its sites. "
            "As workbook, table, map of townships, one page (PDF) and web page, and as notices to be sent to each "
            "collector. Names and phones are masked unless you say otherwise; a list in full needs its purpose, which "
            "is noted in the register.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which sites and day, how people are shown, the outputs."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        add_day_parameter(self)
        checked = translate("originmap", "Check the records and count open findings")
        self.addParameter(QgsProcessingParameterBoolean("CHECK", checked, True))
        add_people_parameters(self)
        self._add_outputs()

    def _add_outputs(self) -> None:
        translate = QCoreApplication.translate
        for name, title, filters in (
            ("WORKBOOK", translate("originmap", "Progress as workbook"), "XLSX (*.xlsx)"),
            ("PDF", translate("originmap", "Progress on one page"), "PDF (*.pdf)"),
            ("HTML", translate("originmap", "Progress as web page"), "HTML (*.html)"),
        ):
            self.addParameter(QgsProcessingParameterFileDestination(name, title, filters, None, True, False))
        notices = translate("originmap", "Folder for the notices to collectors")
        self.addParameter(QgsProcessingParameterFolderDestination("NOTICES", notices, None, True, False))
        source = QgsProcessing.SourceType
        for name, title, kind in (
            ("TABLE", translate("originmap", "Progress as table"), source.TypeVector),
            ("AREAS", translate("originmap", "Progress by township"), source.TypeVectorPolygon),
            ("SITES", translate("originmap", "Sites behind the numbers"), source.TypeVectorPoint),
        ):
            self.addParameter(QgsProcessingParameterFeatureSink(name, title, kind, None, True, False))
        for name, title in (
            ("EXPECTED", translate("originmap", "Expected")),
            ("COLLECTED", translate("originmap", "Collected already")),
            ("MISSING", translate("originmap", "Missing")),
            ("FINDINGS", translate("originmap", "Open findings")),
            ("NOTIFIED", translate("originmap", "People with something to do")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Read once, then fill whatever was asked for."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        asked = PeopleAsked(self, parameters, context)
        report = self._read(parameters, context, path, feedback)
        whole = report.whole
        results: dict[str, object] = {
            "EXPECTED": whole.expected,
            "COLLECTED": whole.collected,
            "MISSING": whole.missing,
            "FINDINGS": whole.findings,
        }
        targets = {name: self.parameterAsFileOutput(parameters, name, context) for name in ("WORKBOOK", "PDF", "HTML")}
        folder = self.parameterAsString(parameters, "NOTICES", context)
        asked.note(path, whole.expected, report.heading, next(filter(None, (*targets.values(), folder)), ""))
        results.update(_write(report, path, targets, masked=asked.masked))
        if folder:
            results["NOTICES"] = folder
            results["NOTIFIED"] = write_notices(Path(folder), report, masked=asked.masked)
        results.update(self._fill(parameters, context, report, path, Shown(asked.masked)))
        feedback.pushInfo(report.heading)
        return results

    def _read(
        self, parameters: dict[str, Any], context: QgsProcessingContext, path: Path, feedback: QgsProcessingFeedback
    ) -> ProgressReport:
        day = day_of(self, parameters, context)
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        checked = self.parameterAsBool(parameters, "CHECK", context)
        progress = FeedbackProgress(feedback, 0.0, 0.7)
        return read_progress(path, query, day, checked=checked, progress=progress)

    def _fill(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        report: ProgressReport,
        path: Path,
        people: Shown,
    ) -> dict[str, object]:
        rows = [
            *(_group_row("township", group, people) for group in report.townships),
            *(_group_row("collector", group, people) for group in report.collectors),
        ]
        sinks = Sinks(self, parameters, context)
        sinks.fill("TABLE", fields_of(_TABLE_FIELDS), rows, no_geometry())
        sinks.fill("SITES", fields_of(_SITE_FIELDS), (_site_row(unit, people) for unit in report.units), points())
        areas = area_fields(), QgsWkbTypes.Type.MultiPolygon, QgsCoordinateReferenceSystem(CGCS2000)
        sink, destination = self.parameterAsSink(parameters, "AREAS", context, *areas)
        if sink is not None:
            for area in areas_of(partial(open_layer, path, read_only=True), report.townships):
                add(sink, area)
            sinks.destinations["AREAS"] = destination
            sinks.style("AREAS", _STYLER)
        return dict(sinks.destinations)


_STYLER = Styler(style_progress)


def _write(report: ProgressReport, path: Path, targets: dict[str, str], *, masked: bool) -> dict[str, object]:
    """The files that were asked for."""
    areas = []
    if targets["PDF"] or targets["HTML"]:
        areas = list(areas_of(partial(open_layer, path, read_only=True), report.townships))
    if targets["WORKBOOK"]:
        write_progress(Path(targets["WORKBOOK"]), report, masked=masked)
    if targets["HTML"]:
        write_progress_html(Path(targets["HTML"]), report, areas, masked=masked)
    if targets["PDF"]:
        target, project = Path(targets["PDF"]), QgsProject()
        layout = new_layout(project, target.stem)
        layer = progress_layer(areas, "采集进度") if areas else None
        titles = report.titles(Shown(masked))
        add_progress(layout, project, titles, report.townships, report.collectors, layer, INTERNAL_LIST)
        with together() as files:
            export_layout(layout, target, _DPI, files)
    return {name: target for name, target in targets.items() if target}


def _group_row(kind: str, group: Group, people: Shown) -> SinkRow:
    named = group.name if kind == "township" else people.name(group.name)
    figures = group.figures
    counts = (figures.of(stage) for stage in Stage)
    return SinkRow(None, [kind, named, people.phone(group.phone), group.code, *counts, figures.findings, figures.rate])


def _site_row(unit: Unit, people: Shown) -> SinkRow:
    duty, last = unit.duty, unit.duty.last
    return SinkRow(
        position_of(last.geom),
        [
            *(last.uid, last.township, last.village, people.producer(last.producer, last.producer_type), last.site),
            *(last.variety, duty.present.cycle, duty.present.deadline.isoformat()),
            *(people.name(last.collector), people.phone(last.phone)),
            *(int(stage in unit.stages) for stage in Stage),
            unit.findings,
        ],
    )
