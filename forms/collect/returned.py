"""A record that came back from review: what was asked for, and which of it the collector has settled by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from ...core.register.came_back import CameBack, came_back_of
from ...core.register.errors import told_plainly
from ...core.register.history import Remark, changes_since_review
from ...core.register.rows import Position, same_place
from ...core.review.comparing import POINT, alike
from ..session import Session
from .entry import Entry

RETURNED = "returned"
_NO_EDIT = frozenset(("status", "updated_at", "updated_by"))


@dataclass(frozen=True)
class Returned:
    """What came back, and the values and point (CGCS2000 degrees) the record had when it was returned."""

    came_back: CameBack
    then: Mapping[str, object]
    point: Optional[Position]

    def open(self, values: Mapping[str, object], point: Optional[Position]) -> tuple[Remark, ...]:
        """The comments on a field or the point that no edit has answered yet.

        Whether one on the record as a whole is settled, no edit can tell.

        Args:
            values: as they stand in the form, by field name.
            point: longitude and latitude (CGCS2000 degrees).
        """
        edited = {n for n, v in values.items() if n not in _NO_EDIT and not alike(self.then.get(n), v)}
        if not same_place(self.point, point):
            edited.add(POINT)
        return tuple(comment for comment in self.came_back.comments if comment.field and comment.field not in edited)


def returned_of(session: Session, entry: Entry) -> Optional[Returned]:
    """What is known of the record in the form, where it was returned.

    Raises:
        RegisterError: the file cannot be read.
    """
    if entry.new or entry.status != RETURNED:
        return None
    connection = session.register.connection
    with told_plainly(session.path):
        came_back = came_back_of(connection, entry.uid)
        changes = changes_since_review(connection, entry.uid)
    if came_back is None:
        return None
    moved = next((change for change in changes if change.field == POINT), None)
    then = {change.field: change.before for change in changes if change.field != POINT}
    return Returned(came_back, {**entry.before, **then}, entry.point if moved is None else moved.from_point)
