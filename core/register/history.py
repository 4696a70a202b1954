"""The life of a record: its versions, what changed from one to the next, and an earlier one restored as a new change.

The register's triggers keep what a row was before each change (``history``); what it became stands in the entry after,
or in the record itself. A step of the review knows the entry that it made.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Iterable, Mapping, Optional

from ..review.comparing import FieldChange, Version, differences, told_fields
from ..review.process import Event
from ..standard.model import load_standard
from .errors import RegisterError
from .rows import find_record, position_of

CREATED, CHANGE, STEP, DELETED = "created", "change", "step", "deleted"
_REVIEWS = f"('{Event.APPROVE.value}', '{Event.RETURN.value}')"


@dataclass(frozen=True)
class Remark:
    """What a reviewer wrote to a field (``geom`` for the point, empty for the record); ``settled`` is the moment when
    the record was handed in again."""

    id: int
    field: str
    text: str
    settled: str = ""


@dataclass(frozen=True)
class Entry:
    """One moment in the life of a record.

    Attributes:
        kind: ``created``, ``change``, ``step`` (of the review, with the change it made) or ``deleted``.
        at: ISO 8601 with offset.
        by: who, as far as it was told.
        history_id: entry of the history that holds what the record was before; ``None`` where nothing changed.
        changes: what it changed, the status left out where ``from_status`` and ``to_status`` say it.
        how: ``import``, ``step``, ``edit``, or ``outside`` where whoever wrote did not say who they are: another
            program, SQL, a script.
        role: as what a person took the step; empty for plain changes of the status.
    """

    kind: str
    at: str
    by: str = ""
    history_id: Optional[int] = None
    event: Optional[Event] = None
    event_id: Optional[int] = None
    from_status: str = ""
    to_status: str = ""
    reason: str = ""
    deadline: str = ""
    import_id: Optional[int] = None
    import_file: str = ""
    changes: tuple[FieldChange, ...] = ()
    comments: tuple[Remark, ...] = ()
    how: str = "edit"
    role: str = ""


@dataclass(frozen=True)
class Deleted:
    """A record that was deleted as a draft, and the history's entry that holds it."""

    uid: str
    history_id: int
    at: str
    by: str
    name: str
    variety: str
    township: str


@dataclass(frozen=True)
class _Kept:
    """A row of the history."""

    id: int
    at: str
    by: str
    action: str
    import_id: Optional[int]
    before: Version


@dataclass(frozen=True)
class _Taken:
    """A row of the review."""

    id: int
    event: Event
    from_status: str
    to_status: str
    at: str
    by: str
    role: str
    reason: str
    deadline: str
    history_id: int


def timeline(connection: sqlite3.Connection, uid: str) -> tuple[Entry, ...]:
    """All that happened to a record, the newest first; empty when the register never knew it."""
    kept, present = _kept(connection, uid), present_version(connection, uid)
    versions = [one.before for one in kept] + ([present] if present is not None else [])
    if not versions:
        return ()
    files = _files(connection, versions, kept)
    taken = _taken(connection, uid)
    remarks = _remarks(connection, uid)
    by_history = {one.history_id: one for one in taken if one.history_id}
    entries = [_created(versions[0], files)]
    for place, one in enumerate(kept):
        after = versions[place + 1] if place + 1 < len(versions) else None
        entries.append(_entry(one, after, by_history.get(one.id), remarks, files))
        if one.action == "delete" and after is not None:
            entries.append(_created(after, files, at=one.at))
            entries += [_step(by_history[one.id], remarks)] if one.id in by_history else []
    # A record that came in beyond draft was handed in at once.
    first = [_step(one, remarks) for one in taken if not one.history_id and not one.from_status]
    alone = [_step(one, remarks) for one in taken if not one.history_id and one.from_status]
    return tuple(reversed(_with_alone([entries[0], *first, *entries[1:]], alone)))


