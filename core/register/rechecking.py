"""Checks a few records again beside what was read when all were checked; only what has changed since is read."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Collection, NamedTuple, Optional, Union

import numpy as np

from ..onemap.query import Query
from ..quality.registry import CHECKS
from ..quality.standing import Standing
from ..quality.work import Work
from ..review.transitions import today_in_china
from ..standard.model import LocalStandard
from ..standard.progress import Progress, Silent
from .checking import Checked, check_register, condition_of, rule_findings, split
from .columns import read_columns
from .errors import told_plainly
from .lines import Lines
from .register import Register
from .schema import RECORD

_NOBODY = Silent()
_MOST_CHANGED = 2_000  # more than these are read with all others
# Another number where divisions were loaded, moved or renamed; lengths of outlines stand in their rows' heads.
_DIVISIONS = (
    "SELECT count(*), total(fid), total(length(geom)), total(longitude), total(latitude), total(length(name)), "
    "total(length(aliases)) FROM division"
)


class _Mark(NamedTuple):
    """How far a register was when it was read: what the checks need beside the records, and the last of these."""

    path: Path
    today: date
    local: LocalStandard
    divisions: tuple[object, ...]
    change: int
    record: int


class Rechecker:
    """Keeps what a check of all records read, until another one; from several threads it is used by one at a time."""

    def __init__(self) -> None:
        self._lock: AbstractContextManager = Lock()
        self._standing: Optional[Standing] = None
        self._mark: Optional[_Mark] = None

    def check(
        self, register: Register, which: Union[Query, Collection[str], None] = None, progress: Progress = _NOBODY
    ) -> Checked:
        """Check records as :func:`.checking.check_register` does, and keep what was read."""
        with self._lock:
            return self._check(register, which, _marked(register, today_in_china()), progress)

    def again(self, register: Register, uids: Collection[str], progress: Progress = _NOBODY) -> Checked:
        """Check these records as they are now; what is usual among all is what it was when all were checked.

        Reads them and what has changed since, or all where that is too much or nothing was kept.
        """
        with self._lock, told_plainly(register.path):
            mark = _marked(register, today_in_china())
            changed = {*uids, *self._changed(register, mark)}
            if self._standing is None or len(changed) > _MOST_CHANGED:
                return self._check(register, uids, mark, progress)
            self._take_over(register, self._standing, changed)
            self._mark = mark
            return _judged(register, self._standing, uids, mark.today)

    def _check(self, register: Register, which: object, mark: _Mark, progress: Progress) -> Checked:
        self._standing = None
        return check_register(register, which, None, mark.today, progress, lambda work: self._keep(work, mark))

    def _keep(self, work: Work, mark: _Mark) -> None:
        self._standing, self._mark = Standing(work), mark

    def _changed(self, register: Register, now: _Mark) -> set[str]:
        """What was changed, made or deleted since; where that does not tell all, what was kept is let go."""
        then = self._mark
        if then is None or then[:4] != now[:4] or now.change < then.change:
            self._standing = None
            return set()
        query = f'SELECT uid FROM history WHERE id > ? UNION SELECT uid FROM "{RECORD}" WHERE fid > ?'
        return {uid for (uid,) in register.connection.execute(query, (then.change, then.record))}

    def _take_over(self, register: Register, standing: Standing, changed: Collection[str]) -> None:
        with condition_of(register, changed) as where:
            now = read_columns(register, where=where or "0")
        columns, there = standing.work.columns, {now.uid(row) for row in range(len(now))}
        deleted = [uid for uid in changed if uid not in there]
        gone = columns.fids[np.isin(columns.uids, np.array(deleted, columns.uids.dtype))] if deleted else ()
        standing.put(now, gone)


def _judged(register: Register, standing: Standing, uids: Collection[str], today: date) -> Checked:
    with condition_of(register, uids) as where:
        condition = where or "0"
        fids = [fid for (fid,) in register.connection.execute(f'SELECT fid FROM "{RECORD}" WHERE {condition}')]
        found = [*rule_findings(register, condition), *standing.judge(fids, CHECKS)]
    return split(register, found, Lines(standing.work.columns, found), len(fids), today)


def _marked(register: Register, today: date) -> _Mark:
    connection = register.connection
    (change,) = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()
    (record,) = connection.execute(f'SELECT coalesce(max(fid), 0) FROM "{RECORD}"').fetchone()
    divisions = connection.execute(_DIVISIONS).fetchone()
    return _Mark(register.path, today, register.local_standard(), divisions, change, record)
