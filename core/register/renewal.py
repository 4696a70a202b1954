"""Bringing a register of an earlier version up to this one.

What the rules need is made by whoever opens it for writing, whole or not at all: tables and indexes by steps from one
``register_version`` to the next; triggers and the view of the counts whenever they are other than this version makes
them, also where somebody took one away (:mod:`.guards`). A register of a later version is refused. What only helps
people to read and fill it (form, code lists) follows when the window opens it, by ``form_version``: the layers have to
follow too.
"""

from __future__ import annotations

import sqlite3
from typing import Callable, Mapping

from ..review.counts import COUNTS_VIEW, counts_view
from ..standard.model import Standard
from .form import FORM_VERSION
from .gpkg import COUNTS_TABLE
from .guards import Fault, are_right, drop_all, put_right
from .moments import NOW_SQL
from .schema import RECORD, RECORD_INDEXES, create_quality_tables, create_review_tables, fill_lists

REGISTER_VERSION = 3

# Up to so many records an index is made while the window waits; a larger register goes on without it, only slower.
_QUICKLY_INDEXED = 50_000


def rules_are_behind(connection: sqlite3.Connection, standard: Standard, version: int) -> bool:
    """Whether a register of ``version`` lacks something that its rules need, or has other triggers or counts."""
    return version < REGISTER_VERSION or not are_right(connection, standard) or not _counts_are_right(connection)


def renew_rules(connection: sqlite3.Connection, standard: Standard, version: int) -> dict[str, Fault]:
    """Make what the rules need, inside the caller's transaction; gives the triggers that somebody had meddled with."""
    for step in range(version, REGISTER_VERSION):
        _STEPS[step](connection)
    wrong = put_right(connection, standard)
    if not _counts_are_right(connection):
        connection.execute(f'DROP VIEW IF EXISTS "{COUNTS_VIEW}"')
        connection.execute(counts_view())
    connection.execute("UPDATE setting SET value = ? WHERE name = 'register_version'", (str(REGISTER_VERSION),))
    return wrong


def _counts_are_right(connection: sqlite3.Connection) -> bool:
    """Whether the view of the counts is that of this version; somebody's table of its name is left alone."""
    row = connection.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (COUNTS_VIEW,)).fetchone()
    return row is not None and (row[0] != "view" or row[1] == counts_view())


def form_is_behind(form_version: str) -> bool:
    """Whether an earlier version made the register's form."""
    return int(form_version or 0) < FORM_VERSION


def renew_form(connection: sqlite3.Connection, standard: Standard, form: str) -> None:
    """Make what helps people, inside the caller's transaction; ``form`` is :func:`.layers.renewed_form`.

    The records, and how they are drawn, stay as they are.
    """
    connection.execute(COUNTS_TABLE)
    fill_lists(connection, standard)
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    (last,) = connection.execute(f'SELECT coalesce(max(fid), 0) FROM "{RECORD}"').fetchone()
    for name, statement in RECORD_INDEXES.items():
        if name not in known and last <= _QUICKLY_INDEXED:
            connection.execute(statement)
    # In the place of the old one: the symbols beside it may be a person's own.
    connection.execute("UPDATE layer_styles SET styleQML = ? WHERE f_table_name = ? AND useAsDefault", (form, RECORD))
    made_by = "INSERT OR REPLACE INTO setting (name, value) VALUES ('form_version', ?)"
    connection.execute(made_by, (str(FORM_VERSION),))


def _add_review(connection: sqlite3.Connection) -> None:
    """What had been approved or returned before there were reviews keeps its state: a step says it was taken over."""
    create_review_tables(connection)
    create_quality_tables(connection)
    connection.execute(RECORD_INDEXES["record_review"])
    drop_all(connection)
    connection.execute(
        "INSERT INTO review_event (uid, event, from_status, to_status, at, history_id) "
        f"SELECT uid, CASE status WHEN 'approved' THEN 'approve' ELSE 'return' END, 'submitted', status, {NOW_SQL}, 0 "
        "FROM record WHERE status IN ('approved', 'returned')"
    )


# What leads from a version to the next, by the earlier one; from the third on the triggers are noted.
_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _add_review, 2: drop_all}
