"""Bringing a register of an earlier version up to this one when it is opened for writing: whole, or not at all.

Here is what the rules need: tables, triggers, the index of the review; ``register_version`` says how far it is, and a
register of a later version is refused. What only helps people to read and fill it (form, code lists, counts) is brought
up to date when the window opens it: :mod:`.renewal`, by ``form_version``.
"""

from __future__ import annotations

import sqlite3

from ..standard.model import Standard
from .moments import NOW_SQL
from .schema import RECORD_INDEXES, create_quality_tables, create_review_tables
from .triggers import create_triggers

REGISTER_VERSION = 2


def upgrade(connection: sqlite3.Connection, standard: Standard, version: int) -> None:
    """Make what a register of ``version`` lacks, inside the caller's transaction; does nothing to one of this version.

    All triggers are made anew, so that what is enforced is what this version says. What had been approved or returned
    before there were reviews keeps its state: a step says that it was taken over.
    """
    if version >= REGISTER_VERSION:
        return
    create_review_tables(connection)
    create_quality_tables(connection)
    connection.execute(RECORD_INDEXES["record_review"])
    connection.execute(
        "INSERT INTO review_event (uid, event, from_status, to_status, at, history_id) "
        f"SELECT uid, CASE status WHEN 'approved' THEN 'approve' ELSE 'return' END, 'submitted', status, {NOW_SQL}, 0 "
        "FROM record WHERE status IN ('approved', 'returned')"
    )
    _drop_triggers(connection)
    create_triggers(connection, standard)
    connection.execute("UPDATE setting SET value = ? WHERE name = 'register_version'", (str(REGISTER_VERSION),))


def _drop_triggers(connection: sqlite3.Connection) -> None:
    """Away with our triggers on records, history and imports; those of the spatial index stay."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('record', 'history', 'import') "
        "AND name NOT LIKE 'rtree_%'"
    )
    for (name,) in connection.execute(query).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
