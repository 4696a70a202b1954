"""The way of a record as triggers, made from the same data as :func:`.transitions.verdict`: the same answer to anyone.

A step is a row put into ``review_event``: its triggers judge it, note where it led from and to, and move the record.
A plain change of a record's status that the process allows writes the row itself (:func:`after_update`); any other is
refused. ``history_id`` is empty only while a step is being taken, and 0 where nothing in the record changed.
"""

from __future__ import annotations

from typing import Iterable, Sequence

from ..standard.messages import message
from ..standard.model import FieldType, Standard
from ..standard.to_sql import compact_list, quoted
from .person import MOBILE_GLOB, PHONE_SEPARATOR
from .process import PREVIOUS, SAME, Event, Process, Transition
from .transitions import APPROVED

_RECORD = '"record"'
_NOW = "strftime('%Y-%m-%dT%H:%M:%S+08:00', 'now', '+8 hours')"
# To the millisecond, so that it always differs from the one before: else it would be set by a second update, and the
# gate judge the record twice.
_STAMP = "strftime('%Y-%m-%dT%H:%M:%f+08:00', 'now', '+8 hours')"
_TODAY = "date('now', '+8 hours')"
_ONLY_BY_REVIEW = "('approved', 'returned')"
_TEXTS = ("event", "by_name", "by_phone", "by_role", "by_area", "reason", "deadline", "step")


def review_triggers(process: Process, standard: Standard) -> dict[str, str]:
    """All triggers of the review but what :func:`after_update` adds to that of the history, by name."""
    return {
        "review_record_update": _judge_update(process, standard),
        "review_record_insert": _judge_insert(),
        "review_event_judge": _judge_step(process, standard),
        "review_event_carry_out": _carry_out(process),
        "review_event_reopen": _reopen(),
        "review_event_settle": _settle(),
        "review_event_fixed": _fixed("review_event", "UPDATE", "OLD.history_id IS NOT NULL"),
        "review_event_kept": _fixed("review_event", "DELETE", "1"),
        "review_comment_judge": _judge_comment(),
        "review_comment_fixed": _fixed(
            "review_comment",
            "UPDATE",
            "(OLD.id, OLD.event_id, OLD.uid, OLD.field, OLD.comment) IS NOT "
            "(NEW.id, NEW.event_id, NEW.uid, NEW.field, NEW.comment)",
        ),
        "review_comment_kept": _fixed("review_comment", "DELETE", "1"),
    }


def after_update(process: Process, standard: Standard) -> list[str]:
    """Statements for the trigger after an update of a record, behind the one that wrote its history: an approved
    record whose fields that matter changed waits again, and a change of status that is no step in hand is noted."""
    matters = _matters(process, standard)
    reopened = f"OLD.status = '{APPROVED}' AND NEW.status = '{APPROVED}' AND {matters}"
    entry = "(SELECT max(id) FROM history WHERE uid = OLD.uid)"
    by = f"(SELECT by FROM history WHERE id = {entry})"
    columns = "uid, event, from_status, to_status, at, by_name, history_id"
    raw = " ".join(
        f"WHEN {quoted(f'{source}>{target}')} THEN {quoted(event.value)}"
        for (source, target), event in process.by_update().items()
    )
    step = f"CASE OLD.status || '>' || NEW.status {raw} ELSE 'undo' END"
    pending = "EXISTS (SELECT 1 FROM review_event WHERE uid = OLD.uid AND history_id IS NULL)"
    return [
        f"INSERT INTO review_event ({columns}, fields) SELECT OLD.uid, 'reopen', '{APPROVED}', 'submitted', {_NOW}, "
        f"{by}, {entry}, {_changed_fields(process, standard)} WHERE {reopened}",
        f"INSERT INTO review_event ({columns}, undoes) SELECT OLD.uid, {step}, OLD.status, NEW.status, {_NOW}, "
        f"{by}, {entry}, CASE {step} WHEN 'undo' THEN {last_step('OLD.uid')} END "
        f"WHERE OLD.status IS NOT NEW.status AND NOT {pending}",
        f"UPDATE review_event SET history_id = {entry} WHERE OLD.status IS NOT NEW.status AND uid = OLD.uid "
        "AND history_id IS NULL",
    ]


