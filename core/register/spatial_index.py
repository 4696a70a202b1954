"""Fills the spatial index of an import beside the import's other work: SQLite needs no Python for it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Optional

import numpy as np
import numpy.typing as npt

from .gpkg import index_name, widen_extent


class IndexFiller:
    """Takes the points of a chunk into a table's index on a second core, while the next chunk is being understood.

    The connection must allow use from another thread; whoever uses it next calls :meth:`wait` first.
    """

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._worker = ThreadPoolExecutor(1, "originmap-index")
        self._running: Optional[Future[None]] = None
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS placed (fid INTEGER PRIMARY KEY, x REAL, y REAL)")
        connection.execute("DELETE FROM temp.placed")

    def add(self, fids: npt.NDArray[np.int64], points: npt.NDArray[np.float64]) -> None:
        """Begin to index points: longitudes and latitudes, shape (n, 2)."""
        self.wait()
        if not len(fids):
            return
        longitude, latitude = points.T.tolist()
        self._connection.executemany(
            "INSERT INTO temp.placed VALUES (?, ?, ?)", zip(fids.tolist(), longitude, latitude)
        )
        widen_extent(self._connection, self._table, min(longitude), min(latitude), max(longitude), max(latitude))
        self._running = self._worker.submit(self._fill)

    def wait(self) -> None:
        """Until what was begun is done; what went wrong there is raised here."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def close(self) -> None:
        """Let the thread end, whatever happened."""
        self._worker.shutdown(wait=True)

    def _fill(self) -> None:
        self._connection.execute(f'INSERT INTO "{index_name(self._table)}" SELECT fid, x, x, y, y FROM temp.placed')
        self._connection.execute("DELETE FROM temp.placed")