def _with_alone(entries: list[Entry], alone: Iterable[Entry]) -> list[Entry]:
    """Each step that changed nothing behind the step before it: the numbers give the order, as a clock may be set."""
    for step in alone:
        numbers = [other.event_id for other in entries]
        places = [place for place, number in enumerate(numbers, 1) if number and number < (step.event_id or 0)]
        entries.insert(places[-1] if places else 1, step)
    return entries


def present_version(connection: sqlite3.Connection, uid: str) -> Optional[Version]:
    """The record as it is; ``None`` when it is not there."""
    found = find_record(connection, uid)
    return None if found is None else Version(found.values, found.point, found.fid)


def version_at(connection: sqlite3.Connection, uid: str, history_id: int) -> Version:
    """The record as it was before an entry of its history.

    Raises:
        RegisterError: ``VERSION_GONE`` when the record has no such entry.
    """
    query = "SELECT before FROM history WHERE id = ? AND uid = ?"
    row = connection.execute(query, (history_id, uid)).fetchone()
    if row is None:
        raise RegisterError("VERSION_GONE", f"{uid} {history_id}")
    return version_of(row[0])


def version_after(connection: sqlite3.Connection, uid: str, history_id: int) -> Optional[Version]:
    """The record as it was after an entry of its history (0: at first); ``None`` where that deleted it."""
    query = "SELECT before FROM history WHERE uid = ? AND id > ? ORDER BY id LIMIT 1"
    row = connection.execute(query, (uid, history_id)).fetchone()
    return present_version(connection, uid) if row is None else version_of(row[0])


def version_of(before: str) -> Version:
    """A row as the history keeps it: a JSON object, its geometry in hexadecimal."""
    values = json.loads(before)
    geometry, fid = values.pop("geom"), values.pop("fid")
    return Version(values, position_of(None if geometry is None else bytes.fromhex(geometry)), fid)


def reviewed_before(connection: sqlite3.Connection, uid: str) -> bool:
    """Whether a record was approved or returned before, with what it was then still known."""
    return _last_review(connection, uid) is not None


def changes_since_review(connection: sqlite3.Connection, uid: str) -> list[FieldChange]:
    """What differs from the record as it was when it was last approved or returned; nothing when it never was."""
    review = _last_review(connection, uid)
    present = present_version(connection, uid)
    if review is None or present is None:
        return []
    then = version_after(connection, uid, review)
    return [] if then is None else _told(then, present, with_status=False)


def deleted(connection: sqlite3.Connection, limit: int = 1000) -> list[Deleted]:
    """The records that were deleted, the latest first."""
    query = (
        "SELECT h.uid, h.id, h.at, coalesce(h.by, ''), coalesce(json_extract(h.before, '$.producer_name'), ''), "
        "coalesce(json_extract(h.before, '$.variety'), ''), coalesce(json_extract(h.before, '$.township'), '') "
        "FROM history AS h WHERE h.action = 'delete' AND NOT EXISTS (SELECT 1 FROM record WHERE uid = h.uid) "
        "AND NOT EXISTS (SELECT 1 FROM history AS n WHERE n.uid = h.uid AND n.action = 'delete' AND n.id > h.id) "
        "ORDER BY h.id DESC LIMIT ?"
    )
    return [Deleted(*row) for row in connection.execute(query, (limit,))]


