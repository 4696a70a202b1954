"""Turns values into the XML of cells, once for each different value of a column."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Optional, Union

from ..standard.cells import Cell, ErrorValue, FormulaWithoutValue, Moment, Number
from ..standard.findings import Level
from .safe_text import for_xml, is_risky
from .xlsx_styles import Look, data_style

Value = Union[Cell, int, float, date, "Marked"]

_DAY_ZERO = datetime(1899, 12, 30)
_FIRST_SOUND_DAY = datetime(1900, 3, 1)  # before it Excel counts a 29 February 1900 that never was
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_KEPT = 50_000  # different values of a column that are remembered before the memory is emptied


class Kind(Enum):
    """What a column holds, which decides how its values are written."""

    TEXT = "text"
    NUMBER = "number"
    COORDINATE = "coordinate"
    DATE = "date"
    CELL = "cell"


@dataclass(frozen=True)
class Marked:
    """A cell to be shown in the colour of a finding."""

    value: Cell
    level: Level


class CellWriter(dict):
    """Value → everything of its ``<c`` element behind the reference. A dictionary, so that repeats cost one look-up."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, value: Value) -> str:
        if len(self) >= _KEPT:
            self.clear()
        xml = self[value] = self._write(value)
        return xml

    def _write(self, value: Value) -> str:
        if isinstance(value, Marked):
            return _cell_xml(value.value, value.level)
        if value is None or value == "":
            return f' s="{data_style(_LOOKS[self._kind])}"/>'
        if self._kind is Kind.DATE and isinstance(value, str):
            value = _day(value)
        if isinstance(value, (int, float)):
            return self._number(value)
        if isinstance(value, date):
            return _moment_xml(_as_moment(value), None)
        return _cell_xml(value, None, _LOOKS[self._kind])

    def _number(self, value: float) -> str:
        if self._kind is Kind.TEXT or not math.isfinite(value):
            return _cell_xml(str(value), None)
        shown = round(value, 7) if self._kind is Kind.COORDINATE else value
        return f' s="{data_style(_LOOKS[self._kind])}"><v>{_plain(shown)}</v></c>'


_LOOKS = {
    Kind.TEXT: Look.TEXT,
    Kind.NUMBER: Look.GENERAL,
    Kind.COORDINATE: Look.COORDINATE,
    Kind.DATE: Look.DATE,
    Kind.CELL: Look.GENERAL,
}


def _plain(value: float) -> str:
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _day(text: str) -> Union[str, date]:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _as_moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _cell_xml(value: Cell, level: Optional[Level], look: Look = Look.TEXT) -> str:
    """Any cell as a file held it, so that copying loses nothing; a formula without value becomes its text."""
    if value is None:
        return f' s="{data_style(look, level)}"/>'
    if isinstance(value, Number):
        return _number_xml(value.text, level)
    if isinstance(value, Moment):
        return _number_xml(value.text, level) if value.moment is None else _moment_xml(value.moment, level)
    if isinstance(value, ErrorValue):
        return f' s="{data_style(Look.GENERAL, level)}" t="e"><v>{for_xml(value.text)}</v></c>'
    text = value.formula if isinstance(value, FormulaWithoutValue) else value
    return _text_xml(text, data_style(Look.TEXT, level, is_risky(text)))


def _text_xml(text: str, style: int) -> str:
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f' s="{style}" t="inlineStr"><is><t{space}>{for_xml(text)}</t></is></c>'


def _number_xml(text: str, level: Optional[Level]) -> str:
    if not _NUMBER.fullmatch(text):
        return _text_xml(text, data_style(Look.TEXT, level, is_risky(text)))
    return f' s="{data_style(Look.GENERAL, level)}"><v>{text}</v></c>'


def _moment_xml(moment: datetime, level: Optional[Level]) -> str:
    if moment < _FIRST_SOUND_DAY:
        return _text_xml(moment.date().isoformat(), data_style(Look.TEXT, level))
    days = (moment.replace(tzinfo=None) - _DAY_ZERO) / timedelta(days=1)
    look = Look.DATE if days == int(days) else Look.MOMENT
    return f' s="{data_style(look, level)}"><v>{_plain(days)}</v></c>'
