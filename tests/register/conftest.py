"""A register for an invented county and a record that satisfies every rule, for the tests of this room."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
import pytest

from originmap.core.register.create import create_register
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register

POINT = point_blobs(np.array([110.5]), np.array([19.5]))[0]


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
        "geom": POINT,
        "uid": "0b0f1f6e-3a51-4f0e-9d5e-000000000001",
        "status": "submitted",
        "province": "示例省",
        "city": "示例市",
        "county": "示例县",
        "township": "石湾镇",
        "village": "青塘村",
        "division_code": "999901101001",
        "producer_name": "示例种植合作社",
        "producer_type": "cooperative",
        "industry": "crop",
        "variety": "cowpea",
        "certification": '["green"]',
        "site_name": "一号基地",
        "site_address": "石湾镇青塘村三组",
        "contact_name": "张示例",
        "contact_phone": "13800001234",
        "scale": 12.5,
        "unit": "mu",
        "cycle": "2026-春茬",
        "market_start": "2026-05-10",
        "market_end": "2026-06-30",
        "production_mode": "open_field",
        "traceability": '["certificate"]',
        "credit_grade": "unrated",
        "officer_role": "village_assistant",
        "officer_name": "李示例",
        "officer_phone": "13800002345",
        "collector_name": "王示例",
        "collector_phone": "13800003456",
        "point_quality": "exact",
        "origin": "map",
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
