"""Columns with few values travel together as the digits of one number: SQLite hands over one value, not a dozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ..standard.model import Standard
from .query import NOT_FILLED, TICKED, Scale
from .query_sql import class_sql, column_sql
from .renderer import SIZE_CLASSES

SCALE_CLASSES = tuple(Scale(size.lower, float("inf") if size.upper is None else size.upper) for size in SIZE_CLASSES)

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Digit:
    """A column as a digit: SQL that gives 0 … n - 1, and the n values that these stand for."""

    sql: str
    values: tuple[object, ...]


def ticked_digit(name: str, standard: Standard) -> Digit:
    """A column with a code list: ``""`` for nothing, the codes, and last ``None`` for whatever else stands there."""
    codes = [choice.code for choice in standard.choices(TICKED[name])]
    column = column_sql(name)
    cases = " ".join(f"WHEN '{code}' THEN {digit}" for digit, code in enumerate(codes, 1))
    other = f"CASE WHEN coalesce({column}, '') = '' THEN 0 ELSE {len(codes) + 1} END"
    return Digit(f"CASE {column} {cases} ELSE {other} END", (NOT_FILLED, *codes, None))


def class_digit(standard: Standard) -> Digit:
    """The class of scale: ``None`` without a scale or a threshold to measure it by, else its number."""
    lower = [scale.lower for scale in SCALE_CLASSES]
    return Digit(f"coalesce({class_sql(standard.varieties, lower)} + 1, 0)", (None, *range(len(SCALE_CLASSES))))


def packed_sql(digits: Sequence[Digit]) -> str:
    """SQL of the number that the digits make, the first the highest; 0 without any."""
    number = "0"
    for digit in digits:
        number = f"({number}) * {len(digit.values)} + {digit.sql}"
    return number


def unpacked(numbers: Numbers, digits: Sequence[Digit]) -> list[Numbers]:
    """The digits of many numbers, one array for each column."""
    columns = []
    for digit in reversed(digits):
        numbers, column = np.divmod(numbers, len(digit.values))
        columns.append(column)
    return columns[::-1]


def tallies(counts: Mapping[int, int], digits: Sequence[Digit]) -> list[dict[object, int]]:
    """How often each value of each column stands in numbers that were counted."""
    numbers = np.fromiter(counts.keys(), np.int64, len(counts))
    weights = np.fromiter(counts.values(), np.int64, len(counts))
    found = []
    for digit, column in zip(digits, unpacked(numbers, digits)):
        totals = np.bincount(column, weights, len(digit.values)).astype(np.int64).tolist()
        found.append({value: total for value, total in zip(digit.values, totals) if total})
    return found
