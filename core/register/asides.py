"""Findings that a person has set aside with a reason; each comes back when the record changes in what was judged."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Iterable, Mapping, Sequence

from ..quality.findings import QualityFinding
from ..quality.registry import INCOMPLETE, STANDARD, check_of
from ..quality.ruling import looks_at
from ..standard.model import Standard
from .errors import RegisterError
from .moments import now
from .register import Register, transaction
from .schema import FINDING_ASIDE, RECORD, create_quality_tables

_AT_ONCE = 500

# uid, check, code, field.
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Aside:
    """Why a finding was set aside, by whom and when; ``fingerprint`` is of the fields that the check had looked at."""

    reason: str
    by: str
    at: str
    fingerprint: str


def set_aside(register: Register, findings: Sequence[QualityFinding], reason: str, by: str) -> None:
    """Keep findings out of sight until their records change; a reason given before is replaced.

    Raises:
        RegisterError: ``ASIDE_REASON`` when none is given, or the register cannot be written to.
    """
    if not reason.strip():
        raise RegisterError("ASIDE_REASON")
    standard, moment = register.standard(), now()
    with transaction(register.connection, register.path):
        create_quality_tables(register.connection)
        prints = _fingerprints(register.connection, [finding.key for finding in findings], standard)
        register.connection.executemany(
            f'INSERT OR REPLACE INTO "{FINDING_ASIDE}" (uid, "check", code, field, reason, by, at, fingerprint) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*key, reason.strip(), by or None, moment, fingerprint) for key, fingerprint in prints.items()],
        )


def take_back(register: Register, findings: Iterable[QualityFinding]) -> None:
    """Let findings that were set aside be found again."""
    with transaction(register.connection, register.path):
        create_quality_tables(register.connection)
        register.connection.executemany(
            f'DELETE FROM "{FINDING_ASIDE}" WHERE uid = ? AND "check" = ? AND code = ? AND field = ?',
            [finding.key for finding in findings],
        )


def asides(register: Register) -> dict[Key, Aside]:
    """The findings set aside whose records are, in what the check looks at, as they were then."""
    if not _there(register.connection):
        return {}
    query = f'SELECT uid, "check", code, field, reason, coalesce(by, \'\'), at, fingerprint FROM "{FINDING_ASIDE}"'
    kept = {tuple(row[:4]): Aside(*row[4:]) for row in register.connection.execute(query)}
    now_ = _fingerprints(register.connection, list(kept), register.standard())  # type: ignore[arg-type]
    return {key: aside for key, aside in kept.items() if now_.get(key) == aside.fingerprint}  # type: ignore[misc]


def fingerprint_fields(standard: Standard, key: Key) -> tuple[str, ...]:
    """The fields of the record that a finding depends on."""
    _, check, code, field = key
    return looks_at(standard, check, code, field) if check in (INCOMPLETE, STANDARD) else check_of(check).looks_at


def fingerprint(values: Mapping[str, object], fields: Iterable[str]) -> str:
    """A short mark of what these fields hold; another one when any of them holds something else."""
    held = [[name, _plain(values.get(name))] for name in sorted(set(fields))]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode("utf-8")).hexdigest()[:20]


def _fingerprints(connection: sqlite3.Connection, keys: Sequence[Key], standard: Standard) -> dict[Key, str]:
    uids = list(dict.fromkeys(key[0] for key in keys))
    rows: dict[str, dict[str, object]] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = json.dumps(uids[start : start + _AT_ONCE])
        cursor = connection.execute(f'SELECT * FROM "{RECORD}" WHERE uid IN (SELECT value FROM json_each(?))', (some,))
        names = [column[0] for column in cursor.description]
        found = (dict(zip(names, row)) for row in cursor)
        rows.update((str(values["uid"]), values) for values in found)
    return {key: fingerprint(rows[key[0]], fingerprint_fields(standard, key)) for key in keys if key[0] in rows}


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return None if value == "" else value


def _there(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (FINDING_ASIDE,)).fetchone() is not None
