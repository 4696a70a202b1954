"""Records counted by division, product, class of scale and month: read once, then grouped in any way, adding up."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Mapping, NamedTuple, Optional, Sequence

import numpy as np

from ..quality.thresholds import plain_name
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .filtered import ask
from .packing import Digit, Numbers, class_digit, packed_sql, ticked_digit, unpacked
from .query import NOT_FILLED, Query
from .query_sql import COLLECTED, END_SQL, START_SQL

PERIODS = 36  # ten-day periods (旬) of a year
_CHUNK = 500  # rows in hand; more fall out of the processor's cache, and are looked through for garbage
_NO_SPAN = PERIODS * PERIODS
_PARTS = 10_000  # scales are added in ten-thousandths, whole numbers, so that totals agree to the last digit
_LARGEST = 1e12
_DENSE = 4_000_000
_NOBODY = Silent()
_BETWEEN = "\n"


class By(str, Enum):
    """What records can be grouped by."""

    DIVISION = "division"
    VARIETY = "variety"
    SCALE = "scale"
    MONTH = "month"


class MonthOf(str, Enum):
    """Which of a record's months counts: each record has one, so that months add up."""

    MARKET_START = "market_start"
    COLLECTED = "collected"


class Group(NamedTuple):
    """Records with the same keys.

    Attributes:
        keys: one for each :class:`By`: a division's code and a product's code (``""`` where nothing is stated), the
            number of the scale class, the month 1–12 (``None`` where it is not known).
        records: how many.
        producers: how many names of producers; one who has several records counts once, in each group anew, so that
            these do not add up.
        amounts: sum of the scale by unit; never over two units.
    """

    keys: tuple[object, ...]
    records: int
    producers: int
    amounts: Mapping[str, float]


