"""Records carried into their next cycle in bulk: as drafts to be asked again, or confirmed unchanged by a person.

What has to be asked again is never made up. A next cycle begins without scale and period. Whoever confirms a record
unchanged answers for its scale; its period stays only where it reaches into the new cycle, and a crop, which is planted
anew, cannot be unchanged at all.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Iterator, Mapping, Optional, Sequence

from ..quality.cadence import Due, Duty, duties, first_day, rules_of
from ..quality.kept import KEPT_ORDER, KEPT_SQL, Kept
from ..review.person import Person
from ..review.transitions import today_in_china
from ..standard.conditions import POINT
from ..standard.messages import message
from ..standard.model import Cadence, Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from ..standard.rules import failed
from ..standard.to_sql import DRAFT
from .copies import copy_for_next_cycle
from .errors import told_plainly
from .record_key import key_in_cycle
from .register import Register
from .rows import find_record
from .writing import ImportInfo

_CHUNK = 500
_SILENT = Silent()
_PERIOD = ("market_start", "market_end")
_ENDED, _SUBMITTED, _SITE_VISIT = "ended", "submitted", "site_visit"
_BATCHES = {"next": "下一茬（月）", "unchanged": "确认无变化"}


class Carry(str, Enum):
    """How: as a draft that is asked again, or as a person confirms it."""

    NEXT = "next"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class CarryGoing:
    """A record that can be carried, into which cycle, and which fields then still have to be asked."""

    uid: str
    name: str
    variety: str
    cycle: str
    asks: tuple[str, ...]


@dataclass(frozen=True)
class CarryStaying:
    """A record that cannot, and the code of the sentence that says why."""

    uid: str
    name: str
    variety: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "zh") -> str:
        """Why it stays, in ``zh`` or ``en``."""
        return message(self.code, language, self.params).sentence


@dataclass(frozen=True)
class CarryPlan:
    """What would become of records, before anything is written; ``on`` is the day on which somebody asked."""

    kind: Carry
    person: Person
    on: date
    goes: tuple[CarryGoing, ...]
    stays: tuple[CarryStaying, ...]


@dataclass(frozen=True)
class Carried:
    """What was written: new uids by old ones, how many are handed in and how many are drafts, and what stayed."""

    made: Mapping[str, str]
    submitted: int
    drafts: int
    stays: tuple[CarryStaying, ...]
    import_id: int = 0


def preview_carry(
    register: Register, kind: Carry, uids: Sequence[str], person: Person, on: Optional[date] = None
) -> CarryPlan:
    """Which of many records could be carried into the cycle that is to be collected now, and why the others could not.

    Args:
        register: open for reading at least.
        kind: the next cycle, or confirmed unchanged.
        uids: of the sites' latest records (:attr:`core.quality.cadence.Duty.last`).
        person: who does it.
        on: the day on which somebody asked; today when left out.

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    day, standard = on or today_in_china(), register.standard()
    goes: list[CarryGoing] = []
    stays: list[CarryStaying] = []
    with told_plainly(register.path):
        for record, duty in _with_duties(register, list(dict.fromkeys(uids)), standard, day):
            code, params = _refusal(record, duty, kind, person, standard)
            if code or duty is None:
                stays.append(CarryStaying(record.uid, record.producer, record.variety, code, params))
            else:
                asks = _asks(record, duty.cycle, kind, standard)
                goes.append(CarryGoing(record.uid, record.producer, record.variety, duty.cycle, asks))
    known = {one.uid for one in (*goes, *stays)}
    gone = [CarryStaying(uid, "", "", "RECORD_GONE") for uid in dict.fromkeys(uids) if uid not in known]
    return CarryPlan(kind, person, day, tuple(goes), (*stays, *gone))


def carry(register: Register, plan: CarryPlan, *, submit: bool = True, progress: Progress = _SILENT) -> Carried:
    """Write the new records, all or none, as one batch that says who did it; what changed meanwhile stays.

    Args:
        register: open for writing.
        plan: as :func:`preview_carry` gave it.
        submit: whether what is confirmed unchanged and lacks nothing is handed in; all else is a draft.
        progress: told how far it is, asked whether to stop.

    Raises:
        OriginMapError: what :meth:`.register.Register.importing` says, or ``CANCELLED``; the register is as it was.
    """
    if not plan.goes:
        return Carried({}, 0, 0, plan.stays)
    standard = register.standard()
    cycles = sorted({going.cycle for going in plan.goes})
    options = {"carry": plan.kind.value, "cycles": cycles, "from": [going.uid for going in plan.goes]}
    batch = ImportInfo(f"{_BATCHES[plan.kind.value]} {'、'.join(cycles)}", "", by=plan.person.name, options=options)
    made: dict[str, str] = {}
    submitted = 0
    with register.importing(batch) as session:
        again = preview_carry(register, plan.kind, [going.uid for going in plan.goes], plan.person, plan.on)
        for start in range(0, len(again.goes), _CHUNK):
            stop_if_cancelled(progress)
            progress.set_fraction(start / len(again.goes))
            rows = [_row(register, going, again, standard, submit) for going in again.goes[start : start + _CHUNK]]
            names = ("geom", "uid", "status", "origin", "record_key", *_copied(standard))
            session.insert(names, [tuple(row.get(name) for name in names) for row in rows])
            made.update((going.uid, str(row["uid"])) for going, row in zip(again.goes[start : start + _CHUNK], rows))
            submitted += sum(row["status"] == _SUBMITTED for row in rows)
        session.count({"new": len(made), "stayed": len(again.stays) + len(plan.stays)})
        return Carried(made, submitted, len(made) - submitted, (*plan.stays, *again.stays), session.import_id)


