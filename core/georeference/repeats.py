"""Rows of one file that stand for the same record: told apart, counted once, or refused, but never dropped."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np
import numpy.typing as npt

from ..standard.findings import Level
from .batch import Batch
from .keys import record_key
from .seen import SeenRow, SeenRows

# Points closer than this are one site; from the same distance on the dock asks about a second one.
_SAME_SITE_METRES = 20.0
_METRES_PER_DEGREE = 111_320.0


class Repeats:
    """Remembers the rows of an import by record key and by uid."""

    def __init__(self) -> None:
        self._by_key = SeenRows()
        self._by_uid = SeenRows()
        self._sites: dict[str, int] = {}

    def find(
        self,
        batch: Batch,
        keys: list[str],
        hashes: list[str],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> set[int]:
        """Indexes of the rows that say what an earlier row said, each with its finding.

        ``keys`` is changed in place where one key stands for several sites.
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
            if before.hash == int(hashes[index]):
                repeated.add(index)
                batch.add(index, Level.WARNING, "DUP_ROW", "producer_name", {"other": before.row})
            else:
                batch.add(index, Level.ERROR, "DUP_ID", "uid", {"other": before.row})

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

        def met(index: int, before: SeenRow) -> None:
            if before.hash == int(hashes[index]):
                repeated.add(index)
                batch.add(index, Level.WARNING, "DUP_ROW", "producer_name", {"other": before.row})
            elif _apart(before, points[0][index], points[1][index]):
                keys[index] = self._next_site(keys[index])
                batch.add(index, Level.WARNING, "SITE_UNNAMED", "site_name", {"other": before.row})
            elif not uids[index]:
                batch.add(index, Level.ERROR, "DUP_KEY", "site_name", {"other": before.row})

        numbers = _numbers([keys[i] for i in rows])
        _through(self._by_key, batch, np.array(rows, np.int64), numbers, hashes, points, met)

    def _next_site(self, key: str) -> str:
        """Two rows of one producer and product at two places are two sites, even if nobody named them."""
        self._sites[key] = self._sites.get(key, 0) + 1
        return record_key(key, "", "", "", self._sites[key])


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


def _apart(before: SeenRow, longitude: float, latitude: float) -> Optional[bool]:
    east = (before.longitude - longitude) * np.cos(np.radians(latitude))
    return bool(np.hypot(east, before.latitude - latitude) * _METRES_PER_DEGREE > _SAME_SITE_METRES)
