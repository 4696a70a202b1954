"""What was found at a record when it came in, in the sentences a person reads beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Iterator, Mapping

from ..core.standard.messages import message
from ..core.standard.model import Standard

_ABOUT_PLACE = ("COORD_", "CRS_", "DATUM_", "ADDRESS_", "DIVISION_", "POINT_", "SITE_")
_FIELDS_OF_PLACE = frozenset(
    ("province", "city", "county", "township", "village", "division_code", "site_name", "site_address", "place_text")
)


@dataclass(frozen=True)
class Told:
    """One finding: the field it is about (empty: the whole record), its sentence, whether it is about the place."""

    field: str
    sentence: str
    about_place: bool


def told_of(values: Mapping[str, object], language: str, short: frozenset[str] = frozenset()) -> list[Told]:
    """Every finding that the import kept with a record, once.

    The sentence is the one that was kept, in Chinese; English readers get its title.

    Args:
        values: of the record, by field name.
        language: ``zh`` or ``en``.
        short: fields of which only the title is told, as the sentence would quote what shall not be read.
    """
    return list(dict.fromkeys(_told(entry, language, short) for entry in _entries(values.get("findings"))))


def sentences(values: Mapping[str, object], standard: Standard, language: str) -> tuple[list[str], int]:
    """The sentences about the record's place, and how many other findings there are.

    What concerns a personal field is told by its title alone.
    """
    told = told_of(values, language, frozenset(field.name for field in standard.fields if field.personal))
    here = [one.sentence for one in told if one.about_place]
    return list(dict.fromkeys(here)), len(told) - len(here)


def _told(entry: Mapping[str, object], language: str, short: frozenset[str]) -> Told:
    code, field = str(entry.get("code", "")), str(entry.get("field", ""))
    text = str(entry.get("text") or "") if language == "zh" and field not in short else ""
    about_place = code.startswith(_ABOUT_PLACE) or field in _FIELDS_OF_PLACE
    return Told(field, text or message(code, language, {}).title, about_place)


def _entries(kept: object) -> Iterator[Mapping[str, object]]:
    try:
        listed = json.loads(str(kept or "[]"))
    except ValueError:
        return
    for entry in listed if isinstance(listed, list) else ():
        yield entry if isinstance(entry, dict) else {"code": entry}
