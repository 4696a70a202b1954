"""What submitting and reviewing by Processing share: whose step it is, which records, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence, Union

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind, new_field
from ..core.onemap.filtered import ask
from ..core.onemap.query import Query
from ..core.register.register import Register
from ..core.register.review_reports import write_left_out
from ..core.register.reviewing import Comments, Preview, Staying, carry_out, preview
from ..core.review.person import Person
from ..core.review.process import Event, Role, load_process
from ..core.review.transitions import NO_TERMS, Terms
from ..core.standard.errors import OriginMapError
from ..core.standard.model import Standard
from ..core.standard.values.readers import reader_of
from .algorithm import FeedbackProgress, OriginMapAlgorithm, language
from .queryparameters import add_query_parameters, query_of
from .recordssink import record_fields, write_chosen
from .sinks import no_geometry

_SHOWN = 20
_LOOKING = 0.4  # share of the bar that finding out takes, beside doing it


class ReviewStep(OriginMapAlgorithm):
    """Takes one step with many records, or tries it; a subclass says which step, by whom and on what terms."""

    GROUP = "review"

    def event(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Event:
        """The step."""
        raise NotImplementedError(self.NAME)

    def role(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Role:
        """As what the person acts."""
        raise NotImplementedError(self.NAME)

    def terms(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Terms:
        """Reason and deadline."""
        return NO_TERMS

    def comments(self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register) -> Comments:
        """Remarks on fields that every record gets."""
        return ()

    def add_own_parameters(self) -> None:
        """The parameters between the records and the person."""

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which records, the step's own, the person, where the results go."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        self.add_which()
        self.add_own_parameters()
        self.addParameter(QgsProcessingParameterString("BY", translate("originmap", "Who takes this step (name)")))
        self.addParameter(_text("PHONE", translate("originmap", "Phone of that person")))
        area = _text("AREA", translate("originmap", "Division that this person looks after (code; empty: all)"))
        area.setFlags(area.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(area)
        dry_run = translate("originmap", "Only try it: nothing is written into the register")
        self.addParameter(QgsProcessingParameterBoolean("DRY_RUN", dry_run, False))
        self._add_outputs()

    def add_which(self) -> None:
        """The parameters that say which records: a query, a layer."""
        add_query_parameters(self)
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT",
                QCoreApplication.translate("originmap", "Only the records of this layer (with the column uid)"),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            )
        )

    def _add_outputs(self) -> None:
        translate = QCoreApplication.translate
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "WORKBOOK",
                translate("originmap", "Records left as they are, as workbook"),
                "XLSX (*.xlsx)",
                optional=True,
                createByDefault=False,
            )
        )
        self.addParameter(_sink("RECORDS", translate("originmap", "Records that took the step")))
        self.addParameter(_sink("LEFT_OUT", translate("originmap", "Records left as they are, with reasons")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records found")))
        self.addOutput(QgsProcessingOutputNumber("GONE", translate("originmap", "Records that took the step")))
        self.addOutput(QgsProcessingOutputNumber("STAYED", translate("originmap", "Records left as they are")))
        self.addOutput(QgsProcessingOutputString("STEP", translate("originmap", "Number of the step")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Find out, take the step unless it is only tried, fill the outputs, tell the counts."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        dry_run = self.parameterAsBool(parameters, "DRY_RUN", context)
        # The layers are made first: what cannot be made must not be found out behind the step.
        fields, crs, kind = record_fields(path)
        sink, sink_id = self.parameterAsSink(parameters, "RECORDS", context, fields, kind, crs)
        reasons, reasons_id = self.parameterAsSink(parameters, "LEFT_OUT", context, _reason_fields(), *no_geometry())
        with Register.open(path) as register:
            person, looking = self._person(parameters, context, register), FeedbackProgress(feedback, 0.0, _LOOKING)
            planned = self.planned(parameters, context, register, person, looking)
            comments = self.comments(parameters, context, register)
            gone, stays, step = _take(register, planned, comments, dry_run, feedback)
            results: dict[str, object] = {"COUNT": len(gone) + len(stays), "GONE": len(gone), "STAYED": len(stays)}
            results["STEP"] = step
            target = self.parameterAsFileOutput(parameters, "WORKBOOK", context)
            if target:
                results["WORKBOOK"] = _write(Path(target), register, planned.event, len(gone), stays, feedback)
        if sink is not None:
            write_chosen(path, gone, fields, sink)
            results["RECORDS"] = sink_id
        if reasons is not None:
            _fill(reasons, stays)
            results["LEFT_OUT"] = reasons_id
        _tell(planned.event, len(gone), stays, dry_run, feedback)
        if step:
            text = QCoreApplication.translate("originmap", "Number of the step, by which it can be taken back: {step}")
            feedback.pushInfo(text.format(step=step))
        return results

    def _person(self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register) -> Person:
        return Person(
            self.parameterAsString(parameters, "BY", context).strip(),
            _phone(self.parameterAsString(parameters, "PHONE", context), register.standard()),
            self.role(parameters, context),
            self.parameterAsString(parameters, "AREA", context).strip(),
        )

    def planned(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        register: Register,
        person: Person,
        progress: FeedbackProgress,
    ) -> Preview:
        """Which records would take the step."""
        event = self.event(parameters, context)
        which = self._which(parameters, context, register, event)
        return preview(register, event, which, person, self.terms(parameters, context), progress)

    def _which(
        self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register, event: Event
    ) -> Union[Query, list[str]]:
        """The query; where no state is asked for, of the records from whose state the step leads away."""
        query = query_of(self, parameters, context, register)
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            return query if query.states else replace(query, states=load_process().transitions[event].sources)
        place = source.fields().lookupField("uid")
        if place < 0:
            raise OriginMapError("INPUT_WITHOUT_UID", name=source.sourceName())
        listed = dict.fromkeys(str(feature.attributes()[place]) for feature in source.getFeatures())
        if not query.asked():
            return list(listed)
        # What the layer lists is asked for whatever its state, which is then the reason why it stays.
        every = tuple(choice.code for choice in register.standard().choices("status"))
        asked = query if query.states else replace(query, states=every)
        found = ask(register.connection, "SELECT uid FROM record WHERE {}", asked, register.standard())
        among = {uid for (uid,) in found}
        return [uid for uid in listed if uid in among]


def _phone(text: str, standard: Standard) -> str:
    """A phone as the register stores it, so that who collected a record is known again."""
    reading = reader_of(standard, "collector_phone")(text.strip() or None)
    if reading.value is None and text.strip():
        wrong = reading.problems[0]
        title = QCoreApplication.translate("originmap", "Phone of that person")
        raise OriginMapError(wrong.code, **{**wrong.params, "title": title})
    return str(reading.value or "")


def _take(
    register: Register, planned: Preview, comments: Comments, dry_run: bool, feedback: QgsProcessingFeedback
) -> tuple[Sequence[str], Sequence[Staying], str]:
    """Uids of what went, what stayed, and the step's id; after a try what would go, and no step."""
    if dry_run or not planned.goes:
        return [going.uid for going in planned.goes], planned.stays, ""
    remarks: Mapping[str, Comments] = {going.uid: comments for going in planned.goes} if comments else {}
    step = carry_out(register, planned, remarks, FeedbackProgress(feedback, _LOOKING, 1.0))
    return step.gone, (*planned.stays, *step.stayed), step.id