def noted_already() -> str:
    """Whether an update of a record is the one by which its own change sent it back to review: with recursive triggers,
    which GDAL switches on, the history's trigger would note it twice."""
    entry = "(SELECT max(id) FROM history WHERE uid = OLD.uid)"
    return (
        f"(OLD.status = '{APPROVED}' AND NEW.status = 'submitted' AND EXISTS (SELECT 1 FROM review_event "
        f"WHERE uid = OLD.uid AND event = '{Event.REOPEN.value}' AND history_id = {entry}))"
    )


def events_of_new_records(first_fid: int) -> str:
    """What the trigger of inserts does for one record, for all from a fid on."""
    return (
        f"INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) "
        f"SELECT r.uid, {_first_step('r')}, '', r.status, {_NOW}, coalesce(r.created_by, r.updated_by), 0 "
        f"FROM {_RECORD} AS r WHERE r.status <> 'draft' AND r.fid >= {first_fid}"
    )


def _matters(process: Process, standard: Standard) -> str:
    """Whether a field that matters for the review differs between ``OLD`` and ``NEW``."""
    old, new = (", ".join(_value(n, prefix, standard) for n in process.reopening_fields) for prefix in ("OLD", "NEW"))
    return f"(({old}) IS NOT ({new}))"


def _changed_fields(process: Process, standard: Standard) -> str:
    """The names of those that differ, as JSON text."""
    names = process.reopening_fields
    differ = {name: f"{_value(name, 'OLD', standard)} IS NOT {_value(name, 'NEW', standard)}" for name in names}
    parts = (f"""CASE WHEN {condition} THEN '"{name}",' ELSE '' END""" for name, condition in differ.items())
    return f"'[' || rtrim({' || '.join(parts)}, ',') || ']'"


def _value(name: str, record: str, standard: Standard) -> str:
    """A field as it is compared: several choices in one spelling."""
    column = f'{record}."{name}"'
    return compact_list(column) if name != "geom" and standard.field(name).several else column


def _raise(code: str, where: str) -> str:
    return f"SELECT RAISE(ABORT, {quoted(message(code, 'zh', {}).sentence)}) WHERE {where};"


def _fixed(table: str, event: str, when: str) -> str:
    name = f"{table}_{'kept' if event == 'DELETE' else 'fixed'}"
    return f'CREATE TRIGGER "{name}" BEFORE {event} ON {table} WHEN {when} BEGIN\n{_raise("REVIEW_FIXED", "1")}\nEND'


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "(" + ", ".join(quoted(f"{one}>{other}") for one, other in pairs) + ")"


def _texts(values: Iterable[str]) -> str:
    return "(" + ", ".join(quoted(value) for value in values) + ")"


def last_step(uid: str) -> str:
    """Id of the step that led a record to its present state: the latest that was not taken back."""
    return (
        f"(SELECT e.id FROM review_event AS e WHERE e.uid = {uid} AND e.event <> 'undo' AND e.history_id IS NOT NULL "
        "AND e.from_status IS NOT e.to_status AND NOT EXISTS (SELECT 1 FROM review_event AS u WHERE u.uid = e.uid "
        "AND u.undoes = e.id AND u.history_id IS NOT NULL) ORDER BY e.id DESC LIMIT 1)"
    )


def same_as_before(process: Process, standard: Standard, record: str, step: str) -> str:
    """Whether the fields that matter are, in a row named ``record``, what they were before the step of that name."""
    differ = " OR ".join(_differs(name, record, standard) for name in process.reopening_fields)
    return f"(EXISTS (SELECT 1 FROM history AS h WHERE h.id = {step}.history_id AND NOT ({differ})))"


def _differs(name: str, record: str, standard: Standard) -> str:
    before, present = f"json_extract(h.before, '$.{name}')", f'{record}."{name}"'
    if name == "geom":
        return f"{before} IS NOT CASE WHEN {present} IS NOT NULL THEN hex({present}) END"
    if standard.field(name).type is FieldType.NUMBER:
        before, present = f"printf('%.9g', {before})", f"printf('%.9g', {present})"
    return f"{before} IS NOT {present}"


