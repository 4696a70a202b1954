"""How alike two names of producers are, and what is left of a name without the words that everyone has."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from .signs import simplified, sounds_alike

_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LEGAL = re.compile(
    r"(?:股份)?有限(?:责任)?公司|(?:农民|农业)?专业合作社|农民合作社|合作社|家庭农场|养殖场|种植场|农场|公司$"
)
_NUMBERS = re.compile(r"[0-9〇一二三四五六七八九十百]+|(?<![甲乙丙丁])[甲乙丙丁](?![甲乙丙丁])")
# Where a firm is from: nearly all firms of a register are from one county.
_FROM = re.compile(r"^(?:\w{2,3}?省)?(?:\w{2,3}?市)?\w{2,3}?[县区旗](?=\w)")
_MIN_CORE = 2
_PERSON = 3  # signs of a person's name
_POSSIBLE = 0.5  # how alike names are that may be one producer's where all else is the same


@lru_cache(maxsize=1 << 16)
def plain_producer(name: str) -> str:
    """A producer's name without blanks and signs, in one width, case and script: spelling makes no other producer."""
    return simplified(_NOT_LETTERS.sub("", unicodedata.normalize("NFKC", name)).lower())


@lru_cache(maxsize=1 << 16)
def core_of(name: str) -> str:
    """What is left of a name without its legal form, its county and what stands in brackets: ``石湾豇豆``."""
    bare = simplified(unicodedata.normalize("NFKC", name))
    without = plain_producer(_LEGAL.sub("", _BRACKETED.sub("", bare)))
    if without != plain_producer(bare):
        here = _FROM.sub("", without)
        without = here if len(here) >= _MIN_CORE else without
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
    if first == second or plain_producer(one) == plain_producer(other):
        return bool(first)
    if not first or not second or _numbered_apart(first, second):
        return False
    unlike, shorter = _unlike(first, second), min(len(first), len(second))
    if _are_persons(one, other):
        # Of two signs the other alone is a given name: another one is another person, unless it sounds the same.
        alike = len(first) == _PERSON or sounds_alike(first, second)
        return shared and alike and _one_given_sign_differs(first, second)
    if shared and sum(_unlike(plain_producer(one), plain_producer(other))) <= 1:
        return True
    return unlike.exchanged <= int(shared) and unlike.more <= shorter and shorter > _PERSON


def similarity(one: str, other: str, *, shared: bool) -> float:
    """How alike two names are, from 0 to 1: 1 where they differ by legal form, brackets or signs alone.

    Those that may well be one producer's lose a twentieth for each sign in which they differ, at most two tenths; the
    others have half of the share of signs that both have in the same order (Ratcliff and Obershelp 1988), and a half
    where one sign was mistaken for another.
    """
    first, second = sorted((core_of(one), core_of(other)))
    if first == second or plain_producer(one) == plain_producer(other):
        return 1.0 if first else 0.0
    if same_producer(one, other, shared=shared):
        return 1.0 - min(0.05 * sum(_unlike(first, second)), 0.2)
    alike = 0.5 * SequenceMatcher(None, first, second, autojunk=False).ratio()
    return max(alike, _POSSIBLE) if _mistaken(one, other, shared=shared) else alike


def _mistaken(one: str, other: str, *, shared: bool) -> bool:
    """Whether one sign may stand for another: of persons, without more evidence, one that sounds the same."""
    first, second = core_of(one), core_of(other)
    if _numbered_apart(first, second):
        return False
    if _are_persons(one, other):
        return (shared or sounds_alike(first, second)) and _one_given_sign_differs(first, second)
    return _unlike(first, second) == Unlike(1, 0) or sum(_unlike(plain_producer(one), plain_producer(other))) <= 1


def other_person(one: str, other: str) -> bool:
    """Whether these are two persons of one village rather than one: brothers share all but a sign of their names."""
    return _are_persons(one, other) and not sounds_alike(core_of(one), core_of(other))


def _one_given_sign_differs(one: str, other: str) -> bool:
    """Whether two persons' names of one family name differ in one sign at its place."""
    differs = [first != second for first, second in zip(one, other)]
    return len(one) == len(other) and not differs[0] and sum(differs) == 1


def _are_persons(one: str, other: str) -> bool:
    """Whether these are names of persons, as short as they are and without a legal form."""
    return max(len(plain_producer(one)), len(plain_producer(other))) <= _PERSON


def numbers_of(name: str) -> tuple[str, ...]:
    """The numbers in a name, as far as they are Chinese or Arabic: ``("5",)`` of ``5号棚``."""
    return tuple(_NUMBERS.findall(name))


def _numbered_apart(one: str, other: str) -> bool:
    """一号基地 and 二号基地 are two, however alike; so are companies that tell themselves apart by numbers."""
    return numbers_of(one) != numbers_of(other)


def _unlike(one: str, other: str) -> Unlike:
    first, second = sorted((one, other))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks)
    left, right = len(first) - shared, len(second) - shared
    return Unlike(min(left, right), abs(left - right))
