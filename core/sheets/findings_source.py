"""The person's workbook as something we can write marks into, and what of it cannot be kept."""

from __future__ import annotations

import logging
import re
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Iterator, Mapping, Sequence
from xml.etree.ElementTree import ParseError

from ..standard.cells import Cell, ErrorValue, FormulaWithoutValue, Moment, Number
from ..standard.findings import Finding, Level
from ..standard.messages import Phrase
from ..vendored import load
from . import workbook_style as style
from .names import OWN_SHEETS
from .safe_text import is_risky, storable
from .table_place import TablePlace
from .workbook import open_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as OpenpyxlCell

# What openpyxl is known to raise on files that are valid, or that Excel and WPS repair without a word.
_OPENPYXL_STUMBLES = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    ParseError,
    zipfile.BadZipFile,
)
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EditableCopy:
    """A workbook of openpyxl in memory.

    ``titles`` maps a table's sheet to that sheet's title in the copy; ``from_cells``: only cells were carried over.
    """

    workbook: Workbook
    titles: Mapping[str, str]
    from_cells: bool


def editable_copy(source: Path, tables: Sequence[TablePlace], *, keep_macros: bool) -> EditableCopy:
    """The file itself where openpyxl reads it whole, else a new workbook of the same cells, read by our own reader.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, or why the file is not read.
    """
    if source.suffix.lower() in (".xlsx", ".xlsm"):
        openpyxl = load("openpyxl")
        try:
            workbook = openpyxl.load_workbook(source, keep_vba=keep_macros, rich_text=True)
            names = workbook.sheetnames
            if all(t.sheet in names and workbook[t.sheet].max_row >= t.header_row for t in tables):
                return EditableCopy(workbook, {table.sheet: table.sheet for table in tables}, from_cells=False)
        except _OPENPYXL_STUMBLES as error:
            logger.info("openpyxl cannot load %s, its cells are copied instead: %s", source.name, error)
    return _copy_of_cells(source, tables)


def _copy_of_cells(source: Path, tables: Sequence[TablePlace]) -> EditableCopy:
    workbook = load("openpyxl").Workbook()
    workbook.remove(workbook.active)
    first_rows = {table.sheet: table.first_row for table in tables}
    titles = {}
    with open_workbook(source) as original:
        for info in original.sheets:
            if info.name in OWN_SHEETS:
                continue
            sheet = workbook.create_sheet(_sheet_name(info.name))
            sheet.sheet_state = "hidden" if info.hidden else "visible"
            if info.name in first_rows:
                titles[info.name] = sheet.title
                sheet.freeze_panes = sheet.cell(first_rows[info.name], 1)
            for row, cells in original.rows(info.name):
                for column, cell in enumerate(cells, 1):
                    if cell is not None and cell != "":
                        _fill(sheet.cell(row, column), cell)
    for title in titles.values():
        _widen(workbook[title])
    return EditableCopy(workbook, titles, from_cells=True)


def _sheet_name(name: str) -> str:
    return _FORBIDDEN_IN_NAMES.sub("_", storable(name)).strip("'")[:_LONGEST_NAME] or "Sheet"


def _fill(target: OpenpyxlCell, cell: Cell) -> None:
    if isinstance(cell, Moment) and cell.moment is not None:
        target.value = cell.moment.replace(tzinfo=None)
        target.number_format = (
            style.MOMENT_FORMAT
            if cell.moment.time().replace(microsecond=0).isoformat() != "00:00:00"
            else style.DATE_FORMAT
        )
        return
    if isinstance(cell, (Number, Moment)):
        try:
            number = float(cell.text)
            target.value = int(number) if number.is_integer() and abs(number) < 1e15 else number
        except (ValueError, OverflowError):
            put_text(target, cell.text)
        return
    if isinstance(cell, ErrorValue):
        put_text(target, cell.text)
        return
    put_text(target, cell.formula if isinstance(cell, FormulaWithoutValue) else str(cell))


def put_text(target: OpenpyxlCell, text: str) -> None:
    """Write text that stays text, whatever it begins with."""
    target.value = storable(text)
    target.data_type = "s"
    target.number_format = style.TEXT_FORMAT
    if is_risky(text):
        target.quotePrefix = True


def _widen(sheet: object) -> None:
    """Columns of a new workbook are as wide as what stands in their first rows, within reason."""
    for column in sheet.iter_cols(max_row=min(sheet.max_row, 50)):  # type: ignore[attr-defined]
        longest = max((style.display_width(str(cell.value)) for cell in column if cell.value is not None), default=8)
        letter = column[0].column_letter
        sheet.column_dimensions[letter].width = min(max(longest + 2, 8), 36)  # type: ignore[attr-defined]


def losses(source: Path, from_cells: bool, *, keep_macros: bool) -> tuple[Finding, ...]:
    """One note for each kind of content that the copy does not carry."""
    if not zipfile.is_zipfile(source) or source.suffix.lower() not in (".xlsx", ".xlsm"):
        return ()
    with zipfile.ZipFile(source) as archive:
        kinds = list(_lost_kinds(archive, from_cells, keep_macros))
    return tuple(Finding(Level.NOTE, "LOST_IN_COPY", params={"what": Phrase(kind)}) for kind in kinds)


def _lost_kinds(archive: zipfile.ZipFile, from_cells: bool, keep_macros: bool) -> Iterator[str]:
    names = archive.namelist()
    drawings = [n for n in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", n)]
    if any(n.startswith("xl/media/") for n in names) and (from_cells or find_spec("PIL") is None):
        yield "LOST_IMAGES"
    if any(n.startswith("xl/charts/chart") for n in names) and from_cells:
        yield "LOST_CHARTS"
    if any(_holds(archive, name, rb"<(\w+:)?(sp|cxnSp|grpSp)[ >]") for name in drawings):
        yield "LOST_SHAPES"
    if any(n.startswith("xl/worksheets/sheet") and _holds(archive, n, rb"<(\w+:)?extLst[ >]") for n in names):
        yield "LOST_EXTENSIONS"
    if not keep_macros and "xl/vbaProject.bin" in names:
        yield "LOST_MACROS"


def _holds(archive: zipfile.ZipFile, name: str, pattern: bytes) -> bool:
    """Whether the end or the beginning of a part holds it; extension lists stand at the end."""
    compiled = re.compile(pattern)
    previous = b""
    with archive.open(name) as stream:
        while chunk := stream.read(1 << 20):
            if compiled.search(previous[-64:] + chunk):
                return True
            previous = chunk
    return False
