"""Two versions of a record side by side: field by field, and a moved point with its distance and both places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional, Sequence

from ..coordinates.distance import metres_between
from ..standard.conditions import as_codes
from ..standard.model import Standard

POINT = "geom"
# What a writer leaves behind, and what follows from other fields: no difference that a person would look for.
STAMPS = frozenset(("created_at", "created_by", "updated_at", "updated_by", "import_id", "content_hash", "record_key"))
_SAME_PLACE_METRES = 0.005

Position = tuple[float, float]


@dataclass(frozen=True)
class Version:
    """What a record was at a time: its values by column, its point (longitude, latitude in CGCS2000 degrees)."""

    values: Mapping[str, object]
    point: Optional[Position]
    fid: Optional[int] = None


@dataclass(frozen=True)
class FieldChange:
    """One field that differs; ``before`` and ``after`` are values as stored, ``None`` where there was nothing.

    The point's field is ``geom``: it has no values but both places (longitude, latitude in CGCS2000 degrees), and
    ``metres`` is how far they lie apart; ``None`` where the point came or went.
    """

    field: str
    before: object = None
    after: object = None
    metres: Optional[float] = None
    from_point: Optional[Position] = None
    to_point: Optional[Position] = None


def differences(before: Version, after: Version, fields: Sequence[str]) -> list[FieldChange]:
    """What differs between two versions, the point first, then in the order of ``fields``."""
    found = [
        FieldChange(name, before.values.get(name), after.values.get(name))
        for name in fields
        if name != POINT and not alike(before.values.get(name), after.values.get(name))
    ]
    moved = _moved(before.point, after.point)
    return [moved, *found] if moved is not None else found


def told_fields(standard: Standard) -> list[str]:
    """The fields whose differences people are told."""
    return [field.name for field in standard.fields if field.name not in STAMPS]


def alike(one: object, other: object) -> bool:
    """Whether two values say the same: lists however spelled, nothing and an empty text or list, whole numbers."""
    return _plain(one) == _plain(other)


def _moved(before: Optional[Position], after: Optional[Position]) -> Optional[FieldChange]:
    if before is None and after is None:
        return None
    if before is None or after is None:
        return FieldChange(POINT, from_point=before, to_point=after)
    metres = metres_between(before, after)
    if metres <= _SAME_PLACE_METRES:
        return None
    return FieldChange(POINT, metres=metres, from_point=before, to_point=after)


def _plain(value: object) -> object:
    if value in (None, "", "[]"):
        return None
    if isinstance(value, str) and value[:1] == "[":
        codes = as_codes(value)
        return value if codes is None else tuple(codes)
    # SQLite writes no more than fifteen digits into the history.
    return f"{value:.12g}" if isinstance(value, (int, float)) else value
