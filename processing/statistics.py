"""Processing algorithm that counts records by division, product, scale and month, as a workbook and as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind
from ..core.onemap.contents import INTERNAL_LIST
from ..core.onemap.sheet import export_layout, new_layout
from ..core.onemap.statistics import By, Cube, MonthOf
from ..core.onemap.statistics_page import add_statistics
from ..core.onemap.statistics_workbook import Names, Titles, write_statistics
from ..core.register.register import Register
from ..core.register.reports import read_figures
from ..core.sheets.safe_target import together
from ..core.standard.model import Standard
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .lookparameters import level_of, level_parameter
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, fields_of, no_geometry

_BY = (By.DIVISION, By.VARIETY, By.SCALE, By.MONTH)


class Statistics(OriginMapAlgorithm):
    """Counts records, producers and scale."""

    NAME = "statistics"
    GROUP = "map"
    TAGS = ("statistics", "report", "count", "chart", "calendar", "excel", "统计", "汇总", "报表", "图表", "上市日历")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layouts belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Statistics")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Counts the records of a query by division, product, class of scale and month, as a workbook with charts "
            "and as a table. Totals add up; a producer with several records is counted once, and scales are added "
            "within one unit only. The calendar tells in which ten-day periods a product is on the market.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, what is counted, the files."""
        translate = QCoreApplication.translate
        months = [translate("originmap", "coming on the market"), translate("originmap", "of collection")]
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for parameter in (
            level_parameter(),
            QgsProcessingParameterEnum("MONTH", translate("originmap", "Month"), months, False, 0, True),
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                translate("originmap", "Statistics as workbook"),
                "XLSX (*.xlsx)",
                optional=True,
                createByDefault=False,
            ),
            QgsProcessingParameterFileDestination(
                "PDF",
                translate("originmap", "Statistics on one page"),
                "PDF (*.pdf)",
                optional=True,
                createByDefault=False,
            ),
            QgsProcessingParameterFeatureSink(
                "TABLE",
                translate("originmap", "Statistics as table"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            ),
            QgsProcessingParameterFeatureSink(
                "CALENDAR",
                translate("originmap", "Calendar of ten-day periods"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            ),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("RECORDS", translate("originmap", "Records")))
        self.addOutput(QgsProcessingOutputNumber("PRODUCERS", translate("originmap", "Producers")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Read the records once, then fill whatever was asked for."""
        month = tuple(MonthOf)[self.parameterAsEnum(parameters, "MONTH", context)]
        level = level_of(self, parameters, context)
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        figures = read_figures(path, query, level=level, month=month, progress=FeedbackProgress(feedback, 0.0, 0.8))
        cube, standard, titles = figures.cube, figures.standard, figures.titles
        results: dict[str, object] = {"RECORDS": cube.records, "PRODUCERS": cube.grouped()[0].producers}
        target = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if target:
            write_statistics(Path(target), cube, standard, titles)
            results["OUTPUT"] = target
        page = self.parameterAsFileOutput(parameters, "PDF", context)
        if page:
            _print(Path(page), cube, standard, titles)
            results["PDF"] = page
        called = Names(standard, titles.divisions)
        sinks = Sinks(self, parameters, context)
        sinks.fill("TABLE", fields_of(_TABLE), _table_rows(cube, called), no_geometry())
        sinks.fill("CALENDAR", fields_of(_CALENDAR), _calendar_rows(cube, called), no_geometry())
        return {**results, **sinks.destinations}


def _print(target: Path, cube: Cube, standard: Standard, titles: Titles) -> None:
    project = QgsProject()
    layout = new_layout(project, target.stem)
    add_statistics(layout, cube, standard, titles, INTERNAL_LIST)
    with together() as files:
        export_layout(layout, target, 300, files)


_TEXT, _WHOLE, _REAL = FieldKind.TEXT, FieldKind.INTEGER, FieldKind.REAL
_TABLE = {
    **dict.fromkeys(("division_code", "division", "variety", "variety_title", "scale_class"), _TEXT),
    **dict.fromkeys(("month", "records", "producers"), _WHOLE),
    "scale": _REAL,
    "unit": _TEXT,
}
_CALENDAR = {
    **dict.fromkeys(("variety", "variety_title", "division_code", "division"), _TEXT),
    **dict.fromkeys(("month", "third", "records"), _WHOLE),
}


def _table_rows(cube: Cube, names: Names) -> Iterator[SinkRow]:
    """A row for each group and unit; where a group has records in two units, only the first row counts them."""
    for group in cube.grouped(*_BY):
        division, variety, scale, month = group.keys
        called = [names.of(by, key) for by, key in zip(_BY, group.keys)]
        counts = [group.records, group.producers]
        for unit, amount in group.amounts.items() or [("", 0.0)]:
            keys = [division, called[0], variety, called[1], called[2], month]
            yield SinkRow(None, [*keys, *counts, amount, names.units.get(unit, "")])
            counts = [0, 0]


def _calendar_rows(cube: Cube, names: Names) -> Iterator[SinkRow]:
    """A row for each ten-day period in which something is on the market; ``third`` is 1 for 上旬, 2 中旬, 3 下旬."""
    for row in cube.calendar():
        variety = row.variety, names.of(By.VARIETY, row.variety or None)
        division = row.division, names.of(By.DIVISION, row.division)
        for period, count in enumerate(row.counts):
            if count:
                yield SinkRow(None, [*variety, *division, period // 3 + 1, period % 3 + 1, count])
