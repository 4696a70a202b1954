"""What can be ticked under each condition: the lists of the standard, and what the register's records say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Hashable, Iterable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.onemap.facets import Facets
from ...core.onemap.packing import SCALE_CLASSES
from ...core.onemap.query import NOT_FILLED, TICKED, Scale, Season, seasons_of_months
from ...core.onemap.query_words import scale_in_words, season_in_words
from ...core.places.divisions import CODE_LENGTHS
from ...core.standard.model import Standard
from ..icons import variety_icon
from .tick_tree import Tick

_LENGTHS = tuple(sorted(CODE_LENGTHS.values()))
_YEAR = 4


@dataclass(frozen=True)
class Offered:
    """From what the values follow.

    Attributes:
        standard: with the county's own lists.
        language: of the titles.
        divisions: names of the register's divisions by code, each by itself.
        elsewhere: names by code of divisions outside of the register's county.
        facets: counts, where they are known.
    """

    standard: Standard
    language: str
    divisions: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    facets: Optional[Facets] = None

    def ticks(self, name: str, chosen: Sequence[Hashable]) -> list[Tick]:
        """The values of a condition; one that is ticked is always among them."""
        special = {
            "scales": self._scales,
            "divisions": self._divisions,
            "cycles": self._cycles,
            "on_market": self._seasons,
        }
        return special[name](chosen) if name in special else self._listed(name, chosen)

    def counts(self, name: str) -> Optional[Mapping[Hashable, int]]:
        """Records by value, ``None`` while nobody has counted."""
        if self.facets is None:
            return None
        special = {
            "scales": self.facets.scales,
            "divisions": self.facets.divisions,
            "cycles": self.facets.cycles,
            "on_market": self.facets.months,
        }
        return special[name] if name in special else self.facets.ticked.get(name)

    def _found(self, name: str, chosen: Iterable[Hashable]) -> list[str]:
        return sorted({str(value) for value in (*(self.counts(name) or ()), *chosen) if value != NOT_FILLED})

    def _not_filled(self, name: str, chosen: Sequence[Hashable]) -> list[Tick]:
        """The line for records that say nothing, where there are any."""
        if not (self.counts(name) or {}).get(NOT_FILLED) and NOT_FILLED not in chosen:
            return []
        translate = QCoreApplication.translate
        verified = name == "verified"
        return [
            Tick(NOT_FILLED, translate("originmap", "not verified") if verified else translate("originmap", "(empty)"))
        ]

    def _listed(self, name: str, chosen: Sequence[Hashable]) -> list[Tick]:
        choices = self.standard.choices(TICKED[name])
        titles = {choice.code: choice.title_in(self.language) for choice in choices}
        titles.update((value, value) for value in self._found(name, chosen) if value not in titles)
        icons = (
            {v.code: variety_icon(v.symbol, v.colour) for v in self.standard.varieties} if name == "varieties" else {}
        )
        ticks = [Tick(code, title, None, icons.get(code)) for code, title in titles.items()]
        return ticks + self._not_filled(name, chosen)

    def _scales(self, chosen: Sequence[Hashable]) -> list[Tick]:
        others = sorted(scale for scale in chosen if isinstance(scale, Scale) and scale not in SCALE_CLASSES)
        return [
            Tick(scale, scale_in_words(scale, self.standard, self.language), counted=scale in SCALE_CLASSES)
            for scale in (*SCALE_CLASSES, *others)
        ]

    def _seasons(self, chosen: Sequence[Hashable]) -> list[Tick]:
        months = [Tick(month, season_in_words(seasons_of_months([month])[0], self.language)) for month in range(1, 13)]
        others = sorted(season for season in chosen if isinstance(season, Season))
        return months + [Tick(season, season_in_words(season, self.language), counted=False) for season in others]

    def _cycles(self, chosen: Sequence[Hashable]) -> list[Tick]:
        found = self._found("cycles", chosen)
        known = sorted({cycle[:_YEAR] for cycle in found if cycle[_YEAR : _YEAR + 1] in ("-", "")}, reverse=True)
        ticks = []
        for year in known:
            ticks.append(Tick(year, QCoreApplication.translate("originmap", "year {year}").format(year=year)))
            ticks += [Tick(cycle, cycle, year) for cycle in found if cycle.startswith(f"{year}-")]
        listed = {tick.value for tick in ticks}
        ticks += [Tick(cycle, cycle) for cycle in found if cycle not in listed]
        return ticks + self._not_filled("cycles", chosen)

    def _divisions(self, chosen: Sequence[Hashable]) -> list[Tick]:
        """The register's own county first, then whatever else its records and the query name."""
        county = {code[: _LENGTHS[2]] for code in self.divisions if len(code) >= _LENGTHS[2]}
        found = {*self.divisions, *self._found("divisions", chosen)}
        codes = sorted(found, key=lambda code: (code[: _LENGTHS[2]] not in county, code))
        shown = [code for code in codes if len(code) >= _LENGTHS[2] or code in chosen or not county]
        ticks = [Tick(code, self._name(code), _holder(code, shown)) for code in shown]
        return ticks + self._not_filled("divisions", chosen)

    def _name(self, code: str) -> str:
        return self.divisions.get(code) or self.elsewhere.get(code) or code


def _holder(code: str, shown: Sequence[str]) -> Optional[str]:
    return next((code[:n] for n in reversed(_LENGTHS) if n < len(code) and code[:n] in shown), None)


def months_of(season: Season) -> list[int]:
    """The months that a season is made of; none when it begins or ends within one."""
    first, last = int(season.first[:2]), int(season.last[:2])
    months = [month % 12 + 1 for month in range(first - 1, last + (12 if season.over_new_year else 0))]
    return months if seasons_of_months(months) == (season,) else []
