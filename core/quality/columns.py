"""Records as arrays, one for each field that a check looks at, so that a million of them are judged at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Iterable, Iterator, Mapping, NamedTuple, Optional, Sequence

import numpy as np
import numpy.typing as npt

OWN_TEXTS = ("producer_name", "credit_code", "site_name", "contact_phone")
DAY_FIELDS = ("transplanted_on", "market_start", "market_end", "collected_on")
# Fields that many records hold alike together: a group comes as one value and is taken apart once, not once a record.
GROUPS = (
    ("province", "township", "village", "division_code", "collector_name"),
    ("status", "cycle", "producer_type", "variety", "facility", "unit", "production_mode"),
    ("point_quality", "point_method", "origin"),
    DAY_FIELDS,
)
TEXT_FIELDS = (*OWN_TEXTS, *(name for group in GROUPS[:-1] for name in group))
SINGLE_FIELDS = ("fid", "uid", "import_id", "scale", *OWN_TEXTS)
NO_DAY = 0
_UID = 36

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Coded(NamedTuple):
    """A column of texts: each different one is kept once, the records hold its number; number 0 is no text."""

    codes: Ints
    values: tuple[str, ...]

    def at(self, row: int) -> str:
        """The text of a record."""
        return self.values[self.codes[row]]

    def of(self, rows: Rows) -> Coded:
        """The column of these records alone, with no other texts than theirs, which keep their order."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=1) > 0
        used[0] = True
        numbers = np.cumsum(used, dtype=np.int32) - 1
        return Coded(numbers[codes], tuple(self.values[code] for code in np.flatnonzero(used).tolist()))

    def among(self, wanted: Iterable[str]) -> Flags:
        """Which records hold one of these texts."""
        chosen = frozenset(wanted)
        return np.array([value in chosen for value in self.values], bool)[self.codes]


@dataclass(frozen=True)
class Columns:
    """Records by column; points in degrees of CGCS2000, NaN where there is none.

    ``imports`` holds the import's number (0: none), ``scale`` NaN where there is none.
    """

    fids: Rows
    uids: npt.NDArray[np.bytes_]
    imports: Rows
    scale: Floats
    longitude: Floats
    latitude: Floats
    texts: Mapping[str, Coded]
    days: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.fids)

    def text(self, field: str) -> Coded:
        """A column of texts."""
        return self.texts[field]

    def day(self, field: str) -> Ints:
        """A column of days, counted from 1970-01-01; :data:`NO_DAY` where there is none."""
        return self.days[field]

    def uid(self, row: int) -> str:
        """The uid of a record."""
        return self.uids[row].decode("ascii")

    def at(self, rows: Rows, texts: Sequence[str] = TEXT_FIELDS, days: Sequence[str] = DAY_FIELDS) -> Columns:
        """The columns (all, or those of these fields) of these records alone, in their order."""
        return Columns(
            *(getattr(self, name)[rows] for name in ("fids", "uids", "imports", "scale", "longitude", "latitude")),
            {name: self.texts[name].of(rows) for name in texts},
            {name: self.days[name][rows] for name in days},
        )

    @property
    def placed(self) -> Flags:
        """Which records have a point."""
        return ~(np.isnan(self.longitude) | np.isnan(self.latitude))


class _Numbers(dict):
    """Text → its number, in the order in which the texts were met; nothing is number 0."""

    def __init__(self) -> None:
        super().__init__({"": 0, None: 0})
        self.texts = [""]

    def __missing__(self, value: object) -> int:
        text = str(value)
        number = self.get(text)
        if number is None:
            number = self[text] = len(self.texts)
            self.texts.append(text)
        if value is not text:
            self[value] = number
        return number


