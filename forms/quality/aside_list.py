"""The findings that were set aside, with who gave which reason, and the way back."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...core.quality.findings import QualityFinding
from ...core.register.asides import Aside
from ...core.register.checking import Checked
from ..icons import theme_icon
from ..label import wrapped_label
from ..told_list import Told, ToldList
from ..wording import moment_text
from ..workbench import Workbench
from .finding_words import said_of

_MOST = 500


class AsideList(QWidget):
    """``back_wanted`` brings the findings that shall count again."""

    back_wanted = pyqtSignal(object)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._found: list[tuple[QualityFinding, Aside]] = []
        self._told: dict[tuple, Told] = {}
        translate = QCoreApplication.translate
        self._list = ToldList("originmap_quality_aside_list", translate("originmap", "Findings that were set aside"))
        self._empty = wrapped_label("originmap_quality_aside_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = QPushButton(theme_icon("mActionUndo.svg"), translate("originmap", "List it again"))
        self._back.setObjectName("originmap_quality_aside_back")
        self._back.clicked.connect(self._give_back)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(row)
        self.fill(None)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._found)

    def fill(self, checked: Optional[Checked]) -> None:
        """Show what a check found set aside; ``None`` when nothing was checked."""
        self._found = list(checked.aside) if checked is not None else []
        self._told = {}
        for finding, _ in self._found[:_MOST]:
            line = checked.lines.get(finding.uid)
            self._told[finding.key] = _told(finding, line.producer_name if line is not None else "", self._workbench)
        self._show()

    def learn(self, uids: Sequence[str], checked: Checked) -> None:
        """Some records were checked once more."""
        self._found = [(finding, aside) for finding, aside in self._found if finding.uid not in uids]
        self._found = [*checked.aside, *self._found]
        for finding, _ in checked.aside:
            line = checked.lines.get(finding.uid)
            self._told[finding.key] = _told(finding, line.producer_name if line is not None else "", self._workbench)
        self._show()

    def _show(self) -> None:
        shown = [(finding, aside) for finding, aside in self._found if finding.key in self._told]
        self._list.show_told([_reasoned(self._told[finding.key], aside) for finding, aside in shown])
        any_ = bool(shown)
        self._list.setVisible(any_)
        self._back.setVisible(any_)
        self._empty.setVisible(not any_)
        self._empty.setText(
            QCoreApplication.translate(
                "originmap",
                "Nothing is set aside, or nothing has been checked yet. What is no mistake is set aside with a reason, "
                "and comes back when its record changes.",
            )
        )

    def _give_back(self) -> None:
        row = self._list.currentIndex().row()
        shown = [finding for finding, _ in self._found if finding.key in self._told]
        if 0 <= row < len(shown):
            self.back_wanted.emit((shown[row],))


def _told(finding: QualityFinding, producer: str, workbench: Workbench) -> Told:
    said = said_of(finding, workbench.language, workbench.profile.masked)
    return Told(f"{producer} · {said.title}", "", (("", said.text),), "#808080")


def _reasoned(told: Told, aside: Aside) -> Told:
    about = " · ".join(part for part in (aside.by, moment_text(aside.at)) if part)
    reason = QCoreApplication.translate("originmap", "Reason")
    return Told(told.title, about, (*told.lines, (reason, aside.reason)), told.colour)
