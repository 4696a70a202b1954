"""From an address as written to the division it names: the surest reading wins, nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .address import normalise
from .divisions import Candidate, Division, DivisionLevel, chain
from .reading import HEAD, PROVINCE_NAMED, Reader

if TYPE_CHECKING:
    from .gazetteer import Gazetteer

# Where a division's own entry names no radius: metres within which its sites are expected.
LEVEL_RADIUS = {
    DivisionLevel.PROVINCE: 300_000.0,
    DivisionLevel.CITY: 100_000.0,
    DivisionLevel.COUNTY: 30_000.0,
    DivisionLevel.TOWNSHIP: 8_000.0,
    DivisionLevel.VILLAGE: 1_500.0,
}
_HEADS_REMEMBERED = 65_536
_PLACES_REMEMBERED = 65_536


@dataclass(frozen=True)
class Match:
    """What an address was understood as.

    Attributes:
        province: official name, empty when not known; the same for the four below. A city's name may be one of the
            placeholders of the national list (``省直辖县级行政区划``).
        code: of the smallest division that is certain; empty when none is.
        level: of ``code``; None when it is empty.
        rest: what follows the division in the address, brought to one form.
        longitude: degrees in CGCS2000 of the smallest division that has a centre; None when none has.
        latitude: degrees in CGCS2000.
        radius: metres around the centre within which the address lies; 0 without a centre.
        ambiguous: whether the address names something that more than one division can be, or contradicts itself;
            ``code`` is then what is certain nevertheless.
        candidates: what to choose from; also filled when only the village is open and ``ambiguous`` is false.
        conflict: whether the ambiguity is a contradiction, such as a county that is not in the province written.
    """

    province: str
    city: str
    county: str
    township: str
    village: str
    code: str
    level: DivisionLevel | None
    rest: str
    longitude: float | None
    latitude: float | None
    radius: float
    ambiguous: bool = False
    candidates: tuple[Candidate, ...] = ()
    conflict: bool = False


class _Place(NamedTuple):
    """All of a match that follows from the code, in the order of the match's fields."""

    province: str
    city: str
    county: str
    township: str
    village: str
    code: str
    level: DivisionLevel | None
    longitude: float | None
    latitude: float | None
    radius: float


class Matcher:
    """Matches addresses against one gazetteer, remembering what many addresses of a file share."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._reader = Reader(gazetteer)
        self._township_of = lru_cache(maxsize=_HEADS_REMEMBERED)(self._township_of_head)
        self._place = lru_cache(maxsize=_PLACES_REMEMBERED)(self._place_of)

    def match(self, address: str, county: str) -> Match:
        """See ``Gazetteer.match``."""
        text, aside = normalise(address)
        head = HEAD.match(text)
        if head:
            # Files repeat province to township over and over: that part is understood once.
            township = self._township_of(head.group(0), county)
            if township:
                inside = self._reader.in_township(township, text, head.end())
                return self._made(inside.code, text[inside.end :] + aside, candidates=inside.candidates)
        return self._whole(text, aside, county)

    def _whole(self, text: str, aside: str, county: str) -> Match:
        reading = self._reader.read(text, county)
        if not reading.code and not reading.candidates:
            province = PROVINCE_NAMED.search(text, 1)
            if province:
                aside, text = text[: province.start()] + aside, text[province.start() :]
                reading = self._reader.read(text, county)
        rest = text[reading.rest_from :] + reading.skipped + aside
        return self._made(reading.code, rest, reading.undecided, reading.candidates, reading.conflict)

    def _township_of_head(self, head: str, county: str) -> str:
        """The one township that the whole text names, when nothing that follows can change that; else empty."""
        reading = self._reader.read(head, county)
        sure = not (reading.undecided or reading.candidates or reading.skipped) and reading.rest_from == len(head)
        if not sure or len(reading.code) != 9:
            return ""
        names = self._gazetteer.county_names(reading.code[:6])
        return "" if names.may_go_on(reading.code, head) else reading.code

    def _made(
        self,
        code: str,
        rest: str,
        ambiguous: bool = False,
        candidates: tuple[str, ...] = (),
        conflict: bool = False,
    ) -> Match:
        place = self._place(code)
        choice = tuple(Candidate(c, self._gazetteer.full_name(c)) for c in candidates) if candidates else ()
        return Match(*place[:7], rest, *place[7:], ambiguous, choice, conflict)

    def _place_of(self, code: str) -> _Place:
        names = dict.fromkeys(DivisionLevel, "")
        located: Division | None = None
        level = None
        for part in chain(code):
            division = self._gazetteer.division(part)
            if division:
                names[division.level] = division.name
                level = division.level
                located = division if division.longitude is not None else located
        if located is None:
            return _Place(*names.values(), code, level, None, None, 0.0)
        radius = LEVEL_RADIUS[located.level] if located.radius is None else float(located.radius)
        return _Place(*names.values(), code, level, located.longitude, located.latitude, radius)
