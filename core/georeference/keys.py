"""By what a row is known again: the key of its record, and the hash of what it says."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Iterable, Optional, Sequence
from zlib import crc32

_NOT_A_LETTER = re.compile(r"[\W_]+")
_DIGEST_BYTES = 8
_SEPARATOR = "\x1f"


def normal(text: object) -> str:
    """A name as it counts for recognition: without spaces, punctuation, width and case."""
    if text is None:
        return ""
    plain = unicodedata.normalize("NFKC", str(text))
    # Asked of every name and address: most hold letters and digits only.
    return (plain if plain.isalnum() else _NOT_A_LETTER.sub("", plain)).casefold()


def record_key(producer: str, variety: Optional[str], site: str, cycle: Optional[str], ordinal: int = 0) -> str:
    """The key of producer + variety + site + cycle, 16 hexadecimal digits.

    Args:
        producer: normalised name.
        variety: code.
        site: normalised name of the site, its address where it has none.
        cycle: ``2026-春茬``, ``2026-06``.
        ordinal: 0, or which of several sites this is that a file does not tell apart by name.
    """
    return _digest((producer, variety or "", site, cycle or "", str(ordinal) if ordinal else ""))


def content_hashes(columns: Iterable[Sequence[object]]) -> list[str]:
    """For each row of these columns a short hash of what it says, for telling unchanged rows.

    Nothing and an empty text say the same.
    """
    return list(map(_digest, zip(*map(_texts, columns))))


def place_hashes(
    said: Sequence[str],
    words: Sequence[object],
    qualities: Sequence[object],
    longitude: Sequence[float],
    latitude: Sequence[float],
) -> list[str]:
    """Each row's hash with that of its place behind it: words, quality, and the point (degrees) to a centimetre."""
    places = zip(said, words, qualities, longitude, latitude)
    return [f"{hashed}{_check(f'{text}|{quality}|{x:.7f}|{y:.7f}'):08x}" for hashed, text, quality, x, y in places]


def _check(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _texts(column: Sequence[object]) -> Sequence[str]:
    """The values as texts; a column that holds nothing but texts, or nothing at all, costs next to nothing."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column  # type: ignore[return-value]
    if kinds == {type(None)}:
        return ("",) * len(column)
    return [value if isinstance(value, str) else "" if value is None else repr(value) for value in column]


def _digest(parts: Iterable[str]) -> str:
    text = _SEPARATOR.join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def sites_of(names: Sequence[object], addresses: Sequence[object]) -> list[str]:
    """The normalised site of each row."""
    return [normal(name) or normal(address) for name, address in zip(names, addresses)]