class CalendarRow(NamedTuple):
    """How many records of a product from a division are on the market in each of the 36 ten-day periods of a year."""

    variety: str
    division: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Cube:
    """The records that a query found, as numbers: one array for each thing they can be grouped by."""

    values: Mapping[By, tuple[object, ...]]
    codes: Mapping[By, Numbers]
    units: tuple[object, ...]
    unit: Numbers
    amount: Numbers
    producer: Numbers  # -1 where no name is stated
    span: Numbers  # first ten-day period × 36 + how many more; 1296 where the record is on no market

    @property
    def records(self) -> int:
        """How many records there are."""
        return len(self.amount)

    def grouped(self, *by: By) -> list[Group]:
        """The groups that have records, in the order of their keys; without ``by`` the one group of all."""
        key, size = self._key(by)
        used, place = _places(key, size)
        records = np.bincount(place, minlength=len(used))
        producers = self._producers(place, len(used))
        amounts = self._amounts(place, len(used))
        keys = self._keys(used, by)
        return [
            Group(
                keys[n],
                int(records[n]),
                int(producers[n]),
                {unit: sums[n] for unit, sums in amounts.items() if sums[n]},
            )
            for n in range(len(used))
        ]

    def calendar(self) -> list[CalendarRow]:
        """By product and division, the counts of records on the market in each ten-day period of a year."""
        by = (By.VARIETY, By.DIVISION)
        key, size = self._key(by)
        used, place = _places(key * (_NO_SPAN + 1) + self.span, size * (_NO_SPAN + 1))
        counts = np.bincount(place, minlength=len(used))
        group, span = np.divmod(used, _NO_SPAN + 1)
        groups, row = np.unique(group[span < _NO_SPAN], return_inverse=True)
        first, more = np.divmod(span[span < _NO_SPAN], PERIODS)
        sums = np.zeros((len(groups), PERIODS), np.int64)
        for period in range(PERIODS):
            on = (period - first) % PERIODS <= more
            sums[:, period] = np.bincount(row[on], counts[span < _NO_SPAN][on], len(groups))
        keys = self._keys(groups, by)
        return [CalendarRow(str(key[0]), str(key[1]), tuple(line)) for key, line in zip(keys, sums.tolist())]

    def _key(self, by: Sequence[By]) -> tuple[Numbers, int]:
        key, size = np.zeros(self.records, np.int64), 1
        for name in by:
            key = key * len(self.values[name]) + self.codes[name]
            size *= len(self.values[name])
        return key, size

    def _keys(self, used: Numbers, by: Sequence[By]) -> list[tuple[object, ...]]:
        digits = unpacked(used, [Digit("", self.values[name]) for name in by])
        columns = [[self.values[name][code] for code in column.tolist()] for name, column in zip(by, digits)]
        return list(zip(*columns)) if columns else [()] * len(used)

    def _producers(self, place: Numbers, groups: int) -> Numbers:
        named = self.producer >= 0
        width = int(self.producer.max(initial=0)) + 1
        pairs = np.unique(place[named] * width + self.producer[named])
        return np.bincount(pairs // width, minlength=groups)

    def _amounts(self, place: Numbers, groups: int) -> dict[str, list[float]]:
        sums = {}
        for number, unit in enumerate(self.units):
            mine = self.unit == number
            if unit and mine.any():
                whole = np.bincount(place[mine], self.amount[mine], groups)
                sums[str(unit)] = (whole / _PARTS).tolist()
        return sums


def read_cube(
    connection: sqlite3.Connection,
    query: Query,
    standard: Standard,
    *,
    level: int = 9,
    month: MonthOf = MonthOf.MARKET_START,
    progress: Progress = _NOBODY,
) -> Cube:
    """Read the records that a query finds, once.

    Args:
        connection: to a register.
        query: which records.
        standard: with the county's own thresholds.
        level: digits of the division codes to group by: 6 counties, 9 townships, 12 villages.
        month: which month of a record counts.
        progress: asked now and then whether to stop.

    Raises:
        OriginMapError: as for :func:`.filtered.count`.
        Cancelled: the person stopped it.
    """
    digits = (ticked_digit("varieties", standard), class_digit(standard), _unit_digit(standard))
    texts = [f'substr("division_code", 1, {level})', '"producer_name"', START_SQL, END_SQL]
    texts += [f'"{COLLECTED}"'] if month is MonthOf.COLLECTED else []
    columns = (packed_sql(digits), 'coalesce("scale", 0.0)', *texts)
    cursor = ask(connection, f"SELECT {', '.join(columns)} FROM record WHERE {{}}", query, standard)
    names = tuple(_Names() for _ in texts)
    chunks: list[tuple[Numbers, ...]] = [tuple(np.zeros(0, np.int64) for _ in columns)]
    while rows := cursor.fetchmany(_CHUNK):
        stop_if_cancelled(progress)
        packed, scale, *texts_read = zip(*rows)
        numbers = (known.numbers(column) for known, column in zip(names, texts_read))
        chunks.append((np.fromiter(packed, np.int64, len(rows)), _parts(scale), *numbers))
    packed_all, amount, division, producer, start, end, *collected = map(np.concatenate, zip(*chunks))
    variety, scale_class, unit = unpacked(packed_all, digits)
    divisions, producers, starts, ends, *days = names
    codes, place = divisions.in_order()
    months = days[0].each(_month)[collected[0]] if days else starts.each(_month)[start]
    return Cube(
        values={
            By.DIVISION: codes,
            By.VARIETY: digits[0].values,
            By.SCALE: digits[1].values,
            By.MONTH: (None, *range(1, 13)),
        },
        codes={By.DIVISION: place[division], By.VARIETY: variety, By.SCALE: scale_class, By.MONTH: months},
        units=digits[2].values,
        unit=unit,
        amount=amount,
        producer=producers.merged()[producer],
        span=_spans(starts.each(_day_number)[start], ends.each(_day_number)[end]),
    )


class _Numbered(dict[Optional[str], int]):
    """Gives each text that is asked for the next number."""

    def __missing__(self, text: Optional[str]) -> int:
        number = self[text] = len(self)
        return number


class _Names:
    """Texts numbered in the order in which they come; what follows from a text is worked out once for each."""

    def __init__(self) -> None:
        self._known = _Numbered()

    def numbers(self, texts: Sequence[Optional[str]]) -> Numbers:
        """The number of each text."""
        return np.fromiter(map(self._known.__getitem__, texts), np.int64, len(texts))

    def each(self, value_of: Callable[[str], int]) -> Numbers:
        """A value for each number; nothing is an empty text."""
        return np.fromiter((value_of(text or "") for text in self._known), np.int64, len(self._known))

    def merged(self) -> Numbers:
        """A number for each producer's name, the same for names that are plainly the same; -1 for none."""
        names = [text or "" for text in self._known]
        # All in one text: made plain one by one, a hundred thousand names take ten times as long.
        plain = plain_name(_BETWEEN.join(names)).split(_BETWEEN)
        if len(plain) != len(names):
            plain = [*map(plain_name, names)]
        found = _Numbered()
        return np.fromiter((found[name] if name else -1 for name in plain), np.int64, len(names))

    def in_order(self) -> tuple[tuple[str, ...], Numbers]:
        """The texts in their order, nothing last, and the place of each number in it."""
        ordered = sorted({text or "" for text in self._known}, key=lambda text: (not text, text))
        rank = {text: place for place, text in enumerate(ordered)}
        return tuple(ordered), self.each(rank.__getitem__)


def _parts(scales: Sequence[float]) -> Numbers:
    return np.rint(np.minimum(np.fromiter(scales, np.float64, len(scales)), _LARGEST) * _PARTS).astype(np.int64)


def _places(key: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The keys that occur, ascending, and for each record which of them it has."""
    if size > _DENSE:
        return np.unique(key, return_inverse=True)
    used = np.flatnonzero(np.bincount(key, minlength=size))
    place = np.zeros(size, np.int64)
    place[used] = np.arange(len(used))
    return used, place[key]


def _unit_digit(standard: Standard) -> Digit:
    units = [choice.code for choice in standard.choices("unit")]
    cases = " ".join(f"WHEN '{unit}' THEN {number}" for number, unit in enumerate(units, 1))
    return Digit(f'CASE "unit" {cases} ELSE 0 END', (NOT_FILLED, *units))


def _month(day: str) -> int:
    return int(day[5:7]) if day and 1 <= int(day[5:7]) <= 12 else 0


def _day_number(day: str) -> int:
    """A day counted as if every month had 31, which keeps their order and tells the ten days; -1 for none."""
    return (int(day[:4]) * 12 + int(day[5:7]) - 1) * 31 + int(day[8:10]) - 1 if day else -1


def _spans(start: Numbers, end: Numbers) -> Numbers:
    """First ten-day period × 36 + how many more follow, at most 35; 1296 for no period at all."""
    first, last = _period(start), _period(end)
    span = first % PERIODS * PERIODS + np.minimum(last - first, PERIODS - 1)
    return np.where((start >= 0) & (start <= end), span, _NO_SPAN)


def _period(day: Numbers) -> Numbers:
    """Ten-day periods since the year 0."""
    return day // 31 * 3 + np.minimum(day % 31 // 10, 2)
