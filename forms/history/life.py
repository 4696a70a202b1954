"""The life of one record as the register tells it: its entries, and the version that each of them left behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Optional, Sequence

from ...core.register.errors import RegisterError, told_plainly
from ...core.register.history import CHANGE, CREATED, DELETED, Entry, has_reviews, timeline, version_at
from ...core.register.reviewing import read_state
from ...core.register.rows import find_record
from ...core.review.comparing import POINT, Version
from ...core.review.process import Event
from ...core.review.transitions import RecordState
from ..session import Session

# Seconds between two changes of one person that belong together.
_AT_ONCE = 1.0


@dataclass(frozen=True)
class Life:
    """What is known of a record.

    Attributes:
        uid: of the record.
        entries: the newest first.
        present: what it holds now, ``None`` where it is deleted.
        state: where it stands in the review, ``None`` where it is deleted, or in a register without reviews.
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
        entries = _as_done(timeline(connection, uid))
        record = find_record(connection, uid)
        state = read_state(connection, uid) if record is not None and has_reviews(connection) else None
    if not entries and record is None:
        raise RegisterError("RECORD_GONE", uid)
    present = None if record is None else Version(record.values, record.point, record.fid)
    return Life(uid, entries, present, state)


def _as_done(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """One entry for what a person did at once.

    A deleted record that was restored is not told as made anew too; and QGIS writes the point apart from the values.
    """
    joined: list[Entry] = []
    for number, entry in enumerate(entries):
        if entry.kind == CREATED and joined and joined[-1].event is Event.RESTORE and number < len(entries) - 1:
            continue
        if joined and _at_once(joined[-1], entry):
            joined[-1] = _joined(joined[-1], entry)
        else:
            joined.append(entry)
    return tuple(joined)


def _at_once(newer: Entry, older: Entry) -> bool:
    """Whether one of two neighbours is the point of the other."""
    by_import = "import" in (newer.how, older.how)
    if not newer.history_id or not older.history_id or newer.by != older.by or by_import:
        return False
    return any(_only_moved(entry) for entry in (newer, older)) and _seconds_between(newer, older) <= _AT_ONCE


def _only_moved(entry: Entry) -> bool:
    return entry.kind == CHANGE and [change.field for change in entry.changes] == [POINT]


def _seconds_between(newer: Entry, older: Entry) -> float:
    return abs((datetime.fromisoformat(newer.at) - datetime.fromisoformat(older.at)).total_seconds())


def _joined(newer: Entry, older: Entry) -> Entry:
    """Told as the one that is more than the point; what the record was before is what the older one found."""
    point, other = (newer, older) if _only_moved(newer) else (older, newer)
    return replace(other, history_id=older.history_id, changes=(*point.changes, *other.changes))


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
