"""The seal of a register: a chain of hashes over what stands in it, so that a change without a trace shows.

Each link is the SHA-256 of the link before and of what it seals: the table, the row's number and the digest of the
row's content. Whoever changes a sealed row has to make all links behind it anew, and then the chain no longer holds the
mark (:func:`mark`) that an office wrote down before. What is not sealed yet, nothing can be said about.
"""

from __future__ import annotations

import hashlib
import json
from typing import Mapping, Sequence

START = bytes(32)
_BETWEEN = "\x1f"
_MARK_BYTES = 8
# Written anew without being a change of the record.
_NOT_SEALED = frozenset(("fid", "updated_at", "updated_by"))


def next_link(before: bytes, subject: str, row: int, digest: bytes) -> bytes:
    """The link behind another one."""
    return hashlib.sha256(before + f"{subject}{_BETWEEN}{row}{_BETWEEN}".encode() + digest).digest()


def mark(link: bytes) -> str:
    """The short print of a link that people write down: sixteen hexadecimal digits."""
    return link[:_MARK_BYTES].hex()


def record_digest(values: Mapping[str, object]) -> bytes:
    """The digest of a record from its columns; the geometry as bytes or, as the history keeps it, in hexadecimal."""
    return RowDigest(tuple(values)).of(tuple(values.values()))


class RowDigest:
    """Makes digests of rows whose columns are known once: by name, so that a column that is added later and is empty
    changes nothing."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._order = sorted((name, place) for place, name in enumerate(columns) if name not in _NOT_SEALED)

    def of(self, row: Sequence[object]) -> bytes:
        """The digest of one row."""
        parts = [f"{name}={_text(row[place])}" for name, place in self._order if row[place] is not None]
        text = _BETWEEN.join(parts)
        if text.count(_BETWEEN) >= len(parts):
            # A value holds the separator itself.
            text = json.dumps(parts)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex().upper()
    # The history holds a number with fifteen digits, the record with all; in twelve they agree.
    return f"{value:.12g}" if isinstance(value, float) else value
