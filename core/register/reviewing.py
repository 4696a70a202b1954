"""The steps of records in a register: what would become of many, carried out as one step, and taken back as one."""

from __future__ import annotations

import json
import sqlite3
import uuid
from dataclasses import dataclass, field, replace
from typing import Iterable, Iterator, Mapping, Optional, Sequence, Union

from ..onemap.filtered import ask
from ..onemap.query import Query
from ..review.person import Person
from ..review.process import PREVIOUS, Event, load_process
from ..review.to_sql import last_step as last_step_sql
from ..review.to_sql import same_as_before
from ..review.transitions import NO_TERMS, LastStep, RecordState, Terms, verdict
from ..standard.messages import message
from ..standard.model import Rule, Standard, load_standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from ..standard.rules import failed
from ..standard.to_sql import JUDGED
from .errors import RegisterError
from .refusals import RuleBroken, refusal_of
from .register import Register, transaction
from .schema import RECORD

_CHUNK = 500
_SILENT = Silent()

Comments = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Going:
    """A record that can take the step: whose it is, its product, and the version that was looked at."""

    uid: str
    name: str
    variety: str
    version: int


@dataclass(frozen=True)
class Staying:
    """A record that cannot, and the code of the sentence that says why; ``rule`` is the one it breaks, if any."""

    uid: str
    name: str
    variety: str
    code: str
    rule: Optional[Rule] = None

    def sentence(self, language: str = "zh") -> str:
        """Why it stays, in ``zh`` or ``en``."""
        params = {"reason": self.rule.text_in(language)} if self.rule is not None else {}
        return message(self.code, language, params).sentence


@dataclass(frozen=True)
class Preview:
    """What a step would do to many records, before anything is done."""

    event: Event
    person: Person
    terms: Terms
    goes: tuple[Going, ...]
    stays: tuple[Staying, ...]


@dataclass(frozen=True)
class Step:
    """What was done: the step's id, which :func:`undo` takes, and which records went or stayed after all."""

    id: str
    event: Event
    gone: tuple[str, ...]
    stayed: tuple[Staying, ...] = ()


@dataclass(frozen=True)
class StepInfo:
    """A step as it stands in the register: when it was taken and with how many records that still stand so."""

    id: str
    event: Event
    at: str
    count: int


@dataclass(frozen=True)
class _Candidate:
    state: RecordState
    name: str
    variety: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_state(connection: sqlite3.Connection, uid: str) -> RecordState:
    """The state of one record.

    Raises:
        RegisterError: ``RECORD_GONE``.
    """
    found = read_states(connection, [uid])
    if uid not in found:
        raise RegisterError("RECORD_GONE", uid)
    return found[uid]


def read_states(connection: sqlite3.Connection, uids: Iterable[str]) -> dict[str, RecordState]:
    """The states of records by uid; those that are gone are left out."""
    return {c.state.uid: c.state for c in _candidates(connection, list(uids))}


def preview(
    register: Register,
    event: Event,
    which: Union[Query, Iterable[str]],
    person: Person,
    terms: Terms = NO_TERMS,
    progress: Progress = _SILENT,
) -> Preview:
    """Which of many records (a query's, or those of these uids) could take a step, and why the others could not.

    Raises:
        OriginMapError: what the query's further condition is refused with; ``CANCELLED``.
    """
    standard = register.standard()
    uids = _uids(register, which, standard)
    goes: list[Going] = []
    stays: list[Staying] = []
    columns = _ruled_columns(standard) if _may_be_judged(event) else ()
    for candidate in _candidates(register.connection, uids, columns):
        stop_if_cancelled(progress)
        progress.set_fraction((len(goes) + len(stays)) / len(uids))
        answer = _stays(candidate, event, person, terms, standard)
        if answer is None:
            goes.append(Going(candidate.state.uid, candidate.name, candidate.variety, candidate.state.version))
        else:
            stays.append(answer)
    found = {one.uid for one in (*goes, *stays)}
    stays += [Staying(uid, "", "", "RECORD_GONE") for uid in uids if uid not in found]
    return Preview(event, person, terms, tuple(goes), tuple(stays))


