"""Finding records by what a person types: producer, address, division, the end of a phone number, or the uid.

Made for the thread of a locator filter, with a read-only connection of its own. What an index answers comes first;
words in the middle of names are looked for in the narrow indexes and never in the rows.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Callable, Iterator, Optional

from .rows import Position, position_of
from .schema import DIVISION, PHONE_TAIL, PHONE_TAIL_DIGITS, RECORD

_UID_DIGITS = 6
_COUNTY_DIGITS = 6
_DIVISIONS = 50
_LAST = "\U0010ffff"
_COLUMNS = "uid, producer_name, variety, cycle, township, village, site_address, geom, contact_phone"


@dataclass(frozen=True)
class Hit:
    """A record found: ``title`` is the producer, ``subtitle`` cycle and place; the point where it has
    one (longitude, latitude in CGCS2000 degrees). The phone is as stored: mask it where it is only shown."""

    uid: str
    title: str
    subtitle: str
    point: Optional[Position]
    variety: str = ""
    phone: str = ""


def search(
    connection: sqlite3.Connection, text: str, limit: int = 20, cancelled: Callable[[], bool] = lambda: False
) -> list[Hit]:
    """The records that fit what was typed, the surest first.

    Args:
        connection: read-only, of this thread (:func:`.rows.reading`).
        text: at least two characters; four digits or more are the end of a phone number, six or more also a division
            code, six or more hexadecimal digits the beginning of a uid.
        limit: how many are wanted at most.
        cancelled: asked between the steps.
    """
    text = text.strip()
    if len(text) < 2:
        return []
    fids: dict[int, None] = {}
    for step in (*_BY_INDEX, *_BY_SCAN):
        # Digits that an index knows are meant as a number: no scan for names that hold them by chance.
        if len(fids) >= limit or cancelled() or (step in _BY_SCAN and fids and text.isascii()):
            break
        fids.update(dict.fromkeys(step(connection, text, limit)))
    return _hits(connection, list(fids)[:limit])


def _by_uid(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    prefix = text.lower()
    if len(prefix) >= _UID_DIGITS and re.fullmatch("[0-9a-f-]+", prefix):
        yield from _fids(connection, "uid >= ? AND uid < ?", (prefix, f"{prefix}g"), limit)


def _by_phone(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    digits = text.replace(" ", "").replace("-", "")
    if digits.isascii() and digits.isdigit() and len(digits) >= PHONE_TAIL_DIGITS:
        tail = digits[-PHONE_TAIL_DIGITS:]
        fits = f"{PHONE_TAIL} = ? AND replace(contact_phone, '-', '') LIKE ?"
        yield from _fids(connection, fits, (tail, f"%{digits}"), limit)


def _by_code(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    if text.isascii() and text.isdigit() and len(text) >= _COUNTY_DIGITS:
        yield from _in_division(connection, text, limit)


def _by_producer(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    yield from _fids(connection, "producer_name >= ? AND producer_name < ?", (text, text + _LAST), limit)


def _by_division(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    """Records of the divisions whose name holds the text: by the register's list, and by what the records state."""
    query = f'SELECT code FROM "{DIVISION}" WHERE instr(name, ?) AND length(code) > ? ORDER BY code LIMIT ?'
    left = limit
    for (code,) in connection.execute(query, (text, _COUNTY_DIGITS, _DIVISIONS)).fetchall():
        for fid in _in_division(connection, code, left):
            left -= 1
            yield fid
        if left <= 0:
            return
    yield from _fids(connection, "township >= ? AND township < ?", (text, text + _LAST), left)
    villages = 'SELECT DISTINCT township, village FROM "record" WHERE instr(village, ?) LIMIT ?'
    for township, village in connection.execute(villages, (text, _DIVISIONS)).fetchall():
        yield from _fids(connection, "township IS ? AND village = ?", (township, village), left)


def _inside_producer(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    yield from _fids(connection, "instr(producer_name, ?)", (text,), limit, "record_producer")


def _inside_address(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[int]:
    yield from _fids(connection, "instr(site_address, ?)", (text,), limit, "record_address")


_BY_INDEX = (_by_uid, _by_phone, _by_code, _by_producer)
_BY_SCAN = (_by_division, _inside_producer, _inside_address)


def _in_division(connection: sqlite3.Connection, code: str, limit: int) -> Iterator[int]:
    # The index begins with the variety: naming them all turns one scan into a few short ranges.
    fits = "variety IN (SELECT code FROM variety) AND division_code >= ? AND division_code < ?"
    yield from _fids(connection, fits, (code, f"{code}:"), limit)


def _fids(
    connection: sqlite3.Connection, fits: str, values: tuple[object, ...], limit: int, index: str = ""
) -> Iterator[int]:
    through = f'INDEXED BY "{index}"' if index else ""
    query = f'SELECT fid FROM "{RECORD}" {through} WHERE {fits} LIMIT ?'
    for (fid,) in connection.execute(query, (*values, limit)):
        yield fid


def _hits(connection: sqlite3.Connection, fids: list[int]) -> list[Hit]:
    marks = ", ".join("?" * len(fids))
    query = f'SELECT fid, {_COLUMNS} FROM "{RECORD}" WHERE fid IN ({marks})'
    found = {row[0]: _hit(*row[1:]) for row in connection.execute(query, fids)}
    return [found[fid] for fid in fids if fid in found]


def _hit(
    uid: str,
    producer: Optional[str],
    variety: Optional[str],
    cycle: Optional[str],
    township: Optional[str],
    village: Optional[str],
    address: Optional[str],
    blob: Optional[bytes],
    phone: Optional[str],
) -> Hit:
    place = address or f"{township or ''}{village or ''}"
    subtitle = " · ".join(filter(None, (cycle, place)))
    return Hit(uid, producer or "", subtitle, position_of(blob), variety or "", phone or "")
