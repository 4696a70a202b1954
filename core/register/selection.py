"""The records that a query finds, read from the register by chunks: whole for the one table, or their points alone."""

from __future__ import annotations

from typing import Iterator, Mapping

import numpy as np

from ..onemap.aggregates import amount_of
from ..onemap.cells import Points
from ..onemap.filtered import ask
from ..onemap.query import Query
from ..quality.thresholds import plain_name
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


def points(register: Register, query: Query) -> Points:
    """The records that have a point, as arrays; scales as :func:`core.onemap.aggregates.amount_of` adds them.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count`.
    """
    standard = register.standard()
    amount = f"coalesce({amount_of(query, standard).sql}, 0.0)"
    statement = f"SELECT geom, producer_name, {amount} FROM record WHERE {{}} AND geom IS NOT NULL"
    cursor = ask(register.connection, statement, query, standard)
    known: dict[str, int] = {}
    chunks = [Points(np.zeros((0, 2)), np.zeros(0, np.int64), np.zeros(0))]
    while rows := cursor.fetchmany(_CHUNK):
        blobs, names, amounts = zip(*rows)
        places = coordinates_of(blobs)
        numbers = [known.setdefault(plain_name(name), len(known)) if name else -1 for name in names]
        there = ~np.isnan(places[:, 0])
        chunks.append(Points(places[there], np.array(numbers, np.int64)[there], np.array(amounts, float)[there]))
    columns = ((chunk.places, chunk.producers, chunk.amounts) for chunk in chunks)
    return Points(*map(np.concatenate, zip(*columns)))
