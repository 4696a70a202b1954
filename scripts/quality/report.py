"""Plants the faults, runs all checks, and counts what was found, what was missed and what was found for nothing."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Iterable

import numpy as np
import shapely

from originmap.core.quality.columns import columns_of
from originmap.core.quality.context import Context, Place
from originmap.core.quality.findings import QualityFinding
from originmap.core.quality.ruling import rules_broken
from originmap.core.quality.running import run_checks
from originmap.core.quality.work import Work
from originmap.core.standard.model import load_standard

from .catalogue import COUNTIES, FAULTS, NEEDS_CENTRES, NEEDS_NORTH, NEEDS_OUTLINE, UNMEASURED
from .county import TODAY, Record, clean_records
from .faults import Fault, Field, Groups
from .ground import COUNTY, Ground, Plan, make_ground

ROUNDS = 5


@dataclass
class Tally:
    """Counts over all counties.

    Attributes:
        planted, meant, told: groups by (county, fault): planted, found by the check that is meant, found by any.
        right, wrong: findings by (county, check): on a record with such a fault, on any other.
        clean: findings by (county, check) in the county as it was before the faults.
        records: clean records by county.
        examples: some of the findings that were for nothing, by check.
    """

    planted: Counter = field(default_factory=Counter)
    meant: Counter = field(default_factory=Counter)
    told: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    clean: Counter = field(default_factory=Counter)
    records: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def measure(plans: Iterable[Plan] = COUNTIES, seed: int = 0) -> Tally:
    """Every fault into every county, some faults at a time."""
    tally = Tally()
    for plan in plans:
        began = time.perf_counter()
        ground = make_ground(plan)
        clean = clean_records(ground)
        context = context_of(ground)
        tally.records[plan.name] = len(clean)
        _count(tally, plan, found_in(clean, context), {}, clean)
        for number in range(ROUNDS):
            _round(tally, plan, ground, clean, context, number, seed)
        print(f"  {plan.name}: {len(clean):,} records, {time.perf_counter() - began:.1f} s", flush=True)
    return tally


def context_of(ground: Ground) -> Context:
    """What the register of this county knows of its divisions: all names, most often the centres, some outlines."""
    known = ground.plan.outlines
    middle = ground.outline.centroid
    places = [Place(COUNTY, "示例县", middle.x, middle.y, wkb=shapely.to_wkb(ground.outline) if 6 in known else None)]
    for area in (*ground.townships, *ground.villages):
        outline = shapely.to_wkb(area.outline) if len(area.code) in known else None
        centre = area.centre if ground.plan.centres else (None, None)
        places.append(Place(area.code, area.name, *centre, outline))
    return Context.of(load_standard(), places, COUNTY, TODAY)


def found_in(records: list[Record], context: Context) -> list[QualityFinding]:
    """What all checks find in these records."""
    found = list(run_checks(Work(columns_of(records), context)))
    for record in records:
        if record["status"] != "ended":
            found += rules_broken(context.standard, {**record, "has_point": True})
    return found


def can_be_told(fault: Fault, plan: Plan) -> bool:
    """Whether a county like this one has what tells the fault at all."""
    needed = NEEDS_OUTLINE.get(fault.name, 0)
    if fault.name.startswith(NEEDS_CENTRES) and not plan.centres:
        return False
    return (not needed or needed in plan.outlines) and plan.latitude >= NEEDS_NORTH.get(fault.name, 0)


def _round(
    tally: Tally, plan: Plan, ground: Ground, clean: list[Record], context: Context, number: int, seed: int
) -> None:
    rng = np.random.default_rng((plan.seed, number, seed))
    records = deepcopy(clean)
    spoiling = Field(ground, records, rng, max(4, len(clean) // 120))
    planted: dict[str, tuple[Fault, Groups]] = {}
    for fault in FAULTS[number::ROUNDS]:
        if can_be_told(fault, plan):
            planted[fault.name] = fault, fault.plant(spoiling)
    found = found_in(records, context)
    by_uid: dict[str, set[str]] = defaultdict(set)
    for finding in found:
        by_uid[finding.uid].add(finding.check)
    for fault, groups in planted.values():
        for group in groups:
            checks = set().union(*(by_uid[uid] for uid in group))
            tally.planted[plan.name, fault.name] += 1
            tally.meant[plan.name, fault.name] += fault.checks[0] in checks
            tally.told[plan.name, fault.name] += bool(checks.intersection(fault.checks))
            if not checks.intersection(fault.checks) and len(tally.missed[fault.name]) < 6:
                tally.missed[fault.name].append(_line(plan, records, group))
    _count(tally, plan, found, _allowed(planted.values(), records), records)


def _allowed(planted: Iterable[tuple[Fault, Groups]], records: list[Record]) -> dict[str, set[str]]:
    """Which checks rightly speak of which records: also of the other sites of a producer whose name was respelled."""
    allowed: dict[str, set[str]] = defaultdict(set)
    shared: dict[tuple[str, object], set[str]] = defaultdict(set)
    by_uid = {record["uid"]: record for record in records}
    for fault, groups in planted:
        checks = {*fault.checks, *fault.also}
        for uid in (uid for group in groups for uid in group):
            allowed[uid].update(checks)
            shared["producer_name", by_uid[uid]["producer_name"]].update(checks.intersection(("spelling",)))
            shared["contact_phone", by_uid[uid]["contact_phone"]].update(checks.intersection(("phone",)))
    for record in records:
        for name in ("producer_name", "contact_phone"):
            allowed[str(record["uid"])].update(shared.get((name, record[name]), ()))
    return allowed


def _count(
    tally: Tally, plan: Plan, found: list[QualityFinding], allowed: dict[str, set[str]], records: list[Record]
) -> None:
    for finding in found:
        if finding.check in UNMEASURED:
            continue
        if not allowed:
            tally.clean[plan.name, finding.check] += 1
        right = any(finding.check in allowed.get(uid, ()) for uid in (finding.uid, *finding.others))
        if allowed:
            (tally.right if right else tally.wrong)[plan.name, finding.check] += 1
        if not right and len(tally.examples[finding.check]) < 12:
            line = _line(plan, records, frozenset({finding.uid, *finding.others[:1]}))
            tally.examples[finding.check].append(f"{finding.code} {dict(finding.params)} {line}")


def _line(plan: Plan, records: list[Record], uids: frozenset[str]) -> str:
    names = ("producer_name", "variety", "village", "contact_phone", "credit_code", "scale", "point", "transplanted_on",
             "market_start", "market_end", "cycle")  # fmt: skip
    rows = [" ".join(str(record[name]) for name in names) for record in records if record["uid"] in uids]
    return f"[{plan.name}] " + " | ".join(rows)
