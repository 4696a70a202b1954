"""Rows under the heading that are no records: totals, notes, signatures, headings printed again, numbers alone."""

from __future__ import annotations

import re
import unicodedata
from typing import Iterable, Optional, Sequence

from ..standard.cells import Cell, text_of
from .headings import normal
from .recognise import Table
from .spreadsheet import Range, Row

_TOTAL = re.compile(r"(本页|以上|全[县市镇乡村]|各[类项])?(合计|小计|总计|共计|累计|总数|total|subtotal|sum)")
_TOTAL_OF = re.compile(r".{0,12}(合计|小计|总计)")
_NOTE = re.compile(
    r"(备注|注|说明|填表说明|填报说明|填写说明|注意事项|附注|note|notes|remarks?)[0-9]{0,2}[:.、].*", re.DOTALL
)
_SIGNATURE = re.compile(
    r"(填表|填报|制表|审核|审批|复核|上报|报送|统计|经办|负责|校对|采集|填写|单位负责|分管领导|主要领导)"
    r"(人|员|者|单位|日期|时间|领导|签字|签名)?(签字|签名)?(\(.{0,8}\))?[:].*"
    r"|(单位|公章|签章|盖章|日期|年月日|联系电话|电话)(\(.{0,8}\))?[:].*",
    re.DOTALL,
)
_NO_COLUMN = 1 << 20  # beyond what any sheet has
_UNSEEN = " \t\n\r\v\f\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
_FEW = 4  # cells in which a note or a signature may stand; a record fills far more


def split_leftovers(rows: Iterable[Row], table: Table) -> tuple[list[Row], list[tuple[int, str]]]:
    """The rows that may be records, and the numbers of those that certainly are none with the reason.

    Rows in which nothing can be seen are neither.
    Asked of every row of a file: a look at producer and product tells nearly all of them from anything else.
    """
    producer, variety = table.columns.get("producer_name", _NO_COLUMN), table.columns.get("variety", _NO_COLUMN)
    last = max(producer, variety)
    names: dict[Cell, bool] = {}
    data, leftovers = [], []
    for row in rows:
        number, cells = row
        if len(cells) > last and cells[producer]:
            named = cells[variety]
            if named not in names:
                names[named] = _is_product(_shown(named), variety, table)
            if names[named]:
                data.append(row)
                continue
        reason = leftover_reason(cells, table)
        if reason:
            leftovers.append((number, reason))
        elif any(map(_is_seen, cells)):
            data.append(row)
    return data, leftovers


def leftover_reason(cells: Sequence[Cell], table: Table) -> str:
    """Why a row is certainly no record, as a code of the messages; empty for all others.

    ``ROW_TOTAL``, ``ROW_NOTE``, ``ROW_SIGNATURE``, ``ROW_HEADER`` (the heading again), ``ROW_NUMBER_ONLY``.
    """
    columns = table.columns
    producer, variety = _at(cells, columns.get("producer_name")), _at(cells, columns.get("variety"))
    if producer and variety and _is_product(variety, columns["variety"], table):
        return ""
    filled = [(index, text) for index, text in enumerate(map(_shown, cells)) if text]
    if not filled:
        return ""
    if _same_as_heading(cells, table):
        return "ROW_HEADER"
    return _reason_of_few(filled, table, variety)


def _reason_of_few(filled: list[tuple[int, str]], table: Table, variety: str) -> str:
    first = normal(filled[0][1])
    if len(filled) == 1 and filled[0][0] == table.columns.get("serial"):
        return "ROW_NUMBER_ONLY"
    if not variety or variety == filled[0][1]:
        # A number may stand before the word.
        words = [normal(text) for index, text in filled[:2]]
        if any(_TOTAL.fullmatch(word) for word in words) or _TOTAL_OF.fullmatch(first):
            return "ROW_TOTAL"
    if len(filled) <= _FEW:
        written = _written(filled[0][1])
        if _SIGNATURE.fullmatch(written):
            return "ROW_SIGNATURE"
        if _NOTE.fullmatch(written):
            return "ROW_NOTE"
    return ""


def _is_product(text: str, column: int, table: Table) -> bool:
    """Whether the product's cell may name one: it holds neither the heading again nor ``审核人：…``."""
    return bool(text) and not _is_heading_of(text, column, table) and not _SIGNATURE.fullmatch(_written(text))


def _is_heading_of(text: str, column: int, table: Table) -> bool:
    heading = table.headings.get(column, "")
    return text == heading or _is_part_of(normal(text), normal(heading))


def _written(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _same_as_heading(cells: Sequence[Cell], table: Table) -> bool:
    """The heading printed again: at least three cells say what stands above them, and no other says anything else."""
    same = 0
    for index, text in enumerate(map(_shown, cells)):
        if not text:
            continue
        if not _is_part_of(normal(text), normal(table.headings.get(index, ""))):
            return False
        same += 1
    return same >= 3


def _is_part_of(text: str, heading: str) -> bool:
    return bool(text) and (text == heading or (len(text) > 1 and (heading.startswith(text) or heading.endswith(text))))


def _is_seen(cell: Cell) -> bool:
    return bool(_shown(cell)) if isinstance(cell, str) else cell is not None


def _shown(cell: Cell) -> str:
    return text_of(cell).strip(_UNSEEN)


def _at(cells: Sequence[Cell], column: Optional[int]) -> str:
    return _shown(cells[column]) if column is not None and column < len(cells) else ""


class MergedCells:
    """Gives the rows that a merged cell covers its value, while the rows pass from the first to the last.

    Args:
        merged: the sheet's merged ranges.
        table: what lies above its first row belongs to titles and heading.
    """

    def __init__(self, merged: Sequence[Range], table: Table) -> None:
        tall = [area for area in merged if area.last_row > max(area.first_row, table.first_row - 1)]
        self._areas: dict[int, list[Range]] = {}
        for area in tall:
            if area.first_row >= table.first_row:
                self._areas.setdefault(area.first_row, []).append(area)
        self._open: dict[int, tuple[int, Cell]] = {}

    def __bool__(self) -> bool:
        return bool(self._areas)

    def fill(self, number: int, cells: list[Cell]) -> tuple[int, ...]:
        """Fill in a row and say which columns took a value from above (finding ``MERGED``)."""
        filled = []
        for column, (last_row, value) in list(self._open.items()):
            if number > last_row:
                del self._open[column]
            elif column >= len(cells) or cells[column] in (None, ""):
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
                filled.append(column)
        for area in self._areas.get(number, ()):
            value = cells[area.first_column] if area.first_column < len(cells) else None
            if value not in (None, ""):
                self._open[area.first_column] = (area.last_row, value)
        return tuple(filled)
