"""Number cells: digits, thousands, full-width and Chinese numerals, and the unit that people write behind them."""

from __future__ import annotations

import math
import re
from typing import NamedTuple, Optional

from ..cells import Moment, Number, text_of
from ..findings import Level
from ..model import Field, FieldType
from .characters import chinese_number, narrow
from .reading import LONGEST, Filled, FilledReader, Reading, empty_reading, error, is_placeholder, problem

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")

_AMOUNT = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?|[零〇一二两三四五六七八九十百千万亿点半]+"
_BEFORE = r"(?:大约为?|约为?|大概|大致|估计|估算|预计|将近|接近|近|共计?|合计|总共|≈|~)"
_AFTER = r"(?:左右|上下|以上|多一?点|多|余|来|\(?(?:估|约)\)?)"
_UNIT = r"[^0-9零〇一二两三四五六七八九十百千万亿点半.,%+-]*?[²³]?|hm2|km2|m2"
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE}*)(?P<amount>{_AMOUNT})(?P<times>[百千万亿]*)(?P<more>[多余来]?)"
    rf"(?P<unit>{_UNIT})(?:(?P<parts>{_AMOUNT})(?P<part_unit>分地?|厘)?(?:(?P<small>{_AMOUNT})厘)?)?(?P<after>{_AFTER}*)",
    re.IGNORECASE,
)
_TIMES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


class Quantity(NamedTuple):
    """A number with the unit written behind it; ``unusual`` when it was not simply digits."""

    number: float
    unit: str
    unusual: bool


def number_reader(field: Field) -> FilledReader:
    """Reads a cell that holds one number without a unit."""
    nothing = empty_reading(field)
    whole = field.type is FieldType.INTEGER

    def read(cell: Filled) -> Reading:
        text = "" if isinstance(cell, Moment) else narrow(text_of(cell))
        if isinstance(cell, str) and (not text or (is_placeholder(text) and not nothing.problems)):
            return nothing
        quantity = read_quantity(cell)
        if quantity is None or quantity.unit or (whole and not quantity.number.is_integer()):
            return error("NUM_BAD", field, cell)
        if field.minimum is not None and quantity.number < field.minimum:
            return error("NUM_BAD", field, cell)
        value = int(quantity.number) if whole else quantity.number
        if not quantity.unusual:
            return Reading(value)
        return Reading(value, (problem(Level.WARNING, "NUM_READ", field, cell, read=f"{value:.10g}", unit=""),))

    return read


def read_quantity(cell: Filled) -> Optional[Quantity]:
    """The number of a cell and the unit behind it; ``None`` where there is no single finite number."""
    if isinstance(cell, Moment):
        return None
    text = cell.text if isinstance(cell, Number) else "".join(narrow(cell).split())
    if len(text) > LONGEST:
        return None
    if _PLAIN.fullmatch(text):
        return _finite(Quantity(float(text.replace(",", "")), "", False))
    if _SCIENTIFIC.fullmatch(text):
        return _finite(Quantity(float(text), "", not isinstance(cell, Number)))
    match = _QUANTITY.fullmatch(text)
    return None if match is None else _finite(_quantity(match))


def _quantity(match: re.Match[str]) -> Optional[Quantity]:
    number = _amount(match["amount"])
    if number is None:
        return None
    for character in match["times"]:
        number *= _TIMES[character]
    unit, parts = match["unit"], match["parts"]
    if parts:
        share = _share(unit, parts, match["part_unit"], match["small"])
        if share is None:
            return None
        number += share
    digits = _PLAIN.fullmatch(match["amount"])
    words = any(match[part] for part in ("before", "after", "more", "times", "parts"))
    return Quantity(number, unit, digits is None or words)


def _share(unit: str, parts: str, part_unit: Optional[str], small: Optional[str]) -> Optional[float]:
    """What follows a whole number of mu: ``3亩5分``, ``3亩半``, ``一亩三分二厘``."""
    amount = _amount(parts)
    if amount is None or unit != "亩":
        return None
    if part_unit is None:
        return amount if parts == "半" else None
    share = amount * (0.01 if part_unit == "厘" else 0.1)
    if small is None:
        return share
    rest = _amount(small)
    return None if rest is None else share + rest * 0.01


def _amount(text: str) -> Optional[float]:
    if text[0] in "+-.0123456789":
        if not (_PLAIN.fullmatch(text) or _SCIENTIFIC.fullmatch(text)):
            return None
        return float(text.replace(",", ""))
    return chinese_number(text)


def _finite(quantity: Optional[Quantity]) -> Optional[Quantity]:
    return quantity if quantity is not None and math.isfinite(quantity.number) else None
