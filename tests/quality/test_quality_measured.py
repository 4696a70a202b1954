"""The checks hold what docs/quality.md says of them, also with faults planted elsewhere than there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import quality.report
    import quality.tables

    yield quality
    for name in [name for name in sys.modules if name.split(".")[0] == "quality"]:
        del sys.modules[name]


def test_every_check_reaches_the_aim_in_a_county_with_outlines(measuring) -> None:
    tally = measuring.report.measure(measuring.report.COUNTIES[:1], seed=3)
    assert measuring.tables.below_aim(tally) == []


def test_a_clean_county_without_outlines_has_next_to_no_findings(measuring) -> None:
    plan = measuring.report.COUNTIES[3]
    ground = measuring.report.make_ground(plan)
    clean = measuring.report.clean_records(ground)
    found = measuring.report.found_in(clean, measuring.report.context_of(ground))
    wrong = [finding for finding in found if finding.check not in measuring.report.UNMEASURED]
    assert len(wrong) <= len(clean) * 0.002
