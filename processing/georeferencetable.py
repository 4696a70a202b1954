"""Processing algorithm for the main job: a workbook of producers goes into the register, its findings come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Union

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.coordinates.datums import Datum
from ..core.georeference.findings import write_findings
from ..core.georeference.options import AddressPoints, Counts, ErrorPolicy, Options, Outcome
from ..core.georeference.pipeline import georeference
from ..core.register.register import Register
from ..core.standard.errors import OriginMapError
from ..core.standard.masking import masked_finding
from ..core.standard.messages import message
from ..core.standard.model import Standard
from .algorithm import FeedbackProgress, OriginMapAlgorithm, language
from .findingssink import FindingsSink
from .recordssink import record_fields, write_records
from .sinks import no_geometry

DATUMS: tuple[Optional[Datum], ...] = (None, Datum.CGCS2000, Datum.WGS84, Datum.GCJ02, Datum.BD09)
ERRORS = (ErrorPolicy.REFUSE, ErrorPolicy.DRAFT)
ADDRESS_POINTS = (AddressPoints.KEEP, AddressPoints.LEAVE_OUT)
_COUNTS = ("rows", "new", "updated", "unchanged", "refused", "without_point", "approximate", "drafts", "skipped")
_IMPORT_SHARE = 0.8
# Central meridians of the zones that reach into China, in degrees east.
_WESTERNMOST, _EASTERNMOST = 69.0, 138.0
_SHOWN = 10


class GeoreferenceTable(OriginMapAlgorithm):
    """Imports a workbook."""

    NAME = "georeferencetable"
    GROUP = "georeference"
    TAGS = ("import", "workbook", "excel", "csv", "georeference", "points", "导入", "采集表", "定位", "表格", "批量")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Georeference table")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Brings a workbook of producers (XLSX, XLSM, XLS, ODS, CSV, TXT) into the register. The header is found by "
            "itself; every row is checked against the data standard and ends as new, updated, unchanged or refused. A "
            "row without coordinates is no error: it waits for its point. Refused rows come back in the findings "
            "workbook, a copy of your file with the faulty cells coloured and explained; correct it and import it "
            "again, and only what changed is taken. If anything goes wrong, the register stays as it was.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register and the workbook, how to read it, where the results go."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        self.addParameter(QgsProcessingParameterFile("WORKBOOK", translate("originmap", "Workbook")))
        self._add_reading_parameters()
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "FINDINGS_WORKBOOK",
                translate("originmap", "Findings workbook"),
                translate("originmap", "Excel workbook (*.xlsx);;Excel workbook with macros (*.xlsm)"),
                optional=True,
                createByDefault=False,
            )
        )
        self.addParameter(_sink("POINTS", translate("originmap", "Records of this import")))
        self.addParameter(_sink("FINDINGS", translate("originmap", "Findings")))
        for name, title in _count_titles().items():
            self.addOutput(QgsProcessingOutputNumber(_output(name), title))

    def _add_reading_parameters(self) -> None:
        translate = QCoreApplication.translate
        self.addParameter(_text("SHEET", translate("originmap", "Sheet (empty: all visible ones with a header)")))
        datums = [translate("originmap", "As the workbook says, else CGCS2000"), "CGCS2000", "WGS84", "GCJ-02", "BD-09"]
        self.addParameter(_choice("DATUM", translate("originmap", "Datum of the coordinates"), datums))
        meridian = QgsProcessingParameterNumber(
            "CENTRAL_MERIDIAN",
            translate("originmap", "Central meridian of eastings without a zone (degrees)"),
            QgsProcessingParameterNumber.Type.Double,
            optional=True,
            minValue=_WESTERNMOST,
            maxValue=_EASTERNMOST,
        )
        self.addParameter(meridian)
        self.addParameter(_text("COUNTY", translate("originmap", "County code (empty: the register's own)")))
        errors = [
            translate("originmap", "refuse them; they come back in the findings workbook"),
            translate("originmap", "keep them as drafts, faulty cells empty"),
        ]
        self.addParameter(_choice("ERRORS", translate("originmap", "Rows with errors"), errors))
        addresses = [
            translate("originmap", "draw them at the division's centre, marked as approximate"),
            translate("originmap", "leave them without a point"),
        ]
        self.addParameter(_choice("APPROXIMATE", translate("originmap", "Rows with an address alone"), addresses))
        self.addParameter(
            QgsProcessingParameterMatrix(
                "COLUMNS",
                translate("originmap", "Columns mapped by hand"),
                headers=[translate("originmap", "Field"), translate("originmap", "Header in the workbook")],
                optional=True,
            )
        )
        self.addParameter(_text("BY", translate("originmap", "Who imports")))
        dry_run = translate("originmap", "Only try it: nothing is written into the register")
        self.addParameter(QgsProcessingParameterBoolean("DRY_RUN", dry_run, False))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Import, write the findings, fill the sinks, tell the counts."""
        register = Path(self.parameterAsFile(parameters, "REGISTER", context))
        workbook = Path(self.parameterAsFile(parameters, "WORKBOOK", context))
        options = self._options(parameters, context)
        # The layers are made first: what cannot be made must not be found out behind the import.
        with Register.open(register) as opened:
            standard = opened.standard()
        findings = FindingsSink(standard, language())
        fields, crs, kind = record_fields(register)
        points_sink, points_id = self.parameterAsSink(parameters, "POINTS", context, fields, kind, crs)
        found_sink, found_id = self.parameterAsSink(parameters, "FINDINGS", context, findings.fields, *no_geometry())
        outcome = georeference(workbook, register, options, FeedbackProgress(feedback, 0.0, _IMPORT_SHARE))
        results: dict[str, object] = {_output(name): getattr(outcome.counts, name) for name in _COUNTS}
        target = self.parameterAsFileOutput(parameters, "FINDINGS_WORKBOOK", context)
        if target:
            results["FINDINGS_WORKBOOK"] = _write_findings(workbook, Path(target), outcome, feedback)
        if points_sink is not None:
            write_records(register, outcome.import_id, fields, points_sink)
            results["POINTS"] = points_id
        if found_sink is not None:
            findings.write(outcome.findings, found_sink)
            results["FINDINGS"] = found_id
        _tell(outcome, standard, feedback)
        return results

    def _options(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Options:
        meridian = parameters.get("CENTRAL_MERIDIAN")
        sheet = self.parameterAsString(parameters, "SHEET", context).strip()
        return Options(
            sheets=(sheet,) if sheet else (),
            datum=DATUMS[self.parameterAsEnum(parameters, "DATUM", context)],
            central_meridian=None
            if meridian in (None, "")
            else self.parameterAsDouble(parameters, "CENTRAL_MERIDIAN", context),
            county_code=self.parameterAsString(parameters, "COUNTY", context).strip(),
            errors=ERRORS[self.parameterAsEnum(parameters, "ERRORS", context)],
            address_points=ADDRESS_POINTS[self.parameterAsEnum(parameters, "APPROXIMATE", context)],
            dry_run=self.parameterAsBool(parameters, "DRY_RUN", context),
            columns=_pairs(self.parameterAsMatrix(parameters, "COLUMNS", context)) if parameters.get("COLUMNS") else {},
            by=self.parameterAsString(parameters, "BY", context).strip(),
        )


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)


