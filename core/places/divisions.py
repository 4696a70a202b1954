"""Administrative divisions as values: a code, a name, a level, and what a code says about what contains what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ..standard.errors import OriginMapError


class DivisionLevel(str, Enum):
    """The five levels, from province to village; compares equal to its plain word."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


CODE_LENGTHS = {
    DivisionLevel.PROVINCE: 2,
    DivisionLevel.CITY: 4,
    DivisionLevel.COUNTY: 6,
    DivisionLevel.TOWNSHIP: 9,
    DivisionLevel.VILLAGE: 12,
}
_LEVELS = {length: level for level, length in CODE_LENGTHS.items()}

# Rows of the national list that only hold others together: nobody lives in a place of that name.
PLACEHOLDER_CITIES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
PLACEHOLDER_TOWNSHIP_ENDING = "直辖村级区划"


def level_of(code: str) -> DivisionLevel:
    """The level of a division code of 2, 4, 6, 9 or 12 digits.

    Raises:
        OriginMapError: ``DIVISION_CODE`` when the code has another form.
    """
    level = _LEVELS.get(len(code))
    if level is None or not (code.isascii() and code.isdigit()):
        raise OriginMapError("DIVISION_CODE", value=code)
    return level


def chain(code: str) -> tuple[str, ...]:
    """The codes of the divisions that contain this one, from the province down to the code itself."""
    return tuple(code[:length] for length in _LEVELS if length <= len(code))


def contains(outer: str, inner: str) -> bool:
    """Whether the division ``inner`` is ``outer`` or lies inside it; the empty code is the whole country."""
    return inner.startswith(outer)


@dataclass(frozen=True)
class Division:
    """One administrative division.

    Attributes:
        code: 2, 4, 6, 9 or 12 digits; its prefixes are the codes of what contains it.
        name: official name, such as ``琼海市`` or ``青葛村委会``.
        level: follows from the code's length.
        longitude: degrees in CGCS2000 (EPSG:4490) of the centre; None when not known.
        latitude: degrees in CGCS2000; None when not known.
        aliases: further names under which people write it.
        radius: metres around the centre within which a site of this division is expected; None for the level's own.
    """

    code: str
    name: str
    level: DivisionLevel
    longitude: float | None = None
    latitude: float | None = None
    aliases: tuple[str, ...] = ()
    radius: float | None = None

    def __post_init__(self) -> None:
        if level_of(self.code) != self.level:
            raise OriginMapError("DIVISION_CODE", f"level {self.level}", value=self.code)

    @property
    def placeholder(self) -> bool:
        """Whether the name stands in the national list only and is never part of an address."""
        if self.level is DivisionLevel.CITY:
            return self.name in PLACEHOLDER_CITIES
        return self.level is DivisionLevel.TOWNSHIP and self.name.endswith(PLACEHOLDER_TOWNSHIP_ENDING)


class Candidate(NamedTuple):
    """A division to choose from: its code and its name written out from the province on."""

    code: str
    full_name: str