class _Together(dict):
    """Values of a group (a tuple, or the JSON of a list) → their number, in the order in which they were met."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[Sequence[object]] = []

    def __missing__(self, values: object) -> int:
        number = self[values] = len(self.met)
        self.met.append(json.loads(values) if isinstance(values, str) else values)  # type: ignore[arg-type]
        return number


def _day(value: object) -> int:
    """``YYYY-MM-DD`` → days since 1970-01-01; what is no day is none."""
    try:
        return (date.fromisoformat(str(value)) - date(1970, 1, 1)).days
    except ValueError:
        return NO_DAY


class ColumnsBuilder:
    """Takes records chunk by chunk; a chunk is let go as soon as it was taken."""

    def __init__(self) -> None:
        self._numbers = {field: _Numbers() for field in OWN_TEXTS}
        self._groups = {group: _Together() for group in GROUPS}
        self._parts: dict[object, list[np.ndarray]] = {}

    def add(self, rows: Sequence[Sequence[object]], longitude: Floats, latitude: Floats) -> None:
        """Take records.

        Args:
            rows: values in the order of :data:`SINGLE_FIELDS`, then one for each of :data:`GROUPS`: its values in a
                tuple, or as the JSON text of a list.
            longitude: degrees in CGCS2000 (EPSG:4490), shape (n,); NaN where a record has no point.
            latitude: the same for the latitude.
        """
        if not rows:
            return
        count, given = len(rows), list(zip(*rows))
        single = dict(zip(SINGLE_FIELDS, given))
        self._keep("fid", np.fromiter(single["fid"], np.int64, count))
        self._keep("uid", _uids(single["uid"]))
        self._keep("import_id", np.fromiter((number or 0 for number in single["import_id"]), np.int64, count))
        self._keep("scale", np.fromiter(map(_number, single["scale"]), np.float64, count))
        self._keep("longitude", np.asarray(longitude, np.float64))
        self._keep("latitude", np.asarray(latitude, np.float64))
        for field, numbers in self._numbers.items():
            self._keep(field, np.fromiter(map(numbers.__getitem__, single[field]), np.int32, count))
        for (group, together), values in zip(self._groups.items(), given[len(SINGLE_FIELDS) :]):
            self._keep(group, np.fromiter(map(together.__getitem__, values), np.int32, count))

    def _keep(self, name: object, part: np.ndarray) -> None:
        self._parts.setdefault(name, []).append(part)

    def _whole(self, name: object, kind: npt.DTypeLike) -> np.ndarray:
        parts = self._parts.pop(name, [])
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    def columns(self) -> Columns:
        """All that was taken; nothing more can be taken afterwards."""
        numbers = self._numbers
        texts = {field: Coded(self._whole(field, np.int32), tuple(numbers[field].texts)) for field in OWN_TEXTS}
        for group in GROUPS[:-1]:
            texts.update(self._taken_apart(group))
        days = self._whole(DAY_FIELDS, np.int32)
        table = np.array([[*map(_day, values)] for values in self._groups[DAY_FIELDS].met], np.int32).reshape(-1, 4)
        return Columns(
            self._whole("fid", np.int64),
            self._whole("uid", "S36"),
            self._whole("import_id", np.int64),
            *(self._whole(name, np.float64) for name in ("scale", "longitude", "latitude")),
            texts,
            {field: table[days, place] for place, field in enumerate(DAY_FIELDS)},
        )

    def _taken_apart(self, group: tuple[str, ...]) -> Iterator[tuple[str, Coded]]:
        """The columns of a group; a text has the number that it would have had if records were read one by one."""
        codes, met = self._whole(group, np.int32), self._groups.pop(group).met
        for place, field in enumerate(group):
            numbers = _Numbers()
            table = np.array([numbers[values[place]] for values in met], np.int32)
            yield field, Coded(table[codes], tuple(numbers.texts))


def numbered(*codes: npt.NDArray[np.integer]) -> tuple[Rows, Rows]:
    """The first row of each different combination of codes, in ascending order of the codes, and each row's number."""
    key = np.zeros(len(codes[0]), np.int64)
    for column in codes:
        low = int(column.min(initial=0))
        key = key * (int(column.max(initial=0)) - low + 1) + (column - low)
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which.reshape(-1)


def columns_of(records: Iterable[Mapping[str, object]]) -> Columns:
    """Columns of records that are at hand as mappings from field names; ``point`` is (longitude, latitude) or none."""
    listed = list(records)
    rows = [
        [record.get("fid") or number, *map(record.get, SINGLE_FIELDS[1:]), *(tuple(map(record.get, g)) for g in GROUPS)]
        for number, record in enumerate(listed, 1)
    ]
    points = [_point(record.get("point")) for record in listed]
    builder = ColumnsBuilder()
    builder.add(rows, np.array([x for x, _ in points]), np.array([y for _, y in points]))
    return builder.columns()


def _uids(values: Sequence[object]) -> npt.NDArray[np.bytes_]:
    texts = [str(uid or "") for uid in values]
    if {*map(len, texts)} == {_UID}:
        return np.frombuffer("".join(texts).encode("ascii"), f"S{_UID}")
    return np.array(texts, f"S{_UID}")


def _point(point: Optional[object]) -> tuple[float, float]:
    return (float("nan"), float("nan")) if point is None else point  # type: ignore[return-value]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")
