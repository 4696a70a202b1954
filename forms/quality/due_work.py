"""Reads what is to be collected again, and carries records into their next cycle."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.onemap.query import Query
from ...core.register.carrying import Carried, Carry, CarryPlan, carry, preview_carry
from ...core.register.due import DueList, read_due
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.review.person import Person
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..person import person_of
from ..work import Works
from ..workbench import Workbench


class DueWork(QObject):
    """Everything runs in another thread over a connection of its own.

    Signals:
        read: a new :class:`DueList`.
        planned: a :class:`CarryPlan`, before anything is written.
        carried: the :class:`CarryPlan`, and what became of it as a :class:`Carried`.
        refused: the :class:`OriginMapError` why not.
        busy_changed: whether something is under way.
    """

    read = pyqtSignal(object)
    planned = pyqtSignal(object)
    carried = pyqtSignal(object, object)
    refused = pyqtSignal(object)
    busy_changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._works = Works()

    @property
    def reading(self) -> bool:
        """Whether the list is on its way."""
        return self._works.running("due") is not None

    @property
    def busy(self) -> bool:
        """Whether records are looked at or carried."""
        return self._works.running("carry") is not None

    def read_list(self, query: Query) -> None:
        """Read the list anew."""
        session = self._workbench.session
        if session is not None:
            title = QCoreApplication.translate("originmap", "Reading what is due")
            self._start("due", title, partial(_read, session.path, query), self._read, instead=True)

    def plan(self, kind: Carry, uids: Sequence[str]) -> None:
        """Find out which records can be carried."""
        session = self._workbench.session
        if session is not None and not self.busy:
            title = QCoreApplication.translate("originmap", "Looking at the records…")
            person = person_of(self._workbench.profile)
            self._start("carry", title, partial(_plan, session.path, kind, tuple(uids), person), self._planned)

    def carry_out(self, plan: CarryPlan) -> None:
        """Write the new records."""
        session = self._workbench.session
        if session is not None and not self.busy:
            title = QCoreApplication.translate("originmap", "Carrying records into their next cycle")
            self._start("carry", title, partial(_carry, session.path, plan), partial(self._carried, plan))

    def close(self) -> None:
        """Leave the threads to themselves."""
        self._works.abandon()

    def _start(self, name: str, title: str, job: Callable, done: Callable[..., None], *, instead: bool = False) -> None:
        self._works.start(name, title, job, done, self._failed, instead=instead)
        self.busy_changed.emit()

    def _read(self, found: DueList) -> None:
        self.busy_changed.emit()
        self.read.emit(found)

    def _planned(self, plan: CarryPlan) -> None:
        self.busy_changed.emit()
        self.planned.emit(plan)

    def _carried(self, plan: CarryPlan, carried: Carried) -> None:
        self.busy_changed.emit()
        self.carried.emit(plan, carried)

    def _failed(self, error: OriginMapError) -> None:
        self.busy_changed.emit()
        if error.code != "CANCELLED":
            self.refused.emit(error)


def _read(path: Path, query: Query, progress: Progress) -> DueList:
    return read_due(path, query, progress=progress)


def _plan(path: Path, kind: Carry, uids: Sequence[str], person: Person, progress: Progress) -> CarryPlan:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        return preview_carry(register, kind, uids, person)


def _carry(path: Path, plan: CarryPlan, progress: Progress) -> Carried:
    with told_plainly(path), Register.open(path) as register:
        return carry(register, plan, progress=progress)
