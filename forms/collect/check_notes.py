"""What looks wrong in the record while it is filled in: each with a way to its field, and nothing held up by it."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.quality.context import Context
from ...core.quality.findings import Kind, QualityFinding
from ...core.quality.running import check_alone
from ...core.register.checking import context_of
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.register.rows import Position
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import warning_colour
from ..label import wrapped_label
from ..work import Works
from ..workbench import Workbench

_MOST = 3
_Record = tuple[Mapping[str, object], Optional[Position]]


class CheckNotes(QWidget):
    """Hidden while nothing looks wrong; what is missing the bar above says.

    Signals:
        wanted: name of the field that a note is about; ``geom`` for the point.
    """

    wanted = pyqtSignal(str)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_check_notes")
        self._workbench = workbench
        self._works = Works()
        self._context: Optional[Context] = None
        self._record: Optional[_Record] = None
        self._found: Sequence[QualityFinding] = ()
        self._text = wrapped_label("originmap_check_notes_text")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._text.linkActivated.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        self.hide()

    @property
    def ready(self) -> bool:
        """Whether outlines and limits have been read."""
        return self._context is not None

    def attach(self) -> None:
        """Read the outlines and limits of the open register, in another thread: they may be large."""
        title = QCoreApplication.translate("originmap", "Reading what the checks need")
        job = partial(_read, self._workbench.session.path)
        self._works.start("context", title, job, self._known, self._unknown, instead=True)

    def detach(self) -> None:
        """The register is closed."""
        self._works.abandon()
        self._context = None
        self.clear()

    def clear(self) -> None:
        """No record."""
        self._record, self._found = None, ()
        self.hide()

    def look(self, values: Mapping[str, object], point: Optional[Position]) -> None:
        """Check the record as it stands in the form; ``values`` are by field name."""
        self._record = values, point
        if self._context is None:
            return
        found = check_alone(values, point, self._context)
        self._found = [finding for finding in found if finding.kind is Kind.WRONG]
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Notes are in the palette's colour of warnings."""
        if event.type() == QEvent.Type.PaletteChange:
            self._write()
        super().changeEvent(event)

    def _known(self, context: Context) -> None:
        self._context = context
        if self._record is not None:
            self.look(*self._record)

    def _unknown(self, error: OriginMapError) -> None:
        """Nothing is checked here then; the quality page says why when it is asked."""

    def _write(self) -> None:
        self._text.setText("<br>".join(self._line(finding) for finding in self._found[:_MOST]))
        self.setVisible(bool(self._found))

    def _line(self, finding: QualityFinding) -> str:
        said = finding.message(self._workbench.language)
        colour = warning_colour(self.palette()).name()
        title = f'<a href="{escape(finding.field)}">{escape(said.title)}</a>'
        return f'{title} <span style="color: {colour}">{escape(said.text)}</span> {escape(said.advice)}'


def _read(path: Path, progress: Progress) -> Context:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        return context_of(register)