def _write(
    target: Path,
    register: Register,
    event: Event,
    gone: int,
    stays: Sequence[Staying],
    feedback: QgsProcessingFeedback,
) -> str:
    try:
        write_left_out(target, register, load_process().event_title(event.value), gone, stays)
    except OriginMapError as error:
        # The step itself stands; only its list could not be written.
        feedback.reportError(error.sentence(language()))
        return ""
    return str(target)


def _reason_fields() -> QgsFields:
    fields = QgsFields()
    for name in ("uid", "producer_name", "variety", "code", "reason"):
        fields.append(new_field(name, FieldKind.TEXT))
    return fields


def _fill(sink: QgsFeatureSink, stays: Iterable[Staying]) -> None:
    fields = _reason_fields()
    for staying in stays:
        feature = QgsFeature(fields)
        feature.setAttributes([staying.uid, staying.name, staying.variety, staying.code, staying.sentence(language())])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(sink.lastError())


def _tell(event: Event, gone: int, stays: Sequence[Staying], dry_run: bool, feedback: QgsProcessingFeedback) -> None:
    translate = QCoreApplication.translate
    for staying in stays[:_SHOWN]:
        feedback.pushWarning(f"{staying.name or staying.uid}：{staying.sentence(language())}")
    if len(stays) > _SHOWN:
        more = translate("originmap", "… and {count} more; all are in the list of what is left as it is.")
        feedback.pushWarning(more.format(count=len(stays) - _SHOWN))
    text = translate("originmap", "{step}: {gone} of {count} records, {stayed} left as they are.")
    if dry_run:
        text = translate("originmap", "{step}, only tried: {gone} of {count} records could, {stayed} could not.")
    title = load_process().event_title(event.value, language())
    feedback.pushInfo(text.format(step=title, gone=gone, count=gone + len(stays), stayed=len(stays)))


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)


def _sink(name: str, title: str) -> QgsProcessingParameterFeatureSink:
    kind = QgsProcessing.SourceType.TypeVector
    return QgsProcessingParameterFeatureSink(name, title, kind, None, True, False)