def carry_out(
    register: Register,
    planned: Preview,
    comments: Optional[Mapping[str, Comments]] = None,
    progress: Progress = _SILENT,
) -> Step:
    """Take the step with all records that were to go: one transaction and one step. What changed meanwhile stays.

    Args:
        comments: remarks by uid: pairs of a field's name (``geom`` for the point, empty for the record) and text.

    Raises:
        OriginMapError: what :func:`.register.transaction` says, or ``CANCELLED``; the register is as it was.
    """
    standard, step = register.standard(), uuid.uuid4().hex
    gone: list[str] = []
    stayed: list[Staying] = []
    with transaction(register.connection, register.path):
        for number, going in enumerate(planned.goes):
            stop_if_cancelled(progress)
            progress.set_fraction(number / len(planned.goes))
            refusal = _take(register, going.uid, planned, step, going.version, standard)
            if refusal is None:
                gone.append(going.uid)
                _comment(register.connection, going.uid, (comments or {}).get(going.uid, ()))
            else:
                stayed.append(_as_staying(going, refusal))
    return Step(step, planned.event, tuple(gone), tuple(stayed))


def review_one(
    register: Register,
    uid: str,
    event: Event,
    person: Person,
    terms: Terms = NO_TERMS,
    comments: Comments = (),
    seen: Optional[int] = None,
) -> Step:
    """Take a step with one record; ``seen`` is the version the person looked at.

    Raises:
        RegisterError: why not, the rule it breaks or a code of :func:`core.review.transitions.verdict`.
    """
    standard, step = register.standard(), uuid.uuid4().hex
    planned = Preview(event, person, terms, (), ())
    with transaction(register.connection, register.path):
        refusal = _take(register, uid, planned, step, seen, standard)
        if refusal is not None:
            raise refusal
        _comment(register.connection, uid, comments)
    return Step(step, event, (uid,))


def undo(register: Register, step: str, person: Person) -> Step:
    """Take a whole step back by a new one; nothing is erased. Records that moved on since stay as they are.

    Raises:
        RegisterError: what :func:`.register.transaction` says; the register is as it was.
    """
    planned = preview_undo(register, step, person)
    done = carry_out(register, planned)
    return replace(done, stayed=(*planned.stays, *done.stayed))


def preview_undo(register: Register, step: str, person: Person, progress: Progress = _SILENT) -> Preview:
    """Which records of a step could be taken back, and why the others could not: :func:`carry_out` then does it.

    Raises:
        OriginMapError: ``REVIEW_NO_STEP`` when the register has none of that number; ``CANCELLED``.
    """
    query = "SELECT uid, id FROM review_event WHERE step = ? ORDER BY id"
    events = dict(register.connection.execute(query, (step,)).fetchall())
    if not events:
        raise RegisterError("REVIEW_NO_STEP", step=step)
    planned = preview(register, Event.UNDO, events, person, progress=progress)
    moved_on = {s.uid for s in read_states(register.connection, events).values() if not _stands(s, events)}
    stays = [Staying(one.uid, one.name, one.variety, "REVIEW_LAST") for one in planned.goes if one.uid in moved_on]
    stays += [replace(one, code="REVIEW_LAST", rule=None) if one.uid in moved_on else one for one in planned.stays]
    goes = tuple(one for one in planned.goes if one.uid not in moved_on)
    return replace(planned, goes=goes, stays=tuple(stays))


def _stands(state: RecordState, events: Mapping[str, int]) -> bool:
    """Whether what led a record to its state still is the step to be taken back."""
    return state.last is not None and state.last.id == events[state.uid]


def last_step(connection: sqlite3.Connection, person: Person) -> Optional[StepInfo]:
    """The person's latest step that was not taken back; ``None`` when there is none."""
    standing = (
        "e.step IS NOT NULL AND e.event <> 'undo' AND e.by_name = ?1 AND NOT EXISTS (SELECT 1 FROM review_event AS u "
        "WHERE u.uid = e.uid AND u.undoes = e.id)"
    )
    query = f"SELECT e.step, e.event, e.at FROM review_event AS e WHERE {standing} ORDER BY e.id DESC LIMIT 1"
    row = connection.execute(query, (person.name,)).fetchone()
    if row is None:
        return None
    count = f"SELECT count(*) FROM review_event AS e WHERE {standing} AND e.step = ?2"
    return StepInfo(row[0], Event(row[1]), row[2], connection.execute(count, (person.name, row[0])).fetchone()[0])


def note_step(connection: sqlite3.Connection, uid: str, event: Event, person: Person, reason: str = "") -> None:
    """Write a step inside the caller's transaction; the register's triggers judge it and carry it out."""
    _insert(connection, uid, event, person, Terms(reason), None, None)


