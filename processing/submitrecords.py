"""Processing algorithm that submits records for review, all that satisfy the rules in one step."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterEnum
from qgis.PyQt.QtCore import QCoreApplication

from ..core.review.process import Event, Role, load_process
from .algorithm import language
from .reviewstep import ReviewStep

_ROLES = (Role.COLLECTOR, Role.ENTERPRISE, Role.REVIEWER)


class SubmitRecords(ReviewStep):
    """Drafts and returned records become submitted ones."""

    NAME = "submitrecords"
    PICTURE = "submitrecords.svg"
    TAGS = ("submit", "hand in", "review", "bulk", "提交", "批量提交", "上报", "审核")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Submit records")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Submits the drafts and returned records of a query, or of a layer, for review: all of them in one step, "
            "which can be taken back as one. What is incomplete or breaks a rule stays as it is and is listed with the "
            "reason; submitted and left records add up to those found. Try it first to see what would not go.",
        )

    def event(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Event:
        """Submitting."""
        return Event.SUBMIT

    def role(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Role:
        """As the person chose."""
        return _ROLES[self.parameterAsEnum(parameters, "ROLE", context)]

    def add_own_parameters(self) -> None:
        """As what the person acts."""
        titles = [load_process().role_title(role.value, language()) for role in _ROLES]
        title = QCoreApplication.translate("originmap", "Acting as")
        self.addParameter(QgsProcessingParameterEnum("ROLE", title, titles, False, 0))
