"""What an import would make of the first rows, for a person to look at before anything is written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby, islice
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Optional

from ..register.register import Register
from ..sheets.recognise import Table
from ..sheets.spreadsheet import SheetInfo
from ..sheets.workbook import open_workbook
from ..standard.cells import Cell, text_of
from ..standard.findings import Finding
from ..standard.progress import Progress, Silent
from .batch import Batch
from .options import ErrorPolicy, Options
from .pipeline import sha256_of, year_of
from .understanding import Portion, Understanding

PREVIEW_ROWS = 50


class Fate(str, Enum):
    """Where a row would end, as far as it can be told without the rows before it and the records there are."""

    TAKEN = "taken"
    DRAFT = "draft"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class PreviewRow:
    """A row of the file: its number, its cells as they would be read (merged ones filled), what was found about it."""

    number: int
    cells: tuple[str, ...]
    fate: Fate
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class PreviewSheet:
    """A sheet's first rows.

    ``reason`` is the code of why the sheet would be left out, with ``params`` for its sentence; empty when it is read.
    ``findings`` are those about the whole sheet.
    """

    name: str
    table: Optional[Table] = None
    rows: tuple[PreviewRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def preview(
    workbook_path: Path,
    register_path: Path,
    options: Options,
    rows: int = PREVIEW_ROWS,
    progress: Optional[Progress] = None,
) -> tuple[PreviewSheet, ...]:
    """Read the first rows of each chosen sheet as :func:`.georeference` would, without writing anything.

    What needs the whole file or the records of the register (rows that repeat others, records in review, totals below
    a threshold) is told by a dry run only.

    Args:
        workbook_path: the file.
        register_path: the GeoPackage; it is only read.
        options: how the workbook is to be understood.
        rows: how many rows of a sheet are looked at.
        progress: asked whether to stop.

    Raises:
        SheetError: the file cannot be read.
        RegisterError: the register cannot be opened.
        Cancelled: the person stopped it.
    """
    with open_workbook(workbook_path) as workbook, Register.open(register_path, read_only=True) as register:
        year = year_of(register, sha256_of(workbook_path), options)
        understanding = Understanding(workbook, register, options, year, progress or Silent())
        return tuple(_sheet(understanding, sheet, rows, options.errors) for sheet in understanding.sheets())


def _sheet(understanding: Understanding, sheet: SheetInfo, rows: int, errors: ErrorPolicy) -> PreviewSheet:
    reason = understanding.reason_to_leave(sheet)
    table = None if reason else understanding.table_of(sheet)
    if table is None:
        return PreviewSheet(sheet.name, reason=reason or "SHEET_NO_HEADER", params={"sheet": sheet.name})
    findings = tuple(replace(finding, sheet=sheet.name) for finding in table.findings)
    blocked = understanding.blocking(table)
    if blocked is not None:
        return PreviewSheet(sheet.name, table, findings=findings, reason=blocked.code, params=blocked.params)
    with closing(understanding.reading(sheet, table).portions(rows)) as portions:
        found = tuple(islice(_rows(understanding, portions, errors), rows))
    return PreviewSheet(sheet.name, table, found, findings)


def _rows(understanding: Understanding, portions: Iterator[Portion], errors: ErrorPolicy) -> Iterator[PreviewRow]:
    before = len(understanding.findings)
    for data, batch, skipped in portions:
        # Beside the batch's own: what filling merged cells and leaving out rows found.
        beside = sorted(understanding.findings[before:], key=lambda finding: finding.row)
        before = len(understanding.findings)
        told = {row: list(found) for row, found in groupby(beside, key=lambda finding: finding.row)}
        taken = {row: PreviewRow(row, _texts(cells), Fate.SKIPPED, tuple(told[row])) for row, cells in skipped}
        for index, (number, cells) in enumerate(data):
            found = (*batch.findings.get(index, ()), *told.get(number, ()))
            taken[number] = PreviewRow(number, _texts(cells), _fate(batch, index, errors), found)
        yield from (taken[number] for number in sorted(taken))


def _texts(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(map(text_of, cells))


def _fate(batch: Batch, index: int, errors: ErrorPolicy) -> Fate:
    if index not in batch.refused:
        return Fate.TAKEN
    kept = errors is ErrorPolicy.DRAFT and batch.can_be_draft(index)
    return Fate.DRAFT if kept else Fate.REFUSED
