"""A record that satisfies every rule, and how the tests of several rooms put one into a register by plain SQL."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping

import numpy as np

from originmap.core.register.geometry import point_blobs

WHOLE: Mapping[str, object] = {
    "status": "draft",
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


def point(longitude: float = 110.5, latitude: float = 19.5) -> bytes:
    """The geometry of a record there, as its column holds it."""
    return point_blobs(np.array([longitude]), np.array([latitude]))[0]


def insert_record(connection: sqlite3.Connection, record: Mapping[str, object]) -> str:
    """Insert these columns, under a new uid where they have none; gives the uid."""
    record = {"uid": str(uuid.uuid4()), **record}
    columns = ", ".join(f'"{name}"' for name in record)
    statement = f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})"
    connection.execute(statement, tuple(record.values()))
    return str(record["uid"])
