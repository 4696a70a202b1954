"""Rows of one file that stand for the same record: told apart, counted once, or refused, but never dropped."""

from __future__ import annotations

import math
from typing import Callable

import numpy as np
import numpy.typing as npt

from ..register.record_key import key_of_further_site
from ..standard.findings import Level
from ..standard.messages import Phrase
from .batch import Batch
from .seen import SeenRow, SeenRows

# Points closer than this are one site; from the same distance on the dock asks about a second one.
_SAME_SITE_METRES = 20.0
# What a point loses on its way between notations: a hundredth of a second is 0.3 m.
_SAME_POINT_METRES = 1.0
_METRES_PER_DEGREE = 111_320.0


class Repeats:
    """Remembers the rows of an import by record key and by uid."""

    def __init__(self) -> None:
        self._by_key = SeenRows()
        self._by_uid = SeenRows()
        # Beside the first site of a key those that nobody named, which are few.
        self._unnamed: dict[str, list[SeenRow]] = {}

    def find(
        self,
        batch: Batch,
        keys: list[str],
        hashes: list[str],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> set[int]:
        """Indexes of the rows that say what an earlier row said, each with its finding.

        ``hashes`` are of what the rows say without their place; ``longitude`` and ``latitude`` are those of the rows'
        own coordinates, NaN where a row has none. ``keys`` is changed in place where one key stands for several sites.
        """
        points = longitude, latitude
        hashed = _numbers(hashes)
        repeated: set[int] = set()
        self._by_uids(batch, hashed, points, repeated)
        self._by_keys(batch, keys, hashed, points, repeated)
        return repeated

    def _by_uids(
        self, batch: Batch, hashes: npt.NDArray[np.uint64], points: tuple[npt.NDArray, npt.NDArray], repeated: set[int]
    ) -> None:
        uids = batch.column("uid")
        rows = [i for i, uid in enumerate(uids) if uid and i not in batch.refused]
        if not rows:
            return
        numbers = _numbers([str(uids[i]).replace("-", "")[:16] for i in rows])

        def met(index: int, before: SeenRow) -> None:
            if _same(before, _seen(batch, index, hashes, points)):
                _note_repeated(batch, index, before, repeated)
            else:
                batch.add(index, Level.ERROR, "DUP_ID", "uid", _other(batch, before))

        _through(self._by_uid, batch, np.array(rows), numbers, hashes, points, met)

    def _by_keys(
        self,
        batch: Batch,
        keys: list[str],
        hashes: npt.NDArray[np.uint64],
        points: tuple[npt.NDArray, npt.NDArray],
        repeated: set[int],
    ) -> None:
        rows = [i for i in range(len(keys)) if i not in batch.refused and i not in repeated]
        uids = batch.column("uid")

        def met(index: int, first: SeenRow) -> None:
            row = _seen(batch, index, hashes, points)
            sites = [first, *self._unnamed.get(keys[index], ())]
            same = next((site for site in sites if _same(site, row)), None)
            near = next((site for site in sites if not _apart(site, row)), None)
            if same is not None:
                _note_repeated(batch, index, same, repeated)
            elif near is None:
                keys[index] = self._next_site(keys[index], row)
                batch.add(index, Level.WARNING, "SITE_UNNAMED", "site_name", _other(batch, first))
            elif not uids[index]:
                batch.add(index, Level.ERROR, "DUP_KEY", "site_name", _other(batch, near))

        numbers = _numbers([keys[i] for i in rows])
        _through(self._by_key, batch, np.array(rows, np.int64), numbers, hashes, points, met)

    def _next_site(self, key: str, row: SeenRow) -> str:
        """Two rows of one producer and product at two places are two sites, even if nobody named them."""
        sites = self._unnamed.setdefault(key, [])
        sites.append(row)
        return key_of_further_site(key, len(sites))


def _through(
    seen: SeenRows,
    batch: Batch,
    rows: npt.NDArray[np.int64],
    numbers: npt.NDArray[np.uint64],
    hashes: npt.NDArray[np.uint64],
    points: tuple[npt.NDArray, npt.NDArray],
    met: Callable[[int, SeenRow], None],
) -> None:
    """Call ``met`` for each row that meets an earlier one, in the file's order, and remember the others."""
    places = seen.places_of(numbers)
    _, first = np.unique(numbers, return_index=True)
    is_first = np.zeros(len(numbers), bool)
    is_first[first] = True
    fresh = is_first & (places < 0)
    chosen = rows[fresh]
    seen.add(
        batch.sheet,
        numbers[fresh],
        [batch.rows[i] for i in chosen.tolist()],
        hashes[chosen],
        points[0][chosen],
        points[1][chosen],
    )
    others = np.flatnonzero(~fresh)
    for other, place in zip(others.tolist(), seen.places_of(numbers[others]).tolist()):
        met(int(rows[other]), seen.at(place))


def _numbers(texts: list[str]) -> npt.NDArray[np.uint64]:
    return np.array([int(text, 16) for text in texts], np.uint64)


def _seen(
    batch: Batch, index: int, hashes: npt.NDArray[np.uint64], points: tuple[npt.NDArray, npt.NDArray]
) -> SeenRow:
    longitude, latitude = (float(axis[index]) for axis in points)
    return SeenRow(batch.sheet, batch.rows[index], int(hashes[index]), longitude, latitude)


def _note_repeated(batch: Batch, index: int, before: SeenRow, repeated: set[int]) -> None:
    repeated.add(index)
    batch.add(index, Level.WARNING, "DUP_ROW", "producer_name", _other(batch, before))


def _other(batch: Batch, before: SeenRow) -> dict[str, object]:
    """The earlier row as a sentence names it: with its sheet where that is another one."""
    if before.sheet == batch.sheet:
        return {"other": before.row}
    return {"other": before.row, "other_sheet": before.sheet, "where": Phrase("OTHER_SHEET")}


def _same(one: SeenRow, other: SeenRow) -> bool:
    """Whether two rows say the same of the same place, in whatever notation: 111°28′53.72″ is 111.481589."""
    if math.isnan(one.longitude) or math.isnan(other.longitude):
        placed_alike = math.isnan(one.longitude) and math.isnan(other.longitude)
    else:
        placed_alike = _metres(one, other) <= _SAME_POINT_METRES
    return one.hash == other.hash and placed_alike


def _apart(one: SeenRow, other: SeenRow) -> bool:
    """Whether two rows have points of their own that lie too far from one another to be one site."""
    return _metres(one, other) > _SAME_SITE_METRES


def _metres(one: SeenRow, other: SeenRow) -> float:
    east = (one.longitude - other.longitude) * math.cos(math.radians(other.latitude))
    return math.hypot(east, one.latitude - other.latitude) * _METRES_PER_DEGREE
