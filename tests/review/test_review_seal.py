"""The seal: what somebody does behind the register's back, its triggers taken away first, is found and named."""

from __future__ import annotations

import sqlite3
import uuid

import pytest

from originmap.core.register.changing import change
from originmap.core.register.history import timeline
from originmap.core.register.register import Register
from originmap.core.register.reviewing import review_one
from originmap.core.register.sealing import AT_ONCE, seal_all, seal_some
from originmap.core.register.verifying import Break, verify
from originmap.core.review.process import Event
from originmap.core.review.seal import next_link
from originmap.core.review.transitions import Terms
from originmap.core.standard.progress import Cancelled, Silent

ROWS = 100_000


@pytest.fixture
def sealed(register, insert, people):
    """Three records with a life behind them; the uids."""
    uids = [insert() for _ in range(3)]
    change(register, uids[0], {"scale": 1 / 3}, people.collector, point=(110.6, 19.6))
    review_one(register, uids[0], Event.SUBMIT, people.collector)
    review_one(register, uids[0], Event.RETURN, people.reviewer, Terms("点位不对", "2099-01-01"), [("geom", "偏了")])
    review_one(register, uids[1], Event.SUBMIT, people.collector)
    review_one(register, uids[1], Event.APPROVE, people.reviewer)
    seal_all(register.connection)
    found = verify(register)
    assert not found.broken and found.unsealed == 0 and found.checked > 10
    return uids


