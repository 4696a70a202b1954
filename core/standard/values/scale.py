"""The scale with its unit, from two cells, the header and the variety: ``3.5亩``, ``约10亩``, ``200平米``."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Mapping, NamedTuple, Optional

from ..cells import Cell, text_of
from ..findings import Level
from ..model import Choice, Field, Standard, Variety
from .characters import narrow
from .choices import choice_index, fold
from .numbers import Quantity, read_quantity
from .reading import Problem, Reading, broken_cell, empty_reading, error, is_placeholder, problem

# One mu (亩) is a fifteenth of a hectare, 666.67 square metres; ten 分 or a hundred 厘 make one.
MU_PER_HECTARE = 15.0
_SQUARE_METRE = MU_PER_HECTARE / 10_000
_IN_MU: Mapping[str, float] = {
    **dict.fromkeys(["亩", "市亩", "亩地", "亩田", "亩水面", "亩塘", "亩鱼塘"], 1.0),
    **dict.fromkeys(["公顷", "hm2", "hm²", "ha"], MU_PER_HECTARE),
    **dict.fromkeys(["平方米", "平米", "平方", "平", "㎡", "m2", "m²", "m^2"], _SQUARE_METRE),
    **dict.fromkeys(["平方公里", "平方千米", "km2", "km²"], 100 * MU_PER_HECTARE),
    **dict.fromkeys(["分", "分地"], 0.1),
    "厘": 0.01,
}
# What is counted may stand behind the unit: 100头牛, 500只鸡.
_ANIMAL = re.compile("(?<=[头只羽])(?:[肉黄水山绵]?[牛羊]|[生肥肉]?猪|[蛋乌土母]?鸡|乌骨鸡)$")
# Units that people do write but in which no variety is counted.
_OTHER_UNITS = frozenset(
    ["尾", "条", "斤", "公斤", "克", "kg", "吨", "t", "株", "棵", "苗", "箱", "个", "枚", "筐",
     "口", "匹", "元", "米", "m",
     "公里", "户", "人", "栋", "间", "座", "块", "棚", "个棚", "个大棚", "网箱", "立方米", "立方", "m3"]
)
# Beyond these a number is more likely a slip of the hand than a farm.
_HUGE = {"mu": 100_000.0, "head": 1_000_000.0, "bird": 10_000_000.0}
_HEADER_UNITS = re.compile("[/、,，;；|或 ]+")


class ScaleReading(NamedTuple):
    """The scale in the register's unit, that unit's code, the words where they were more than the number."""

    scale: Optional[float]
    unit: Optional[str]
    scale_text: Optional[str]
    problems: tuple[Problem, ...] = ()


class _Unit(NamedTuple):
    """A unit of the register and what one of the unit written is in it."""

    code: str
    factor: float


class _Fields(NamedTuple):
    """The two fields that problems are said of, the unit's titles and the length of the words kept."""

    scale: Field
    unit: Field
    units: tuple[Choice, ...]
    words: Optional[int]

    def title(self, code: str) -> str:
        return next(choice.title for choice in self.units if choice.code == code)


def read_scale(
    standard: Standard, cell: Cell, unit_cell: Cell, variety: Optional[str], header_unit: str = ""
) -> ScaleReading:
    """The scale and its unit, from their two cells together.

    The unit written behind the number counts first, then the unit cell, then the header's, then the variety's own.
    Areas come out in mu, rounded to four decimals.

    Args:
        standard: gives fields, units and varieties.
        cell: the scale's cell.
        unit_cell: the unit's cell; ``None`` where it is empty or there is no such column.
        variety: code of the variety, ``None`` when it is not known (then any unit of the list is taken).
        header_unit: unit in the header, as in ``规模（亩）``; of several the one that fits is used.
    """
    words = standard.field("scale_text").max_length
    fields = _Fields(standard.field("scale"), standard.field("unit"), standard.choices("unit"), words)
    broken = (broken_cell(fields.scale, cell), broken_cell(fields.unit, unit_cell))
    problems = tuple(p for reading in broken if reading for p in reading.problems)
    if problems:
        return ScaleReading(None, None, None, problems)
    own = _variety(standard, variety)
    column = _column_text(unit_cell)
    if cell is None or (isinstance(cell, str) and not narrow(cell)):
        fallback = _unit_of(column, fields.units) or (own and _Unit(own.unit, 1.0))
        return ScaleReading(None, fallback and fallback.code, None, empty_reading(fields.scale).problems)
    quantity = read_quantity(cell)  # type: ignore[arg-type]  # formulas and errors are gone
    if quantity is None:
        return _refused(error("NUM_BAD", fields.scale, cell))
    return _with_unit(fields, cell, column, quantity, own, header_unit)


