"""The record at hand and the steps of its review; each is taken in another thread and stands when the register says so.

The record stays at hand until its step stands in the register; only then the next one comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.register.review_list import Asked, ReviewItem, ReviewList
from ...core.register.reviewing import Comments, Preview, Step, StepInfo, carry_out, last_step, review_one, undo
from ...core.review.process import Event, load_process
from ...core.review.transitions import Terms, Verdict, verdict
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..person import person_of
from ..session import Session
from ..work import Works
from ..workbench import Workbench
from .kept_comments import KeptComments
from .looked import Looked, look_at

_SOME_DAY = "9999-12-31"
_SECONDS_TO_LET_GO = 6.0


@dataclass(frozen=True)
class Done:
    """A step that stands in the register, under its id.

    Attributes:
        count: with how many records it was taken; ``stayed`` are those that somebody changed in between.
        uid, name: of the record, where it was a single one.
    """

    event: Event
    step_id: str
    count: int
    uid: str = ""
    name: str = ""
    stayed: int = 0


def _next(path: Path, asked: Asked, here: Optional[ReviewItem], progress: Progress) -> Optional[ReviewItem]:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        return ReviewList(register, *asked).next_after(here)


class ReviewWork(QObject):
    """What is at hand, the comments written on it, and what is done with it.

    Signals:
        looked_changed: another record is at hand, or it reads otherwise now, or none is.
        done: a :class:`Done`.
        refused: the :class:`OriginMapError` why a step was not taken; the record and its comments stay.
        busy_changed: whether a step is under way.
    """

    looked_changed = pyqtSignal()
    done = pyqtSignal(object)
    refused = pyqtSignal(object)
    busy_changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._works = Works()
        self._comments = KeptComments()
        self.looked: Optional[Looked] = None
        self.again: Optional[Callable[[], None]] = None

    @property
    def busy(self) -> bool:
        """Whether a step is under way."""
        return self._works.running("step") is not None

    @property
    def looking(self) -> bool:
        """Whether the next record is being looked for."""
        return self._works.running("next") is not None

    @property
    def comments(self) -> Mapping[str, str]:
        """The reviewer's comments on the record at hand, by field; kept until it is returned or approved."""
        return self._comments.of(self.looked.item.uid) if self.looked is not None else {}

    def may(self, event: Event) -> Verdict:
        """Whether the person at this computer may take a step with the record at hand, reason and deadline aside."""
        assert self.looked is not None
        return verdict(self.looked.state, event, person_of(self._workbench.profile), Terms("-", _SOME_DAY))

    def comment(self, field: str, text: str) -> None:
        """Say something about a field of the record at hand; no words take it back."""
        if self.looked is None:
            return
        self._comments.say(self.looked.item.uid, field, text)
        self.looked_changed.emit()

    # --- what is at hand

    def choose(self, uid: str) -> None:
        """Take a record to hand, whether it waits or not; what cannot be read is told."""
        session = self._workbench.session
        if session is None or self.busy:
            return
        try:
            with told_plainly(session.path):
                looked = look_at(session, uid, self._workbench.language)
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return
        self._take(looked)

    def next(self, listed: ReviewList) -> None:
        """Take what waits behind the record at hand; nothing is at hand when nothing else waits.

        Under a query it may have to be looked for among many: then it comes later, from another thread.
        """
        session = self._workbench.session
        if session is None or self.busy:
            return
        here = self.looked.item if self.looked is not None else None
        if listed.limited:
            title = QCoreApplication.translate("originmap", "Looking for the next record")
            job = partial(_next, session.path, listed.asked, here)
            self._works.start("next", title, job, self._found, self._workbench.tell_error, instead=True)
            return
        try:
            with told_plainly(session.path):
                self._found(listed.next_after(here))
        except OriginMapError as error:
            self._workbench.tell_error(error)

    def _found(self, item: Optional[ReviewItem]) -> None:
        if item is None:
            self._take(None)
        else:
            self.choose(item.uid)

    def drop(self) -> None:
        """Nothing is at hand any more."""
        self._take(None)

    def close(self) -> None:
        """The register goes: a step under way ends first, what it brings is heard no more."""
        self._works.abandon(_SECONDS_TO_LET_GO)
        self.again = None
        self._take(None)

    def _take(self, looked: Optional[Looked]) -> None:
        self.looked = looked
        self.looked_changed.emit()

    # --- steps

    def approve(self) -> None:
        """The record at hand is right."""
        self._review(Event.APPROVE, Terms(), ())

    def give_back(self, terms: Terms) -> None:
        """Return the record at hand with its comments."""
        self._review(Event.RETURN, terms, tuple(self.comments.items()))

    def carry_out(self, preview: Preview, comments: Comments = ()) -> None:
        """Take a step with all records that a preview found to go, each with these comments; one undo takes it back."""
        session = self._workbench.session
        if session is None or self.busy:
            return
        title = load_process().event_title(preview.event, self._workbench.language)
        remarks = {going.uid: comments for going in preview.goes} if comments else {}

        def job(progress: Progress) -> object:
            with Register.open(session.path) as register:
                return carry_out(register, preview, remarks, progress)

        self._start(title, job, lambda step: Done(preview.event, step.id, len(step.gone), stayed=len(step.stayed)))

    def last(self) -> Optional[StepInfo]:
        """The latest step of the person at this computer that still stands, also from another day."""
        session = self._workbench.session
        try:
            with told_plainly(session.path):
                return last_step(session.register.connection, person_of(self._workbench.profile))
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return None

    def undo(self, done: Done) -> None:
        """Take back a step."""
        session, person = self._workbench.session, person_of(self._workbench.profile)
        if session is None or self.busy:
            return
        title = QCoreApplication.translate("originmap", "Take back the last step")

        def job(progress: Progress) -> object:
            with Register.open(session.path) as register:
                return undo(register, done.step_id, person)

        self._start(title, job, lambda step: Done(Event.UNDO, step.id, len(step.gone), done.uid, done.name))

    def _review(self, event: Event, terms: Terms, comments: Sequence[tuple[str, str]]) -> None:
        session, looked = self._workbench.session, self.looked
        if session is None or looked is None or self.busy:
            return
        uid, person, seen = looked.item.uid, person_of(self._workbench.profile), looked.state.version
        title = f"{load_process().event_title(event, self._workbench.language)} · {looked.item.producer}"

        def job(progress: Progress) -> object:
            with Register.open(session.path) as register:
                return review_one(register, uid, event, person, terms, comments, seen)

        self._start(title, job, lambda step: Done(event, step.id, 1, uid, looked.item.producer))

    def _start(self, title: str, job: Callable[[Progress], object], done: Callable[[Step], Done]) -> None:
        session = self._workbench.session
        self.again = lambda: self._start(title, job, done)
        self._works.start("step", title, job, lambda step: self._stands(session, done(step)), self._refused)
        self.busy_changed.emit()

    def _stands(self, session: Session, done: Done) -> None:
        self.again = None
        if done.event is not Event.UNDO:
            self._comments.forget(done.uid)
        session.layer.triggerRepaint()
        self.busy_changed.emit()
        self.done.emit(done)
        self._workbench.records_changed.emit(done.uid)

    def _refused(self, error: OriginMapError) -> None:
        self.busy_changed.emit()
        self.refused.emit(error)
