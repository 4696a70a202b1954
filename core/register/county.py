"""Which county a register is for, from what a person typed: a code, or a name as the gazetteer knows it."""

from __future__ import annotations

from dataclasses import dataclass

from ..places.divisions import CODE_LENGTHS, DivisionLevel, chain
from ..places.gazetteer import Gazetteer
from .errors import RegisterError

_LENGTH = CODE_LENGTHS[DivisionLevel.COUNTY]


@dataclass(frozen=True)
class County:
    """A county's code and the names that addresses in it begin with."""

    code: str
    name: str
    city: str = ""
    province: str = ""


def county_named(gazetteer: Gazetteer, typed: str, names: str = "") -> County:
    """The county that was meant.

    Args:
        gazetteer: of the country.
        typed: its six-digit code, or its name.
        names: the county's name where the gazetteer does not know the code; city and province may stand before it,
            parted by spaces (``示例省 示例市 示例县``).

    Raises:
        RegisterError: ``COUNTY_UNKNOWN``, or ``COUNTY_AMBIGUOUS`` with the candidates.
    """
    typed, parts = typed.strip(), names.split()
    if typed.isdigit() and len(typed) == _LENGTH:
        if parts:
            return County(typed, *reversed(parts[-3:]))
        if gazetteer.division(typed) is None:
            raise RegisterError("COUNTY_UNKNOWN", typed=typed)
        return _known(gazetteer, typed)
    found = gazetteer.counties(typed) if typed and not typed.isdigit() else []
    exact = [candidate for candidate in found if candidate.full_name.endswith(typed)] or found
    if not exact:
        raise RegisterError("COUNTY_UNKNOWN", typed=typed)
    if len(exact) > 1:
        listed = "、".join(f"{candidate.full_name} {candidate.code}" for candidate in exact)
        raise RegisterError("COUNTY_AMBIGUOUS", typed=typed, candidates=listed)
    return _known(gazetteer, exact[0].code)


def _known(gazetteer: Gazetteer, code: str) -> County:
    divisions = [gazetteer.division(part) for part in chain(code)]
    province, city, county = ("" if d is None or d.placeholder else d.name for d in divisions)
    return County(code, county, city, province)
