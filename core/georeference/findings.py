"""An import's findings go back to the person in a copy of their workbook."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from ..sheets.findings_workbook import FindingsWorkbook, target_suffix, write_findings_workbook
from ..sheets.table_place import TablePlace
from ..standard.findings import Level
from .options import Outcome

# Behind the name of the person's file: 采集表.xlsx → 采集表_问题.xlsx, 采集表_问题2.xlsx …
_MARK = "_问题"
_MARKED = re.compile(rf"(?P<name>.+?)({_MARK}\d*)+")


def write_findings(workbook_path: Path, target_path: Path, outcome: Outcome, language: str) -> FindingsWorkbook:
    """Write the findings of an import into a copy of its workbook.

    Args:
        workbook_path: the file that was imported.
        target_path: replaced as a whole; ask :func:`free_target` for a name that is not taken.
        outcome: of the import, or of its dry run.
        language: ``zh`` or ``en``.

    Raises:
        OriginMapError: as :func:`.write_findings_workbook` says; the import itself stands.
    """
    tables = [
        TablePlace(report.name, report.header_rows[-1], report.first_row, report.columns)
        for report in outcome.sheets
        if report.header_rows
    ]
    return write_findings_workbook(workbook_path, target_path, tables, outcome.findings, outcome.uids, language)


def worth_writing(outcome: Outcome) -> bool:
    """Whether any finding asks something of a person."""
    return any(finding.level is not Level.NOTE for finding in outcome.findings)


def free_target(workbook_path: Path) -> Path:
    """A name beside the workbook for its findings that no file has yet, so that nothing is ever overwritten."""
    marked = _MARKED.fullmatch(workbook_path.stem)
    stem, suffix = marked["name"] if marked else workbook_path.stem, target_suffix(workbook_path)
    names = (f"{stem}{_MARK}{number if number > 1 else ''}{suffix}" for number in itertools.count(1))
    return next(path for path in map(workbook_path.with_name, names) if not path.exists())
