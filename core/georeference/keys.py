"""By what a row is known again: the key of its record, and the hash of what it says."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Iterable, Optional, Sequence

_NOT_A_LETTER = re.compile(r"[\W_]+")
_DIGEST_BYTES = 8
_SEPARATOR = "\x1f"


def normal(text: object) -> str:
    """A name as it counts for recognition: without spaces, punctuation, width and case."""
    if text is None:
        return ""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", str(text))).casefold()


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


def content_hash(values: tuple[object, ...]) -> str:
    """A short hash of what a row says, for telling unchanged rows."""
    return _hashed(repr(values))


def _digest(parts: Iterable[str]) -> str:
    return _hashed(_SEPARATOR.join(parts))


def _hashed(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def sites_of(names: Sequence[object], addresses: Sequence[object]) -> list[str]:
    """The normalised site of each row."""
    return [normal(name) or normal(address) for name, address in zip(names, addresses)]
