"""What the collection may have left out (R-073): silent villages, vanished producers, scales that halved, producers of
another office's roster without a record, and townships whose number of sites stands out from their neighbours'.

Nothing here is proof. Each finding says what it compares, so that somebody can go and ask.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from math import sqrt
from statistics import median
from typing import Iterable, Iterator, Mapping, Optional, Sequence

from ..places.names import township_stem, village_base, village_stem
from .cadence import CadenceRule, Due, Duty, cycle_before, run_duties, runs
from .kept import Kept
from .naming import other_person, plain_producer, similarity
from .thresholds import plain_name

HALF = 0.5
MATCH = 0.85  # from this score on a producer of a roster is taken for one of the register
_NAME_SHARE = 0.8  # of the score; the rest is the place
_SAME_VILLAGE, _SAME_TOWNSHIP, _NOT_SAID = 1.0, 0.8, 0.7
_CANDIDATES = 12
_ENDED = "ended"
_FEWEST = 5.0  # sites that neighbours let expect; below that, chance explains a difference
_TIMES = 3.0  # so many times fewer or more than the neighbours
_DEVIATIONS = 3.0
_NEIGHBOURS = 2


class Omission(str, Enum):
    """What kind of gap."""

    VILLAGE = "village"
    PRODUCER = "producer"
    SCALE = "scale"
    ROSTER = "roster"
    DENSITY = "density"


@dataclass(frozen=True)
class Gap:
    """Something that may have been left out.

    Attributes:
        kind: of what.
        township: where.
        village: where; empty for a township.
        division: code, as far as it is known.
        producer: whose; empty for villages and townships.
        variety: code of the product; empty for a roster that names none.
        cycle: what is missing, or what was compared.
        before: the cycle it was compared with.
        then: producers of a village, sites of a producer, its scale, or sites that the neighbours let expect.
        now: the same now.
        unit: of a scale; else empty.
        last: the latest record behind it; ``None`` where there is none.
        score: how alike the best candidate is, from 0 to 1; ``None`` where none was looked for.
        candidate: a producer of the register that may be the same under another name.
        row: of the roster's file.
        uids: the records behind the numbers.
    """

    kind: Omission
    township: str
    village: str = ""
    division: str = ""
    producer: str = ""
    variety: str = ""
    cycle: str = ""
    before: str = ""
    then: float = 0.0
    now: float = 0.0
    unit: str = ""
    last: Optional[Kept] = None
    score: Optional[float] = None
    candidate: str = ""
    row: int = 0
    uids: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterEntry:
    """A producer as another office's list has it; ``row`` is the file's own."""

    row: int
    name: str
    township: str = ""
    village: str = ""
    credit_code: str = ""
    place: str = ""


@dataclass(frozen=True)
class KnownProducer:
    """A producer that the register has, under one spelling and in one village."""

    name: str
    township: str
    village: str
    credit_code: str


@dataclass
class Survey:
    """What one pass over the register tells: what is owed, whose scale halved, and who is known."""

    duties: list[Duty] = field(default_factory=list)
    halved: list[Gap] = field(default_factory=list)
    known: set[KnownProducer] = field(default_factory=set)


@dataclass(frozen=True)
class Township:
    """A township with its sites of one product, its size (any unit, the same for all) and its neighbours' codes."""

    code: str
    name: str
    sites: int
    size: float
    neighbours: tuple[str, ...]


def survey(records: Iterable[Kept], rules: Mapping[str, CadenceRule], on: date) -> Survey:
    """Look at the records of a register once.

    Args:
        records: as for :func:`.cadence.duties`.
        rules: by code of the product.
        on: as of this day.
    """
    found = Survey()
    for variety, run in runs(records):
        found.known.update(
            KnownProducer(r.producer, r.township, r.village, r.credit_code) for r in run if r.status != _ENDED
        )
        if variety in rules:
            found.duties += run_duties(run, rules[variety], on)
            found.halved += _halved(run)
    return found


