"""Why something is done: one of the common reasons, or a person's own words."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from .small_panel import SmallPanel

_LONGEST = 200


class ReasonBox(QComboBox):
    """The common reasons to choose from; another one can be typed."""

    def __init__(self, name: str, reasons: Sequence[str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would take the first Enter for itself.
        self.setCompleter(None)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.lineEdit().setMaxLength(_LONGEST)
        self.addItems(reasons)

    @property
    def reason(self) -> str:
        """As it stands there."""
        return self.currentText().strip()


class ReasonPanel(SmallPanel):
    """Asks for the reason of what is at hand; ``reasoned`` brings it.

    Args:
        name: the widget's.
        title: of the button that keeps the reason.
        why: what is asked for, in a few words for those who hear the window.
        reasons: the common ones.
    """

    reasoned = pyqtSignal(str)

    def __init__(
        self, name: str, title: str, why: str, reasons: Sequence[str], parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(name, title, parent)
        self._reason = ReasonBox(f"{name}_reason", reasons)
        self._reason.setAccessibleName(why)
        self.body.addWidget(self._reason)

    def ask_why(self, question: str) -> None:
        """Ask; the reason given last stands there, to be typed over."""
        self.open(question, self._reason)
        self._reason.lineEdit().selectAll()

    def keep(self) -> None:
        """Hand the reason on; there must be one, it is what the next person reads."""
        reason = self._reason.reason
        if reason:
            self.leave()
            self.reasoned.emit(reason)
        else:
            self.open(no_reason_given(), self._reason)


def no_reason_given() -> str:
    """What is said to a person who gave no reason."""
    return QCoreApplication.translate("originmap", "Choose a reason or type one.")
