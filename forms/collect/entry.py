"""The record that stands in the form, and what saving it asks of the register."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Mapping, Optional

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.rows import Position, same_place, same_value
from ...core.standard.to_sql import DRAFT

# A change of one of these, or of the point, can put a record outside its division or beside a known site.
_WHERE_AND_WHOSE = ("division_code", "producer_name", "variety", "cycle")
_SUBMITTED = "submitted"


@dataclass(frozen=True)
class Entry:
    """A record as it was when it came into the form.

    Attributes:
        uid: given at once, so that what is typed can be kept under it.
        new: the register does not hold it yet.
        before: its values by field name, as the form gave them then.
        point: longitude and latitude (CGCS2000 degrees) then.
        version: the record's then; ``None`` of a new one.
    """

    uid: str
    new: bool = False
    before: Mapping[str, object] = field(default_factory=dict)
    point: Optional[Position] = None
    version: Optional[int] = None

    @property
    def status(self) -> str:
        """As in the code list; that of a draft while it is new."""
        return str(self.before.get("status") or DRAFT)

    def changes(self, values: Mapping[str, object]) -> dict[str, object]:
        """What differs from before; of a new record everything that is filled in."""
        if self.new:
            return {name: value for name, value in values.items() if value is not None}
        return {n: v for n, v in values.items() if n != "uid" and not same_value(self.before.get(n), v)}

    def differs(self, values: Mapping[str, object], point: Optional[Position]) -> bool:
        """Whether there is anything to save."""
        return self.new or bool(self.changes(values)) or not same_place(self.point, point)


@dataclass(frozen=True)
class Wish:
    """What is to be saved: the changed values, the point where it is new, and whether the record is handed in."""

    entry: Entry
    values: Mapping[str, object]
    point: Optional[Position]
    submit: bool

    @property
    def moved(self) -> bool:
        """Whether the point is another one than the register has."""
        return not same_place(self.entry.point, self.point)

    @property
    def columns(self) -> dict[str, object]:
        """The columns to write."""
        changes = self.entry.changes(self.values)
        if self.submit:
            changes["status"] = _SUBMITTED
        return changes

    @property
    def to_be_asked(self) -> bool:
        """Whether it may now lie elsewhere than stated, or beside a known site."""
        touched = any(name in self.entry.changes(self.values) for name in _WHERE_AND_WHOSE)
        return self.point is not None and (self.entry.new or self.moved or touched)

    def title(self) -> str:
        """The action's name in the list of what can be undone."""
        translate = QCoreApplication.translate
        name = str(self.values.get("producer_name") or translate("originmap", "record without a producer"))
        if self.submit:
            return translate("originmap", "Submit {name}").format(name=name)
        if self.entry.new:
            return translate("originmap", "New draft {name}").format(name=name)
        return translate("originmap", "Change {name}").format(name=name)


def new_uid() -> str:
    """A record's identity for life."""
    return str(uuid.uuid4())
