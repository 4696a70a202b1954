"""The scale with its unit, from two cells, the header and the variety: ``3.5亩``, ``约10亩``, ``200平米``."""

from __future__ import annotations

import math
import re
from functools import lru_cache, partial
from typing import Mapping, NamedTuple, Optional

from ..cells import Cell, text_of
from ..findings import Level
from ..model import Field, Standard, Variety
from .characters import narrow
from .choices import ChoiceIndex, choice_index, fold
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
# Beyond the first no number is meant at all, beyond the others it is more likely a slip of the hand than a farm.
_IMPOSSIBLE = 1e9
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


class ScaleReader:
    """Reads the scale and its unit from their two cells together; made once for a standard, then pure.

    The unit written behind the number counts first, then the unit cell, then the header's, then the variety's own.
    Areas come out in mu, rounded to four decimals.
    """

    def __init__(self, standard: Standard) -> None:
        self.scale = standard.field("scale")
        self.unit = standard.field("unit")
        self.limit = standard.field("scale_text").max_length
        self.unit_of = lru_cache(maxsize=1024)(partial(_unit_of, choice_index(standard.choices("unit"))))
        self._nothing = empty_reading(self.scale)
        self._titles = {choice.code: choice.title for choice in standard.choices("unit")}
        self._varieties = {variety.code: variety for variety in standard.varieties}

    def __call__(self, cell: Cell, unit_cell: Cell, variety: Optional[str], header_unit: str = "") -> ScaleReading:
        """The scale in the register's unit.

        Args:
            cell: the scale's cell.
            unit_cell: the unit's cell; ``None`` where it is empty or there is no such column.
            variety: code of the variety, ``None`` when it is not known (then any unit of the list is taken).
            header_unit: unit in the header, as in ``规模（亩）``; of several the one that fits is used.
        """
        broken = (broken_cell(self.scale, cell), broken_cell(self.unit, unit_cell))
        problems = tuple(p for reading in broken if reading for p in reading.problems)
        if problems:
            return ScaleReading(None, None, None, problems)
        own = self._varieties.get(variety or "")
        column = _column_text(unit_cell)
        if cell is None or (isinstance(cell, str) and not narrow(cell)):
            return _refused(self._nothing, self.unit_of(column) or (own and _Unit(own.unit, 1.0)))
        quantity = read_quantity(cell)  # type: ignore[arg-type]  # formulas and errors are gone
        if quantity is None or quantity.number > _IMPOSSIBLE:
            return _refused(error("NUM_BAD", self.scale, cell), self.unit_of(column))
        return _with_unit(self, cell, column, quantity, own, header_unit)

    def title(self, code: str) -> str:
        """A unit's name."""
        return self._titles[code]


def _with_unit(
    reader: ScaleReader, cell: Cell, column: str, quantity: Quantity, variety: Optional[Variety], header_unit: str
) -> ScaleReading:
    written, in_column = reader.unit_of(quantity.unit), reader.unit_of(column)
    if quantity.unit and written is None:
        code = "UNIT_BAD" if fold(quantity.unit) in _OTHER_UNITS else "NUM_BAD"
        return _refused(error(code, reader.scale, cell))
    if column and (in_column is None or not _fits(in_column, variety)):
        return _bad_unit(reader.unit, reader, column, variety)
    if written and (not _fits(written, variety) or not _agree(written, in_column)):
        return _bad_unit(reader.scale, reader, cell, variety)
    unit = written or in_column or _unit_of_header(reader, header_unit, variety)
    assumed: tuple[Problem, ...] = ()
    if unit is None:
        if variety is None:
            return _refused(error("REQ_EMPTY", reader.unit, None))
        unit = _Unit(variety.unit, 1.0)
        assumed = (problem(Level.NOTE, "UNIT_ASSUMED", reader.unit, cell, unit=reader.title(unit.code)),)
    return _scaled(reader, cell, column if not written else "", quantity, unit, assumed)


def _scaled(
    reader: ScaleReader, cell: Cell, column: str, quantity: Quantity, unit: _Unit, assumed: tuple[Problem, ...]
) -> ScaleReading:
    if quantity.number <= 0:
        return _refused(error("SCALE_NEG", reader.scale, cell), unit)
    converted = unit.factor != 1.0
    scale = round(quantity.number * unit.factor, 4) if converted else quantity.number
    title = reader.title(unit.code)
    words = text_of(cell).strip() + (column if converted else "")
    problems = assumed
    if quantity.unusual or converted:
        read = problem(Level.WARNING, "NUM_READ", reader.scale, words, read=f"{scale:.10g}", unit=title)
        problems = (read, *assumed)
    if scale > _HUGE.get(unit.code, math.inf):
        problems = (*problems, problem(Level.WARNING, "SCALE_HUGE", reader.scale, cell, unit=title))
    plain = not (quantity.unusual or quantity.unit or converted)
    return ScaleReading(scale, unit.code, None if plain else words[: reader.limit], problems)


def _column_text(cell: Cell) -> str:
    text = narrow(text_of(cell))
    return "" if is_placeholder(text) else text


def _unit_of(units: ChoiceIndex, text: str) -> Optional[_Unit]:
    """The unit that a text names; ``None`` when it is empty or none of the register's."""
    if not text:
        return None
    folded = _ANIMAL.sub("", fold(text))
    known = units.find(folded)
    if known is not None:
        return _Unit(known.code, 1.0)
    return _Unit("mu", _IN_MU[folded]) if folded in _IN_MU else None


def _unit_of_header(reader: ScaleReader, text: str, variety: Optional[Variety]) -> Optional[_Unit]:
    named = [unit for part in _HEADER_UNITS.split(text) if (unit := reader.unit_of(part))]
    fitting = [unit for unit in named if _fits(unit, variety)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(unit: _Unit, variety: Optional[Variety]) -> bool:
    return variety is None or unit.code == variety.unit


def _agree(written: _Unit, in_column: Optional[_Unit]) -> bool:
    """``200平米`` in a column of mu says in what it was measured; ``3亩`` in one of hectares contradicts it."""
    return in_column is None or written == in_column or (written.code == in_column.code and in_column.factor == 1.0)


def _bad_unit(field: Field, reader: ScaleReader, cell: Cell, variety: Optional[Variety]) -> ScaleReading:
    proposal = reader.title(variety.unit) if variety is not None and field is reader.unit else ""
    return _refused(error("UNIT_BAD", field, cell, proposal=proposal))


def _refused(reading: Reading, unit: Optional[_Unit] = None) -> ScaleReading:
    """No scale; a unit that was fine stays."""
    return ScaleReading(None, unit and unit.code, None, reading.problems)
