"""When each site is to be collected again (R-074 to R-076): up to date, due soon, due, overdue.

A product is collected every month, or every crop. The cycle of a month may be collected from its first day until its
last, or an earlier day that the county sets. A crop is collected when it is planted: the next one is expected on the
day of the year on which the site's crop of that name was planted before, and where that is not known in the season of
its name. Which crops a site grows in a year is what it grew before, or what the county says of the product.
"""

from __future__ import annotations

import calendar
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import Callable, Iterable, Iterator, Mapping, NamedTuple, Optional, Sequence

from ..standard.errors import OriginMapError
from ..standard.model import Cadence, Standard
from .kept import Kept
from .thresholds import plain_name

CADENCE_SETTING = "cadence/"  # with a variety's code behind it, among the county's own settings
_MONTH = re.compile("([0-9]{4})-([0-9]{2})")
_CROP = re.compile("([0-9]{4})-([^0-9].*|第.+)")
_SEASON_BEFORE, _YEAR_DAYS = 180, 365
_SEASONS = {"春茬": 2, "夏茬": 5, "秋茬": 8, "冬茬": 11}  # the first of the three months in which it is planted
SEASON_CROPS = tuple(_SEASONS)
_SEASON_MONTHS = 3
_ENDED = "ended"
_MOST_DAYS = 366


class Due(str, Enum):
    """How a site stands, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    CURRENT = "current"


@dataclass(frozen=True)
class CadenceRule:
    """How often a product is collected.

    Attributes:
        every: crop or month.
        crops: names of the crops grown in a year, such as ``春茬``; none: those that a site grew before.
        soon: days before the beginning of a cycle from which on it is due soon.
        grace: days that are given for a crop, from its planting on.
        last_day: until which day of the month a month is to be collected; 0 is its last.

    Raises:
        OriginMapError: ``CADENCE_BAD`` for numbers that mean nothing.
    """

    every: Cadence
    crops: tuple[str, ...] = ()
    soon: int = 7
    grace: int = 30
    last_day: int = 0

    def __post_init__(self) -> None:
        for number, most in ((self.soon, _MOST_DAYS), (self.grace, _MOST_DAYS), (self.last_day, 31)):
            if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
                raise OriginMapError("CADENCE_BAD", value=str(number))


class Window(NamedTuple):
    """A cycle, and from which day until which, that day included, it is to be collected."""

    opens: date
    deadline: date
    cycle: str


@dataclass(frozen=True)
class Duty:
    """A site with one product, and what is to be collected there.

    Attributes:
        last: its latest record.
        state: as of the day asked for.
        cycle: what is to be collected now; where nothing is due, the next one.
        opens: first day of the earliest cycle that is missing, or of the next one.
        deadline: last day of the same.
        missed: whole cycles that were let pass, beside the present one.
        days: behind the deadline; 0 where it is not over.
        begun: uid of the draft that was begun for the cycle and waits for scale and period; empty without one.
        present: the window of the cycle that counts on that day, whether it is collected already or not.
    """

    last: Kept
    state: Due
    cycle: str
    opens: date
    deadline: date
    missed: int
    days: int
    begun: str
    present: Window

    @property
    def collected(self) -> bool:
        """Whether the cycle that counts on that day is there."""
        return self.state in (Due.CURRENT, Due.SOON)

    @property
    def in_time(self) -> bool:
        """Whether it was collected by the end of its window."""
        return self.collected and self.last.collected <= self.present.deadline.isoformat()


@dataclass(frozen=True)
class DueTally:
    """The sites of one collector (``name`` and ``phone``) or township; ``total`` is the sum of the four states."""

    name: str
    phone: str
    overdue: int
    due: int
    soon: int
    current: int

    @property
    def total(self) -> int:
        """All sites."""
        return self.overdue + self.due + self.soon + self.current


def rule_of(standard: Standard, variety: str) -> CadenceRule:
    """The rule that counts for a product: the county's own where it set one.

    Raises:
        KeyError: there is no such product.
        OriginMapError: ``CADENCE_BAD`` when the setting cannot be read.
    """
    text = standard.settings.get(f"{CADENCE_SETTING}{variety}")
    return rule_from_json(text) if text else CadenceRule(standard.variety(variety).cadence)


def rules_of(standard: Standard) -> dict[str, CadenceRule]:
    """The rules of all products by code."""
    return {variety.code: rule_of(standard, variety.code) for variety in standard.varieties}


def with_rule(settings: Mapping[str, str], variety: str, rule: Optional[CadenceRule]) -> dict[str, str]:
    """A county's settings with its own rule for a product, or with ``None`` without one."""
    name = f"{CADENCE_SETTING}{variety}"
    others = {key: value for key, value in settings.items() if key != name}
    return others if rule is None else {**others, name: rule_to_json(rule)}


def rule_to_json(rule: CadenceRule) -> str:
    """The rule as the county's setting keeps it."""
    entry = {"every": rule.every.value, "crops": rule.crops, "soon": rule.soon, "grace": rule.grace}
    return json.dumps({**entry, "last_day": rule.last_day}, ensure_ascii=False)


