"""A table of numbers per person or place on a sheet of a report: a row for each, and the sum of all as its last."""

from __future__ import annotations

from typing import Callable, Sequence, TypeVar

from .report_workbook import ReportColumn, ReportTable, ReportValue

Counted = TypeVar("Counted")
CountedColumn = tuple[ReportColumn, Callable[[Counted], ReportValue]]

_TOTAL = "合计"


def counted_table(
    sheet: str,
    title: str,
    lines: tuple[str, str],
    names: Sequence[CountedColumn[Counted]],
    figures: Sequence[CountedColumn[Counted]],
    groups: Sequence[Counted],
    whole: Counted,
) -> ReportTable:
    """The table.

    Args:
        sheet: its name.
        title: what stands over it, with ``lines`` below.
        lines: the two lines.
        names: the columns that say who or where; they have no sum.
        figures: the columns of numbers.
        groups: what the rows count.
        whole: all of them as one.
    """
    columns = (*names, *figures)
    rows = [[value(group) for _, value in columns] for group in groups]
    total = [_TOTAL, *[None] * (len(names) - 1), *(value(whole) for _, value in figures)]
    return ReportTable(sheet, title, lines, [column for column, _ in columns], rows, total)
