"""Colours, comments, hidden uids and the findings sheet in a workbook that openpyxl holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping, Sequence

from ..standard.findings import Finding, Level
from ..standard.model import load_standard
from ..vendored import load
from . import findings_list as words
from . import workbook_style as style
from .findings_source import put_text
from .names import COMMENT_AUTHOR, FINDINGS_SHEET
from .table_place import TablePlace
from .table_rows import UID_FIELD
from .xlsx_parts import column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_OUR_COLOURS = {f"FF{colour}" for colour in style.LEVEL_COLOURS.values()}
_OWN_WORDS_END = "\n————\n"  # between a comment of the person's and ours under it
_COMMENT_WIDTH = 320
_LINE_HEIGHT = 18
_CHARACTERS_A_LINE = 22
_FIRST_LINE = 4  # title, introduction and header stand above the list


def remove_old_marks(sheet: Worksheet) -> None:
    """Take away what an earlier findings workbook left, so that a corrected cell is no longer red."""
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is None or comment.author != COMMENT_AUTHOR:
                continue
            own, found, _ours = comment.text.rpartition(_OWN_WORDS_END)
            cell.comment = load("openpyxl.comments").Comment(own, "") if found else None
            if cell.fill.fgColor.rgb in _OUR_COLOURS:
                cell.fill = load("openpyxl.styles").PatternFill()


def mark_cells(sheet: Worksheet, at_cells: Mapping[tuple[int, int], Sequence[Finding]], language: str) -> None:
    """Colour each cell (row from 1, column index from 0) by its worst finding and explain it in a comment."""
    fills = {level: _solid(colour) for level, colour in style.LEVEL_COLOURS.items()}
    for (row, column), findings in at_cells.items():
        cell = _top_left(sheet, row, column + 1)
        cell.fill = fills[words.worst(findings)]
        cell.comment = _comment(cell, words.comment_of(findings, language))


def _comment(cell: Cell, text: str) -> object:
    if cell.comment is not None:
        text = f"{cell.comment.text}{_OWN_WORDS_END}{text}"
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.split("\n"))
    return load("openpyxl.comments").Comment(
        text, COMMENT_AUTHOR, height=_LINE_HEIGHT * (lines + 1), width=_COMMENT_WIDTH
    )


def _top_left(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the one that shows the value of the merged range it lies in."""
    cell = sheet.cell(row, column)
    if type(cell).__name__ != "MergedCell":
        return cell
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _solid(colour: str) -> object:
    return load("openpyxl.styles").PatternFill("solid", fgColor=f"FF{colour}")


def write_uids(sheet: Worksheet, table: TablePlace, uids: Mapping[int, str]) -> None:
    """Write the uids into the table's uid column, or into a new hidden one behind its last column.

    The new column joins the filter's range, so that sorting moves the uids along with their rows. A formatted table
    (Ctrl+T) sorts only its own columns: there no column is added, and rows are recognised by their key instead.
    """
    if not uids:
        return
    index = table.columns.get(UID_FIELD)
    if index is None:
        if sheet.tables:
            return
        index = _first_free_column(sheet, table)
        _head_uid_column(sheet, table, index)
    for row, uid in uids.items():
        put_text(sheet.cell(row, index + 1), uid)


def _first_free_column(sheet: Worksheet, table: TablePlace) -> int:
    used = [cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None]
    header = [cell.column for cell in sheet[table.header_row] if cell.value is not None]
    taken = set(used)
    column = max([*header, *(index + 1 for index in table.columns.values())], default=0) + 1
    while column in taken:
        column += 1
    return column - 1


def _head_uid_column(sheet: Worksheet, table: TablePlace, index: int) -> None:
    put_text(sheet.cell(table.header_row, index + 1), load_standard().field(UID_FIELD).title)
    sheet.column_dimensions[column_letters(index)].hidden = True
    if sheet.auto_filter.ref:
        begin, _, end = sheet.auto_filter.ref.partition(":")
        last_row = (end or begin).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
        sheet.auto_filter.ref = f"{begin}:{column_letters(index)}{last_row}"


