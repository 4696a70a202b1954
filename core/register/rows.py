"""One record as the register holds it, read by its uid over a connection of its own, apart from QGIS."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from .errors import RegisterError, look_for, told_plainly
from .geometry import bounds_of
from .schema import RECORD

# Seconds that reading waits for a writer that holds the file; windows must not notice.
_PATIENCE = 0.15
# CGCS2000 degrees; a hundredth of a millimetre.
_SAME_PLACE = 1e-10

Position = tuple[float, float]


@dataclass(frozen=True)
class StoredRecord:
    """A row: its values by field name, and its point (longitude, latitude in CGCS2000 degrees) where it has one.

    ``version`` counts up with every change: whoever writes can say which one they looked at.
    """

    fid: int
    values: Mapping[str, object]
    point: Optional[Position]
    version: int = 0


def reading(path: Path) -> sqlite3.Connection:
    """A connection that only reads, for one look at the file that stands at the path now."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None)


def read_record(path: Path, uid: str) -> StoredRecord:
    """What the file at ``path`` holds under a uid.

    Raises:
        RegisterError: ``RECORD_GONE``, ``REGISTER_NOT_FOUND`` when the file was moved or deleted, or what
            :func:`told_plainly` says.
    """
    look_for(path)
    with told_plainly(path), closing(reading(path)) as connection:
        found = find_record(connection, uid)
    if found is None:
        raise RegisterError("RECORD_GONE", uid)
    return found


def find_record(connection: sqlite3.Connection, uid: str) -> Optional[StoredRecord]:
    """What the connection sees under a uid, ``None`` when there is nothing."""
    cursor = connection.execute(f'SELECT * FROM "{RECORD}" WHERE uid = ?', (uid,))
    row = cursor.fetchone()
    if row is None:
        return None
    values = dict(zip((column[0] for column in cursor.description), row))
    return StoredRecord(values.pop("fid"), values, position_of(values.pop("geom")), record_version(connection, uid))


def record_version(connection: sqlite3.Connection, uid: str) -> int:
    """The latest entry in a record's history; 0 when it was never changed."""
    return connection.execute("SELECT coalesce(max(id), 0) FROM history WHERE uid = ?", (uid,)).fetchone()[0]


def position_of(blob: Optional[bytes]) -> Optional[Position]:
    """Longitude and latitude of a stored point; ``None`` where there is none."""
    bounds = bounds_of(blob)
    return None if bounds is None else (bounds[0], bounds[2])


def same_value(stored: object, wanted: object) -> bool:
    """Whether a column holds what was meant, however lists and numbers are spelled; nothing and ``""`` are alike."""
    if stored in (None, "", "[]") or wanted in (None, "", "[]"):
        return (stored in (None, "", "[]")) is (wanted in (None, "", "[]"))
    if isinstance(stored, str) and isinstance(wanted, str) and stored[:1] in "[{":
        return _plain(stored) == _plain(wanted)
    return stored == wanted or str(stored) == str(wanted)


def same_place(one: Optional[Position], other: Optional[Position]) -> bool:
    """Whether two points are the same one, or both are missing."""
    if one is None or other is None:
        return one is other
    return abs(one[0] - other[0]) < _SAME_PLACE and abs(one[1] - other[1]) < _SAME_PLACE


def _plain(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
