"""A workbook becomes records: every row is read, judged, located and ends as new, updated, unchanged or refused."""

from __future__ import annotations

import gc
import hashlib
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Iterator, Mapping, Optional

from ..coordinates.datums import Datum
from ..places.gazetteer import Gazetteer
from ..quality.thresholds import below_threshold
from ..register.boundaries import DivisionAreas
from ..register.register import Register
from ..register.writing import ImportInfo, ImportSession
from ..sheets.errors import SheetError, TableError
from ..sheets.leftovers import MergedCells, split_leftovers
from ..sheets.names import OWN_SHEETS
from ..sheets.recognise import Table, find_table
from ..sheets.safe_text import from_csv
from ..sheets.workbook import Row, SheetInfo, Workbook, open_workbook
from ..standard.cells import text_of
from ..standard.findings import Finding, Level
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from ..vendored import MissingDependency
from .batch import Batch
from .cells import CellReader
from .deciding import Decider
from .judging import Judge
from .locating import DIVISION_COLUMNS, Locator
from .options import Counts, ErrorPolicy, Options, Outcome, SheetReport
from .repeats import Repeats

BATCH_ROWS = 5_000
# A file beyond this is not written back whole, so that nobody needs the uid of each of its rows.
UIDS_KEPT = 50_000
# Beyond this many, remarks that keep no row out are counted but no longer listed.
REMARKS_KEPT = 200_000


class _Undo(Exception):
    """Ends a dry run's transaction without a trace."""


