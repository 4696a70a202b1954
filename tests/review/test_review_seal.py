"""The seal: what somebody does behind the register's back, its triggers taken away first, is found and named."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from dataclasses import replace

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
        ("UPDATE record SET scale = 999 WHERE fid = 2", Break.OUTSIDE, "record"),
        ("UPDATE record SET geom = (SELECT geom FROM record WHERE fid = 2) WHERE fid = 1", Break.OUTSIDE, "record"),
        ("DELETE FROM record WHERE fid = 2", Break.MISSING, "record"),
        ("UPDATE history SET by = '某' WHERE id = 2", Break.CHANGED, "history"),
        ("DELETE FROM history WHERE id = 1", Break.MISSING, "history"),
        ("UPDATE history SET id = -id WHERE id IN (1, 2); UPDATE history SET id = 3 + id WHERE id < 0",
         Break.CHANGED, "history"),
        ("INSERT INTO history SELECT 0, uid, at, by, action, status, import_id, before FROM history WHERE id = 1",
         Break.INSERTED, "history"),
        ("UPDATE review_event SET by_name = '某' WHERE event = 'approve'", Break.CHANGED, "review_event"),
        ("UPDATE review_event SET reason = '别的' WHERE event = 'return'", Break.CHANGED, "review_event"),
        ("DELETE FROM review_comment", Break.MISSING, "review_comment"),
        ("DELETE FROM seal WHERE id = 3", Break.CHAIN, None),
        ("UPDATE seal SET digest = zeroblob(32) WHERE id = 4", Break.CHAIN, None),
    ],
)  # fmt: skip
def test_what_is_done_behind_the_back_is_found(register, sealed, people, statement, kind, subject):
    tamper(register.connection, *statement.split("; "))
    first = verify(register).first
    assert first is not None and first.kind is kind and subject in (None, first.subject)
    assert first.link > 0 and str(first.row) in first.sentence() and "{" not in first.sentence("en")
    # Sealing what came since hides nothing.
    change(register, sealed[2], {"remark": "后来"}, people.collector)
    seal_all(register.connection)
    assert verify(register).first == first


def made(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()


def test_a_trigger_that_was_taken_away_or_altered_is_named_and_put_back(register, sealed):
    connection, whole = register.connection, made(register.connection)
    altered = dict(whole)["history_record_update"].replace("WHEN (", "WHEN 0 AND (")
    for statement in (
        "DROP TRIGGER keep_history_delete",
        "DROP TRIGGER history_record_update",
        altered,
        "CREATE TRIGGER quiet BEFORE UPDATE ON record BEGIN SELECT RAISE(IGNORE); END",
        # Whoever takes the note of them away as well is no better off.
        "DELETE FROM setting WHERE name = 'triggers'",
    ):
        connection.execute(statement)
        broken = {one.name: one.kind for one in verify(register).broken}
    assert broken == {
        "keep_history_delete": Break.UNGUARDED, "history_record_update": Break.ALTERED, "quiet": Break.STRANGE,
    }  # fmt: skip
    said = {one.name: one.sentence() for one in verify(register).broken}
    assert "防止删改的触发器“keep_history_delete”不见了" in said["keep_history_delete"] and "补回" in said["quiet"] + (
        said["keep_history_delete"]
    )
    connection.execute("UPDATE record SET scale = 999 WHERE fid = 2")
    connection.execute("DROP TRIGGER quiet")
    connection.execute("UPDATE record SET scale = 999 WHERE fid = 2")
    register.close()
    with Register.open(register.path) as again:
        assert set(again.repaired.faults) == {"keep_history_delete", "history_record_update"}
        assert made(again.connection) == whole
        found = verify(again)
        assert [(one.kind, one.uid, one.name) for one in found.broken] == [
            (Break.OUTSIDE, sealed[1], "示例种植合作社")
        ]
        (repair,) = found.repairs
        assert set(repair.faults) == set(again.repaired.faults) and "keep_history_delete" in repair.sentence()
        seal_all(again.connection)
    with Register.open(register.path) as again:
        assert again.repaired is None and verify(again).unsealed == 0
        # That it was put right is sealed like everything else.
        tamper(again.connection, "DELETE FROM history WHERE action = 'guards'")
        assert verify(again).broken[-1].kind is Break.MISSING


def test_another_versions_triggers_are_no_tampering(register, sealed, people):
    connection, whole = register.connection, made(register.connection)
    local = register.local_standard()
    register.apply_local_standard(replace(local, thresholds={**local.thresholds, "cowpea": 3.0}))
    assert not verify(register).broken
    earlier = dict(whole)["keep_import"].replace("BEFORE DELETE", "BEFORE  DELETE")
    connection.execute("DROP TRIGGER keep_import")
    connection.execute(earlier)
    (noted,) = connection.execute("SELECT value FROM setting WHERE name = 'triggers'").fetchone()
    prints = {**json.loads(noted), "keep_import": hashlib.sha256(earlier.encode()).hexdigest()[:16]}
    connection.execute("UPDATE setting SET value = ? WHERE name = 'triggers'", (json.dumps(prints),))
    assert not verify(register).broken
    view = "SELECT sql FROM sqlite_master WHERE name = 'review_count'"
    (counts,) = connection.execute(view).fetchone()
    connection.execute("DROP VIEW review_count")
    register.close()
    with Register.open(register.path) as again:
        assert again.connection.execute(view).fetchone() == (counts,)
        assert again.repaired is None and made(again.connection) == whole and not verify(again).repairs


def test_a_table_that_was_renamed_or_is_a_view_is_named(register, sealed):
    connection = register.connection
    triggers = [sql for _, sql in made(connection)]
    connection.execute("PRAGMA legacy_alter_table = ON")
    for name, _ in made(connection):
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in ("history", "review_event", "record"):
        connection.execute(f"ALTER TABLE {table} RENAME TO aside")
        assert [(one.kind, one.subject) for one in verify(register).broken] == [(Break.TABLE, table)]
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM aside")
        assert verify(register).first.kind is Break.TABLE and "视图" in verify(register).first.sentence()
        connection.execute(f"DROP VIEW {table}")
        # A table of that name again, with one row that is another.
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM aside")
        connection.execute("DROP TABLE aside")
        connection.execute(f"UPDATE {table} SET uid = replace(uid, '-', '_') WHERE rowid = 2")
        first = next(one for one in verify(register).broken if one.kind is not Break.UNGUARDED)
        assert (first.subject, first.row) == (table, 2) and first.kind in (Break.CHANGED, Break.OUTSIDE), table
        connection.execute(f"UPDATE {table} SET uid = replace(uid, '_', '-') WHERE rowid = 2")
    for statement in triggers:
        connection.execute(statement)
    assert not verify(register).broken


def test_entries_taken_off_the_end_are_found_until_the_chain_is_shortened_too(register, sealed, people):
    connection = register.connection
    change(register, sealed[2], {"scale": 20.0}, people.collector)
    seal_all(connection)
    mark = verify(register).head
    tamper(connection, "DELETE FROM history WHERE id = (SELECT max(id) FROM history)")
    assert Break.MISSING in {one.kind for one in verify(register).broken}
    # The record itself was sealed as that change left it.
    tamper(connection, "DELETE FROM seal WHERE id >= (SELECT max(id) FROM seal WHERE subject = 'history')")
    assert [(one.kind, one.uid) for one in verify(register).broken] == [(Break.OUTSIDE, sealed[2])]
    # Whoever also makes the record what it was has gone back to an earlier file: only the mark that somebody wrote
    # down tells.
    tamper(connection, "UPDATE record SET scale = 12.5 WHERE fid = 3")
    assert not verify(register).broken
    assert [one.kind for one in verify(register, known_head=mark).broken] == [Break.MARK]


def test_a_state_without_its_step_is_found(register, sealed):
    tamper(register.connection, f"UPDATE record SET status = 'approved' WHERE uid = '{sealed[2]}'")
    found = verify(register)
    assert {one.kind for one in found.broken} == {Break.OUTSIDE, Break.STATUS}
    assert {one.uid for one in found.broken} == {sealed[2]} and sealed[2] in found.broken[-1].sentence()


def test_a_false_entry_does_not_cover_a_change(register, sealed):
    """The history must go on from what was sealed, also where nothing behind it is sealed yet."""
    tamper(
        register.connection,
        "UPDATE record SET scale = 999 WHERE fid = 3",
        "INSERT INTO history (uid, at, by, action, status, before) SELECT uid, '2026-11-24', '某', 'update', status, "
        "json_object('fid', fid, 'uid', uid, 'geom', hex(geom), 'scale', 998) FROM record WHERE fid = 3",
    )
    assert (verify(register).first.kind, verify(register).first.row) == (Break.OUTSIDE, 3)


def test_two_copies_that_went_apart_are_told_by_their_marks(register, sealed, people, tmp_path):
    before = verify(register).head
    copy = tmp_path / "copy.gpkg"
    register.connection.execute("VACUUM INTO ?", (str(copy),))
    heads = []
    for path, scale in ((register.path, 20.0), (copy, 30.0)):
        with Register.open(path) as one:
            change(one, sealed[2], {"scale": scale}, people.collector)
            seal_all(one.connection)
            found = verify(one, known_head=before)
            assert not found.broken
            heads.append(found.head)
    with Register.open(copy, read_only=True) as other:
        assert [one.kind for one in verify(other, known_head=heads[0]).broken] == [Break.MARK]
        assert not verify(other, known_head=heads[1]).broken
    # Rows of one file do not slip into the other.
    register.connection.execute("ATTACH ? AS other", (str(copy),))
    for verb in ("INSERT", "INSERT OR REPLACE"):
        with pytest.raises(sqlite3.IntegrityError):
            register.connection.execute(f"{verb} INTO record SELECT * FROM other.record WHERE fid = 3")
    register.connection.execute("DETACH other")


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
