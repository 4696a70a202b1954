"""All readings of an address as a chain of divisions, and which of them is certain."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Iterable, Iterator, NamedTuple

from .divisions import PLACEHOLDER_CITIES, contains
from .names import NameRank, township_names

if TYPE_CHECKING:
    from .county import TownshipHit
    from .gazetteer import Gazetteer

# From the beginning to the first word of a township's level.
HEAD = re.compile(r".{2,24}?(?:街道(?:办事处|办)?|[镇乡](?:人民政府|政府)?)")
PROVINCE_NAMED = re.compile(
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省"
    r"|(?:北京|天津|上海|重庆)市|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
)
_TOWNSHIP_TOKEN = re.compile(r".{2,12}?(?:街道|[镇乡场]|苏木|开发区|管理区|办事处)")
_ZONE = re.compile(
    r"(?:国家级?)?(?:高新技术产业|高新技术|高新|经济技术|经济|经开|产业|农业|工业)(?:开发|示范|园|新)?区|开发区|(?:天府|贵安|两江|滨海)?新区"
)
# A bare name that is followed by one of these is the beginning of another name.
_NOT_AFTER_BARE = frozenset("省市县区州盟旗镇乡村街社屯寨组路道")
# "海南省" already ends in the first sign of "省直辖县级行政区划", and people write it once.
_STEPPED_OVER = (*sorted(PLACEHOLDER_CITIES), "直辖县级行政区划")
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


class Chain(NamedTuple):
    """Province, city and county read from the beginning of a text up to ``end``."""

    end: int
    code: str
    rank: int
    firm: bool
    skipped: str


class Reading(NamedTuple):
    """One way to understand an address.

    ``end`` is how far the text is explained, ``rest_from`` where the remainder begins, ``rank`` the sum of the names'
    ranks, ``firm`` whether it stands without further support, ``undecided`` whether ``candidates`` divide it.
    """

    code: str
    end: int
    rest_from: int
    rank: int
    firm: bool
    own_county: bool = False
    undecided: bool = False
    candidates: tuple[str, ...] = ()
    skipped: str = ""
    conflict: bool = False


class Inside(NamedTuple):
    """What was found below a township: the code, where it ends, and villages to choose from."""

    code: str
    end: int
    candidates: tuple[str, ...] = ()


NOTHING = Reading("", 0, 0, 0, True)


class Reader:
    """Reads addresses with the names of one gazetteer. Immutable once made, so any thread may use it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        names: dict[str, dict[str, NameRank]] = defaultdict(dict)
        for name, rank, code in gazetteer.upper_names():
            names[name][code] = min(rank, names[name].get(code, rank))
        self._names = {name: tuple(codes.items()) for name, codes in names.items()}
        self._longest: dict[str, int] = {}
        for name in names:
            self._longest[name[:2]] = max(len(name), self._longest.get(name[:2], 0))

    def read(self, text: str, county: str = "") -> Reading:
        """The certain reading of a text without separators; undecided with its candidates when there are several."""
        chains = self._chains(text)
        counties = {(c.end, c.code) for c in chains if len(c.code) == 6}
        ends = [end for end, _ in counties]
        # Where a county is named in full, a township is not looked for in the whole country.
        named = max((c.end for c in chains if len(c.code) == 6 and c.firm and text[c.end - 1] in "县市区旗"), default=0)
        readings: list[Reading] = []
        for found in chains:
            readings += self._readings(found, text, county, contested=ends.count(found.end) > 1)
            if len(found.code) < 6 and found.end >= named:
                readings += self._without_county(found, text)
        if not readings:
            return NOTHING
        return self._checked(self._decided(readings, county), text)

    def _chains(self, text: str) -> list[Chain]:
        """Every chain of province, city and county, each inside the one before, that the text can begin with."""
        found = {(0, ""): Chain(0, "", 0, False, "")}
        waiting = [found[0, ""]]
        while waiting:
            step = waiting.pop()
            for longer in self._continued(step, text):
                known = found.get((longer.end, longer.code))
                if known is None or (longer.rank, not longer.firm) < (known.rank, not known.firm):
                    found[longer.end, longer.code] = longer
                    waiting.append(longer)
        return list(found.values())

    def _continued(self, step: Chain, text: str) -> Iterator[Chain]:
        start, code = step.end, step.code
        longest = self._longest.get(text[start : start + 2], 0)
        for end in range(min(start + longest, len(text)), start + 1, -1):
            for inner, rank in self._names.get(text[start:end], ()):
                bare = rank is NameRank.BARE
                if bare and self._goes_on(text, end, inner):
                    continue
                if inner.startswith(code) and inner != code:
                    # A bare name, or one with another level word, is sure only inside what was named before it.
                    firm = step.firm or rank <= NameRank.KNOWN or len(inner) == 2 or bool(code)
                    yield Chain(end, inner, step.rank + rank, firm, step.skipped)
                elif code.startswith(inner) and not bare:
                    yield Chain(end, code, step.rank + rank, step.firm, step.skipped)
        if len(code) < 6:
            yield from self._passed_over(step, text)

    def _goes_on(self, text: str, end: int, code: str) -> bool:
        """Whether a bare name is only the beginning of another name, such as a township's or a road's."""
        if end == len(text) or text.startswith("市辖区", end):
            return False
        if text[end] not in _NOT_AFTER_BARE:
            return len(code) == 6 and _ZONE.match(text, end) is not None
        if len(code) == 6:
            hits = self._gazetteer.county_names(code).townships_at(text, end)
            return not any(hit.rank is NameRank.OFFICIAL for hit in hits)
        return not any(
            inner.startswith(code) and len(inner) > len(code)
            for stop in range(end + 2, end + self._longest.get(text[end : end + 2], 0) + 1)
            for inner, _ in self._names.get(text[end:stop], ())
        )

    def _passed_over(self, step: Chain, text: str) -> Iterator[Chain]:
        """Placeholders of the list, and a development zone that is no county of the list, are stepped over."""
        for word in _STEPPED_OVER:
            if text.startswith(word, step.end) and (step.code or len(word) > 1):
                yield step._replace(end=step.end + len(word))
        zone = _ZONE.match(text, step.end)
        if zone and len(step.code) == 4 and not step.skipped:
            yield step._replace(end=zone.end(), skipped=zone.group(0))

    def _readings(self, found: Chain, text: str, county: str, contested: bool) -> Iterator[Reading]:
        code = self._only_county(found.code)
        if code and not found.skipped:
            firm = found.firm or contains(code, county)
            yield Reading(code, found.end, found.end, found.rank, firm)
        if len(code) == 6:
            yield from self._in_county(code, found, text, contested)
            return
        if county and contains(code, county):
            for reading in self._in_county(county, found, text, contested=False):
                yield reading._replace(own_county=True, firm=True)

    def _only_county(self, code: str) -> str:
        """A city that has one county is that county."""
        inside = self._gazetteer.children(code) if len(code) == 4 else ()
        return inside[0].code if len(inside) == 1 else code

    def _in_county(self, county: str, found: Chain, text: str, contested: bool) -> Iterator[Reading]:
        names = self._gazetteer.county_names(county)
        township_named = False
        for hit in names.townships_at(text, found.end):
            township_named = township_named or hit.rank is not NameRank.BARE
            yield from self._in_townships(county, found, text, hit, contested)
        if names.only_township and not township_named and found.code == county:
            inside = self.in_township(names.only_township, text, found.end)
            yield Reading(inside.code, inside.end, inside.end, found.rank, found.firm, candidates=inside.candidates)
            return
        village = names.village_at(text, found.end)
        if village is None or not village.worded:
            return
        rank = found.rank + NameRank.OTHER_LEVEL_WORD
        if len(village.codes) == 1:
            yield Reading(village.codes[0], village.end, village.end, rank, found.firm, skipped=found.skipped)
        else:
            townships = {code[:9] for code in village.codes}
            certain = townships.pop() if len(townships) == 1 else county if found.code == county else found.code
            undecided = len(certain) < 9
            yield Reading(
                certain, village.end, found.end, rank, found.firm, False, undecided, village.codes, found.skipped
            )

    def _in_townships(
        self, county: str, found: Chain, text: str, hit: TownshipHit, contested: bool
    ) -> Iterator[Reading]:
        rank = found.rank + hit.rank
        inside = [self.in_township(code, text, hit.end) for code in hit.codes]
        with_village = [place for place in inside if len(place.code) == 12]
        if len(inside) > 1 and len(with_village) == 1:
            inside = with_village
        if len(inside) > 1:
            if hit.rank is not NameRank.BARE:
                certain = county if found.code == county else found.code
                yield Reading(certain, hit.end, found.end, rank, found.firm, False, True, hit.codes, found.skipped)
            return
        place = inside[0]
        supported = len(place.code) == 12
        if hit.rank is NameRank.BARE and not supported and hit.end < len(text):
            return
        known = hit.rank <= NameRank.KNOWN or supported
        firm = known or (found.firm and not contested)
        yield Reading(place.code, place.end, place.end, rank, firm, candidates=place.candidates, skipped=found.skipped)

    def in_township(self, township: str, text: str, start: int) -> Inside:
        """The village that the text names at ``start``; the township's own name may be repeated before it."""
        names = self._gazetteer.county_names(township[:6])
        village = names.village_at(text, start, township)
        if village is None:
            for again in names.townships_at(text, start):
                if again.rank is not NameRank.BARE and township in again.codes:
                    return self.in_township(township, text, again.end)
            return Inside(township, start)
        if len(village.codes) == 1:
            return Inside(village.codes[0], village.end)
        written = text[start : village.end]
        exact = [code for code in village.codes if names.divisions[code].name == written]
        if len(exact) == 1:
            return Inside(exact[0], village.end)
        return Inside(township, start, village.codes)

    def _without_county(self, found: Chain, text: str) -> Iterator[Reading]:
        """A township written without its county: certain only where all that was written leaves one."""
        token = _TOWNSHIP_TOKEN.match(text, found.end)
        if not token:
            return
        end, rank, codes = self._townships_named(found.code, text[found.end : token.end() + 6])
        if not codes:
            return
        end += found.end
        certain = self._certain_township(found.code, codes, text, end)
        rank += found.rank
        if certain is None:
            yield Reading(found.code, end, found.end, rank, True, False, True, codes, found.skipped)
        else:
            yield Reading(
                certain.code, certain.end, certain.end, rank, True, candidates=certain.candidates, skipped=found.skipped
            )

    def _certain_township(self, code: str, codes: tuple[str, ...], text: str, end: int) -> Inside | None:
        if not code:
            return None
        if len(codes) == 1 and (len(code) == 4 or code in _MUNICIPALITIES):
            return self.in_township(codes[0], text, end)
        if not all(self._gazetteer.county_names(c[:6]).has_villages for c in codes):
            return None
        inside = [self.in_township(c, text, end) for c in codes]
        with_village = [place for place in inside if len(place.code) == 12]
        return with_village[0] if len(with_village) == 1 else None

    def _townships_named(self, inside: str, text: str) -> tuple[int, NameRank, tuple[str, ...]]:
        """The townships of a division whose name the text begins with: how long it is, its rank, and their codes."""
        stems = [text[:length] for length in range(2, len(text) + 1)]
        best: dict[tuple[int, int], list[str]] = defaultdict(list)
        for code, name in self._gazetteer.townships_by_stem(stems, inside):
            for written, rank in township_names(name):
                if rank is not NameRank.BARE and text.startswith(written):
                    best[-len(written), rank].append(code)
        if not best:
            return 0, NameRank.BARE, ()
        length, rank = min(best)
        return -length, NameRank(rank), tuple(dict.fromkeys(best[length, rank]))

    def _decided(self, readings: list[Reading], county: str) -> Reading:
        """The reading that explains most of the text by the surest names; undecided where two of them are alike."""
        best = max(readings, key=_preference)
        alike = [r for r in readings if (r.end, r.own_county, r.rank) == (best.end, best.own_county, best.rank)]
        apart = [r for r in alike if not (contains(r.code, best.code) or contains(best.code, r.code))]
        if apart:
            own = [r for r in alike if county and contains(county, r.code)]
            if len(own) == 1:
                return own[0]
            codes = tuple(dict.fromkeys(c for r in (best, *apart) for c in (r.candidates or (r.code,))))
            return _open_between(codes, best)
        if not best.firm and not best.undecided:
            return _open_between((best.code,), best)
        return best

    def _checked(self, reading: Reading, text: str) -> Reading:
        """Open again when the next name contradicts what was read: a county that is not in the province written."""
        if len(reading.code) not in (2, 4, 6) or reading.undecided or reading.own_county:
            return reading
        start = reading.rest_from
        for end in range(min(start + self._longest.get(text[start : start + 2], 0), len(text)), start + 2, -1):
            named = self._names.get(text[start:end], ())
            if len(named) == 1 and named[0][1] <= NameRank.KNOWN:
                other = self.read(text[start:])
                codes = (reading.code, *(other.candidates or (other.code,)))
                return Reading("", reading.end, 0, 0, True, False, True, codes, reading.skipped, True)
        return reading


def _preference(reading: Reading) -> tuple[int, bool, int, int, bool]:
    """How much a reading explains and how surely; of a city and its county of one name the city, which is certain."""
    depth = len(reading.code) if len(reading.code) > 6 else -len(reading.code)
    return reading.end, reading.own_county, -reading.rank, depth, not reading.undecided


def _open_between(codes: tuple[str, ...], best: Reading) -> Reading:
    certain = _common(codes) if best.firm else ""
    return Reading(certain, best.end, 0, best.rank, True, False, True, codes, best.skipped)


def _common(codes: Iterable[str]) -> str:
    """The code of the smallest division that contains all of these, themselves excluded; may be empty."""
    codes = tuple(codes)
    for length in (9, 6, 4, 2):
        heads = {code[:length] for code in codes}
        if len(heads) == 1 and all(len(code) > length for code in codes):
            return heads.pop()
    return ""