def vanished(duties: Sequence[Duty], known: Iterable[KnownProducer] = ()) -> list[Gap]:
    """Producers none of whose sites of a product was collected in time, though no record says that they ended.

    Args:
        duties: of the whole register.
        known: producers in which the same one is looked for under another name, in its own township.
    """
    groups: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    present: dict[str, set[str]] = defaultdict(set)
    for duty in duties:
        groups[plain_name(duty.last.producer), duty.last.variety].append(duty)
        if duty.collected:
            present[duty.last.township].add(duty.last.producer)
    return [
        _vanished(group, present[group[0].last.township])
        for group in groups.values()
        if all(duty.state is Due.OVERDUE for duty in group)
    ]


def silent(duties: Sequence[Duty]) -> list[Gap]:
    """Villages that reported a product and of which nothing is there by the end of the cycle that counts."""
    groups: dict[tuple[str, str, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.last.township, duty.last.village, duty.last.variety].append(duty)
    return [
        _silent(group)
        for (_, village, _), group in groups.items()
        if village and all(duty.state is Due.OVERDUE for duty in group)
    ]


def unmatched(roster: Iterable[RosterEntry], known: Iterable[KnownProducer], least: float = MATCH) -> Iterator[Gap]:
    """The producers of a roster that have no record, each with the one of the register that is most like it.

    Args:
        roster: in the order of its file.
        known: of :class:`Survey`.
        least: score from which on two are taken for one.
    """
    index = _Index(known)
    for entry in roster:
        score, candidate = index.best(entry)
        if score < least:
            where = entry.township, entry.village
            named = candidate.name if candidate is not None else ""
            gap = Gap(Omission.ROSTER, *where, producer=entry.name, score=score, candidate=named, row=entry.row)
            yield gap


def standing_out(townships: Sequence[Township], variety: str) -> list[Gap]:
    """Townships with three times fewer or more sites for their size than their neighbours' median, and by more than
    three standard deviations of a count (Poisson), so that small numbers say nothing."""
    by_code = {township.code: township for township in townships}
    found = []
    for township in townships:
        around = [by_code[code] for code in township.neighbours if code in by_code and by_code[code].size > 0]
        if len(around) < _NEIGHBOURS or township.size <= 0:
            continue
        expected = median(one.sites / one.size for one in around) * township.size
        few = expected >= _FEWEST and township.sites * _TIMES <= expected
        many = township.sites >= _FEWEST and township.sites >= _TIMES * expected
        if (few or many) and abs(township.sites - expected) > _DEVIATIONS * sqrt(max(expected, 1.0)):
            about = {"division": township.code, "variety": variety, "then": expected, "now": float(township.sites)}
            found.append(Gap(Omission.DENSITY, township.name, **about))  # type: ignore[arg-type]
    return found


def score_of(entry: RosterEntry, producer: KnownProducer) -> float:
    """How likely two are the same, from 0 to 1: 1 for the same credit code, else four fifths name and one place.

    The place counts in full in the same village, less in the same township or where the roster states none, and not
    at all elsewhere.
    """
    if entry.credit_code and entry.credit_code == producer.credit_code:
        return 1.0
    place = _place(entry, producer)
    alike = similarity(
        entry.name, producer.name, shared=place == _SAME_VILLAGE and not other_person(entry.name, producer.name)
    )
    return _NAME_SHARE * alike + (1 - _NAME_SHARE) * place


def _place(entry: RosterEntry, producer: KnownProducer) -> float:
    """How much the place tells; 城关 is 城关镇, 平安村委会 is 平安村."""
    township, village = township_stem(entry.township), _village(entry.village)
    known = township_stem(producer.township)
    if village and village == _village(producer.village) and township in ("", known):
        return _SAME_VILLAGE
    if township:
        return _SAME_TOWNSHIP if township == known else 0.0
    if entry.place:
        own_village = _village(producer.village)
        if not known or known not in entry.place:
            return 0.0
        return _SAME_VILLAGE if own_village and own_village in entry.place else _SAME_TOWNSHIP
    return _NOT_SAID


def _village(name: str) -> str:
    return village_stem(village_base(name)) if name else ""


class _Index:
    """Producers by their codes, names and the pairs of signs in these, so that few have to be compared."""

    def __init__(self, known: Iterable[KnownProducer]) -> None:
        self._all = sorted(known, key=lambda one: (one.name, one.township, one.village, one.credit_code))
        self._codes = {one.credit_code: one for one in self._all if one.credit_code}
        self._pairs: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._all):
            for pair in _pairs(one.name):
                self._pairs[pair].append(place)

    def best(self, entry: RosterEntry) -> tuple[float, Optional[KnownProducer]]:
        """The one most like it, with the score."""
        same = self._codes.get(entry.credit_code) if entry.credit_code else None
        if same is not None:
            return 1.0, same
        shared: Counter[int] = Counter()
        for pair in _pairs(entry.name):
            places = self._pairs.get(pair, ())
            weight = 1.0 / max(len(places), 1)  # a pair that everybody has says little
            for place in places:
                shared[place] += weight  # type: ignore[assignment]
        likely = [self._all[place] for place, _ in shared.most_common(_CANDIDATES)]
        likely.sort(key=lambda one: -score_of(entry, one))
        return (score_of(entry, likely[0]), likely[0]) if likely else (0.0, None)


