"""Faults planted into clean records: each knows the check that must find it and tells which records it spoiled.

The points of a fault are made here anew (the shifts of the datums too): the checks are not held against themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Callable, Iterator

import numpy as np
import shapely

from .county import Record
from .ground import Area, Ground


@dataclass(frozen=True)
class Fault:
    """A kind of fault.

    Attributes:
        name: as the report prints it.
        checks: checks any of which may tell it (the first is the one that is meant).
        plant: spoils some of the records (never one spoiled before) and returns the uids that must be found;
            each item is a group of which one finding is enough (a record alone, or a pair of the same record).
        also: checks that rightly speak of what the fault brings with it, though that is not finding it.
    """

    name: str
    checks: tuple[str, ...]
    plant: Callable[[Field], list[frozenset[str]]]
    also: tuple[str, ...] = ()


class Field:
    """The records being spoiled: hands out untouched ones, so that a record carries one fault."""

    def __init__(self, ground: Ground, records: list[Record], rng: np.random.Generator, each: int) -> None:
        self.ground, self.records, self.rng, self.each = ground, records, rng, each
        self.villages = {area.code: area for area in ground.villages}
        self.townships = {area.code: area for area in ground.townships}
        self.touched: set[str] = set()

    def take(self, count: int, fits: Callable[[Record], bool] = lambda record: True) -> list[Record]:
        """Up to this many untouched current records that fit, now touched."""
        order = self.rng.permutation(len(self.records)).tolist()
        free = (self.records[i] for i in order)
        found: list[Record] = []
        for record in free:
            if len(found) == count:
                break
            if record["uid"] not in self.touched and record["status"] != "ended" and fits(record):
                self.touched.add(str(record["uid"]))
                found.append(record)
        return found

    def run(self, count: int) -> list[Record]:
        """Untouched records that follow one another in a workbook, now touched; empty when there is no such run."""
        for first in self.rng.permutation(max(1, len(self.records) - count)).tolist():
            run = self.records[first : first + count]
            same = len({record["import_id"] for record in run}) == 1
            free = all(record["uid"] not in self.touched and record["status"] != "ended" for record in run)
            producers = {record["producer_name"] for record in run}
            if same and free and len(run) == count and len(producers) > count // 2:
                self.touched.update(str(record["uid"]) for record in run)
                return run
        return []

    def add(self, record: Record) -> Record:
        """A further record, with an identity of its own."""
        record["uid"] = f"{len(self.records):08x}-1111-4000-8000-{self.ground.plan.seed:012d}"
        record["source_row"] = len(self.records) + 3
        self.records.append(record)
        self.touched.add(str(record["uid"]))
        return record

    def village_of(self, record: Record) -> Area:
        return self.villages[str(record["division_code"])]

    def around(self, point: tuple[float, float], metres: float) -> tuple[float, float]:
        """A point at this distance in any direction."""
        angle = self.rng.uniform(0, 2 * np.pi)
        dx, dy = self.ground.degrees(metres * np.cos(angle), metres * np.sin(angle))
        return round(point[0] + dx, 6), round(point[1] + dy, 6)


Groups = list[frozenset[str]]


def each_alone(records: list[Record]) -> Groups:
    return [frozenset({str(record["uid"])}) for record in records]


def moved(change: Callable[[Field, Record, float, float], tuple[float, float]]) -> Callable[[Field], Groups]:
    """Plants a change of single points."""

    def plant(field: Field) -> Groups:
        chosen = field.take(field.each)
        for record in chosen:
            x, y = record["point"]  # type: ignore[misc]
            record["point"] = change(field, record, x, y)
        return each_alone(chosen)

    return plant


def other_county(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Into the counties around: 3 to 60 km beyond the border."""
    county = field.ground.outline
    while True:
        spot = field.around((county.centroid.x, county.centroid.y), float(field.rng.uniform(5_000, 150_000)))
        gap = shapely.distance(county, shapely.Point(spot)) * 105_000
        if 3_000 < gap < 60_000:
            return spot