def _output(count: str) -> str:
    return "APPROXIMATE_POINTS" if count == "approximate" else count.upper()


def _choice(name: str, title: str, options: list[str]) -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(name, title, options, False, 0)


def _sink(name: str, title: str) -> QgsProcessingParameterFeatureSink:
    kind = QgsProcessing.SourceType.TypeVector
    return QgsProcessingParameterFeatureSink(name, title, kind, optional=True, createByDefault=False)


def _pairs(cells: list[Any]) -> dict[str, Union[int, str]]:
    """Field and header, in turns; a header given as a number is the column's place (from 1)."""
    if len(cells) % 2:
        raise QgsProcessingException(
            QCoreApplication.translate("originmap", "Columns mapped by hand: give a field and a header in each row.")
        )
    pairs = zip(map(str, cells[::2]), map(str, cells[1::2]))
    return {field: int(header) - 1 if header.isdecimal() else header for field, header in pairs if field and header}


def _write_findings(workbook: Path, target: Path, outcome: Outcome, feedback: QgsProcessingFeedback) -> str:
    try:
        written = write_findings(workbook, target, outcome, language())
    except OriginMapError as error:
        # The import itself stands; only its report could not be written.
        feedback.reportError(error.sentence(language()))
        return ""
    for note in written.notes:
        feedback.pushInfo(note.message(language()).sentence)
    return str(written.path)


def _tell(outcome: Outcome, standard: Standard, feedback: QgsProcessingFeedback) -> None:
    for report in outcome.sheets:
        if not report.read:
            feedback.pushInfo(message(report.reason, language(), {"sheet": report.name}).sentence)
    errors = [finding for finding in outcome.findings if finding.level.value == "error"]
    for finding in errors[:_SHOWN]:
        row = QCoreApplication.translate("originmap", "{sheet}, row {row}: {text}")
        text = masked_finding(finding, standard).message(language()).sentence
        feedback.pushWarning(row.format(sheet=finding.sheet, row=finding.row, text=text))
    if len(errors) > _SHOWN:
        more = QCoreApplication.translate("originmap", "… and {count} more errors; all are in the findings.")
        feedback.pushWarning(more.format(count=len(errors) - _SHOWN))
    if outcome.remarks_left_out:
        cut = QCoreApplication.translate("originmap", "{count} more remarks are not listed.")
        feedback.pushInfo(cut.format(count=outcome.remarks_left_out))
    feedback.pushInfo(_summary(outcome.counts))


def _summary(counts: Counts) -> str:
    titles = _count_titles()
    return "，".join(f"{titles[name]} {getattr(counts, name)}" for name in _COUNTS)


def _count_titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "rows": translate("originmap", "Rows"),
        "new": translate("originmap", "New"),
        "updated": translate("originmap", "Updated"),
        "unchanged": translate("originmap", "Unchanged"),
        "refused": translate("originmap", "Refused"),
        "without_point": translate("originmap", "Waiting for a point"),
        "approximate": translate("originmap", "Approximate points"),
        "drafts": translate("originmap", "Kept with errors"),
        "skipped": translate("originmap", "Titles, notes and totals"),
    }