def _pairs(name: str) -> set[str]:
    plain = plain_producer(name)
    return {plain[at : at + 2] for at in range(len(plain) - 1)} or {plain}


def _vanished(group: Sequence[Duty], present: Iterable[str]) -> Gap:
    last = max(group, key=lambda duty: duty.present.opens).last
    alike = max(((similarity(last.producer, name, shared=True), name) for name in present), default=(0.0, ""))
    return Gap(
        Omission.PRODUCER,
        *(last.township, last.village, last.division, last.producer, last.variety, group[0].cycle, last.cycle),
        then=float(len(group)),
        last=last,
        score=alike[0] if alike[0] >= HALF else None,
        candidate=alike[1] if alike[0] >= HALF else "",
        uids=tuple(duty.last.uid for duty in group),
    )


def _silent(group: Sequence[Duty]) -> Gap:
    last = max(group, key=lambda duty: duty.present.opens).last
    producers = {plain_name(duty.last.producer) for duty in group}
    return Gap(
        Omission.VILLAGE,
        *(last.township, last.village, last.division, "", last.variety, group[0].cycle, last.cycle),
        then=float(len(producers)),
        last=last,
        uids=tuple(duty.last.uid for duty in group),
    )


def _halved(run: Sequence[Kept]) -> Iterator[Gap]:
    """The producer's latest cycle against the one it is compared with; all sites together, in one unit."""
    totals: dict[tuple[str, str], float] = defaultdict(float)
    records: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    for record in run:
        if record.scale is not None and record.status != _ENDED:
            totals[record.cycle, record.unit] += record.scale
            records[record.cycle, record.unit].append(record)
    for cycle, unit in _latest(totals):
        before = cycle_before(cycle)
        then, now = totals.get((before, unit), 0.0), totals[cycle, unit]
        if then > 0 and now <= HALF * then:
            last, both = records[cycle, unit][-1], (*records[cycle, unit], *records[before, unit])
            about = last.township, last.village, last.division, last.producer, last.variety, cycle, before
            yield Gap(Omission.SCALE, *about, then, now, unit, last, uids=tuple(record.uid for record in both))


def _latest(totals: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """Of the months the latest one, and of each crop of a name the latest year."""
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for cycle, unit in sorted(totals):
        newest[(cycle[5:] if not cycle[5:].isdecimal() else "", unit)] = cycle, unit
    return list(newest.values())
