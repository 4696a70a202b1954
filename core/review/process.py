"""The way of a record as data: its steps, who may take them, and which changes make an approved record wait again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Mapping

from ..standard.paths import STANDARD_FOLDER

SAME, PREVIOUS = "same", "previous"


class Event(str, Enum):
    """A step of a record, as ``review_event`` names it."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    REOPEN = "reopen"
    END = "end"
    RESTORE = "restore"
    UNDO = "undo"


class Role(str, Enum):
    """As what a person acts."""

    COLLECTOR = "collector"
    REVIEWER = "reviewer"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Transition:
    """One kind of step.

    Attributes:
        sources: states it starts from.
        target: the state it leads to; ``same`` when it changes none, ``previous`` for the one before the last step.
        roles: who may take it.
        by_update: whether a plain change of the column ``status`` may be this step.
        never_own: whether it is closed to the person who collected the record.
        needs: terms it must come with: ``reason``, ``deadline``.
    """

    event: Event
    title: str
    title_en: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[Role, ...]
    by_update: bool = False
    never_own: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleEntry:
    """A role; ``own_only`` when it may only touch what the person collected."""

    role: Role
    title: str
    title_en: str
    own_only: bool = False


@dataclass(frozen=True)
class Process:
    """All steps, roles and the fields (``geom`` is the point) whose change sends an approved record back to review."""

    transitions: Mapping[Event, Transition]
    roles: Mapping[Role, RoleEntry]
    reopening_fields: tuple[str, ...]

    def event_title(self, event: str, language: str = "zh") -> str:
        """What people call a step."""
        entry = self.transitions[Event(event)]
        return entry.title if language == "zh" else entry.title_en

    def role_title(self, role: str, language: str = "zh") -> str:
        """What people call a role."""
        entry = self.roles[Role(role)]
        return entry.title if language == "zh" else entry.title_en

    def by_update(self) -> dict[tuple[str, str], Event]:
        """The step that a plain change of the status is, by the state before and after."""
        return {
            (source, step.target): step.event
            for step in self.transitions.values()
            if step.by_update and step.target not in (SAME, PREVIOUS)
            for source in step.sources
        }


@lru_cache(maxsize=1)
def load_process() -> Process:
    """The process as it stands in ``resources/standard/review.json``."""
    tree = json.loads((STANDARD_FOLDER / "review.json").read_text(encoding="utf-8"))
    steps = (_transition(entry) for entry in tree["events"])
    roles = (
        RoleEntry(Role(entry["code"]), entry["title"], entry["title_en"], entry.get("own_only", False))
        for entry in tree["roles"]
    )
    return Process(
        {step.event: step for step in steps}, {entry.role: entry for entry in roles}, tuple(tree["reopening_fields"])
    )


def _transition(entry: Mapping) -> Transition:
    return Transition(
        event=Event(entry["code"]),
        title=entry["title"],
        title_en=entry["title_en"],
        sources=tuple(entry["from"]),
        target=entry["to"],
        roles=tuple(Role(role) for role in entry["roles"]),
        by_update=entry.get("by_update", False),
        never_own=entry.get("never_own", False),
        needs=tuple(entry.get("needs", ())),
    )
