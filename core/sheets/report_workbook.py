"""Tables of a report as a workbook to print: titles, wrapped texts, totals, in the look of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence, Union

from ..standard.findings import Level
from ..vendored import load
from . import workbook_style as style
from .findings_source import put_text
from .names import COMMENT_AUTHOR
from .safe_target import replacing
from .save_book import save_book

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1
_PAPER_A4 = "9"
_NOTHING = "无"


@dataclass(frozen=True)
class Shaded:
    """A cell in the colour of a finding's level."""

    value: Union[str, int]
    level: Level


ReportValue = Union[None, str, int, float, Shaded]


class ReportKind(Enum):
    """What a column holds; its value is the number format."""

    TEXT = style.TEXT_FORMAT
    COUNT = '#,##0;-#,##0;"–"'
    SHARE = "0.0%"
    DATE = style.DATE_FORMAT


@dataclass(frozen=True)
class ReportColumn:
    """A column; ``width`` in characters, days are given as ``YYYY-MM-DD``."""

    title: str
    width: float
    kind: ReportKind = ReportKind.TEXT


@dataclass(frozen=True)
class ReportTable:
    """A table on a sheet of its own; ``lines`` stand under the title, ``total`` is its last row."""

    sheet: str
    title: str
    lines: tuple[str, str]
    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[ReportValue]]
    total: Optional[Sequence[ReportValue]] = None
    frozen_columns: int = 1


def write_report(target: Path, tables: Sequence[ReportTable]) -> None:
    """Write the workbook; what stood at the target stays until the new one is whole.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, or those of :func:`.safe_target.replacing`.
    """
    with replacing(target) as part:
        save_report(part, tables)


def save_report(path: Path, tables: Sequence[ReportTable]) -> None:
    """Write the workbook to a path that :mod:`.safe_target` gave.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``.
    """
    workbook = load("openpyxl").Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = COMMENT_AUTHOR
    writer = _Writer(workbook)
    for table in tables:
        writer.write(table)
    save_book(workbook, path)


class _Writer:
    """Puts tables on sheets; the styles are made once, since a list may be long."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        styles = load("openpyxl.styles")
        self._font, self._fill = styles.Font, styles.PatternFill
        side = styles.Side(style="thin", color=f"FF{style.LINE}")
        self._border = styles.Border(side, side, side, side)
        self._body = self._font(name=style.BODY_FONT, size=style.BODY_SIZE)
        self._bold = self._font(name=style.BODY_FONT, size=style.BODY_SIZE, bold=True)
        self._wrapped = styles.Alignment("left", "center", wrap_text=True)
        self._centred = styles.Alignment("center", "center", wrap_text=True)
        self._right = styles.Alignment("right", "center", indent=1)
        self._total = self._solid(style.OPTIONAL_HEADER)
        self._marks = {level: self._solid(colour) for level, colour in style.LEVEL_COLOURS.items()}

    def write(self, table: ReportTable) -> None:
        """Title, two lines, heads, rows, and the total below them."""
        sheet: Worksheet = self._workbook.create_sheet(table.sheet)
        self._head(sheet, table)
        rows = table.rows or [(_NOTHING, *[None] * (len(table.columns) - 1))]
        for number, row in enumerate(rows, _FIRST_ROW):
            self._row(sheet, number, row, table.columns)
        last = _FIRST_ROW + len(rows) - 1
        if table.rows:
            sheet.auto_filter.ref = f"A{_HEADER_ROW}:{_letter(len(table.columns))}{last}"
        if table.total is not None:
            self._row(sheet, last + 1, table.total, table.columns, total=True)
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, table.frozen_columns + 1)
        _set_up_print(sheet)

    def _head(self, sheet: Worksheet, table: ReportTable) -> None:
        sheet["A1"] = table.title
        sheet["A1"].font = self._font(name=style.HEADING_FONT, size=style.TITLE_SIZE, bold=True)
        sheet.row_dimensions[1].height = style.TITLE_HEIGHT
        for row, line in enumerate(table.lines, 2):
            sheet.cell(row, 1, line).font = self._font(
                name=style.BODY_FONT, size=style.NOTE_SIZE, color=f"FF{style.NOTE_TEXT}"
            )
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[_letter(number)].width = column.width
            cell = sheet.cell(_HEADER_ROW, number, column.title)
            cell.font = self._font(
                name=style.HEADING_FONT, size=style.BODY_SIZE, color=f"FF{style.REQUIRED_HEADER_TEXT}"
            )
            cell.fill, cell.border, cell.alignment = self._solid(style.REQUIRED_HEADER), self._border, self._centred
        sheet.row_dimensions[_HEADER_ROW].height = style.HEADER_HEIGHT

    def _row(
        self,
        sheet: Worksheet,
        number: int,
        row: Sequence[ReportValue],
        columns: Sequence[ReportColumn],
        *,
        total: bool = False,
    ) -> None:
        for place, (value, column) in enumerate(zip(row, columns), 1):
            cell = sheet.cell(number, place)
            if isinstance(value, Shaded):
                cell.fill = self._marks[value.level]
            elif total:
                cell.fill = self._total
            self._put(cell, value.value if isinstance(value, Shaded) else value, column.kind)
            cell.font, cell.border = self._bold if total else self._body, self._border
        texts = [(_text(value), column.width) for value, column in zip(row, columns) if column.kind is ReportKind.TEXT]
        height = style.height_of(*zip(*texts)) if texts else 0.0
        sheet.row_dimensions[number].height = max(height, style.ROW_HEIGHT)

    def _put(self, cell: Cell, value: object, kind: ReportKind) -> None:
        cell.alignment = self._wrapped if kind is ReportKind.TEXT else self._right
        if kind is ReportKind.DATE:
            cell.alignment = self._centred
        if value in (None, ""):
            return
        if isinstance(value, str):
            day = _day(value) if kind is ReportKind.DATE else None
            if day is None:
                put_text(cell, value)
                return
            value = day
        cell.value, cell.number_format = value, kind.value

    def _solid(self, colour: str):  # type: ignore[no-untyped-def]  # openpyxl is loaded late
        return self._fill("solid", fgColor=f"FF{colour}")


def _text(value: ReportValue) -> str:
    return str(value.value if isinstance(value, Shaded) else value or "")


def _day(text: str) -> Optional[date]:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _letter(column: int) -> str:
    return load("openpyxl.utils").get_column_letter(column)


def _set_up_print(sheet: Worksheet) -> None:
    """A4 across, fitted to its width, heads and page numbers on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
