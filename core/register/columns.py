"""Reads the records of a register into columns, in chunks: what many records hold alike as one text of JSON."""

from __future__ import annotations

from typing import Collection, Optional, Sequence

import numpy as np

from ..quality.columns import GROUPS, SINGLE_FIELDS, Columns, ColumnsBuilder
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .geometry import coordinates_of, plain_points
from .register import Register
from .rows import position_of
from .schema import RECORD

_AT_ONCE = 20_000
_ALL = frozenset((*SINGLE_FIELDS, *(name for group in GROUPS for name in group)))
_NOBODY = Silent()


def read_columns(
    register: Register, progress: Progress = _NOBODY, where: str = "1", fields: Collection[str] = _ALL
) -> Columns:
    """Records of a register as columns, read in chunks.

    Args:
        register: open for reading at least.
        progress: told how far it is, asked whether to stop.
        where: the condition of SQL that the records fulfil.
        fields: what is read; the others are empty, but those that come together with one of these.

    Raises:
        Cancelled: the person stopped it.
    """
    builder = ColumnsBuilder()
    (last,) = register.connection.execute(f'SELECT coalesce(max(fid), 0) FROM "{RECORD}"').fetchone()
    cursor = register.connection.execute(f'SELECT {_selected(fields)} FROM "{RECORD}" WHERE {where} ORDER BY fid')
    while rows := cursor.fetchmany(_AT_ONCE):
        stop_if_cancelled(progress)
        points = _points([row[0] for row in rows])
        builder.add([row[1:] for row in rows], points[:, 0], points[:, 1])
        progress.set_fraction(rows[-1][1] / last)
    return builder.columns()


def _selected(fields: Collection[str]) -> str:
    single = (name if name in fields else "NULL" for name in SINGLE_FIELDS)
    return ", ".join(("geom", *single, *(_together(group, not {*group}.isdisjoint(fields)) for group in GROUPS)))


def _together(group: Sequence[str], read: bool) -> str:
    # As texts: JSON cannot hold what another program may have left in a column as a blob.
    return f"json_array({', '.join(f'CAST({name} AS TEXT)' if read else 'NULL' for name in group)})"


def _points(blobs: Sequence[Optional[bytes]]) -> np.ndarray:
    """Points as the register writes them all at once; those that another program wrote one by one."""
    if plain_points(blobs):
        return coordinates_of(blobs)
    places = [position_of(blob) for blob in blobs]
    return np.array([(np.nan, np.nan) if place is None else place for place in places], np.float64).reshape(-1, 2)
