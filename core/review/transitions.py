"""What a person may do with a record: one function; the register's triggers are made from the same data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Iterator, Mapping, Optional

from ..standard.messages import message
from .person import Person
from .process import PREVIOUS, SAME, Event, Process, Transition, load_process

APPROVED = "approved"
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Terms:
    """What a return comes with: its reason, and the day (``YYYY-MM-DD``) until which it is to be mended."""

    reason: str = ""
    deadline: str = ""


NO_TERMS = Terms()


@dataclass(frozen=True)
class LastStep:
    """The step that led a record to its present state.

    ``unchanged`` says whether the fields that matter for the review still are what they were before that step.
    """

    id: int
    event: Event
    from_status: str
    by_name: str = ""
    unchanged: bool = True


@dataclass(frozen=True)
class RecordState:
    """As much of a record as the verdict needs; ``version`` counts up with every entry in its history."""

    uid: str
    status: str
    collector_name: str = ""
    collector_phone: str = ""
    division_code: str = ""
    last: Optional[LastStep] = None
    version: int = 0


@dataclass(frozen=True)
class Verdict:
    """Whether a step may be taken: the state it leads to, or the code of the sentence that says why not."""

    allowed: bool
    to_status: str = ""
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed

    def sentence(self, language: str = "zh") -> str:
        """Why not, and what to do; empty when it may be taken."""
        return message(self.code, language, self.params).sentence if self.code else ""


def verdict(
    state: RecordState,
    event: Event,
    person: Person,
    terms: Terms = NO_TERMS,
    *,
    seen: Optional[int] = None,
    today: Optional[date] = None,
) -> Verdict:
    """Whether a person may take a step with a record.

    Args:
        terms: reason and deadline, for the steps that need them.
        seen: the version of the record that the person looked at; ``None`` when it does not matter.
        today: by China's clock; deadlines lie on it or behind it.
    """
    step = load_process().transitions[event]
    checks = (
        _nobody(person),
        *_where_from(state, step),
        *_who(state, step, person),
        _area(state, person),
        *_terms(step, terms, today or today_in_china()),
        "REVIEW_CHANGED" if seen is not None and seen != state.version else "",
    )
    code = next((code for code in checks if code), "")
    return Verdict(False, code=code) if code else Verdict(True, _target(state, step))


def possible(state: RecordState, person: Person) -> tuple[Event, ...]:
    """The steps that a person may take with a record, once reason and deadline are given."""
    given = Terms("-", date.max.isoformat())
    return tuple(event for event in Event if verdict(state, event, person, given))


def today_in_china() -> date:
    """The day that a deadline is measured by, wherever the computer stands."""
    return datetime.now(timezone(timedelta(hours=8))).date()


def _nobody(person: Person) -> str:
    return "" if person.name.strip(" ") else "REVIEW_NOBODY"


def _where_from(state: RecordState, step: Transition) -> Iterator[str]:
    if state.status not in step.sources:
        yield "REVIEW_STATE"
    if step.target == PREVIOUS:
        yield "" if _may_go_back(state) else "REVIEW_LAST"


def _may_go_back(state: RecordState) -> bool:
    """A last step leads back to a real state; to approved only what still is what was approved."""
    last = state.last
    return last is not None and bool(last.from_status) and (last.from_status != APPROVED or last.unchanged)


def _who(state: RecordState, step: Transition, person: Person) -> Iterator[str]:
    process = load_process()
    own = person.collected(state.collector_name, state.collector_phone)
    for needed in (step, *_step_taken_back(state, step, process)):
        if person.role not in needed.roles:
            yield "REVIEW_ROLE"
        if needed.never_own and own:
            yield "REVIEW_OWN"
    if process.roles[person.role].own_only and not own:
        yield "REVIEW_NOT_OWN"
    if step.target == PREVIOUS and state.last is not None and state.last.by_name != person.name:
        yield "REVIEW_LAST"


def _step_taken_back(state: RecordState, step: Transition, process: Process) -> Iterator[Transition]:
    """Whoever takes a step back must be allowed to take it."""
    if step.target == PREVIOUS and state.last is not None:
        yield process.transitions[state.last.event]


def _area(state: RecordState, person: Person) -> str:
    outside = state.division_code and not state.division_code.startswith(person.area_code)
    return "REVIEW_AREA" if outside else ""


def _terms(step: Transition, terms: Terms, today: date) -> Iterator[str]:
    if "reason" in step.needs and not terms.reason.strip(" "):
        yield "REVIEW_REASON"
    if "deadline" in step.needs and not _lies_ahead(terms.deadline, today):
        yield "REVIEW_DEADLINE"


def _lies_ahead(deadline: str, today: date) -> bool:
    try:
        return bool(_DAY.fullmatch(deadline)) and date.fromisoformat(deadline) >= today
    except ValueError:
        return False


def _target(state: RecordState, step: Transition) -> str:
    if step.target == SAME:
        return state.status
    if step.target == PREVIOUS:
        return state.last.from_status if state.last is not None else state.status
    return step.target