def _insert(
    connection: sqlite3.Connection,
    uid: str,
    event: Event,
    person: Person,
    terms: Terms,
    step: Optional[str],
    seen: Optional[int],
) -> None:
    connection.execute(
        "INSERT INTO review_event (uid, event, by_name, by_phone, by_role, by_area, reason, deadline, step, seen) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(uid, event.value, person.name, person.phone or None, person.role.value, person.area_code or None),
            *(terms.reason.strip() or None, terms.deadline or None, step, seen),
        ),
    )


def _take(
    register: Register, uid: str, planned: Preview, step: str, seen: Optional[int], standard: Standard
) -> Optional[RegisterError]:
    """Take the step with one record; what the register says against it, ``None`` when it took it."""
    try:
        _insert(register.connection, uid, planned.event, planned.person, planned.terms, step, seen)
    except sqlite3.IntegrityError as error:
        # The statement is undone, the transaction goes on.
        return refusal_of([str(error)], standard, register.path.name)[0]
    return None


def _comment(connection: sqlite3.Connection, uid: str, comments: Comments) -> None:
    connection.executemany(
        "INSERT INTO review_comment (event_id, uid, field, comment) "
        "SELECT max(id), uid, ?2, ?3 FROM review_event WHERE uid = ?1",
        [(uid, name, text.strip()) for name, text in comments if text.strip()],
    )


def _as_staying(going: Going, refusal: RegisterError) -> Staying:
    rule = refusal.rule if isinstance(refusal, RuleBroken) else None
    code = "REVIEW_INCOMPLETE" if rule is not None else refusal.code
    return Staying(going.uid, going.name, going.variety, code, rule)


def _stays(candidate: _Candidate, event: Event, person: Person, terms: Terms, standard: Standard) -> Optional[Staying]:
    """Why the record cannot take the step; ``None`` when it can."""
    answer = verdict(candidate.state, event, person, terms)
    if not answer:
        return Staying(candidate.state.uid, candidate.name, candidate.variety, answer.code)
    broken = failed(standard, candidate.values) if answer.to_status in JUDGED else []
    if not broken:
        return None
    return Staying(candidate.state.uid, candidate.name, candidate.variety, "REVIEW_INCOMPLETE", broken[0])


def _may_be_judged(event: Event) -> bool:
    return load_process().transitions[event].target in (*JUDGED, PREVIOUS)


def _ruled_columns(standard: Standard) -> tuple[str, ...]:
    return tuple(field.name for field in standard.fields)


def _uids(register: Register, which: Union[Query, Iterable[str]], standard: Standard) -> list[str]:
    if not isinstance(which, Query):
        return list(dict.fromkeys(which))
    statement = f'SELECT uid FROM "{RECORD}" WHERE {{}} ORDER BY division_code, producer_name, fid'
    return [uid for (uid,) in ask(register.connection, statement, which, standard)]


def _candidates(
    connection: sqlite3.Connection, uids: Sequence[str], columns: Sequence[str] = ()
) -> Iterator[_Candidate]:
    """The records of these uids in their order, each with its state and, where columns are named, its values."""
    query = _candidate_sql(columns)
    for start in range(0, len(uids), _CHUNK):
        for row in connection.execute(query, (json.dumps(uids[start : start + _CHUNK]),)).fetchall():
            yield _candidate(row, columns)


def _candidate(row: Sequence, columns: Sequence[str]) -> _Candidate:
    uid, status, collector, phone, division, step, event, source, by, unchanged, version, name, variety, *rest = row
    last = None if step is None else LastStep(step, Event(event), source or "", by or "", bool(unchanged))
    state = RecordState(uid, status, collector or "", phone or "", division or "", last, version)
    values = {"has_point": bool(rest[0]), **dict(zip(columns, rest[1:]))} if columns else {}
    return _Candidate(state, name or "", variety or "", values)


def _candidate_sql(columns: Sequence[str]) -> str:
    unchanged = same_as_before(load_process(), load_standard(), "r", "s")
    more = ", r.geom IS NOT NULL" + "".join(f', r."{name}"' for name in columns) if columns else ""
    return (
        "SELECT r.uid, r.status, r.collector_name, r.collector_phone, r.division_code, s.id, s.event, s.from_status, "
        f"s.by_name, CASE WHEN s.from_status = 'approved' THEN {unchanged} ELSE 1 END, "
        f"coalesce((SELECT max(id) FROM history WHERE uid = r.uid), 0), r.producer_name, r.variety{more} "
        f'FROM json_each(?) AS a CROSS JOIN "{RECORD}" AS r ON r.uid = a.value '
        f"LEFT JOIN review_event AS s ON s.id = {last_step_sql('r.uid')} ORDER BY a.key"
    )