def rule_from_json(text: str) -> CadenceRule:
    """The rule that :func:`rule_to_json` wrote.

    Raises:
        OriginMapError: ``CADENCE_BAD`` for anything else.
    """
    try:
        entry = json.loads(text)
        crops = tuple(map(str, entry.pop("crops")))
        return CadenceRule(Cadence(entry.pop("every")), crops, **entry)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OriginMapError("CADENCE_BAD", str(error), value=text) from error


def duties(records: Iterable[Kept], rules: Mapping[str, CadenceRule], on: date) -> list[Duty]:
    """What is to be collected, one for each site and product, the most urgent first.

    Args:
        records: of whole sites, with all their cycles, ended ones too, and those of one producer and product in one
            run (:data:`.kept.KEPT_ORDER`); only sites whose latest record is chosen count.
        rules: by code of the product.
        on: as of this day.

    A site whose latest record is ended owes nothing; nor does one whose records state no cycle that can be read.
    """
    found = (duty for variety, run in runs(records) if variety in rules for duty in run_duties(run, rules[variety], on))
    order = {state: place for place, state in enumerate(Due)}
    return sorted(
        found,
        key=lambda d: (order[d.state], -d.days, d.deadline, *d.last[3:7], d.last.fid),
    )


def runs(records: Iterable[Kept]) -> Iterator[tuple[str, list[Kept]]]:
    """The records of each producer and product, which stand in one run, with the product's code."""
    for (_, variety), run in groupby(records, lambda record: (plain_name(record.producer), record.variety)):
        yield variety, list(run)


def run_duties(run: Sequence[Kept], rule: CadenceRule, on: date) -> list[Duty]:
    """What is to be collected of one producer's product."""
    found = (_duty(site, rule, on) for site in _sites(run).values())
    return [duty for duty in found if duty is not None]


def by_collector(found: Iterable[Duty]) -> list[DueTally]:
    """The sites counted per collector, the one with most to do first; a collector is a name with its phone."""
    return _tallies(found, lambda duty: (duty.last.collector, duty.last.phone))


def by_township(found: Iterable[Duty]) -> list[DueTally]:
    """The sites counted per township."""
    return _tallies(found, lambda duty: (duty.last.township, ""))


def whole(found: Iterable[Duty]) -> DueTally:
    """All of them counted."""
    return _tally("", "", list(found))


@lru_cache(maxsize=1 << 12)
def first_day(cycle: str) -> Optional[date]:
    """The first day of a month, or of the season in which a crop of that name is planted; ``None`` for other names."""
    month, crop = _MONTH.fullmatch(cycle), _CROP.fullmatch(cycle)
    if month and 1 <= int(month[2]) <= 12:
        return date(int(month[1]), int(month[2]), 1)
    return date(int(crop[1]), _SEASONS[crop[2]], 1) if crop and crop[2] in _SEASONS else None


def cycle_before(cycle: str) -> str:
    """What is compared with a cycle: the month before, the crop of that name in the year before; else empty."""
    month, crop = _MONTH.fullmatch(cycle), _CROP.fullmatch(cycle)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"
    return f"{int(crop[1]) - 1}-{crop[2]}" if crop else ""


def site_key(record: Kept) -> tuple[str, str, str, str]:
    """By what the cycles of one site are known to belong together: producer, product and place, as in an import."""
    place = record.site or record.address
    return plain_name(record.producer), record.variety, plain_name(place), "" if place else record.division


def _sites(records: Iterable[Kept]) -> dict[tuple, list[Kept]]:
    """The records of each site; several of one cycle that nothing tells apart are as many sites, in their order."""
    found: dict[tuple, list[Kept]] = {}
    seen: dict[tuple, int] = {}
    for record in sorted(records, key=lambda r: r.fid):
        key = site_key(record)
        number = seen[(*key, record.cycle)] = seen.get((*key, record.cycle), -1) + 1
        found.setdefault((*key, number), []).append(record)
    return found


def _duty(site: Sequence[Kept], rule: CadenceRule, on: date) -> Optional[Duty]:
    calendar_of = _months if rule.every is Cadence.MONTH else _crops
    dated = [(window, record) for record in site for window in [calendar_of.window(record, rule)] if window is not None]
    dated.sort(key=lambda pair: (pair[0].opens, pair[1].asked, pair[1].fid))
    asked = [pair for pair in dated if pair[1].asked]
    if not dated or dated[-1][1].status == _ENDED:
        return None
    latest, record = asked[-1] if asked else dated[0]
    if not record.chosen:
        return None
    coming = calendar_of.after(latest, [one for one in dated if one[1].asked], rule, on)
    missing = [latest, *coming] if not asked else list(coming)
    return _judged(record, latest, missing, {r.cycle: r.uid for _, r in dated if not r.asked}, rule, on)


