"""Checks a register: reads its records into columns once, judges them, leaves out what a person has set aside."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Callable, Collection, Iterator, Mapping, Optional, Sequence, Union

import numpy as np

from ..onemap.query import Query
from ..onemap.query_sql import subset
from ..quality.columns import Columns, Flags
from ..quality.context import Context
from ..quality.findings import Kind, QualityFinding
from ..quality.outlines import Place
from ..quality.registry import CHECKS, INCOMPLETE, STANDARD
from ..quality.ruling import finding_of, judged_rules, rules_of_bits, rules_sql
from ..quality.running import run_checks
from ..quality.work import Work
from ..review.transitions import today_in_china
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .asides import Aside, asides
from .columns import read_columns
from .errors import told_plainly
from .geometry import wkb_of
from .lines import Lines, RecordLine
from .register import Register, connect
from .schema import RECORD

_NOBODY = Silent()
_READING = 0.35  # share of the bar
_PATIENCE = 0.2  # seconds between two looks whether to stop


@dataclass(frozen=True)
class Checked:
    """What was found in how many records, on which day; ``aside`` is what would be found had it not been set aside."""

    findings: tuple[QualityFinding, ...]
    aside: tuple[tuple[QualityFinding, Aside], ...]
    lines: Mapping[str, RecordLine]
    records: int
    on: date

    @property
    def faulty(self) -> int:
        """In how many records something was found."""
        return len({finding.uid for finding in self.findings})

    def of_kinds(self, kinds: Collection[Kind]) -> Checked:
        """The findings of these kinds alone."""
        return replace(
            self,
            findings=tuple(finding for finding in self.findings if finding.kind in kinds),
            aside=tuple(pair for pair in self.aside if pair[0].kind in kinds),
        )

    def by_kind(self) -> dict[Kind, int]:
        """Findings by kind, in the order of the kinds; they add up to all."""
        counts = Counter(finding.kind for finding in self.findings)
        return {kind: counts[kind] for kind in Kind}


def check_register(
    register: Register,
    which: Union[Query, Collection[str], None] = None,
    checks: Optional[Collection[str]] = None,
    today: Optional[date] = None,
    progress: Progress = _NOBODY,
    seen: Callable[[Work], None] = lambda work: None,
) -> Checked:
    """Check the records of a register; nothing is written.

    Args:
        register: open for reading at least.
        which: findings of these records alone (a query, or uids); all are read, since records are compared.
        checks: ids of :data:`core.quality.registry.CHECKS`, ``incomplete`` and ``standard``; ``None`` means all.
        today: the day that counts.
        progress: told how far it is, asked whether to stop.
        seen: is given all that was read and worked out, when it was checked.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, a query that is none, or the register cannot be read.
    """
    with told_plainly(register.path), condition_of(register, which) as where:
        context = context_of(register, today)
        with _rules_judged(register, where, checks, progress) as rules:
            columns = read_columns(register, _Share(progress, 0.0, _READING))
            chosen = None if where is None else _flags(register, columns, where)
            wanted = [check for check in CHECKS if checks is None or check.id in checks]
            work = Work(columns, context)
            compared = list(run_checks(work, wanted, chosen, _Share(progress, _READING, 1.0)))
            found = [*rules(), *compared]
            seen(work)
            del work  # what was worked out on the way is as large as the columns
        number = len(columns) if chosen is None else int(chosen.sum())
        return split(register, found, Lines(columns, found), number, context.today)


@contextmanager
def _rules_judged(
    register: Register, where: Optional[str], checks: Optional[Collection[str]], progress: Progress
) -> Iterator[Callable[[], list[QualityFinding]]]:
    """Gives what waits for the findings of the rules.

    SQLite judges them without Python: of a whole register, therefore, in a second thread over a connection of its own,
    while the columns are compared. What this connection alone sees, chosen uids and changes at work, it judges itself.
    """
    if where is not None or register.connection.in_transaction:
        yield lambda: list(rule_findings(register, where or "1", checks))
        return
    with closing(connect(register.path, read_only=True)) as beside, ThreadPoolExecutor(1) as pool:
        judged = pool.submit(lambda: list(rule_findings(Register(register.path, beside, read_only=True), "1", checks)))

        def found() -> list[QualityFinding]:
            while wait([judged], _PATIENCE).not_done:
                stop_if_cancelled(progress)
            return judged.result()

        try:
            yield found
        finally:
            beside.interrupt()


def split(
    register: Register, found: Sequence[QualityFinding], lines: Mapping[str, RecordLine], records: int, on: date
) -> Checked:
    """Apart what a person has set aside."""
    kept = asides(register)
    beside = [(finding, kept.get(finding.key)) for finding in found] if kept else []
    return Checked(
        tuple(finding for finding, aside in beside if aside is None) if kept else tuple(found),
        tuple((finding, aside) for finding, aside in beside if aside is not None),
        lines,
        records,
        on,
    )


def context_of(register: Register, today: Optional[date] = None) -> Context:
    """What checks need beside the records, from a register.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY`` when it has outlines and shapely 2 is not there.
    """
    query = "SELECT code, name, longitude, latitude, geom, aliases FROM division ORDER BY code"
    places = [
        Place(code, name, x, y, None if blob is None else wkb_of(blob), tuple(json.loads(aliases or "[]")))
        for code, name, x, y, blob, aliases in register.connection.execute(query)
    ]
    return Context.of(register.standard(), places, register.county_code, today or today_in_china())


def rule_findings(
    register: Register, where: str = "1", checks: Optional[Collection[str]] = None
) -> Iterator[QualityFinding]:
    """The rules of the standard over the whole register, in one statement."""
    if checks is not None and not {INCOMPLETE, STANDARD} & set(checks):
        return
    standard = register.standard()
    rules = judged_rules(standard)
    # All that is the same in every finding of a rule is made once.
    models = {rule.id: finding_of(rule, standard, "", 0) for rule in rules}
    for fid, uid, *numbers in register.connection.execute(rules_sql(standard, where)):
        for rule in rules_of_bits(rules, numbers):
            one = models[rule.id]
            if checks is None or one.check in checks:
                yield QualityFinding(one.check, one.kind, one.level, one.code, one.field, uid, fid, one.params)


@contextmanager
def condition_of(register: Register, which: Union[Query, Collection[str], None]) -> Iterator[Optional[str]]:
    """The condition that the chosen records fulfil; ``None`` where all are.

    Uids stand in a table of this connection alone for as long: however many they are, the statement stays short.
    """
    if which is None or isinstance(which, Query):
        yield None if which is None else subset(which, register.standard())
        return
    register.connection.execute("CREATE TEMP TABLE chosen (uid TEXT PRIMARY KEY) WITHOUT ROWID")
    try:
        register.connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((uid,) for uid in which))
        yield "uid IN (SELECT uid FROM temp.chosen)"
    finally:
        register.connection.execute("DROP TABLE temp.chosen")


def _flags(register: Register, columns: Columns, where: str) -> Flags:
    found = register.connection.execute(f'SELECT fid FROM "{RECORD}" WHERE {where}')
    return np.isin(columns.fids, np.fromiter((fid for (fid,) in found), np.int64))


class _Share:
    """A piece of the bar."""

    def __init__(self, progress: Progress, start: float, end: float) -> None:
        self._progress, self._start, self._width = progress, start, end - start

    def set_fraction(self, fraction: float) -> None:
        """Move within the piece."""
        self._progress.set_fraction(self._start + self._width * fraction)

    def is_cancelled(self) -> bool:
        """Whether to stop."""
        return self._progress.is_cancelled()

    def note(self, text: str) -> None:
        """Pass on."""
        self._progress.note(text)
