"""How a record was verified: by household survey, by a visit to the site or both, on which day and by whom."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QLabel, QLineEdit, QWidget

from ...core.register.queue import QueueItem
from ...core.register.rows import StoredRecord
from ...core.standard.conditions import as_codes
from ...core.standard.model import Choice
from ..small_panel import SmallPanel
from ..workbench import Workbench

_DAY = "yyyy-MM-dd"
_LONGEST_NAME = 40


class VerifyPanel(SmallPanel):
    """``verified`` brings the item, the codes, the day (``YYYY-MM-DD``) and the name."""

    verified = pyqtSignal(object, tuple, str, str)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__("originmap_verify", QCoreApplication.translate("originmap", "Note it"), parent)
        self._workbench = workbench
        self._item: Optional[QueueItem] = None
        self._ways: dict[str, QCheckBox] = {}
        self._choices = QGridLayout()
        self._day = QDateEdit()
        self._day.setObjectName("originmap_verify_day")
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat(_DAY)
        self._by = QLineEdit()
        self._by.setObjectName("originmap_verify_by")
        self._by.setMaxLength(_LONGEST_NAME)
        when = QGridLayout()
        for row, (title, field) in enumerate(self._fields()):
            label = QLabel(title)
            label.setBuddy(field)
            when.addWidget(label, row, 0)
            when.addWidget(field, row, 1)
        when.setColumnStretch(1, 1)
        self.body.addLayout(self._choices)
        self.body.addLayout(when)

    def ask(self, item: QueueItem, record: StoredRecord, ways: tuple[Choice, ...]) -> None:
        """Show what is known of a record's verification; who has not said yet is the person at this computer, today."""
        self._item = item
        self._offer(ways)
        known = set(as_codes(record.values.get("verified_how")) or ())
        for code, box in self._ways.items():
            box.setChecked(code in known)
        self._day.setMaximumDate(QDate.currentDate())
        kept = QDate.fromString(str(record.values.get("verified_on") or ""), Qt.DateFormat.ISODate)
        self._day.setDate(kept if kept.isValid() else QDate.currentDate())
        self._by.setText(str(record.values.get("verified_by") or self._workbench.profile.name))
        title = QCoreApplication.translate("originmap", "How was “{producer}” verified?")
        self.open(title.format(producer=item.producer), next(iter(self._ways.values())))

    def keep(self) -> None:
        """Hand it on; without a way and a name there is nothing to note."""
        ways = tuple(code for code, box in self._ways.items() if box.isChecked())
        by = self._by.text().strip()
        if not ways:
            next(iter(self._ways.values())).setFocus()
            self._title.setText(QCoreApplication.translate("originmap", "Tick how it was verified: one way or both."))
        elif not by:
            self._by.setFocus()
            self._title.setText(QCoreApplication.translate("originmap", "Write who verified it."))
        elif self._item is not None:
            item = self._item
            self.leave()
            self.verified.emit(item, ways, self._day.date().toString(_DAY), by)

    def _fields(self) -> tuple[tuple[str, QWidget], ...]:
        translate = QCoreApplication.translate
        return (translate("originmap", "On"), self._day), (translate("originmap", "By"), self._by)

    def _offer(self, ways: tuple[Choice, ...]) -> None:
        for box in self._ways.values():
            self._choices.removeWidget(box)
            box.deleteLater()
        self._ways = {}
        for column, way in enumerate(ways):
            box = QCheckBox(way.title_in(self._workbench.language))
            box.setObjectName(f"originmap_verify_{way.code}")
            self._choices.addWidget(box, 0, column)
            self._ways[way.code] = box
