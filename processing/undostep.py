"""Processing algorithm that takes a whole step of the review back, as the dock's undo does: by a new one."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterEnum, QgsProcessingParameterString
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.errors import RegisterError
from ..core.register.register import Register
from ..core.register.reviewing import Preview, last_step, preview_undo
from ..core.review.person import Person
from ..core.review.process import Event, Role, load_process
from .algorithm import FeedbackProgress, language
from .reviewstep import ReviewStep

_ROLES = (Role.REVIEWER, Role.COLLECTOR, Role.ENTERPRISE)


class UndoStep(ReviewStep):
    """Records go back to the state they had before a step."""

    NAME = "undostep"
    PICTURE = "undostep.svg"
    TAGS = ("undo", "take back", "revert", "review", "bulk", "撤销", "撤回", "撤销办理", "批量撤销", "审核", "提交")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Take back a step")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Takes back what one person submitted, approved or returned at one go, in the dock or by an algorithm: all "
            "records of that step go back to the state they had before. Nothing is erased: the history keeps the step "
            "and its taking back. Only the person who took the step can take it back, and only what has not moved on "
            "since; what stays is listed with the reason. Without a number it is that person's last step.",
        )

    def event(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Event:
        """Taking back."""
        return Event.UNDO

    def role(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Role:
        """As what the step was taken."""
        return _ROLES[self.parameterAsEnum(parameters, "ROLE", context)]

    def add_which(self) -> None:
        """The step, by its number."""
        number = QCoreApplication.translate("originmap", "Number of the step (empty: the person's last one)")
        self.addParameter(QgsProcessingParameterString("STEP_ID", number, optional=True))

    def add_own_parameters(self) -> None:
        """As what the person acts."""
        titles = [load_process().role_title(role.value, language()) for role in _ROLES]
        title = QCoreApplication.translate("originmap", "Acting as")
        self.addParameter(QgsProcessingParameterEnum("ROLE", title, titles, False, 0))

    def planned(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        register: Register,
        person: Person,
        progress: FeedbackProgress,
    ) -> Preview:
        """The records of the step, and which of them can go back."""
        number = self.parameterAsString(parameters, "STEP_ID", context).strip()
        if not number:
            last = last_step(register.connection, person)
            if last is None:
                raise RegisterError("REVIEW_NO_STEP_YET", name=person.name)
            number = last.id
        return preview_undo(register, number, person, progress)
