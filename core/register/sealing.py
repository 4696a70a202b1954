"""Laying the seal over what a register holds, and looking whether everything still is what was sealed."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Sequence

from ..review.seal import START, RowDigest, mark, next_link
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .schema import RECORD

# Tables whose rows are only ever added, in the order in which they are sealed, with the columns that are.
LOGS = {
    "import": ("id", "file", "sha256", "sheet", "started_at", "finished_at", "by", "counts", "datum", "options"),
    "history": ("id", "uid", "at", "by", "action", "status", "import_id", "before"),
    "review_event": (
        *("id", "uid", "event", "from_status", "to_status", "at", "by_name", "by_phone", "by_role", "by_area"),
        *("reason", "deadline", "step", "undoes", "history_id", "seen", "fields"),
    ),
    "review_comment": ("id", "event_id", "uid", "field", "comment"),
}
# Rows of each kind that an open or close seals, between two clicks of a person; and that all at once are sealed by.
AT_ONCE, _LARGE_PIECE = 250, 20_000
# Pieces of the sealing in the background: rows of the first, at most, at least; seconds for which one locks the file.
_FIRST_PIECE, _MOST_PIECE, _LEAST_PIECE, _HELD_SECONDS = 100, 500, 25, 0.02
# Of what a piece took; a writer that finds the file locked looks again after a while of its own choosing.
_PAUSE = 2.0
_SILENT = Silent()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sealed:
    """How many rows were sealed, and whether more wait."""

    count: int
    more: bool = False


def seal_some(connection: sqlite3.Connection, path: Path) -> Sealed:
    """Seal some of what waits, unless somebody else writes just now: for every open and close, in nobody's way."""
    try:
        if connection.in_transaction or not _waits(connection):
            return Sealed(0)
        with _at_once(connection):
            return seal(connection, AT_ONCE)
    except sqlite3.DatabaseError as error:
        logger.info("%s is sealed another time: %s", path.name, error)
        return Sealed(0, True)


def seal_all(connection: sqlite3.Connection, progress: Progress = _SILENT) -> Sealed:
    """Seal all that waits, in large pieces, so that others can write in between.

    Raises:
        OriginMapError: ``CANCELLED``; what was sealed until then is sealed.
    """
    count = 0
    while True:
        stop_if_cancelled(progress)
        done, _ = _piece(connection, _LARGE_PIECE)
        count += done.count
        if not done.more:
            return Sealed(count)


def seal_unnoticed(connection: sqlite3.Connection, progress: Progress) -> Sealed:
    """Seal all that waits, in pieces that keep nobody waiting, with a longer pause behind each for others to write.

    Raises:
        OriginMapError: ``CANCELLED``; what was sealed until then is sealed.
    """
    count, most = 0, _FIRST_PIECE
    while True:
        stop_if_cancelled(progress)
        done, held = _piece(connection, most)
        count += done.count
        if not done.more:
            return Sealed(count)
        most = max(_LEAST_PIECE, min(_MOST_PIECE, 2 * most, int(most * _HELD_SECONDS / held)))
        time.sleep(_PAUSE * held)


