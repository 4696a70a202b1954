"""Checks of producers: one phone for many of them, one of them written in several ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Iterator

import numpy as np

from ..standard.masking import PHONE_SEPARATOR
from .findings import Hit
from .naming import core_of, plain_producer, similarity
from .work import Work

_SHOWN = 5
_LIKE = 0.75  # of two spellings that share a phone or a credit code
_LIKE_IN_VILLAGE = 0.9  # of two that share nothing but a village
_LEAST_SIGNS = 5  # of a name that is compared within its village: persons' names are too short for that


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
    many = {number: found for number, found in producers.items() if _different(found) >= limit}
    listed = [code for code, text in enumerate(phones.values) if any(n in many for n in text.split(PHONE_SEPARATOR))]
    for row in np.flatnonzero(work.live & np.isin(phones.codes, listed)).tolist():
        number = next(n for n in phones.at(row).split(PHONE_SEPARATOR) if n in many)
        own = core_of(names.at(row))
        others = [name for core, name in many[number].items() if core != own]
        shown = "、".join(others[:_SHOWN])
        yield Hit(row, {"value": number, "count": len(many[number]), "others": shown})


def _different(names: dict[str, str]) -> int:
    """How many producers these are when spellings of one are counted once."""
    kept: list[str] = []
    for core in names:
        if not any(similarity(core, other) >= _LIKE for other in kept):
            kept.append(core)
    return len(kept)


def spellings(work: Work) -> Iterator[Hit]:
    """Records whose producer is written in another way elsewhere; proposes the way that most records have."""
    names = work.columns.text("producer_name")
    counts = Counter(names.codes[work.live].tolist())
    alike = _joined(work)
    best: dict[int, int] = {}
    for group in alike:
        best.update({code: min(group, key=lambda code: (-counts[code], names.values[code])) for code in group})
    members = {code: group for group in alike for code in group}
    for row in np.flatnonzero(work.live & np.isin(names.codes, list(best))).tolist():
        code = int(names.codes[row])
        others = sorted(names.values[other] for other in members[code] if other != code)
        params = {"value": names.values[code], "others": "、".join(others[:_SHOWN]), "best": names.values[best[code]]}
        yield Hit(row, params)


def _joined(work: Work) -> list[set[int]]:
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
    spelled = [plain_producer(name) for name in names.values]
    same: dict[str, list[int]] = defaultdict(list)
    for code in np.unique(names.codes[work.live]).tolist():
        if spelled[code]:
            same[spelled[code]].append(code)
    for codes in same.values():
        yield from ((codes[0], other) for other in codes[1:])
    for field, least in (("contact_phone", _LIKE), ("credit_code", _LIKE)):
        yield from _alike(work, columns.text(field).codes, columns.text(field).codes > 0, least, 1)
    townships, villages = columns.text("township"), columns.text("village")
    place = townships.codes.astype(np.int64) * len(villages.values) + villages.codes
    yield from _alike(work, place, villages.codes > 0, _LIKE_IN_VILLAGE, _LEAST_SIGNS)


def _alike(work: Work, keys: np.ndarray, filled: np.ndarray, least: float, signs: int) -> Iterator[tuple[int, int]]:
    """Pairs of names within a key that are alike enough."""
    names = work.columns.text("producer_name")
    which = work.live & filled & (names.codes > 0)
    pairs = np.unique(np.stack((keys[which].astype(np.int64), names.codes[which]), axis=1), axis=0)
    for codes in np.split(pairs[:, 1], np.flatnonzero(np.diff(pairs[:, 0])) + 1):
        if len(codes) < 2:
            continue
        yield from _alike_within([int(code) for code in codes], names.values, least, signs)


def _alike_within(codes: list[int], values: tuple[str, ...], least: float, signs: int) -> Iterator[tuple[int, int]]:
    cores = {code: core_of(values[code]) for code in codes if len(core_of(values[code])) >= signs}
    listed = sorted(cores, key=lambda code: len(cores[code]))
    for place, one in enumerate(listed):
        for other in listed[place + 1 :]:
            # Names of such different lengths cannot be that alike, nor can those further on.
            if 2 * len(cores[one]) < least * (len(cores[one]) + len(cores[other])):
                break
            if _may_be(cores[one], cores[other], least) and similarity(values[one], values[other]) >= least:
                yield one, other


def _may_be(one: str, other: str, least: float) -> bool:
    """A bound that costs little: the signs both have, in whatever order."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared >= least * (len(one) + len(other))
