"""What is done to the records of the queue, one after the other: placed, put aside, verified, taken back.

The record that is being worked on stays until what was done to it stands in the register; only then the next one comes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Callable, Optional

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.register.editing import RecordEditor, Saved
from ...core.register.errors import RegisterError, told_plainly
from ...core.register.nearby import conflicts
from ...core.register.queue import QueueItem
from ...core.register.rows import StoredRecord, find_record
from ...core.standard.findings import Finding
from ..placing.placed import Placed
from ..session import Session
from ..workbench import Workbench

_BY_CLICK = ("imagery", "typed")
_SITE_VISIT = "site_visit"
EXACT = "exact"


class Step(Enum):
    """What a person did to a record."""

    PLACE = "place"
    ASIDE = "aside"
    BACK = "back"
    VERIFY = "verify"
    UNDO = "undo"


@dataclass(frozen=True)
class Done:
    """A step that stands in the register, with what was told about the point."""

    step: Step
    uid: str
    producer: str
    note: str = ""


class QueueWork(QObject):
    """The record at hand and the steps it can take; the register says when a step is done.

    Signals:
        item_changed: another record is at hand, or none.
        done: a :class:`Done`.
        refused: the :class:`OriginMapError` why the register did not take a step; the record stays at hand, and
            :meth:`again` tries the very same step once more.
        waiting_changed: whether a step waits for a file that somebody else is writing to.
    """

    item_changed = pyqtSignal()
    done = pyqtSignal(object)
    refused = pyqtSignal(object)
    waiting_changed = pyqtSignal(bool)

    def __init__(self, workbench: Workbench, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session: Optional[Session] = None
        self._step: Optional[Done] = None
        self._refused_step: Optional[Done] = None
        self._action: Callable[[], object] = _nothing
        self._seen = 0
        self.item: Optional[QueueItem] = None
        self.record: Optional[StoredRecord] = None

    @property
    def waiting(self) -> bool:
        """Whether a step is under way."""
        return self._step is not None

    @property
    def refused_step(self) -> Optional[Done]:
        """The step that the register did not take; :meth:`again` tries it once more."""
        return self._refused_step

    def attach(self, session: Session) -> None:
        """Work on a register."""
        self._session = session
        session.editor.saved.connect(self._saved)
        session.editor.refused.connect(self._refused)

    def detach(self) -> None:
        """Let go of the register; what still waits there is the editor's."""
        if self._session is None:
            return
        self._session.editor.saved.disconnect(self._saved)
        self._session.editor.refused.disconnect(self._refused)
        self._session = None
        self._refused_step, self._action = None, _nothing
        self._end_step()
        self._take(None)

    def choose(self, uid: str) -> None:
        """Take a record to hand, whether it waits or not."""
        if self._session is not None and not self.waiting:
            self._read(lambda session: session.queue.item(uid))

    def next(self) -> None:
        """Take the record that waits behind the one at hand; from the end it goes on at the beginning."""
        if self._session is None or self.waiting:
            return
        here = self.item.uid if self.item is not None else ""
        self._read(lambda session: session.queue.next_after(here) or (self.item if session.queue.waits(here) else None))

    def doubts(self, placed: Placed) -> list[Finding]:
        """What the person should be asked about before the point is saved."""
        session, record = self._session, self.record
        if session is None or record is None:
            return []
        with told_plainly(session.path):
            return conflicts(session.register, record.values, placed.position, session.areas)

    def place(self, placed: Placed, on_site: bool) -> None:
        """Set the point on the record at hand.

        Args:
            placed: where, and how it came about.
            on_site: the click repeats what was seen on site, imagery only helped to find it.
        """
        how = placed.how
        if on_site and how.method in _BY_CLICK and not how.text:
            how = replace(how, method=_SITE_VISIT)
        note = placed.warning
        if how.quality != EXACT:
            note = QCoreApplication.translate("originmap", "The point is approximate: the record stays in the queue.")
        title = QCoreApplication.translate("originmap", "Place “{producer}”")
        self._do(Step.PLACE, title, lambda e, uid, name, seen: e.move(uid, _point(placed), how, name, seen), note)

    def put_aside(self, reason: str) -> None:
        """Note why the record at hand cannot be located."""
        title = QCoreApplication.translate("originmap", "Put “{producer}” aside")
        self._do(Step.ASIDE, title, lambda e, uid, name, seen: e.put_aside(uid, reason, name, seen))

    def put_back(self, item: QueueItem) -> None:
        """Let a record that was put aside wait again."""
        title = QCoreApplication.translate("originmap", "Put “{producer}” back")
        self._do(Step.BACK, title, lambda e, uid, name, seen: e.put_aside(uid, "", name, seen), item=item)

    def verify(self, item: QueueItem, how: tuple[str, ...], day: str, by: str) -> None:
        """Note how, when and by whom a record was verified."""
        title = QCoreApplication.translate("originmap", "Verify “{producer}”")
        self._do(Step.VERIFY, title, lambda e, uid, name, seen: e.verify(uid, how, day, by, name, seen), item=item)

    def undo(self, done: Done) -> None:
        """Take back what was done last; the editor says no when it was changed since."""
        session = self._session
        if session is None or self.waiting or session.editor.busy:
            return

        def take_back() -> None:
            if not session.editor.undo_last():
                self._end_step()

        self._begin(Done(Step.UNDO, done.uid, done.producer), take_back)

    def look_again(self) -> None:
        """Read the record at hand anew; whether it still waits is another matter."""
        if self.item is not None:
            self.choose(self.item.uid)

    def let_be(self) -> None:
        """Forget the step that was refused, and go on where the record at hand no longer waits."""
        self._refused_step, item = None, self.item
        if item is not None and self._session is not None and not self.waiting:
            self._read(lambda s: s.queue.item(item.uid) if s.queue.waits(item.uid) else s.queue.next_after(item.uid))

    def again(self) -> None:
        """Try the step that was refused once more, with all that belonged to it; over what others changed meanwhile,
        of which the refusal told."""
        if self._session is not None and self._refused_step is not None and not self.waiting:
            self._begin(self._refused_step, self._action)

    def _do(
        self,
        step: Step,
        title: str,
        action: Callable[[RecordEditor, str, str, int], Saved],
        note: str = "",
        item: Optional[QueueItem] = None,
    ) -> None:
        """Begin a step; its end comes by the editor's signals, mostly before this returns."""
        session, item = self._session, item or self.item
        if session is None or item is None or self.waiting:
            return
        name = title.format(producer=item.producer)
        self._seen = item.version
        done = Done(step, item.uid, item.producer, note)
        self._begin(done, lambda: action(session.editor, item.uid, name, self._seen))

    def _begin(self, step: Done, action: Callable[[], object]) -> None:
        self._step, self._action, self._refused_step = step, action, None
        try:
            action()
        except RegisterError as error:
            self._fail(error)
        if self.waiting:
            self.waiting_changed.emit(True)

    def _end_step(self) -> None:
        if self._step is not None:
            self._step = None
            self.waiting_changed.emit(False)

    def _saved(self, saved: Saved) -> None:
        step = self._step
        if step is None or saved.uid != step.uid:
            return
        self._end_step()
        self.done.emit(step)

    def _refused(self, saved: Saved) -> None:
        if self._step is not None and saved.uid == self._step.uid and saved.error is not None:
            self._seen = saved.version or self._seen
            self._fail(saved.error)

    def _fail(self, error: RegisterError) -> None:
        # What was to be taken back is gone from the editor's list: once more would take back what was before it.
        self._refused_step = self._step if self._step is not None and self._step.step is not Step.UNDO else None
        self._end_step()
        self.refused.emit(error)

    def _read(self, look: Callable[[Session], Optional[QueueItem]]) -> None:
        session = self._session
        try:
            with told_plainly(session.path):
                item = look(session)
                record = None if item is None else find_record(session.register.connection, item.uid)
        except RegisterError as error:
            self.refused.emit(error)
            return
        self._take(item, record)

    def _take(self, item: Optional[QueueItem], record: Optional[StoredRecord] = None) -> None:
        self.item, self.record = item, record
        self.item_changed.emit()


def _nothing() -> None:
    """There is no step yet."""


def _point(placed: Placed) -> QgsPointXY:
    return QgsPointXY(*placed.position)
