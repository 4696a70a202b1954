"""The steps for a site that is to be collected again: its form, unchanged, the next cycle, the next site."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..step_row import StepRow
from ..workbench import Workbench


class DueSteps(StepRow):
    """One key each; a key does nothing while its button is not enabled."""

    form_wanted = pyqtSignal()
    confirm_wanted = pyqtSignal()
    cycle_wanted = pyqtSignal()
    next_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, "due", owner, parent)
        translate = QCoreApplication.translate
        self._confirm = self.add("confirm", translate("originmap", "Confirm unchanged…"), "mIconSuccess.svg")
        self._cycle = self.add("cycle", translate("originmap", "Next cycle…"), "propertyicons/temporal.svg")
        self._form = self.add("form", translate("originmap", "Open the form"), "mActionFormView.svg")
        self._next = self.add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        self._form.setToolTip(translate("originmap", "Open the form (Enter in the list)"))
        self.key(self._confirm, "confirm", translate("originmap", "Confirm that nothing changed"), "F9", named=True)
        self.key(self._cycle, "cycle", translate("originmap", "Begin the site's next cycle"), "F10", named=True)
        self.key(self._next, "next", translate("originmap", "Next site that is due"), "F8", named=True)
        self._confirm.clicked.connect(self.confirm_wanted)
        self._cycle.clicked.connect(self.cycle_wanted)
        self._form.clicked.connect(self.form_wanted)
        self._next.clicked.connect(self.next_wanted)

    def allow(self, form: bool, carry: bool, going_on: bool) -> None:
        """What makes sense now."""
        self._form.setEnabled(form)
        self._confirm.setEnabled(carry)
        self._cycle.setEnabled(carry)
        self._next.setEnabled(going_on)
