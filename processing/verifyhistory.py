"""Processing algorithm that holds the history against its chain of seals and names the first broken link."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable

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
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind, new_field
from ..core.register.errors import told_plainly
from ..core.register.register import Register
from ..core.register.sealing import seal_all
from ..core.register.verifying import Broken, Verification, verify
from .algorithm import FeedbackProgress, OriginMapAlgorithm, language
from .sinks import no_geometry

_SHOWN = 20


class VerifyHistory(OriginMapAlgorithm):
    """Shows whether history and reviews still are what was sealed."""

    NAME = "verifyhistory"
    GROUP = "review"
    PICTURE = "verifyhistory.svg"
    TAGS = ("history", "audit", "tamper", "hash chain", "seal", "历史", "核验", "篡改", "封存", "留痕", "哈希链")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Verify history")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Looks whether the triggers that hold rules and history are as they were made, holds records, history and "
            "reviews against the chain of seals in the register, and names the first link that does not hold: what was "
            "changed, is missing or was put in outside of the register's own ways. What was not sealed yet is counted, "
            "and can be sealed here. Keep the print of the last link outside of the register, on paper or in a report, "
            "and give it the next time: a chain that somebody made anew from the start, or cut off at its end, does "
            "not have it.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the print that is known, whether to seal; what was found."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        known = translate("originmap", "Print of the last link, as an earlier run told it")
        self.addParameter(QgsProcessingParameterString("KNOWN_HEAD", known, optional=True))
        sealing = translate("originmap", "Seal what is not sealed yet, if all links hold")
        self.addParameter(QgsProcessingParameterBoolean("SEAL", sealing, False))
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "LINKS",
                translate("originmap", "Broken links"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            )
        )
        for name, title in (
            ("CHECKED", translate("originmap", "Links that were checked")),
            ("BROKEN", translate("originmap", "Broken links")),
            ("UNSEALED", translate("originmap", "Entries not sealed yet")),
            ("REPAIRED", translate("originmap", "Times that triggers were put right before")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(QgsProcessingOutputString("FIRST", translate("originmap", "First broken link")))
        self.addOutput(QgsProcessingOutputString("HEAD", translate("originmap", "Print of the last link")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Verify, seal what is new where that was asked for, tell what was found."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        known = self.parameterAsString(parameters, "KNOWN_HEAD", context).strip()
        sealing = self.parameterAsBool(parameters, "SEAL", context)
        fields = _fields()
        sink, sink_id = self.parameterAsSink(parameters, "LINKS", context, fields, *no_geometry())
        end = 0.5 if sealing else 1.0
        with Register.open(path, read_only=True) as register:
            found = verify(register, FeedbackProgress(feedback, 0.0, end), known)
        if sealing and found.first is None and found.unsealed:
            with Register.open(path) as register:
                progress = FeedbackProgress(feedback, end, 1.0)
                with told_plainly(path):
                    seal_all(register.connection, progress)
                found = verify(register, progress, known)
        results: dict[str, object] = {
            "CHECKED": found.checked,
            "BROKEN": len(found.broken),
            "UNSEALED": found.unsealed,
            "REPAIRED": len(found.repairs),
            "FIRST": "" if found.first is None else found.first.sentence(language()),
            "HEAD": found.head,
        }
        if sink is not None:
            _fill(sink, fields, found.broken)
            results["LINKS"] = sink_id
        _tell(found, feedback)
        return results


def _fields() -> QgsFields:
    fields = QgsFields()
    for name, kind in (
        ("subject", FieldKind.TEXT),
        ("row", FieldKind.INTEGER),
        ("uid", FieldKind.TEXT),
        ("kind", FieldKind.TEXT),
        ("what", FieldKind.TEXT),
        ("name", FieldKind.TEXT),
    ):
        fields.append(new_field(name, kind))
    return fields


def _fill(sink: QgsFeatureSink, fields: QgsFields, broken: Iterable[Broken]) -> None:
    for link in broken:
        feature = QgsFeature(fields)
        values = [link.subject, link.row, link.uid, link.kind.value, link.sentence(language()), link.name]
        feature.setAttributes(values)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(sink.lastError())


def _tell(found: Verification, feedback: QgsProcessingFeedback) -> None:
    translate = QCoreApplication.translate
    for link in found.broken[:_SHOWN]:
        feedback.reportError(link.sentence(language()))
    for repair in found.repairs:
        feedback.pushWarning(repair.sentence(language()))
    if len(found.broken) > _SHOWN:
        more = translate("originmap", "… and {count} more broken links.")
        feedback.reportError(more.format(count=len(found.broken) - _SHOWN))
    text = translate("originmap", "{checked} links checked, {broken} broken, {unsealed} entries not sealed yet.")
    counts = {"checked": found.checked, "broken": len(found.broken), "unsealed": found.unsealed}
    feedback.pushInfo(text.format(**counts))
    feedback.pushInfo(translate("originmap", "Print of the last link: {head}").format(head=found.head))
