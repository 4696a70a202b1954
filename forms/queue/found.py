"""What was found at a record when it came in, in the sentences a person reads beside it."""

from __future__ import annotations

import json
from typing import Iterator, Mapping

from ...core.standard.messages import message
from ...core.standard.model import Standard

_ABOUT_PLACE = ("COORD_", "CRS_", "DATUM_", "ADDRESS_", "DIVISION_", "POINT_", "SITE_")
_FIELDS_OF_PLACE = frozenset(
    ("province", "city", "county", "township", "village", "division_code", "site_name", "site_address", "place_text")
)


def sentences(values: Mapping[str, object], standard: Standard, language: str) -> tuple[list[str], int]:
    """The sentences about the record's place, and how many other findings there are.

    The sentence is the one that the import kept, in Chinese; English readers get its title. What concerns a personal
    field is told by its title alone.
    """
    personal = {field.name for field in standard.fields if field.personal}
    told, others = [], 0
    for entry in _entries(values.get("findings")):
        code, field = str(entry.get("code", "")), str(entry.get("field", ""))
        if not (code.startswith(_ABOUT_PLACE) or field in _FIELDS_OF_PLACE):
            others += 1
            continue
        whole = language == "zh" and field not in personal
        text = str(entry.get("text") or "") if whole else ""
        told.append(text or message(code, language, {}).title)
    return list(dict.fromkeys(told)), others


def _entries(kept: object) -> Iterator[Mapping[str, object]]:
    try:
        listed = json.loads(str(kept or "[]"))
    except ValueError:
        return
    for entry in listed if isinstance(listed, list) else ():
        yield entry if isinstance(entry, dict) else {"code": entry}
