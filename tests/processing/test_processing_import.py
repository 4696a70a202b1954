"""The import as an algorithm: its outputs, its layers, and what it says when it cannot go on."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils, QgsProject

from originmap.core.register.create import create_register
from originmap.core.standard.findings import Finding, Level
from originmap.core.standard.messages import Phrase
from originmap.processing.georeferencetable import GeoreferenceTable

ROWS = Path(__file__).resolve().parents[1] / "data" / "workbooks" / "055_phones.xlsx"


@pytest.fixture
def register(qgis_app, qgis_processing, tmp_path: Path) -> Path:
    path = tmp_path / "register.gpkg"
    create_register(path, "450181", "横州市").close()
    return path


def run(context: QgsProcessingContext | None = None, **parameters: object):
    feedback = QgsProcessingFeedback()
    context = context or QgsProcessingContext()
    results, ok = GeoreferenceTable().create().run(parameters, context, feedback)
    return results, ok, feedback.textLog()


def test_counts_layers_and_the_findings_workbook(register, tmp_path):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    target = tmp_path / "问题.xlsx"
    results, ok, log = run(
        context,
        REGISTER=str(register),
        WORKBOOK=str(ROWS),
        FINDINGS_WORKBOOK=str(target),
        POINTS="memory:",
        FINDINGS="memory:",
    )
    assert ok, log
    assert results["ROWS"] == results["NEW"] + results["UPDATED"] + results["UNCHANGED"] + results["REFUSED"] == 17
    assert target.exists()
    points = QgsProcessingUtils.mapLayerFromString(results["POINTS"], context)
    assert points.featureCount() == results["NEW"] and points.crs().authid() == "EPSG:4490"
    findings = QgsProcessingUtils.mapLayerFromString(results["FINDINGS"], context)
    phones = [feature["what"] for feature in findings.getFeatures() if feature["code"] == "PHONE_BAD"]
    assert phones and all("*" in what for what in phones)
    errors = {feature["row"] for feature in findings.getFeatures() if feature["level"] == "error"}
    assert len(errors) == results["REFUSED"]
    del points, findings


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".csv"])
def test_records_go_into_any_kind_of_layer(register, tmp_path, ending):
    target = tmp_path / f"记录{ending}"
    results, ok, log = run(REGISTER=str(register), WORKBOOK=str(ROWS), POINTS=str(target))
    assert ok and target.stat().st_size > 1000 and results["NEW"] > 0, log


def test_columns_may_be_mapped_by_hand(register, tmp_path):
    path = tmp_path / "方言.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["户主大名", "种啥", "在哪", "多大"],
                ["示例户", "豇豆", "横州市百合镇", "3亩"],
                ["示例户二", "韭菜", "横州市百合镇", "2亩"],
            ]
        )
    asked = {"REGISTER": str(register), "WORKBOOK": str(path), "ERRORS": 1}
    results, ok, log = run(**asked)
    assert not ok and path.name in log and not results
    mapped = ["producer_name", "户主大名", "variety", "种啥", "site_address", "在哪", "scale", "4"]
    results, ok, log = run(**asked, COLUMNS=mapped)
    assert ok and results["NEW"] == results["DRAFTS"] == 2, log


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"WORKBOOK": "没有.xlsx"}, "没有.xlsx"),
        ({"SHEET": "没有这张"}, "没有这张"),
        ({"REGISTER": "没有.gpkg"}, "没有.gpkg"),
    ],
)
def test_what_is_missing_is_named(register, tmp_path, changes, said):
    files = {key: str(tmp_path / name) if "." in name else name for key, name in changes.items()}
    _, ok, log = run(**{"REGISTER": str(register), "WORKBOOK": str(ROWS), **files})
    assert not ok and said in log


def test_a_dry_run_leaves_no_record(register):
    results, ok, _ = run(REGISTER=str(register), WORKBOOK=str(ROWS), DRY_RUN=True)
    again, _, _ = run(REGISTER=str(register), WORKBOOK=str(ROWS))
    assert ok and again["NEW"] == results["NEW"] > 0


@pytest.mark.parametrize("name", ["POINTS", "FINDINGS", "FINDINGS_WORKBOOK"])
@pytest.mark.parametrize("source", ["REGISTER", "WORKBOOK"])
def test_no_output_takes_the_place_of_an_input(register, tmp_path, name, source):
    workbook = Path(shutil.copy(ROWS, tmp_path))
    inputs = {"REGISTER": register, "WORKBOOK": workbook}
    before = [path.read_bytes() for path in inputs.values()]
    target = tmp_path / "." / inputs[source].name
    _, ok, log = run(**{key: str(path) for key, path in inputs.items()}, **{name: str(target)})
    assert not ok and inputs[source].name in log
    assert [path.read_bytes() for path in inputs.values()] == before


def test_no_import_without_the_folder_for_its_results(register, tmp_path):
    before = register.read_bytes()
    for name in ("POINTS", "FINDINGS", "FINDINGS_WORKBOOK"):
        target = tmp_path / "没有" / "结果.xlsx"
        _, ok, log = run(REGISTER=str(register), WORKBOOK=str(ROWS), **{name: str(target)})
        assert not ok and "没有" in log
    assert register.read_bytes() == before


def test_what_the_findings_workbook_could_not_keep_is_said(register, tmp_path):
    workbook = Path(shutil.copy(ROWS, tmp_path))
    with zipfile.ZipFile(workbook, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp /></xdr:wsDr>")
    target = tmp_path / "问题.xlsx"
    results, ok, log = run(REGISTER=str(register), WORKBOOK=str(workbook), FINDINGS_WORKBOOK=str(target))
    assert ok and results["FINDINGS_WORKBOOK"] == str(target), log
    assert Finding(Level.NOTE, "LOST_IN_COPY", params={"what": Phrase("LOST_SHAPES")}).message("en").sentence in log
