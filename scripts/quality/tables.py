"""The measured counts as tables of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Iterable

from .catalogue import FAULTS
from .report import Tally

RECALL, PRECISION = 0.95, 0.9
_MARKED = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)


def tables(tally: Tally) -> str:
    """Recall and precision by check, then recall by fault and county."""
    return "\n".join([*_by_check(tally), "", *_by_fault(tally), ""])


def below_aim(tally: Tally) -> list[str]:
    """The checks that stay below the aim."""
    checks = _checks(tally)
    return [check for check in checks if _recall(tally, check) < RECALL or _precision(tally, check) < PRECISION]


def write(text: str, path: Path) -> None:
    """Put the tables between the marks of the document."""
    old = path.read_text(encoding="utf-8")
    path.write_text(_MARKED.sub(lambda found: f"{found[1]}{text}{found[2]}", old), encoding="utf-8")


def show_examples(tally: Tally) -> str:
    """What was missed and what was found for nothing, a few of each."""
    lines = [f"missed: {name}\n    " + "\n    ".join(rows) for name, rows in tally.missed.items()]
    lines += [f"for nothing: {name}\n    " + "\n    ".join(rows) for name, rows in tally.examples.items()]
    return "\n".join(lines)


def _checks(tally: Tally) -> list[str]:
    return list(dict.fromkeys([fault.checks[0] for fault in FAULTS] + [check for _, check in tally.wrong]))


def _by_check(tally: Tally) -> Iterable[str]:
    yield "| check | planted | found by it | by any | findings | precision | in clean counties, per 1,000 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    total = sum(tally.records.values())
    for check in _checks(tally):
        planted = _sum(tally.planted, check)
        findings = _of(tally.right, check) + _of(tally.wrong, check)
        shares = [_share(_sum(counts, check), planted) for counts in (tally.meant, tally.told)]
        clean = f"{1000 * _of(tally.clean, check) / max(total, 1):.2f}"
        cells = (check, f"{planted:,}", *shares, f"{findings:,}", f"{_precision(tally, check):.3f}", clean)
        yield f"| {' | '.join(cells)} |"


def _by_fault(tally: Tally) -> Iterable[str]:
    """Found by any check that may tell it; the share found by the check that is meant in the last column."""
    counties = list(tally.records)
    yield f"| fault | check | {' | '.join(counties)} | all | by the check meant |"
    yield f"|---|---|{'---:|' * (len(counties) + 2)}"
    for fault in FAULTS:
        shares = [_share(tally.told[name, fault.name], tally.planted[name, fault.name]) for name in counties]
        planted, told, meant = (_of(counts, fault.name) for counts in (tally.planted, tally.told, tally.meant))
        cells = (fault.name, fault.checks[0], *shares, _share(told, planted), _share(meant, planted))
        yield f"| {' | '.join(cells)} |"


def _recall(tally: Tally, check: str) -> float:
    planted = _sum(tally.planted, check)
    return _sum(tally.told, check) / planted if planted else 1.0


def _precision(tally: Tally, check: str) -> float:
    findings = _of(tally.right, check) + _of(tally.wrong, check)
    return _of(tally.right, check) / findings if findings else 1.0


def _sum(counts: Counter, check: str) -> int:
    return sum(_of(counts, fault.name) for fault in FAULTS if fault.checks[0] == check)


def _of(counts: Counter, name: str) -> int:
    return sum(count for (_, what), count in counts.items() if what == name)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"
