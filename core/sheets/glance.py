"""A first look at a workbook: its sheets and their first rows, from which their tables are found again and again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Optional

from ..standard.model import Standard
from .names import OWN_SHEETS
from .recognise import IDENTITY, SEARCHED_ROWS, Layout, Table, find_table
from .spreadsheet import Range, Row, SheetInfo, Workbook
from .workbook import open_workbook


@dataclass(frozen=True)
class Glance:
    """The beginning of a sheet; ``own`` ones explain our workbooks and hold no records."""

    sheet: SheetInfo
    rows: tuple[Row, ...] = ()
    merged: tuple[Range, ...] = ()
    own: bool = False

    @property
    def width(self) -> int:
        """How many columns the rows have."""
        return max((len(cells) for _, cells in self.rows), default=0)

    def table(self, standard: Standard, layout: Optional[Layout] = None) -> Optional[Table]:
        """The sheet's table, as :func:`.find_table` sees it; the file is not needed for it any more."""
        return None if self.own else find_table(self.rows, standard, self.merged, layout)


def glance(path: Path) -> tuple[Glance, ...]:
    """Look at each sheet of a workbook, in their order.

    Raises:
        SheetError: the file cannot be read, as :func:`.open_workbook` says.
    """
    with open_workbook(path) as workbook:
        return tuple(_look(workbook, sheet) for sheet in workbook.sheets)


def holds_records(path: Path, standard: Standard) -> bool:
    """Whether a visible sheet of the workbook has a heading that names producers or products.

    Numbers and coordinates alone make no collection sheet. Merged cells are not looked at.

    Raises:
        SheetError: the file cannot be read.
    """
    with open_workbook(path) as workbook:
        visible = (sheet for sheet in workbook.sheets if not sheet.hidden and sheet.name not in OWN_SHEETS)
        tables = (Glance(sheet, _first_rows(workbook, sheet)).table(standard) for sheet in visible)
        return any(table is not None and _names_any(table) for table in tables)


def _names_any(table: Table) -> bool:
    ambiguous = {finding.field for finding in table.findings if finding.code == "HDR_AMBIGUOUS"}
    return any(name in table.columns or name in ambiguous for name in IDENTITY)


def _look(workbook: Workbook, sheet: SheetInfo) -> Glance:
    rows = _first_rows(workbook, sheet)
    return Glance(sheet, rows, workbook.merged(sheet.name), sheet.name in OWN_SHEETS)


def _first_rows(workbook: Workbook, sheet: SheetInfo) -> tuple[Row, ...]:
    with closing(workbook.rows(sheet.name)) as rows:
        return tuple(islice(rows, SEARCHED_ROWS))