def _judged(
    record: Kept, latest: Window, missing: Sequence[Window], begun: Mapping[str, str], rule: CadenceRule, on: date
) -> Duty:
    first = missing[0]
    open_now = [window for window in missing if window.opens <= on]
    now = open_now[-1] if open_now else first
    if on > first.deadline:
        state = Due.OVERDUE
    elif on >= first.opens:
        state = Due.DUE
    else:
        state = Due.SOON if on >= first.opens - timedelta(rule.soon) else Due.CURRENT
    missed, days = max(len(open_now) - 1, 0), max((on - first.deadline).days, 0)
    present = now if open_now else latest
    return Duty(record, state, now.cycle, first.opens, first.deadline, missed, days, begun.get(now.cycle, ""), present)


class _Calendar(NamedTuple):
    """How cycles follow one another: the window of a record, and those behind a window until a day and one more."""

    window: Callable[[Kept, CadenceRule], Optional[Window]]
    after: Callable[[Window, Sequence[tuple[Window, Kept]], CadenceRule, date], list[Window]]


def _month_window(record: Kept, rule: CadenceRule) -> Optional[Window]:
    day = first_day(record.cycle)
    return None if day is None else _month(day.year, day.month, rule)


@lru_cache(maxsize=1 << 12)
def _month(year: int, month: int, rule: CadenceRule) -> Window:
    last = calendar.monthrange(year, month)[1]
    return Window(date(year, month, 1), date(year, month, min(rule.last_day or last, last)), f"{year}-{month:02d}")


def _months_after(latest: Window, dated: Sequence, rule: CadenceRule, on: date) -> list[Window]:
    found: list[Window] = []
    year, month = latest.opens.year, latest.opens.month
    while not found or found[-1].opens <= on:
        year, month = year + month // 12, month % 12 + 1
        found.append(_month(year, month, rule))
    return found


def _crop_window(record: Kept, rule: CadenceRule) -> Optional[Window]:
    """The window of a record: from its planting, else its season, else from its collection."""
    crop = _CROP.fullmatch(record.cycle)
    season = first_day(record.cycle)
    if crop is None:
        return None if season is None else _crop(season.year, _season_of(season.month), season, rule, planted=False)
    planted = _as_day(record.planted)
    if planted is not None and planted < (season or date(int(crop[1]), 1, 1)) - timedelta(_planted_before(crop[2])):
        planted = None  # chives stand for years: what was planted long ago is not what this crop is known by
    if planted is None and season is None:
        planted = _as_day(record.collected)
    opens = planted or season
    return None if opens is None else _crop(int(crop[1]), crop[2], opens, rule, planted=planted is not None)


def _planted_before(crop: str) -> int:
    """So many days before its season a crop may be planted; one over New Year is also named by the year it ends in."""
    return _SEASON_BEFORE + (_YEAR_DAYS if "冬" in crop else 0)


def _crop(year: int, name: str, opens: date, rule: CadenceRule, *, planted: bool) -> Window:
    if planted:
        return Window(opens, opens + timedelta(rule.grace), f"{year}-{name}")
    end = _shifted(opens, months=_SEASON_MONTHS) - timedelta(1)
    return Window(opens, max(end, opens + timedelta(rule.grace)), f"{year}-{name}")


def _crops_after(latest: Window, dated: Sequence[tuple[Window, Kept]], rule: CadenceRule, on: date) -> list[Window]:
    """The crops behind the latest one, year by year, in the order of their planting."""
    yearly = {window.cycle[5:]: (window, bool(record.planted)) for window, record in dated}
    yearly.setdefault(latest.cycle[5:], (latest, False))
    grown = rule.crops or tuple(yearly)
    for name in grown:
        if name in _SEASONS and name not in yearly:
            opens = date(latest.opens.year, _SEASONS[name], 1)
            yearly[name] = _crop(opens.year, name, opens, rule, planted=False), False
    found: list[Window] = []
    for year in range(latest.opens.year - 1, max(on.year, latest.opens.year) + 3):
        for name, (window, planted) in yearly.items():
            opens = _shifted(window.opens, years=year - int(window.cycle[:4]))
            if name in grown:
                found.append(_crop(year, name, opens, rule, planted=planted or name not in _SEASONS))
    later = sorted(window for window in found if window.opens > latest.opens and window.cycle != latest.cycle)
    passed = sum(window.opens <= on for window in later)
    return later[: passed + 1]


_months = _Calendar(_month_window, _months_after)
_crops = _Calendar(_crop_window, _crops_after)


def _season_of(month: int) -> str:
    return next((name for name, first in _SEASONS.items() if first <= month < first + _SEASON_MONTHS), "冬茬")


def _shifted(day: date, years: int = 0, months: int = 0) -> date:
    number = day.month - 1 + months
    year, month = day.year + years + number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _as_day(text: str) -> Optional[date]:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tallies(found: Iterable[Duty], key: Callable[[Duty], tuple[str, str]]) -> list[DueTally]:
    groups: dict[tuple[str, str], list[Duty]] = {}
    for duty in found:
        groups.setdefault(key(duty), []).append(duty)
    tallies = [_tally(*names, group) for names, group in groups.items()]
    return sorted(tallies, key=lambda t: (-t.overdue, -t.due, -t.soon, t.name, t.phone))


def _tally(name: str, phone: str, found: Sequence[Duty]) -> DueTally:
    return DueTally(name, phone, *(sum(duty.state is state for duty in found) for state in Due))
