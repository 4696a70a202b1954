"""Takes a county's official outlines and its village list into the register."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.places.divisions import DivisionLevel
from ..core.register.divisions import DivisionFields, LoadReport, load_boundaries, load_villages
from ..core.register.register import Register
from .algorithm import FeedbackProgress, OriginMapAlgorithm, language


class LoadBoundaries(OriginMapAlgorithm):
    """Any polygon layer with code and name in, and optionally the village list."""

    NAME = "loadboundaries"
    GROUP = "register"
    TAGS = ("行政区划", "边界", "乡镇界", "县界", "村名录", "区划", "boundaries", "divisions", "villages")

    REGISTER = "REGISTER"
    BOUNDARIES = "BOUNDARIES"
    CODE_FIELD = "CODE_FIELD"
    NAME_FIELD = "NAME_FIELD"
    LEVEL = "LEVEL"
    VILLAGES = "VILLAGES"
    VILLAGE_CODE = "VILLAGE_CODE"
    VILLAGE_NAME = "VILLAGE_NAME"
    VILLAGE_LONGITUDE = "VILLAGE_LONGITUDE"
    VILLAGE_LATITUDE = "VILLAGE_LATITUDE"
    VILLAGE_ALIAS = "VILLAGE_ALIAS"
    LOADED = "LOADED"
    REPLACED = "REPLACED"
    REFUSED = "REFUSED"
    REASONS = "REASONS"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Load boundaries and village list")

    def shortHelpString(self) -> str:
        """The help beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Takes the county's official outlines (any vector layer with a division code and a name) and its own "
            "village list (a table or points) into the register. With them a point knows its township, the map has "
            "its lines, and an address is found down to the village.\n\n"
            "Outlines are reprojected to CGCS2000 and made valid; layers in Xian 1980 or Beijing 1954 are refused, "
            "since their parameters are state secrets. A code that is there already is replaced. What is refused is "
            "listed with the reason; the rest is loaded.",
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterFile(
                self.REGISTER, QCoreApplication.translate("originmap", "Register"), extension="gpkg"
            )
        )
        self._add_source(
            self.BOUNDARIES,
            QCoreApplication.translate("originmap", "Outlines"),
            QgsProcessing.SourceType.TypeVectorPolygon,
        )
        self._add_field(self.CODE_FIELD, QCoreApplication.translate("originmap", "Code field"), self.BOUNDARIES)
        self._add_field(self.NAME_FIELD, QCoreApplication.translate("originmap", "Name field"), self.BOUNDARIES)
        self._add_field(self.LEVEL, QCoreApplication.translate("originmap", "Level field"), self.BOUNDARIES)
        self._add_source(
            self.VILLAGES, QCoreApplication.translate("originmap", "Village list"), QgsProcessing.SourceType.TypeVector
        )
        for name, title in (
            (self.VILLAGE_CODE, QCoreApplication.translate("originmap", "Village code field")),
            (self.VILLAGE_NAME, QCoreApplication.translate("originmap", "Village name field")),
            (self.VILLAGE_LONGITUDE, QCoreApplication.translate("originmap", "Longitude field")),
            (self.VILLAGE_LATITUDE, QCoreApplication.translate("originmap", "Latitude field")),
            (self.VILLAGE_ALIAS, QCoreApplication.translate("originmap", "Alias field")),
        ):
            self._add_field(name, title, self.VILLAGES)
        for name, title in (
            (self.LOADED, QCoreApplication.translate("originmap", "Divisions loaded")),
            (self.REPLACED, QCoreApplication.translate("originmap", "Divisions replaced")),
            (self.REFUSED, QCoreApplication.translate("originmap", "Rows refused")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(
            QgsProcessingOutputString(self.REASONS, QCoreApplication.translate("originmap", "Reasons of refusal"))
        )

    def _add_source(self, name: str, title: str, kind: QgsProcessing.SourceType) -> None:
        self.addParameter(QgsProcessingParameterFeatureSource(name, title, [kind], optional=True))

    def _add_field(self, name: str, title: str, parent: str) -> None:
        self.addParameter(QgsProcessingParameterField(name, title, parentLayerParameterName=parent, optional=True))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Each layer needs its code and name field, and one of the two must be there."""
        layers = [
            (self.BOUNDARIES, self.CODE_FIELD, self.NAME_FIELD),
            (self.VILLAGES, self.VILLAGE_CODE, self.VILLAGE_NAME),
        ]
        given = [layer for layer in layers if parameters.get(layer[0])]
        if not given:
            return False, QCoreApplication.translate("originmap", "Give outlines, a village list, or both.")
        if not all(parameters.get(field) for layer in given for field in layer[1:]):
            return False, QCoreApplication.translate("originmap", "Say which fields hold the code and the name.")
        return super().checkParameterValues(parameters, context)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Load what was given, tell what became of it."""
        reports = []
        with Register.open(self.parameterAsFile(parameters, self.REGISTER, context)) as register:
            for name, load, fields, share in (
                (self.BOUNDARIES, load_boundaries, self._outline_fields(parameters, context), (0.0, 0.5)),
                (self.VILLAGES, load_villages, self._village_fields(parameters, context), (0.5, 1.0)),
            ):
                if not parameters.get(name):
                    continue
                source = self.parameterAsSource(parameters, name, context)
                if source is None:
                    raise QgsProcessingException(self.invalidSourceError(parameters, name))
                progress = FeedbackProgress(feedback, *share)
                reports.append(load(register, source, fields, progress, context.transformContext()))
        reasons = [reason for report in reports for reason in _reasons(report)]
        for report in reports:
            _tell(report, feedback)
        for reason in reasons:
            feedback.pushWarning(reason)
        return {
            self.LOADED: sum(sum(report.loaded.values()) for report in reports),
            self.REPLACED: sum(sum(report.replaced.values()) for report in reports),
            self.REFUSED: len(reasons),
            self.REASONS: "\n".join(reasons),
        }

    def _outline_fields(self, parameters: dict[str, Any], context: QgsProcessingContext) -> DivisionFields:
        names = (self.CODE_FIELD, self.NAME_FIELD, self.LEVEL)
        return DivisionFields(*(self.parameterAsString(parameters, name, context) for name in names))

    def _village_fields(self, parameters: dict[str, Any], context: QgsProcessingContext) -> DivisionFields:
        names = (
            self.VILLAGE_CODE,
            self.VILLAGE_NAME,
            self.VILLAGE_LONGITUDE,
            self.VILLAGE_LATITUDE,
            self.VILLAGE_ALIAS,
        )
        code, name, longitude, latitude, aliases = (self.parameterAsString(parameters, n, context) for n in names)
        return DivisionFields(code, name, longitude=longitude, latitude=latitude, aliases=aliases)


def _reasons(report: LoadReport) -> list[str]:
    return [
        QCoreApplication.translate("originmap", "Feature {number}: {sentence}").format(
            number=row.feature, sentence=row.message(language()).sentence
        )
        for row in report.refused
    ]


def _tell(report: LoadReport, feedback: QgsProcessingFeedback) -> None:
    titles = {
        DivisionLevel.PROVINCE: QCoreApplication.translate("originmap", "Provinces"),
        DivisionLevel.CITY: QCoreApplication.translate("originmap", "Cities"),
        DivisionLevel.COUNTY: QCoreApplication.translate("originmap", "Counties"),
        DivisionLevel.TOWNSHIP: QCoreApplication.translate("originmap", "Townships"),
        DivisionLevel.VILLAGE: QCoreApplication.translate("originmap", "Villages"),
    }
    for level, title in titles.items():
        if report.loaded[level] or report.replaced[level]:
            feedback.pushInfo(
                QCoreApplication.translate("originmap", "{level}: {new} new, {replaced} replaced").format(
                    level=title, new=report.loaded[level], replaced=report.replaced[level]
                )
            )
    if report.merged:
        feedback.pushInfo(
            QCoreApplication.translate(
                "originmap", "{count} features were joined with another of the same code"
            ).format(count=report.merged)
        )
