"""The steps for a finding: its form, its repair, set aside, the next one."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..step_row import StepRow
from ..workbench import Workbench


class FindingSteps(StepRow):
    """One key each; a key does nothing while its button is not enabled."""

    form_wanted = pyqtSignal()
    apply_wanted = pyqtSignal()
    aside_wanted = pyqtSignal()
    next_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, "quality", owner, parent)
        translate = QCoreApplication.translate
        self._form = self.add("form", translate("originmap", "Open the form"), "mActionFormView.svg")
        self._apply = self.add("apply", translate("originmap", "Repair"), "mIconSuccess.svg")
        self._aside = self.add("aside", translate("originmap", "Set aside…"), "mIconWarning.svg")
        self._next = self.add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        self._form.setToolTip(translate("originmap", "Open the form (Enter in the list)"))
        self.key(self._apply, "apply", translate("originmap", "Do what the finding proposes"), "F9", named=True)
        self.key(self._aside, "aside", translate("originmap", "Set the finding aside"), "F10", named=True)
        self.key(self._next, "next", translate("originmap", "Next finding"), "F8", named=True)
        self._form.clicked.connect(self.form_wanted)
        self._apply.clicked.connect(self.apply_wanted)
        self._aside.clicked.connect(self.aside_wanted)
        self._next.clicked.connect(self.next_wanted)

    def allow(self, form: bool, apply: bool, aside: bool, going_on: bool) -> None:
        """What makes sense now."""
        self._form.setEnabled(form)
        self._apply.setEnabled(apply)
        self._aside.setEnabled(aside)
        self._next.setEnabled(going_on)
