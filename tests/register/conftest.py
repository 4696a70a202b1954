"""A register for an invented county and a record that satisfies every rule, for the tests of this room."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator

import pytest

from originmap.core.register.create import create_register
from originmap.core.register.register import Register

from ..records import WHOLE, point


@pytest.fixture
def register(qgis_app, tmp_path: Path) -> Iterator[Register]:
    """An empty register, open for writing."""
    made = create_register(
        tmp_path / "county.gpkg", "999901", "示例县", city_name="示例市", province_name="示例省", by="tester"
    )
    yield made
    made.close()


@pytest.fixture
def valid() -> dict[str, object]:
    """A submitted record of cowpea that breaks no rule; all columns but the stamps."""
    return {
        "geom": point(),
        **WHOLE,
        "uid": "0b0f1f6e-3a51-4f0e-9d5e-000000000001",
        "status": "submitted",
    }


Insert = Callable[..., int]


@pytest.fixture
def insert(register: Register, valid: dict[str, object]) -> Insert:
    """Insert the valid record with some values changed by plain SQL; gives its fid."""

    def insert_record(**changes: object) -> int:
        record = {**valid, **changes}
        columns = ", ".join(f'"{name}"' for name in record)
        cursor: sqlite3.Cursor = register.connection.execute(
            f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})", tuple(record.values())
        )
        return int(cursor.lastrowid or 0)

    return insert_record


@pytest.fixture(scope="session")
def validate() -> Callable[[Path], str]:
    """What GDAL's own validator says of a file; empty when it finds nothing wrong."""

    def complaints(path: Path) -> str:
        command = [sys.executable, "-m", "osgeo_utils.samples.validate_gpkg", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return complaints
