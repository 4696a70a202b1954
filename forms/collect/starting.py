"""What the form of a new record starts with: the place, the product, the people, and what is pinned."""

from __future__ import annotations

from datetime import date
from typing import Mapping, Optional

import numpy as np

from ...core.register.completeness import division_values, prefill
from ...core.register.editing import PointHow
from ...core.register.rows import Position, reading
from ...core.standard.model import Cadence, Standard
from ...core.standard.values.cycles import cycle_of
from ..profile import Profile
from ..session import Session

_LOOKED_BACK = 50
_COUNTY = ("province", "city", "county")


def first_values(
    session: Session, profile: Profile, variety: str, point: Position, last: Optional[Mapping[str, object]]
) -> dict[str, object]:
    """What is known of a record at a point (CGCS2000 degrees) before anything is typed."""
    settings = session.register.settings()
    county = {name: settings.get(f"{name}_name") for name in _COUNTY}
    division = division_at(session, point)
    known = prefill(
        session.standard,
        variety,
        division,
        last,
        {**county, **profile.record_values()},
        date.today(),
        session.gazetteer if division else None,
    )
    known.setdefault("division_code", settings.get("county_code"))
    defaults = {field.name: field.default for field in session.standard.fields if field.default}
    return {**defaults, **known}


def division_at(session: Session, point: Position) -> Optional[str]:
    """The code of the smallest division around a point; ``None`` when the register has no outline there."""
    (code,) = session.areas.division_of(np.array([point[0]]), np.array([point[1]]))
    return code


def values_of_division(session: Session, point: Position) -> dict[str, object]:
    """Code and names of the division around a point, for the form; empty when it is not known."""
    code = division_at(session, point)
    return division_values(code, session.gazetteer) if code else {}


def last_record(session: Session) -> Optional[dict[str, object]]:
    """The record that was placed last on the map, among the latest of the register."""
    connection = reading(session.path)
    try:
        cursor = connection.execute(
            f"SELECT * FROM (SELECT * FROM record ORDER BY fid DESC LIMIT {_LOOKED_BACK}) WHERE origin = 'map' LIMIT 1"
        )
        row = cursor.fetchone()
        return None if row is None else dict(zip((column[0] for column in cursor.description), row))
    finally:
        connection.close()


def point_values(how: PointHow, by: str) -> dict[str, object]:
    """The record's columns about its point, those of an earlier one emptied."""
    return {"place_text": None, "place_datum": None, "evidence": None, **how.values(by)}


def present_cycle(standard: Standard, variety: str, today: date) -> str:
    """The cycle of a product that a day falls into."""
    return cycle_of(standard.field("cycle"), standard.variety(variety), collected_on=today.isoformat()).cycle or ""


def next_cycle_of(standard: Standard, values: Mapping[str, object], today: date) -> str:
    """The cycle that follows a record's: the present one, or the month after; empty where nobody can know."""
    product = standard.variety(str(values["variety"]))
    there = str(values.get("cycle") or "")
    now = present_cycle(standard, product.code, today)
    if product.cadence is not Cadence.MONTH:
        return now if now != there else ""
    return now if now > there else _month_after(there)


def _month_after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12}-{number % 12 + 1:02d}"
