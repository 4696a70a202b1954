"""What reading a cell gives: a typed value, what is wrong or worth knowing about it, and the context it was read in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Callable, Mapping, NamedTuple, Optional, Union

from ..cells import Cell, ErrorValue, FormulaWithoutValue, Moment, Number, text_of
from ..findings import Level
from ..model import Field, Stage

# A cell that holds something; the readers of the kinds get nothing else.
Filled = Union[str, Number, Moment]

# These follow from other columns when their own cell is empty, so an empty cell of theirs is no error yet.
FOLLOWS_FROM_OTHERS = frozenset({"industry", "cycle", "unit"})

# What people write where there is nothing to write.
PLACEHOLDERS = frozenset(
    ["无", "暂无", "没有", "无此项", "不详", "未知", "待补", "待定", "待填", "空", "/", "//", "\\", "-", "--", "—",
     "——", "、", ".", "。", "*", "n/a", "na", "null", "none", "nil"]
)

# What people write where the row above says it.
_DITTO = frozenset(["同上", "上同", "同前", "〃", "″", '"', "''"])

# No number, date or phone cell that means anything is longer; what is, is not looked at closely.
LONGEST = 120

_SHOWN = 60

# Never quoted in a finding: identity-card numbers are not to be stored anywhere.
_IDENTITY_NUMBER = re.compile("([1-8][0-9]{2})[0-9]{3}(?:19|20)[0-9]{9}[0-9Xx]")


@dataclass(frozen=True)
class Problem:
    """What is wrong or worth knowing about one value.

    ``field`` is the name of the field it belongs to, empty for the field that was read; ``proposal`` is a text for the
    cell that would repair it, never applied unless a person says so. An error always comes with the
    value ``None``.
    """

    level: Level
    code: str
    params: Mapping[str, object] = dataclass_field(default_factory=dict)
    proposal: str = ""
    field: str = ""


class Reading(NamedTuple):
    """The value of a cell (``None``: empty or unreadable) with its problems; ``extra`` holds values of other fields."""

    value: object
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, object] = {}


Reader = Callable[[Cell], Reading]
FilledReader = Callable[[Filled], Reading]


@dataclass(frozen=True)
class ValueContext:
    """What the readers may know beyond the cell.

    ``default_year`` stands in where a date or a cycle comes without a year (``None``: such a date is unreadable);
    ``header_unit`` is the unit in the header of the scale, as in ``规模（亩）``; ``area_code`` (``0898``) is put before
    a landline number without one.
    """

    default_year: Optional[int] = None
    header_unit: str = ""
    area_code: str = ""


def shown(cell: Cell) -> str:
    """The cell as a sentence quotes it: one line, not endless."""
    if isinstance(cell, FormulaWithoutValue):
        return _clipped("=" + cell.formula.lstrip("="))
    return _clipped(text_of(cell))


def problem(
    level: Level, code: str, field: Field, cell: Cell, proposal: str = "", **more: object
) -> Problem:
    """A problem of ``field`` whose sentence names the field and quotes the cell."""
    return Problem(level, code, {"title": field.title, "value": shown(cell), **more}, proposal, field.name)


def error(code: str, field: Field, cell: Cell, proposal: str = "", **more: object) -> Reading:
    """The reading of a cell that cannot be used."""
    return Reading(None, (problem(Level.ERROR, code, field, cell, proposal, **more),))


def empty_reading(field: Field) -> Reading:
    """What an empty cell means: the field's default, an error where the field must be filled, else nothing.

    Fields that only some industries need are judged later, when the industry is known.
    """
    if field.default:
        return Reading(field.default)
    if field.required_at is Stage.IMPORT and not field.industries and field.name not in FOLLOWS_FROM_OTHERS:
        return error("REQ_EMPTY", field, None)
    return Reading(None)


def broken_cell(field: Field, cell: Cell) -> Optional[Reading]:
    """The error of a formula without a stored value or of an error cell; ``None`` for all others."""
    if isinstance(cell, FormulaWithoutValue):
        return error("FORMULA_NOCACHE", field, cell)
    if isinstance(cell, ErrorValue):
        return error("FORMULA_ERR", field, cell)
    return None


def is_placeholder(text: str) -> bool:
    """Whether the text only says that there is nothing (``无``, ``/``, ``N/A``)."""
    return text.lower() in PLACEHOLDERS


def is_ditto(text: str) -> bool:
    """Whether the text only points to the row above (``同上``, ``〃``), which nobody knows once rows were sorted."""
    return text in _DITTO


def _clipped(text: str) -> str:
    line = _IDENTITY_NUMBER.sub(r"\1***", " ".join(text.split()))
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
