"""Checks of producers: one phone for many of them, one of them written in several ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Iterator

import numpy as np

from ..standard.masking import PHONE_SEPARATOR
from .columns import Flags, Rows, numbered
from .findings import Hit
from .naming import core_of, same_producer
from .work import Work

_SHOWN = 5
_CLEARLY = 2  # so many times as often as any other is the way that a name is written
_CROWD = 300  # names with one phone: that is another finding, and no spelling of one producer


def shared_phone(work: Work) -> Iterator[Hit]:
    """Records whose producer's phone is that of many other producers."""
    names, phones = work.columns.text("producer_name"), work.columns.text("contact_phone")
    pairs = np.unique(np.stack((phones.codes, names.codes), axis=1)[work.live], axis=0) if len(work.columns) else ()
    producers: dict[str, dict[str, str]] = defaultdict(dict)
    for phone, name in pairs:
        for number in filter(None, phones.values[phone].split(PHONE_SEPARATOR)):
            if names.values[name]:
                producers[number].setdefault(core_of(names.values[name]), names.values[name])
    limit = work.context.limits.shared_phone
    many = {number: found for number, found in producers.items() if _different(found, limit) == limit}
    listed = [code for code, text in enumerate(phones.values) if any(n in many for n in text.split(PHONE_SEPARATOR))]
    for row in np.flatnonzero(work.live & np.isin(phones.codes, listed)).tolist():
        number = next(n for n in phones.at(row).split(PHONE_SEPARATOR) if n in many)
        own = core_of(names.at(row))
        others = [name for core, name in many[number].items() if core != own]
        shown = "、".join(others[:_SHOWN])
        yield Hit(row, {"value": number, "count": len(many[number]), "others": shown})


def _different(names: dict[str, str], enough: int) -> int:
    """How many producers these are when spellings of one are counted once; no more than enough are counted."""
    kept: list[str] = []
    for core in names:
        if len(kept) == enough:
            break
        if not any(same_producer(core, other, shared=True) for other in kept):
            kept.append(core)
    return len(kept)


def spellings(work: Work) -> Iterator[Hit]:
    """Records whose producer is written in another way elsewhere; proposes the way that most records have.

    What most of them have (twice as many at least) is taken to be right: those records are the others of the finding.
    """
    names = work.columns.text("producer_name")
    counts = Counter(names.codes[work.live].tolist())
    members = {code: group for group in work.shared(joined) for code in group}
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(work.live & np.isin(names.codes, list(members))).tolist():
        rows[int(names.codes[row])].append(row)
    for code, group in members.items():
        best = min(group, key=lambda one: (-counts[one], names.values[one]))
        rivals = sorted(group - {code}, key=lambda one: (-counts[one], names.values[one]))
        if code == best and counts[code] >= _CLEARLY * counts[rivals[0]]:
            continue
        others = "、".join(sorted(names.values[one] for one in rivals)[:_SHOWN])
        params = {"value": names.values[code], "others": others, "best": names.values[best]}
        beside = tuple(rows[best if code != best else rivals[0]][:_SHOWN])
        yield from (Hit(row, params, others=beside) for row in rows[code])


def joined(work: Work) -> list[set[int]]:
    """Names (by number) that stand for one producer, in groups."""
    names = work.columns.text("producer_name")
    linked: dict[int, int] = {}

    def root(code: int) -> int:
        while linked.get(code, code) != code:
            code = linked[code]
        return code

    for one, other in _pairs(work):
        first, second = sorted((root(one), root(other)))
        linked.setdefault(first, first)
        linked[second] = first
    groups: dict[int, set[int]] = defaultdict(set)
    for code in linked:
        groups[root(code)].add(code)
    return [group for group in groups.values() if len({names.values[code] for code in group}) > 1]


def _pairs(work: Work) -> Iterator[tuple[int, int]]:
    columns = work.columns
    names = columns.text("producer_name")
    spelled = work.plain_names
    same: dict[str, list[int]] = defaultdict(list)
    for code in np.unique(names.codes[work.live]).tolist():
        if spelled[code]:
            same[spelled[code]].append(code)
    for codes in same.values():
        yield from ((codes[0], other) for other in codes[1:])
    for field in ("contact_phone", "credit_code"):
        crowded = columns.text(field).among(work.overall(_crowds).get(field, ()))
        yield from _alike(work, columns.text(field).codes, (columns.text(field).codes > 0) & ~crowded, shared=True)
    townships, villages = columns.text("township"), columns.text("village")
    place = townships.codes.astype(np.int64) * len(villages.values) + villages.codes
    yield from _alike(work, place, villages.codes > 0, shared=False)


def _alike(work: Work, keys: Rows, filled: Flags, *, shared: bool) -> Iterator[tuple[int, int]]:
    """Pairs of names within a key that may be one producer's."""
    names, credit = work.columns.text("producer_name"), work.shared(_credit)
    which = work.live & filled & (names.codes > 0)
    pairs = np.unique(np.stack((keys[which].astype(np.int64), names.codes[which]), axis=1), axis=0)
    for codes in np.split(pairs[:, 1], np.flatnonzero(np.diff(pairs[:, 0])) + 1):
        if len(codes) > 1:
            yield from _alike_within([int(code) for code in codes], names.values, credit, shared=shared)


def _alike_within(
    codes: list[int], values: tuple[str, ...], credit: dict[int, str], *, shared: bool
) -> Iterator[tuple[int, int]]:
    cores = {code: core_of(values[code]) for code in codes}
    pairs = _crossed(codes) if shared else _holding_one_another(cores)
    for one, other in pairs:
        apart = credit.get(one) and credit.get(other) and credit[one] != credit[other]
        if not apart and same_producer(values[one], values[other], shared=shared):
            yield one, other


def _crowds(work: Work) -> dict[str, frozenset[str]]:
    """The phones and the credit codes that so many names share that they tell nothing of spellings."""
    names, found = work.columns.text("producer_name"), {}
    for field in ("contact_phone", "credit_code"):
        column = work.columns.text(field)
        which = work.live & (column.codes > 0) & (names.codes > 0)
        first, _ = numbered(column.codes[which], names.codes[which])
        counts = np.bincount(column.codes[which][first], minlength=1)
        found[field] = frozenset(column.values[code] for code in np.flatnonzero(counts > _CROWD).tolist())
    return found


def _crossed(codes: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(codes):
        yield from ((one, other) for other in codes[place + 1 :])


def _holding_one_another(cores: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs of which one name holds every sign of the other: all that may be one producer's without further evidence.

    Looked for among the names that hold the rarest sign of the shorter one, which are few in any village.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    for code, core in cores.items():
        for sign in set(core):
            holding[sign].append(code)
    for one, core in cores.items():
        signs = set(core)
        rarest = min(signs, key=lambda sign: len(holding[sign]), default="")
        for other in holding[rarest]:
            order = len(core), one, len(cores[other]), other
            if order[:2] < order[2:] and signs <= set(cores[other]):
                yield one, other


def _credit(work: Work) -> dict[int, str]:
    """The credit code of each name (by number) that has one: who has another one is another producer."""
    names, credit = work.columns.text("producer_name"), work.columns.text("credit_code")
    filled = credit.codes > 0
    return dict(zip(names.codes[filled].tolist(), (credit.values[code] for code in credit.codes[filled].tolist())))
