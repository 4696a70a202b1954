"""A register with a record that satisfies every rule, and the people who handle it."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import Callable, Iterator

import pytest

from originmap.core.register.create import create_register
from originmap.core.register.register import Register
from originmap.core.review.person import Person
from originmap.core.review.process import Role

WHOLE = {
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
    "officer_name": "李示例",
    "officer_phone": "13800002345",
    "collector_name": "王示例",
    "collector_phone": "13800003456",
    "point_quality": "exact",
    "origin": "map",
    "created_by": "王示例",
    "updated_by": "王示例",
}
COLLECTOR = Person("王示例", "13800003456", Role.COLLECTOR)
REVIEWER = Person("赵审核", "13900000001", Role.REVIEWER)
OTHER = Person("钱审核", "13900000002", Role.REVIEWER)
DEADLINE = "2099-12-31"


@pytest.fixture
def register(qgis_app, tmp_path: Path) -> Iterator[Register]:
    """An empty register, open for writing."""
    made = create_register(tmp_path / "county.gpkg", "999901", "示例县", by="tester")
    yield made
    made.close()


Insert = Callable[..., str]


@pytest.fixture
def insert(register: Register) -> Insert:
    """Insert the whole record, a draft with a point unless told otherwise, by plain SQL; gives its uid."""
    return lambda **changes: put(register.connection, **changes)


def put(connection: sqlite3.Connection, **changes: object) -> str:
    """Insert the whole record with some values changed; gives its uid."""
    record = {"uid": str(uuid.uuid4()), "status": "draft", "geom": point(110.5, 19.5), **WHOLE, **changes}
    columns = ", ".join(f'"{name}"' for name in record)
    statement = f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})"
    connection.execute(statement, tuple(record.values()))
    return str(record["uid"])


def point(longitude: float, latitude: float) -> bytes:
    """A point as the register stores it."""
    import numpy as np

    from originmap.core.register.geometry import point_blobs

    blob = point_blobs(np.array([longitude]), np.array([latitude]))[0]
    assert blob is not None
    return blob
