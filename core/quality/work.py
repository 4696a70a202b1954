"""One run of the checks: the columns, the context, and what several checks work out together."""

from __future__ import annotations

from functools import cached_property
from typing import Callable, Optional, TypeVar

import numpy as np

from .columns import Columns, Flags, Ints, Rows
from .context import Context
from .naming import plain_producer

_Result = TypeVar("_Result")


class Work:
    """Hands columns and context to the checks and keeps what one of them worked out for the others.

    Where the columns are a part of all records (:meth:`part`), ``whole`` knows what all of them tell.
    """

    def __init__(self, columns: Columns, context: Context) -> None:
        self.columns = columns
        self.context = context
        self.whole: Optional[Work] = None
        self._rows: Optional[Rows] = None
        self._shared: dict[object, object] = {}
        self._overall: set[object] = set()

    def shared(self, make: Callable[[Work], _Result]) -> _Result:
        """The result of ``make`` for this run, worked out once."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return self._shared[make]  # type: ignore[return-value]

    def overall(self, make: Callable[[Work], _Result]) -> _Result:
        """The same of all records together: what is usual among them, however few of them this run looks at.

        What it tells is told by texts, not by places in the columns.
        """
        if self.whole is not None:
            return self.whole.overall(make)
        self._overall.add(make)
        return self.shared(make)

    def part(self, rows: Rows) -> Work:
        """The run of these records alone, which asks this one for what all of them tell."""
        work = Work(self.columns.at(rows), self.context)
        work.whole, work._rows = self, rows
        return work

    def kept(self, columns: Columns) -> Work:
        """These columns, with no more of what was worked out before than the results of :meth:`overall`."""
        work = Work(columns, self.context)
        work._overall = self._overall
        work._shared = {make: self._shared[make] for make in self._overall}
        return work

    @cached_property
    def live(self) -> Flags:
        """Which records count: all but the ended ones."""
        return ~self.columns.text("status").among(("ended",))

    @cached_property
    def exact(self) -> Flags:
        """Which records that count have a point somebody answers for; that of a village's centre is nobody's."""
        return self.live & self.columns.placed & self.columns.text("point_quality").among(("exact", ""))

    @cached_property
    def entered(self) -> tuple[Rows, Rows]:
        """The records with a point that counts, by import (else collector) as they were entered, and their turns.

        Two of one import or collector follow one another when their turns do, also where the columns are a part.
        """
        if self.whole is not None and self._rows is not None:
            turns = self.whole._turns[self._rows]
            rows = np.flatnonzero(turns >= 0)
            rows = rows[np.argsort(turns[rows], kind="stable")]
            return rows, turns[rows]
        columns = self.columns
        rows = np.flatnonzero(self.exact)
        rows = rows[np.argsort(columns.fids[rows], kind="stable")]
        rows = rows[np.argsort(self.enterers[rows], kind="stable")]
        return rows, np.arange(len(rows))

    @cached_property
    def enterers(self) -> Rows:
        """By whom each record came: its import, else (below zero) its collector."""
        columns = self.columns
        collectors = columns.text("collector_name").codes.astype(np.int64)
        return np.where(columns.imports > 0, columns.imports, -1 - collectors)

    @cached_property
    def _turns(self) -> Rows:
        rows, turns = self.entered
        found = np.full(len(self.columns), -1, np.int64)
        found[rows] = turns
        return found

    @cached_property
    def producers(self) -> Ints:
        """The producer of each record by number, however its name is spaced or bracketed; 0 without a name."""
        numbers: dict[str, int] = {"": 0}
        of_value = [numbers.setdefault(name, len(numbers)) for name in self.plain_names]
        return np.array(of_value, np.int32)[self.columns.text("producer_name").codes]

    @cached_property
    def plain_names(self) -> list[str]:
        """The different names of producers, by number, without what makes no other producer."""
        return [plain_producer(name) for name in self.columns.text("producer_name").values]
