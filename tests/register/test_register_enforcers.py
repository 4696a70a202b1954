"""The three enforcers agree: Python's rules, the database's gate and the form's constraints give the same verdict."""

from __future__ import annotations

import json
import sqlite3
import uuid
from typing import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QDate

from originmap.core.register.create import create_register
from originmap.core.register.geometry import point_blobs
from originmap.core.register.layers import open_layer
from originmap.core.standard.model import FieldType, load_standard
from originmap.core.standard.rules import failed

STANDARD = load_standard()
POINT = point_blobs(np.array([110.5]), np.array([19.5]))[0]
NEVER_MUTATED = frozenset(("uid", "status", "import_id", "source_row", "findings"))

TEXTS = ["", " ", "x", "张示例", "2026-13", "2026-春茬", "2026-06", "110101199001011234", "a身份证110101199001011234b"]
PHONES = [
    "13800001234",
    "13800001234、0898-12345678",
    "13800001234,",
    "0898-123",
    "4001234567",
    "12345678901",
    "、",
    "１３８",
]
CODES = ["999901", "999901101", "99990110", "999901101001", "x"]
LISTS = ['["none"]', '["none","green"]', '["green","gap"]', '["nonsense"]', "[]", '["ear_tag"]', '["site_visit"]', None]
DAYS = ["2026-05-10", "2026-05-09", "2027-05-11", "2026-02-28", "2024-02-29", "2025-01-01", None]
MOMENTS = ["2026-05-01T08:30:00+08:00", "2026-05-01T08:30:00Z", "2026-05-01"]


def values_of(field) -> st.SearchStrategy:
    """Plausible values of a field, good and bad, as far as its column takes them at all."""
    if field.several:
        return st.sampled_from(LISTS)
    if field.type is FieldType.DATE:
        return st.sampled_from(DAYS)
    if field.type is FieldType.NUMBER:
        return st.one_of(st.none(), st.sampled_from([-1.0, 0.0, 1e-9, 12.5, 1e6, 1e12]), st.floats(-1e6, 1e6))
    if field.list:
        codes = [choice.code for choice in STANDARD.choices(field.name)]
        return st.sampled_from([*codes, "nonsense", "", None])
    long = (
        []
        if field.max_length is None
        else ["长" * field.max_length, "长" * (field.max_length + 1), "😀" * field.max_length]
    )
    special = {"phones": PHONES, "division_code": CODES, "moment": MOMENTS}.get(field.pattern, [])
    return st.one_of(st.sampled_from([*TEXTS, *special, *long, None]), st.text(max_size=12).map(printable))


def printable(text: str) -> str:
    """Without what no text column can hold (NUL) and no file can carry (lone surrogates)."""
    return "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")


FIELDS = [field for field in STANDARD.fields if field.name not in NEVER_MUTATED]
change = st.sampled_from(FIELDS).flatmap(lambda field: st.tuples(st.just(field.name), values_of(field)))
changes = st.lists(change, min_size=0, max_size=3).map(dict)
BASES = ("crop", "livestock", "aquatic")


def base(valid: dict[str, object], industry: str) -> dict[str, object]:
    """The valid record as one of another industry."""
    if industry == "livestock":
        return {**valid, "industry": industry, "variety": "pig", "unit": "head", "scale_basis": "stock", "scale": 80.0,
                "production_mode": None, "cycle": "2026-06"}  # fmt: skip
    if industry == "aquatic":
        return {**valid, "industry": industry, "variety": "bream", "unit": "mu", "facility": "pond",
                "production_mode": None, "cycle": "2026-06"}  # fmt: skip
    return valid


@pytest.fixture(scope="module")
def enforcers(qgis_app, tmp_path_factory) -> Iterator[tuple[sqlite3.Connection, QgsVectorLayer]]:
    """A register's connection and its layer, shared by all examples."""
    path = tmp_path_factory.mktemp("enforcers") / "county.gpkg"
    with create_register(path, "999901", "示例县") as register:
        layer = open_layer(path)
        QgsProject.instance().addMapLayer(layer)
        yield register.connection, layer
        QgsProject.instance().removeAllMapLayers()


def python_says(record: dict[str, object]) -> bool:
    return not failed(STANDARD, {**record, "has_point": record["geom"] is not None})


def database_says(connection: sqlite3.Connection, record: dict[str, object]) -> bool:
    columns = ", ".join(f'"{name}"' for name in record)
    connection.execute("BEGIN")
    try:
        connection.execute(
            f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(record))})", tuple(record.values())
        )
    except sqlite3.IntegrityError:
        return False
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return True


def update_says(connection: sqlite3.Connection, record: dict[str, object]) -> bool:
    """What the gate says when the record was a draft and is submitted."""
    columns = ", ".join(f'"{name}"' for name in record)
    connection.execute("BEGIN")
    try:
        draft = {**record, "status": "draft"}
        connection.execute(
            f"INSERT INTO record ({columns}) VALUES ({', '.join('?' * len(draft))})", tuple(draft.values())
        )
        connection.execute("UPDATE record SET status = 'submitted' WHERE uid = ?", (record["uid"],))
    except sqlite3.IntegrityError:
        return False
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return True


def form_says(layer: QgsVectorLayer, record: dict[str, object], as_lists: bool) -> bool:
    """The constraints of all fields on a feature as QGIS holds it: lists as lists, or as JSON text."""
    feature = QgsFeature(layer.fields())
    if record["geom"] is not None:
        feature.setGeometry(QgsGeometry.fromWkt("POINT(110.5 19.5)"))
    several = {field.name for field in STANDARD.fields if field.several}
    for name, value in record.items():
        if name != "geom":
            listed = as_lists and name in several and value is not None
            feature[name] = json.loads(value) if listed else value  # type: ignore[arg-type]
    # The form judges days as days, whatever text they were typed as.
    for field in STANDARD.fields:
        if field.type is FieldType.DATE and feature[field.name]:
            feature.setAttribute(field.name, as_day(record[field.name]))
    return all(
        QgsVectorLayerUtils.validateAttribute(layer, feature, layer.fields().indexOf(field.name))[0]
        for field in STANDARD.fields
    )


def as_day(text: object) -> QDate:
    """A day as QGIS holds it."""
    return QDate.fromString(str(text), "yyyy-MM-dd")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    changes, st.sampled_from(BASES), st.sampled_from([POINT, POINT, POINT, None]), st.sampled_from(["map", "workbook"])
)
def test_three_enforcers_agree(enforcers, valid, changed, industry, point, origin):
    connection, layer = enforcers
    record = {**base(valid, industry), "origin": origin, "uid": str(uuid.uuid4()), **changed, "geom": point}
    verdict = python_says(record)
    assert database_says(connection, record) is verdict, failed(STANDARD, {**record, "has_point": point is not None})
    assert update_says(connection, record) is verdict
    assert form_says(layer, record, as_lists=True) is verdict
    assert form_says(layer, record, as_lists=False) is verdict


@pytest.mark.parametrize("industry", BASES)
def test_complete_records_pass_everywhere(enforcers, valid, industry):
    connection, layer = enforcers
    record = base(valid, industry)
    assert failed(STANDARD, {**record, "has_point": True}) == []
    assert database_says(connection, record)
    assert update_says(connection, record)
    assert form_says(layer, record, True)


def test_a_draft_passes_the_form(enforcers, valid):
    _, layer = enforcers
    assert form_says(layer, {"geom": None, "uid": valid["uid"], "status": "draft"}, True)
