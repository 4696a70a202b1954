"""What happened to a record: its versions one after the other, rebuilt from the history and the row as it stands."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Mapping, Optional

from .errors import RegisterError, told_plainly
from .rows import Position, find_record, position_of, reading
from .schema import RECORD

_DELETE = "delete"
_COLUMNS = "id, at, by, action, import_id, before"
# Deleted records are read newest first; nobody looks through more.
_MOST_DELETED = 500


class Deed(Enum):
    """What a step did to a record."""

    MADE = "made"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Version:
    """A record from one step to the next: values by field name, point (longitude, latitude in CGCS2000 degrees)."""

    values: Mapping[str, object]
    point: Optional[Position]


@dataclass(frozen=True)
class Batch:
    """The import that a step came by: number and name of its file."""

    number: int
    file: str


@dataclass(frozen=True)
class Step:
    """One step of a record's life.

    Attributes:
        number: counted from 1 on.
        deed: what it did.
        at: when, ISO 8601 with offset; empty where the writer left it out.
        by: who, as the writer said.
        before: the version it found, ``None`` where it made the record.
        after: the version it left, ``None`` where it deleted the record.
        batch: the import it came by.
    """

    number: int
    deed: Deed
    at: str
    by: Optional[str]
    before: Optional[Version]
    after: Optional[Version]
    batch: Optional[Batch] = None


@dataclass(frozen=True)
class Gone:
    """A record that was deleted, by its uid: what it was at last, when and by whom it was deleted."""

    uid: str
    at: str
    by: Optional[str]
    last: Version


def steps_of(path: Path, uid: str) -> list[Step]:
    """All steps of a record, the first one first; of one that was deleted too.

    Raises:
        RegisterError: ``RECORD_GONE`` where nothing is known of it, or the file cannot be read.
    """
    with told_plainly(path), closing(reading(path)) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM history WHERE uid = ? ORDER BY id", (uid,)).fetchall()
        record = find_record(connection, uid)
        batches = dict(_batches(connection, uid, rows))
    present = None if record is None else Version(record.values, record.point)
    if not rows and present is None:
        raise RegisterError("RECORD_GONE", uid)
    return _steps(rows, present, batches)


def deleted_records(path: Path) -> list[Gone]:
    """The records that were deleted and are not there again, the last one first.

    Raises:
        RegisterError: the file cannot be read.
    """
    query = (
        f"SELECT uid, at, by, before FROM history WHERE action = '{_DELETE}' "
        f'AND NOT EXISTS (SELECT 1 FROM "{RECORD}" WHERE "{RECORD}".uid = history.uid) '
        "AND NOT EXISTS (SELECT 1 FROM history later WHERE later.uid = history.uid AND later.id > history.id) "
        "ORDER BY id DESC LIMIT ?"
    )
    with told_plainly(path), closing(reading(path)) as connection:
        rows = connection.execute(query, (_MOST_DELETED,)).fetchall()
    return [Gone(uid, at, by, _version(before)) for uid, at, by, before in rows]


def _steps(rows: list[tuple], present: Optional[Version], batches: Mapping[int, Batch]) -> list[Step]:
    """Each row of the history holds the version before its step; the next row, or the record, the one after."""
    versions = [_version(row[5]) for row in rows] + ([] if present is None else [present])
    steps = [_made(1, versions[0], batches)]
    for (_, at, by, action, import_id, _), before, after in zip(rows, versions, (*versions[1:], None)):
        number = len(steps) + 1
        if action != _DELETE:
            steps.append(Step(number, Deed.CHANGED, at, by, before, after, batches.get(import_id)))
            continue
        steps.append(Step(number, Deed.DELETED, at, by, before, None))
        if after is not None:
            steps.append(_made(number + 1, after, batches))
    return steps


def _made(number: int, version: Version, batches: Mapping[int, Batch]) -> Step:
    values = version.values
    by = values.get("created_by") or values.get("collector_name")
    batch = batches.get(int(str(values.get("import_id") or 0)))
    return Step(number, Deed.MADE, str(values.get("created_at") or ""), by and str(by), None, version, batch)


def _version(before: str) -> Version:
    values = json.loads(before)
    values.pop("fid", None)
    blob = values.pop("geom", None)
    return Version(values, position_of(bytes.fromhex(blob)) if blob else None)


def _batches(connection: sqlite3.Connection, uid: str, rows: list[tuple]) -> list[tuple[int, Batch]]:
    query = f'SELECT id, file FROM import WHERE id IN (SELECT import_id FROM "{RECORD}" WHERE uid = ?'
    query += " UNION SELECT import_id FROM history WHERE uid = ?"
    query += " UNION SELECT json_extract(before, '$.import_id') FROM history WHERE uid = ?)"
    return [(number, Batch(number, file)) for number, file in connection.execute(query, (uid, uid, uid))]
