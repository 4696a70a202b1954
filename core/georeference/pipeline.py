"""A workbook becomes records: every row is read, judged, located and ends as new, updated, unchanged or refused."""

from __future__ import annotations

import gc
import hashlib
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Iterator, Mapping, Optional

from ..quality.thresholds import below_threshold
from ..register.register import Register
from ..register.writing import ImportInfo, ImportSession
from ..sheets.errors import SheetError, TableError
from ..sheets.recognise import Table
from ..sheets.spreadsheet import SheetInfo, Workbook
from ..sheets.workbook import open_workbook
from ..standard.findings import Finding, Level
from ..standard.model import Standard
from ..standard.progress import Progress, Silent
from .deciding import Decider
from .options import Counts, Options, Outcome, SheetReport
from .repeats import Repeats
from .stages import Reached, Stage, nobody
from .understanding import Understanding

# A file beyond this is not written back whole, so that nobody needs the uid of each of its rows.
UIDS_KEPT = 50_000


class _Undo(Exception):
    """Ends a dry run's transaction without a trace."""


def georeference(
    workbook_path: Path,
    register_path: Path,
    options: Options,
    progress: Optional[Progress] = None,
    reached: Reached = nobody,
) -> Outcome:
    """Import a workbook into a register, in one transaction.

    Args:
        workbook_path: XLSX, XLSM, XLS, ODS, CSV or TXT.
        register_path: the GeoPackage.
        options: how the workbook is to be understood.
        progress: told how far it is, and asked whether to stop.
        reached: told of each stage, and how many rows are through.

    Raises:
        SheetError: the file cannot be read, or no sheet has a table with the columns that are needed.
        RegisterError: the register cannot be opened or written.
        Cancelled: the person stopped it. In all cases the register is as it was.
    """
    reached(Stage.OPENING, 0)
    with open_workbook(workbook_path) as workbook, Register.open(register_path) as register, _no_search_for_cycles():
        run = _Run(workbook, register, options, progress or Silent(), reached)
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
    """One import on its way: what was understood and what became of it so far."""

    def __init__(
        self, workbook: Workbook, register: Register, options: Options, progress: Progress, reached: Reached
    ) -> None:
        self._reached = reached
        self._workbook = workbook
        self._register = register
        self._options = options
        self._sha256 = sha256_of(workbook.path)
        self._year = year_of(register, self._sha256, options)
        self._understanding = Understanding(workbook, register, options, self._year, progress)
        self._standard = self._understanding.standard
        self._findings = self._understanding.findings
        self._repeats = Repeats()
        self._reports: list[SheetReport] = []
        self._uids: dict[tuple[str, int], str] = {}
        self._import_id = 0

    def info(self) -> ImportInfo:
        """The import's entry in the register."""
        options = self._options
        return ImportInfo(
            file=self._workbook.path.name,
            sha256=self._sha256,
            sheet="、".join(options.sheets),
            by=options.by,
            datum=options.datum.value if options.datum else "",
            options={
                "errors": options.errors.value,
                "address_points": options.address_points.value,
                "central_meridian": options.central_meridian,
                "county_code": self._understanding.county,
                "year": self._year,
            },
        )

    def all_sheets(self, session: ImportSession) -> None:
        """Import each sheet that holds a table; what is left out is reported with its reason."""
        for sheet in self._understanding.sheets():
            reason = self._understanding.reason_to_leave(sheet)
            table = None if reason else self._understanding.table_of(sheet)
            if table is None:
                self._reports.append(SheetReport(sheet.name, False, reason or "SHEET_NO_HEADER"))
                continue
            blocking = self._understanding.blocking(table)
            self._findings += [replace(finding, sheet=sheet.name) for finding in table.findings]
            report = _report(sheet.name, table, "" if blocking is None else blocking.code)
            self._reports.append(report if blocking else self._one_sheet(session, sheet, table, report))
        self._check_something_was_read()
        self._reached(Stage.CLOSING, self._counts().rows)
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
            remarks_left_out=self._understanding.remarks_left_out,
        )

    def _one_sheet(self, session: ImportSession, sheet: SheetInfo, table: Table, report: SheetReport) -> SheetReport:
        has_point = any(name in table.columns for name in ("longitude", "latitude", "coordinates"))
        columns, errors = tuple(table.columns), self._options.errors
        decider = Decider(session, self._standard, columns, errors, has_point, self._repeats, self._uids)
        reading = self._understanding.reading(sheet, table)
        counts, before = Counts(), self._counts().rows
        for _, batch, skipped in reading.portions():
            counts += replace(decider.decide(batch), skipped=len(skipped))
            self._reached(Stage.ROWS, before + counts.rows)
            self._understanding.keep(finding for found in batch.findings.values() for finding in found)
            if len(self._uids) > UIDS_KEPT:
                decider.uids = None
        if reading.derived_cycles:
            params = {"count": reading.derived_cycles}
            self._understanding.keep([Finding(Level.NOTE, "CYCLES_DERIVED", "cycle", sheet=sheet.name, params=params)])
        return replace(report, counts=counts)

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
            self._understanding.keep([Finding(Level.WARNING, "BELOW_MIN", "scale", found.row, found.sheet, params)])

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


def year_of(register: Register, sha256: str, options: Options) -> int:
    """The year of dates that come without one: that of this file's first import, else this year."""
    return register.year_assumed(sha256) or options.today.year


def sha256_of(path: Path) -> str:
    """By what the same file is known again."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
