"""The steps of a review: approve, return, the next one, a comment on the whole; and what leads elsewhere."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..history_button import HistoryButton
from ..icons import theme_icon
from ..step_row import StepRow
from ..workbench import Workbench


class ReviewSteps(StepRow):
    """One key each; a key does nothing while its button is not enabled."""

    approve_wanted = pyqtSignal()
    return_wanted = pyqtSignal()
    next_wanted = pyqtSignal()
    comment_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, "review", owner, parent)
        translate = QCoreApplication.translate
        self._approve = self.add("approve", translate("originmap", "Approve"), "mIconSuccess.svg")
        self._return = self.add("return", translate("originmap", "Return…"), "mActionUndo.svg")
        self._next = self.add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        self._comment = self.add("comment", translate("originmap", "Comment…"), "mActionAnnotation.svg")
        self.key(self._approve, "approve", translate("originmap", "Approve the record"), "F9", named=True)
        self.key(self._return, "return", translate("originmap", "Return the record"), "F10", named=True)
        self.key(self._next, "next", translate("originmap", "Next record to review"), "F8", named=True)
        undo = translate("originmap", "Undo the last step of the review")
        self.free_key("undo", undo, "Alt+F9", self.undo_wanted.emit)
        self._approve.clicked.connect(self.approve_wanted)
        self._return.clicked.connect(self.return_wanted)
        self._next.clicked.connect(self.next_wanted)
        self._comment.clicked.connect(self.comment_wanted)

    def allow(self, at_hand: bool, approve: bool, give_back: bool, going_on: bool) -> None:
        """What makes sense now."""
        self._approve.setEnabled(approve)
        self._return.setEnabled(give_back)
        self._comment.setEnabled(give_back)
        self._next.setEnabled(going_on)
        for button in (self._approve, self._return, self._comment):
            button.setVisible(at_hand)


class Ways(QWidget):
    """Flat buttons above the record: back to the list, to its history, to its form."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.back = self._add("back", translate("originmap", "List"), "mActionArrowLeft.svg")
        self.back.setToolTip(translate("originmap", "Back to the list (Esc)"))
        self._row.addStretch()
        self._history = HistoryButton(workbench, "review")
        self._row.addWidget(self._history)
        self.form = self._add("form", translate("originmap", "Form"), "mActionFormView.svg")
        self.form.setToolTip(translate("originmap", "Open the form"))

    def show_for(self, uid: str) -> None:
        """History and form belong to a record; empty for none."""
        self._history.show_for(uid)
        self.form.setVisible(bool(uid))

    def _add(self, name: str, title: str, icon: str) -> QPushButton:
        button = QPushButton(theme_icon(icon), title)
        button.setObjectName(f"originmap_review_{name}")
        button.setFlat(True)
        self._row.addWidget(button)
        return button
