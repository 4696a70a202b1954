"""The records that a query finds, read from the register one chunk at a time, as the one table is made of them."""

from __future__ import annotations

from typing import Iterator, Mapping

from ..onemap.filtered import ask
from ..onemap.query import Query
from .geometry import coordinates_of
from .register import Register

_CHUNK = 5_000
_ORDER = "division_code, producer_name, variety, fid"


def records(register: Register, query: Query) -> Iterator[Mapping[str, object]]:
    """The records by township, producer and product, each with all its columns under their names, and with
    ``longitude`` and ``latitude`` (degrees, CGCS2000), ``None`` where it has no point.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count`.
    """
    cursor = ask(register.connection, f"SELECT * FROM record WHERE {{}} ORDER BY {_ORDER}", query, register.standard())
    names = [column[0] for column in cursor.description]
    geometry = names.index("geom")
    while rows := cursor.fetchmany(_CHUNK):
        for row, point in zip(rows, coordinates_of([row[geometry] for row in rows]).tolist()):
            record = dict(zip(names, row))
            if row[geometry] is not None and point[0] == point[0]:
                record["longitude"], record["latitude"] = point
            yield record
