"""Styles as people changed them, kept in the register beside its default styles, where QGIS itself finds them too."""

from __future__ import annotations

import sqlite3

from .register import Register, transaction
from .schema import DIVISION, RECORD

_TABLES = (RECORD, DIVISION)


def kept_style(connection: sqlite3.Connection, name: str) -> str:
    """The style (QML) of that name; empty where nobody kept one."""
    row = connection.execute(
        "SELECT styleQML FROM layer_styles WHERE styleName = ? AND NOT useAsDefault AND f_table_name IN (?, ?) "
        "ORDER BY id DESC LIMIT 1",
        (name, *_TABLES),
    ).fetchone()
    return "" if row is None else row[0]


def kept_styles(connection: sqlite3.Connection) -> dict[str, str]:
    """All styles that people kept, by name."""
    rows = connection.execute(
        "SELECT styleName, styleQML FROM layer_styles WHERE NOT useAsDefault AND f_table_name IN (?, ?) ORDER BY id",
        _TABLES,
    )
    return dict(rows.fetchall())


def keep_style(register: Register, name: str, qml: str, by: str, table: str = RECORD) -> None:
    """Keep a style under a name, in the place of the one that had it; the default styles are never touched.

    Args:
        register: open to be written to.
        name: as QGIS lists it.
        qml: the style.
        by: who changed it.
        table: of whose layers it is a style.

    Raises:
        RegisterError: what :func:`.errors.told_plainly` says.
    """
    with transaction(register.connection, register.path):
        _forget(register.connection, name)
        register.connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', 0, ?, '')",
            (table, name, qml, by),
        )


def drop_style(register: Register, name: str) -> None:
    """Forget the style of that name, if somebody kept one."""
    with transaction(register.connection, register.path):
        _forget(register.connection, name)


def _forget(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(
        "DELETE FROM layer_styles WHERE styleName = ? AND NOT useAsDefault AND f_table_name IN (?, ?)",
        (name, *_TABLES),
    )
