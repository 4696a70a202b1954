"""Between what the native form's widgets hold and what the register stores: days, several choices, nothing."""

from __future__ import annotations

from typing import Mapping

from qgis.core import NULL, QgsValueRelationFieldFormatter
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ...core.standard.conditions import as_codes
from ...core.standard.findings import Level
from ...core.standard.model import Field, FieldType, Standard
from ...core.standard.to_sql import as_json
from ...core.standard.values.readers import reader_of


def from_widget(field: Field, value: object) -> object:
    """A widget's value as the register stores it: text, number, ``YYYY-MM-DD``, JSON text, or ``None``."""
    if value is None or value == NULL:
        return None
    if field.several:
        codes = value if isinstance(value, list) else QgsValueRelationFieldFormatter.valueToStringList(value)
        return as_json([str(code) for code in codes]) if codes else None
    if isinstance(value, QDateTime):
        value = value.date()
    if isinstance(value, QDate):
        return value.toString(Qt.DateFormat.ISODate) if value.isValid() else None
    if isinstance(value, str):
        return value.strip() or None
    return int(value) if field.type is FieldType.INTEGER else value  # type: ignore[call-overload]


def to_widget(field: Field, value: object) -> object:
    """The other way round."""
    if value in (None, ""):
        # In a field for text the word NULL would stand, which nobody in a county office knows.
        return "" if field.type is FieldType.STRING and not field.list else None
    if field.several:
        return as_codes(value) or []
    if field.type is FieldType.DATE:
        return QDate.fromString(str(value), Qt.DateFormat.ISODate)
    return value


def tidied(standard: Standard, fields: Mapping[str, Field], values: Mapping[str, object]) -> dict[str, object]:
    """Phones, codes and cycles in the one form the standard knows, where they can be read; the rest as it is.

    Args:
        standard: with the county's own values.
        fields: those of the standard by name.
        values: by field name.
    """
    return {name: _tidied(standard, fields[name], value) for name, value in values.items()}


def _tidied(standard: Standard, field: Field, value: object) -> object:
    if not isinstance(value, str) or field.list or not (field.pattern or field.name == "cycle"):
        return value
    if field.hidden or field.name == "point_at":
        return value
    reading = reader_of(standard, field.name)(value)
    doubtful = any(problem.level is not Level.NOTE for problem in reading.problems)
    return value if doubtful or reading.value is None else reading.value


def fitting(fields: Mapping[str, Field], values: Mapping[str, object]) -> dict[str, object]:
    """Without the values of fields that are not for the record's industry: the form hides them, nobody sees them."""
    industry = values.get("industry")
    return {
        name: None if fields[name].industries and industry not in fields[name].industries else value
        for name, value in values.items()
    }
