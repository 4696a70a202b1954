"""A register with a record that satisfies every rule, and the people who handle it."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
import pytest

from originmap.core.register.create import create_register
from originmap.core.register.geometry import point_blobs
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

Insert = Callable[..., str]


@dataclass(frozen=True)
class People:
    """Who handles the record: its collector and two reviewers."""

    collector: Person = Person("王示例", "13800003456", Role.COLLECTOR)
    reviewer: Person = Person("赵审核", "13900000001", Role.REVIEWER)
    other: Person = Person("钱审核", "13900000002", Role.REVIEWER)


@pytest.fixture(scope="session")
def people() -> People:
    """The collector and two reviewers."""
    return People()


@pytest.fixture(scope="session")
def make_register(qgis_app) -> Callable[[Path], Register]:
    """Makes an empty register, open for writing."""
    return lambda folder: create_register(folder / "county.gpkg", "999901", "示例县", by="tester")


@pytest.fixture
def register(make_register, tmp_path: Path) -> Iterator[Register]:
    """An empty register, open for writing."""
    made = make_register(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def put() -> Insert:
    """Inserts the whole record with some values changed by plain SQL; gives its uid."""
    return _put


@pytest.fixture
def insert(register: Register) -> Insert:
    """The same for the test's register."""
    return lambda **changes: _put(register.connection, **changes)


def _put(connection: sqlite3.Connection, **changes: object) -> str:
    point = point_blobs(np.array([110.5]), np.array([19.5]))[0]
    record = {"uid": str(uuid.uuid4()), "status": "draft", "geom": point, **WHOLE, **changes}
    columns = ", ".join(f'"{name}"' for name in record)
    statement = f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})"
    connection.execute(statement, tuple(record.values()))
    return str(record["uid"])
