"""Keeps the form's division in step with its point and with the names that a person types."""

from __future__ import annotations

from typing import Mapping

from ...core.places.divisions import CODE_LENGTHS, DivisionLevel
from ...core.register.rows import Position
from ..session import Session
from .record_form import RecordForm
from .starting import values_of_division

_NAMES = ("province", "city", "county", "township", "village")
_BELOW_COUNTY = ("township", "village")
_COUNTY_LENGTH = CODE_LENGTHS[DivisionLevel.COUNTY]


class DivisionFollower:
    """Fills in only what nobody typed: it replaces a code that came from here, and leaves any other alone."""

    def __init__(self, session: Session, form: RecordForm) -> None:
        self._session = session
        self._form = form
        self._own = ""
        self._names: tuple[object, ...] = ()

    def forget(self) -> None:
        """Another record stands in the form."""
        self._own, self._names = "", ()

    def begin(self, values: Mapping[str, object]) -> None:
        """A new record whose division was filled in and not typed."""
        self._own = str(values.get("division_code") or "")
        self._names = self._typed(values)

    def moved(self, point: Position) -> None:
        """The point is another one: its division takes the place of the one that came from the point before."""
        found = values_of_division(self._session, point)
        if found and self._may_replace(self._form.values()):
            self._fill({**dict.fromkeys(_BELOW_COUNTY), **found})

    def typed(self, values: Mapping[str, object]) -> None:
        """The person paused: where township or village are other ones, look for the code they have."""
        names = self._typed(values)
        if names == self._names or not any(names):
            return
        self._names = names
        if not self._may_replace(values):
            return
        address = "".join(str(values[name]) for name in _NAMES if values.get(name))
        match = self._session.gazetteer.match(address, self._session.register.county_code or None)
        if len(match.code) > _COUNTY_LENGTH and not match.ambiguous:
            self._own = match.code
            self._form.set_value("division_code", match.code)

    def _fill(self, found: Mapping[str, object]) -> None:
        self._own = str(found["division_code"])
        for name, value in found.items():
            self._form.set_value(name, value)
        self._names = self._typed(self._form.values())

    def _may_replace(self, values: Mapping[str, object]) -> bool:
        return str(values.get("division_code") or "") in ("", self._own)

    @staticmethod
    def _typed(values: Mapping[str, object]) -> tuple[object, ...]:
        return tuple(values.get(name) for name in _BELOW_COUNTY)