def other_township(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Into a village of another township of the county."""
    others = [area for area in field.ground.villages if area.code[:9] != str(record["division_code"])[:9]]
    return field.around(others[int(field.rng.integers(len(others)))].centre, float(field.rng.uniform(0, 300)))


def other_village(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Into another village of the same township."""
    code = str(record["division_code"])
    others = [area for area in field.ground.villages if area.code[:9] == code[:9] and area.code != code]
    return field.around(others[int(field.rng.integers(len(others)))].centre, float(field.rng.uniform(0, 300)))


def swapped(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    return y, x


def one_sign(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    return ((-x, y), (x, -y), (-x, -y))[int(field.rng.integers(3))]


def lost_digit(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """A digit before or just behind the point is left out in one of the numbers: 109.6905 → 19.6905, 109.905."""
    return _typed(field, x, y, lambda text, at: text[:at] + text[at + 1 :])


def wrong_digit(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Another digit for one before or just behind the point: 109.6905 → 106.6905."""

    def typed(text: str, at: int) -> str:
        return text[:at] + str((int(text[at]) + int(field.rng.integers(1, 10))) % 10) + text[at + 1 :]

    return _typed(field, x, y, typed)


def exchanged_digits(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Two neighbouring digits in each other's place: 109.6905 → 109.9605."""

    def typed(text: str, at: int) -> str:
        digits = [i for i, sign in enumerate(text) if sign != "."]
        other = digits[digits.index(at) + 1]
        signs = list(text)
        signs[at], signs[other] = signs[other], signs[at]
        return "".join(signs)

    return _typed(field, x, y, typed)


def doubled_digit(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """A digit typed twice: 19.912 → 119.912 or 19.9912."""
    return _typed(field, x, y, lambda text, at: text[:at] + text[at] + text[at:])


def point_slipped(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """The decimal point one place off: 109.6905 → 10.96905 or 19.912 → 199.12."""
    times = (0.1, 10)[int(field.rng.integers(2))]
    return (x * times, y) if field.rng.random() < 0.5 else (x, y * times)


def _typed(field: Field, x: float, y: float, change: Callable[[str, int], str]) -> tuple[float, float]:
    """The pair with one number mistyped so that it lands at least 10 km away."""
    while True:
        numbers = [f"{x:.6f}", f"{y:.6f}"]
        which = int(field.rng.integers(2))
        point = numbers[which].index(".")
        places = [i for i in range(point + 2) if i != point]
        text = change(numbers[which], places[int(field.rng.integers(len(places)))])
        numbers[which] = text
        if abs(float(numbers[0]) - x) + abs(float(numbers[1]) - y) > 0.1:
            return float(numbers[0]), float(numbers[1])


def minutes_misread(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """109°41′25.8″ typed as 109.41258, or 109°41.43′ as 109.4143."""
    seconds = field.rng.random() < 0.5

    def typed(value: float) -> float:
        degrees, minutes = int(value), (value % 1) * 60
        if seconds:
            return degrees + int(minutes) / 100 + round((minutes % 1) * 60, 2) / 10_000
        return round(degrees + minutes / 100, 6)

    return typed(x), typed(y)


def as_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Where the public maps of China draw a place; the sample county's own writing of the published formula."""
    from sample.shifted import as_phone_shows

    return as_phone_shows(longitude, latitude)


def as_bd09(longitude: float, latitude: float) -> tuple[float, float]:
    """The same for Baidu's maps, on top of the shift of the others (the published formula)."""
    x, y = as_gcj02(longitude, latitude)
    turn = np.pi * 3000 / 180
    far = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return float(far * np.cos(angle) + 0.0065), float(far * np.sin(angle) + 0.006)


def taken_off_twice(longitude: float, latitude: float) -> tuple[float, float]:
    """A shift taken off a point that had none."""
    x, y = as_gcj02(longitude, latitude)
    return 2 * longitude - x, 2 * latitude - y


def shifted_import(shift: Callable[[float, float], tuple[float, float]], share: float) -> Callable[[Field], Groups]:
    """Points of a whole workbook (or this share of it, in one run) read in the wrong datum."""

    def plant(field: Field) -> Groups:
        imports = field.rng.permutation(sorted({int(str(record["import_id"])) for record in field.records})).tolist()
        for number in imports:
            rows = [row for row in field.records if row["import_id"] == number and row["status"] != "ended"]
            mine = rows[: max(1, round(len(rows) * share))]
            if not any(record["uid"] in field.touched for record in mine):
                break
        else:
            return []
        for record in mine:
            x, y = shift(*record["point"])  # type: ignore[misc]
            record["point"] = round(x, 6), round(y, 6)
            field.touched.add(str(record["uid"]))
        return each_alone(mine)

    return plant


def shifted_sibling(field: Field) -> Groups:
    """A further season of the same field, its point taken from a map of the other datum."""
    chosen = field.take(field.each, lambda record: not record["site_name"])
    added = []
    for number, record in enumerate(chosen):
        x, y = (as_gcj02, as_bd09)[number % 2](*record["point"])  # type: ignore[misc]
        other = {**record, "point": (round(x, 6), round(y, 6)), "cycle": "2026-07"}
        if record["industry"] == "crop":
            other.update(cycle="2026-秋茬", transplanted_on="2026-07-01", collected_on="2026-07-05")
            other.update(market_start="2026-09-01", market_end="2026-10-20")
        added.append(field.add(other))
    return [frozenset({str(one["uid"]), str(other["uid"])}) for one, other in zip(chosen, added)]


def rounded(places: int, cut: bool = False) -> Callable[[Field], Groups]:
    def plant(field: Field) -> Groups:
        chosen = field.take(field.each)
        for record in chosen:
            record["point"] = tuple(
                np.floor(value * 10**places) / 10**places if cut else round(value, places)
                for value in record["point"]  # type: ignore[attr-defined]
            )
        return each_alone(chosen)

    return plant


def whole_minutes(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Degrees and whole minutes only, seconds left out: a point of a mile's width."""
    return round(round(x * 60) / 60, 6), round(round(y * 60) / 60, 6)


def copied(field: Field) -> Groups:
    """One point filled down over other producers of the same village, two to nine of them."""
    groups: Groups = []
    while sum(map(len, groups)) < field.each:
        run = field.run(int(field.rng.integers(2, 10)))
        if not run:
            break
        for record in run[1:]:
            record["point"] = run[0]["point"]
        groups += each_alone(run)
    return groups


def copied_apart(field: Field) -> Groups:
    """A point taken over from a producer elsewhere in the same village, not in the next row."""
    groups: Groups = []
    for record in field.take(field.each):
        for other in field.take(1, partial(_neighbours, record)):
            other["point"] = record["point"]
            groups.append(frozenset({str(other["uid"])}))
    return groups


def _neighbours(record: Record, other: Record) -> bool:
    same_village = other["division_code"] == record["division_code"]
    return same_village and other["producer_name"] != record["producer_name"]


def stepped(step: Callable[[Field], tuple[float, float]]) -> Callable[[Field], Groups]:
    """Points of rows that follow one another, each the same step from the last, as a fill handle makes them."""

    def plant(field: Field) -> Groups:
        groups: Groups = []
        while sum(map(len, groups)) < field.each:
            run = field.run(int(field.rng.integers(5, 13)))
            if not run:
                break
            x, y = run[0]["point"]  # type: ignore[misc]
            dx, dy = step(field)
            for index, record in enumerate(run):
                record["point"] = round(x + index * dx, 6), round(y + index * dy, 6)
            groups += each_alone(run)
        return groups

    return plant


def last_digit(field: Field) -> tuple[float, float]:
    return ((1e-6, 1e-6), (1e-5, 0.0), (0.0, 1e-6), (1e-4, 1e-4))[int(field.rng.integers(4))]


def any_step(field: Field) -> tuple[float, float]:
    dx, dy = field.ground.degrees(*field.rng.uniform(-60, 60, 2))
    return round(dx, 6), round(dy, 6)


def whole_degree(field: Field) -> tuple[float, float]:
    return ((1.0, 1.0), (1.0, 0.0), (0.0, 1.0))[int(field.rng.integers(3))]


def scale_times(draw: Callable[[Field], float]) -> Callable[[Field], Groups]:
    def plant(field: Field) -> Groups:
        chosen = field.take(field.each)
        for record in chosen:
            record["scale"] = round(float(str(record["scale"])) * draw(field), 4)
        return each_alone(chosen)

    return plant


def square_metres(field: Field) -> Groups:
    """An area in square metres where mu are meant."""
    chosen = field.take(field.each, lambda record: record["unit"] == "mu")
    for record in chosen:
        record["scale"] = round(float(str(record["scale"])) * 666.67)
    return each_alone(chosen)


def phone_as_scale(field: Field) -> Groups:
    """Another column's number: the phone, or a year."""
    chosen = field.take(field.each)
    for record in chosen:
        record["scale"] = float(str(record["contact_phone"]))
    return each_alone(chosen)


def days(change: Callable[[Field, Record], Iterator[tuple[str, str]]], fits: Callable[[Record], bool]) -> Callable:
    """Plants a change of the dates of a record."""

    def plant(field: Field) -> Groups:
        chosen = field.take(field.each, fits)
        for record in chosen:
            record.update(dict(change(field, record)))
        return each_alone(chosen)

    return plant
