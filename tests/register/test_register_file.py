"""The file itself: valid for GDAL, made whole or not at all, refused with a sentence where it cannot be used."""

from __future__ import annotations

import json
import os
import sqlite3
import stat

import pytest

from originmap.core.register.create import create_register
from originmap.core.register.errors import RegisterError
from originmap.core.register.register import Register
from originmap.core.standard.model import Choice, LocalStandard


def code_of(action, *arguments, **options) -> str:
    with pytest.raises(RegisterError) as caught:
        action(*arguments, **options)
    assert caught.value.sentence("zh") != caught.value.code
    return caught.value.code


def test_valid_geopackage(register, insert, validate):
    insert()
    register.close()
    assert validate(register.path) == ""


def test_nothing_left_beside_it(register):
    assert [path.name for path in register.path.parent.iterdir()] == ["county.gpkg"]


def test_columns_follow_the_standard(register):
    names = [row[1] for row in register.connection.execute("PRAGMA table_info(record)")]
    assert names == ["fid", "geom", *(field.name for field in register.standard().fields)]


def test_settings(register):
    assert (register.county_code, register.county_name) == ("999901", "示例县")
    register.set_setting("review", "on")
    assert register.setting("review") == "on"
    assert register.setting("nothing", "default") == "default"


def test_existing_file_is_kept(register):
    before = register.path.read_bytes()
    assert code_of(create_register, register.path, "999901", "示例县") == "REGISTER_EXISTS"
    assert register.path.read_bytes() == before


@pytest.mark.parametrize("code, name", [("9999", "示例市"), ("99990x", "示例县"), ("", "示例县"), ("999901", " ")])
def test_county_must_be_clear(qgis_app, tmp_path, code, name):
    assert code_of(create_register, tmp_path / "x.gpkg", code, name) == "REGISTER_COUNTY"
    assert not list(tmp_path.iterdir())


def test_no_such_folder(qgis_app, tmp_path):
    assert code_of(create_register, tmp_path / "no" / "x.gpkg", "999901", "示例县") == "REGISTER_FOLDER"


def test_open_what_is_no_register(tmp_path):
    assert code_of(Register.open, tmp_path / "none.gpkg") == "REGISTER_NOT_FOUND"
    text = tmp_path / "text.gpkg"
    text.write_text("档案")
    assert code_of(Register.open, text) == "REGISTER_NOT_ONE"
    other = tmp_path / "other.gpkg"
    with sqlite3.connect(other) as connection:
        connection.execute("PRAGMA application_id = 1196444487")
        connection.execute("CREATE TABLE t (x)")
    assert code_of(Register.open, other) == "REGISTER_NOT_ONE"


def test_newer_register(register):
    register.set_setting("register_version", "99")
    assert code_of(Register.open, register.path) == "REGISTER_NEWER"


def test_damaged_register(register):
    register.close()
    content = bytearray(register.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    register.path.write_bytes(content)
    assert code_of(Register.open, register.path) == "REGISTER_DAMAGED"


@pytest.mark.skipif(os.name != "posix", reason="the mode bits of files are POSIX's")
def test_read_only(register, monkeypatch):
    register.close()
    register.path.chmod(stat.S_IRUSR)
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)  # root may write everywhere
    assert code_of(Register.open, register.path) == "REGISTER_READ_ONLY"
    with Register.open(register.path, read_only=True) as opened:
        assert opened.county_code == "999901"
        assert code_of(opened.set_setting, "a", "b") == "REGISTER_READ_ONLY"


def test_locked(register, monkeypatch):
    monkeypatch.setattr("originmap.core.register.register._WAIT_SECONDS", 0.05)
    with sqlite3.connect(register.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with Register.open(register.path) as second:
            assert code_of(second.set_setting, "a", "b") == "REGISTER_LOCKED"
        other.execute("ROLLBACK")


def test_local_standard_moves_lists_gate_and_form(register, insert):
    grades = (Choice("4A", "4A级", "4A"), Choice("3A", "3A级", "3A"))
    with pytest.raises(sqlite3.IntegrityError):
        insert(credit_grade="4A")
    standard = register.apply_local_standard(LocalStandard(thresholds={"cowpea": 2.0}, credit_grades=grades), "tester")
    assert standard.variety("cowpea").threshold == 2.0
    assert register.standard().variety("cowpea").threshold == 2.0
    assert register.local_standard().credit_grades == grades
    codes = register.connection.execute("SELECT code FROM choice WHERE list = 'credit_grade' ORDER BY position")
    assert [code for (code,) in codes] == ["4A", "3A"]
    insert(credit_grade="4A")
    with pytest.raises(sqlite3.IntegrityError):
        insert(credit_grade="A", uid="0b0f1f6e-3a51-4f0e-9d5e-000000000002")
    style = register.connection.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'record'").fetchall()
    assert len(style) == 1
    assert "4A级" in style[0][0]


def test_county_may_lift_the_site_visit(register, insert):
    with pytest.raises(sqlite3.IntegrityError, match="实地走访"):
        insert(origin="workbook")
    register.apply_local_standard(LocalStandard(settings={"require_site_visit": "0"}))
    insert(origin="workbook")


def test_local_standard_comes_back_whole(register):
    local = LocalStandard(
        thresholds={"cowpea": 1.5},
        thresholds_engineered={"bream": 0.5},
        credit_grades=(Choice("A", "甲", "A", ("甲级",), ("crop",)),),
        varieties=(register.standard().variety("pig"),),
        settings={"require_site_visit": "0"},
    )
    register.apply_local_standard(local)
    assert register.local_standard() == local


def test_choices_for_other_programs(register):
    rows = register.connection.execute("SELECT code, aliases FROM variety").fetchall()
    assert len(rows) == 12
    assert all(isinstance(json.loads(aliases), list) for _, aliases in rows)


def test_what_a_crash_left_beside_a_file_that_is_gone_is_not_taken_over(qgis_app, tmp_path):
    path = tmp_path / "county.gpkg"
    create_register(path, "999901", "旧县").close()
    live = sqlite3.connect(path)
    live.execute("PRAGMA journal_mode = WAL")
    live.execute("UPDATE setting SET value = '没有写完' WHERE name = 'county_name'")
    live.commit()
    left = path.with_name("county.gpkg-wal").read_bytes()
    live.close()
    path.unlink()
    path.with_name("county.gpkg-wal").write_bytes(left)
    with create_register(path, "999901", "新县") as register:
        assert register.county_name == "新县"
        assert register.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
