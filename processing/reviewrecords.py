"""Processing algorithm that approves or returns submitted records, all of a query in one step."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.register import Register
from ..core.register.reviewing import Comments
from ..core.review.process import Event, Role, load_process
from ..core.review.transitions import NO_TERMS, Terms, today_in_china
from ..core.standard.errors import OriginMapError
from .algorithm import language
from .reviewstep import ReviewStep

_EVENTS = (Event.APPROVE, Event.RETURN)
_DAYS = re.compile("[0-9]{1,3}")
_POINT = ("geom", "点位", "Point")


class ReviewRecords(ReviewStep):
    """Submitted records become approved or returned ones."""

    NAME = "reviewrecords"
    PICTURE = "reviewrecords.svg"
    TAGS = ("review", "approve", "return", "deadline", "bulk", "审核", "审核通过", "退回", "批量审核", "整改期限")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Approve or return records")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Approves the submitted records of a query, or of a layer, or returns them with a reason and a deadline: "
            "all of them in one step, which can be taken back as one. Nobody reviews what they collected themselves. "
            "What cannot go stays as it is and is listed with the reason; reviewed and left records add up to those "
            "found. Try it first to see what would not go.",
        )

    def add_own_parameters(self) -> None:
        """What to do, and the terms of a return."""
        translate = QCoreApplication.translate
        titles = [load_process().event_title(event.value, language()) for event in _EVENTS]
        self.addParameter(QgsProcessingParameterEnum("ACTION", translate("originmap", "Step"), titles, False, 0))
        self.addParameter(_text("REASON", translate("originmap", "Reason of the return")))
        deadline = translate("originmap", "To be mended until (YYYY-MM-DD, or days from today)")
        self.addParameter(_text("DEADLINE", deadline))
        self.addParameter(
            QgsProcessingParameterMatrix(
                "COMMENTS",
                translate("originmap", "Comments on fields"),
                headers=[translate("originmap", "Field"), translate("originmap", "Remark")],
                optional=True,
            )
        )

    def event(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Event:
        """Approving or returning."""
        return _EVENTS[self.parameterAsEnum(parameters, "ACTION", context)]

    def role(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Role:
        """Only a reviewer may."""
        return Role.REVIEWER

    def terms(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Terms:
        """Reason and deadline of a return; an approval has none."""
        if self.event(parameters, context) is not Event.RETURN:
            return NO_TERMS
        deadline = self.parameterAsString(parameters, "DEADLINE", context).strip()
        if _DAYS.fullmatch(deadline):
            deadline = (today_in_china() + timedelta(days=int(deadline))).isoformat()
        return Terms(self.parameterAsString(parameters, "REASON", context).strip(), deadline)

    def comments(self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register) -> Comments:
        """Field and remark, in turns; a field is given by its name or its title."""
        if not parameters.get("COMMENTS"):
            return ()
        cells = [str(cell).strip() for cell in self.parameterAsMatrix(parameters, "COMMENTS", context)]
        names = dict.fromkeys(_POINT, _POINT[0])
        for field in register.standard().fields:
            names.update(dict.fromkeys((field.title_en, field.title, field.name), field.name))
        unknown = next((field for field in cells[::2] if field not in names), None)
        if unknown is not None or len(cells) % 2:
            raise OriginMapError("REVIEW_COMMENT_FIELD", value=unknown or cells[-1])
        return [(names[field], text) for field, text in zip(cells[::2], cells[1::2])]


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)
