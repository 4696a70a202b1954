"""The gazetteer: divisions by code and by name, the county's own list laid over the national one, address matching."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Callable, Iterable, Iterator

from ..standard.paths import RESOURCES
from .address import normalise
from .county import CountyNames
from .divisions import CODE_LENGTHS, Candidate, Division, DivisionLevel, chain, level_of
from .matching import Match, Matcher
from .names import NameRank, city_names, county_names, province_names
from .store import GazetteerFile

GAZETTEER_FILE = RESOURCES / "gazetteer" / "gazetteer.sqlite"
# Room for every county, so that a file that mixes them reads each one once.
_COUNTIES_REMEMBERED = 4096


class Gazetteer:
    """All divisions that are known: the national list and what a county added.

    Reading is safe from any thread: what is held in memory never changes, and the file is opened per question.
    """

    def __init__(self, file: GazetteerFile, own: Iterable[Division] = ()) -> None:
        self._file = file
        self._own = {division.code: division for division in own}
        self._own_by_county: dict[str, list[Division]] = defaultdict(list)
        self._upper = {division.code: division for division in file.upper()}
        for division in self._own.values():
            if len(division.code) > CODE_LENGTHS[DivisionLevel.COUNTY]:
                self._own_by_county[division.code[:6]].append(division)
            else:
                self._upper[division.code] = _laid_over(self._upper.get(division.code), division)
        self._children: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self._upper):
            self._children[code[:-2]].append(code)
        self.county_names: Callable[[str], CountyNames] = lru_cache(maxsize=_COUNTIES_REMEMBERED)(self._county_names)

    @cached_property
    def _matcher(self) -> Matcher:
        """Made when the first address comes: whoever asks for names alone need not wait for it."""
        return Matcher(self)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer that comes with the plugin, or another file of the same form.

        Raises:
            OriginMapError: ``GAZETTEER_UNREADABLE`` when the file is missing or damaged.
        """
        return cls(GazetteerFile(path or GAZETTEER_FILE))

    def with_divisions(self, divisions: Iterable[Division]) -> Gazetteer:
        """A gazetteer that also knows these divisions; a code that is known already takes the new name and centre."""
        return Gazetteer(self._file, [*self._own.values(), *divisions])

    def match(self, address: str, county_code: str | None = None) -> Match:
        """Find the division that an address names, in the register's own county first.

        Args:
            address: as a person wrote it.
            county_code: six digits of the register's county; an address without a county is looked for there.
        """
        return self._matcher.match(address, county_code or "")

    def division(self, code: str) -> Division | None:
        """The division with this code, or None when it is not known."""
        if len(code) <= CODE_LENGTHS[DivisionLevel.COUNTY]:
            return self._upper.get(code)
        return self.county_names(code[:6]).divisions.get(code)

    def children(self, code: str = "") -> tuple[Division, ...]:
        """The divisions directly inside this one, by code; the provinces for the empty code."""
        if len(code) < CODE_LENGTHS[DivisionLevel.COUNTY]:
            return tuple(self._upper[child] for child in self._children.get(code, ()))
        level = DivisionLevel.TOWNSHIP if len(code) == CODE_LENGTHS[DivisionLevel.COUNTY] else DivisionLevel.VILLAGE
        inside = self.county_names(code[:6]).divisions
        return tuple(inside[c] for c in sorted(inside) if c.startswith(code) and inside[c].level is level)

    def full_name(self, code: str) -> str:
        """A division's name written out from the province on, without placeholders: ``海南省琼海市长坡镇``."""
        names: list[str] = []
        for part in chain(code):
            division = self.division(part)
            if division and not division.placeholder and division.name not in names[-1:]:
                names.append(division.name)
        return "".join(names)

    def counties(self, text: str, limit: int = 20) -> list[Candidate]:
        """Counties for a picker by what was typed so far: digits of the code, or a part of the name, best first."""
        typed = normalise(text).text or text.strip()
        found: list[tuple[int, str]] = []
        for code, division in self._upper.items():
            if len(code) == CODE_LENGTHS[DivisionLevel.COUNTY]:
                quality = self._typed_quality(typed, division)
                if quality is not None:
                    found.append((quality, code))
        return [Candidate(code, self.full_name(code)) for _, code in sorted(found)[:limit]]

    def _typed_quality(self, typed: str, division: Division) -> int | None:
        if text_is_code(typed):
            return 0 if division.code.startswith(typed) else None
        if any(name.startswith(typed) for name in (division.name, *division.aliases)):
            return 0
        if typed in division.name:
            return 1
        return 2 if typed in self.full_name(division.code) else None

    def upper_names(self) -> Iterator[tuple[str, NameRank, str]]:
        """Every name of every province, city and county, with its rank and code; for the matcher's index."""
        for code, division in self._upper.items():
            if division.placeholder:
                continue
            above = tuple(self._upper[c].name for c in chain(code)[:-1] if c in self._upper)
            short = tuple(name[:-1] for name in above if len(name) > 2)
            if division.level is DivisionLevel.PROVINCE:
                named = province_names(division.name)
            elif division.level is DivisionLevel.CITY:
                named = city_names(division.name)
            else:
                named = county_names(division.name, above + short)
            yield from ((name, rank, code) for name, rank in named)
            yield from ((name, NameRank.KNOWN, code) for name in division.aliases)

    def townships_by_stem(self, stems: Iterable[str], inside: str = "") -> list[tuple[str, str]]:
        """Code and name of the townships in the national list with one of these bare names, inside a division."""
        return [(code, name) for code, name in self._file.townships_by_stem(stems) if code.startswith(inside)]

    def _county_names(self, county: str) -> CountyNames:
        if level_of(county) is not DivisionLevel.COUNTY:
            return CountyNames((), ())
        listed = {
            code: Division(code, name, level_of(code))
            for code, name in (*self._file.townships(county), *self._file.villages(county))
        }
        for division in self._own_by_county.get(county, ()):
            listed[division.code] = _laid_over(listed.get(division.code), division)
        parents = tuple(self._upper[code].name for code in chain(county) if code in self._upper)
        return CountyNames(listed.values(), parents)


def text_is_code(text: str) -> bool:
    """Whether what was typed is the beginning of a division code."""
    return text.isascii() and text.isdigit()


def _laid_over(known: Division | None, own: Division) -> Division:
    """The county's own entry; the national name stays as an alias, the national centre where the own has none."""
    if known is None:
        return own
    aliases = tuple(dict.fromkeys((*own.aliases, *known.aliases, known.name)))
    if own.longitude is None:
        own = replace(own, longitude=known.longitude, latitude=known.latitude, radius=known.radius)
    return replace(own, aliases=tuple(name for name in aliases if name != own.name))
