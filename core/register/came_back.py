"""What came back from the review: the remarks to each field, and how many days are left to mend it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Iterator, Optional

from ..review.person import Person
from ..review.transitions import today_in_china
from .history import Remark, has_reviews


@dataclass(frozen=True)
class CameBack:
    """A record that was returned and waits for its collector.

    ``days_left`` counts to the deadline: 0 on the day itself, negative behind it; ``None`` where none was set.
    """

    uid: str
    event_id: int
    producer_name: str
    variety: str
    site_name: str
    township: str
    village: str
    collector_name: str
    collector_phone: str
    returned_at: str
    returned_by: str
    reason: str
    deadline: str
    days_left: Optional[int]
    comments: tuple[Remark, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether its deadline is over."""
        return self.days_left is not None and self.days_left < 0


_TEXTS = ("producer_name", "variety", "site_name", "township", "village", "collector_name", "collector_phone")
# The return that led to the present state; what was taken back is no return.
_QUERY = (
    "SELECT r.uid, coalesce(e.id, 0), "
    + ", ".join(f"coalesce(r.{name}, '')" for name in _TEXTS)
    + ", coalesce(e.at, ''), coalesce(e.by_name, ''), coalesce(e.reason, ''), coalesce(e.deadline, '') "
    "FROM record AS r LEFT JOIN review_event AS e ON e.id = (SELECT max(o.id) FROM review_event AS o "
    "WHERE o.uid = r.uid AND o.event = 'return' AND NOT EXISTS (SELECT 1 FROM review_event AS u WHERE u.uid = o.uid "
    "AND u.undoes = o.id)) WHERE r.status = 'returned'"
)


def came_back(
    connection: sqlite3.Connection, person: Optional[Person] = None, today: Optional[date] = None
) -> list[CameBack]:
    """The records that were returned, the most urgent first: all, or those that a person collected."""
    found = (one for one in _read(connection, "", (), today) if person is None or _is_of(one, person))
    return sorted(found, key=lambda one: (one.deadline or "9999", one.returned_at, one.uid))


def came_back_of(connection: sqlite3.Connection, uid: str, today: Optional[date] = None) -> Optional[CameBack]:
    """One record that was returned; ``None`` when it does not wait for its collector."""
    return next(_read(connection, " AND r.uid = ?", (uid,), today), None)


def count_came_back(
    connection: sqlite3.Connection, person: Optional[Person] = None, today: Optional[date] = None
) -> tuple[int, int]:
    """How many came back, and how many of them are overdue."""
    found = came_back(connection, person, today)
    return len(found), sum(one.overdue for one in found)


def _is_of(one: CameBack, person: Person) -> bool:
    return person.collected(one.collector_name, one.collector_phone)


def _read(
    connection: sqlite3.Connection, condition: str, values: tuple[str, ...], today: Optional[date]
) -> Iterator[CameBack]:
    if not has_reviews(connection):
        return
    today = today or today_in_china()
    for row in connection.execute(_QUERY + condition, values).fetchall():
        yield CameBack(*row, _days_left(row[-1], today), _comments(connection, row[1]))


def _days_left(deadline: str, today: date) -> Optional[int]:
    return (date.fromisoformat(deadline) - today).days if deadline else None


def _comments(connection: sqlite3.Connection, event: int) -> tuple[Remark, ...]:
    query = "SELECT id, field, comment, coalesce(settled, '') FROM review_comment WHERE event_id = ? ORDER BY id"
    return tuple(Remark(*row) for row in connection.execute(query, (event,)))
