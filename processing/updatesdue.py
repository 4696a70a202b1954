"""Processing algorithm that lists what is to be collected again: due, due soon, overdue, per collector and township."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind
from ..core.quality.cadence import Due, DueTally, Duty, by_collector, whole
from ..core.register.due import read_due, write_due
from ..core.register.register import Register
from ..core.register.rows import position_of
from ..core.register.shown import Shown
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .days import add_day_parameter, day_of
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, fields_of, no_geometry, points
from .styling import Mark, Styler, style_marks

_TEXT, _WHOLE = FieldKind.TEXT, FieldKind.INTEGER
_DUE_FIELDS = {
    **dict.fromkeys(("uid", "state", "state_title"), _TEXT),
    **dict.fromkeys(("days", "missed"), _WHOLE),
    **dict.fromkeys(("township", "village", "producer_name", "site_name", "variety", "cycle", "last_cycle"), _TEXT),
    **dict.fromkeys(("due_from", "due_until", "collector_name", "collector_phone", "begun"), _TEXT),
}
_TALLY_FIELDS = {
    **dict.fromkeys(("collector_name", "collector_phone"), _TEXT),
    **dict.fromkeys(("sites", *(state.value for state in Due)), _WHOLE),
}

# The most urgent above the others.
_MARKS = {
    Due.CURRENT: Mark("circle", "#2e7d32", 2.0),
    Due.SOON: Mark("circle", "#546e7a", 2.4),
    Due.DUE: Mark("circle", "#f9a825", 2.8),
    Due.OVERDUE: Mark("circle", "#c62828", 3.2),
}


class UpdatesDue(OriginMapAlgorithm):
    """Lists the sites whose records have to be renewed."""

    NAME = "updatesdue"
    GROUP = "quality"
    TAGS = ("due", "overdue", "cadence", "update", "cycle", "应采集", "更新", "到期", "逾期", "茬次", "每月", "频次")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Updates due")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Lists what is to be collected again: livestock and aquatic products every month, crops with each crop "
            "that is planted, or as the county set it. Each site with a product is overdue, due, due soon or "
            "collected, and these four add up to all sites. A crop is expected on the day of the year on which the "
            "site's crop of that name was planted before. Names and phones are masked unless you say otherwise; a "
            "list in full needs its purpose, which is noted in the register.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which sites and day, how people are shown, the outputs."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        add_day_parameter(self)
        every = translate("originmap", "Layer with all sites, also those that are collected")
        self.addParameter(QgsProcessingParameterBoolean("ALL", every, False))
        add_people_parameters(self)
        self._add_outputs()

    def _add_outputs(self) -> None:
        translate = QCoreApplication.translate
        title = translate("originmap", "List of what is due")
        target = QgsProcessingParameterFileDestination("WORKBOOK", title, "XLSX (*.xlsx)", None, True, False)
        self.addParameter(target)
        for name, title, kind in (
            ("LAYER", translate("originmap", "Sites due"), QgsProcessing.SourceType.TypeVectorPoint),
            ("BY_COLLECTOR", translate("originmap", "Sites due by collector"), QgsProcessing.SourceType.TypeVector),
        ):
            self.addParameter(QgsProcessingParameterFeatureSink(name, title, kind, None, True, False))
        for name, title in _count_titles().items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Read what is due, fill whatever was asked for, tell the counts."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        asked = PeopleAsked(self, parameters, context)
        day = day_of(self, parameters, context)
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        due = read_due(path, query, day, FeedbackProgress(feedback))
        results: dict[str, object] = dict(zip(_count_titles(), _figures(whole(due.duties))))
        target = self.parameterAsFileOutput(parameters, "WORKBOOK", context)
        asked.note(path, len(due.urgent), due.heading, target)
        if target:
            write_due(Path(target), due, masked=asked.masked)
            results["WORKBOOK"] = target
        people = Shown(asked.masked)
        listed = due.duties if self.parameterAsBool(parameters, "ALL", context) else due.urgent
        sinks = Sinks(self, parameters, context)
        sinks.fill("LAYER", fields_of(_DUE_FIELDS), (_duty_row(duty, people) for duty in listed), points())
        sinks.style("LAYER", _STYLER)
        tallies = (_tally_row(tally, people) for tally in by_collector(due.duties))
        sinks.fill("BY_COLLECTOR", fields_of(_TALLY_FIELDS), tallies, no_geometry())
        feedback.pushInfo(due.heading)
        return {**results, **sinks.destinations}


def _style(layer: QgsVectorLayer) -> None:
    titles = {state.value: _count_titles()[state.name] for state in Due}
    style_marks(layer, "state", {state.value: mark for state, mark in _MARKS.items()}, titles)


_STYLER = Styler(_style)


def _duty_row(duty: Duty, people: Shown) -> SinkRow:
    last = duty.last
    producer = people.producer(last.producer, last.producer_type)
    return SinkRow(
        position_of(last.geom),
        [
            *(last.uid, duty.state.value, _count_titles()[duty.state.name], duty.days, duty.missed),
            *(last.township, last.village, producer, last.site, last.variety, duty.cycle, last.cycle),
            *(duty.opens.isoformat(), duty.deadline.isoformat()),
            *(people.name(last.collector), people.phone(last.phone), duty.begun),
        ],
    )


def _tally_row(tally: DueTally, people: Shown) -> SinkRow:
    states = (getattr(tally, state.value) for state in Due)
    return SinkRow(None, [people.name(tally.name), people.phone(tally.phone), tally.total, *states])


def _figures(tally: DueTally) -> list[int]:
    """In the order of :func:`_count_titles`."""
    return [tally.total, *(getattr(tally, state.value) for state in Due)]


def _count_titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "SITES": translate("originmap", "Sites"),
        Due.OVERDUE.name: translate("originmap", "Overdue to collect"),
        Due.DUE.name: translate("originmap", "Due"),
        Due.SOON.name: translate("originmap", "Due soon"),
        Due.CURRENT.name: translate("originmap", "Collected already"),
    }