def add_findings_sheet(
    workbook: Workbook, tables: Mapping[str, TablePlace], findings: Sequence[Finding], language: str
) -> None:
    """Add the list of all findings as the last sheet, in place of an earlier one.

    ``tables`` maps a finding's sheet to its table, whose ``sheet`` is the title in this workbook.
    """
    if FINDINGS_SHEET in workbook.sheetnames:
        workbook.remove(workbook[FINDINGS_SHEET])
    listed = workbook.create_sheet(FINDINGS_SHEET)
    listed.sheet_properties.tabColor = "C00000"
    _lay_out(listed, findings, language)
    styles = _ListStyles()
    for row, finding in enumerate(findings, _FIRST_LINE):
        table = tables.get(finding.sheet)
        column = table.column_of(finding.field) if table is not None and finding.row else None
        if table is None or column is None:
            _write_line(listed, row, finding, words.line_of(finding, "", "", language), styles)
            continue
        _write_line(listed, row, finding, _line(workbook[table.sheet], table, finding, column, language), styles)
        _link(listed.cell(row, words.LINK_COLUMN + 1), words.place_of(table.sheet, finding.row, column))


class _ListStyles:
    """The styles of the list's cells, made once and shared."""

    def __init__(self) -> None:
        styles = load("openpyxl.styles")
        line = styles.Side(style="thin", color=style.LINE)
        self.border = styles.Border(left=line, right=line, top=line, bottom=line)
        self.wrapped = styles.Alignment(vertical="center", wrap_text=True)
        self.fills = {level: _solid(style.LEVEL_COLOURS[level]) for level in Level}


def _lay_out(listed: Worksheet, findings: Sequence[Finding], language: str) -> None:
    styles = load("openpyxl.styles")
    listed["A1"] = words.heading(language)
    listed["A1"].font = styles.Font(name=style.HEADING_FONT, size=style.TITLE_SIZE, bold=True)
    listed["A2"] = words.introduction(findings, language)
    listed["A2"].font = styles.Font(name=style.BODY_FONT, size=style.NOTE_SIZE, color=style.NOTE_TEXT)
    for index, (title, width) in enumerate(zip(words.titles(language), words.WIDTHS)):
        cell = listed.cell(_FIRST_LINE - 1, index + 1, title)
        cell.font = styles.Font(name=style.HEADING_FONT, size=style.BODY_SIZE, color=style.REQUIRED_HEADER_TEXT)
        cell.fill = _solid(style.REQUIRED_HEADER)
        cell.alignment = styles.Alignment(horizontal="center", vertical="center")
        listed.column_dimensions[column_letters(index)].width = width
    listed.row_dimensions[1].height = style.TITLE_HEIGHT
    listed.row_dimensions[_FIRST_LINE - 1].height = style.NOTE_HEIGHT
    listed.freeze_panes = f"A{_FIRST_LINE}"
    last = _FIRST_LINE - 1 + len(findings)
    listed.auto_filter.ref = f"A{_FIRST_LINE - 1}:{column_letters(len(words.WIDTHS) - 1)}{last}"
    listed.page_setup.orientation = "landscape"
    listed.page_setup.paperSize = listed.PAPERSIZE_A4
    listed.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    listed.page_setup.fitToHeight = 0
    listed.print_title_rows = f"{_FIRST_LINE - 1}:{_FIRST_LINE - 1}"


def _line(sheet: Worksheet, table: TablePlace, finding: Finding, column: int, language: str) -> words.Line:
    header = _top_left(sheet, table.header_row, column + 1).value
    # An identity-card number stands where it was written until it is deleted, and nowhere else.
    value = None if finding.code == "ID_CARD" else _top_left(sheet, finding.row, column + 1).value
    return words.line_of(finding, _shown(header), _shown(value), language)


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    return text[: -len(" 00:00:00")] if text.endswith(" 00:00:00") else text


def _write_line(listed: Worksheet, row: int, finding: Finding, line: words.Line, styles: _ListStyles) -> None:
    for index, value in enumerate(line):
        cell = listed.cell(row, index + 1)
        if isinstance(value, str) and value:
            put_text(cell, value)
        elif value:
            cell.value = value
        cell.border = styles.border
        cell.alignment = styles.wrapped
    listed.row_dimensions[row].height = style.height_of((str(value or "") for value in line), words.WIDTHS)
    listed.cell(row, 1).fill = styles.fills[finding.level]


def _link(cell: Cell, place: str) -> None:
    hyperlinks = load("openpyxl.worksheet.hyperlink")
    cell.hyperlink = hyperlinks.Hyperlink(ref=cell.coordinate, location=place)
    cell.font = load("openpyxl.styles").Font(name=style.BODY_FONT, color=style.LINK_TEXT, underline="single")
