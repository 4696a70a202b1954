"""What checks need beside the records: the standard, the limits, the divisions, and today."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Iterable, Mapping

from ..standard.model import Standard
from ..standard.paths import STANDARD_FOLDER
from .outlines import Outlines, Place

__all__ = ["Context", "Limits", "Place", "load_limits"]


@dataclass(frozen=True)
class Season:
    """When a crop cannot be on the market from the open field: these months, north of this latitude."""

    north_of: float
    months: tuple[int, ...]


@dataclass(frozen=True)
class VarietyLimits:
    """What is impossible for a variety: scale (in its unit) by type of producer, days on the market and of growth."""

    scale_most: Mapping[str, float]
    market_days: int
    growth_days: int
    growth_most: int
    seasons: tuple[Season, ...]


@dataclass(frozen=True)
class Limits:
    """From where on something is evidently wrong; ``resources/standard/quality.json`` says where they are from."""

    border_metres: float
    village_metres: float
    township_metres: float
    county_metres: float
    shared_phone: int
    duplicate_metres: float
    duplicate_score: float
    scale_deviations: float
    scale_factor: float
    planted_in: Mapping[str, tuple[int, ...]]
    varieties: Mapping[str, VarietyLimits]


@dataclass(frozen=True)
class Context:
    """What checks need beside the records."""

    standard: Standard
    outlines: Outlines
    today: date
    limits: Limits

    @classmethod
    def of(cls, standard: Standard, places: Iterable[Place], county_code: str, today: date) -> Context:
        """Make the outlines ready to be asked.

        Raises:
            OriginMapError: ``MISSING_DEPENDENCY`` when there are outlines and shapely 2 is not there.
        """
        return cls(standard, Outlines(places, county_code), today, load_limits())


@lru_cache(maxsize=1)
def load_limits() -> Limits:
    """The limits as they stand in ``resources/standard/quality.json``."""
    read = json.loads((STANDARD_FOLDER / "quality.json").read_text(encoding="utf-8"))
    varieties = {code: _variety(entry) for code, entry in read["varieties"].items()}
    plain = {name: read[name] for name in Limits.__dataclass_fields__ if name != "varieties"}
    return Limits(**plain, varieties=varieties)


def _variety(entry: Mapping) -> VarietyLimits:
    seasons = tuple(Season(one["north_of"], tuple(one["months"])) for one in entry.get("open_field_not_in", ()))
    return VarietyLimits(entry["scale_most"], entry["market_days"], entry["growth_days"], entry["growth_most"], seasons)
