"""What signs of a name have in common: one sign in two scripts (國, 国), or one sound (伟, 玮)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Mapping

from ..standard.paths import STANDARD_FOLDER


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[int, str], Mapping[str, int]]:
    """Traditional sign (its number) → simplified sign, and sign → number of its sound; ``signs.json`` says whence."""
    read = json.loads((STANDARD_FOLDER / "signs.json").read_text(encoding="utf-8"))
    sounds = {sign: number for number, signs in enumerate(read["sounds"]) for sign in signs}
    return str.maketrans(read["traditional"], read["simplified"]), sounds


def simplified(text: str) -> str:
    """The text in simplified signs."""
    return text if text.isascii() else text.translate(_tables()[0])


def sounds_alike(one: str, other: str) -> bool:
    """Whether two texts of one length are read alike, tones left out."""
    sounds = _tables()[1]
    return len(one) == len(other) and all(
        first == second or sounds.get(first, -1) == sounds.get(second, -2) for first, second in zip(one, other)
    )
