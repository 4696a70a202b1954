"""The records that wait for an exact point: by village, with progress, and where each of them probably lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Mapping, Optional

from ..places.gazetteer import Gazetteer
from ..standard.conditions import as_codes
from .register import Register
from .rows import Position, position_of
from .schema import RECORD, WAITING

# By name, because SQLite would rather use the index of the states and sort a million rows.
_WAITING = f'INDEXED BY "record_waiting" WHERE {WAITING}'
_VILLAGES = 'INDEXED BY "record_village"'
_ORDER = "township, village, producer_name, uid"
_COLUMNS = (
    "uid, producer_name, variety, coalesce(township, ''), coalesce(village, ''), site_address, county, point_radius, "
    f'findings, geom, (SELECT coalesce(max(id), 0) FROM history WHERE history.uid = "{RECORD}".uid)'
)


@dataclass(frozen=True)
class VillageGroup:
    """A village (empty names where a record states none): how many records have their point, and of how many.

    ``aside`` of them were put aside with a reason; what waits is ``total - done - aside``.
    """

    township: str
    village: str
    done: int
    total: int
    aside: int = 0

    @property
    def waiting(self) -> int:
        """How many still wait for their point."""
        return self.total - self.done - self.aside


@dataclass(frozen=True)
class Place:
    """A place to go to: its name, longitude and latitude (CGCS2000 degrees), and how far off it may be (metres)."""

    title: str
    longitude: float
    latitude: float
    radius: float


@dataclass(frozen=True)
class QueueItem:
    """A record that waits.

    Attributes:
        guess: the best guess (longitude, latitude in CGCS2000), ``None`` where nothing is known.
        radius: metres around the guess within which it probably lies; 0 without a guess.
        candidates: other places the address can mean.
        findings: codes of what was found at the record when it came in.
        version: of the record as it was read (:attr:`.rows.StoredRecord.version`).
    """

    uid: str
    producer: str
    variety: str
    township: str
    village: str
    address: str
    guess: Optional[Position]
    radius: float
    candidates: tuple[Place, ...]
    findings: tuple[str, ...]
    version: int = 0


class Queue:
    """The queue of an open register; every answer is read anew, so counts are always true.

    Args:
        register: open for reading at least.
        gazetteer: with the register's own divisions, for records without any point; ``None`` leaves their guess out.
    """

    def __init__(self, register: Register, gazetteer: Optional[Gazetteer] = None) -> None:
        self._connection = register.connection
        self._county = register.county_code
        self._gazetteer = gazetteer

    def groups(self) -> list[VillageGroup]:
        """All villages with records that are not ended, in the order of their names."""
        waiting = self._counts(_WAITING)
        exact = self._counts(f"{_VILLAGES} WHERE point_quality = 'exact' AND status <> 'ended'")
        totals = self._counts(f"{_VILLAGES} WHERE status <> 'ended'")
        groups = []
        for key, total in totals.items():
            done = exact.get(key, 0)
            groups.append(VillageGroup(*key, done, total, total - done - waiting.get(key, 0)))
        return groups

    def group_of(self, township: str, village: str) -> VillageGroup:
        """One village counted anew (empty names for the records that state none): cheap after each step."""
        where, values = _in_village(township, village)
        query = (
            f"SELECT count(*), coalesce(sum(point_quality = 'exact'), 0) FROM \"{RECORD}\" {_VILLAGES} "
            f"WHERE status <> 'ended' AND {where}"
        )
        total, done = self._connection.execute(query, values).fetchone()
        waiting = f'SELECT count(*) FROM "{RECORD}" {_WAITING} AND {where}'
        (left,) = self._connection.execute(waiting, values).fetchone()
        return VillageGroup(township, village, done, total, total - done - left)

    def count(self) -> int:
        """How many records wait."""
        return self._connection.execute(f'SELECT count(*) FROM "{RECORD}" {_WAITING}').fetchone()[0]

    def waiting(
        self, group: Optional[VillageGroup] = None, limit: int = 500, after: Optional[QueueItem] = None
    ) -> list[QueueItem]:
        """The first records that wait, of one village or of all, by township, village and producer.

        Args:
            group: the village.
            limit: how many at most.
            after: the last one of the village that was given before; what comes behind it is wanted.
        """
        where, values = _WAITING, list[object]()
        if group is not None:
            village, values = _in_village(group.township, group.village)
            where += f" AND {village}"
        if after is not None:
            where += " AND (coalesce(producer_name, ''), uid) > (?, ?)"
            values += [after.producer, after.uid]
        return self._items(f"{where} ORDER BY {_ORDER} LIMIT ?", [*values, limit])

    def waits(self, uid: str) -> bool:
        """Whether a record waits for its point."""
        query = f'SELECT count(*) FROM "{RECORD}" WHERE uid = ? AND {WAITING}'
        return self._connection.execute(query, (uid,)).fetchone()[0] > 0

    def aside(self, limit: int = 500) -> list[tuple[QueueItem, str]]:
        """The records that were put aside, with their reasons."""
        # The plus keeps SQLite from the index of the states, which would make it sort a million rows.
        where = "WHERE aside_reason IS NOT NULL AND +status IN ('draft', 'returned') AND point_quality IS NOT 'exact'"
        query = f'SELECT uid, aside_reason FROM "{RECORD}" {where} ORDER BY {_ORDER} LIMIT ?'
        rows = self._connection.execute(query, (limit,)).fetchall()
        found = ((self.item(uid), reason) for uid, reason in rows)
        return [(item, reason) for item, reason in found if item is not None]

    def item(self, uid: str) -> Optional[QueueItem]:
        """One record as an entry of the queue, whether it waits or not; ``None`` when it is not there."""
        items = self._items("WHERE uid = ?", [uid])
        return items[0] if items else None

    def next_after(self, uid: str = "") -> Optional[QueueItem]:
        """The record that waits behind this one, which may just have left the queue; from the end it goes on at the
        beginning. ``None`` when nothing waits (but this one)."""
        query = f'SELECT township, village, producer_name FROM "{RECORD}" WHERE uid = ?'
        here = self._connection.execute(query, (uid,)).fetchone()
        found: list[QueueItem] = []
        if here is not None:
            names = [name or "" for name in here]
            behind = "(coalesce(township, ''), coalesce(village, ''), coalesce(producer_name, ''), uid) > (?, ?, ?, ?)"
            seek, values = ("township >= ? AND ", [names[0]]) if names[0] else ("", [])
            found = self._items(f"{_WAITING} AND {seek}{behind} ORDER BY {_ORDER} LIMIT 1", [*values, *names, uid])
        return (found or self._items(f"{_WAITING} AND uid <> ? ORDER BY {_ORDER} LIMIT 1", [uid]) or [None])[0]

    def _counts(self, where: str) -> Mapping[tuple[str, str], int]:
        query = f'SELECT township, village, count(*) FROM "{RECORD}" {where} GROUP BY township, village'
        counts: dict[tuple[str, str], int] = {}
        for township, village, number in self._connection.execute(query):
            key = township or "", village or ""
            counts[key] = counts.get(key, 0) + number
        return counts

    def _items(self, clause: str, values: list[object]) -> list[QueueItem]:
        query = f'SELECT {_COLUMNS} FROM "{RECORD}" {clause}'
        return [self._item(row) for row in self._connection.execute(query, values)]

    def _item(self, row: tuple) -> QueueItem:
        uid, producer, variety, township, village, address, county, radius, findings, blob, version = row
        guess, metres = position_of(blob), float(radius or 0)
        candidates: tuple[Place, ...] = ()
        if self._gazetteer is not None:
            centre, candidates = self._by_address(f"{county or ''}{township}{village}{address or ''}")
            if guess is None and centre is not None:
                guess, metres = (centre.longitude, centre.latitude), centre.radius
        codes = _codes(findings)
        place = township, village, address or ""
        return QueueItem(uid, producer or "", variety or "", *place, guess, metres, candidates, codes, version)

    def _by_address(self, text: str) -> tuple[Optional[Place], tuple[Place, ...]]:
        assert self._gazetteer is not None
        match = self._gazetteer.match(text, self._county)
        centre = None
        if match.longitude is not None and match.latitude is not None:
            centre = Place(
                match.village or match.township or match.county, match.longitude, match.latitude, match.radius
            )
        known = ((c.full_name, self._gazetteer.division(c.code)) for c in match.candidates)
        places = [
            Place(name, division.longitude, division.latitude, division.radius or match.radius)
            for name, division in known
            if division is not None and division.longitude is not None and division.latitude is not None
        ]
        return centre, tuple(places)


def _in_village(township: str, village: str) -> tuple[str, list[object]]:
    """The condition, and the values of its marks."""
    return f"{_is('township', township)} AND {_is('village', village)}", [name for name in (township, village) if name]


def _is(column: str, name: str) -> str:
    return f"{column} = ?" if name else f"coalesce({column}, '') = ''"


def _codes(findings: Optional[str]) -> tuple[str, ...]:
    """The codes in a record's findings, which the import keeps as a JSON list of objects."""
    listed = as_codes(findings)
    if listed is not None:
        return tuple(listed)
    try:
        entries = json.loads(findings or "[]")
    except ValueError:
        return ()
    return tuple(str(entry.get("code", "")) for entry in entries if isinstance(entry, dict))
