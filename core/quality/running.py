"""Runs the checks: over whole columns, or over one record while its form is filled in."""

from __future__ import annotations

from typing import Iterator, Mapping, Optional, Sequence

from ..standard.progress import Progress, Silent, stop_if_cancelled
from .columns import Flags, columns_of
from .context import Context
from .findings import Hit, QualityFinding
from .registry import CHECKS, Check
from .ruling import rules_broken
from .work import Work

_NOBODY = Silent()


def run_checks(
    work: Work,
    checks: Sequence[Check] = CHECKS,
    chosen: Optional[Flags] = None,
    progress: Progress = _NOBODY,
) -> Iterator[QualityFinding]:
    """What the checks find, check by check.

    Args:
        work: all records, since many a check compares them.
        checks: which ones.
        chosen: findings of these records alone; ``None`` gives all.
        progress: told after each check, asked whether to stop.
    """
    for number, check in enumerate(checks):
        stop_if_cancelled(progress)
        for hit in check.run(work):
            if chosen is None or chosen[hit.row]:
                yield _finding(work, check, hit)
        progress.set_fraction((number + 1) / len(checks))


def check_alone(
    values: Mapping[str, object], point: Optional[tuple[float, float]], context: Context
) -> list[QualityFinding]:
    """What is found in one record as it stands in the form: the rules, and the checks that need no others.

    Args:
        values: by field name, as for :func:`core.standard.rules.failed`.
        point: longitude and latitude in CGCS2000 degrees.
        context: made once and kept.
    """
    columns = columns_of([{**values, "point": point}])
    found = rules_broken(context.standard, {**values, "has_point": point is not None})
    return [*found, *run_checks(Work(columns, context), [check for check in CHECKS if check.alone])]


def _finding(work: Work, check: Check, hit: Hit) -> QualityFinding:
    columns = work.columns
    return QualityFinding(
        check.id,
        check.kind,
        check.level,
        hit.code or check.code,
        check.field,
        columns.uid(hit.row),
        int(columns.fids[hit.row]),
        hit.params,
        hit.proposal,
        tuple(columns.uid(other) for other in hit.others),
    )
