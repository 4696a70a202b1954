"""What stands inside one county: its townships and villages by every name people use, found at a place in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Iterable, NamedTuple

from .divisions import Division, DivisionLevel
from .names import VILLAGE_WORD, NameRank, short_seat, township_names, village_base, village_stem

# After a village's bare name only these may follow, else the name is the beginning of another one.
_AFTER_BARE_VILLAGE = re.compile(r"$|[0-9第]|[一二三四五六七八九十]+(?:组|队|社|号)")

# What looks like a village but goes on with these is a township (``黄村镇``).
_TOWNSHIP_BEGINS = frozenset("镇乡街")


class TownshipHit(NamedTuple):
    """A township's name found in a text: where it ends, how sure it is, and which townships bear it."""

    end: int
    rank: NameRank
    codes: tuple[str, ...]


class VillageHit(NamedTuple):
    """A village's name found in a text: where it and its word end, whether the word was written, and which bear it."""

    end: int
    worded: bool
    codes: tuple[str, ...]


class CountyNames:
    """The names inside one county, indexed for matching. Immutable once made, so any thread may read it."""

    def __init__(self, divisions: Iterable[Division], parents: tuple[str, ...]) -> None:
        self.divisions = {division.code: division for division in divisions}
        ranked: dict[str, dict[str, NameRank]] = defaultdict(dict)
        self._villages: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for division in self.divisions.values():
            if division.level is DivisionLevel.TOWNSHIP:
                self._add_township(division, parents, ranked)
            elif division.level is DivisionLevel.VILLAGE:
                self._add_village(division, parents)
        self._longest_village = {scope: max(map(len, names)) for scope, names in self._villages.items()}
        self._townships = {name: _surest(codes) for name, codes in ranked.items()}
        self._longest_township = max(map(len, self._townships), default=0)
        townships = [d for d in self.divisions.values() if d.level is DivisionLevel.TOWNSHIP]
        self.only_township = townships[0].code if len(townships) == 1 and townships[0].placeholder else ""
        self.has_villages = bool(self._villages)

    @staticmethod
    def _add_township(division: Division, parents: tuple[str, ...], ranked: dict[str, dict[str, NameRank]]) -> None:
        named = list(township_names(division.name, parents))
        named += [(alias, NameRank.KNOWN) for alias in division.aliases]
        for name, rank in named:
            ranked[name][division.code] = min(rank, ranked[name].get(division.code, rank))

    def _add_village(self, division: Division, parents: tuple[str, ...]) -> None:
        township = self.divisions.get(division.code[:9])
        above = (*parents, township.name) if township else parents
        for name in (division.name, *division.aliases):
            base = village_base(name, above)
            kind = _kind(name)
            stem = village_stem(base)
            for key in sorted({base, stem, short_seat(stem)}):
                # A statistical unit (虚拟生活区) means nothing without its township.
                for scope in (division.code[:9],) if kind == "" else (division.code[:9], ""):
                    self._villages[scope][key].append((division.code, kind))

    def townships_at(self, text: str, start: int) -> list[TownshipHit]:
        """Every township name that the text carries at ``start``, the longest first."""
        hits = []
        for end in range(min(start + self._longest_township, len(text)), start + 1, -1):
            found = self._townships.get(text[start:end])
            if found:
                hits.append(TownshipHit(end, *found))
        return hits

    def may_go_on(self, township: str, text: str) -> bool:
        """Whether the text ends with a name of this township with which another township's longer name begins."""
        written = [name for name, (_, codes) in self._townships.items() if township in codes and text.endswith(name)]
        return any(
            other.startswith(name) and len(other) > len(name) and township not in codes
            for name in written
            for other, (_, codes) in self._townships.items()
        )

    def village_at(self, text: str, start: int, township: str = "") -> VillageHit | None:
        """The longest village name that the text carries at ``start``, within a township or the whole county."""
        villages = self._villages.get(township)
        if not villages:
            return None
        for end in range(min(start + self._longest_village[township], len(text)), start, -1):
            found = villages.get(text[start:end])
            if found:
                word = VILLAGE_WORD.match(text, end)
                worded = word.end() > end or text[end - 1] in "村区"
                if text[word.end() : word.end() + 1] in _TOWNSHIP_BEGINS and word.end() < len(text):
                    continue
                if worded or _AFTER_BARE_VILLAGE.match(text, end):
                    written = text[start : word.end()]
                    same = (found[0][0],) if len(found) == 1 else _of_kind(found, written)
                    if not township and _kind(written) and all(kind != _kind(written) for _, kind in found):
                        return None
                    return VillageHit(word.end(), worded, same)
        return None


def _surest(codes: dict[str, NameRank]) -> tuple[NameRank, tuple[str, ...]]:
    rank = min(codes.values())
    return rank, tuple(code for code, other in codes.items() if other == rank)


def _kind(name: str) -> str:
    if "虚拟" in name or "生活区" in name:
        return ""
    if "社区" in name or "居委" in name or "居民" in name:
        return "community"
    return "village" if "村" in name else ""


def _of_kind(found: list[tuple[str, str]], written: str) -> tuple[str, ...]:
    """Of villages and communities that share a name, those of the kind that was written; all when none is."""
    kind = _kind(written)
    same = tuple(dict.fromkeys(code for code, other in found if other == kind))
    return same or tuple(dict.fromkeys(code for code, _ in found))
