"""Records of the register as rows of the collection sheet (annex 1): words instead of codes, personal data masked."""

from __future__ import annotations

import json
from typing import Callable, Iterable, Iterator, Mapping, Optional, Union

from ..standard.masking import mask_name, mask_phone
from ..standard.model import Field, FieldType, SheetField, Standard
from . import workbook_style as style
from .xlsx_cells import Kind
from .xlsx_writer import Column

CHOICES_SEPARATOR = "、"
STORED_DATUM = "CGCS2000"
DATUM_FIELD = "place_datum"
SERIAL_FIELD = "serial"
COORDINATE_FIELDS = ("longitude", "latitude")
UID_FIELD = "uid"
PRODUCER_FIELD = "producer_name"

# A registered name is public; whoever farms in no such form, or where nobody said in which, is a person.
REGISTERED = frozenset(("enterprise", "cooperative", "family_farm"))

Value = Union[None, str, int, float]
Record = Mapping[str, object]


class _Words(dict):
    """Stored value → what stands in the sheet, worked out once for each different value."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        super().__init__()
        self._spell = spell

    def __missing__(self, value: object) -> Value:
        shown: Value = value if isinstance(value, (int, float)) else self._spell(str(value)) if value else None
        self[value] = shown
        return shown


class RowMaker:
    """Makes the rows of the sheet.

    Args:
        standard: gives columns and words, a county's own included.
        masked: whether names and phones of people are masked, the producer's name of a household among them.
    """

    def __init__(self, standard: Standard, masked: bool) -> None:
        self._fields = standard.annex()
        self._words = [_words_of(field, standard, masked) for field in self._fields]
        self._names = [field.name for field in self._fields]
        self._people = _Words(mask_name) if masked else None

    def columns(self) -> tuple[Column, ...]:
        """The sheet's columns in the order of annex 1."""
        return tuple(
            Column(f.title, _kind_of(f), style.width_of(f.name), style.is_required(f), f.name == UID_FIELD)
            for f in self._fields
        )

    def frozen_columns(self) -> int:
        """How many columns stay in sight: up to the producer's name."""
        return self._names.index(PRODUCER_FIELD) + 1

    def rows(self, records: Iterable[Record]) -> Iterator[list[Value]]:
        """One list of values for each record.

        A record has the register's column names as keys, and ``longitude`` and ``latitude`` (degrees, CGCS2000),
        which are absent or ``None`` where it has no point.
        """
        pairs = list(zip(self._names, self._words))
        serial = self._names.index(SERIAL_FIELD)
        datum = self._names.index(DATUM_FIELD)
        producer = self._names.index(PRODUCER_FIELD)
        for number, record in enumerate(records, 1):
            row = [words[record.get(name)] if words is not None else record.get(name) for name, words in pairs]
            row[serial] = number
            row[datum] = None if record.get(COORDINATE_FIELDS[0]) is None else STORED_DATUM
            if self._people is not None and record.get("producer_type") not in REGISTERED:
                row[producer] = self._people[row[producer]]
            yield row  # type: ignore[misc]  # what is no word is a number or a date as the register stores it


def _kind_of(field: Union[Field, SheetField]) -> Kind:
    if field.name in COORDINATE_FIELDS:
        return Kind.COORDINATE
    if style.is_date(field):
        return Kind.DATE
    return Kind.TEXT if style.is_text(field) else Kind.NUMBER


def _words_of(field: Union[Field, SheetField], standard: Standard, masked: bool) -> Optional[_Words]:
    if isinstance(field, SheetField) or field.type is not FieldType.STRING:
        return None
    if field.list:
        titles = {choice.code: choice.title for choice in standard.choices(field.name)}
        if field.several:
            return _Words(lambda stored: _several(stored, titles))
        return _Words(lambda stored: titles.get(stored, stored))
    if masked and field.personal:
        return _Words(mask_phone if field.pattern == "phones" else mask_name)
    return None


def _several(stored: str, titles: Mapping[str, str]) -> str:
    """The words of a several-choice field, which is stored as a JSON list of codes."""
    try:
        codes = json.loads(stored)
    except ValueError:
        return stored
    if not isinstance(codes, list):
        return stored
    return CHOICES_SEPARATOR.join(titles.get(str(code), str(code)) for code in codes)
