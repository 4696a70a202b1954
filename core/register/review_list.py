"""The records that wait for the reviewer: by township, the longest first, of a query where one is given."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Optional

from ..onemap.query import Query
from ..onemap.query_sql import conditions
from ..standard.errors import OriginMapError
from .register import Register
from .schema import RECORD

# By name, because SQLite would rather use the index of the states and sort a million rows.
_INDEX = "record_review"
_WAITING = "WHERE status = 'submitted'"
_COLUMNS = (
    "uid, coalesce(producer_name, ''), coalesce(variety, ''), coalesce(township, ''), coalesce(village, ''), "
    "coalesce(collector_name, ''), coalesce(updated_at, ''), status"
)
_ORDER = "updated_at, uid"

Asked = tuple[Query, str]


@dataclass(frozen=True)
class TownshipGroup:
    """A township (an empty name where records state none): how many wait, unless they were not ``counted`` yet, and
    since when the longest has waited."""

    township: str
    waiting: int
    since: str = ""
    counted: bool = True


@dataclass(frozen=True)
class ReviewItem:
    """A record as a line of the list; ``since`` is the moment of its last change, which is when it was submitted."""

    uid: str
    producer: str
    variety: str
    township: str
    village: str
    collector: str
    since: str
    status: str


class ReviewList:
    """What waits in an open register; every answer is read anew.

    Args:
        register: open for reading at least.
        query: which records shall be seen; when it names states and not the submitted one, nothing waits.
        area: code of the division whose records shall be seen, and those that name no division; empty for all.

    Raises:
        OriginMapError: ``QUERY_BAD`` from every question when the query's further condition is no SQL.
    """

    def __init__(self, register: Register, query: Optional[Query] = None, area: str = "") -> None:
        self._connection = register.connection
        self._query, self._area = query or Query(), area
        asked = conditions(self._query, register.standard()) if self._query != Query() else {}
        self._where = "".join(f" AND {sql}" for sql in (*asked.values(), *_within(area)))
        # A register of the first version that can only be read has no such index.
        known = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?"
        indexed = self._connection.execute(known, (_INDEX,)).fetchone() is not None
        self._waiting = f"{f'INDEXED BY {_INDEX} ' if indexed else ''}{_WAITING}{self._where}"

    @property
    def limited(self) -> bool:
        """Whether anything limits it: then what comes next may have to be looked for among many, in another thread."""
        return bool(self._where)

    @property
    def asked(self) -> Asked:
        """What limits it: the query and the area, for another list of the same."""
        return self._query, self._area

    def glance(self) -> list[TownshipGroup]:
        """The townships in which something waits, not counted yet: at once, however many wait. None under a query."""
        if self.limited:
            return []
        first = f'SELECT township FROM "{RECORD}" {self._waiting} AND township >'
        oldest = f'SELECT updated_at FROM "{RECORD}" {self._waiting} AND township'
        # SQLite jumps from one name to the next along the index.
        query = (
            f"WITH RECURSIVE t(name) AS (SELECT ({first} '' ORDER BY township LIMIT 1) UNION ALL "
            f"SELECT ({first} t.name ORDER BY township LIMIT 1) FROM t WHERE t.name IS NOT NULL) "
            f"SELECT name, ({oldest} = name ORDER BY updated_at LIMIT 1) FROM t WHERE name IS NOT NULL"
        )
        nowhere = [row for test in ("IS NULL", "= ''") for row in self._ask(f"{oldest} {test} ORDER BY 1 LIMIT 1", ())]
        found = [("", min(since or "" for (since,) in nowhere))] if nowhere else []
        return [TownshipGroup(name, 0, since or "", False) for name, since in (*found, *self._ask(query, ()))]

    def groups(self) -> list[TownshipGroup]:
        """All townships in which something waits, in the order of their names."""
        query = f"SELECT coalesce(township, ''), count(*), min(updated_at) FROM \"{RECORD}\" {self._waiting}"
        found: dict[str, TownshipGroup] = {}
        for township, waiting, since in self._ask(f"{query} GROUP BY township", ()):
            known = found.get(township, TownshipGroup(township, 0, since or ""))
            found[township] = TownshipGroup(township, known.waiting + waiting, min(known.since, since or ""))
        return [found[name] for name in sorted(found)]

    def group_of(self, township: str) -> TownshipGroup:
        """One township counted anew."""
        query = f'SELECT count(*), min(updated_at) FROM "{RECORD}" {self._waiting} AND {_is_in(township)}'
        ((waiting, since),) = self._ask(query, _named(township))
        return TownshipGroup(township, waiting, since or "")

    def waiting(self, township: str, limit: int = 100, after: Optional[ReviewItem] = None) -> list[ReviewItem]:
        """The records of a township that wait, the longest first.

        Args:
            township: its name, as in the group.
            limit: how many at most.
            after: the last one that was given before; what comes behind it is wanted.
        """
        behind, values = ("", []) if after is None else (f" AND ({_ORDER}) > (?, ?)", [after.since, after.uid])
        where = f"{self._waiting} AND {_is_in(township)}{behind} ORDER BY {_ORDER} LIMIT ?"
        return self._items(where, [*_named(township), *values, limit])

    def item(self, uid: str) -> Optional[ReviewItem]:
        """One record as a line, whether it waits or not; ``None`` when it is not there."""
        return next(iter(self._items("WHERE uid = ?", [uid])), None)

    def count(self) -> int:
        """How many wait."""
        return int(self._ask(f'SELECT count(*) FROM "{RECORD}" {self._waiting}', ())[0][0])

    def waits(self, uid: str) -> bool:
        """Whether a record waits and is to be seen."""
        query = f"SELECT count(*) FROM \"{RECORD}\" WHERE uid = ? AND status = 'submitted'{self._where}"
        return self._ask(query, [uid])[0][0] > 0

    def next_after(self, here: Optional[ReviewItem] = None) -> Optional[ReviewItem]:
        """What waits behind a record, which may just have left the list: in its township, then in those behind it, and
        from the end it goes on at the beginning. ``None`` when nothing else waits."""
        if here is None:
            return next(iter(self._items(f"{self._waiting} ORDER BY township, {_ORDER} LIMIT 1", [])), None)
        same = self.waiting(here.township, 1, here)
        if same:
            return same[0]
        other = f" AND uid <> ? ORDER BY township, {_ORDER} LIMIT 1"
        beyond = self._items(f"{self._waiting} AND township > ?{other}", [here.township, here.uid])
        return next(iter(beyond or self._items(f"{self._waiting}{other}", [here.uid])), None)

    def _items(self, clause: str, values: list[object]) -> list[ReviewItem]:
        return [ReviewItem(*row) for row in self._ask(f'SELECT {_COLUMNS} FROM "{RECORD}" {clause}', values)]

    def _ask(self, sql: str, values: object) -> list[tuple]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.OperationalError, sqlite3.Warning) as error:
            if not self._query.condition:
                raise
            raise OriginMapError("QUERY_BAD", sql, value=self._query.condition, reason=str(error)) from error


def own_area(register: Register, area: str) -> str:
    """The area of a person where it is only a part of the register's county; else empty."""
    return "" if register.county_code.startswith(area) else area


def _within(area: str) -> list[str]:
    """The same records that a reviewer of the area may review."""
    if not area.isdecimal():
        return []
    return [f"(substr(division_code, 1, {len(area)}) = '{area}' OR coalesce(division_code, '') = '')"]


def _is_in(township: str) -> str:
    return "township = ?" if township else "coalesce(township, '') = ''"


def _named(township: str) -> list[object]:
    return [township] if township else []
