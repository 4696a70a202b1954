"""Records that are there twice: how alike the names, how near the points, the same variety and cycle."""

from __future__ import annotations

from typing import Iterator, NamedTuple

import numpy as np

from .columns import Flags, Floats, Rows
from .findings import Hit, distance_in_words
from .naming import core_of, numbers_of, similarity
from .outlines import metres
from .work import Work

# To the east, and the three to the north: with the own field they meet every pair of neighbours once.
_NEIGHBOURS = ((1, 0), (-1, 1), (0, 1), (1, 1))
_DEGREE = 111_320.0
_AT_ONCE = 2_000_000  # pairs
_LIKELY, _DOUBTFUL = 0.75, 0.5  # alike enough when phone or code are the same; when the scale is, too
_LIKE_SCALE = 0.2  # of the logarithm: a fifth more or less
_SAME_SITE_METRES = 20.0  # nearer than this, two sites of one producer are one
_TOUCHING_METRES = 1.0  # sites with numbers of their own are two down to here
_MISTAKEN_METRES = 50.0  # so near may a mistaken sign be believed without a common phone
_REACH, _REACH_ALIKE = 2.0, 3.4  # in duplicate_metres: where the score is nothing; that of one name with one scale
# What pairs are looked for by, beside the points.
FIELDS = (
    *("fid", "scale", "producer_name", "credit_code", "site_name", "contact_phone"),
    *("status", "cycle", "variety", "point_quality"),
)


class Pair(NamedTuple):
    """Two records (places in the columns, the smaller first), how alike they are (0 to 1), and metres between them."""

    one: int
    other: int
    score: float
    metres: float


def twice(work: Work) -> Iterator[Hit]:
    """Records that stand for the same site, variety and cycle as an earlier one."""
    names = work.columns.text("producer_name")
    best: dict[int, Pair] = {}
    for pair in pairs(work):
        for row in (pair.one, pair.other):
            # Of pairs that score alike the one with the earliest record, in whatever order they were found.
            if row not in best or (-pair.score, pair) < (-best[row].score, best[row]):
                best[row] = pair
    for row, pair in sorted(best.items()):
        other = pair.one if row == pair.other else pair.other
        params = {"other": names.at(other), "distance": distance_in_words(pair.metres), "score": f"{pair.score:.0%}"}
        yield Hit(row, params, others=(other,))


def pairs(work: Work) -> list[Pair]:
    """All pairs that score high enough, by a grid of fields as wide as the distance: what lies further apart than a
    field and its neighbour cannot be a pair, so that nothing is missed.
    """
    columns, limit = work.columns, work.context.limits.duplicate_metres
    rows = np.flatnonzero(work.exact & (work.producers > 0) & (columns.text("variety").codes > 0))
    x, y = columns.longitude[rows], columns.latitude[rows]
    # Widest where a degree of longitude is shortest, so that a field is nowhere narrower than the distance.
    width = limit / (_DEGREE * max(np.cos(np.radians(np.abs(y).max(initial=0.0))), 0.01))
    field = np.stack((np.floor(x / width), np.floor(y * _DEGREE / limit)), axis=1).astype(np.int64)
    kind = columns.text("variety").codes[rows].astype(np.int64) * len(columns.text("cycle").values)
    kind += columns.text("cycle").codes[rows]
    return [pair for one, other in _candidates(field, kind) for pair in judged(work, rows[one], rows[other])]


