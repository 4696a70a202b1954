"""Understanding what is the same in many rows once instead of once a row."""

from __future__ import annotations

from typing import Callable, Generic, Hashable, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_MOST_KEPT = 20_000


class Memo(dict, Generic[Key, Value]):
    """A dictionary that asks ``understand`` for what it does not hold yet.

    It forgets everything once it holds 20,000 entries: columns in which nearly every cell is different gain nothing
    from remembering, and must not fill the memory.
    """

    def __init__(self, understand: Callable[[Key], Value]) -> None:
        super().__init__()
        self._understand = understand

    def __missing__(self, key: Key) -> Value:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[key] = self._understand(key)
        return value
