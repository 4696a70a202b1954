"""Fields whose value a person keeps from record to record, and what they hold."""

from __future__ import annotations

from typing import Mapping, Optional

from qgis.core import QgsSettings

from ...core.standard.model import Standard

_NAMES = "originmap/collect/pins"
# What follows from the product, belongs to one point or is given by the system cannot be kept.
_NEVER_GROUPS = frozenset(("system", "point"))
_NEVER = frozenset(("variety", "industry", "unit"))


class Pins:
    """Which fields are pinned is remembered in the QGIS profile; their values come from the record before."""

    def __init__(self) -> None:
        kept = QgsSettings().value(_NAMES, []) or []
        self._names = [kept] if isinstance(kept, str) else list(kept)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the pinned fields."""
        return tuple(self._names)

    def set_pinned(self, name: str, pinned: bool) -> None:
        """Pin a field or take its pin out."""
        self._names = [other for other in self._names if other != name] + ([name] if pinned else [])
        QgsSettings().setValue(_NAMES, self._names)

    def values(self, last: Optional[Mapping[str, object]]) -> dict[str, object]:
        """What the next record takes over from the last one."""
        return {name: last[name] for name in self._names if last and last.get(name) is not None}


def can_be_pinned(standard: Standard) -> list[str]:
    """Names of the fields that can."""
    fields = standard.fields
    return [f.name for f in fields if not f.hidden and f.group not in _NEVER_GROUPS and f.name not in _NEVER]
