"""The values of a record in people's words, those of persons masked where they are to be."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication

from ..core.review.comparing import POINT
from ..core.standard.conditions import as_codes
from ..core.standard.masking import mask_name, mask_phone
from ..core.standard.model import Field, Standard

# Columns that follow from others or are of no use to people.
_NOT_FOR_PEOPLE = frozenset(
    (
        *("uid", "status", "findings", "record_key", "content_hash", "import_id", "source_sheet", "source_row"),
        *("created_at", "created_by", "updated_at", "updated_by", "point_at", "point_by", "origin"),
    )
)
_BETWEEN = {"zh": "、", "en": ", "}


class FieldWords:
    """Says the values of records.

    Args:
        standard: with the county's own values.
        language: ``zh`` or ``en``.
        masked: whether names and phones of people are masked.
    """

    def __init__(self, standard: Standard, language: str, masked: bool) -> None:
        self._standard = standard
        self._language = language
        self._masked = masked
        self._fields = {field.name: field for field in standard.fields}

    @property
    def fields(self) -> list[str]:
        """Names of the fields that people read, in the order of the standard."""
        return [name for name in self._fields if name not in _NOT_FOR_PEOPLE]

    def title(self, name: str) -> str:
        """A field's title; its name where the standard has no such field."""
        field = self._fields.get(name)
        return field.title_in(self._language) if field is not None else name

    def subject(self, name: str) -> str:
        """What a change or a comment is about: a field, the point (``geom``), or the record as a whole (empty)."""
        if name == POINT:
            return QCoreApplication.translate("originmap", "Point")
        return self.title(name) if name else QCoreApplication.translate("originmap", "Whole record")

    def state(self, code: Optional[str]) -> str:
        """A status by its title."""
        return self.value("status", code)

    def value(self, name: str, value: object) -> str:
        """A value as people write it; empty where there is none."""
        field = self._fields.get(name)
        if field is None or value in (None, "", "[]"):
            return str(value or "")
        if isinstance(value, float):
            return f"{value:.12g}"
        return self._titled(field, str(value)) if field.list else self._of_person(field, str(value))

    def person(self, name: Optional[str]) -> str:
        """Who did something, masked where names are."""
        if not name:
            return QCoreApplication.translate("originmap", "not stated")
        return mask_name(name) if self._masked else name

    def _titled(self, field: Field, text: str) -> str:
        titles = {choice.code: choice.title_in(self._language) for choice in self._standard.choices(field.name)}
        codes = as_codes(text) if field.several else None
        return _BETWEEN[self._language].join(titles.get(code, code) for code in codes or (text,))

    def _of_person(self, field: Field, text: str) -> str:
        if not (self._masked and field.personal):
            return text
        return mask_phone(text) if field.pattern == "phones" else mask_name(text)