def _judge_update(process: Process, standard: Standard) -> str:
    """Before a record's status changes: by a step in hand, by a plain change that is a step, or by taking one back."""
    known = f"OLD.status || '>' || NEW.status IN {_pairs(process.by_update())}"
    in_hand = (
        "EXISTS (SELECT 1 FROM review_event WHERE uid = OLD.uid AND history_id IS NULL AND from_status = OLD.status "
        "AND to_status = NEW.status)"
    )
    own = _texts(step.event.value for step in process.transitions.values() if step.by_update)
    back = (
        f"EXISTS (SELECT 1 FROM review_event AS s WHERE s.id = {last_step('OLD.uid')} AND s.event IN {own} "
        "AND s.to_status = OLD.status AND s.from_status = NEW.status AND s.by_name IS NEW.updated_by "
        f"AND (NEW.status <> '{APPROVED}' OR {same_as_before(process, standard, 'NEW', 's')}))"
    )
    refused = f"CASE WHEN {known} THEN 0 WHEN {in_hand} THEN 0 WHEN {back} THEN 0 ELSE 1 END"
    # Nothing at all, which "UPDATE OR REPLACE" would make a draft, is neither.
    by_hand = f"coalesce(NEW.status, '') IN {_ONLY_BY_REVIEW}"
    return (
        f'CREATE TRIGGER "review_record_update" BEFORE UPDATE OF status ON {_RECORD} '
        f"WHEN OLD.status IS NOT NEW.status AND {refused} BEGIN\n"
        f"{_raise('REVIEW_RAW', by_hand)}\n{_raise('REVIEW_STATE', f'NOT ({by_hand})')}\nEND"
    )


def _judge_insert() -> str:
    """A new record that is no draft was handed in, or ended, at once."""
    return (
        f"CREATE TRIGGER \"review_record_insert\" AFTER INSERT ON {_RECORD} WHEN NEW.status IS NOT 'draft' BEGIN\n"
        f"{_raise('REVIEW_RAW', f'NEW.status IN {_ONLY_BY_REVIEW}')}\n"
        "INSERT INTO review_event (uid, event, from_status, to_status, at, by_name, history_id) VALUES "
        f"(NEW.uid, {_first_step('NEW')}, '', NEW.status, {_NOW}, coalesce(NEW.created_by, NEW.updated_by), 0);\nEND"
    )


def _first_step(record: str) -> str:
    return f"CASE {record}.status WHEN 'submitted' THEN 'submit' WHEN 'ended' THEN 'end' ELSE 'approve' END"


def _judge_step(process: Process, standard: Standard) -> str:
    """Before a row comes into ``review_event``: the checks of :func:`.transitions.verdict`, in the same order."""
    checks = [
        ("REVIEW_FIXED", "EXISTS (SELECT 1 FROM review_event WHERE id = NEW.id)"),
        # As a blob it would pass for the text in some comparisons and not in others.
        ("REVIEW_STATE", f"'blob' IN ({', '.join(f'typeof(NEW.{name})' for name in _TEXTS)})"),
        ("REVIEW_RAW", f"NEW.history_id IS NOT NULL AND NOT coalesce({_noted(process)}, 0)"),
        ("RECORD_GONE", f"NOT EXISTS (SELECT 1 FROM {_RECORD} WHERE uid = NEW.uid)"),
        *((code, f"NEW.history_id IS NULL AND {where}") for code, where in _step_checks(process, standard)),
    ]
    body = "\n".join(_raise(code, where) for code, where in checks)
    return f'CREATE TRIGGER "review_event_judge" BEFORE INSERT ON review_event BEGIN\n{body}\nEND'


def _noted(process: Process) -> str:
    """Whether a row that claims to tell of a change already made tells the truth: it can be noted once."""
    plain = _pairs((event.value, target) for (_, target), event in process.by_update().items())
    moved = "NEW.from_status IS NOT NEW.to_status"
    step = f"({moved} AND (NEW.event = '{Event.UNDO.value}' OR NEW.event || '>' || NEW.to_status IN {plain}))"
    moves = f"NEW.event = '{Event.REOPEN.value}' AND NEW.from_status = '{APPROVED}' AND r.status = '{APPROVED}'"
    there = f"EXISTS (SELECT 1 FROM {_RECORD} AS r WHERE r.uid = NEW.uid AND (r.status = NEW.to_status OR ({moves})))"
    first = (
        "NEW.history_id = 0 AND NEW.from_status = '' AND NEW.to_status <> 'draft' "
        "AND NOT EXISTS (SELECT 1 FROM review_event WHERE uid = NEW.uid)"
    )
    later = (
        "EXISTS (SELECT 1 FROM history AS h WHERE h.id = NEW.history_id AND h.uid = NEW.uid "
        "AND h.status = NEW.from_status AND h.action = 'update') "
        "AND NOT EXISTS (SELECT 1 FROM review_event WHERE uid = NEW.uid AND history_id >= NEW.history_id)"
    )
    return f"({step} AND {there} AND (({first}) OR ({later})))"


