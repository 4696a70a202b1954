"""The life of one record as the register tells it: its entries, and the version that each of them left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from ...core.register.errors import RegisterError, told_plainly
from ...core.register.history import CREATED, DELETED, Entry, timeline, version_at
from ...core.register.reviewing import read_state
from ...core.register.rows import find_record
from ...core.review.comparing import Version
from ...core.review.process import Event
from ...core.review.transitions import RecordState
from ..session import Session


@dataclass(frozen=True)
class Life:
    """What is known of a record.

    Attributes:
        uid: of the record.
        entries: the newest first.
        present: what it holds now, ``None`` where it is deleted.
        state: where it stands in the review, ``None`` where it is deleted.
    """

    uid: str
    entries: tuple[Entry, ...]
    present: Optional[Version]
    state: Optional[RecordState]

    def entry_to_restore(self, number: int) -> Optional[int]:
        """The history's number of the version that entry ``number`` left; ``None`` where it is the present one.

        The history keeps what a record was *before* each change, so it is the next newer entry's; of a deleted record
        the last version is the one that stood before it was deleted.
        """
        if self.entries[number].kind == DELETED:
            return self.entries[number].history_id
        newer = (entry.history_id for entry in reversed(self.entries[:number]))
        return next((found for found in newer if found), None)


def life_of(session: Session, uid: str) -> Life:
    """Read it anew.

    Raises:
        RegisterError: ``RECORD_GONE`` where the register never knew it, or the file cannot be read.
    """
    connection = session.register.connection
    with told_plainly(session.path):
        entries = _without_doubles(timeline(connection, uid))
        record = find_record(connection, uid)
        state = read_state(connection, uid) if record is not None else None
    if not entries and record is None:
        raise RegisterError("RECORD_GONE", uid)
    present = None if record is None else Version(record.values, record.point, record.fid)
    return Life(uid, entries, present, state)


def _without_doubles(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A deleted record that was restored is told so once, and not also as made anew."""
    again = {older for newer, older in zip(entries, entries[1:-1]) if newer.event is Event.RESTORE}
    return tuple(entry for entry in entries if entry.kind != CREATED or entry not in again)


def version_of(session: Session, life: Life, number: int) -> Version:
    """What the record was after entry ``number``.

    Raises:
        RegisterError: the file cannot be read.
    """
    history_id = life.entry_to_restore(number)
    if history_id is None:
        assert life.present is not None
        return life.present
    with told_plainly(session.path):
        return version_at(session.register.connection, life.uid, history_id)
