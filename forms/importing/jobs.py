"""What the wizard does in another thread: each piece opens its own file and register and touches no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from ...core.georeference.findings import free_target, worth_writing, write_findings
from ...core.georeference.options import Options, Outcome
from ...core.georeference.pipeline import georeference
from ...core.georeference.preview import PreviewSheet, preview
from ...core.georeference.stages import Reached, Stage
from ...core.register.errors import RegisterError
from ...core.register.imports import Extent, extent_of_import
from ...core.register.register import Register
from ...core.sheets.findings_workbook import FindingsWorkbook
from ...core.sheets.glance import Glance, glance
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress

# Of the bar, when the findings workbook is written behind the import.
_IMPORT_SHARE = 0.8


@dataclass(frozen=True)
class Report:
    """What became of the rows, where the new points lie, and the findings workbook or why it was not written."""

    outcome: Outcome
    findings: Optional[FindingsWorkbook] = None
    error: Optional[OriginMapError] = None
    extent: Optional[Extent] = None

    @property
    def asks_something(self) -> bool:
        """Whether there are findings that a person should look at."""
        return worth_writing(self.outcome)


class _Part:
    """A part of the bar."""

    def __init__(self, whole: Progress, share: float) -> None:
        self._whole, self._share = whole, share
        self.is_cancelled, self.note = whole.is_cancelled, whole.note

    def set_fraction(self, fraction: float) -> None:
        self._whole.set_fraction(self._share * fraction)


def look(workbook: Path, progress: Progress) -> tuple[Glance, ...]:
    """The sheets of a workbook and their first rows.

    Raises:
        OriginMapError: why it cannot be read.
    """
    progress.set_fraction(0.0)
    return glance(workbook)


def look_closer(workbook: Path, register: Path, options: Options, progress: Progress) -> tuple[PreviewSheet, ...]:
    """The first rows as they would be read.

    Raises:
        OriginMapError: as :func:`.preview` says.
    """
    return preview(workbook, register, options, progress=progress)


def try_out(workbook: Path, register: Path, options: Options, reached: Reached, progress: Progress) -> Report:
    """The whole import without writing anything.

    Raises:
        OriginMapError: as :func:`.georeference` says.
    """
    return Report(georeference(workbook, register, options, progress, reached))


def carry_out(
    workbook: Path, register: Path, options: Options, language: str, reached: Reached, progress: Progress
) -> Report:
    """The import, and its findings into a workbook beside the file, under a name that is not taken.

    Raises:
        OriginMapError: the register is as it was. What goes wrong with the findings workbook is no reason to.
    """
    outcome = georeference(workbook, register, options, _Part(progress, _IMPORT_SHARE), reached)
    report = Report(outcome, extent=_extent(register, outcome))
    if progress.is_cancelled() or not report.asks_something:
        return report
    reached(Stage.FINDINGS, outcome.counts.rows)
    return write_report(workbook, free_target(workbook), report, language)


def write_report(workbook: Path, target: Path, report: Report, language: str) -> Report:
    """The findings into a workbook; why it could not be written stands in the report that comes back."""
    try:
        written = write_findings(workbook, target, report.outcome, language)
    except OriginMapError as error:
        return replace(report, findings=None, error=error)
    return replace(report, findings=written, error=None)


def save_report(workbook: Path, target: Path, report: Report, language: str, progress: Progress) -> Report:
    """The findings into a workbook that a person named; it cannot be stopped half way."""
    progress.set_fraction(0.0)
    return write_report(workbook, target, report, language)


def _extent(register: Path, outcome: Outcome) -> Optional[Extent]:
    try:
        with Register.open(register, read_only=True) as opened:
            return extent_of_import(opened, outcome.import_id)
    except RegisterError:  # the import stands; only the way to it on the map is missing
        return None