def _with_unit(
    fields: _Fields, cell: Cell, column: str, quantity: Quantity, variety: Optional[Variety], header_unit: str
) -> ScaleReading:
    written, in_column = _unit_of(quantity.unit, fields.units), _unit_of(column, fields.units)
    if quantity.unit and written is None:
        code = "UNIT_BAD" if fold(quantity.unit) in _OTHER_UNITS else "NUM_BAD"
        return _refused(error(code, fields.scale, cell))
    if column and (in_column is None or not _fits(in_column, variety)):
        return _bad_unit(fields.unit, fields, column, variety)
    if written and (not _fits(written, variety) or not _agree(written, in_column)):
        return _bad_unit(fields.scale, fields, cell, variety)
    unit = written or in_column or _unit_of_header(header_unit, fields.units, variety)
    assumed: tuple[Problem, ...] = ()
    if unit is None:
        if variety is None:
            return _refused(error("REQ_EMPTY", fields.unit, None))
        unit = _Unit(variety.unit, 1.0)
        assumed = (problem(Level.NOTE, "UNIT_ASSUMED", fields.unit, cell, unit=fields.title(unit.code)),)
    return _scaled(fields, cell, column if not written else "", quantity, unit, assumed)


def _scaled(
    fields: _Fields, cell: Cell, column: str, quantity: Quantity, unit: _Unit, assumed: tuple[Problem, ...]
) -> ScaleReading:
    if quantity.number <= 0:
        return _refused(error("SCALE_NEG", fields.scale, cell))
    converted = unit.factor != 1.0
    scale = round(quantity.number * unit.factor, 4) if converted else quantity.number
    title = fields.title(unit.code)
    words = text_of(cell).strip() + (column if converted else "")
    problems = assumed
    if quantity.unusual or converted:
        read = problem(Level.WARNING, "NUM_READ", fields.scale, words, read=f"{scale:.10g}", unit=title)
        problems = (read, *assumed)
    if scale > _HUGE.get(unit.code, math.inf):
        problems = (*problems, problem(Level.WARNING, "SCALE_HUGE", fields.scale, cell, unit=title))
    plain = not (quantity.unusual or quantity.unit or converted)
    return ScaleReading(scale, unit.code, None if plain else words[: fields.words], problems)


def _variety(standard: Standard, code: Optional[str]) -> Optional[Variety]:
    return next((variety for variety in standard.varieties if variety.code == code), None)


def _column_text(cell: Cell) -> str:
    text = narrow(text_of(cell))
    return "" if is_placeholder(text) else text


@lru_cache(maxsize=1024)
def _unit_of(text: str, units: tuple[Choice, ...]) -> Optional[_Unit]:
    """The unit that a text names; ``None`` when it is empty or none of the register's."""
    if not text:
        return None
    folded = _ANIMAL.sub("", fold(text))
    known = choice_index(units).find(folded)
    if known is not None:
        return _Unit(known.code, 1.0)
    return _Unit("mu", _IN_MU[folded]) if folded in _IN_MU else None


def _unit_of_header(text: str, units: tuple[Choice, ...], variety: Optional[Variety]) -> Optional[_Unit]:
    named = [unit for part in _HEADER_UNITS.split(text) if (unit := _unit_of(part, units))]
    fitting = [unit for unit in named if _fits(unit, variety)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(unit: _Unit, variety: Optional[Variety]) -> bool:
    return variety is None or unit.code == variety.unit


def _agree(written: _Unit, in_column: Optional[_Unit]) -> bool:
    """``200平米`` in a column of mu says in what it was measured; ``3亩`` in one of hectares contradicts it."""
    return in_column is None or written == in_column or (written.code == in_column.code and in_column.factor == 1.0)


def _bad_unit(field: Field, fields: _Fields, cell: Cell, variety: Optional[Variety]) -> ScaleReading:
    proposal = fields.title(variety.unit) if variety is not None and field is fields.unit else ""
    return _refused(error("UNIT_BAD", field, cell, proposal=proposal))


def _refused(reading: Reading) -> ScaleReading:
    return ScaleReading(None, None, None, reading.problems)
