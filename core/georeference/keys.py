"""By what a row is known to say the same as before: hashes of what it says and of where it says it is."""

from __future__ import annotations

from typing import Iterable, Sequence
from zlib import crc32

from ..register.record_key import digest


def content_hashes(columns: Iterable[Sequence[object]]) -> list[str]:
    """For each row of these columns a short hash of what it says, for telling unchanged rows.

    Nothing and an empty text say the same.
    """
    return list(map(digest, zip(*map(_texts, columns))))


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
