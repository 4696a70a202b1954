"""Looking whether what was sealed still is what it was: row by row along the chain, then every record."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from enum import Enum
from typing import Iterator, Optional, Sequence, Union

from ..review.seal import START, RowDigest, mark, next_link, record_digest
from ..review.to_sql import last_step
from ..standard.messages import Phrase, message
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .errors import told_plainly
from .guards import Fault, Repair, duty, faults, repairs
from .register import Register
from .schema import RECORD
from .sealing import LOGS

_SILENT = Silent()
_STEPS = 2_000


class Break(str, Enum):
    """What is wrong at a place; the value is the code of its sentence."""

    TABLE = "SEAL_NO_TABLE"
    UNGUARDED = Fault.MISSING.value
    ALTERED = Fault.CHANGED.value
    STRANGE = Fault.STRANGE.value
    OUTSIDE = "RECORD_OUTSIDE"
    CHANGED = "SEAL_CHANGED"
    MISSING = "SEAL_MISSING"
    INSERTED = "SEAL_INSERTED"
    CHAIN = "SEAL_CHAIN"
    STATUS = "SEAL_STATUS"
    MARK = "SEAL_HEAD"


_OF_TRIGGERS = frozenset((Break.UNGUARDED, Break.ALTERED, Break.STRANGE))


@dataclass(frozen=True)
class Broken:
    """One place where the register is not what was sealed.

    Attributes:
        kind: what is wrong.
        subject: the table; empty where the whole chain or a trigger is meant.
        row: its row (``fid`` of a record, else ``id``).
        link: number of the link in the chain that shows it; 0 where none does.
        uid: of the record concerned, where it is known.
        name: the producer's, where the record is known; of a trigger its own.
    """

    kind: Break
    subject: str = ""
    row: int = 0
    link: int = 0
    uid: str = ""
    name: str = ""

    def sentence(self, language: str = "zh") -> str:
        """What is wrong there, and what to do, in ``zh`` or ``en``."""
        table = Phrase(f"SEAL_TABLE_{self.subject.upper()}") if self.subject else ""
        params = {"table": table, "row": self.row, "link": self.link, "uid": self.uid, "head": self.uid}
        params |= {"name": self.name, "duty": duty(self.name)}
        return message(self.kind.value, language, params).sentence


@dataclass(frozen=True)
class Verification:
    """What was found: how many sealed rows were looked at, how many rows are not sealed yet, what is broken (triggers
    first, then in the order of the chain), the mark of its last link, to be written down, and which triggers were found
    broken, and put right, before."""

    checked: int
    unsealed: int
    broken: tuple[Broken, ...]
    head: str
    repairs: tuple[Repair, ...] = ()

    @property
    def first(self) -> Optional[Broken]:
        """The first broken place, ``None`` when all is as it was sealed."""
        return self.broken[0] if self.broken else None


def verify(register: Register, progress: Progress = _SILENT, known_head: str = "") -> Verification:
    """Look at everything that was sealed.

    Args:
        known_head: the mark of a link that was written down before; empty when there is none.

    Raises:
        OriginMapError: ``CANCELLED``, or that the file is damaged.
    """
    connection = register.connection
    with told_plainly(register.path):
        connection.execute("BEGIN")
        try:
            return _Verifier(connection, register.standard(), progress).run(known_head.strip().lower())
        finally:
            connection.execute("ROLLBACK")


class _Gone(Enum):
    """States of a record between two seals."""

    CHANGED = 1
    DELETED = 2


_Expected = Union[bytes, _Gone]


class _Log:
    """The rows of a table that only grows, read in step with the chain."""

    def __init__(self, connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        self._rows = iter(connection.cursor().execute(f'SELECT {names} FROM "{table}" ORDER BY id'))
        self._next: Optional[tuple] = next(self._rows, None)
        self._digests = RowDigest(columns)

    def before(self, row: int) -> Iterator[int]:
        """The rows that stand in front of a sealed one and were not sealed."""
        while self._next is not None and self._next[0] < row:
            yield self._next[0]
            self._step()

    def take(self, row: int) -> Optional[tuple]:
        """The row of that number; ``None`` when it is missing."""
        if self._next is None or self._next[0] != row:
            return None
        found = self._next
        self._step()
        return found

    def digest(self, row: tuple) -> bytes:
        """What its seal should say."""
        return self._digests.of(row)

    def rest(self) -> Iterator[tuple]:
        """What is not sealed yet."""
        while self._next is not None:
            yield self._next
            self._step()

    def _step(self) -> None:
        self._next = next(self._rows, None)


class _Verifier:
    """One look at a register."""

    def __init__(self, connection: sqlite3.Connection, standard: Standard, progress: Progress) -> None:
        self._connection = connection
        self._standard = standard
        self._progress = progress
        self._broken: list[Broken] = []
        self._checked = self._unsealed = self._done = 0
        self._total = 1
        self._touched: set[int] = set()
        # Of records that the history tells of: what was sealed last, or what became of that since.
        self._expected: dict[int, tuple[int, _Expected]] = {}

    def run(self, known: str) -> Verification:
        """Triggers, chain, records and states; the connection is in a transaction."""
        gone = self._tables_gone()
        if gone:
            return Verification(0, 0, gone, "")
        self._unsealed = self._one(f'SELECT count(*) FROM "{RECORD}"')
        if not self._one("SELECT count(*) FROM sqlite_master WHERE name = 'seal'"):
            return Verification(0, self._unsealed, (), "")
        self._guards()
        self._total = self._unsealed + self._one("SELECT count(*) FROM seal") + 1
        fid = "CASE WHEN json_valid(before) THEN json_extract(before, '$.fid') END"
        self._touched = {fid for (fid,) in self._connection.execute(f"SELECT DISTINCT {fid} FROM history")} - {None}
        head = self._along_the_chain(known)
        self._records()
        self._states()
        ordered = sorted(self._broken, key=lambda one: (one.kind not in _OF_TRIGGERS, one.link == 0, one.link))
        return Verification(self._checked, self._unsealed, tuple(ordered), head, tuple(repairs(self._connection)))

    def _tables_gone(self) -> tuple[Broken, ...]:
        """Tables that are none: somebody renamed them, perhaps with a view in their place."""
        is_table = "SELECT name FROM sqlite_master WHERE type = 'table'"
        there = {name for (name,) in self._connection.execute(is_table)}
        since_reviews = int(dict(self._connection.execute("SELECT name, value FROM setting"))["register_version"]) > 1
        wanted = (RECORD, *LOGS, "seal") if since_reviews else (RECORD, "import", "history")
        return tuple(Broken(Break.TABLE, table) for table in wanted if table not in there)

    def _guards(self) -> None:
        for name, fault in faults(self._connection, self._standard).items():
            self._broken.append(Broken(Break(fault.value), name=name))

    def _along_the_chain(self, known: str) -> str:
        logs = {table: _Log(self._connection, table, columns) for table, columns in LOGS.items()}
        link, met, whole = START, not known, True
        seals = self._connection.cursor().execute("SELECT id, subject, row, digest, link FROM seal ORDER BY id")
        for number, subject, row, digest, stored in seals:
            self._tell()
            if whole and next_link(link, subject, row, digest) != stored:
                whole = False
                self._broken.append(Broken(Break.CHAIN, subject, row, number))
            link = stored
            met = met or mark(link) == known
            if subject in logs:
                self._log_row(logs[subject], subject, number, row, digest)
            elif row in self._touched:
                self._expected[row] = (number, digest)
        if not met:
            self._broken.append(Broken(Break.MARK, uid=known))
        self._not_sealed(logs)
        return "" if link == START else mark(link)

    def _log_row(self, log: _Log, subject: str, number: int, row: int, digest: bytes) -> None:
        for other in log.before(row):
            self._broken.append(Broken(Break.INSERTED, subject, other, number))
        found = log.take(row)
        self._checked += 1
        if found is None:
            self._broken.append(Broken(Break.MISSING, subject, row, number))
        elif log.digest(found) != digest:
            self._broken.append(Broken(Break.CHANGED, subject, row, number))
        elif subject == "history" and found[1]:
            self._entry(found)

    def _not_sealed(self, logs: dict[str, _Log]) -> None:
        for subject, log in logs.items():
            for row in log.rest():
                self._unsealed += 1
                if subject == "history" and row[1]:
                    self._entry(row)

    def _entry(self, row: tuple) -> None:
        """What the history says a record was must be what was sealed before."""
        before, action = json.loads(row[-1]), row[4]
        fid = before["fid"]
        number, expected = self._expected.get(fid, (0, _Gone.CHANGED))
        if isinstance(expected, bytes) and record_digest(before) != expected:
            name = before.get("producer_name") or ""
            self._broken.append(Broken(Break.OUTSIDE, RECORD, fid, number, row[1], name))
        self._expected[fid] = (number, _Gone.DELETED if action == "delete" else _Gone.CHANGED)

    def _records(self) -> None:
        latest = "NOT EXISTS (SELECT 1 FROM seal AS n WHERE n.subject = s.subject AND n.row = s.row AND n.id > s.id)"
        cursor = self._connection.cursor().execute(
            f'SELECT s.id, s.row, s.digest, r.* FROM seal AS s LEFT JOIN "{RECORD}" AS r ON r.fid = s.row '
            f"WHERE s.subject = '{RECORD}' AND {latest} ORDER BY s.row"
        )
        names = [column[0] for column in cursor.description][3:]
        digests, uid, producer = RowDigest(names), names.index("uid"), names.index("producer_name")
        for number, fid, sealed, *row in cursor:
            self._tell()
            _, expected = self._expected.get(fid, (number, sealed))
            if not isinstance(expected, bytes):
                continue
            self._checked += 1
            self._unsealed -= row[uid] is not None
            if row[uid] is None:
                self._broken.append(Broken(Break.MISSING, RECORD, fid, number))
            elif digests.of(row) != expected:
                self._broken.append(Broken(Break.OUTSIDE, RECORD, fid, number, row[uid], row[producer] or ""))

    def _states(self) -> None:
        """Nothing is approved or returned without the step that led there, or stands elsewhere than the last led."""
        query = (
            f"SELECT r.fid, r.uid, r.producer_name FROM \"{RECORD}\" AS r WHERE r.status IN ('approved', 'returned') "
            f"AND NOT EXISTS (SELECT 1 FROM review_event AS e WHERE e.id = {last_step('r.uid')} "
            "AND e.to_status = r.status) OR r.status IS NOT coalesce((SELECT e.to_status FROM review_event AS e "
            "WHERE e.uid = r.uid AND e.from_status IS NOT e.to_status ORDER BY e.id DESC LIMIT 1), r.status)"
        )
        for fid, uid, name in self._connection.execute(query):
            self._broken.append(Broken(Break.STATUS, RECORD, fid, uid=uid, name=name or ""))

    def _one(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])

    def _tell(self) -> None:
        self._done += 1
        if self._done % _STEPS == 0:
            stop_if_cancelled(self._progress)
            self._progress.set_fraction(min(self._done / self._total, 1.0))
