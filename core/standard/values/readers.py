"""The reader of a field: one function from a spreadsheet cell to a typed value with what is to be said about it."""

from __future__ import annotations

from ..cells import Cell
from ..model import Field, FieldType, Standard
from .choices import choice_reader
from .cycles import cycle_reader
from .dates import date_reader
from .numbers import number_reader
from .phones import phone_reader
from .reading import FilledReader, Reader, Reading, ValueContext, broken_cell, empty_reading
from .text import pattern_reader, text_reader


def reader_of(standard: Standard, field_name: str, context: ValueContext = ValueContext()) -> Reader:  # noqa: B008
    """The reader of that field: a pure function of the cell, so that its answers can be kept by cell.

    Fields whose value takes several cells have functions of their own: :class:`.scale.ScaleReader` and
    :class:`.periods.PeriodReader`; their readers here judge the one cell alone. ``KeyError`` for an unknown field.
    """
    field = standard.field(field_name)
    read_filled = _filled_reader(standard, field, context)
    nothing = empty_reading(field)

    def read(cell: Cell) -> Reading:
        if cell.__class__ is str:
            return read_filled(cell)  # type: ignore[arg-type]
        if cell is None:
            return nothing
        return broken_cell(field, cell) or read_filled(cell)  # type: ignore[arg-type]

    return read


def _filled_reader(standard: Standard, field: Field, context: ValueContext) -> FilledReader:
    if field.list:
        return choice_reader(standard, field)
    if field.type is FieldType.DATE:
        return date_reader(field, context.default_year)
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        return number_reader(field)
    if field.pattern == "phones":
        return phone_reader(standard, field, context.area_code)
    if field.name == "cycle":
        return cycle_reader(field, context.default_year)
    if field.pattern:
        return pattern_reader(standard, field)
    return text_reader(standard, field)
