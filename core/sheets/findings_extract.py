"""The findings workbook of a file too long to be given back whole: its bad rows alone, streamed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Mapping, Optional, Sequence

from ..standard.cells import Cell, Number, text_of
from ..standard.findings import Finding, Level
from ..standard.model import load_standard
from . import findings_list as words
from .names import DATA_SHEET, FINDINGS_SHEET, ROW_FINDINGS_COLUMN, SOURCE_ROW_COLUMN
from .spreadsheet import Workbook
from .table_place import TablePlace
from .table_rows import UID_FIELD
from .workbook import open_workbook
from .xlsx_cells import Kind, Marked, Value
from .xlsx_writer import Column, TableHead, XlsxWriter

_BEFORE = 2  # the source's row number and the row's findings stand in front of the source's own columns
_NOTES = {
    "zh": "原文件行数较多，这里只列出有问题的行；“原行号”是在原文件中的行号。改正后可直接导入本文件。",
    "en": "The file is long, so only the rows with findings are listed. Correct them here and import this file.",
}


def write_bad_rows(
    source: Path,
    target: Path,
    tables: Sequence[TablePlace],
    findings: Sequence[Finding],
    uids: Mapping[tuple[str, int], str],
    language: str,
) -> None:
    """Write the rows that have an error or a warning, their bad cells coloured, and the list of all findings.

    Args: as for :func:`.findings_workbook.write_findings_workbook`; ``findings`` in the order of the file.
    """
    values: dict[tuple[str, int, str], str] = {}
    with open_workbook(source) as workbook, XlsxWriter(target) as writer:
        for table in tables:
            by_row = defaultdict(list)
            for finding in findings:
                if finding.row and finding.sheet == table.sheet:
                    by_row[finding.row].append(finding)
            title = DATA_SHEET if len(tables) == 1 else table.sheet
            values.update(_write_table(workbook, writer, table, title, by_row, uids, language))
        _write_list(writer, findings, values, language)


def _write_table(
    workbook: Workbook,
    writer: XlsxWriter,
    table: TablePlace,
    title: str,
    by_row: Mapping[int, Sequence[Finding]],
    uids: Mapping[tuple[str, int], str],
    language: str,
) -> dict[tuple[str, int, str], str]:
    """Write one table's bad rows; what stands in their bad cells."""
    bad = {row for row, found in by_row.items() if words.worst(found) is not Level.NOTE}
    values: dict[tuple[str, int, str], str] = {}
    columns: tuple[Column, ...] = ()
    header: list[Cell] = []
    for row, cells in workbook.rows(table.sheet):
        if row == table.header_row:
            header = cells
        if row < table.first_row or row not in bad:
            continue
        if not columns:
            columns = _columns(table, header, len(cells))
            writer.begin(TableHead(title, columns, FINDINGS_SHEET, _NOTES[language], _BEFORE))
        uid = uids.get((table.sheet, row))
        writer.row(_row(table, row, cells, by_row[row], uid, len(columns), language))
        values.update(_values(table, row, cells, by_row[row]))
    return values


def _columns(table: TablePlace, header: Sequence[Cell], width: int) -> tuple[Column, ...]:
    """The source's columns under the standard's titles, where they are known, so that the file can be imported."""
    standard = load_standard()
    titles = {field.name: field.title for field in (*standard.fields, *standard.sheet_fields)}
    named = {index: titles.get(name, "") for name, index in table.columns.items()}
    last = max(len(header), width, max(named, default=-1) + 1)
    own = tuple(
        Column(named.get(i) or (text_of(header[i]) if i < len(header) else ""), Kind.CELL, 14) for i in range(last)
    )
    before = (Column(SOURCE_ROW_COLUMN, Kind.NUMBER, 8), Column(ROW_FINDINGS_COLUMN, Kind.TEXT, 40))
    uid = () if UID_FIELD in table.columns else (Column(titles[UID_FIELD], Kind.TEXT, 38, hidden=True),)
    return before + own + uid


def _row(
    table: TablePlace,
    row: int,
    cells: Sequence[Cell],
    findings: Sequence[Finding],
    uid: Optional[str],
    width: int,
    language: str,
) -> list[Value]:
    own = UID_FIELD not in table.columns
    room = width - _BEFORE - own
    shown: list[Value] = [*cells[:room], *([None] * (room - len(cells)))]
    by_column = defaultdict(list)
    for finding in findings:
        column = table.column_of(finding.field)
        if column is not None and column < room:
            by_column[column].append(finding)
    for column, found in by_column.items():
        shown[column] = Marked(cells[column] if column < len(cells) else None, words.worst(found))
    if not own and uid:
        shown[table.columns[UID_FIELD]] = uid
    said = "；".join(dict.fromkeys(finding.message(language).text for finding in findings))
    return [Number(str(row)), said, *shown, *([uid] if own else [])]


def _values(
    table: TablePlace, row: int, cells: Sequence[Cell], findings: Sequence[Finding]
) -> Mapping[tuple[str, int, str], str]:
    values = {}
    for finding in findings:
        column = table.column_of(finding.field)
        if column is not None and column < len(cells) and finding.code != "ID_CARD":
            values[table.sheet, row, finding.field] = text_of(cells[column])
    return values


def _write_list(
    writer: XlsxWriter,
    findings: Sequence[Finding],
    values: Mapping[tuple[str, int, str], str],
    language: str,
) -> None:
    titles = words.titles(language)
    columns = tuple(Column(title, Kind.TEXT, width, True) for title, width in zip(titles, words.WIDTHS))
    writer.begin(TableHead(FINDINGS_SHEET, columns, words.heading(language), words.introduction(findings, language)))
    standard = load_standard()
    names = {field.name: field.title_in(language) for field in standard.fields}
    for finding in findings:
        value = values.get((finding.sheet, finding.row, finding.field), "")
        line = words.line_of(finding, names.get(finding.field, ""), value, language)
        cells: list[Value] = [*line]  # type: ignore[list-item]
        cells[0] = Marked(line.level, finding.level)
        if finding.row:
            cells[words.LINK_COLUMN] = Number(str(finding.row))
        writer.row(cells)
