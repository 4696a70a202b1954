"""With which terms records are returned: the reason, and the day until which they are to be mended."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QDateEdit, QGridLayout, QLabel, QWidget

from ...core.review.transitions import Terms, today_in_china
from ..reason import ReasonBox, no_reason_given
from ..small_panel import SmallPanel

_DAY = "yyyy-MM-dd"
_USUAL_DAYS = 7


class TermsFields(QWidget):
    """The reason, chosen or typed, and the deadline; what was given last stands there again.

    Args:
        name: begins the names of the two fields.
        commented: whether the reason can be that there are comments.
    """

    def __init__(self, name: str, commented: bool = False, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._see_comments = translate("originmap", "See the comments at the fields")
        reasons = [*([self._see_comments] if commented else []), *_reasons()]
        self.reason = ReasonBox(f"{name}_reason", reasons)
        self._deadline = QDateEdit()
        self._deadline.setObjectName(f"{name}_deadline")
        self._deadline.setCalendarPopup(True)
        self._deadline.setDisplayFormat(_DAY)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (title, field) in enumerate(
            ((translate("originmap", "Reason"), self.reason), (translate("originmap", "Mend by"), self._deadline))
        ):
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        self.renew()

    @property
    def terms(self) -> Terms:
        """As they stand there."""
        return Terms(self.reason.reason, self._deadline.date().toString(_DAY))

    def renew(self, comments: int = 0) -> None:
        """A week from today, unless a later day was chosen before; with comments the reason is what they say."""
        points_there = self.reason.currentText() == self._see_comments
        if comments:
            self.reason.setCurrentText(self._see_comments)
        elif points_there:
            self.reason.setCurrentText(_reasons()[0])
        today = QDate(today_in_china().year, today_in_china().month, today_in_china().day)
        self._deadline.setMinimumDate(today)
        self._deadline.setDate(max(self._deadline.date(), today.addDays(_USUAL_DAYS)))


class ReturnPanel(SmallPanel):
    """``returned`` brings the :class:`Terms`; the record at hand is meant."""

    returned = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("originmap_return", QCoreApplication.translate("originmap", "Return it"), parent)
        self._fields = TermsFields("originmap_return", commented=True)
        self.body.addWidget(self._fields)

    def ask(self, producer: str, comments: int) -> None:
        """Ask about a record with so many comments."""
        translate = QCoreApplication.translate
        if comments:
            title = translate("originmap", "Return “{producer}” with {count} comments: why, and by when to mend it?")
        else:
            title = translate("originmap", "Return “{producer}”: why, and by when to mend it?")
        self._fields.renew(comments)
        self.open(title.format(producer=producer, count=comments), self._fields.reason)
        self._fields.reason.lineEdit().selectAll()

    def keep(self) -> None:
        """Hand the terms on; without a reason nobody would know what to mend."""
        terms = self._fields.terms
        if terms.reason:
            self.leave()
            self.returned.emit(terms)
        else:
            self.open(no_reason_given(), self._fields.reason)


def _reasons() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "The point is not where the site is"),
        translate("originmap", "The scale does not fit the imagery"),
        translate("originmap", "Contact or producer is wrong"),
        translate("originmap", "The same site was collected twice"),
        translate("originmap", "Needs a visit to the site"),
    ]
