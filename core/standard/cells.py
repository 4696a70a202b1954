"""What a cell of a spreadsheet can hold, with every fact that judging it needs.

An empty cell is ``None`` and text is plain ``str``; all kinds are hashable, so that equal cells are understood once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Optional, Union


class Number(NamedTuple):
    """A number as the file stores it, text kept (``1.38E+10``), since a float would hide lost digits."""

    text: str


class Moment(NamedTuple):
    """A number with a date format: the moment it stands for, or ``None`` when it is outside the calendar."""

    text: str
    moment: Optional[datetime]


@dataclass(frozen=True)
class FormulaWithoutValue:
    """A formula whose result the file does not carry (never opened in a spreadsheet program)."""

    formula: str


@dataclass(frozen=True)
class ErrorValue:
    """An error such as ``#DIV/0!`` or ``#REF!``."""

    text: str


Cell = Union[None, str, Number, Moment, FormulaWithoutValue, ErrorValue]


def text_of(cell: Cell) -> str:
    """The cell as a person reads it; a date as ``YYYY-MM-DD``, a formula without value as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Moment):
        return _moment_text(cell)
    if isinstance(cell, FormulaWithoutValue):
        return ""
    return cell.text


def _moment_text(cell: Moment) -> str:
    if cell.moment is None:
        return cell.text
    if cell.moment.hour or cell.moment.minute or cell.moment.second:
        return cell.moment.isoformat(sep=" ", timespec="seconds")
    return cell.moment.date().isoformat()
