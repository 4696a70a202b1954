"""A register with a record that satisfies every rule, and the people who handle it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import pytest

from originmap.core.register.create import create_register
from originmap.core.register.register import Register
from originmap.core.review.person import Person
from originmap.core.review.process import Role

from ..records import WHOLE, insert_record, point

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
    by = {"created_by": "王示例", "updated_by": "王示例"}
    return insert_record(connection, {**WHOLE, "geom": point(), **by, **changes})
