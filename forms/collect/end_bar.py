"""Asks on which day a site ended, and why, inside the page."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QDate, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QDateEdit, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ..icons import theme_icon

_LONGEST_REASON = 200


class EndBar(QFrame):
    """Hidden until asked; Esc takes the question back.

    Signals:
        answered: the day (``YYYY-MM-DD``) and the reason.
    """

    answered = pyqtSignal(str, str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setObjectName("originmap_end")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._day = QDateEdit()
        self._day.setObjectName("originmap_end_day")
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setCalendarPopup(True)
        self._reason = QLineEdit()
        self._reason.setObjectName("originmap_end_reason")
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.setPlaceholderText(translate("originmap", "Such as: no longer grown, land given back, moved away"))
        self._note = QPushButton(translate("originmap", "Note that it ended"))
        self._note.setObjectName("originmap_end_ok")
        self._note.setIcon(theme_icon("mTaskTerminated.svg"))
        self._note.clicked.connect(self._answer)
        cancel = QPushButton(translate("originmap", "Cancel"))
        cancel.clicked.connect(self.hide)
        self._reason.textChanged.connect(self._look)
        buttons = QHBoxLayout()
        buttons.addWidget(self._note)
        buttons.addWidget(cancel)
        layout = QFormLayout(self)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout.addRow(self._question())
        layout.addRow(translate("originmap", "Day"), self._day)
        layout.addRow(translate("originmap", "Reason"), self._reason)
        layout.addRow(buttons)
        self.hide()

    def ask(self) -> None:
        """Begin with today."""
        today = QDate.currentDate()
        self._day.setMaximumDate(today)
        self._day.setDate(today)
        self._reason.clear()
        self._look()
        self.show()
        self._reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers once there is a reason, Esc takes it back."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._note.isEnabled():
            self._answer()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _question() -> QLabel:
        translate = QCoreApplication.translate
        label = QLabel(translate("originmap", "The record stays in the register with the day and reason."))
        label.setWordWrap(True)
        return label

    def _look(self) -> None:
        self._note.setEnabled(bool(self._reason.text().strip()))

    def _answer(self) -> None:
        self.hide()
        self.answered.emit(self._day.date().toString(Qt.DateFormat.ISODate), self._reason.text().strip())
