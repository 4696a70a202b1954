"""Asking with a query: how many records it finds, and a layer that shows these and no others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Sequence

from qgis.core import QgsProviderRegistry, QgsVectorLayer

from ..standard.errors import OriginMapError
from ..standard.model import Standard
from .query import Query
from .query_sql import subset
from .reading import journal_held


def count(connection: sqlite3.Connection, query: Query, standard: Standard) -> int:
    """How many records of a register the query finds, with a point or without.

    Raises:
        OriginMapError: ``QUERY_BAD`` when its further condition is no SQL, or what :func:`.query_sql.subset` says.
    """
    return ask(connection, "SELECT count(*) FROM record WHERE {}", query, standard).fetchone()[0]


def ask(
    connection: sqlite3.Connection, statement: str, query: Query, standard: Standard, values: Sequence[object] = ()
) -> sqlite3.Cursor:
    """Run a statement with the query's condition in the place of ``{}``.

    Raises:
        OriginMapError: as for :func:`count`.
    """
    sql = statement.replace("{}", subset(query, standard))
    try:
        return connection.execute(sql, values)
    except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
        if not query.condition:
            raise
        raise OriginMapError("QUERY_BAD", sql, value=query.condition, reason=str(error)) from error


def filter_layer(layer: QgsVectorLayer, query: Query, standard: Standard) -> None:
    """Let a layer of a register's records show what the query finds; visible and to be undone in its properties.

    Raises:
        OriginMapError: ``LAYER_BEING_EDITED``, or as for :func:`count`.
    """
    sql = subset(query, standard)
    if layer.isEditable():
        raise OriginMapError("LAYER_BEING_EDITED")
    path = Path(QgsProviderRegistry.instance().decodeUri("ogr", layer.source())["path"])
    if query.condition:
        # GDAL takes any text for a filter and then finds nothing; SQLite says what is wrong with it.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            ask(connection, "SELECT 1 FROM record WHERE {} LIMIT 0", query, standard)
    with journal_held(path):
        taken = layer.setSubsetString(sql)
    if not taken:
        raise OriginMapError("QUERY_BAD", sql, value=query.condition, reason=layer.source())
