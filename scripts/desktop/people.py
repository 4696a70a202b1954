"""Ten invented records to be collected by hand on the sample's aerial picture, each where its trade can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from ..sample.aerial import extent
from ..sample.producers import Site, make_sites
from ..sample.shipped import read_sample
from ..sample.trades import AQUATIC, CROP

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
_TRADES = ("cowpea",) * 4 + ("chinese_chive",) * 2 + ("celery", "bream", "bream", "pig")
_EDGE = 0.0006  # degrees that a point stands inside the picture at least


@dataclass(frozen=True)
class Wanted:
    """A record to collect: its product, where (CGCS2000 degrees), and what is typed, by field."""

    variety: str
    longitude: float
    latitude: float
    answers: Mapping[str, str]


def ten_records() -> list[Wanted]:
    """The ten; the same on every call."""
    sites = _on_picture()
    chosen = []
    for number, trade in enumerate(_TRADES):
        site = next(site for site in sites if site.trade.variety == trade)
        sites.remove(site)
        chosen.append(Wanted(trade, site.longitude, site.latitude, _answers(site, number)))
    return chosen


def truth_of(producer: str, variety: str, about: str) -> tuple[float, float]:
    """Where the producer really keeps or grows the product; ``about`` is what the queue says of it, site included."""
    sites = [s for s in _all() if s.producer.name == producer and s.trade.title == variety]
    site = next((s for s in sites if s.name and s.name in about), sites[0])
    return site.longitude, site.latitude


def _all() -> list[Site]:
    return make_sites(read_sample(SAMPLE))


def _on_picture() -> list[Site]:
    west, south, east, north = extent()
    return [
        site for site in _all()
        if west + _EDGE < site.longitude < east - _EDGE and south + _EDGE < site.latitude < north - _EDGE
    ]


def _answers(site: Site, number: int) -> dict[str, str]:
    answers = {
        "certification": "无",
        "traceability": "承诺达标合格证",
        "producer_name": f"示例采集户{number + 1}",
        "producer_type": "农户",
        "contact_name": f"示例{number + 1}号",
        "contact_phone": f"138000090{number:02d}",
        "site_address": f"{site.place.name}{number + 1}组",
        "scale": f"{site.scale:g}",
        "market_start": "20261205",
        "market_end": "20270120",
        "production_mode": site.mode or "露地",
        "facility": site.facility or "池塘",
        "scale_basis": "存栏",
        "village": site.place.name,
    }
    if site.trade.industry == CROP:
        answers["transplanted_on"] = "20260920"
    elif site.trade.industry == AQUATIC:
        answers["market_start"] = "20261101"
    return answers
