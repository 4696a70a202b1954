"""The merged ranges of a sheet: they stand behind its rows, so its part is looked through without reading those."""

from __future__ import annotations

import re
from typing import Iterator

from ..spreadsheet import Range
from .careful import column_index

# A bracket cannot stand in text, so only a tag can look like this.
_MERGE = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?mergeCell\s+[^<>]*?\bref\s*=\s*[\"']\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
    rb"(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?\s*[\"']"
)
_LONGEST_TAG = 400  # bytes


def find_merges(chunks: Iterator[bytes]) -> tuple[Range, ...]:
    """The merged ranges in the bytes of a sheet part, UTF-8 or UTF-16."""
    found: list[Range] = []
    rest = b""
    wide = False
    for index, data in enumerate(chunks):
        wide = wide or (index == 0 and data[:2] in (b"\xff\xfe", b"\xfe\xff"))
        # The tag is plain ASCII: without its zero bytes UTF-16 reads like UTF-8.
        data = rest + (data.replace(b"\0", b"") if wide else data)
        end = 0
        if b"mergeCell" in data:
            for match in _MERGE.finditer(data):
                found.append(_range(match))
                end = match.end()
        rest = data[max(end, len(data) - _LONGEST_TAG) :]
    return tuple(found)


def _range(match: re.Match) -> Range:
    first_letters, first_number, last_letters, last_number = match.groups()
    first = int(first_number), column_index(first_letters.decode("ascii"))
    last = (int(last_number), column_index(last_letters.decode("ascii"))) if last_letters else first
    return Range(min(first[0], last[0]), min(first[1], last[1]), max(first[0], last[0]), max(first[1], last[1]))
