"""The rows of a file that were decided already, kept small: 44 bytes a row, a million rows in 44 MB."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import NamedTuple, Sequence

import numpy as np
import numpy.typing as npt


class SeenRow(NamedTuple):
    """An earlier row: its sheet and number, the hash of what it says, its own point (degrees, NaN without)."""

    sheet: str
    row: int
    hash: int
    longitude: float
    latitude: float


class SeenRows:
    """Earlier rows by a 64-bit key."""

    def __init__(self) -> None:
        self._keys = np.empty(0, np.uint64)
        self._places = np.empty(0, np.int32)
        self._rows, self._hashes = array("q"), array("Q")
        self._longitudes, self._latitudes = array("d"), array("d")
        self._sheets: list[str] = []
        self._sheet_starts: list[int] = []

    def places_of(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """For each key the place of the row that has it, -1 where none has."""
        if not len(self._keys):
            return np.full(len(keys), -1, np.int32)
        at = np.searchsorted(self._keys, keys)
        at[at == len(self._keys)] = 0
        return np.where(self._keys[at] == keys, self._places[at], np.int32(-1))

    def at(self, place: int) -> SeenRow:
        """The row at a place."""
        sheet = self._sheets[bisect_right(self._sheet_starts, place) - 1]
        return SeenRow(
            sheet, self._rows[place], self._hashes[place], self._longitudes[place], self._latitudes[place]
        )

    def add(
        self,
        sheet: str,
        keys: npt.NDArray[np.uint64],
        rows: Sequence[int],
        hashes: npt.NDArray[np.uint64],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> int:
        """Remember rows whose keys are new and differ from one another; the first one's place."""
        first = len(self._rows)
        if self._sheets[-1:] != [sheet]:
            self._sheets.append(sheet)
            self._sheet_starts.append(first)
        self._rows.extend(rows)
        for kept, values in ((self._hashes, hashes), (self._longitudes, longitude), (self._latitudes, latitude)):
            kept.frombytes(np.ascontiguousarray(values).tobytes())
        order = np.argsort(keys)
        at = np.searchsorted(self._keys, keys[order])
        self._keys = np.insert(self._keys, at, keys[order])
        self._places = np.insert(self._places, at, (first + order).astype(np.int32))
        return first
