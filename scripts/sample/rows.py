"""A record as one clean row of a sheet, field by field, with what must become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Union

from .names import CITY, COUNTY, PROVINCE
from .producers import Site

Cell = Union[str, int, float, date, None]


class Outcome(str, Enum):
    """What must become of a row under the default settings."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


@dataclass
class Row:
    """The cells of a row by field name, and the truth about it; ``code`` is the finding that was planted."""

    cells: dict[str, Cell]
    producer: str
    variety: str
    scale: float
    market_start: date
    market_end: date
    longitude: float | None
    latitude: float | None
    outcome: Outcome = Outcome.ACCEPTED
    code: str = ""
    planted: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def clean_row(site: Site) -> Row:
    """The row as a careful clerk would write it."""
    scale: Cell = int(site.scale) if site.scale == int(site.scale) else site.scale
    cells: dict[str, Cell] = {
        "province": PROVINCE[1],
        "city": CITY[1],
        "county": COUNTY[1],
        "township": site.place.township_name,
        "village": site.place.name,
        "producer_name": site.producer.name,
        "credit_code": site.producer.credit_code,
        "producer_type": site.producer.kind,
        "industry": site.trade.industry,
        "variety": site.trade.title,
        "alias": site.alias,
        "certification": site.certification,
        "site_name": site.name,
        "site_address": site.address,
        "longitude": site.longitude,
        "latitude": site.latitude,
        "contact_name": site.producer.contact,
        "contact_phone": site.producer.phone,
        "facility": site.facility,
        "scale": scale,
        "unit": site.trade.unit,
        "scale_basis": site.basis,
        "cycle": site.season.cycle,
        "transplanted_on": site.season.planted,
        "market_start": site.season.start_text,
        "market_end": site.season.end_text,
        "production_mode": site.mode,
        "traceability": site.traceability,
        "credit_grade": site.credit,
        "officer_role": site.officer.role,
        "officer_name": site.officer.name,
        "officer_phone": site.officer.phone,
        "collector_name": site.collector.name,
        "collector_phone": site.collector.phone,
        "collected_on": site.season.collected,
        "remark": "",
    }
    return Row(
        cells, site.producer.name, site.trade.variety, site.scale, site.season.start, site.season.end,
        site.longitude, site.latitude,
    )


def without_point(row: Row) -> None:
    """Leave the coordinates out: the row waits for its point."""
    row.cells["longitude"] = row.cells["latitude"] = ""
    row.longitude = row.latitude = None
