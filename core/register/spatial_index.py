"""Fills a table's spatial index by the chunk: what its triggers would do for each row, done for all rows at once."""

from __future__ import annotations

import sqlite3

import numpy as np
import numpy.typing as npt

from .gpkg import index_name, widen_extent


def hold_points(
    connection: sqlite3.Connection, fids: npt.NDArray[np.int64], points: npt.NDArray[np.float64]
) -> None:
    """Lay the points of a chunk ready for :func:`index_held_points`.

    Args:
        connection: to the register.
        fids: of the rows, shape (n,).
        points: longitudes and latitudes in EPSG:4490, shape (n, 2); rows without a point (NaN) are passed over.
    """
    there = ~np.isnan(points[:, 0])
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS held (fid INTEGER PRIMARY KEY, x REAL, y REAL)")
    connection.execute("DELETE FROM temp.held")
    longitude, latitude = points[there].T.tolist()
    connection.executemany("INSERT INTO temp.held VALUES (?, ?, ?)", zip(fids[there].tolist(), longitude, latitude))


def index_held_points(connection: sqlite3.Connection, table: str) -> None:
    """Add the points laid ready to a table's index, whose own triggers are away, and widen the table's extent."""
    connection.execute(f'INSERT INTO "{index_name(table)}" SELECT fid, x, x, y, y FROM temp.held')
    west, south, east, north = connection.execute(
        "SELECT min(x), min(y), max(x), max(y) FROM temp.held"
    ).fetchone()
    if west is not None:
        widen_extent(connection, table, west, south, east, north)