def _candidates(field: np.ndarray, kind: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Places of records of one kind in one field, and in neighbouring fields."""
    if not len(kind):
        return
    span = field.max(axis=0) - field.min(axis=0) + 3
    at = field - field.min(axis=0) + 1
    keys = (kind * span[1] + at[:, 1]) * span[0] + at[:, 0]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    # Within a field: everything behind a record that has the same key.
    last = np.searchsorted(ordered, ordered, "right")
    yield from _spread(order, np.arange(len(order)) + 1, last)
    for east, north in _NEIGHBOURS:
        wanted = ordered + north * span[0] + east
        first, last = np.searchsorted(ordered, wanted, "left"), np.searchsorted(ordered, wanted, "right")
        yield from _spread(order, first, last)


def _spread(order: Rows, first: Rows, last: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Each record beside those from its first to its last, some millions of pairs at a time."""
    counts = np.maximum(last - first, 0)
    behind = np.cumsum(counts)
    start = 0
    while start < len(order):
        before = behind[start - 1] if start else 0
        end = max(int(np.searchsorted(behind, before + _AT_ONCE, "right")), start + 1)
        some = counts[start:end]
        one = np.repeat(np.arange(start, end), some)
        steps = np.arange(some.sum()) - np.repeat(np.cumsum(some) - some, some)
        yield order[one], order[np.repeat(first[start:end], some) + steps]
        start = end


def judged(work: Work, one: Rows, other: Rows) -> Iterator[Pair]:
    """Those of these pairs of records, of one variety and cycle each, that score high enough."""
    columns, limits = work.columns, work.context.limits
    first, second = np.minimum(one, other), np.maximum(one, other)
    x, y = columns.longitude, columns.latitude
    away = metres(x[first], y[first], x[second], y[second])
    near = (away <= limits.duplicate_metres) & ~_other_sites(work, first, second, away)
    first, second, away = first[near], second[near], away[near]
    alike = _known_alike(work, first, second, _alike(work, first, second), away)
    reach = np.where((alike == 1) & _like_scale(work, first, second), _REACH_ALIKE, _REACH)
    score = alike * (1 - away / (reach * limits.duplicate_metres))
    for place in np.flatnonzero(score >= limits.duplicate_score).tolist():
        yield Pair(int(first[place]), int(second[place]), float(score[place]), float(away[place]))


def _other_sites(work: Work, one: Rows, other: Rows, away: Floats) -> Flags:
    """A producer's sites are collected one by one (R-077): named apart and apart on the ground, they are two."""
    names = work.columns.text("site_name")
    numbers: dict[tuple[str, ...], int] = {(): 0}
    of_name = [numbers.setdefault(numbers_of(name), len(numbers)) for name in names.values]
    number, codes = np.array(of_name, np.int32)[names.codes], names.codes
    named_apart = (codes[one] > 0) & (codes[other] > 0) & (codes[one] != codes[other])
    numbered_apart = (number[one] > 0) & (number[other] > 0) & (number[one] != number[other])
    return named_apart & (away > np.where(numbered_apart, _TOUCHING_METRES, _SAME_SITE_METRES))


def _known_alike(work: Work, one: Rows, other: Rows, alike: Floats, away: Floats) -> Floats:
    """How alike two producers are when phone, credit code and scale are held together too.

    A common phone or code makes one producer of names that are half alike, the more doubtful ones where the scale is
    the same too, as it does of neighbours when nothing tells them apart; different codes make two of names that are
    not the same.
    """
    columns = work.columns
    phones, codes = (columns.text(name).codes for name in ("contact_phone", "credit_code"))
    same_code = (codes[one] > 0) & (codes[one] == codes[other])
    known = same_code | ((phones[one] > 0) & (phones[one] == phones[other]))
    apart = (codes[one] > 0) & (codes[other] > 0) & ~same_code & (alike < 1)
    open_to_doubt = ((phones[one] == 0) | (phones[other] == 0)) & (away <= _MISTAKEN_METRES)
    doubtful = (alike >= _DOUBTFUL) & _like_scale(work, one, other) & (known | open_to_doubt)
    sure = ~apart & (doubtful | (known & (alike >= _LIKELY)))
    return np.where(sure, 1.0, np.where(apart, 0.0, alike))


def _like_scale(work: Work, one: Rows, other: Rows) -> Flags:
    scale = work.columns.scale
    return np.abs(np.log(np.maximum(scale[one], 1e-9) / np.maximum(scale[other], 1e-9))) <= _LIKE_SCALE


def _alike(work: Work, one: Rows, other: Rows) -> Floats:
    """How alike the producers of two records are, each pair of names compared once."""
    columns = work.columns
    names, phones, credit = (columns.text(name) for name in ("producer_name", "contact_phone", "credit_code"))
    shared = (phones.codes[one] == phones.codes[other]) & (phones.codes[one] > 0)
    shared |= (credit.codes[one] == credit.codes[other]) & (credit.codes[one] > 0)
    codes = np.sort(np.stack((names.codes[one], names.codes[other]), axis=1), axis=1)
    different, which = np.unique(np.column_stack((codes, shared)), axis=0, return_inverse=True)
    values = names.values
    scores = [_score(values[a], values[b], bool(both)) for a, b, both in different.tolist()]
    return np.array(scores)[which.reshape(-1)] if scores else np.zeros(0)


def _score(one: str, other: str, shared: bool) -> float:
    """Names without a sign in common need no further look."""
    alike = one == other or set(core_of(one)) & set(core_of(other))
    return similarity(one, other, shared=shared) if alike else 0.0
