"""What became of every return: mended in time, late, still within its deadline, or overdue; per collector and township.

The answer follows from the chain of steps alone, as it stood at the end of a day, so that a list can be made again.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Callable, Iterable, Iterator, NamedTuple, Optional, Sequence

from .process import Event

# In these states a record needs nothing more from its collector.
_SETTLED = ("submitted", "approved", "ended")
_RECORD_COLUMNS = (
    "uid, geom, coalesce(township, ''), coalesce(village, ''), coalesce(producer_name, ''), "
    "coalesce(producer_type, ''), coalesce(site_name, ''), coalesce(variety, ''), coalesce(cycle, ''), "
    "coalesce(collector_name, ''), coalesce(collector_phone, '')"
)
# Who collected is read from the record as it was returned: a name put in afterwards changes no list.
_STEPS = f"""SELECT e.id, e.event, e.to_status, e.at, coalesce(e.by_name, ''), coalesce(e.reason, ''), e.deadline,
  e.undoes, json_extract(h.before, '$.collector_name'), json_extract(h.before, '$.collector_phone'),
  (SELECT json_group_array(field) FROM review_comment c WHERE c.uid = e.uid AND c.event_id = e.id)
FROM review_event e LEFT JOIN history h ON h.id = e.history_id AND e.event = '{Event.RETURN.value}'
WHERE e.uid = ? AND substr(e.at, 1, 10) <= ? ORDER BY e.id"""


class Outcome(str, Enum):
    """What became of a return."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Returned:
    """One return of one record.

    Attributes:
        geom: the record's point as GeoPackage binary; ``None`` where it has none.
        collector: who had collected it when it was returned, ``phone`` the number.
        at: moment of the return, ``by`` whom and ``reason`` why.
        fields: what was to be mended, by column name; ``geom`` is the point.
        deadline: day until which it was to be mended, that day included.
        mended: day on which it was submitted again (or ended); empty while it was not.
        days: calendar days behind the deadline, counted until it was mended or until the day of the list; 0 in time.
    """

    event_id: int
    uid: str
    geom: Optional[bytes]
    township: str
    village: str
    producer: str
    producer_type: str
    site: str
    variety: str
    cycle: str
    collector: str
    phone: str
    at: str
    by: str
    reason: str
    fields: tuple[str, ...]
    deadline: str
    mended: str
    outcome: Outcome
    days: int

    @property
    def not_in_time(self) -> bool:
        """Whether it goes onto the list for the performance review."""
        return self.outcome in (Outcome.LATE, Outcome.OVERDUE)


@dataclass(frozen=True)
class Tally:
    """The returns of one collector (``name``, ``phone``, the ``townships`` of the records) or of one township.

    ``returned`` is the sum of the four behind it; ``longest`` counts days behind the deadline.
    """

    name: str
    phone: str
    townships: tuple[str, ...]
    returned: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    longest: int

    @property
    def rate(self) -> Optional[float]:
        """The share mended in time, of those whose deadline is over or that are mended; ``None`` without any."""
        judged = self.in_time + self.late + self.overdue
        return self.in_time / judged if judged else None


class _Step(NamedTuple):
    id: int
    event: str
    to_status: str
    at: str
    by: str
    reason: str
    deadline: Optional[str]
    undoes: Optional[int]
    collector: Optional[str]
    phone: Optional[str]
    fields: str


def read_returns(
    connection: sqlite3.Connection, on: date, where: str = "1", first: str = "", last: str = ""
) -> list[Returned]:
    """All returns of some records, in the order of their deadlines; one that was taken back by an undo is none.

    Args:
        connection: of a register; one without reviews yet has no returns.
        on: the list shows how things stood at the end of this day.
        where: SQL condition over the columns of ``record``.
        first: the deadline lies not before this day (``YYYY-MM-DD``).
        last: nor after this one.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'review_event'").fetchone():
        return []
    once_returned = f"SELECT uid FROM review_event WHERE event = '{Event.RETURN.value}'"
    query = f"SELECT {_RECORD_COLUMNS} FROM record WHERE uid IN ({once_returned}) AND ({where})"
    found = [
        returned
        for record in connection.execute(query)
        for returned in _returns_of(record, connection.execute(_STEPS, (record[0], on.isoformat())), on)
        if first <= returned.deadline and (not last or returned.deadline <= last)
    ]
    return sorted(found, key=lambda r: (r.deadline, r.township, r.collector, r.event_id))


def by_collector(returns: Iterable[Returned]) -> list[Tally]:
    """The returns counted per collector, the one with most that was not mended in time first."""
    return _tallies(returns, lambda r: (r.collector, r.phone))


def by_township(returns: Iterable[Returned]) -> list[Tally]:
    """The returns counted per township."""
    return _tallies(returns, lambda r: (r.township, ""))


def whole(returns: Sequence[Returned]) -> Tally:
    """All of them counted."""
    return _tally("", "", returns)


def _tallies(returns: Iterable[Returned], key: Callable[[Returned], tuple[str, str]]) -> list[Tally]:
    groups: dict[tuple[str, str], list[Returned]] = {}
    for returned in returns:
        groups.setdefault(key(returned), []).append(returned)
    tallies = (_tally(*names, group) for names, group in groups.items())
    return sorted(tallies, key=lambda t: (-t.overdue - t.late, -t.longest, t.name, t.phone))


def _tally(name: str, phone: str, returns: Sequence[Returned]) -> Tally:
    counts = {outcome: sum(r.outcome is outcome for r in returns) for outcome in Outcome}
    townships = tuple(sorted({r.township for r in returns if r.township}))
    longest = max((r.days for r in returns), default=0)
    return Tally(name, phone, townships, len(returns), *counts.values(), longest)


def _returns_of(record: Sequence, rows: Iterable[tuple], on: date) -> Iterator[Returned]:
    steps = _that_count([_Step(*row) for row in rows])
    for place, step in enumerate(steps):
        if step.event == Event.RETURN.value and step.deadline:
            yield _returned(record, step, _mended(steps[place + 1 :]), on)


def _that_count(steps: Sequence[_Step]) -> list[_Step]:
    """The steps without those that were taken back, and without the taking back."""
    taken_back: set[int] = set()
    kept = []
    for step in reversed(steps):
        if step.id in taken_back:
            continue
        if step.undoes is not None:
            taken_back.add(step.undoes)
        else:
            kept.append(step)
    return kept[::-1]


def _mended(later: Sequence[_Step]) -> str:
    """The day from which on the record needed nothing more, until the next return or for good; empty without one."""
    since = ""
    for step in later:
        if step.event == Event.RETURN.value:
            break
        since = (since or step.at[:10]) if step.to_status in _SETTLED else ""
    return since


def _returned(record: Sequence, step: _Step, mended: str, on: date) -> Returned:
    deadline = str(step.deadline)
    days = ((date.fromisoformat(mended) if mended else on) - date.fromisoformat(deadline)).days
    if mended:
        outcome = Outcome.LATE if days > 0 else Outcome.IN_TIME
    else:
        outcome = Outcome.OVERDUE if days > 0 else Outcome.WAITING
    uid, geom, *about, name, phone = record
    fields = tuple(field for field in json.loads(step.fields) if field)
    collector = (name, phone) if step.collector is None else (step.collector, step.phone or "")
    what = (*collector, step.at, step.by, step.reason, fields, deadline, mended, outcome, max(days, 0))
    return Returned(step.id, uid, geom, *about, *what)
