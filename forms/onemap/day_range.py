"""From a day to a day, typed as people write days; empty is open."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QDate, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ...core.onemap.query import Days
from ...core.standard.errors import OriginMapError

_STORED = "yyyy-MM-dd"
_TYPED = (_STORED, "yyyy-M-d", "yyyyMMdd", "yyyy.M.d", "yyyy/M/d", "yyyy年M月d日")


class DayRange(QWidget):
    """``changed`` comes with the end of typing, and only when the two days make a period or nothing."""

    changed = pyqtSignal()

    def __init__(self, name: str, title: str, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._days = Days()
        translate = QCoreApplication.translate
        self._edits = [QLineEdit(), QLineEdit()]
        self._wrong = QLabel()
        self._wrong.setObjectName(f"originmap_onemap_{name}_wrong")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = QLabel(title)
        head.setWordWrap(True)
        layout.addWidget(head, 0, 0, 1, 4)
        words = (translate("originmap", "from"), translate("originmap", "to"))
        for column, (edit, word, end) in enumerate(zip(self._edits, words, ("first", "last"))):
            label = QLabel(word)
            label.setBuddy(edit)
            edit.setObjectName(f"originmap_onemap_{name}_{end}")
            edit.setAccessibleName(f"{title} {word}")
            edit.setPlaceholderText("2026-05-01")
            edit.setClearButtonEnabled(True)
            edit.editingFinished.connect(self._typed)
            edit.textChanged.connect(self._emptied)
            layout.addWidget(label, 1, 2 * column)
            layout.addWidget(edit, 1, 2 * column + 1)
        layout.addWidget(self._wrong, 2, 0, 1, 4)

    @property
    def days(self) -> Days:
        """The period, as far as it was last understood."""
        return self._days

    def show_days(self, days: Days) -> None:
        """Show a period; nothing is said to have changed."""
        self._days = days
        for edit, day in zip(self._edits, (days.first, days.last)):
            if edit.text() != day:
                edit.blockSignals(True)
                edit.setText(day)
                edit.blockSignals(False)
        self._wrong.hide()

    def _emptied(self, text: str) -> None:
        """The little cross in the field ends no typing, and is meant."""
        if not text:
            self._typed()

    def _typed(self) -> None:
        try:
            days = Days(*(_day(edit.text()) for edit in self._edits))
        except OriginMapError as error:
            self._wrong.setText(error.sentence(self._language))
            self._wrong.show()
            return
        changed = days != self._days
        self.show_days(days)
        if changed:
            self.changed.emit()


def _day(typed: str) -> str:
    """The day as the register writes it; what is none stays as it was typed, and is refused."""
    for form in _TYPED:
        day = QDate.fromString(typed.strip(), form)
        if day.isValid():
            return day.toString(_STORED)
    return typed.strip()
