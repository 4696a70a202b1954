"""One run of the checks: the columns, the context, and what several checks work out together."""

from __future__ import annotations

from functools import cached_property
from typing import Callable, Optional, TypeVar

import numpy as np

from .columns import Columns, Flags, Ints
from .context import Context
from .naming import plain_producer

_Result = TypeVar("_Result")


class Work:
    """Hands columns and context to the checks and keeps what one of them worked out for the others.

    Where the columns are a part of all records, ``whole`` knows what all of them tell.
    """

    def __init__(self, columns: Columns, context: Context, whole: Optional[Work] = None) -> None:
        self.columns = columns
        self.context = context
        self.whole = whole
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
    def producers(self) -> Ints:
        """The producer of each record by number, however its name is spaced or bracketed; 0 without a name."""
        numbers: dict[str, int] = {"": 0}
        of_value = [numbers.setdefault(name, len(numbers)) for name in self.plain_names]
        return np.array(of_value, np.int32)[self.columns.text("producer_name").codes]

    @cached_property
    def plain_names(self) -> list[str]:
        """The different names of producers, by number, without what makes no other producer."""
        return [plain_producer(name) for name in self.columns.text("producer_name").values]
