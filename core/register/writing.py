"""Writing an import in bulk: chunks of new and changed rows, all indexes made by set at the end."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass, field
from typing import Iterable, Mapping, NamedTuple, Optional, Sequence

import numpy as np

from ..review.to_sql import events_of_new_records
from ..standard.model import Standard
from ..standard.to_sql import DRAFT, quoted
from .behind import Behind
from .geometry import coordinates_of
from .gpkg import touch
from .moments import now
from .record_key import KEY_FIELDS, key_of_values
from .schema import RECORD, RECORD_INDEXES
from .spatial_index import hold_points, index_held_points
from .triggers import insert_triggers

Row = tuple
_SAMPLE = 1_000


@dataclass(frozen=True)
class ImportInfo:
    """Where an import comes from: the file's name and hash, the sheet, who did it, the datum and the options chosen."""

    file: str
    sha256: str
    sheet: str = ""
    by: str = ""
    datum: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


class KnownRecord(NamedTuple):
    """What the register knows of a record, as much as telling new, changed and unchanged needs."""

    fid: int
    uid: str
    record_key: Optional[str]
    content_hash: Optional[str]
    status: str


def new_uids(count: int) -> list[str]:
    """Random UUIDs (version 4, RFC 4122) as the register writes them, ten times as fast as one by one."""
    raw = np.frombuffer(os.urandom(16 * count), np.uint8).reshape(count, 16).copy()
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    text = raw.tobytes().hex()
    whole = (text[start : start + 32] for start in range(0, 32 * count, 32))
    return [f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}" for uid in whole]


