"""Carries out what checks propose, when a person says so: for one record, or a whole import at once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Callable, Iterable, Mapping, Sequence

import numpy as np

from ..quality.findings import QualityFinding
from ..review.person import Person
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .changing import set_back
from .checking import Checked, RecordLine
from .errors import RegisterError
from .geometry import point_blobs
from .history import version_after
from .moments import now
from .refusals import refusal_of
from .register import Register, transaction
from .rows import Position, find_record, record_version, same_place
from .schema import RECORD

_NOBODY = Silent()
_LOOK_EVERY = 200


@dataclass(frozen=True)
class Left:
    """A record that stays as it is, and why: a code of the catalogue, or what the register refused it with."""

    uid: str
    error: RegisterError

    def sentence(self, language: str = "zh") -> str:
        """The reason in ``zh`` or ``en``."""
        return self.error.sentence(language)


@dataclass(frozen=True)
class Applied:
    """Which records were changed, and which stay as they are; together as many as were asked for.

    ``versions`` are those of the changed records before and after, for :func:`take_back_applied`.
    """

    done: tuple[str, ...]
    left: tuple[Left, ...]
    versions: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def proposals(checked: Checked, import_id: int | None = None, *, sure: bool = True) -> list[QualityFinding]:
    """The findings that can be repaired, one for each record.

    Args:
        checked: as :func:`.checking.check_register` gave it.
        import_id: only records that this import brought.
        sure: only where nothing else would repair the record as well.
    """
    chosen: dict[str, QualityFinding] = {}
    for finding in checked.findings:
        of_import = import_id is None or checked.lines[finding.uid].import_id == import_id
        if finding.proposal is not None and of_import and (finding.proposal.sure or not sure):
            chosen.setdefault(finding.uid, finding)
    return list(chosen.values())


def sure_by_import(
    findings: Iterable[QualityFinding], lines: Mapping[str, RecordLine]
) -> dict[int, list[QualityFinding]]:
    """The findings that have one repair only, one for each record, by the import that brought the record."""
    chosen: dict[str, QualityFinding] = {}
    for finding in findings:
        if finding.proposal is not None and finding.proposal.sure:
            chosen.setdefault(finding.uid, finding)
    found: dict[int, list[QualityFinding]] = {}
    for uid, finding in chosen.items():
        found.setdefault(lines[uid].import_id, []).append(finding)
    return {number: group for number, group in found.items() if number}


def apply_proposals(
    register: Register,
    findings: Sequence[QualityFinding],
    lines: Mapping[str, RecordLine],
    person: Person,
    progress: Progress = _NOBODY,
) -> Applied:
    """Change the records as proposed, in one transaction; the history keeps what they were, and an approved one waits
    for its review again.

    Args:
        register: open for writing.
        findings: with proposals, such as :func:`proposals` gives.
        lines: the records as they were looked at (:attr:`.checking.Checked.lines`); one whose point is another one by
            now stays as it is.
        person: who says so.
        progress: told how far it is, asked whether to stop.

    Raises:
        RegisterError: ``REVIEW_NOBODY`` for a person without a name, or the register cannot be written to.
        Cancelled: the person stopped it; nothing is changed.
    """
    if not person.name.strip():
        raise RegisterError("REVIEW_NOBODY")
    standard, moment, versions = register.standard(), now(), {}
    by_uid = {finding.uid: finding for finding in findings}

    def apply(uid: str) -> None:
        before = record_version(register.connection, uid)
        _apply(register, by_uid[uid], lines[uid].point, person, moment, standard)
        versions[uid] = before, record_version(register.connection, uid)

    done, left = _each(register, list(by_uid), apply, progress)
    return Applied(done, left, versions)


def take_back_applied(
    register: Register, applied: Applied, person: Person, progress: Progress = _NOBODY
) -> Applied:
    """Undo what :func:`apply_proposals` did, in one transaction: each record is again what it was, its state too.

    The history keeps both changes. A record that was changed since stays as it is (``UNDO_CHANGED``).

    Raises:
        RegisterError, Cancelled: as for :func:`apply_proposals`.
    """
    standard = register.standard()

    def take_back(uid: str) -> None:
        before, after = applied.versions[uid]
        wanted = version_after(register.connection, uid, before)
        if wanted is None:
            raise RegisterError("RECORD_GONE", uid)
        set_back(register, uid, after, wanted, person, standard)

    done, left = _each(register, list(applied.done), take_back, progress)
    return Applied(done, left)


def _each(
    register: Register, uids: Sequence[str], step: Callable[[str], None], progress: Progress
) -> tuple[tuple[str, ...], tuple[Left, ...]]:
    """Take a step with each record, all or nothing where it is stopped; those it went with, and those that stay."""
    done: list[str] = []
    left: list[Left] = []
    with transaction(register.connection, register.path):
        for number, uid in enumerate(uids):
            if number % _LOOK_EVERY == 0:
                stop_if_cancelled(progress)
                progress.set_fraction(number / len(uids))
            try:
                step(uid)
                done.append(uid)
            except RegisterError as error:
                left.append(Left(uid, error))
    return tuple(done), tuple(left)


def _apply(
    register: Register,
    finding: QualityFinding,
    seen: Position | None,
    person: Person,
    moment: str,
    standard: Standard,
) -> None:
    proposal = finding.proposal
    record = find_record(register.connection, finding.uid)
    if proposal is None:
        raise RegisterError("PROPOSAL_MISSING")
    if record is None:
        raise RegisterError("RECORD_GONE", finding.uid)
    if proposal.point is not None and not same_place(record.point, seen):
        raise RegisterError("PROPOSAL_CHANGED")
    columns: dict[str, object] = {**proposal.values, "updated_by": person.name}
    if proposal.point is not None:
        x, y = proposal.point
        columns["geom"] = point_blobs(np.array([x]), np.array([y]))[0]
        columns.update(point_by=person.name, point_at=moment, point_source=_source(finding, record.point))
    _write(register, finding.uid, columns, standard)


def _source(finding: QualityFinding, before: Position | None) -> str:
    """Where the point is from now: what was done to which one."""
    at = "" if before is None else f"（原 {before[0]:.6f}, {before[1]:.6f}）"
    return f"{finding.proposal.sentence('zh') if finding.proposal else ''}{at}"


def _write(register: Register, uid: str, columns: Mapping[str, object], standard: Standard) -> None:
    pairs = ", ".join(f'"{name}" = ?' for name in columns)
    register.connection.execute("SAVEPOINT proposal")
    try:
        register.connection.execute(f'UPDATE "{RECORD}" SET {pairs} WHERE uid = ?', (*columns.values(), uid))
    except sqlite3.IntegrityError as error:
        register.connection.execute("ROLLBACK TO proposal")
        raise refusal_of([str(error)], standard, register.path.name)[0] from error
    finally:
        register.connection.execute("RELEASE proposal")
