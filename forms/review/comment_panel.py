"""What is wrong with a field: one line of the reviewer's own words, which the collector reads at that field."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QWidget

from ..small_panel import SmallPanel

LONGEST = 200


class CommentPanel(SmallPanel):
    """``commented`` brings the field (empty: the whole record) and the words; no words take the comment back."""

    commented = pyqtSignal(str, str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("originmap_comment", QCoreApplication.translate("originmap", "Keep the comment"), parent)
        self._field = ""
        self._text = QLineEdit()
        self._text.setObjectName("originmap_comment_text")
        self._text.setMaxLength(LONGEST)
        self._text.setClearButtonEnabled(True)
        self.body.addWidget(self._text)

    def ask(self, field: str, title: str, text: str) -> None:
        """Ask about a field; what was said before stands there."""
        self._field = field
        if title:
            asked = QCoreApplication.translate("originmap", "What is wrong with “{field}”?").format(field=title)
        else:
            asked = QCoreApplication.translate("originmap", "What is wrong with the record as a whole?")
        self._text.setText(text)
        self._text.setAccessibleName(asked)
        self.open(asked, self._text)
        self._text.selectAll()

    def put_down(self) -> None:
        """Something else is done, and what was typed is not lost by it."""
        if not self.isHidden():
            self.keep()

    def keep(self) -> None:
        """Hand it on; nothing is sent before the record is returned."""
        self.leave()
        self.commented.emit(self._field, self._text.text().strip())
