"""How a workbook is understood: its sheets, their tables, and their rows as judged and located batches."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import Iterable, Iterator, NamedTuple, Optional

from ..coordinates.datums import Datum
from ..places.gazetteer import Gazetteer
from ..register.boundaries import DivisionAreas
from ..register.register import Register
from ..sheets.errors import SheetError
from ..sheets.leftovers import MergedCells, split_leftovers
from ..sheets.names import OWN_SHEETS
from ..sheets.recognise import Layout, Table, find_table
from ..sheets.safe_text import from_csv
from ..sheets.spreadsheet import Row, SheetInfo, Workbook
from ..standard.cells import text_of
from ..standard.findings import Finding, Level
from ..standard.progress import Progress, stop_if_cancelled
from ..vendored import MissingDependency
from .batch import Batch
from .cells import CellReader
from .judging import Judge
from .locating import DIVISION_COLUMNS, Locator
from .options import ErrorPolicy, Options

BATCH_ROWS = 5_000
# Beyond this many, remarks that keep no row out are counted but no longer listed.
REMARKS_KEPT = 200_000


class Portion(NamedTuple):
    """Some rows of a table: those of data, judged in ``batch``, and those that are no data."""

    rows: list[Row]
    batch: Batch
    skipped: list[Row]


class Understanding:
    """Reads a workbook for a register; writes nothing.

    Args:
        workbook: open.
        register: its standard, divisions and outlines are what rows are held against.
        options: how the workbook is to be understood.
        year: stands in where a date comes without a year and nothing else in the row tells it.
        progress: told how far it is, and asked whether to stop.

    Attributes:
        findings: what was found, but for that of the rows of each portion, which stands in its batch.
    """

    def __init__(self, workbook: Workbook, register: Register, options: Options, year: int, progress: Progress) -> None:
        self.standard = register.standard()
        self.county = options.county_code or register.county_code
        self.findings: list[Finding] = []
        self._remarks = 0
        self._workbook = workbook
        self._options = options
        self._year = year
        self._progress = progress
        self._area_code = register.setting("area_code")
        self._gazetteer = Gazetteer.open().with_divisions(register.known_divisions())
        self._judge = Judge(self.standard)
        self._areas = self._areas_of(register)
        self._tables_begun = 0

    @property
    def remarks_left_out(self) -> int:
        """How many findings that keep no row out are counted but not listed."""
        return max(0, self._remarks - REMARKS_KEPT)

    def sheets(self) -> list[SheetInfo]:
        """The sheets that were chosen; all when none was.

        Raises:
            SheetError: ``SHEET_MISSING``.
        """
        chosen, names = self._options.sheets, [sheet.name for sheet in self._workbook.sheets]
        missing = next((name for name in chosen if name not in names), None)
        if missing is not None:
            params = {"file": self._workbook.path.name, "sheet": missing, "sheets": "、".join(names)}
            raise SheetError("SHEET_MISSING", **params)
        return [sheet for sheet in self._workbook.sheets if not chosen or sheet.name in chosen]

    def reason_to_leave(self, sheet: SheetInfo) -> str:
        """Why a sheet is not looked at, as a code; empty when it is."""
        if sheet.name in OWN_SHEETS:
            return "SHEET_OWN"
        return "SHEET_HIDDEN" if sheet.hidden and sheet.name not in self._options.sheets else ""

    def table_of(self, sheet: SheetInfo) -> Optional[Table]:
        """The table of a sheet, ``None`` when it has none."""
        layout = self._options.layouts.get(sheet.name) or Layout(columns=self._options.columns)
        with closing(self._workbook.rows(sheet.name)) as rows:
            return find_table(rows, self.standard, self._workbook.merged(sheet.name), layout)

    def blocking(self, table: Table) -> Optional[Finding]:
        """What keeps a whole sheet out."""
        return blocking(table, self._options.errors)

    def keep(self, findings: Iterable[Finding]) -> None:
        """Add to the findings; remarks beyond some number are only counted."""
        for finding in findings:
            if finding.level is not Level.ERROR:
                self._remarks += 1
                if self._remarks > REMARKS_KEPT:
                    continue
            self.findings.append(finding)

    def reading(self, sheet: SheetInfo, table: Table) -> TableReading:
        """The rows of a sheet's table, understood as they are asked for."""
        reader = CellReader(self.standard, table, self._year, self._area_code)
        locator = Locator(
            self.standard,
            self._gazetteer,
            self._areas,
            self.county,
            self._options.datum or table.datum or Datum.CGCS2000,
            self._options.central_meridian,
            self._options.address_points,
        )
        self._tables_begun += 1
        return TableReading(self, self._workbook, sheet, table, reader, locator, self._judge)

    def step(self) -> None:
        """Tell how far it is, over all sheets, and stop when the person wants it."""
        stop_if_cancelled(self._progress)
        count = sum(not self.reason_to_leave(sheet) for sheet in self.sheets())
        self._progress.set_fraction((self._tables_begun - 1 + self._workbook.progress) / max(count, 1))

    def _areas_of(self, register: Register) -> DivisionAreas:
        """The register's outlines; without shapely points are held against their division's centre instead."""
        try:
            return DivisionAreas.of(register)
        except MissingDependency as error:
            self.findings.append(Finding(Level.WARNING, "AREAS_UNUSED", params=error.params))
            return DivisionAreas.nowhere()


