"""Above the form of a returned record: why it came back, how long there is, and a way to each comment."""

from __future__ import annotations

from html import escape
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QVBoxLayout, QWidget

from ...core.register.history import Remark
from ...core.review.comparing import POINT
from ..field_words import FieldWords
from ..label import wrapped_label
from ..returned_words import due_text
from .form_fitting import warning_colour
from .returned import Returned

# A word joiner: Chinese would else go on in the next line behind any character.
_UNBROKEN = "\u2060"


class ReturnedNote(QFrame):
    """Hidden while the record in the form was not returned.

    Signals:
        wanted: name of the field that a comment is about; ``geom`` for the point.
    """

    wanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_returned_note")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._shown: Optional[tuple[Returned, frozenset[int], FieldWords]] = None
        self._text = wrapped_label("originmap_returned_text")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._text.linkActivated.connect(self.wanted)
        layout = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 4
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self._text)
        self.hide()

    def show_returned(self, returned: Optional[Returned], still_open: Sequence[Remark], words: FieldWords) -> None:
        """Show it, with the comments that no edit has answered yet."""
        if returned is None:
            self._shown = None
        else:
            self._shown = returned, frozenset(comment.id for comment in still_open), words
        self._write()
        self.setVisible(self._shown is not None)

    def changeEvent(self, event: QEvent) -> None:
        """A deadline that has passed is in the palette's colour of warnings."""
        if event.type() == QEvent.Type.PaletteChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        if self._shown is None:
            return
        returned, still_open, words = self._shown
        came_back = returned.came_back
        due = escape(due_text(came_back.days_left, came_back.deadline))
        if came_back.overdue:
            due = f'<span style="color: {warning_colour(self.palette()).name()}">{due}</span>'
        translate = QCoreApplication.translate
        by = translate("originmap", "Returned by {name}").format(name=words.person(came_back.returned_by))
        lines = [f"<b>{escape(by)}</b> · {due}", escape(came_back.reason)]
        lines += _comment_lines(came_back.comments, still_open, words)
        self._text.setText("<br>".join(lines))


def _comment_lines(comments: Sequence[Remark], still_open: frozenset[int], words: FieldWords) -> list[str]:
    """A link to each field that is asked about; what has no field of its own in the form is said here in full."""
    at_fields = [comment for comment in comments if comment.field]
    lines = []
    if at_fields:
        settled = sum(comment.id not in still_open for comment in at_fields)
        head = QCoreApplication.translate("originmap", "{number} comments, {settled} settled:")
        links = "&ensp; ".join(_link(comment, comment.id in still_open, words) for comment in at_fields)
        lines.append(f"{escape(head.format(number=len(at_fields), settled=settled))} {links}")
    apart = [comment for comment in comments if comment.field in ("", POINT)]
    return lines + [escape(f"{words.subject(comment.field)} “{comment.text}”") for comment in apart]


def _link(comment: Remark, still_open: bool, words: FieldWords) -> str:
    title = escape(_UNBROKEN.join(words.subject(comment.field)))
    return f'{"○" if still_open else "✓"}{_UNBROKEN}<a href="{escape(comment.field)}">{title}</a>'
