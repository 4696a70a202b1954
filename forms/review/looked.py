"""All that the reviewer looks at when a record is at hand, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from ...core.register.history import Entry, changes_since_review, has_reviews, reviewed_before, timeline
from ...core.register.nearby import Neighbour, conflicts, neighbours
from ...core.register.review_list import ReviewItem, ReviewList
from ...core.register.reviewing import read_state
from ...core.register.rows import Position, StoredRecord, find_record
from ...core.review.comparing import FieldChange
from ...core.review.process import Event
from ...core.review.transitions import RecordState
from ..found import Told, told_of
from ..session import Session

POINT = "geom"


@dataclass(frozen=True)
class Looked:
    """A record at hand.

    Attributes:
        item: its line in the list.
        record: as the register holds it.
        state: what the review's rules judge.
        changes: what differs from the record at its last review, by field.
        reviewed: whether it was ever reviewed.
        submitted: the entry of its last submission.
        returned: the entry of its last return, with the comments.
        neighbours: the nearest records of the same product.
        findings: what speaks against its place now, and what the import kept with it.
    """

    item: ReviewItem
    record: StoredRecord
    state: RecordState
    changes: Mapping[str, FieldChange]
    reviewed: bool
    submitted: Optional[Entry]
    returned: Optional[Entry]
    neighbours: tuple[Neighbour, ...]
    findings: tuple[Told, ...]

    @property
    def comments(self) -> dict[str, tuple[str, ...]]:
        """What was said at the last return, by field (empty: the whole record)."""
        said: dict[str, tuple[str, ...]] = {}
        for comment in self.returned.comments if self.returned is not None else ():
            said[comment.field] = (*said.get(comment.field, ()), comment.text)
        return said

    @property
    def moved_from(self) -> Optional[Position]:
        """Where the point was at the last review, when it is elsewhere now."""
        change = self.changes.get(POINT)
        return change.from_point if change is not None else None


def look_at(session: Session, uid: str, language: str) -> Optional[Looked]:
    """Read a record with everything around it; ``None`` when it is gone.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    connection = session.register.connection
    item, record = ReviewList(session.register).item(uid), find_record(connection, uid)
    if item is None or record is None:
        return None
    story = timeline(connection, uid)
    near: tuple[Neighbour, ...] = ()
    if record.point is not None and item.variety:
        near = tuple(neighbours(session.register, uid, item.variety, record.point))
    return Looked(
        item,
        record,
        read_state(connection, uid) if has_reviews(connection) else RecordState(uid, item.status),
        {change.field: change for change in changes_since_review(connection, uid)},
        reviewed_before(connection, uid),
        _last(story, Event.SUBMIT),
        _last(story, Event.RETURN),
        near,
        tuple(dict.fromkeys((*_against_the_place(session, record, language), *told_of(record.values, language)))),
    )


def _last(story: tuple[Entry, ...], event: Event) -> Optional[Entry]:
    return next((entry for entry in story if entry.event == event), None)


def _against_the_place(session: Session, record: StoredRecord, language: str) -> list[Told]:
    if record.point is None:
        return []
    found = conflicts(session.register, record.values, record.point, session.areas)
    return [Told(finding.field, finding.message(language).text, True) for finding in found]
