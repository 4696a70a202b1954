"""The steps a person can take with the record at hand, as buttons and as keys that can be changed in QGIS."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QWidget

from ..icons import theme_icon
from ..workbench import Workbench


class StepButtons(QWidget):
    """Two rows of buttons; a key does nothing while its button is not enabled."""

    verify_wanted = pyqtSignal()
    aside_wanted = pyqtSignal()
    form_wanted = pyqtSignal()
    next_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._verify = self._add("verify", translate("originmap", "Verify…"), "mIconSuccess.svg")
        self._aside = self._add("aside", translate("originmap", "Cannot locate…"), "mIconWarning.svg")
        self._form = self._add("form", translate("originmap", "Open the form"), "mActionFormView.svg")
        self._next = self._add("next", translate("originmap", "Next"), "mActionArrowRight.svg")
        keyed = (
            ("next", translate("originmap", "Next record to locate"), "F8", self._next),
            ("aside", translate("originmap", "Record cannot be located"), "Shift+F8", self._aside),
            ("verify", translate("originmap", "Verify the record"), "Ctrl+F8", self._verify),
        )
        self._keyed = [
            (workbench.add_action(f"queue_{name}", title, keys, button.click, owner), button)
            for name, title, keys, button in keyed
        ]
        undo = translate("originmap", "Undo the last step of the queue")
        workbench.add_action("queue_undo", undo, "Alt+F8", self.undo_wanted.emit, owner)
        self._next_title = self._next.text()
        for action, _ in self._keyed:
            action.changed.connect(self._name_keys)
        self._name_keys()
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

    def _name_keys(self) -> None:
        """Say the keys where people look for them; they can be changed at any time."""
        for action, button in self._keyed:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
            if button is self._next:
                button.setText(f"{self._next_title} ({keys})" if keys else self._next_title)

    def _add(self, name: str, title: str, icon: str) -> QPushButton:
        button = QPushButton(theme_icon(icon), title)
        button.setObjectName(f"originmap_queue_{name}")
        number = self._rows.count()
        self._rows.addWidget(button, number // 2, number % 2)
        return button