def _with_duties(
    register: Register, uids: Sequence[str], standard: Standard, on: date
) -> Iterator[tuple[Kept, Optional[Duty]]]:
    """The records in their order, each with what is to be collected at its site where it is the latest there."""
    chosen = "uid IN (SELECT value FROM json_each(?1))"
    query = (
        f"SELECT {KEPT_SQL}, {chosen} FROM record "
        f"WHERE producer_name IN (SELECT producer_name FROM record WHERE {chosen}) ORDER BY {KEPT_ORDER}"
    )
    rows = [Kept._make(row) for row in register.connection.execute(query, (json.dumps(list(uids)),))]
    owed = {duty.last.uid: duty for duty in duties(rows, rules_of(standard), on)}
    found = {row.uid: row for row in rows if row.chosen}
    return ((found[uid], owed.get(uid)) for uid in uids if uid in found)


def _refusal(
    record: Kept, duty: Optional[Duty], kind: Carry, person: Person, standard: Standard
) -> tuple[str, Mapping[str, object]]:
    """The code that says why a record stays; empty when it goes."""
    if not person.name.strip():
        return "REVIEW_NOBODY", {}
    if record.status == _ENDED:
        return "CARRY_ENDED", {}
    if duty is None:
        return ("CARRY_NOT_LATEST" if first_day(record.cycle) else "CARRY_NO_CYCLE"), {"cycle": record.cycle}
    if duty.begun:
        return "CARRY_BEGUN", {"cycle": duty.cycle}
    early = (Due.CURRENT, Due.SOON) if kind is Carry.UNCHANGED else (Due.CURRENT,)
    if duty.state in early:
        return "CARRY_EARLY", {"cycle": duty.cycle, "day": duty.opens.isoformat()}
    if kind is Carry.UNCHANGED and rules_of(standard)[record.variety].every is Cadence.CROP:
        return "CARRY_CROP", {}
    return ("CARRY_NOTHING", {}) if not record.asked else ("", {})


def _asks(record: Kept, cycle: str, kind: Carry, standard: Standard) -> tuple[str, ...]:
    if kind is Carry.UNCHANGED:
        return () if _reaches(record.market_end, cycle) else _PERIOD
    crop = standard.variety(record.variety).industry == "crop"
    return ("scale", *(("transplanted_on",) if crop else ()), *_PERIOD)


def _reaches(market_end: object, cycle: str) -> bool:
    """Whether a period on the market still runs when the cycle begins."""
    begins = first_day(cycle)
    return bool(market_end) and begins is not None and str(market_end) >= begins.isoformat()


def _copied(standard: Standard) -> tuple[str, ...]:
    return tuple(f.name for f in standard.fields if f.group != "system")


def _row(register: Register, going: CarryGoing, plan: CarryPlan, standard: Standard, submit: bool) -> dict[str, object]:
    """The new record's columns."""
    record = find_record(register.connection, going.uid)
    assert record is not None, "looked at in the same transaction"
    values = dict(copy_for_next_cycle(record, standard, going.cycle).values)
    if plan.kind is Carry.UNCHANGED:
        values.update(_confirmed(record.values, going, plan))
    unseen = record.values.get("origin") == "workbook" and _SITE_VISIT not in str(record.values.get("verified_how"))
    query = "SELECT geom FROM record WHERE uid = ?"
    (geom,) = register.connection.execute(query, (going.uid,)).fetchone()
    origin, key = "workbook" if unseen else "map", key_in_cycle(record.values, going.cycle)
    stamps = {"geom": geom, "uid": str(uuid.uuid4()), "origin": origin, "record_key": key}
    whole: dict[str, object] = {**values, **stamps, "status": _SUBMITTED, POINT: record.point is not None}
    hand_in = submit and plan.kind is Carry.UNCHANGED and not failed(standard, whole)
    return {**whole, "status": _SUBMITTED if hand_in else DRAFT}


def _confirmed(values: Mapping[str, object], going: CarryGoing, plan: CarryPlan) -> dict[str, object]:
    """What the person answers for: the scale, a period that still runs, on that day, in their own name."""
    kept = ("scale",) if going.asks else ("scale", *_PERIOD)
    person = {"collector_name": plan.person.name}
    if plan.person.phone:
        person["collector_phone"] = plan.person.phone
    return {**{name: values.get(name) for name in kept}, **person, "collected_on": plan.on.isoformat()}
