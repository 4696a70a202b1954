"""The half that both kinds of source share: looked at first, shown on the map and as a list, then loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsSettings, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...core.register.divisions import FoundDivision, Judged, LoadReport, store_divisions
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon
from ..work import Works
from ..workbench import Workbench
from .found_list import FoundList
from .marks import DivisionMarks
from .words import outcome, outlook

Look = Callable[[Progress], Judged]

_FOLDER = "originmap/boundaries/folder"
_SETTLE = 250
_PER_CENT = 100
# Some twenty metres.
_SKETCH_DEGREES = 0.0002


class DivisionTab(QWidget):
    """A source is chosen on top (by the subclass); the rest follows from :meth:`look`.

    ``loaded`` brings the :class:`LoadReport` once the register has changed.
    """

    loaded = pyqtSignal(object)

    def __init__(self, workbench: Workbench, marks: DivisionMarks, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.works = Works()
        self._marks = marks
        self._judged: Optional[Judged] = None
        self._sketches: dict[str, FoundDivision] = {}
        self._known: set[str] = set()
        self._summary = QLabel()
        self._summary.setObjectName("originmap_divisions_summary")
        self._summary.setWordWrap(True)
        self._list = FoundList()
        self._list.chosen.connect(self._choose)
        self._bar = QProgressBar()
        self._bar.setRange(0, _PER_CENT)
        translate = QCoreApplication.translate
        self._stop = QPushButton(theme_icon("mTaskCancel.svg"), translate("originmap", "Stop"))
        self._stop.clicked.connect(self._cancel)
        self._load = QPushButton(theme_icon("mActionFileSave.svg"), translate("originmap", "Load into the register"))
        self._load.setObjectName("originmap_load_divisions")
        self._load.clicked.connect(self.load)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._check)
        self._show_running(None)

    def arrange(self, source: QWidget) -> None:
        """Put the subclass's part above the list and the buttons."""
        running = QHBoxLayout()
        running.addWidget(self._bar, 1)
        running.addWidget(self._stop)
        running.addStretch()
        running.addWidget(self._load)
        layout = QVBoxLayout(self)
        layout.addWidget(source)
        layout.addWidget(self._summary)
        layout.addWidget(self._list, 1)
        layout.addLayout(running)
        self.recheck()

    def look(self) -> Optional[Look]:
        """The work that reads the source; ``None`` while something has still to be chosen."""
        raise NotImplementedError

    def hint(self) -> str:
        """What has still to be chosen."""
        raise NotImplementedError

    def recheck(self) -> None:
        """Something was chosen anew."""
        self._judged = None
        self._load.setEnabled(False)
        self._settled.start()

    def show_on_map(self) -> None:
        """The tab is in front: its divisions are the ones on the map."""
        self._marks.show(self._sketches.values() if self._judged is not None else ())

    def load(self) -> None:
        """Write what is listed into the register."""
        session = self.workbench.session
        if session is None or self._judged is None:
            return
        title = QCoreApplication.translate("originmap", "Loading divisions")
        self._load.setEnabled(False)
        work = self.works.start("load", title, _store(session.path, self._judged), self._stored, self._not_stored)
        self._show_running(work)

    def folder(self) -> str:
        """Where the person chose a file last, else the folder of the profile."""
        return QgsSettings().value(_FOLDER, self.workbench.profile.folder, type=str)

    def remember_folder(self, path: Path) -> None:
        """The next file is looked for where this one lies."""
        QgsSettings().setValue(_FOLDER, str(path.parent))

    def say(self, text: str) -> None:
        """Tell something above the list."""
        self._summary.setText(text)

    def release(self) -> None:
        """Stop what is under way."""
        self._settled.stop()
        self.works.abandon()

    def _check(self) -> None:
        look = self.look()
        self._list.show_judged(None, set(), self.workbench.language)
        self.show_on_map()
        if look is None:
            self.say(self.hint())
            return
        self.say(QCoreApplication.translate("originmap", "Looking at the source …"))
        title = QCoreApplication.translate("originmap", "Looking at divisions")
        self._show_running(self.works.start("look", title, _sketched(look), self._looked, self._failed, instead=True))

    def _looked(self, found: tuple[Judged, dict[str, FoundDivision]]) -> None:
        self._show_running(None)
        judged, self._sketches = found
        session = self.workbench.session
        if session is None:
            return
        self._judged = judged
        self._known = {division.code for division in session.register.divisions()}
        self._list.show_judged(judged, self._known, self.workbench.language)
        self.say(outlook(judged, self._known))
        self._load.setEnabled(bool(judged.divisions) and session.read_only is None)
        if session.read_only is not None:
            self.say(session.read_only.sentence(self.workbench.language))
        if self.isVisible():
            self.show_on_map()
            self._marks.go_there()

    def _failed(self, error: OriginMapError) -> None:
        self._show_running(None)
        self.say(error.sentence(self.workbench.language))

    def _stored(self, report: LoadReport) -> None:
        self._show_running(None)
        self._show_loaded(report)
        self.loaded.emit(report)

    def _show_loaded(self, report: LoadReport) -> None:
        """The map shows the register itself now; what is left in the list is what was refused."""
        self._judged, self._sketches = None, {}
        self._list.show_judged(Judged("", {}, report.merged, report.refused), set(), self.workbench.language)
        self.show_on_map()
        self.say(outcome(report))

    def _not_stored(self, error: OriginMapError) -> None:
        self._failed(error)
        self._load.setEnabled(self._judged is not None)

    def _show_running(self, work: Optional[QgsTask]) -> None:
        if work is not None:
            self._bar.setValue(0)
            work.progressChanged.connect(self._progressed)
        self._bar.setVisible(work is not None)
        self._stop.setVisible(work is not None)

    def _progressed(self, per_cent: float) -> None:
        self._bar.setValue(round(per_cent))

    def _cancel(self) -> None:
        for name in ("look", "load"):
            work = self.works.running(name)
            if work is not None:
                work.cancel()

    def _choose(self, division: Optional[FoundDivision]) -> None:
        self._marks.choose(None if division is None else self._sketches.get(division.code))


def _sketched(look: Look) -> Callable[[Progress], tuple[Judged, dict[str, FoundDivision]]]:
    """With outlines simple enough to be drawn at every move of the map."""

    def sketch(progress: Progress) -> tuple[Judged, dict[str, FoundDivision]]:
        judged = look(progress)
        return judged, {code: _simple(division) for code, division in judged.divisions.items()}

    return sketch


def _simple(division: FoundDivision) -> FoundDivision:
    if division.geometry is None:
        return division
    simple = division.geometry.simplify(_SKETCH_DEGREES)
    return division if simple.isEmpty() else replace(division, geometry=simple)


def _store(path: Path, judged: Judged) -> Callable[[Progress], LoadReport]:
    def store(progress: Progress) -> LoadReport:
        with Register.open(path) as register:
            return store_divisions(register, judged)

    return store
