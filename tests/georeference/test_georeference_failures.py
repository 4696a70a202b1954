"""Whatever goes wrong during an import, the register is the old one or the new one, and a sentence says what to do."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from originmap.core.georeference.options import Options
from originmap.core.georeference.pipeline import georeference
from originmap.core.register.register import Register
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.progress import Cancelled, Silent

ROWS = 12_000


@pytest.fixture
def long_file(tmp_path: Path, sheet) -> Path:
    path = sheet({}, name="长.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, good = csv.reader(file)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([f"示例合作社{n}", *good[1:]] for n in range(ROWS))
    return path


def content(register: Path) -> tuple[int, str]:
    with Register.open(register) as opened:
        count = opened.connection.execute("SELECT count(*) FROM record").fetchone()[0]
        return count, opened.connection.execute("PRAGMA integrity_check").fetchone()[0]


_CHILD = """
import importlib.util, sys
from pathlib import Path
root, source, register = sys.argv[1:]
spec = importlib.util.spec_from_file_location("originmap", root + "/__init__.py", submodule_search_locations=[root])
sys.modules["originmap"] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from originmap.core.georeference.options import Options
from originmap.core.georeference.pipeline import georeference
print("begin", flush=True)
georeference(Path(source), Path(register), Options())
"""


@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7, 1.0])
def test_a_killed_import_leaves_the_old_or_the_new(seconds, long_file, register, root):
    command = [sys.executable, "-c", _CHILD, str(root), str(long_file), str(register)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    assert child.stdout is not None and child.stdout.readline() == "begin\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.wait()
    count, integrity = content(register)
    assert count in (0, ROWS) and integrity == "ok"
    outcome = georeference(long_file, register, Options())
    assert outcome.counts.new + outcome.counts.unchanged == ROWS


class Impatient(Silent):
    """Cancels at the second look."""

    def __init__(self) -> None:
        self.looks = 0

    def is_cancelled(self) -> bool:
        self.looks += 1
        return self.looks > 1


def test_a_cancelled_import_leaves_the_register_as_it_was(long_file, register):
    with pytest.raises(Cancelled):
        georeference(long_file, register, Options(), Impatient())
    assert content(register) == (0, "ok")


def test_a_dry_run_counts_and_writes_nothing(sheet, register):
    outcome = georeference(sheet({}, {"联系方式": "123"}), register, Options(dry_run=True))
    assert (outcome.counts.new, outcome.counts.refused, outcome.import_id) == (1, 1, 0)
    connection = sqlite3.connect(register)
    counted = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in ("record", "import")]
    assert counted == [(0,), (0,)]
    connection.close()


def test_a_locked_register_is_told(sheet, register):
    other = sqlite3.connect(register)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OriginMapError) as refused:
        georeference(sheet({}), register, Options())
    other.close()
    assert refused.value.code == "REGISTER_LOCKED" and register.name in refused.value.sentence("zh")


def test_a_missing_register_is_told(sheet, tmp_path):
    with pytest.raises(OriginMapError) as refused:
        georeference(sheet({}), tmp_path / "没有.gpkg", Options())
    assert refused.value.code == "REGISTER_NOT_FOUND"


def test_a_full_disk_leaves_the_register_as_it_was(long_file, register, root, tmp_path):
    """The limit on a file's size stands in for the disk: both end in a write that fails."""
    limit = register.stat().st_size + 1_000_000
    limited = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
"""
    command = [sys.executable, "-c", limited + _CHILD, str(root), str(long_file), str(register)]
    child = subprocess.run(command, capture_output=True, text=True)
    assert child.returncode != 0 and "REGISTER_" in child.stderr
    assert content(register) == (0, "ok")


def test_a_file_that_ends_early_counts_for_nothing(long_file, register, tmp_path):
    cut = tmp_path / "断.csv"
    shutil.copy(long_file, cut)
    with cut.open("r+b") as file:
        file.seek(-40, os.SEEK_END)
        file.write(b'"')
    with pytest.raises(OriginMapError):
        georeference(cut, register, Options())
    assert content(register) == (0, "ok")
