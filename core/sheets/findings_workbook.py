"""Gives a person's workbook back with its findings: bad cells coloured and explained, and a list of all findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterable, Mapping, Optional

from ..standard.findings import Finding
from . import findings_marks as marks
from .findings_extract import write_bad_rows
from .findings_source import editable_copy, losses
from .safe_target import replacing
from .table_place import TablePlace
from .workbook import open_workbook

MARKED_ROWS_LIMIT = 50_000


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
    table: TablePlace,
    findings: Iterable[Finding],
    uids: Optional[Mapping[int, str]] = None,
    language: str = "zh",
) -> FindingsWorkbook:
    """Write the findings into a copy of the workbook; the workbook itself is only read.

    Up to 50,000 rows the copy is the whole file: an XLSX or XLSM with its formats, formulas and other sheets, any other
    kind as an XLSX of the same cells. Beyond, it holds the rows with errors or warnings alone, with their row numbers.

    Args:
        source_path: the file that was imported.
        target_path: ``.xlsx``, or ``.xlsm`` for a file with macros (:func:`target_suffix`); replaced as a whole.
        table: where in the file the table stands.
        findings: all findings; those with a row of the table's sheet are shown at their cell.
        uids: the file's row → uid of the record it became; written into a hidden column 编号, so that the row is known
            again when the file is corrected and imported anew, even under another name.
        language: ``zh`` or ``en``.

    Raises:
        OriginMapError: ``TARGET_IS_SOURCE``, ``TARGET_LOCKED``, ``TARGET_FAILED``, ``MISSING_DEPENDENCY``, and what
            :func:`.workbook.open_workbook` raises.
    """
    shown = sorted(findings, key=lambda f: (f.row, f.field))
    with replacing(target_path, source_path) as part:
        if _last_row(source_path, table) - table.first_row >= MARKED_ROWS_LIMIT:
            write_bad_rows(source_path, part, table, shown, uids or {}, language)
            return FindingsWorkbook(target_path, bad_rows_alone=True)
        notes = _write_whole(source_path, part, target_path, table, shown, uids or {}, language)
    return FindingsWorkbook(target_path, bad_rows_alone=False, notes=notes)


def _last_row(source: Path, table: TablePlace) -> int:
    if table.last_row:
        return table.last_row
    with open_workbook(source) as workbook:
        return max((row for row, _cells in workbook.rows(table.sheet)), default=0)


def _write_whole(
    source: Path,
    part: Path,
    target: Path,
    table: TablePlace,
    findings: list[Finding],
    uids: Mapping[int, str],
    language: str,
) -> tuple[Finding, ...]:
    copy = editable_copy(source, table, keep_macros=target.suffix.lower() == ".xlsm")
    sheet = copy.workbook[copy.sheet]
    placed = replace(table, sheet=copy.sheet)
    marks.remove_old_marks(sheet)
    at_cells = defaultdict(list)
    for finding in findings:
        column = placed.column_of(finding.field)
        if finding.row and column is not None and finding.sheet in ("", table.sheet):
            at_cells[finding.row, column].append(finding)
    notes = losses(source, copy.from_cells, keep_macros=target.suffix.lower() == ".xlsm")
    marks.add_findings_sheet(copy.workbook, sheet, placed, [*notes, *findings], language)
    marks.mark_cells(sheet, at_cells, language)
    marks.write_uids(sheet, placed, uids)
    copy.workbook.save(part)
    copy.workbook.close()
    return notes
