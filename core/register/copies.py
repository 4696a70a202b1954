"""A record as the start of another one: the producer's next site, or the site's next cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from ..standard.model import Standard
from .rows import Position, StoredRecord

_SYSTEM_GROUP = "system"
_POINT_GROUP = "point"
# Asked again every time: a number or a date carried over would look as if someone had looked.
_ASKED_AGAIN = frozenset(("scale", "cycle", "transplanted_on", "market_start", "market_end", "collected_on", "remark"))
_OF_THE_SITE = frozenset(("site_name", "site_address", "facility"))
_VERIFIED = frozenset(("verified_how", "verified_on", "verified_by"))


@dataclass(frozen=True)
class Copy:
    """Values by field name for the form, and the point (longitude, latitude in CGCS2000) that stays, if any."""

    values: Mapping[str, object]
    point: Optional[Position]


def copy_for_next_site(record: StoredRecord, standard: Standard) -> Copy:
    """Producer, product, people and division stay; site, point, scale and period are asked again."""
    return Copy(_kept(record, standard, _OF_THE_SITE, with_point=False), None)


def copy_for_next_cycle(record: StoredRecord, standard: Standard, cycle: str) -> Copy:
    """All but scale, period and verification stays; the point with how it came about too."""
    return Copy({**_kept(record, standard, frozenset(), with_point=True), "cycle": cycle}, record.point)


def _kept(record: StoredRecord, standard: Standard, left: frozenset[str], *, with_point: bool) -> dict[str, object]:
    away = _ASKED_AGAIN | _VERIFIED | left
    groups = {_SYSTEM_GROUP} if with_point else {_SYSTEM_GROUP, _POINT_GROUP}
    names = [f.name for f in standard.fields if f.group not in groups and f.name not in away]
    return {name: record.values[name] for name in names if record.values.get(name) is not None}
