"""Changing a record outside of the window's edit buffer: only as it was seen, or restored to an earlier version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Collection, Mapping, Optional, Sequence

import numpy as np

from ..review.comparing import POINT, FieldChange, Version, differences, told_fields
from ..review.person import Person
from ..review.process import Event
from ..standard.model import Standard
from ..standard.to_sql import DRAFT
from .errors import RegisterError, told_plainly
from .geometry import point_blobs
from .history import present_version, version_after, version_at
from .moments import stamp
from .refusals import refusal_of
from .register import Register, transaction
from .reviewing import note_step
from .rows import Position, reading, record_version
from .schema import RECORD

# What a restored version leaves as it is: who the record is, where it stands in the review, and its stamps.
_STAYS = frozenset(
    ("uid", "status", "created_at", "created_by", "updated_at", "updated_by", "import_id", "ended_on", "ended_reason")
)


class RecordChanged(RegisterError):
    """Somebody else changed the record after it was looked at: what they changed, and the version it has now."""

    def __init__(self, changes: Sequence[FieldChange], by: str, version: int, standard: Standard) -> None:
        titles = {field.name: field.title for field in standard.fields}
        fields = "、".join(titles.get(change.field, "点位") for change in changes)
        super().__init__("RECORD_CHANGED", by=by, fields=fields)
        self.changes = tuple(changes)
        self.version = version


def change(
    register: Register,
    uid: str,
    values: Mapping[str, object],
    person: Person,
    seen: Optional[int] = None,
    point: Optional[Position] = None,
) -> list[FieldChange]:
    """Write other values for some fields of a record, and its point (longitude, latitude in degrees) if one is given.

    Args:
        seen: the version that the person looked at (:attr:`.rows.StoredRecord.version`); ``None`` overwrites anything.

    Raises:
        RecordChanged: somebody changed it since; nothing is written.
        RegisterError: ``RECORD_GONE``, or what the register refuses it with.
    """
    standard = register.standard()
    with transaction(register.connection, register.path):
        before = _present(register, uid)
        if seen is not None:
            _refuse_changed(register.connection, uid, seen, standard)
        columns = {**values, **({} if point is None else {POINT: _blob(point)})}
        _update(register, uid, columns, person, standard)
        return differences(before, _present(register, uid), told_fields(standard))


def restore(
    register: Register, uid: str, history_id: int, person: Person, seen: Optional[int] = None
) -> list[FieldChange]:
    """Make a record again what it was before an entry of its history, by a new change; a deleted one a draft again.

    Its state stays; an approved one waits again where a field that matters changes. Gives what it changed.

    Raises:
        RecordChanged: as for :func:`change`.
        RegisterError: ``VERSION_GONE``, a code of :func:`core.review.transitions.verdict`, or what the register
            refuses it with.
    """
    standard = register.standard()
    with transaction(register.connection, register.path):
        wanted = version_at(register.connection, uid, history_id)
        before = present_version(register.connection, uid)
        if before is not None and seen is not None:
            _refuse_changed(register.connection, uid, seen, standard)
        columns = _restored(wanted, standard)
        if before is not None and not differences(before, wanted, list(columns)):
            return []
        if before is None:
            stamps = {name: wanted.values.get(name) for name in ("created_at", "created_by", "import_id")}
            _insert(register, {**columns, **stamps, "uid": uid, "status": DRAFT, "updated_by": person.name}, standard)
        else:
            _update(register, uid, columns, person, standard)
        _step(register, uid, person, standard)
        after = _present(register, uid)
        return differences(before or Version({}, None), after, told_fields(standard))


def set_back(register: Register, uid: str, seen: int, wanted: Version, person: Person, standard: Standard) -> None:
    """Within the caller's transaction make a record what it was, its state too, by a new change.

    Args:
        seen: the version that it must still have.

    Raises:
        RegisterError: ``RECORD_GONE``, ``UNDO_CHANGED`` when it was changed since, or what the register refuses it
            with: a state comes back only to whom it may.
    """
    present = _present(register, uid)
    if record_version(register.connection, uid) != seen:
        raise RegisterError("UNDO_CHANGED", uid)
    state = {"status": wanted.values["status"]} if wanted.values["status"] != present.values["status"] else {}
    _update(register, uid, {**_restored(wanted, standard), **state}, person, standard)


def refuse_changed(path: Path, uid: str, seen: int, fields: Collection[str], standard: Standard) -> None:
    """Look whether these fields of a record still are what they were in the version that was looked at, over a
    connection that gives up at once.

    Raises:
        RecordChanged: one of them is not.
    """
    with told_plainly(path), closing(reading(path)) as connection:
        _refuse_changed(connection, uid, seen, standard, fields)


def _refuse_changed(
    connection: sqlite3.Connection, uid: str, seen: int, standard: Standard, fields: Optional[Collection[str]] = None
) -> None:
    present = present_version(connection, uid)
    version = record_version(connection, uid)
    if present is None or version == seen:
        return
    then = version_after(connection, uid, seen)
    changes = differences(then or Version({}, None), present, told_fields(standard))
    if fields is not None and not any(one.field in fields for one in changes):
        return
    raise RecordChanged(changes, str(present.values.get("updated_by") or ""), version, standard)


def _restored(wanted: Version, standard: Standard) -> dict[str, object]:
    columns: dict[str, object] = {
        field.name: wanted.values.get(field.name) for field in standard.fields if field.name not in _STAYS
    }
    return {POINT: None if wanted.point is None else _blob(wanted.point), **columns}


def _present(register: Register, uid: str) -> Version:
    found = present_version(register.connection, uid)
    if found is None:
        raise RegisterError("RECORD_GONE", uid)
    return found


def _blob(point: Position) -> Optional[bytes]:
    return point_blobs(np.array([point[0]]), np.array([point[1]]))[0]


def _update(
    register: Register, uid: str, columns: Mapping[str, object], person: Person, standard: Standard
) -> None:
    columns = {**columns, "updated_by": person.name or None, "updated_at": stamp()}
    pairs = ", ".join(f'"{name}" = ?' for name in columns)
    _write(register, f'UPDATE "{RECORD}" SET {pairs} WHERE uid = ?', (*columns.values(), uid), standard)


def _insert(register: Register, columns: Mapping[str, object], standard: Standard) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    _write(register, f'INSERT INTO "{RECORD}" ({names}) VALUES ({marks})', tuple(columns.values()), standard)


def _write(register: Register, statement: str, values: Sequence[object], standard: Standard) -> None:
    try:
        register.connection.execute(statement, values)
    except sqlite3.IntegrityError as error:
        raise refusal_of([str(error)], standard, register.path.name)[0] from error


def _step(register: Register, uid: str, person: Person, standard: Standard) -> None:
    try:
        note_step(register.connection, uid, Event.RESTORE, person)
    except sqlite3.IntegrityError as error:
        raise refusal_of([str(error)], standard, register.path.name)[0] from error