def has_reviews(connection: sqlite3.Connection) -> bool:
    """Whether the register has reviews; one of the first version, open for reading only, has none."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'review_event'"
    return connection.execute(query).fetchone() is not None


def _last_review(connection: sqlite3.Connection, uid: str) -> Optional[int]:
    if not has_reviews(connection):
        return None
    query = (
        f"SELECT e.history_id FROM review_event AS e WHERE e.uid = ? AND e.event IN {_REVIEWS} AND e.history_id > 0 "
        "AND NOT EXISTS (SELECT 1 FROM review_event AS u WHERE u.uid = e.uid AND u.undoes = e.id) "
        "ORDER BY e.id DESC LIMIT 1"
    )
    row = connection.execute(query, (uid,)).fetchone()
    return None if row is None else int(row[0])


def _kept(connection: sqlite3.Connection, uid: str) -> list[_Kept]:
    query = "SELECT id, at, coalesce(by, ''), action, import_id, before FROM history WHERE uid = ? ORDER BY id"
    return [_Kept(*row[:5], version_of(row[5])) for row in connection.execute(query, (uid,))]


def _taken(connection: sqlite3.Connection, uid: str) -> list[_Taken]:
    if not has_reviews(connection):
        return []
    texts = "coalesce(by_name, ''), coalesce(by_role, ''), coalesce(reason, ''), coalesce(deadline, '')"
    query = (
        f"SELECT id, event, coalesce(from_status, ''), coalesce(to_status, ''), coalesce(at, ''), {texts}, "
        "coalesce(history_id, 0) FROM review_event WHERE uid = ? ORDER BY id"
    )
    return [_Taken(row[0], Event(row[1]), *row[2:]) for row in connection.execute(query, (uid,))]


def _remarks(connection: sqlite3.Connection, uid: str) -> Mapping[int, tuple[Remark, ...]]:
    if not has_reviews(connection):
        return {}
    query = "SELECT event_id, id, field, comment, coalesce(settled, '') FROM review_comment WHERE uid = ? ORDER BY id"
    found: dict[int, tuple[Remark, ...]] = {}
    for event, *remark in connection.execute(query, (uid,)):
        found[event] = (*found.get(event, ()), Remark(*remark))
    return found


def _files(connection: sqlite3.Connection, versions: Iterable[Version], kept: Iterable[_Kept]) -> Mapping[int, str]:
    """Names of the workbooks that had to do with the record, by import."""
    ids = {version.values.get("import_id") for version in versions} | {one.import_id for one in kept}
    query = 'SELECT i.id, i.file FROM json_each(?) AS a JOIN "import" AS i ON i.id = a.value'
    return dict(connection.execute(query, (json.dumps([one for one in ids if one is not None]),)).fetchall())


def _created(version: Version, files: Mapping[int, str], at: str = "") -> Entry:
    values = version.values
    source = values.get("import_id")
    import_id = source if isinstance(source, int) else None
    moment, by = at or str(values.get("created_at") or ""), str(values.get("created_by") or "")
    how = "edit" if import_id is None else "import"
    return Entry(CREATED, moment, by, import_id=import_id, import_file=files.get(import_id or 0, ""), how=how)


def _entry(
    one: _Kept,
    after: Optional[Version],
    step: Optional[_Taken],
    remarks: Mapping[int, tuple[Remark, ...]],
    files: Mapping[int, str],
) -> Entry:
    if one.action == "delete" or after is None:
        return Entry(DELETED, one.at, one.by, one.id)
    if step is not None:
        changes = _told(one.before, after, with_status=False)
        return _step(step, remarks, one.id, tuple(changes))
    changes = _told(one.before, after, with_status=True)
    file = files.get(one.import_id or 0, "")
    how = "import" if one.import_id is not None else "edit" if one.by else "outside"
    return Entry(
        CHANGE, one.at, one.by, one.id, import_id=one.import_id, import_file=file, changes=tuple(changes), how=how
    )


def _step(
    one: _Taken,
    remarks: Mapping[int, tuple[Remark, ...]],
    history_id: Optional[int] = None,
    changes: tuple[FieldChange, ...] = (),
) -> Entry:
    return Entry(
        STEP,
        one.at,
        one.by,
        history_id,
        one.event,
        one.id,
        one.from_status,
        one.to_status,
        one.reason,
        one.deadline,
        changes=changes,
        comments=remarks.get(one.id, ()),
        how="step",
        role=one.role,
    )


def _told(before: Version, after: Version, *, with_status: bool) -> list[FieldChange]:
    fields = told_fields(load_standard())
    return differences(before, after, [name for name in fields if with_status or name != "status"])
