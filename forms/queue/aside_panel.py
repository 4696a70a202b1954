"""Why a record cannot be located: one of the common reasons, or a person's own words."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ...core.register.queue import QueueItem
from ..small_panel import SmallPanel

_LONGEST_REASON = 200


class AsidePanel(SmallPanel):
    """``reasoned`` brings the reason; the record at hand is meant."""

    reasoned = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("originmap_aside", QCoreApplication.translate("originmap", "Put aside"), parent)
        self._reason = QComboBox()
        self._reason.setObjectName("originmap_aside_reason")
        self._reason.setEditable(True)
        self._reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would take the first Enter for itself.
        self._reason.setCompleter(None)
        self._reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._reason.setMinimumContentsLength(12)
        self._reason.lineEdit().setMaxLength(_LONGEST_REASON)
        self._reason.setAccessibleName(QCoreApplication.translate("originmap", "Why it cannot be located"))
        self._reason.addItems(_reasons())
        self.body.addWidget(self._reason)

    def ask(self, item: QueueItem) -> None:
        """Ask about a record; the reason chosen last stands there."""
        title = QCoreApplication.translate("originmap", "Why can “{producer}” not be located? Choose or type.")
        self.open(title.format(producer=item.producer), self._reason)
        self._reason.lineEdit().selectAll()

    def keep(self) -> None:
        """Hand the reason on; there must be one, it is what the next person reads."""
        reason = self._reason.currentText().strip()
        if not reason:
            self._title.setText(QCoreApplication.translate("originmap", "Choose a reason or type one."))
            self._reason.setFocus()
            return
        self.leave()
        self.reasoned.emit(reason)


def _reasons() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "The address is too vague"),
        translate("originmap", "The place is not on the map or imagery"),
        translate("originmap", "Needs a visit to the site"),
        translate("originmap", "The producer cannot be reached"),
        translate("originmap", "The producer is no longer there"),
    ]
