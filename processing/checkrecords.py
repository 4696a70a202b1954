"""Processing algorithm that checks the records of a register, and applies what it proposes when asked to."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable

from qgis.core import (
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind, new_field
from ..core.quality.findings import Kind, QualityFinding
from ..core.register.applying import Applied, apply_proposals, proposals
from ..core.register.checking import Checked, check_register
from ..core.register.quality_reports import NOTED, Told, ordered, write_findings, write_page
from ..core.register.register import Register
from ..core.review.person import Person
from ..core.standard.model import Standard
from .algorithm import FeedbackProgress, OriginMapAlgorithm, language
from .people import PeopleAsked, add_people_parameters
from .queryparameters import add_query_parameters, query_of
from .sinks import SinkRow, Sinks, fields_of, points

_TEXTS = ("uid", "kind", "check", "level", "code", "field", "title", "what", "advice", "proposal")
_ABOUT = ("producer_name", "variety", "cycle", "township", "village", "site_name", "status")
_SHOWN = 20
# What an export in full is called in the register, where other lists name their query.


class CheckRecords(OriginMapAlgorithm):
    """Finds what is incomplete, against the standard or evidently wrong, over the whole register."""

    NAME = "checkrecords"
    GROUP = "quality"
    TAGS = ("check", "quality", "findings", "duplicates", "coordinates", "质量", "检查", "核查", "问题", "重复", "坐标")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Check records")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Finds what is incomplete, against the standard or evidently wrong: points outside the stated division or "
            "shifted, slips in coordinates, copied or evenly stepped points, implausible scales and periods, shared "
            "phones, producers written in several ways, duplicates. All records are compared; the conditions choose "
            "whose findings are told. Findings set aside are left out until their record changes. Nothing is changed "
            "unless you ask for the proposed points to be applied; the history keeps what was, and approved records "
            "wait for their review again. Names and phones are masked unless you say otherwise; in full they need a "
            "purpose, which is noted in the register.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, which records, which kinds of check, what is done, the outputs."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        kinds = [kind.title(language()) for kind in Kind]
        self.addParameter(
            QgsProcessingParameterEnum("KINDS", translate("originmap", "Kinds (none: all)"), kinds, True, [], True)
        )
        self._add_applying()
        add_people_parameters(self)
        self._add_outputs()

    def _add_applying(self) -> None:
        translate = QCoreApplication.translate
        apply = translate("originmap", "Apply the proposed points (only those without an alternative)")
        self.addParameter(QgsProcessingParameterBoolean("APPLY", apply, False))
        number = QgsProcessingParameterNumber.Type.Integer
        of_import = translate("originmap", "Apply only to the records of this import (number)")
        self.addParameter(QgsProcessingParameterNumber("IMPORT", of_import, number, None, True, 1))
        by = translate("originmap", "Who applies them (name)")
        self.addParameter(QgsProcessingParameterString("BY", by, optional=True))

    def _add_outputs(self) -> None:
        translate = QCoreApplication.translate
        for name, title, kind in (
            ("REPORT", translate("originmap", "Report as one page"), "HTML (*.html)"),
            ("WORKBOOK", translate("originmap", "Findings as workbook"), "XLSX (*.xlsx)"),
        ):
            self.addParameter(
                QgsProcessingParameterFileDestination(name, title, kind, optional=True, createByDefault=False)
            )
        vector = QgsProcessing.SourceType.TypeVectorPoint
        title = translate("originmap", "Findings")
        self.addParameter(QgsProcessingParameterFeatureSink("LAYER", title, vector, None, True, False))
        for name, told in _count_titles().items():
            self.addOutput(QgsProcessingOutputNumber(name, told))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Check, fill whatever was asked for, apply if asked to, tell the counts."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        asked = PeopleAsked(self, parameters, context)
        with Register.open(path, read_only=True) as register:
            query = query_of(self, parameters, context, register)
            standard, county = register.standard(), register.county_name
            which = query if query.asked() else None
            kinds = [list(Kind)[place] for place in self.parameterAsEnums(parameters, "KINDS", context)]
            checked = check_register(register, which, progress=FeedbackProgress(feedback, 0.0, 0.8))
        checked = checked.of_kinds(kinds) if kinds else checked
        results: dict[str, object] = {}
        asked.note(path, checked.faulty, NOTED, self._file(parameters, "WORKBOOK", context))
        for name, write in (("REPORT", write_page), ("WORKBOOK", write_findings)):
            if target := self._file(parameters, name, context):
                write(Path(target), checked, county, standard, masked=asked.masked)
                results[name] = target
        sinks, told = Sinks(self, parameters, context), Told(standard, asked.masked, language())
        rows = (_row(finding, checked, told) for finding in ordered(checked))
        sinks.fill("LAYER", _fields(standard), rows, points())
        results.update(sinks.destinations)
        applied = self._apply(parameters, context, path, checked, feedback)
        figures = (checked.records, checked.faulty, len(checked.findings), *checked.by_kind().values())
        counts = (*figures, len(checked.aside), len(applied.done), len(applied.left))
        results.update(zip(_count_titles(), counts))
        feedback.pushInfo("，".join(f"{title} {results[name]}" for name, title in _count_titles().items()))
        return results

    def _file(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        return self.parameterAsFileOutput(parameters, name, context)

    def _apply(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        path: Path,
        checked: Checked,
        feedback: QgsProcessingFeedback,
    ) -> Applied:
        if not self.parameterAsBool(parameters, "APPLY", context):
            return Applied((), ())
        given = parameters.get("IMPORT") is not None
        chosen = proposals(checked, self.parameterAsInt(parameters, "IMPORT", context) if given else None)
        person = Person(self.parameterAsString(parameters, "BY", context).strip())
        with Register.open(path) as register:
            applied = apply_proposals(register, chosen, checked.lines, person, FeedbackProgress(feedback, 0.8, 1.0))
        for left in applied.left[:_SHOWN]:
            feedback.pushWarning(f"{checked.lines[left.uid].producer_name}：{left.sentence(language())}")
        return applied


def _count_titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "RECORDS": translate("originmap", "Records checked"),
        "FAULTY": translate("originmap", "Records with findings"),
        "FINDINGS": translate("originmap", "Findings"),
        **{kind.name: kind.title(language()) for kind in Kind},
        "ASIDE": translate("originmap", "Set aside"),
        "APPLIED": translate("originmap", "Records changed"),
        "LEFT": translate("originmap", "Records left as they are"),
    }


def _fields(standard: Standard) -> QgsFields:
    fields = fields_of(dict.fromkeys(_TEXTS, FieldKind.TEXT))
    titles = {field.name: field.title_in(language()) for field in standard.fields}
    for name in _ABOUT:
        field = new_field(name, FieldKind.TEXT)
        field.setAlias(titles[name])
        fields.append(field)
    return fields


def _row(finding: QualityFinding, checked: Checked, told: Told) -> SinkRow:
    line = checked.lines[finding.uid]
    about = (told.producer(line) if name == "producer_name" else getattr(line, name) for name in _ABOUT)
    return SinkRow(line.point, [*_texts(finding, told), *about])


def _texts(finding: QualityFinding, told: Told) -> Iterable[str]:
    said = told.message(finding)
    proposal = finding.proposal.sentence(language()) if finding.proposal else ""
    kind = finding.kind.title(language())
    return (
        *(finding.uid, kind, finding.check, finding.level.value, finding.code, finding.field),
        *(said.title, said.text, said.advice, proposal),
    )
