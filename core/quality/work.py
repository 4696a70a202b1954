"""One run of the checks: the columns, the context, and what several checks work out together."""

from __future__ import annotations

from functools import cached_property
from typing import Callable, TypeVar

import numpy as np

from .columns import Columns, Flags, Ints
from .context import Context
from .naming import plain_producer

_Result = TypeVar("_Result")


class Work:
    """Hands columns and context to the checks and keeps what one of them worked out for the others."""

    def __init__(self, columns: Columns, context: Context) -> None:
        self.columns = columns
        self.context = context
        self._shared: dict[object, object] = {}

    def shared(self, make: Callable[[Work], _Result]) -> _Result:
        """The result of ``make`` for this run, worked out once."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return self._shared[make]  # type: ignore[return-value]

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
        names = self.columns.text("producer_name")
        numbers: dict[str, int] = {"": 0}
        of_value = [numbers.setdefault(plain_producer(name), len(numbers)) for name in names.values]
        return np.array(of_value, np.int32)[names.codes]