def tamper(connection: sqlite3.Connection, *statements: str) -> None:
    """What somebody does with a database tool: first the triggers go, and come back afterwards."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(query).fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)


@pytest.mark.parametrize(
    "statement, kind, subject",
    [
        ("UPDATE record SET scale = 999 WHERE fid = 2", Break.CHANGED, "record"),
        ("UPDATE record SET geom = (SELECT geom FROM record WHERE fid = 2) WHERE fid = 1", Break.CHANGED, "record"),
        ("DELETE FROM record WHERE fid = 2", Break.MISSING, "record"),
        ("UPDATE history SET by = '某' WHERE id = 2", Break.CHANGED, "history"),
        ("DELETE FROM history WHERE id = 1", Break.MISSING, "history"),
        ("INSERT INTO history SELECT 0, uid, at, by, action, status, import_id, before FROM history WHERE id = 1",
         Break.INSERTED, "history"),
        ("UPDATE review_event SET by_name = '某' WHERE event = 'approve'", Break.CHANGED, "review_event"),
        ("DELETE FROM review_comment", Break.MISSING, "review_comment"),
        ("DELETE FROM seal WHERE id = 3", Break.CHAIN, None),
        ("UPDATE seal SET digest = zeroblob(32) WHERE id = 4", Break.CHAIN, None),
    ],
)  # fmt: skip
def test_what_is_done_behind_the_back_is_found(register, sealed, people, statement, kind, subject):
    tamper(register.connection, statement)
    first = verify(register).first
    assert first is not None and first.kind is kind and subject in (None, first.subject)
    assert first.link > 0 and str(first.row) in first.sentence() and "{" not in first.sentence("en")
    # Sealing what came since hides nothing.
    change(register, sealed[2], {"remark": "后来"}, people.collector)
    seal_all(register.connection)
    assert verify(register).first == first


def test_a_state_without_its_step_is_found(register, sealed):
    tamper(register.connection, f"UPDATE record SET status = 'approved' WHERE uid = '{sealed[2]}'")
    found = verify(register)
    assert {one.kind for one in found.broken} == {Break.CHANGED, Break.STATUS}
    assert {one.uid for one in found.broken} == {sealed[2]} and sealed[2] in found.broken[-1].sentence()


def test_a_false_entry_does_not_cover_a_change(register, sealed):
    """The history must go on from what was sealed, also where nothing behind it is sealed yet."""
    tamper(
        register.connection,
        "UPDATE record SET scale = 999 WHERE fid = 3",
        "INSERT INTO history (uid, at, by, action, status, before) SELECT uid, '2026-11-24', '某', 'update', status, "
        "json_object('fid', fid, 'uid', uid, 'geom', hex(geom), 'scale', 998) FROM record WHERE fid = 3",
    )
    assert (verify(register).first.kind, verify(register).first.subject) == (Break.CHANGED, "record")


def test_a_chain_made_anew_lacks_the_mark_that_was_written_down(register, sealed):
    connection, mark = register.connection, verify(register).head
    assert len(mark) == 16 and not verify(register, known_head=mark.upper()).broken
    tamper(connection, "UPDATE record SET scale = 999 WHERE fid = 2", "DELETE FROM seal")
    seal_all(connection)
    assert not verify(register).broken
    (broken,) = verify(register, known_head=mark).broken
    assert broken.kind is Break.MARK and mark in broken.sentence()


def test_what_people_do_breaks_nothing_whenever_it_is_sealed(register, insert, people):
    """Edits, steps, deleting, a number taken again, in pieces: after each the chain holds."""
    connection = register.connection
    uids = [insert() for _ in range(4)]
    for turn in range(3):
        for uid in uids[:2]:
            change(register, uid, {"scale": 10 + turn / 7}, people.collector)
        connection.execute("DELETE FROM record WHERE uid = ?", (uids[-1],))
        uids[-1] = insert()
        assert not verify(register).broken
        seal_some(connection, register.path)
        connection.execute("UPDATE record SET remark = ?, updated_at = '2030-01-01T00:00:00+08:00'", (f"{turn}",))
        assert not verify(register).broken
    seal_all(connection)
    assert not verify(register).broken and verify(register).unsealed == 0


def test_a_hundred_thousand_rows(register, insert, people):
    connection, uid = register.connection, insert()
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
        "INSERT INTO history (uid, at, by, action, status, before) SELECT ?, '2026-11-24T08:00:00+08:00', '某', "
        "'update', 'draft', json_object('fid', 1000000 + i, 'scale', i, 'remark', '第' || i || '条') FROM n",
        (ROWS, str(uuid.uuid4())),
    )
    # Every open and close seals a piece; a task or the algorithm the rest.
    assert seal_some(connection, register.path).more
    register.close()
    with Register.open(register.path) as again:
        assert again.connection.execute("SELECT count(*) FROM seal").fetchone()[0] >= 3 * AT_ONCE
        seal_all(again.connection)
        tamper(
            again.connection,
            "UPDATE history SET before = replace(before, '第70000条', '第七万条') WHERE id = 70000",
            "DELETE FROM history WHERE id = 40000",
            "INSERT INTO history SELECT -1, uid, at, by, action, status, import_id, before FROM history WHERE id = 1",
        )
        found = verify(again)
        assert [(one.kind, one.row) for one in found.broken] == [
            (Break.INSERTED, -1), (Break.MISSING, 40_000), (Break.CHANGED, 70_000)
        ]  # fmt: skip
        # One sealed entry is gone, all others and the one record were looked at.
        assert (found.checked, found.unsealed) == (ROWS + 1, 0) and len(timeline(again.connection, uid)) == 1


def test_a_person_can_stop_it_and_nothing_stays_locked(register, insert):
    class Impatient(Silent):
        def is_cancelled(self) -> bool:
            return True

    connection = register.connection
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO history "
        "(uid, at, action, before) SELECT 'x', 'now', 'update', json_object('fid', 1000 + i) FROM n"
    )
    seal_all(connection)
    with pytest.raises(Cancelled):
        verify(register, Impatient())
    insert()


def test_links_depend_on_all_they_seal():
    links = {
        next_link(before, subject, row, digest)
        for before in (bytes(32), b"1" * 32)
        for subject in ("record", "history")
        for row in (1, 2)
        for digest in (b"a" * 32, b"b" * 32)
    }
    assert len(links) == 16
