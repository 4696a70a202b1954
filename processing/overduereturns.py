"""Processing algorithm that lists what was not mended by its deadline, per collector and township."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind
from ..core.onemap.query import Days
from ..core.register.register import Register
from ..core.register.review_reports import Returns, read_overdue, write_overdue
from ..core.register.rows import position_of
from ..core.register.shown import Shown
from ..core.review.overdue import Outcome, Returned, Tally, by_township, whole
from ..core.review.transitions import today_in_china
from .algorithm import OriginMapAlgorithm
from .days import day_of
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, fields_of, no_geometry, points

_TEXT, _WHOLE = FieldKind.TEXT, FieldKind.INTEGER
_RETURN_FIELDS = {
    **dict.fromkeys(("uid", "outcome", "outcome_title"), _TEXT),
    "days": _WHOLE,
    **dict.fromkeys(("township", "village", "producer_name", "site_name", "variety", "cycle"), _TEXT),
    **dict.fromkeys(("collector_name", "collector_phone", "returned_on", "returned_by", "reason"), _TEXT),
    **dict.fromkeys(("deadline", "mended_on"), _TEXT),
}
_TALLY_FIELDS = {
    "township": _TEXT,
    **dict.fromkeys(("returned", "in_time", "waiting", "late", "overdue", "longest_days"), _WHOLE),
}


class OverdueReturns(OriginMapAlgorithm):
    """Lists the returns that were not answered in time."""

    NAME = "overduereturns"
    GROUP = "review"
    PICTURE = "overduereturns.svg"
    TAGS = ("overdue", "deadline", "return", "performance", "report", "逾期", "退回", "整改", "绩效", "考核", "督办")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Overdue returns")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Lists what was returned and not mended by its deadline, still open or mended late, for the performance "
            "review: per collector, per township and return by return, as a workbook to print and as a layer. In time, "
            "within the deadline, late and overdue add up to all returns. The collector is who had collected the "
            "record when it was returned. Names and phones are masked unless you say otherwise; a list in full needs "
            "its purpose, which is noted in the register.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which records and deadlines, how people are shown, the outputs."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for name, title in (
            ("DEADLINE_FROM", translate("originmap", "Deadlines from (YYYY-MM-DD)")),
            ("DEADLINE_TO", translate("originmap", "Deadlines until (YYYY-MM-DD)")),
            ("ON", translate("originmap", "As it stood at the end of this day (YYYY-MM-DD; empty: today)")),
        ):
            self.addParameter(QgsProcessingParameterString(name, title, optional=True))
        add_people_parameters(self)
        self._add_outputs()

    def _add_outputs(self) -> None:
        translate = QCoreApplication.translate
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "WORKBOOK",
                translate("originmap", "List for the performance review"),
                "XLSX (*.xlsx)",
                optional=True,
                createByDefault=False,
            )
        )
        for name, title, kind in (
            ("LAYER", translate("originmap", "Returns not mended in time"), QgsProcessing.SourceType.TypeVectorPoint),
            ("TOWNSHIPS", translate("originmap", "Returns by township"), QgsProcessing.SourceType.TypeVector),
        ):
            self.addParameter(QgsProcessingParameterFeatureSink(name, title, kind, None, True, False))
        for name, title in _count_titles().items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Read the returns, fill whatever was asked for, tell the counts."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        asked = PeopleAsked(self, parameters, context)
        found = self._read(parameters, context, path)
        counts = whole(found.found)
        results: dict[str, object] = dict(zip(_count_titles(), _figures(counts)))
        target = self.parameterAsFileOutput(parameters, "WORKBOOK", context)
        asked.note(path, len(found.not_in_time), found.query, target)
        if target:
            write_overdue(Path(target), found, masked=asked.masked)
            results["WORKBOOK"] = target
        people, sinks = Shown(asked.masked), Sinks(self, parameters, context)
        listed = (_return_row(returned, people) for returned in found.not_in_time)
        sinks.fill("LAYER", fields_of(_RETURN_FIELDS), listed, points())
        tallies = (SinkRow(None, [tally.name, *_figures(tally)]) for tally in by_township(found.found))
        sinks.fill("TOWNSHIPS", fields_of(_TALLY_FIELDS), tallies, no_geometry())
        results.update(sinks.destinations)
        feedback.pushInfo("，".join(f"{title} {results[name]}" for name, title in _count_titles().items()))
        return results

    def _read(self, parameters: dict[str, Any], context: QgsProcessingContext, path: Path) -> Returns:
        def day(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        deadlines = Days(day("DEADLINE_FROM"), day("DEADLINE_TO"))
        on = day_of(self, parameters, context) or today_in_china()
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        return read_overdue(path, query, on, deadlines.first, deadlines.last)


def _return_row(returned: Returned, people: Shown) -> SinkRow:
    producer = people.producer(returned.producer, returned.producer_type)
    about = (returned.township, returned.village, producer, returned.site, returned.variety, returned.cycle)
    collector = people.name(returned.collector), people.phone(returned.phone)
    step = returned.at[:10], people.name(returned.by), returned.reason, returned.deadline, returned.mended
    outcome = returned.outcome.value, _count_titles()[returned.outcome.name]
    return SinkRow(position_of(returned.geom), [returned.uid, *outcome, returned.days, *about, *collector, *step])


def _figures(tally: Tally) -> list[int]:
    """In the order of :func:`_count_titles`."""
    return [tally.returned, tally.in_time, tally.waiting, tally.late, tally.overdue, tally.longest]


def _count_titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "RETURNED": translate("originmap", "Returns"),
        Outcome.IN_TIME.name: translate("originmap", "Mended in time"),
        Outcome.WAITING.name: translate("originmap", "Still within the deadline"),
        Outcome.LATE.name: translate("originmap", "Mended late"),
        Outcome.OVERDUE.name: translate("originmap", "Overdue"),
        "LONGEST": translate("originmap", "Most days behind the deadline"),
    }