def blocking(table: Table, errors: ErrorPolicy) -> Optional[Finding]:
    """What keeps a whole sheet out: two columns for one field, or a column that every row would lack."""
    if table.usable and errors is ErrorPolicy.DRAFT:
        return None
    return next((finding for finding in table.findings if finding.level is Level.ERROR), None)


class TableReading:
    """The rows of one table, made by :meth:`Understanding.reading`."""

    def __init__(
        self,
        understanding: Understanding,
        workbook: Workbook,
        sheet: SheetInfo,
        table: Table,
        reader: CellReader,
        locator: Locator,
        judge: Judge,
    ) -> None:
        self._understanding = understanding
        self._workbook = workbook
        self._sheet = sheet
        self._table = table
        self._reader = reader
        self._locator = locator
        self._judge = judge
        self._titles = {index: name for name, index in table.columns.items()}
        self._is_text_file = workbook.path.suffix.lower() in (".csv", ".txt")

    @property
    def derived_cycles(self) -> int:
        """How many rows got their cycle from their dates."""
        return self._reader.derived_cycles

    def portions(self, size: int = BATCH_ROWS) -> Iterator[Portion]:
        """All rows from the first below the heading on, ``size`` rows of the file at a time."""
        merged = MergedCells(self._workbook.merged(self._sheet.name), self._table)
        source = self._workbook.rows(self._sheet.name)
        with closing(source):
            while True:
                taken = list(islice(source, size))
                if not taken:
                    return
                self._understanding.step()
                rows = [row for row in taken if row[0] >= self._table.first_row]
                if rows:
                    yield self._portion(rows, merged)

    def _portion(self, rows: list[Row], merged: MergedCells) -> Portion:
        data, leftovers = split_leftovers(rows, self._table)
        name = self._sheet.name
        self._understanding.findings += [Finding(Level.NOTE, why, row=row, sheet=name) for row, why in leftovers]
        self._fill_merged(data, merged)
        if self._is_text_file:
            _unprotect(data)
        batch = Batch(name, [number for number, _ in data])
        cells = self._reader.columns_of(data)
        self._reader.read(batch, cells)
        self._locator.locate(batch, cells)
        self._judge.judge(batch)
        numbers = {number for number, _ in leftovers}
        return Portion(data, batch, [row for row in rows if row[0] in numbers] if numbers else [])

    def _fill_merged(self, rows: list[Row], merged: MergedCells) -> None:
        """Give merged cells to all their rows."""
        if not merged:
            return
        for number, cells in rows:
            for index in merged.fill(number, cells):
                name = self._titles.get(index, "")
                # Offices merge the villages of a township as a matter of course; elsewhere it is worth a look.
                if name not in DIVISION_COLUMNS:
                    params = {"title": self._table.headings.get(index, ""), "value": text_of(cells[index])}
                    finding = Finding(Level.WARNING, "MERGED", name, number, self._sheet.name, params)
                    self._understanding.keep([finding])


def _unprotect(rows: list[Row]) -> None:
    """Take our own CSV's protecting apostrophes away."""
    for _, cells in rows:
        # Asked of every row: one look at the joined line spares looking at each cell.
        if "'" in "".join(cells):  # type: ignore[arg-type]  # a text file has only texts
            cells[:] = map(from_csv, cells)  # type: ignore[arg-type]
