"""Why findings are set aside: one of the common reasons, or a person's own words."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..small_panel import SmallPanel

_LONGEST_REASON = 200


class ReasonPanel(SmallPanel):
    """``reasoned`` brings the reason; the findings at hand are meant."""

    reasoned = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        title = QCoreApplication.translate("originmap", "Set aside")
        super().__init__("originmap_quality_aside", title, parent)
        self._reason = QComboBox()
        self._reason.setObjectName("originmap_quality_aside_reason")
        self._reason.setEditable(True)
        self._reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would take the first Enter for itself.
        self._reason.setCompleter(None)
        self._reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._reason.setMinimumContentsLength(12)
        self._reason.lineEdit().setMaxLength(_LONGEST_REASON)
        self._reason.setAccessibleName(QCoreApplication.translate("originmap", "Why the finding is no mistake"))
        self._reason.addItems(_reasons())
        self.body.addWidget(self._reason)

    def ask(self, what: str, count: int) -> None:
        """Ask about the findings at hand: one by its title, many by their number."""
        translate = QCoreApplication.translate
        if count == 1:
            text = translate("originmap", "Why is “{finding}” no mistake here? It comes back when the record changes.")
        else:
            text = translate("originmap", "Why are these {count} findings ({finding}) no mistakes?")
        self.open(text.format(finding=what, count=f"{count:,}"), self._reason)
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
        translate("originmap", "Checked on site: it is as recorded"),
        translate("originmap", "Asked the producer by phone: it is right"),
        translate("originmap", "Several sites at the same place"),
        translate("originmap", "The producer works across the boundary"),
        translate("originmap", "Different producers with similar names"),
    ]
