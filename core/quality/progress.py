"""How far the collection of the present cycles is, per township and collector: numbers that add up and lead back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Iterable, Mapping, NamedTuple, Optional, Sequence

from .cadence import Duty

_BEYOND_DRAFT = ("submitted", "approved")
APPROVED = "approved"


class Stage(str, Enum):
    """What is counted. Collected and missing add up to expected, in time and late to collected; the stages between are
    each a part of what is collected."""

    EXPECTED = "expected"
    COLLECTED = "collected"
    MISSING = "missing"
    COMPLETE = "complete"
    LOCATED = "located"
    VERIFIED = "verified"
    APPROVED = "approved"
    IN_TIME = "in_time"
    LATE = "late"
    WITH_FINDINGS = "with_findings"


class Unit(NamedTuple):
    """A site with one product in the cycle that counts, the stages it has reached, and its open findings."""

    duty: Duty
    stages: frozenset[Stage]
    findings: int

    @property
    def uid(self) -> str:
        """The record behind it: the one of this cycle, where that is missing the site's latest."""
        return self.duty.last.uid


@dataclass(frozen=True)
class Figures:
    """Numbers of one township or collector, or of all: sites by stage, and ``findings`` open at their records."""

    expected: int
    collected: int
    missing: int
    complete: int
    located: int
    verified: int
    approved: int
    in_time: int
    late: int
    with_findings: int
    findings: int

    def of(self, stage: Stage) -> int:
        """The number of a stage."""
        return int(getattr(self, stage.value))

    @property
    def rate(self) -> Optional[float]:
        """The share of the expected that is collected; ``None`` where nothing is expected."""
        return self.collected / self.expected if self.expected else None


@dataclass(frozen=True)
class Group:
    """A township (``name``; ``code`` where its records state it) or a collector (``name``, ``phone``)."""

    name: str
    phone: str
    code: str
    figures: Figures
    units: tuple[Unit, ...]


def units_of(duties: Iterable[Duty], complete: Callable[[Duty], bool], findings: Mapping[str, int]) -> tuple[Unit, ...]:
    """Each site with the stages it has reached.

    Args:
        duties: of :func:`.cadence.duties`.
        complete: whether a record that is still a draft lacks nothing; asked of those that are collected only.
        findings: open ones by uid.
    """
    return tuple(_unit(duty, complete, findings.get(duty.last.uid, 0)) for duty in duties)


def figures_of(units: Sequence[Unit]) -> Figures:
    """The units counted."""
    counts = Counter(stage for unit in units for stage in unit.stages)
    return Figures(*(counts[stage] for stage in Stage), sum(unit.findings for unit in units))


def by_township(units: Iterable[Unit]) -> list[Group]:
    """Per township, the furthest behind first."""
    return _grouped(units, lambda unit: (unit.duty.last.township, ""))


def by_collector(units: Iterable[Unit]) -> list[Group]:
    """Per collector; who collected the present cycle, where that is missing the one before."""
    return _grouped(units, lambda unit: (unit.duty.last.collector, unit.duty.last.phone))


def _grouped(units: Iterable[Unit], key: Callable[[Unit], tuple[str, str]]) -> list[Group]:
    groups: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        groups.setdefault(key(unit), []).append(unit)
    found = [Group(*names, _township_code(group), figures_of(group), tuple(group)) for names, group in groups.items()]
    return sorted(found, key=lambda group: (group.figures.rate or 0.0, -group.figures.missing, group.name, group.phone))


def _township_code(units: Sequence[Unit]) -> str:
    codes = Counter(unit.duty.last.division[:9] for unit in units if len(unit.duty.last.division) >= 9)
    return codes.most_common(1)[0][0] if codes else ""


def _unit(duty: Duty, complete: Callable[[Duty], bool], findings: int) -> Unit:
    if not duty.collected:
        return Unit(duty, frozenset((Stage.EXPECTED, Stage.MISSING)), 0)
    last = duty.last
    reached = {
        Stage.COMPLETE: last.status in _BEYOND_DRAFT or complete(duty),
        Stage.LOCATED: last.located,
        Stage.VERIFIED: bool(last.verified),
        Stage.APPROVED: last.status == APPROVED,
        Stage.IN_TIME: duty.in_time,
        Stage.LATE: not duty.in_time,
        Stage.WITH_FINDINGS: findings > 0,
    }
    stages = {stage for stage, there in reached.items() if there}
    return Unit(duty, frozenset((Stage.EXPECTED, Stage.COLLECTED, *stages)), findings)
