"""What came in bulk is sealed behind the person's back, and in nobody's way."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from originmap.core.register.register import Register
from originmap.core.register.verifying import verify
from originmap.forms.sealing import Sealing

ROWS = 12_000


@pytest.fixture
def sealing(opened):
    made = Sealing(opened)
    yield made
    made.release()


def much(path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO history "
            "(uid, at, action, before) SELECT 'x', 'now', 'update', json_object('fid', 1000 + i) FROM n",
            (ROWS,),
        )


def unsealed(path) -> int:
    with Register.open(path, read_only=True) as register:
        found = verify(register)
    assert not found.broken
    return found.unsealed


def test_a_large_import_is_sealed_while_the_register_is_open(opened, sealing, qtbot, register_path):
    much(register_path)
    opened.records_changed.emit("")
    assert unsealed(register_path) == ROWS
    qtbot.waitUntil(lambda: sealing.under_way, timeout=10_000)
    qtbot.waitUntil(lambda: not sealing.under_way and unsealed(register_path) == 0, timeout=30_000)


def test_the_file_is_let_go_of_when_the_register_is_closed(opened, sealing, qtbot, register_path):
    much(register_path)
    opened.records_changed.emit("")
    qtbot.waitUntil(lambda: sealing.under_way and unsealed(register_path) < ROWS, timeout=10_000)
    opened.close()
    with closing(sqlite3.connect(register_path, timeout=0)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
    assert not sealing.under_way and 0 < unsealed(register_path) < ROWS
