"""How alike two names of producers are, and what is left of a name without the words that everyone has."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LEGAL = re.compile(
    r"(?:股份)?有限(?:责任)?公司|(?:农民|农业)?专业合作社|农民合作社|合作社|家庭农场|养殖场|种植场|农场|公司$"
)
_NUMBERS = re.compile(r"[0-9〇一二三四五六七八九十百]+|(?<![甲乙丙丁])[甲乙丙丁](?![甲乙丙丁])")
_MIN_CORE = 2
_PERSON = 3  # signs of a person's name


@lru_cache(maxsize=1 << 16)
def plain_producer(name: str) -> str:
    """A producer's name without blanks and signs, in one width and case: spelling that makes no other producer."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", name)).lower()


@lru_cache(maxsize=1 << 16)
def core_of(name: str) -> str:
    """What is left of a name without its legal form and what stands in brackets: ``示例县石湾豇豆``."""
    bare = unicodedata.normalize("NFKC", name)
    without = plain_producer(_LEGAL.sub("", _BRACKETED.sub("", bare)))
    return without if len(without) >= _MIN_CORE else plain_producer(name)


class Unlike(NamedTuple):
    """What two names do not share: signs that stand in the place of others, and signs that only one of them has."""

    exchanged: int
    more: int


def same_producer(one: str, other: str, *, shared: bool) -> bool:
    """Whether two names may well be one producer's.

    Args:
        one: a name.
        other: another one.
        shared: they share a phone or a credit code; then a sign may be mistaken for another.
    """
    first, second = core_of(one), core_of(other)
    if first == second:
        return bool(first)
    if not first or not second or _NUMBERS.findall(first) != _NUMBERS.findall(second):
        # 一号基地 and 二号基地 are two, however alike; so are companies that tell themselves apart by numbers.
        return False
    unlike, shorter = _unlike(first, second), min(len(first), len(second))
    if max(len(first), len(second)) <= _PERSON:
        return shared and first[0] == second[0] and unlike == Unlike(1, 0)
    return unlike.exchanged <= int(shared) and unlike.more <= shorter and shorter > _PERSON


def similarity(one: str, other: str, *, shared: bool) -> float:
    """How alike two names are, from 0 to 1: 1 where they differ by legal form, brackets or signs alone.

    Those that may well be one producer's lose a twentieth for each sign in which they differ, at most two tenths; the
    others have half of the share of signs that both have in the same order (Ratcliff and Obershelp 1988).
    """
    first, second = sorted((core_of(one), core_of(other)))
    if first == second:
        return 1.0 if first else 0.0
    if same_producer(one, other, shared=shared):
        return 1.0 - min(0.05 * sum(_unlike(first, second)), 0.2)
    return 0.5 * SequenceMatcher(None, first, second, autojunk=False).ratio()


def _unlike(one: str, other: str) -> Unlike:
    first, second = sorted((one, other))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks)
    left, right = len(first) - shared, len(second) - shared
    return Unlike(min(left, right), abs(left - right))
