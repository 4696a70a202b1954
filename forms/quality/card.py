"""The finding at hand: of which record, what was found, what to do, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Optional

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ..history_button import HistoryButton
from ..icons import warning_colour
from ..label import wrapped_label
from ..workbench import Workbench


@dataclass(frozen=True)
class Said:
    """What a card says: lines of plain text, and other records by uid and name that it leads to."""

    name: str
    about: str
    text: str
    advice: str = ""
    proposal: str = ""
    others_title: str = ""
    others: tuple[tuple[str, str], ...] = ()
    urgent: bool = False


class Card(QWidget):
    """Hidden while nothing is at hand. ``record_wanted`` brings the uid of another record that was clicked."""

    record_wanted = pyqtSignal(str)

    def __init__(self, workbench: Workbench, page: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"originmap_{page}_card")
        self._said: Optional[Said] = None
        self._name = wrapped_label(f"originmap_{page}_producer")
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._history = HistoryButton(workbench, page)
        self._text = wrapped_label(f"originmap_{page}_text")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        self._text.setTextInteractionFlags(flags | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        self._text.linkActivated.connect(self.record_wanted)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._history, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        layout.addLayout(head)
        layout.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> QLabel:
        """The label with all that is said about the record."""
        return self._text

    def say(self, uid: str, said: Said) -> None:
        """Show a finding or a duty; an empty uid is for a whole group."""
        self._said = said
        self._name.setText(said.name)
        self._history.show_for(uid)
        self._write()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Some words are in a colour of the palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        said = self._said
        if said is None:
            return
        faint = self.palette().color(self.foregroundRole()).name()
        strong = warning_colour(self.palette()).name() if said.urgent else faint
        lines = [escape(said.about), f'<span style="color: {strong}">{escape(said.text)}</span>', escape(said.advice)]
        lines.append(f"<b>{escape(said.proposal)}</b>" if said.proposal else "")
        if said.others:
            links = (f'<a href="{escape(uid)}">{escape(name)}</a>' for uid, name in said.others)
            lines.append(f"{escape(said.others_title)} {'、'.join(links)}")
        self._text.setText("<br>".join(line for line in lines if line))
