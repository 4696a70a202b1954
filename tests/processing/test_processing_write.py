"""The algorithms that write workbooks, run on a real register."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from originmap.core.register.create import create_register
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.core.register.reports import EXPORT_SETTING
from originmap.processing.exporttable import ExportTable
from originmap.processing.maketemplate import MakeTemplate


@pytest.fixture
def register_path(qgis_app, tmp_path: Path) -> Path:
    """A register with a draft of cowpea that has a point and one of celery that has none."""
    path = tmp_path / "county.gpkg"
    point = point_blobs(np.array([110.5]), np.array([19.5]))[0]
    rows = [
        (point, "00000000-0000-4000-8000-000000000001", "draft", "甲", "cowpea", "999901101001", "13800001234"),
        (None, "00000000-0000-4000-8000-000000000002", "draft", "乙", "celery", "999901102001", "13800005678"),
    ]
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        for row in rows:
            register.connection.execute(
                "INSERT INTO record (geom, uid, status, producer_name, variety, division_code, contact_phone) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
    return path


def _export(register: Path, target: Path, **parameters: object) -> tuple[int, list[dict[str, object]]]:
    algorithm = ExportTable()
    algorithm.initAlgorithm()
    given = {"REGISTER": str(register), "OUTPUT": str(target), **parameters}
    result, ok = algorithm.run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    sheet = openpyxl.load_workbook(target).active
    titles = [cell.value for cell in sheet[3]]
    return result["COUNT"], [dict(zip(titles, (c.value for c in row))) for row in sheet.iter_rows(min_row=4)]


def test_the_table_holds_what_was_asked_for(register_path: Path, tmp_path: Path) -> None:
    count, rows = _export(register_path, tmp_path / "表.xlsx", DIVISION="999901101")
    assert count == 1 and (rows[0]["产品名称"], rows[0]["经度"], rows[0]["主体联系方式"]) == (
        "豇豆",
        110.5,
        "138****1234",
    )
    assert _export(register_path, tmp_path / "表.xlsx", FILTER="variety = 'celery'")[1][0]["经度"] is None
    assert _export(register_path, tmp_path / "表.xlsx")[0] == 2


def test_an_export_in_full_needs_its_purpose_and_is_noted(register_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    with pytest.raises(QgsProcessingException):
        _export(register_path, target, MASK=False)
    assert not target.exists()
    _, rows = _export(register_path, target, MASK=False, PURPOSE="春季普查")
    assert rows[0]["主体联系方式"] == "13800001234"
    with Register.open(register_path, read_only=True) as register:
        notes = register.connection.execute(
            "SELECT value FROM setting WHERE name LIKE ?", (f"{EXPORT_SETTING}/%",)
        ).fetchall()
    noted = json.loads(notes[0][0])
    assert len(notes) == 1 and noted["purpose"] == "春季普查" and noted["count"] == 2


def test_a_wrong_condition_is_said(register_path: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="nonsense"):
        _export(register_path, tmp_path / "表.xlsx", FILTER="nonsense = 1")


def test_the_template_offers_the_county(register_path: Path, tmp_path: Path) -> None:
    algorithm = MakeTemplate()
    algorithm.initAlgorithm()
    target = tmp_path / "模板.xlsx"
    given = {"REGISTER": str(register_path), "OUTPUT": str(target)}
    algorithm.run(given, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    rules = openpyxl.load_workbook(target).active.data_validations.dataValidation
    assert '"示例县"' in [rule.formula1 for rule in rules]