def _step_checks(process: Process, standard: Standard) -> list[tuple[str, str]]:
    steps = tuple(process.transitions.values())
    last = last_step("NEW.uid")
    of_last = f"(SELECT s.event FROM review_event AS s WHERE s.id = {last})"
    judged = f"CASE WHEN NEW.event = '{Event.UNDO.value}' THEN coalesce({of_last}, 'undo') ELSE NEW.event END"
    back = (
        f"EXISTS (SELECT 1 FROM review_event AS s JOIN {_RECORD} AS r ON r.uid = s.uid WHERE s.id = {last} "
        f"AND s.from_status <> '' AND (s.from_status <> '{APPROVED}' OR {same_as_before(process, standard, 'r', 's')}))"
    )
    mine = f"coalesce((SELECT s.by_name FROM review_event AS s WHERE s.id = {last}), '') = NEW.by_name"
    own = f"(SELECT {_collected('r')} FROM {_RECORD} AS r WHERE r.uid = NEW.uid)"
    may = _pairs((step.event.value, role.value) for step in steps for role in step.roles)
    only_own = _texts(entry.role.value for entry in process.roles.values() if entry.own_only)
    never_own = _texts(step.event.value for step in steps if step.never_own)
    undoing = f"NEW.event = '{Event.UNDO.value}'"
    return [
        ("REVIEW_NOBODY", "trim(coalesce(NEW.by_name, '')) = ''"),
        ("REVIEW_STATE", f"NOT {_from_here(steps)}"),
        ("REVIEW_LAST", f"{undoing} AND NOT {back}"),
        ("REVIEW_ROLE", f"({judged}) || '>' || coalesce(NEW.by_role, '') NOT IN {may}"),
        ("REVIEW_OWN", f"({judged}) IN {never_own} AND {own}"),
        ("REVIEW_NOT_OWN", f"NEW.by_role IN {only_own} AND NOT {own}"),
        ("REVIEW_LAST", f"{undoing} AND NOT {mine}"),
        ("REVIEW_AREA", _outside()),
        ("REVIEW_REASON", f"NEW.event IN {_needing(steps, 'reason')} AND trim(coalesce(NEW.reason, '')) = ''"),
        ("REVIEW_DEADLINE", f"NEW.event IN {_needing(steps, 'deadline')} AND NOT {_lies_ahead()}"),
        ("REVIEW_CHANGED", "NEW.seen IS NOT coalesce((SELECT max(id) FROM history WHERE uid = NEW.uid), 0) "
         "AND NEW.seen IS NOT NULL"),
    ]  # fmt: skip


def _from_here(steps: Sequence[Transition]) -> str:
    pairs = _pairs((step.event.value, source) for step in steps for source in step.sources)
    return f"EXISTS (SELECT 1 FROM {_RECORD} AS r WHERE r.uid = NEW.uid AND NEW.event || '>' || r.status IN {pairs})"


def _needing(steps: Sequence[Transition], term: str) -> str:
    return _texts(step.event.value for step in steps if term in step.needs)


def _outside() -> str:
    within = "substr(r.division_code, 1, length(NEW.by_area)) = NEW.by_area OR coalesce(r.division_code, '') = ''"
    return (
        f"coalesce(NEW.by_area, '') <> '' AND NOT EXISTS (SELECT 1 FROM {_RECORD} AS r WHERE r.uid = NEW.uid "
        f"AND ({within}))"
    )


def _lies_ahead() -> str:
    # The same test of a day as the rules': by way of the Julian day the 30th of February becomes the 2nd of March.
    day = "length(NEW.deadline) = 10 AND date(julianday(NEW.deadline)) IS NEW.deadline"
    return f"coalesce({day} AND NEW.deadline >= {_TODAY}, 0)"


def _collected(record: str) -> str:
    """Whether who takes the step is who collected the record: :meth:`.person.Person.collected`."""
    mine, theirs = _phones("NEW.by_phone"), _phones(f"{record}.collector_phone")
    mobile = f"GLOB {quoted(MOBILE_GLOB)}"
    shared = (
        f"EXISTS (SELECT 1 FROM json_each({mine}) AS m JOIN json_each({theirs}) AS t ON t.value = m.value "
        f"WHERE m.value {mobile})"
    )
    both = " AND ".join(f"EXISTS (SELECT 1 FROM json_each({p}) WHERE value {mobile})" for p in (mine, theirs))
    same_name = f"trim(NEW.by_name) = trim(coalesce({record}.collector_name, ''))"
    return f"({shared} OR ({same_name} AND NOT ({both})))"


