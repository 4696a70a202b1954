"""Processing algorithm that lists what was not mended by its deadline, per collector and township."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Iterable, Mapping, NamedTuple, Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind, new_field
from ..core.onemap.query import Days
from ..core.register.crs import CGCS2000
from ..core.register.register import Register
from ..core.register.review_reports import People, Returns, note_overdue, read_overdue, write_overdue
from ..core.register.rows import Position, position_of
from ..core.review.overdue import Outcome, Returned, Tally, by_township, whole
from ..core.review.transitions import today_in_china
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .findingssink import no_geometry
from .queryparameters import add_query_parameters, query_of

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
        self.addParameter(QgsProcessingParameterBoolean("MASK", translate("originmap", "Mask names and phones"), True))
        self.addParameter(
            QgsProcessingParameterString(
                "PURPOSE", translate("originmap", "Purpose of an export in full"), optional=True
            )
        )
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
        masked = self.parameterAsBool(parameters, "MASK", context)
        purpose = self.parameterAsString(parameters, "PURPOSE", context).strip()
        if not masked and not purpose:
            raise OriginMapError("PURPOSE_MISSING")
        found = self._read(parameters, context, path)
        counts = whole(found.found)
        results: dict[str, object] = dict(zip(_count_titles(), _figures(counts)))
        target = self.parameterAsFileOutput(parameters, "WORKBOOK", context)
        if not masked:
            by = QgsApplication.userFullName() or QgsApplication.userLoginName()
            note_overdue(path, found, purpose, by, Path(target).name if target else "")
        if target:
            write_overdue(Path(target), found, masked=masked)
            results["WORKBOOK"] = target
        point = QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem(CGCS2000)
        listed = [_return_row(returned, People(masked)) for returned in found.not_in_time]
        tallies = [_Row(None, [tally.name, *_figures(tally)]) for tally in by_township(found.found)]
        for name, kinds, rows, shape in (
            ("LAYER", _RETURN_FIELDS, listed, point),
            ("TOWNSHIPS", _TALLY_FIELDS, tallies, no_geometry()),
        ):
            fields = _fields(kinds)
            sink, destination = self.parameterAsSink(parameters, name, context, fields, *shape)
            if sink is not None:
                _fill(sink, fields, rows)
                results[name] = destination
        feedback.pushInfo("，".join(f"{title} {results[name]}" for name, title in _count_titles().items()))
        return results

    def _read(self, parameters: dict[str, Any], context: QgsProcessingContext, path: Path) -> Returns:
        def day(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        deadlines = Days(day("DEADLINE_FROM"), day("DEADLINE_TO"))
        on = Days(day("ON"), day("ON")).first
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        as_of = date.fromisoformat(on) if on else today_in_china()
        return read_overdue(path, query, as_of, deadlines.first, deadlines.last)


class _Row(NamedTuple):
    point: Optional[Position]
    values: list[object]


def _return_row(returned: Returned, people: People) -> _Row:
    about = (returned.township, returned.village, returned.producer, returned.site, returned.variety, returned.cycle)
    collector = people.name(returned.collector), people.phone(returned.phone)
    step = returned.at[:10], people.name(returned.by), returned.reason, returned.deadline, returned.mended
    outcome = returned.outcome.value, _count_titles()[returned.outcome.name]
    return _Row(position_of(returned.geom), [returned.uid, *outcome, returned.days, *about, *collector, *step])


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


def _fields(kinds: Mapping[str, FieldKind]) -> QgsFields:
    fields = QgsFields()
    for name, kind in kinds.items():
        fields.append(new_field(name, kind))
    return fields


def _fill(sink: QgsFeatureSink, fields: QgsFields, rows: Iterable[_Row]) -> None:
    for row in rows:
        feature = QgsFeature(fields)
        feature.setAttributes(row.values)
        if row.point is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*row.point)))
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(sink.lastError())
