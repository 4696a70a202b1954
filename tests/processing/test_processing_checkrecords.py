"""``originmap:checkrecords`` as Processing runs it: layer, workbook and page tell the same, and lead to the records."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

from originmap.core.register.create import create_register
from originmap.core.register.geometry import point_blobs
from originmap.processing.checkrecords import CheckRecords
from originmap.processing.provider import OriginMapProvider

RECORD = {
    "status": "draft",
    "township": "石湾镇",
    "village": "青塘村",
    "division_code": "999901101001",
    "producer_type": "household",
    "industry": "crop",
    "variety": "cowpea",
    "scale": 12.5,
    "unit": "mu",
    "cycle": "2026-春茬",
    "market_start": "2026-05-10",
    "market_end": "2026-06-30",
    "point_quality": "exact",
    "contact_phone": "13800001234",
}


@pytest.fixture
def register(qgis_app, tmp_path: Path) -> Path:
    path = tmp_path / "county.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as made:
        made.connection.execute(
            "INSERT INTO division (code, name, level, longitude, latitude) VALUES "
            "('999901101001', '青塘村', 'village', 110.5, 19.5)"
        )
        for number, name in enumerate(("赵<示例>", "钱示例", "孙示例", "李示例", "周示例")):
            x, y = 110.5012 + number * 0.0013, 19.5021 + number * number * 0.0007
            x, y = (y, x) if number == 4 else (x, y)
            uid = f"0b0f1f6e-3a51-4f0e-9d5e-{number:012d}"
            values = {**RECORD, "uid": uid, "producer_name": name, "geom": point_blobs(np.array([x]), np.array([y]))[0]}
            columns = ", ".join(values)
            marks = ", ".join("?" * len(values))
            made.connection.execute(f"INSERT INTO record ({columns}) VALUES ({marks})", tuple(values.values()))
    return path


@pytest.fixture
def run(register: Path):
    provider = OriginMapProvider()
    QgsApplication.processingRegistry().addProvider(provider)

    def carry_out(**parameters: object):
        algorithm = CheckRecords()
        algorithm.initAlgorithm()
        feedback = QgsProcessingFeedback(False)
        results, ok = algorithm.run({"REGISTER": str(register), **parameters}, QgsProcessingContext(), feedback)
        return results, ok, feedback.textLog()

    yield carry_out
    QgsApplication.processingRegistry().removeProvider(provider)


def test_layer_workbook_and_page_tell_the_same(run, tmp_path):
    page, book, layer = (tmp_path / name for name in ("质量.html", "质量.xlsx", "findings.gpkg"))
    results, ok, _ = run(REPORT=str(page), WORKBOOK=str(book), LAYER=str(layer))
    assert ok
    kinds = [results[name] for name in ("INCOMPLETE", "STANDARD", "OUTDATED", "WRONG")]
    assert sum(kinds) == results["FINDINGS"] > results["FAULTY"] == results["RECORDS"] == 5
    features = list(QgsVectorLayer(str(layer)).getFeatures())
    assert len(features) == results["FINDINGS"]
    shared = [feature for feature in features if feature["check"] == "phone"]
    assert len(shared) == 5
    assert all("138****1234" in feature["what"] and "13800001234" not in feature["what"] for feature in shared)
    sheets = openpyxl.load_workbook(book)
    for name in ("按类别", "按村"):
        assert [cell.value for cell in list(sheets[name].rows)[-1]][-1 if name == "按村" else 2] == len(features)
    listed = list(sheets["逐条"].iter_rows(min_row=5, values_only=True))
    assert sorted(row[-1] for row in listed) == sorted(feature["uid"] for feature in features)
    text = page.read_text(encoding="utf-8")
    anchors = re.findall(r'<article id="([^"]+)"', text)
    assert sorted(anchors) == sorted({feature["uid"] for feature in features})
    assert set(re.findall(r'href="#([^"]+)"', text)) == set(anchors)
    assert "赵&lt;示例&gt;" in text and "赵<示例>" not in text and "13800001234" not in text
    told = text + "".join(map(str, listed)) + "".join(str(feature.attributes()) for feature in features)
    assert "周*" in text and "周示例" not in told
    assert "http" not in text


def test_applies_only_when_asked_and_people_in_full_only_for_a_purpose(run, register, tmp_path):
    def point():
        with closing(sqlite3.connect(register)) as connection:
            return connection.execute("SELECT geom FROM record WHERE producer_name = '周示例'").fetchone()[0]

    before = point()
    results, ok, _ = run(KINDS=[3])
    assert ok and results["FINDINGS"] == results["WRONG"] and point() == before
    results, ok, log = run(MASK=False, WORKBOOK=str(tmp_path / "全.xlsx"))
    assert not ok and not (tmp_path / "全.xlsx").exists()
    results, ok, _ = run(APPLY=True, IMPORT=99, BY="赵示例")
    assert (results["APPLIED"], point()) == (0, before)
    results, ok, _ = run(APPLY=True, BY="赵示例", MASK=False, PURPOSE="逐户核实", WORKBOOK=str(tmp_path / "全.xlsx"))
    assert ok and (results["APPLIED"], results["LEFT"]) == (1, 0)
    assert point() == point_blobs(np.array([110.5064]), np.array([19.5133]))[0]
    with closing(sqlite3.connect(register)) as connection:
        notes = connection.execute("SELECT value FROM setting WHERE name LIKE 'export/%'").fetchall()
    assert len(notes) == 1 and "逐户核实" in notes[0][0]
