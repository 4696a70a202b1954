"""The steps of the queue: verify, put aside, open the form, take the next, undo."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..step_row import StepRow
from ..workbench import Workbench


class StepButtons(StepRow):
    """Two rows of buttons; a key does nothing while its button is not enabled."""

    verify_wanted = pyqtSignal()
    aside_wanted = pyqtSignal()
    form_wanted = pyqtSignal()
    next_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, "queue", owner, parent)
        translate = QCoreApplication.translate
        self._verify = self.add("verify", translate("originmap", "Verify…"), "mIconSuccess.svg")
        self._aside = self.add("aside", translate("originmap", "Cannot locate…"), "mIconWarning.svg")
        self._form = self.add("form", translate("originmap", "Open the form"), "mActionFormView.svg")
        self._next = self.add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        self.key(self._next, "next", translate("originmap", "Next record to locate"), "F8", named=True)
        self.key(self._aside, "aside", translate("originmap", "Record cannot be located"), "Shift+F8")
        self.key(self._verify, "verify", translate("originmap", "Verify the record"), "Ctrl+F8")
        undo = translate("originmap", "Undo the last step of the queue")
        self.free_key("undo", undo, "Alt+F8", self.undo_wanted.emit)
        self._verify.clicked.connect(self.verify_wanted)
        self._aside.clicked.connect(self.aside_wanted)
        self._form.clicked.connect(self.form_wanted)
        self._next.clicked.connect(self.next_wanted)

    def allow(self, at_hand: bool, writable: bool, going_on: bool) -> None:
        """What makes sense now.

        Args:
            at_hand: there is a record to work on.
            writable: the register takes changes, and none is under way.
            going_on: another record can be taken to hand.
        """
        for button in (self._verify, self._aside):
            button.setEnabled(at_hand and writable)
        self._form.setEnabled(at_hand)
        self._next.setEnabled(going_on)
