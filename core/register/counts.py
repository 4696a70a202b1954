"""How many records a register holds and how far they are, for the page that opens first."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from .errors import told_plainly
from .rows import reading
from .schema import DIVISION, RECORD, WAITING


@dataclass(frozen=True)
class Counts:
    """Numbers of records: all that are not ended, those without an exact point, not handed in yet, handed in, ended.

    ``divisions`` is the number of divisions that were loaded.
    """

    records: int
    waiting: int
    drafts: int
    submitted: int
    ended: int
    divisions: int


def count_records(path: Path) -> Counts:
    """Count what the file at ``path`` holds now, over a connection of its own, so that any thread may ask.

    Raises:
        RegisterError: the file cannot be read.
    """
    with told_plainly(path), closing(reading(path)) as connection:
        states = dict(connection.execute(f'SELECT status, count(*) FROM "{RECORD}" GROUP BY status'))
        waiting = f'SELECT count(*) FROM "{RECORD}" INDEXED BY "record_waiting" WHERE {WAITING}'
        (number_waiting,) = connection.execute(waiting).fetchone()
        (divisions,) = connection.execute(f'SELECT count(*) FROM "{DIVISION}"').fetchone()
    drafts = states.get("draft", 0) + states.get("returned", 0)
    submitted = states.get("submitted", 0) + states.get("approved", 0)
    ended = states.pop("ended", 0)
    return Counts(sum(states.values()), number_waiting, drafts, submitted, ended, divisions)
