"""What the page does with findings: checks, looks again at what changed, applies proposals, sets aside, puts back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.onemap.query import Query
from ...core.quality.findings import QualityFinding
from ...core.register.applying import Applied, apply_proposals, take_back_applied
from ...core.register.asides import set_aside, take_back
from ...core.register.checking import Checked, RecordLine
from ...core.register.errors import told_plainly
from ...core.register.rechecking import Rechecker
from ...core.register.register import Register
from ...core.review.person import Person
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..person import person_of
from ..work import Work, Works
from ..workbench import Workbench


class CheckedWork(QObject):
    """Everything runs in another thread over a connection of its own.

    Signals:
        checked: a new :class:`Checked` of all records.
        looked: uids, and the :class:`Checked` of these alone.
        set_aside: the findings that are aside now.
        put_back: the findings that count again.
        applied: the findings, and an :class:`Applied`.
        undone: the findings that were applied, and the :class:`Applied` of taking that back.
        refused: the :class:`OriginMapError` why a step was not taken.
        busy_changed: whether something is under way.
    """

    checked = pyqtSignal(object)
    looked = pyqtSignal(object, object)
    set_aside = pyqtSignal(object)
    put_back = pyqtSignal(object)
    applied = pyqtSignal(object, object)
    undone = pyqtSignal(object, object)
    refused = pyqtSignal(object)
    busy_changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._works = Works()
        self._rechecker = Rechecker()
        self._changed: set[str] = set()

    @property
    def checking(self) -> bool:
        """Whether all records are being checked."""
        return self._works.running("check") is not None

    @property
    def busy(self) -> bool:
        """Whether a step is being written."""
        return self._works.running("step") is not None

    @property
    def idle(self) -> bool:
        """Whether nothing at all is under way."""
        return not (self.checking or self.busy or self._works.running("look") is not None)

    def check(self, query: Query) -> Optional[Work]:
        """Check the records of a query."""
        session = self._workbench.session
        if session is None:
            return None
        self._changed.clear()
        title = QCoreApplication.translate("originmap", "Checking the records")
        which = None if query == Query() else query
        job = partial(_check, self._rechecker, session.path, which)
        work = self._works.start("check", title, job, self._checked, self._failed, instead=True)
        self.busy_changed.emit()
        return work

    def look_again(self, uids: Sequence[str]) -> None:
        """Check records that were changed once more."""
        session = self._workbench.session
        if session is None:
            return
        self._changed.update(uids)
        if self._works.running("look") is not None or not self._changed:
            return
        asked = tuple(self._changed)
        self._changed.clear()
        title = QCoreApplication.translate("originmap", "Checking what was changed")
        job = partial(_check_again, self._rechecker, session.path, asked)
        self._works.start("look", title, job, partial(self._looked, asked), self._failed)

    def aside(self, findings: Sequence[QualityFinding], reason: str) -> None:
        """Set findings aside with a reason."""
        title = QCoreApplication.translate("originmap", "Setting findings aside")
        by = self._workbench.profile.name
        self._step(title, partial(_aside, tuple(findings), reason, by), partial(self._now_aside, findings))

    def back(self, findings: Sequence[QualityFinding]) -> None:
        """Let findings count again."""
        title = QCoreApplication.translate("originmap", "Putting findings back")
        self._step(title, partial(_back, tuple(findings)), partial(self._now_back, findings))

    def apply(self, findings: Sequence[QualityFinding], lines: Mapping[str, RecordLine]) -> None:
        """Do what the findings propose; ``lines`` are the records as they were checked."""
        title = QCoreApplication.translate("originmap", "Applying proposals")
        person = person_of(self._workbench.profile)
        self._step(title, partial(_apply, tuple(findings), dict(lines), person), partial(self._now_applied, findings))

    def undo(self, findings: Sequence[QualityFinding], applied: Applied) -> None:
        """Take back what was applied of the findings."""
        title = QCoreApplication.translate("originmap", "Taking repairs back")
        person = person_of(self._workbench.profile)
        self._step(title, partial(_undo, applied, person), partial(self._now_undone, findings))

    def close(self, wait_seconds: float = 0.0) -> None:
        """Leave the threads to themselves."""
        self._works.abandon(wait_seconds)
        self._rechecker = Rechecker()
        self._changed.clear()

    def _step(self, title: str, step: Callable[[Register, Progress], object], done: Callable[[object], None]) -> None:
        session = self._workbench.session
        if session is None or self.busy:
            return
        self._works.start("step", title, partial(_write, session.path, step), done, self._refused)
        self.busy_changed.emit()

    def _checked(self, found: Checked) -> None:
        self.busy_changed.emit()
        self.checked.emit(found)

    def _looked(self, uids: tuple[str, ...], found: Checked) -> None:
        self.looked.emit(uids, found)
        self.look_again(())

    def _now_aside(self, findings: Sequence[QualityFinding], outcome: object) -> None:
        self.busy_changed.emit()
        self.set_aside.emit(findings)

    def _now_back(self, findings: Sequence[QualityFinding], outcome: object) -> None:
        self.busy_changed.emit()
        self.put_back.emit(findings)

    def _now_applied(self, findings: Sequence[QualityFinding], outcome: Applied) -> None:
        self.busy_changed.emit()
        self.applied.emit(findings, outcome)

    def _now_undone(self, findings: Sequence[QualityFinding], outcome: Applied) -> None:
        self.busy_changed.emit()
        self.undone.emit(findings, outcome)

    def _refused(self, error: OriginMapError) -> None:
        self.busy_changed.emit()
        self.refused.emit(error)

    def _failed(self, error: OriginMapError) -> None:
        self.busy_changed.emit()
        if error.code != "CANCELLED":
            self.refused.emit(error)


def _check(rechecker: Rechecker, path: Path, which: Optional[Query], progress: Progress) -> Checked:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        return rechecker.check(register, which, progress)


def _check_again(rechecker: Rechecker, path: Path, uids: Sequence[str], progress: Progress) -> Checked:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        return rechecker.again(register, uids, progress)


def _write(path: Path, step: Callable[[Register, Progress], object], progress: Progress) -> object:
    with told_plainly(path), Register.open(path) as register:
        return step(register, progress)


def _aside(findings: Sequence[QualityFinding], reason: str, by: str, register: Register, progress: Progress) -> None:
    set_aside(register, findings, reason, by)


def _back(findings: Sequence[QualityFinding], register: Register, progress: Progress) -> None:
    take_back(register, findings)


def _apply(
    findings: Sequence[QualityFinding],
    lines: Mapping[str, RecordLine],
    person: Person,
    register: Register,
    progress: Progress,
) -> Applied:
    return apply_proposals(register, findings, lines, person, progress)


def _undo(applied: Applied, person: Person, register: Register, progress: Progress) -> Applied:
    return take_back_applied(register, applied, person, progress)
