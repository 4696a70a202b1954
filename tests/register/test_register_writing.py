"""Bulk writing: the same as one by one, all or nothing even when killed, and never past the gate."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmap.core.register.errors import RegisterError
from originmap.core.register.geometry import bounds_of, coordinates_of, point_blobs
from originmap.core.register.register import Register
from originmap.core.register.writing import ImportInfo, new_uids

INFO = ImportInfo("采集表.xlsx", "0" * 64, "Sheet1", "王示例", "gcj02", {"approximate": "keep"})


def rows_of(valid: dict[str, object], count: int, **changes: object):
    """Columns and rows of many records that differ in uid, key and point."""
    record = {**valid, "status": "draft", "record_key": "", "content_hash": "h", **changes}
    uids = new_uids(count)
    points = point_blobs(np.linspace(110, 111, count), np.linspace(19, 20, count))
    rows = [
        tuple({**record, "uid": uid, "record_key": f"k{number}", "geom": point}.values())
        for number, (uid, point) in enumerate(zip(uids, points))
    ]
    return tuple(record), rows


def dump(register, *without: str) -> list[tuple]:
    names = [row[1] for row in register.connection.execute("PRAGMA table_info(record)") if row[1] not in without]
    return register.connection.execute(f"SELECT {', '.join(names)} FROM record ORDER BY uid").fetchall()


def schema_of(register) -> list[tuple]:
    return register.connection.execute(
        # What SQLite notes about its indexes for itself comes with the first import.
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    ).fetchall()


@pytest.mark.parametrize("before", [0, 3])
def test_import_in_bulk(register, valid, validate, before):
    schema = schema_of(register)
    if before:
        with register.importing(INFO) as session:
            session.insert(*rows_of(valid, before))
    with register.importing(INFO) as session:
        columns, rows = rows_of(valid, 700)
        session.insert(columns, rows[:500])
        session.insert(columns, rows[500:])
        session.insert(columns, [])
        session.count({"new": 700})
    assert schema_of(register) == schema
    ask = register.connection.execute
    assert ask("SELECT count(*), count(created_at), count(import_id) FROM record").fetchone() == (700 + before,) * 3
    assert ask("SELECT count(*) FROM rtree_record_geom").fetchone() == (700 + before,)
    extent = ask("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'record'").fetchone()
    assert extent == (110, 19, 111, 20)
    file, by, counts, options = ask(
        'SELECT file, by, counts, options FROM "import" ORDER BY id DESC LIMIT 1'
    ).fetchone()
    assert (file, by, json.loads(counts), json.loads(options)) == (
        "采集表.xlsx",
        "王示例",
        {"new": 700},
        {"approximate": "keep"},
    )
    assert not ask("SELECT count(*) FROM history").fetchone()[0]
    register.close()
    assert validate(register.path) == ""


def test_bulk_equals_one_by_one(register, valid, insert):
    columns, rows = rows_of(valid, 5)
    with register.importing(INFO) as session:
        session.insert(columns, rows)
    stamps = ("fid", "uid", "created_at", "created_by", "updated_at", "updated_by", "import_id")
    bulk = dump(register, *stamps)
    for row in rows:
        insert(**{**dict(zip(columns, row)), "uid": str(uuid.uuid4())})
    assert sorted(map(repr, dump(register, *stamps))) == sorted(map(repr, bulk * 2))
    trees = register.connection.execute("SELECT minx, maxx, miny, maxy FROM rtree_record_geom ORDER BY id").fetchall()
    assert trees[:5] == trees[5:]


def test_rows_without_a_point(register, valid):
    columns, rows = rows_of(valid, 4, geom=None)
    place = columns.index("geom")
    rows = [(*row[:place], None, *row[place + 1 :]) for row in rows]
    with register.importing(INFO) as session:
        session.insert(columns, rows)
    assert register.connection.execute("SELECT count(*) FROM rtree_record_geom").fetchone() == (0,)


def test_known_and_update(register, valid):
    columns, rows = rows_of(valid, 10)
    with register.importing(INFO) as session:
        assert not session.known(["k1"], [rows[0][columns.index("uid")]])
        session.insert(columns, rows)
    with register.importing(INFO) as session:
        uid = rows[3][columns.index("uid")]
        known = session.known(["k1", "k2", "none", None], [uid])
        assert set(known) == {"k1", "k2", uid}
        assert (known[uid].record_key, known[uid].content_hash, known[uid].status) == ("k3", "h", "draft")
        session.update(("scale", "geom"), [(known["k1"].fid, 99.0, None), (known[uid].fid, 98.0, rows[0][0])])
    ask = register.connection.execute
    assert ask("SELECT scale, import_id, updated_by FROM record WHERE record_key = 'k1'").fetchone() == (
        99,
        2,
        "王示例",
    )
    assert ask("SELECT count(*) FROM rtree_record_geom").fetchone() == (9,)
    assert ask("SELECT action, import_id, count(*) FROM history").fetchone() == ("update", 2, 2)


def test_known_prefers_the_living(register, valid, insert):
    for number, status in enumerate(("ended", "draft", "draft", "ended")):
        insert(status=status, record_key="k", uid=f"0b0f1f6e-3a51-4f0e-9d5e-00000000001{number}")
    with register.importing(INFO) as session:
        assert session.known(["k"])["k"].fid == 2


def test_failure_leaves_everything(register, valid):
    before, schema = register.path.read_bytes(), schema_of(register)
    columns, rows = rows_of(valid, 600)
    with pytest.raises(ZeroDivisionError), register.importing(INFO) as session:
        session.insert(columns, rows)
        raise ZeroDivisionError
    assert schema_of(register) == schema
    register.close()
    assert register.path.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("field, value, said", [("contact_name", None, "主体联系人"), ("certification", "[ ]", "认证")])
def test_bulk_does_not_pass_the_gate(register, valid, field, value, said):
    columns, rows = rows_of(valid, 600, **{"status": "submitted", field: value})
    with pytest.raises(RegisterError) as caught, register.importing(INFO) as session:
        session.insert(columns, rows)
    assert caught.value.code == "REGISTER_REFUSED"
    assert said in caught.value.sentence("zh")
    assert register.connection.execute("SELECT count(*) FROM record").fetchone() == (0,)


def test_bulk_of_complete_records_passes(register, valid):
    with register.importing(INFO) as session:
        session.insert(*rows_of(valid, 600, status="submitted"))
    assert register.connection.execute("SELECT count(*) FROM history").fetchone() == (0,)


KILLED = """
import importlib.util, sys, time
sys.path[:] = [p for p in sys.path if p not in ("", {root!r})]
init = {root!r} + "/__init__.py"
spec = importlib.util.spec_from_file_location("originmap", init, submodule_search_locations=[{root!r}])
module = importlib.util.module_from_spec(spec)
sys.modules["originmap"] = module
spec.loader.exec_module(module)
from originmap.core.register.register import Register
from originmap.core.register.writing import ImportInfo, new_uids
register = Register.open({path!r})
with register.importing(ImportInfo("x.xlsx", "0")) as session:
    register.connection.execute("PRAGMA cache_size = 20")
    for chunk in range(1000):
        session.insert(("uid", "remark"), [(uid, "x" * 400) for uid in new_uids(1000)])
        print(chunk, flush=True)
        if chunk == {chunks}:
            time.sleep(60)
