"""How alike two names of producers are, and what is left of a name without the words that everyone has."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LEGAL = re.compile(
    r"(?:股份)?有限(?:责任)?公司|(?:农民|农业)?专业合作社|农民合作社|合作社|家庭农场|养殖场|种植场|农场|公司$"
)
_NUMBERS = re.compile(r"[0-9〇一二三四五六七八九十百]+|(?<![甲乙丙丁])[甲乙丙丁](?![甲乙丙丁])")
_MIN_CORE = 2


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


def similarity(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: 1 where they differ by legal form, brackets or signs alone.

    Else the share of signs that both have in the same order (Ratcliff and Obershelp 1988), the smaller of the two ways
    round, since that measure depends on which comes first.
    """
    first, second = core_of(one), core_of(other)
    if first == second:
        return 1.0
    # 一号基地 and 二号基地 are two, however alike; so are the companies that tell themselves apart by numbers.
    if not first or not second or _NUMBERS.findall(first) != _NUMBERS.findall(second):
        return 0.0
    return min(_ratio(first, second), _ratio(second, first))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