def georeference(
    workbook_path: Path, register_path: Path, options: Options, progress: Optional[Progress] = None
) -> Outcome:
    """Import a workbook into a register, in one transaction.

    Args:
        workbook_path: XLSX, XLSM, XLS, ODS, CSV or TXT.
        register_path: the GeoPackage.
        options: how the workbook is to be understood.
        progress: told how far it is, and asked whether to stop.

    Raises:
        SheetError: the file cannot be read, or no sheet has a table with the columns that are needed.
        RegisterError: the register cannot be opened or written.
        Cancelled: the person stopped it. In all cases the register is as it was.
    """
    with open_workbook(workbook_path) as workbook, Register.open(register_path) as register, _no_search_for_cycles():
        run = _Run(workbook, register, options, progress or Silent())
        try:
            with register.importing(run.info()) as session:
                run.all_sheets(session)
                if options.dry_run:
                    raise _Undo
        except _Undo:
            pass
        return run.outcome()


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Batches hold no cycles; looking for some in a million rows would cost a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Run:
    """One import on its way: what stays the same over its sheets, and what was found so far."""

    def __init__(self, workbook: Workbook, register: Register, options: Options, progress: Progress) -> None:
        self._workbook = workbook
        self._register = register
        self._options = options
        self._progress = progress
        self._standard = register.standard()
        self._county = options.county_code or register.county_code
        self._sha256 = _sha256(workbook.path)
        self._year = register.year_assumed(self._sha256) or options.today.year
        self._gazetteer = Gazetteer.open().with_divisions(register.known_divisions())
        self._judge = Judge(self._standard)
        self._repeats = Repeats()
        self._findings: list[Finding] = []
        self._areas = self._areas_of(register)
        self._remarks = 0
        self._reports: list[SheetReport] = []
        self._uids: dict[tuple[str, int], str] = {}
        self._import_id = 0

    def _areas_of(self, register: Register) -> DivisionAreas:
        """The register's outlines; without shapely points are held against their division's centre instead."""
        try:
            return DivisionAreas.of(register)
        except MissingDependency as error:
            self._findings.append(Finding(Level.WARNING, "AREAS_UNUSED", params=error.params))
            return DivisionAreas.nowhere()

    def info(self) -> ImportInfo:
        """The import's entry in the register."""
        options = self._options
        return ImportInfo(
            file=self._workbook.path.name,
            sha256=self._sha256,
            sheet=options.sheet,
            by=options.by,
            datum=options.datum.value if options.datum else "",
            options={
                "errors": options.errors.value,
                "address_points": options.address_points.value,
                "central_meridian": options.central_meridian,
                "county_code": self._county,
                "year": self._year,
            },
        )

    def all_sheets(self, session: ImportSession) -> None:
        """Import each sheet that holds a table; what is left out is reported with its reason."""
        for sheet in self._sheets():
            reason = self._reason_to_leave(sheet)
            table = None if reason else self._table_of(sheet)
            if table is None:
                self._reports.append(SheetReport(sheet.name, False, reason or "SHEET_NO_HEADER"))
                continue
            blocking = self._blocking(table)
            self._findings += [replace(finding, sheet=sheet.name) for finding in table.findings]
            report = _report(sheet.name, table, "" if blocking is None else blocking.code)
            self._reports.append(report if blocking else self._one_sheet(session, sheet, table, report))
        self._check_something_was_read()
        self._import_id = session.import_id
        self._note_thresholds(session)
        session.count(_as_counts(self._counts()))

    def outcome(self) -> Outcome:
        """What came of it."""
        return Outcome(
            counts=self._counts(),
            findings=tuple(self._findings),
            sheets=tuple(self._reports),
            uids=self._uids if len(self._uids) <= UIDS_KEPT else {},
            import_id=0 if self._options.dry_run else self._import_id,
            remarks_left_out=max(0, self._remarks - REMARKS_KEPT),
        )

    def _sheets(self) -> list[SheetInfo]:
        chosen = self._options.sheet
        if not chosen:
            return list(self._workbook.sheets)
        found = [sheet for sheet in self._workbook.sheets if sheet.name == chosen]
        if not found:
            names = "、".join(sheet.name for sheet in self._workbook.sheets)
            raise SheetError("SHEET_MISSING", file=self._workbook.path.name, sheet=chosen, sheets=names)
        return found

    def _reason_to_leave(self, sheet: SheetInfo) -> str:
        if sheet.name in OWN_SHEETS:
            return "SHEET_OWN"
        return "SHEET_HIDDEN" if sheet.hidden and sheet.name != self._options.sheet else ""

    def _table_of(self, sheet: SheetInfo) -> Optional[Table]:
        with closing(self._workbook.rows(sheet.name)) as rows:
            merged = self._workbook.merged(sheet.name)
            return find_table(rows, self._standard, merged, self._options.columns)  # type: ignore[arg-type]

    def _blocking(self, table: Table) -> Optional[Finding]:
        """What keeps the whole sheet out: two columns for one field, or a column that every row would lack."""
        if table.usable and self._options.errors is ErrorPolicy.DRAFT:
            return None
        return next((finding for finding in table.findings if finding.level is Level.ERROR), None)

    def _one_sheet(self, session: ImportSession, sheet: SheetInfo, table: Table, report: SheetReport) -> SheetReport:
        options = self._options
        reader = CellReader(self._standard, table, self._year, self._register.setting("area_code"))
        locator = Locator(
            self._standard,
            self._gazetteer,
            self._areas,
            self._county,
            options.datum or table.datum or Datum.CGCS2000,
            options.central_meridian,
            options.address_points,
        )
        has_point = any(name in table.columns for name in ("longitude", "latitude", "coordinates"))
        columns = tuple(table.columns)
        decider = Decider(session, self._standard, columns, options.errors, has_point, self._repeats, self._uids)
        counts = Counts()
        for rows, skipped in self._batches(sheet, table):
            batch = Batch(sheet.name, [number for number, _ in rows])
            cells = reader.columns_of(rows)
            reader.read(batch, cells)
            locator.locate(batch, cells)
            self._judge.judge(batch)
            counts += replace(decider.decide(batch), skipped=skipped)
            self._keep(finding for found in batch.findings.values() for finding in found)
            if len(self._uids) > UIDS_KEPT:
                decider.uids = None
        if reader.derived_cycles:
            params = {"count": reader.derived_cycles}
            self._keep([Finding(Level.NOTE, "CYCLES_DERIVED", "cycle", sheet=sheet.name, params=params)])
        return replace(report, counts=counts)

    def _batches(self, sheet: SheetInfo, table: Table) -> Iterator[tuple[list[Row], int]]:
        """Rows of data by the batch, with how many rows between them were no data."""
        merged = MergedCells(self._workbook.merged(sheet.name), table)
        source = self._workbook.rows(sheet.name)
        with closing(source):
            while True:
                taken = list(islice(source, BATCH_ROWS))
                if not taken:
                    return
                stop_if_cancelled(self._progress)
                self._progress.set_fraction(self._workbook.progress)
                rows = [row for row in taken if row[0] >= table.first_row]
                data, leftovers = split_leftovers(rows, table)
                self._findings += [Finding(Level.NOTE, why, row=number, sheet=sheet.name) for number, why in leftovers]
                self._clean(sheet, table, merged, data)
                if rows:
                    yield data, len(leftovers)

    def _clean(self, sheet: SheetInfo, table: Table, merged: MergedCells, rows: list[Row]) -> None:
        """Give merged cells to all their rows, and take our own CSV's protecting apostrophes away."""
        if merged:
            titles = {index: name for name, index in table.columns.items()}
            for number, cells in rows:
                for index in merged.fill(number, cells):
                    name = titles.get(index, "")
                    # Offices merge the villages of a township as a matter of course; elsewhere it is worth a look.
                    if name not in DIVISION_COLUMNS:
                        params = {"title": table.headings.get(index, ""), "value": text_of(cells[index])}
                        self._keep([Finding(Level.WARNING, "MERGED", name, number, sheet.name, params)])
        if self._workbook.path.suffix.lower() in (".csv", ".txt"):
            for _, cells in rows:
                # Asked of every row: one look at the joined line spares looking at each cell.
                if "'" in "".join(cells):  # type: ignore[arg-type]  # a text file has only texts
                    cells[:] = map(from_csv, cells)  # type: ignore[arg-type]

    def _keep(self, findings: Iterator[Finding] | list[Finding]) -> None:
        for finding in findings:
            if finding.level is not Level.ERROR:
                self._remarks += 1
                if self._remarks > REMARKS_KEPT:
                    continue
            self._findings.append(finding)

    def _check_something_was_read(self) -> None:
        file = self._workbook.path.name
        if any(report.read and report.counts.rows for report in self._reports):
            return
        error = next((finding for finding in self._findings if finding.level is Level.ERROR), None)
        if error is not None:
            raise TableError(error.code, file=file, sheet=error.sheet, **error.params)
        if any(report.read for report in self._reports) or not self._any_cell():
            raise SheetError("EMPTY_FILE", file=file)
        raise SheetError("NO_TABLE", file=file)

    def _any_cell(self) -> bool:
        for sheet in self._workbook.sheets:
            with closing(self._workbook.rows(sheet.name)) as rows:
                if next(rows, None) is not None:
                    return True
        return False

    def _note_thresholds(self, session: ImportSession) -> None:
        session.settle()
        for found in below_threshold(self._register.connection, self._standard, session.import_id):
            params = {
                "variety": self._standard.variety(found.variety).title,
                "total": f"{found.total:g}",
                "threshold": f"{found.threshold:g}",
                "unit": _unit_title(self._standard, found.unit),
            }
            self._keep([Finding(Level.WARNING, "BELOW_MIN", "scale", found.row, found.sheet, params)])

    def _counts(self) -> Counts:
        return sum((report.counts for report in self._reports), Counts())


def _report(name: str, table: Table, reason: str) -> SheetReport:
    return SheetReport(
        name=name,
        read=not reason,
        reason=reason,
        header_rows=table.header_rows,
        first_row=table.first_row,
        columns=table.columns,
        unknown=table.unknown,
    )


def _as_counts(counts: Counts) -> Mapping[str, int]:
    return {name: getattr(counts, name) for name in (*counts.__dataclass_fields__, "rows")}


def _unit_title(standard: Standard, code: str) -> str:
    return next((choice.title for choice in standard.lists["unit"] if choice.code == code), code)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