"""


@pytest.mark.parametrize("chunks", [0, 8])
def test_killed_half_way(register, valid, insert, validate, root: Path, chunks):
    insert()
    path = register.path
    before = dump(register)
    register.close()
    script = KILLED.format(root=str(root), path=str(path), chunks=chunks)
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    while process.stdout.readline().strip() != str(chunks):
        assert process.poll() is None
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    process.wait()
    process.stdout.close()
    with Register.open(path) as opened:
        assert dump(opened) == before
        assert opened.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with opened.importing(INFO) as session:
            session.insert(*rows_of(valid, 10))
    assert validate(path) == ""


coordinates = st.lists(
    st.one_of(st.none(), st.tuples(st.floats(-180, 180), st.floats(-90, 90))), min_size=0, max_size=30
)


@given(coordinates)
def test_points_read_back(places):
    longitude = np.array([np.nan if place is None else place[0] for place in places])
    latitude = np.array([np.nan if place is None else place[1] for place in places])
    blobs = point_blobs(longitude, latitude)
    np.testing.assert_array_equal(coordinates_of(blobs), np.stack([longitude, latitude], axis=1))
    for blob, place in zip(blobs, places):
        assert bounds_of(blob) == (None if place is None else (place[0], place[0], place[1], place[1]))


def test_uids_are_version_four():
    uids = new_uids(200)
    assert len(set(uids)) == 200
    assert all(str(uuid.UUID(uid)) == uid and uuid.UUID(uid).version == 4 for uid in uids)
