"""Patterns of the standard, written once as simple regular expressions and spelled out as GLOBs for the database.

SQLite has no regular expressions of its own, and the database must judge alone, whoever writes. The patterns therefore
keep to a small part of the language: literals, ``.``, classes, groups with ``|``, ``?`` and ``{n}``/``{m,n}``.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

_REPEAT = re.compile(r"\{(\d+)(?:,(\d+))?\}|\?")
_GLOB_SIGN = re.compile(r"\[[^]]+]|.", re.DOTALL)
_GLOB_LITERALS = {"?": "[?]", "*": "[*]", "[": "[[]"}


class PatternError(ValueError):
    """A pattern of the standard uses more of the language than GLOB can say."""


@lru_cache(maxsize=64)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern for Python; ``.`` takes any character as GLOB's ``?`` does."""
    return re.compile(pattern, re.DOTALL)


@lru_cache(maxsize=64)
def globs(pattern: str) -> tuple[str, ...]:
    """All GLOBs that together match the same texts as the pattern.

    Raises:
        PatternError: the pattern uses something that GLOB cannot say.
    """
    alternatives, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise PatternError(pattern)
    return tuple(dict.fromkeys(alternatives))


def shortest(glob: str) -> int:
    """How many characters a text has at least that one of :func:`globs` matches."""
    return len(_GLOB_SIGN.findall(glob))


def _alternatives(pattern: str, start: int) -> tuple[list[str], int]:
    found, position = _sequence(pattern, start)
    while position < len(pattern) and pattern[position] == "|":
        more, position = _sequence(pattern, position + 1)
        found += more
    return found, position


def _sequence(pattern: str, start: int) -> tuple[list[str], int]:
    texts, position = [""], start
    while position < len(pattern) and pattern[position] not in "|)":
        pieces, position = _piece(pattern, position)
        pieces, position = _repeated(pieces, pattern, position)
        texts = [text + piece for text in texts for piece in pieces]
    return texts, position


def _piece(pattern: str, position: int) -> tuple[list[str], int]:
    character = pattern[position]
    if character == "(":
        found, end = _alternatives(pattern, position + 1)
        if pattern[end : end + 1] != ")":
            raise PatternError(pattern)
        return found, end + 1
    if character == "[":
        end = pattern.index("]", position + 1)
        return [pattern[position : end + 1]], end + 1
    if character in "\\^$*+":
        raise PatternError(pattern)
    return ["?" if character == "." else _GLOB_LITERALS.get(character, character)], position + 1


def _repeated(pieces: list[str], pattern: str, position: int) -> tuple[list[str], int]:
    repeat = _REPEAT.match(pattern, position)
    if repeat is None:
        return pieces, position
    least, most = (0, 1) if repeat[0] == "?" else (int(repeat[1]), int(repeat[2] or repeat[1]))
    if most > 1 and len(pieces) > 1:
        raise PatternError(pattern)
    counted = ([piece * count for piece in pieces] if count else [""] for count in range(least, most + 1))
    return list(itertools.chain.from_iterable(counted)), repeat.end()
