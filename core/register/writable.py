"""Before the edit buffer writes: whether the file can be written to just now, and who is about to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Optional

from .errors import RegisterError, told_plainly
from .register import connect
from .schema import RECORD


def look_for_lock(path: Path) -> None:
    """Find out without waiting whether the file can be written to: QGIS itself would freeze the window meanwhile.

    Raises:
        RegisterError: ``REGISTER_NOT_FOUND``, ``REGISTER_LOCKED`` or ``REGISTER_READ_ONLY``.
    """
    if not path.is_file():
        raise RegisterError("REGISTER_NOT_FOUND", str(path), file=path.name)
    uri = f"{path.resolve().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        code = "REGISTER_LOCKED" if "locked" in str(error) else "REGISTER_READ_ONLY"
        raise RegisterError(code, str(error), file=path.name) from error


def sign(path: Path, fid: int, person: Optional[str]) -> None:
    """Note who is about to move a record's point: QGIS writes the point alone, before the column that says who did it,
    and the history would name whoever wrote before. The stamp by itself is no change.

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    with told_plainly(path), closing(connect(path)) as connection:
        connection.execute(
            f'UPDATE "{RECORD}" SET updated_by = ? WHERE fid = ? AND updated_by IS NOT ?1', (person, fid)
        )
