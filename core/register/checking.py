"""Checks a register: reads its records into columns once, judges them, leaves out what a person has set aside."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Collection, Iterator, Mapping, Optional, Sequence, Union

import numpy as np

from ..onemap.query import Query
from ..onemap.query_sql import subset
from ..quality.columns import READ_FIELDS, Columns, ColumnsBuilder
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
from .errors import told_plainly
from .geometry import coordinates_of, wkb_of
from .register import Register
from .rows import Position, position_of
from .schema import RECORD

_AT_ONCE = 20_000
_NOBODY = Silent()
_READING = 0.35  # share of the bar
_ABOUT = ("uid", "producer_name", "variety", "cycle", "township", "village", "site_name", "status", "import_id")


@dataclass(frozen=True)
class RecordLine:
    """What a list says of a record that something was found about."""

    uid: str
    producer_name: str
    variety: str
    cycle: str
    township: str
    village: str
    site_name: str
    status: str
    import_id: int
    point: Optional[Position]


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

    def by_check(self) -> dict[tuple[str, str], int]:
        """Findings by check and code; they add up to all."""
        return dict(Counter((finding.check, finding.code) for finding in self.findings).most_common())

    def by_village(self) -> dict[tuple[str, str], int]:
        """Findings by township and village; they add up to all."""
        lines = (self.lines[finding.uid] for finding in self.findings)
        return dict(sorted(Counter((line.township, line.village) for line in lines).items()))


def check_register(
    register: Register,
    which: Union[Query, Collection[str], None] = None,
    checks: Optional[Collection[str]] = None,
    today: Optional[date] = None,
    progress: Progress = _NOBODY,
) -> Checked:
    """Check the records of a register; nothing is written.

    Args:
        register: open for reading at least.
        which: findings of these records alone (a query, or uids); all are read, since records are compared.
        checks: ids of :data:`core.quality.registry.CHECKS`, ``incomplete`` and ``standard``; ``None`` means all.
        today: the day that counts.
        progress: told how far it is, asked whether to stop.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, a query that is none, or the register cannot be read.
    """
    with told_plainly(register.path):
        context = context_of(register, today)
        columns = read_columns(register, _Share(progress, 0.0, _READING))
        where = _where(register, which)
        chosen = None if where is None else _chosen(register, columns, where)
        wanted = [check for check in CHECKS if checks is None or check.id in checks]
        found = list(rule_findings(register, where or "1", checks))
        found += run_checks(Work(columns, context), wanted, chosen, _Share(progress, _READING, 1.0))
        set_aside = asides(register)
        split: list[tuple[QualityFinding, Optional[Aside]]] = [(one, set_aside.get(one.key)) for one in found]
        return Checked(
            tuple(finding for finding, aside in split if aside is None),
            tuple((finding, aside) for finding, aside in split if aside is not None),
            _lines(register, {finding.uid for finding in found}),
            len(columns) if chosen is None else int(chosen.sum()),
            context.today,
        )


def read_columns(register: Register, progress: Progress = _NOBODY) -> Columns:
    """All records of a register as columns, read in chunks.

    Raises:
        Cancelled: the person stopped it.
    """
    builder = ColumnsBuilder()
    names = ", ".join(f'"{name}"' for name in READ_FIELDS)
    (last,) = register.connection.execute(f'SELECT coalesce(max(fid), 0) FROM "{RECORD}"').fetchone()
    cursor = register.connection.execute(f'SELECT geom, {names} FROM "{RECORD}" ORDER BY fid')
    while rows := cursor.fetchmany(_AT_ONCE):
        stop_if_cancelled(progress)
        points = _points([row[0] for row in rows])
        builder.add([row[1:] for row in rows], points[:, 0], points[:, 1])
        progress.set_fraction(rows[-1][1] / last)
    return builder.columns()


def _points(blobs: Sequence[Optional[bytes]]) -> np.ndarray:
    """Points as the register writes them all at once; those that another program wrote one by one."""
    own = len(next((blob for blob in blobs if blob), b""))
    if all(blob is None or (len(blob) == own == 29) for blob in blobs):
        return coordinates_of(blobs)
    places = [position_of(blob) for blob in blobs]
    return np.array([(np.nan, np.nan) if place is None else place for place in places], np.float64).reshape(-1, 2)


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


def _where(register: Register, which: Union[Query, Collection[str], None]) -> Optional[str]:
    if which is None:
        return None
    if isinstance(which, Query):
        return subset(which, register.standard())
    listed = json.dumps(list(which)).replace("'", "''")
    return f"uid IN (SELECT value FROM json_each('{listed}'))"


def _chosen(register: Register, columns: Columns, where: str) -> np.ndarray:
    found = register.connection.execute(f'SELECT fid FROM "{RECORD}" WHERE {where}')
    return np.isin(columns.fids, np.fromiter((fid for (fid,) in found), np.int64))


def _lines(register: Register, uids: Collection[str]) -> dict[str, RecordLine]:
    names = ", ".join(f"coalesce(\"{name}\", '')" for name in _ABOUT)
    listed = list(uids)
    lines: dict[str, RecordLine] = {}
    query = f'SELECT {names}, geom FROM "{RECORD}" WHERE uid IN (SELECT value FROM json_each(?))'
    for start in range(0, len(listed), _AT_ONCE):
        for *values, blob in register.connection.execute(query, (json.dumps(listed[start : start + _AT_ONCE]),)):
            values[-1] = int(values[-1] or 0)
            lines[values[0]] = RecordLine(*values, position_of(blob))
    return lines


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
