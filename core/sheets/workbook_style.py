"""The look of every workbook we write: colours, fonts, widths and formats, in one place.

Fonts are those that Windows and WPS carry; other systems replace them by their own Chinese ones.
"""

from __future__ import annotations

from math import ceil
from typing import Iterable

from ..standard.findings import Level
from ..standard.model import Field, FieldType, SheetField

BODY_FONT = "宋体"
HEADING_FONT = "黑体"
BODY_SIZE = 11
TITLE_SIZE = 18
NOTE_SIZE = 10

# Header of a column that must be filled, of one that may stay empty, and the thin lines between cells.
REQUIRED_HEADER = "2F6B4F"
REQUIRED_HEADER_TEXT = "FFFFFF"
OPTIONAL_HEADER = "DDEBE2"
OPTIONAL_HEADER_TEXT = "1F3D2F"
NOTE_TEXT = "595959"
LINK_TEXT = "0563C1"
LINE = "BFBFBF"

LEVEL_COLOURS = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.NOTE: "DDEBF7"}

DATE_FORMAT = "yyyy-mm-dd"
MOMENT_FORMAT = "yyyy-mm-dd hh:mm:ss"
TEXT_FORMAT = "@"
COORDINATE_FORMAT = "0.0000000"
GENERAL_FORMAT = "General"

TITLE_HEIGHT = 34.0
NOTE_HEIGHT = 20.0
HEADER_HEIGHT = 36.0
ROW_HEIGHT = 24.0
LINE_HEIGHT = 14.5

_WIDTHS = {
    "serial": 6,
    "province": 9,
    "city": 9,
    "county": 9,
    "township": 11,
    "village": 11,
    "producer_name": 22,
    "credit_code": 21,
    "producer_type": 16,
    "industry": 8,
    "variety": 10,
    "alias": 9,
    "certification": 15,
    "site_name": 13,
    "site_address": 25,
    "longitude": 13,
    "latitude": 12.5,
    "place_datum": 11,
    "contact_name": 9,
    "contact_phone": 14,
    "scale": 8,
    "unit": 6,
    "scale_basis": 9,
    "cycle": 12,
    "production_mode": 8,
    "traceability": 16,
    "credit_grade": 8,
    "officer_role": 12,
    "officer_name": 9,
    "officer_phone": 14,
    "collector_name": 9,
    "collector_phone": 14,
    "remark": 18,
    "facility": 11,
    "uid": 38,
}
_DEFAULT_WIDTH = 12
_LAST_NARROW = 0x2E7F


def height_of(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Height in points of a row whose texts are wrapped in columns of these widths; not every program works it out."""
    lines = (_lines_of(text, width) for text, width in zip(texts, widths))
    return LINE_HEIGHT * max(lines, default=1) + LINE_HEIGHT / 2


def _lines_of(text: str, width: float) -> int:
    return sum(max(1, ceil(display_width(line) / (width - 2))) for line in text.split("\n"))


def display_width(text: str) -> int:
    """Width in characters of the sheet's font, of which a Chinese one takes two."""
    return sum(2 if ord(character) > _LAST_NARROW else 1 for character in text)


def width_of(name: str) -> float:
    """Width of a field's column in characters."""
    return _WIDTHS.get(name, _DEFAULT_WIDTH)


def is_required(column: Field | SheetField) -> bool:
    """Whether the column's header is shown as one that must be filled, for every industry."""
    return isinstance(column, Field) and column.required_at is not None and not column.industries


def is_text(column: Field | SheetField) -> bool:
    """Whether a spreadsheet must keep what is typed as it is, such as phone numbers and ``2026-06``."""
    return isinstance(column, Field) and column.type is FieldType.STRING


def is_date(column: Field | SheetField) -> bool:
    """Whether the column holds days."""
    return isinstance(column, Field) and column.type is FieldType.DATE
