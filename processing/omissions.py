"""Processing algorithm that looks for what the collection may have left out."""

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
    QgsProcessingParameterNumber,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind
from ..core.quality.omissions import MATCH, Gap, Omission
from ..core.register.left_out import LeftOut, named, read_left_out, said_of, write_left_out
from ..core.register.register import Register
from ..core.register.shown import Shown
from .algorithm import FeedbackProgress, OriginMapAlgorithm
from .days import add_day_parameter, day_of
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, fields_of, points
from .styling import Mark, Styler, style_marks

_TEXT, _WHOLE, _REAL = FieldKind.TEXT, FieldKind.INTEGER, FieldKind.REAL
_FIELDS = {
    **dict.fromkeys(("kind", "title", "township", "village", "producer_name", "variety"), _TEXT),
    **dict.fromkeys(("cycle", "compared_with"), _TEXT),
    **dict.fromkeys(("number_then", "number_now"), _REAL),
    **dict.fromkeys(("unit", "what", "candidate"), _TEXT),
    "score": _REAL,
    "roster_row": _WHOLE,
    **dict.fromkeys(("collector_name", "collector_phone", "uid", "uids"), _TEXT),
}
# Drawn in this order: what is about a place is a frame, so that what is about somebody in it can be seen within.
_MARKS = {
    Omission.DENSITY: Mark("diamond", "#37474f", 7.5, frame=True),
    Omission.VILLAGE: Mark("square", "#b71c1c", 4.8, frame=True),
    Omission.SCALE: Mark("triangle", "#6a1b9a", 3.0),
    Omission.PRODUCER: Mark("circle", "#e65100", 2.6),
    Omission.ROSTER: Mark("star", "#0d47a1", 4.2),
}


class Omissions(OriginMapAlgorithm):
    """Looks for villages, producers and scale that may be missing."""

    NAME = "omissions"
    GROUP = "quality"
    TAGS = ("omission", "missing", "coverage", "roster", "silent", "漏采", "漏报", "名册", "比对", "停产", "减少")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Omissions")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Looks for what may have been left out: villages that reported and now are silent, producers that "
            "vanished without having ended, scale that halved, producers of another office's list (certificates, "
            "insurance) without a record, and townships with far fewer or more sites than their neighbours. A list is "
            "matched by credit code, else by name and place, with the score shown. Nothing is proof: each line says "
            "what it compares.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which sites and day, the list to compare with, the outputs."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        add_day_parameter(self)
        roster = translate("originmap", "List of producers of another office (workbook)")
        self.addParameter(QgsProcessingParameterFile("ROSTER", roster, optional=True))
        least = translate("originmap", "Score from which on two producers are taken for one (0–1)")
        real = QgsProcessingParameterNumber.Type.Double
        self.addParameter(QgsProcessingParameterNumber("SCORE", least, real, MATCH, False, 0.0, 1.0))
        add_people_parameters(self)
        title = translate("originmap", "Omissions as workbook")
        target = QgsProcessingParameterFileDestination("WORKBOOK", title, "XLSX (*.xlsx)", None, True, False)
        self.addParameter(target)
        kind = QgsProcessing.SourceType.TypeVectorPoint
        layer = translate("originmap", "Possible omissions")
        self.addParameter(QgsProcessingParameterFeatureSink("LAYER", layer, kind, None, True, False))
        for name, title in _count_titles().items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Look, fill whatever was asked for, tell the counts."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        asked = PeopleAsked(self, parameters, context)
        left_out = self._read(parameters, context, path, feedback)
        counts = left_out.counts()
        results: dict[str, object] = {"OMISSIONS": len(left_out.gaps), **{k.name: n for k, n in counts.items()}}
        target = self.parameterAsFileOutput(parameters, "WORKBOOK", context)
        asked.note(path, len(left_out.gaps), left_out.heading, target)
        if target:
            write_left_out(Path(target), left_out, masked=asked.masked)
            results["WORKBOOK"] = target
        people, sinks = Shown(asked.masked), Sinks(self, parameters, context)
        sinks.fill("LAYER", fields_of(_FIELDS), (_row(gap, left_out, people) for gap in left_out.gaps), points())
        sinks.style("LAYER", _STYLER)
        feedback.pushInfo(left_out.heading)
        return {**results, **sinks.destinations}

    def _read(
        self, parameters: dict[str, Any], context: QgsProcessingContext, path: Path, feedback: QgsProcessingFeedback
    ) -> LeftOut:
        day = day_of(self, parameters, context)
        roster = self.parameterAsFile(parameters, "ROSTER", context)
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
        return read_left_out(
            path,
            query,
            day,
            roster=Path(roster) if roster else None,
            least=self.parameterAsDouble(parameters, "SCORE", context),
            progress=FeedbackProgress(feedback),
        )


def _style(layer: QgsVectorLayer) -> None:
    titles = {kind.value: _count_titles()[kind.name] for kind in Omission}
    style_marks(layer, "kind", {kind.value: mark for kind, mark in _MARKS.items()}, titles)


_STYLER = Styler(_style)


def _row(gap: Gap, left_out: LeftOut, people: Shown) -> SinkRow:
    last = gap.last
    collector = ("", "", "") if last is None else (people.name(last.collector), people.phone(last.phone), last.uid)
    return SinkRow(
        left_out.place_of(gap),
        [
            *(gap.kind.value, _count_titles()[gap.kind.name], gap.township, gap.village, named(gap, people)),
            *(gap.variety, gap.cycle, gap.before, gap.then, gap.now, gap.unit),
            *(said_of(gap, left_out.standard, people), people.listed(gap.candidate) if gap.candidate else ""),
            *(gap.score, gap.row or None, *collector, ",".join(gap.uids)),
        ],
    )


def _count_titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "OMISSIONS": translate("originmap", "Possible omissions"),
        Omission.VILLAGE.name: translate("originmap", "Silent villages"),
        Omission.PRODUCER.name: translate("originmap", "Vanished producers"),
        Omission.SCALE.name: translate("originmap", "Scale that halved"),
        Omission.ROSTER.name: translate("originmap", "On the list without a record"),
        Omission.DENSITY.name: translate("originmap", "Townships that stand out"),
    }
