"""Gives a person's workbook back with its findings: bad cells coloured and explained, and a list of all findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterable, Mapping, Optional, Sequence

from ..standard.findings import Finding, Level
from . import findings_list as words
from . import findings_marks as marks
from .findings_extract import write_bad_rows
from .findings_source import editable_copy, losses
from .safe_target import replacing
from .save_book import save_book
from .table_place import TablePlace
from .workbook import open_workbook

# Rows of all tables together. Whole, 50,000 rows of 24 columns take about 660 MiB and 30 s, of which openpyxl's own
# loading and saving are 620 MiB and 20 s: it keeps an object with its style for every cell. Beyond, only bad rows.
MARKED_ROWS_LIMIT = 50_000

Uids = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class FindingsWorkbook:
    """What was written.

    ``bad_rows_alone`` says that the file was too long to be given back whole; ``notes`` tell what of the person's
    file could not be kept (pictures, shapes …), and stand in the findings sheet too.
    """

    path: Path
    bad_rows_alone: bool
    notes: tuple[Finding, ...] = ()


def target_suffix(source: Path) -> str:
    """The ending a findings workbook should have: ``.xlsm`` keeps macros, all else becomes ``.xlsx``."""
    return ".xlsm" if source.suffix.lower() == ".xlsm" else ".xlsx"


def write_findings_workbook(
    source_path: Path,
    target_path: Path,
    tables: Sequence[TablePlace],
    findings: Iterable[Finding],
    uids: Optional[Uids] = None,
    language: str = "zh",
) -> FindingsWorkbook:
    """Write the findings into a copy of the workbook; the workbook itself is only read.

    Up to 50,000 rows the copy is the whole file: an XLSX or XLSM with its formats, formulas and other sheets, any other
    kind as an XLSX of the same cells. Beyond, it holds the rows with errors or warnings alone, with their row numbers.

    Args:
        source_path: the file that was imported.
        target_path: ``.xlsx``, or ``.xlsm`` for a file with macros (:func:`target_suffix`); replaced as a whole.
        tables: where in the file the tables stand, at least one.
        findings: all findings; those with a row of a table's sheet are shown at their cell.
        uids: (sheet, row of the file) → uid of the record it became; written into a hidden column 编号, so that the row
            is known again when the file is corrected and imported anew, even under another name.
        language: ``zh`` or ``en``.

    Raises:
        OriginMapError: ``TARGET_IS_SOURCE``, ``TARGET_LOCKED``, ``TARGET_FAILED``, ``MISSING_DEPENDENCY``, and what
            :func:`.workbook.open_workbook` raises.
    """
    order = {table.sheet: place for place, table in enumerate(tables)}
    shown = sorted(findings, key=lambda f: (words.ORDER[f.level], order.get(f.sheet, -1), f.row, f.field))
    with replacing(target_path, source_path) as part:
        if _rows(source_path, tables) > MARKED_ROWS_LIMIT:
            write_bad_rows(source_path, part, tables, shown, uids or {}, language)
            return FindingsWorkbook(target_path, bad_rows_alone=True)
        notes = _write_whole(source_path, part, target_path, tables, shown, uids or {}, language)
    return FindingsWorkbook(target_path, bad_rows_alone=False, notes=notes)


def _rows(source: Path, tables: Sequence[TablePlace]) -> int:
    with open_workbook(source) as workbook:
        return sum(1 for table in tables for row, _ in workbook.rows(table.sheet) if row >= table.first_row)


def _write_whole(
    source: Path,
    part: Path,
    target: Path,
    tables: Sequence[TablePlace],
    findings: list[Finding],
    uids: Uids,
    language: str,
) -> tuple[Finding, ...]:
    keep_macros = target.suffix.lower() == ".xlsm"
    copy = editable_copy(source, tables, keep_macros=keep_macros)
    placed = {table.sheet: replace(table, sheet=copy.titles[table.sheet]) for table in tables}
    for table in placed.values():
        marks.remove_old_marks(copy.workbook[table.sheet])
    notes = losses(source, copy.from_cells, keep_macros=keep_macros)
    marks.add_findings_sheet(copy.workbook, placed, [*notes, *findings], language)
    for name, table in placed.items():
        sheet = copy.workbook[table.sheet]
        marks.mark_cells(sheet, _at_cells(table, [f for f in findings if f.sheet == name]), language)
        marks.write_uids(sheet, table, {row: uid for (of, row), uid in uids.items() if of == name})
    save_book(copy.workbook, part)
    copy.workbook.close()
    return notes


def _at_cells(table: TablePlace, findings: Iterable[Finding]) -> Mapping[tuple[int, int], list[Finding]]:
    at_cells = defaultdict(list)
    for finding in findings:
        column = table.column_of(finding.field)
        # A note asks for nothing: it stands in the list, and the coloured cells stay those that need a person.
        if finding.row and column is not None and finding.level is not Level.NOTE:
            at_cells[finding.row, column].append(finding)
    return at_cells
