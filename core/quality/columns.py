"""Records as arrays, one for each field that a check looks at, so that a million of them are judged at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Iterable, Mapping, NamedTuple, Optional, Sequence

import numpy as np
import numpy.typing as npt

TEXT_FIELDS = (
    *("status", "cycle", "province", "township", "village", "division_code", "producer_name", "credit_code"),
    *("producer_type", "variety", "facility", "unit", "site_name", "contact_phone", "collector_name"),
    *("production_mode", "point_quality", "point_method", "origin"),
)
DAY_FIELDS = ("transplanted_on", "market_start", "market_end", "collected_on")
# What a reader hands over for each record, in this order; its point comes apart from it.
READ_FIELDS = ("fid", "uid", "import_id", "scale", *TEXT_FIELDS, *DAY_FIELDS)
NO_DAY = 0

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


class _Days(dict):
    """``YYYY-MM-DD`` → days since 1970-01-01; what is no day is none."""

    def __missing__(self, value: object) -> int:
        try:
            day = (date.fromisoformat(str(value)) - date(1970, 1, 1)).days
        except ValueError:
            day = NO_DAY
        self[value] = day
        return day


class ColumnsBuilder:
    """Takes records chunk by chunk; a chunk is let go as soon as it was taken."""

    def __init__(self) -> None:
        self._numbers = {field: _Numbers() for field in TEXT_FIELDS}
        self._days = _Days()
        self._parts: dict[str, list[np.ndarray]] = {}

    def add(self, rows: Sequence[Sequence[object]], longitude: Floats, latitude: Floats) -> None:
        """Take records.

        Args:
            rows: values in the order of :data:`READ_FIELDS`.
            longitude: degrees in CGCS2000 (EPSG:4490), shape (n,); NaN where a record has no point.
            latitude: the same for the latitude.
        """
        if not rows:
            return
        by_field = dict(zip(READ_FIELDS, zip(*rows)))
        count = len(rows)
        self._keep("fid", np.fromiter(by_field["fid"], np.int64, count))
        self._keep("uid", np.array([str(uid or "") for uid in by_field["uid"]], "S36"))
        self._keep("import_id", np.fromiter((number or 0 for number in by_field["import_id"]), np.int64, count))
        self._keep("scale", np.fromiter(map(_number, by_field["scale"]), np.float64, count))
        self._keep("longitude", np.asarray(longitude, np.float64))
        self._keep("latitude", np.asarray(latitude, np.float64))
        for field, numbers in self._numbers.items():
            self._keep(field, np.fromiter(map(numbers.__getitem__, by_field[field]), np.int32, count))
        for field in DAY_FIELDS:
            self._keep(field, np.fromiter(map(self._days.__getitem__, by_field[field]), np.int32, count))

    def _keep(self, name: str, part: np.ndarray) -> None:
        self._parts.setdefault(name, []).append(part)

    def columns(self) -> Columns:
        """All that was taken; nothing more can be taken afterwards."""

        def whole(name: str, kind: npt.DTypeLike) -> np.ndarray:
            parts = self._parts.pop(name, [])
            return np.concatenate(parts) if parts else np.zeros(0, kind)

        return Columns(
            whole("fid", np.int64),
            whole("uid", "S36"),
            whole("import_id", np.int64),
            *(whole(name, np.float64) for name in ("scale", "longitude", "latitude")),
            {field: Coded(whole(field, np.int32), tuple(self._numbers[field].texts)) for field in TEXT_FIELDS},
            {field: whole(field, np.int32) for field in DAY_FIELDS},
        )


def columns_of(records: Iterable[Mapping[str, object]]) -> Columns:
    """Columns of records that are at hand as mappings from field names; ``point`` is (longitude, latitude) or none."""
    listed = list(records)
    rows = [[record.get(field) for field in READ_FIELDS] for record in listed]
    for number, row in enumerate(rows, 1):
        row[0] = row[0] or number
    points = [_point(record.get("point")) for record in listed]
    builder = ColumnsBuilder()
    builder.add(rows, np.array([x for x, _ in points]), np.array([y for _, y in points]))
    return builder.columns()


def _point(point: Optional[object]) -> tuple[float, float]:
    return (float("nan"), float("nan")) if point is None else point  # type: ignore[return-value]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")
