"""Files take their places whole and together, or nothing changes: locked, read-only, gone, full, killed half way."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from originmap.core.sheets.safe_target import replacing, require_place, together
from originmap.core.standard.errors import OriginMapError

NEW = b"new"


@contextmanager
def no_file_beyond(size: int):
    """The system itself refuses to write further, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")
    return target


def test_all_take_their_places_at_the_end(old: Path, tmp_path: Path) -> None:
    folder = tmp_path / "新" / "图集"
    with together() as files:
        files.folder(folder)
        for target in (folder / "1.pdf", old):
            part = files.part(target)
            assert (part.parent, part.suffix) == (target.parent, target.suffix)
            part.write_bytes(NEW)
        assert old.read_bytes() == b"old" and not (folder / "1.pdf").exists()
    assert old.read_bytes() == (folder / "1.pdf").read_bytes() == NEW
    assert names(folder) == ["1.pdf"] and names(tmp_path) == ["新", "表.xlsx"]


def test_a_stop_leaves_neither_files_nor_folders(old: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), together() as files:
        files.folder(tmp_path / "新" / "图集")
        files.part(tmp_path / "新" / "图集" / "1.pdf").write_bytes(NEW)
        files.part(old).write_bytes(NEW)
        raise KeyboardInterrupt
    assert old.read_bytes() == b"old" and names(tmp_path) == ["表.xlsx"]


def test_what_stood_in_a_folder_stays_there(tmp_path: Path) -> None:
    (tmp_path / "旧.pdf").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), together() as files:
        files.folder(tmp_path)
        raise KeyboardInterrupt
    assert names(tmp_path) == ["旧.pdf"]


def test_a_read_only_target_is_told_before_anything_is_done(old: Path) -> None:
    old.chmod(0o444)
    with pytest.raises(OriginMapError, match="TARGET_LOCKED"):
        require_place(old)
    with pytest.raises(OriginMapError, match="TARGET_LOCKED"), replacing(old):
        pytest.fail("it should not get as far")
    assert old.read_bytes() == b"old" and names(old.parent) == [old.name]


def test_one_that_gets_locked_meanwhile_keeps_all_others(old: Path, tmp_path: Path) -> None:
    with pytest.raises(OriginMapError, match="TARGET_LOCKED") as told, together() as files:
        for target in (tmp_path / "1.pdf", old):
            files.part(target).write_bytes(NEW)
        old.chmod(0o444)
    assert told.value.params["file"] == old.name
    assert old.read_bytes() == b"old" and names(tmp_path) == [old.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may do all can write everywhere")
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(OriginMapError, match="TARGET_LOCKED"):
        require_place(tmp_path / "表.xlsx")


def test_a_folder_that_goes_away_is_told_and_not_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with pytest.raises(OriginMapError, match="TARGET_FOLDER") as told, replacing(folder / "表.xlsx") as part:
        part.write_bytes(NEW)
        shutil.rmtree(folder)
    assert told.value.params == {"file": "表.xlsx", "folder": str(folder)}
    assert not folder.exists()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OriginMapError, match="TARGET_(FAILED|LOCKED)"):
        require_place(tmp_path)


def test_a_full_disk_is_told_and_leaves_the_old_file(old: Path) -> None:
    with no_file_beyond(1000), pytest.raises(OriginMapError, match="TARGET_FULL"), replacing(old) as part:
        part.write_bytes(b"x" * 2000)
    assert old.read_bytes() == b"old" and names(old.parent) == [old.name]


_WRITES = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from originmap.core.sheets.safe_target import together
with together() as files:
    for target in sys.argv[2:]:
        files.part(Path(target)).write_bytes(b"half")
    print("half", flush=True)
    sys.stdin.read()
"""


def test_killed_half_way_nothing_stands_under_the_name(old: Path, tmp_path: Path, root: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "originmap").symlink_to(root)
    targets = [str(old), str(tmp_path / "1.pdf")]
    command = [sys.executable, "-c", _WRITES, str(tmp_path / "code"), *targets]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writing:
        assert writing.stdout.readline() == b"half\n"
        writing.send_signal(signal.SIGKILL)
    assert old.read_bytes() == b"old" and not (tmp_path / "1.pdf").exists()
    left = [name for name in names(tmp_path) if name not in ("code", old.name)]
    assert len(left) == 2 and all(name.startswith(".") and ".part." in name for name in left)
