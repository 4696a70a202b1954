"""What is said about single fields of many records at once: a field is chosen, and what is typed beside it stays."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ...core.review.comparing import POINT
from ...core.standard.model import Standard
from ..field_words import FieldWords
from .comment_panel import LONGEST

_SAID = "● {field}"


class BulkComments(QWidget):
    """A list of the fields, marked where something is said, and the words about the one that is chosen."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._said: dict[str, str] = {}
        self._field = QComboBox()
        self._field.setObjectName("originmap_bulk_field")
        self._field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._field.setMinimumContentsLength(5)
        self._text = QLineEdit()
        self._text.setObjectName("originmap_bulk_comment")
        self._text.setMaxLength(LONGEST)
        self._text.setClearButtonEnabled(True)
        translate = QCoreApplication.translate
        self._field.setAccessibleName(translate("originmap", "Field"))
        self._text.setPlaceholderText(translate("originmap", "What is wrong there (may stay empty)"))
        self._text.setAccessibleName(self._text.placeholderText())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._field, 2)
        layout.addWidget(self._text, 3)
        self._field.currentIndexChanged.connect(self._show)
        self._text.textEdited.connect(self._say)

    @property
    def comments(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a field's name (``geom``: the point, empty: the whole record) and words."""
        return tuple(self._said.items())

    def renew(self, standard: Standard, language: str) -> None:
        """Begin anew, with nothing said."""
        words = FieldWords(standard, language, masked=False)
        self._said.clear()
        self._field.blockSignals(True)
        self._field.clear()
        for name in ("", POINT, *words.fields):
            self._field.addItem(words.subject(name), (name, words.subject(name)))
        self._field.blockSignals(False)
        self._show()

    def _show(self) -> None:
        name, _ = self._field.currentData() or ("", "")
        self._text.setText(self._said.get(name, ""))

    def _say(self, text: str) -> None:
        name, title = self._field.currentData()
        self._said.pop(name, None)
        if text.strip():
            self._said[name] = text.strip()
        said = _SAID.format(field=title) if name in self._said else title
        self._field.setItemText(self._field.currentIndex(), said)