def last_mark(connection: sqlite3.Connection) -> str:
    """The mark of the last link, to be written down outside of the register; empty where nothing is sealed."""
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'seal'").fetchone()[0]:
        return ""
    row = connection.execute("SELECT link FROM seal ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else mark(row[0])


def waits(connection: sqlite3.Connection) -> bool:
    """Whether more waits for its seal than an open or close would seal."""
    tables = {**dict.fromkeys(LOGS, "id"), RECORD: "fid"}
    return any(
        connection.execute(
            f'SELECT coalesce((SELECT max({key}) FROM "{table}"), 0) - '
            "coalesce((SELECT max(row) FROM seal WHERE subject = ?), 0)",
            (table,),
        ).fetchone()[0]
        > AT_ONCE
        for table, key in tables.items()
    )


def _piece(connection: sqlite3.Connection, most: int) -> tuple[Sealed, float]:
    """Seal so much in a transaction; for how many seconds it kept others from writing."""
    connection.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    try:
        done = seal(connection, most)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return done, time.perf_counter() - began


def seal(connection: sqlite3.Connection, most: int) -> Sealed:
    """Seal what waits, ``most`` rows of each kind at most, inside the caller's transaction.

    A record is sealed with its history: a changed one again, once all that happened to it is, and new ones when no
    entry of the history waits.
    """
    row = connection.execute("SELECT link FROM seal ORDER BY id DESC LIMIT 1").fetchone()
    chain = _Chain(connection, START if row is None else row[0])
    more = False
    for table, columns in LOGS.items():
        rows = _waiting(connection, table, columns, most)
        digests = RowDigest(columns)
        chain.lay(table, [(row[0], digests.of(row)) for row in rows])
        if table == "history":
            chain.lay(RECORD, _records_of(connection, rows))
        more |= len(rows) == most
    if not more:
        rows = _new_records(connection, most)
        chain.lay(RECORD, rows)
        more = len(rows) == most
    return Sealed(chain.count, more)


class _Chain:
    """Lays link after link."""

    def __init__(self, connection: sqlite3.Connection, link: bytes) -> None:
        self._connection = connection
        self._link = link
        self.count = 0

    def lay(self, subject: str, rows: Sequence[tuple[int, bytes]]) -> None:
        links = []
        for row, digest in rows:
            self._link = next_link(self._link, subject, row, digest)
            links.append((subject, row, digest, self._link))
        self._connection.executemany("INSERT INTO seal (subject, row, digest, link) VALUES (?, ?, ?, ?)", links)
        self.count += len(links)


def _waits(connection: sqlite3.Connection) -> bool:
    tables = {**dict.fromkeys(LOGS, "id"), RECORD: "fid"}
    newer = (
        f'coalesce((SELECT max({key}) FROM "{table}"), 0) > '
        f"coalesce((SELECT max(row) FROM seal WHERE subject = '{table}'), 0)"
        for table, key in tables.items()
    )
    return bool(connection.execute(f"SELECT {' OR '.join(newer)}").fetchone()[0])


def _waiting(connection: sqlite3.Connection, table: str, columns: Sequence[str], most: int) -> list[tuple]:
    names = ", ".join(f'"{name}"' for name in columns)
    unfinished = " AND finished_at IS NOT NULL" if table == "import" else ""
    return connection.execute(
        f'SELECT {names} FROM "{table}" WHERE id > coalesce((SELECT max(row) FROM seal WHERE subject = ?), 0)'
        f"{unfinished} ORDER BY id LIMIT ?",
        (table, most),
    ).fetchall()


def _records_of(connection: sqlite3.Connection, entries: Sequence[tuple]) -> list[tuple[int, bytes]]:
    """The records that these entries of the history tell of, but those that a later entry tells of too."""
    if not entries:
        return []
    # An entry without a record tells of the triggers.
    fids = json.dumps(sorted({json.loads(entry[-1])["fid"] for entry in entries if entry[1]}))
    rows = _digests(connection, "fid IN (SELECT value FROM json_each(?))", (fids,))
    later = connection.execute(
        "SELECT r.fid FROM record AS r WHERE r.fid IN (SELECT value FROM json_each(?)) "
        "AND (SELECT max(id) FROM history WHERE uid = r.uid) > ?",
        (fids, entries[-1][0]),
    )
    waiting = {fid for (fid,) in later}
    return [(fid, digest) for fid, digest in rows if fid not in waiting]


def _new_records(connection: sqlite3.Connection, most: int) -> list[tuple[int, bytes]]:
    behind = f"fid > coalesce((SELECT max(row) FROM seal WHERE subject = '{RECORD}'), 0)"
    return _digests(connection, f"{behind} ORDER BY fid LIMIT ?", (most,))


def _digests(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[tuple[int, bytes]]:
    cursor = connection.execute(f'SELECT * FROM "{RECORD}" WHERE {where}', values)
    names = [column[0] for column in cursor.description]
    digests, fid = RowDigest(names), names.index("fid")
    return [(row[fid], digests.of(row)) for row in cursor]


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that does not wait for others."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA busy_timeout = {patience}")