def _phones(column: str) -> str:
    """Several numbers as a JSON list, whatever was written."""
    plain = f"""replace(replace(coalesce({column}, ''), '"', '!'), '\\', '!')"""
    parts = f"""'["' || replace({plain}, {quoted(PHONE_SEPARATOR)}, '","') || '"]'"""
    return f"CASE WHEN json_valid({parts}) THEN {parts} ELSE '[]' END"


def _carry_out(process: Process) -> str:
    """After a step was judged: note where it leads from and to, and move the record."""
    targets = " ".join(
        f"WHEN {quoted(step.event.value)} THEN {quoted(step.target)}"
        for step in process.transitions.values()
        if step.target not in (SAME, PREVIOUS)
    )
    back = f"(SELECT s.from_status FROM review_event AS s WHERE s.id = {last_step('NEW.uid')})"
    status = f"(SELECT status FROM {_RECORD} WHERE uid = NEW.uid)"
    noted = "(SELECT to_status FROM review_event WHERE id = NEW.id)"
    ends = f"NEW.event = '{Event.END.value}'"
    restored = (
        "SELECT h.id FROM history AS h WHERE h.id = (SELECT max(id) FROM history WHERE uid = NEW.uid) "
        "AND NOT EXISTS (SELECT 1 FROM review_event WHERE uid = NEW.uid AND history_id = h.id)"
    )
    return (
        'CREATE TRIGGER "review_event_carry_out" AFTER INSERT ON review_event WHEN NEW.history_id IS NULL BEGIN\n'
        f"UPDATE review_event SET at = {_NOW}, from_status = {status}, fields = NULL, "
        f"undoes = CASE WHEN NEW.event = '{Event.UNDO.value}' THEN {last_step('NEW.uid')} END, "
        f"to_status = CASE NEW.event {targets} WHEN '{Event.UNDO.value}' THEN {back} ELSE {status} END "
        "WHERE id = NEW.id;\n"
        f"UPDATE {_RECORD} SET status = {noted}, updated_by = NEW.by_name, updated_at = {_STAMP}, "
        f"ended_on = CASE WHEN {ends} THEN coalesce(ended_on, {_TODAY}) ELSE ended_on END, "
        f"ended_reason = CASE WHEN {ends} THEN coalesce(NEW.reason, ended_reason) ELSE ended_reason END "
        f"WHERE uid = NEW.uid AND status IS NOT {noted};\n"
        f"UPDATE review_event SET history_id = CASE NEW.event WHEN '{Event.RESTORE.value}' "
        f"THEN coalesce(({restored}), 0) ELSE 0 END WHERE id = NEW.id AND history_id IS NULL;\nEND"
    )


def _reopen() -> str:
    """What the trigger of the history notes of an approved record that was changed sends it back to review."""
    return (
        f"CREATE TRIGGER \"review_event_reopen\" AFTER INSERT ON review_event WHEN NEW.event = '{Event.REOPEN.value}' "
        "AND NEW.history_id IS NOT NULL BEGIN\n"
        f"UPDATE {_RECORD} SET status = NEW.to_status WHERE uid = NEW.uid AND status = '{APPROVED}';\nEND"
    )


def _settle() -> str:
    """What was remarked is answered once the record is handed in again."""
    return (
        "CREATE TRIGGER \"review_event_settle\" AFTER INSERT ON review_event WHEN NEW.event = 'submit' BEGIN\n"
        f"UPDATE review_comment SET settled = {_NOW} WHERE uid = NEW.uid AND settled IS NULL;\nEND"
    )


def _judge_comment() -> str:
    """A comment comes with the latest step of its record, and takes no other's place."""
    belongs = "NEW.event_id IS (SELECT max(id) FROM review_event WHERE uid = NEW.uid)"
    known = "EXISTS (SELECT 1 FROM review_comment WHERE id = NEW.id)"
    return (
        'CREATE TRIGGER "review_comment_judge" BEFORE INSERT ON review_comment BEGIN\n'
        f"{_raise('REVIEW_FIXED', f'{known} OR NOT {belongs}')}\nEND"
    )
