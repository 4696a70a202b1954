"""Before the edit buffer writes: whether the file can be written to just now, and who is about to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Mapping, Optional

import numpy as np

from .errors import look_for, told_plainly
from .geometry import point_blobs
from .register import connect
from .rows import Position, StoredRecord
from .schema import RECORD


def look_for_lock(path: Path) -> None:
    """Find out without waiting whether the file can be written to: QGIS itself would freeze the window meanwhile.

    Raises:
        RegisterError: ``REGISTER_NOT_FOUND``, or what :func:`.errors.told_plainly` says.
    """
    look_for(path)
    uri = f"{path.resolve().as_uri()}?mode=rw"
    with told_plainly(path), closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def rehearse(path: Path, fid: int, values: Mapping[str, object], point: Optional[Position]) -> str:
    """What the register says against a change of values and point at once; empty when it takes it. Nothing is kept.

    QGIS writes the point first and the values after it: where these are refused, the point would have moved alone.

    Args:
        fid: of the record.
        values: by field name.
        point: longitude and latitude (CGCS2000 degrees).

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    columns = {name: None if value == "" else value for name, value in values.items()}
    columns["geom"] = None if point is None else point_blobs(*(np.array([degrees]) for degrees in point))[0]
    pairs = ", ".join(f'"{name}" = ?' for name in columns)
    with told_plainly(path), closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(f'UPDATE "{RECORD}" SET {pairs} WHERE fid = ?', (*columns.values(), fid))
        except sqlite3.IntegrityError as error:
            return str(error)
        finally:
            connection.execute("ROLLBACK")
    return ""


def sign(path: Path, fid: int, person: Optional[str]) -> None:
    """Announce who is about to change a record where the change itself cannot say so: a deletion, and a moved point,
    which QGIS writes alone and before the columns that say who did it. The stamps by themselves are no change.

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    with told_plainly(path), closing(connect(path)) as connection:
        connection.execute(f'UPDATE "{RECORD}" SET updated_by = ?, updated_at = NULL WHERE fid = ?', (person, fid))


def sign_off(path: Path, before: StoredRecord) -> None:
    """Take the announcement of a change back that did not come about: the record's stamps are what they were.

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    stamps = before.values["updated_by"], before.values["updated_at"], before.fid
    with told_plainly(path), closing(connect(path)) as connection:
        connection.execute(
            f'UPDATE "{RECORD}" SET updated_by = ?, updated_at = ? WHERE fid = ? AND updated_at IS NULL', stamps
        )
