"""The steps of a review: approve, return, the next one; its history and its form."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..step_row import StepRow
from ..workbench import Workbench


class ReviewSteps(StepRow):
    """One key each; a key does nothing while its button is not enabled."""

    approve_wanted = pyqtSignal()
    return_wanted = pyqtSignal()
    next_wanted = pyqtSignal()
    history_wanted = pyqtSignal()
    form_wanted = pyqtSignal()
    comment_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, "review", owner, parent)
        translate = QCoreApplication.translate
        self._approve = self.add("approve", translate("originmap", "Approve"), "mIconSuccess.svg")
        self._return = self.add("return", translate("originmap", "Return…"), "mActionUndo.svg")
        self._next = self.add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        self._comment = self.add("comment", translate("originmap", "Comment…"), "mActionAnnotation.svg")
        self._history = self.add("history", translate("originmap", "History"), "mIconHistory.svg")
        self._form = self.add("form", translate("originmap", "Open the form"), "mActionFormView.svg")
        self.key(self._approve, "approve", translate("originmap", "Approve the record"), "F9", named=True)
        self.key(self._return, "return", translate("originmap", "Return the record"), "F10", named=True)
        self.key(self._next, "next", translate("originmap", "Next record to review"), "F8", named=True)
        undo = translate("originmap", "Undo the last step of the review")
        self.free_key("undo", undo, "Alt+F9", self.undo_wanted.emit)
        for button, signal in (
            (self._approve, self.approve_wanted),
            (self._return, self.return_wanted),
            (self._next, self.next_wanted),
            (self._comment, self.comment_wanted),
            (self._history, self.history_wanted),
            (self._form, self.form_wanted),
        ):
            button.clicked.connect(signal)

    def allow(self, at_hand: bool, approve: bool, give_back: bool, going_on: bool) -> None:
        """What makes sense now."""
        self._approve.setEnabled(approve)
        self._return.setEnabled(give_back)
        self._comment.setEnabled(give_back)
        self._next.setEnabled(going_on)
        for button in (self._history, self._form):
            button.setEnabled(at_hand)
        for button in (self._approve, self._return, self._comment, self._history, self._form):
            button.setVisible(at_hand)
