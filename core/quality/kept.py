"""What the checks over time know of a record: who, what, where, which cycle, and how far it has come."""

from __future__ import annotations

from typing import NamedTuple, Optional

from .thresholds import PLAIN_NAME_SQL

# In the order of :class:`Kept`; days are cut out of the moment of making where nobody stated the day of collection.
KEPT_SQL = (
    "fid, uid, geom, coalesce(township, ''), coalesce(village, ''), coalesce(division_code, ''), "
    "coalesce(producer_name, ''), coalesce(producer_type, ''), coalesce(site_name, ''), coalesce(site_address, ''), "
    "coalesce(variety, ''), coalesce(cycle, ''), status, scale, coalesce(unit, ''), coalesce(transplanted_on, ''), "
    "coalesce(market_start, ''), coalesce(market_end, ''), coalesce(collected_on, substr(created_at, 1, 10), ''), "
    "coalesce(collector_name, ''), coalesce(collector_phone, ''), coalesce(contact_name, ''), "
    "coalesce(contact_phone, ''), coalesce(credit_code, ''), coalesce(point_quality, ''), "
    "coalesce(verified_on, '') <> ''"
)
# The records of one producer and product in one run.
KEPT_ORDER = f"{PLAIN_NAME_SQL}, variety"


class Kept(NamedTuple):
    """A record of the register; texts are empty where it says nothing, days are ``YYYY-MM-DD``.

    ``geom`` is the point as GeoPackage binary; ``collected`` the day of collection, else the day it was made.
    ``chosen`` says whether it is among the records that were asked for: the others are read because a site is only
    understood with all of its cycles.
    """

    fid: int
    uid: str
    geom: Optional[bytes]
    township: str
    village: str
    division: str
    producer: str
    producer_type: str
    site: str
    address: str
    variety: str
    cycle: str
    status: str
    scale: Optional[float]
    unit: str
    planted: str
    market_start: str
    market_end: str
    collected: str
    collector: str
    phone: str
    contact: str
    contact_phone: str
    credit_code: str
    point_quality: str
    verified: int
    chosen: int = 1

    @property
    def asked(self) -> bool:
        """Whether its scale was asked: a draft carried over into a new cycle waits for that."""
        return self.scale is not None

    @property
    def located(self) -> bool:
        """Whether it has an exact point."""
        return self.geom is not None and self.point_quality == "exact"
