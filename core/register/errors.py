"""What can be wrong with a register, told as sentences: SQLite's own errors are turned into them here."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from ..standard.errors import OriginMapError


class RegisterError(OriginMapError):
    """A register cannot be used as asked; it is as it was."""


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at ``path`` into sentences.

    Raises:
        RegisterError: ``REGISTER_LOCKED``, ``REGISTER_READ_ONLY``, ``REGISTER_FULL``, ``REGISTER_REFUSED`` (a rule of
            the register said no; its own sentence is the parameter ``reason``) or ``REGISTER_DAMAGED``.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise RegisterError("REGISTER_REFUSED", str(error), file=path.name, reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise RegisterError(_code_of(str(error)), str(error), file=path.name) from error


def look_for(path: Path) -> None:
    """Look whether there is a file with anything in it.

    Raises:
        RegisterError: ``REGISTER_NOT_FOUND``; also for an empty file, which QGIS puts into the place of a register that
            was moved or deleted while its layers stood in the project.
    """
    if not path.is_file() or not path.stat().st_size:
        raise RegisterError("REGISTER_NOT_FOUND", str(path), file=path.name)


def _code_of(text: str) -> str:
    for part, code in _CODES.items():
        if part in text:
            return code
    return "REGISTER_DAMAGED"


_CODES = {
    "locked": "REGISTER_LOCKED",
    "readonly": "REGISTER_READ_ONLY",
    "unable to open": "REGISTER_READ_ONLY",
    "disk I/O": "REGISTER_NOT_FOUND",
    "disk is full": "REGISTER_FULL",
    "not a database": "REGISTER_NOT_ONE",
    "no such table": "REGISTER_NOT_ONE",
}