class ImportSession:
    """The writing half of one import, inside the transaction that :meth:`Register.importing` holds.

    While it lasts, the triggers that look at each new row are away; :meth:`finish` does their work for all rows at
    once and puts them back, so that what is committed has passed the same gate.
    """

    def __init__(self, connection: sqlite3.Connection, standard: Standard, info: ImportInfo) -> None:
        self._connection = connection
        self._info = info
        self._moment = now()
        self._triggers = insert_triggers(standard)
        self._several = [field.name for field in standard.fields if field.several]
        self._first_fid = self._next_fid = self._one("SELECT coalesce(max(fid), 0) + 1 FROM record")
        self._behind = Behind()
        self._counts: Mapping[str, int] = {}
        self.import_id = self._begin()

    def known(self, record_keys: Iterable[str], uids: Iterable[str] = ()) -> dict[str, KnownRecord]:
        """What stood in the register before this import, under each of these record keys and uids that it knows.

        Rows written by this import itself are not looked for. Of several records with one key, the one that is not
        ended counts, and of those the oldest. A record that no import brought yet is found by the key that an import
        would give it, where it is the only one.
        """
        found: dict[str, KnownRecord] = {}
        if self._first_fid == 1:
            return found
        self.settle()
        record = "r.fid, r.uid, r.record_key, r.content_hash, r.status FROM temp.asked AS a CROSS JOIN"
        by_key, by_uid = (
            f"SELECT r.{column}, {record} record AS r ON r.{column} = a.value WHERE r.fid < {self._first_fid} "
            "ORDER BY r.status <> 'ended', r.fid DESC"
            for column in ("record_key", "uid")
        )
        unkeyed = f"SELECT a.value, {record} temp.unkeyed AS u ON u.record_key = a.value JOIN record AS r USING (fid)"
        for values, queries in ((record_keys, (unkeyed, by_key)), (uids, (by_uid,))):
            self._ask(values)
            for query in queries:
                found.update((row[0], KnownRecord(*row[1:])) for row in self._connection.execute(query))
        return found

    def insert(
        self, columns: Sequence[str], rows: Sequence[Row], constants: Optional[Mapping[str, str]] = None
    ) -> None:
        """Add new records; their points are indexed while the caller goes on.

        Args:
            columns: names of the columns in the rows; ``geom`` holds what :func:`.geometry.point_blobs` made. ``uid``
                must be among them; ``import_id`` and the stamps of time and person are filled in when they are not.
            rows: one tuple of values a record.
            constants: text that is the same in all of them, by column.
        """
        if not rows:
            return
        stamps = ("created_at", "created_by", "updated_at", "updated_by", "import_id")
        names, values = self._completed(columns, stamps, constants or {})
        statement = f"INSERT INTO record ({names}) VALUES ({', '.join('?' * len(columns))}{values})"
        self.settle()
        self._connection.executemany(statement, rows)
        if "geom" in columns:
            place = columns.index("geom")
            fids = np.arange(self._next_fid, self._next_fid + len(rows))
            hold_points(self._connection, fids, coordinates_of([row[place] for row in rows]))
            # One statement without Python in it: the other core takes it while the next chunk is understood.
            self._behind.start(lambda: index_held_points(self._connection, RECORD))
        self._next_fid += len(rows)

    def update(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Change records; what they were goes into the history.

        Args:
            columns: names of the columns in the rows, behind the ``fid``, which every row begins with.
            rows: ``(fid, value, …)``.
        """
        if not rows:
            return
        self.settle()
        pairs = [f'"{name}" = ?{place}' for place, name in enumerate(columns, 2)]
        pairs += [
            f'"{name}" = {value}'
            for name, value in self._constants(("updated_at", "updated_by", "import_id"))
            if name not in columns
        ]
        self._connection.executemany(f"UPDATE record SET {', '.join(pairs)} WHERE fid = ?1", rows)

    def stored(self, columns: Sequence[str], fids: Sequence[int]) -> dict[int, Row]:
        """The values that records hold in these columns, by fid."""
        if not fids:
            return {}
        self.settle()
        names = ", ".join(f'r."{name}"' for name in columns)
        rows = self._connection.execute(
            f"SELECT r.fid, {names} FROM json_each(?) AS a CROSS JOIN record AS r ON r.fid = a.value",
            (json.dumps(list(fids)),),
        )
        return {row[0]: row[1:] for row in rows}

    def settle(self) -> None:
        """Until all that was begun is written; the connection is then free for others."""
        self._behind.wait()

    def count(self, counts: Mapping[str, int]) -> None:
        """Keep the import's counts (new, updated, unchanged, refused …) with its entry."""
        self._counts = counts

    def finish(self) -> None:
        """Do for all rows what the triggers do for one, and put the triggers and indexes back."""
        self.settle()
        for statement in (*self._triggers.values(), *self._indexes().values()):
            self._connection.execute(statement)
        self._pass_gate()
        self._note_steps()
        self._take_stock()
        touch(self._connection, RECORD)
        self._connection.execute(
            'UPDATE "import" SET finished_at = ?, counts = ? WHERE id = ?',
            (now(), json.dumps(dict(self._counts)), self.import_id),
        )

    def close(self) -> None:
        """Leave the connection to its owner, whether all went well or not."""
        self._behind.close()

    def _begin(self) -> int:
        for name in self._triggers:
            self._connection.execute(f'DROP TRIGGER "{name}"')
        for name in self._indexes():
            self._connection.execute(f'DROP INDEX IF EXISTS "{name}"')
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS asked (value TEXT NOT NULL)")
        self._note_unkeyed()
        info = self._info
        cursor = self._connection.execute(
            'INSERT INTO "import" (file, sha256, sheet, started_at, by, datum, options) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (info.file, info.sha256, info.sheet, self._moment, info.by, info.datum, json.dumps(dict(info.options))),
        )
        return int(cursor.lastrowid or 0)

    def _note_unkeyed(self) -> None:
        """The keys of records that were collected without an import; two that share one are not told apart by it."""
        self._connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS unkeyed (record_key TEXT PRIMARY KEY, fid INTEGER) WITHOUT ROWID"
        )
        self._connection.execute("DELETE FROM temp.unkeyed")
        query = f"SELECT fid, {', '.join(KEY_FIELDS)} FROM record WHERE record_key IS NULL"
        self._connection.executemany(
            "INSERT INTO temp.unkeyed VALUES (?, ?) ON CONFLICT (record_key) DO UPDATE SET fid = NULL",
            ((key_of_values(*row[1:]), row[0]) for row in self._connection.execute(query).fetchall()),
        )

    def _indexes(self) -> Mapping[str, str]:
        """The indexes that are cheaper to make at the end: all of them when the register was empty, else none."""
        return RECORD_INDEXES if self._first_fid == 1 else {}

    def _ask(self, values: Iterable[str]) -> None:
        self._connection.execute("DELETE FROM temp.asked")
        self._connection.executemany("INSERT INTO temp.asked VALUES (?)", ((value,) for value in values if value))

    def _completed(
        self, columns: Sequence[str], stamps: Sequence[str], constants: Mapping[str, str]
    ) -> tuple[str, str]:
        """Names and constant values of an INSERT: what is the same in all rows is said once, in the statement."""
        added = [(name, value) for name, value in self._constants(stamps) if name not in columns]
        added += [(name, quoted(value)) for name, value in constants.items()]
        names = ", ".join(f'"{name}"' for name in (*columns, *(name for name, _ in added)))
        return names, "".join(f", {value}" for _, value in added)

    def _constants(self, names: Sequence[str]) -> list[tuple[str, str]]:
        person = quoted(self._info.by) if self._info.by else "NULL"
        values = {"created_by": person, "updated_by": person, "import_id": str(self.import_id)}
        return [(name, values.get(name, quoted(self._moment))) for name in names]

    def _pass_gate(self) -> None:
        """Rows that came in beyond draft are touched, so that the triggers of an update tidy and judge them."""
        touched = ", ".join(f'"{name}" = "{name}"' for name in ("status", *self._several))
        self._connection.execute(
            f"UPDATE record SET {touched} WHERE status <> '{DRAFT}' AND fid >= ?", (self._first_fid,)
        )

    def _note_steps(self) -> None:
        """Rows that came in beyond draft were handed in: the review must know it."""
        self._connection.execute(events_of_new_records(self._first_fid))

    def _take_stock(self) -> None:
        """Let SQLite look at a sample of each index, in milliseconds: it then knows when one by division is of use."""
        self._connection.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
        self._connection.execute(f'ANALYZE "{RECORD}"')

    def _one(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])
