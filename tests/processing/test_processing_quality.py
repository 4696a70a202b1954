"""Due lists, progress and omissions as Processing runs them, on a county in which everything is known."""

from __future__ import annotations

import gc
import re
import uuid
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.geometry import point_blobs
from originmap.core.register.writing import ImportInfo
from originmap.processing.omissions import Omissions
from originmap.processing.progressreport import ProgressReportAlgorithm
from originmap.processing.setcadence import SetCadence
from originmap.processing.updatesdue import UpdatesDue

ON = "2026-06-10"
SITES, PEOPLE = 96, 9
AREAS: list[tuple] = []
COMMON = {
    "province": "示例省", "city": "示例市", "county": "示例县", "producer_type": "cooperative", "industry": "livestock",
    "variety": "egg", "certification": '["none"]', "site_name": "一号场", "site_address": "村委会旁",
    "contact_name": "张示例", "contact_phone": "13800001234", "unit": "bird", "scale_basis": "stock",
    "market_start": "2026-01-01", "market_end": "2026-12-31", "traceability": '["certificate"]',
    "credit_grade": "unrated", "officer_role": "village_assistant", "officer_name": "李示例",
    "officer_phone": "13800002345", "point_quality": "exact", "origin": "map", "production_mode": None,
}  # fmt: skip


def _state(number: int) -> str:
    """Three of ten sites are missing, more of them in some townships; of the others every fourth is a draft."""
    if number * number % 10 < 3:
        return "missing"
    return "draft" if number % 4 == 1 else "submitted"


@pytest.fixture(scope="module")
def county(qgis_app, qgis_processing, root: Path, tmp_path_factory) -> Path:
    """Sites with eggs in all townships of the sample county: May of all of them, June of two thirds."""
    path = tmp_path_factory.mktemp("quality") / "county.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as made:
        for name in ("county", "townships"):
            layer = QgsVectorLayer(f"{root / 'resources/sample/county.gpkg'}|layername={name}", name, "ogr")
            load_boundaries(made, layer, DivisionFields("XZQDM", "XZQMC"))
        AREAS[:] = [(f["XZQDM"], f["XZQMC"], f.geometry().pointOnSurface().asPoint()) for f in layer.getFeatures()]
        rows = [row for number in range(SITES) for row in _rows(number, AREAS[number * 5 // 7 % len(AREAS)])]
        names = tuple(rows[0])
        with made.importing(ImportInfo("县.xlsx", "0")) as session:
            session.insert(names, [tuple(row[name] for name in names) for row in rows])
    results, _ = _run(SetCadence(), path, PRODUCT="鸡蛋", EVERY=2, LAST_DAY=5)
    assert results["RULE"] == "采集频次：鸡蛋每月一次，当月 5 日前。"
    return path


def _rows(number: int, area: tuple) -> list[dict[str, object]]:
    code, township, place = area
    point = point_blobs(np.array([place.x() + number % 7 / 900]), np.array([place.y() + number % 11 / 900]))[0]
    site = {
        **COMMON, "geom": point, "township": township, "village": f"{number % 3 + 1}村", "division_code": code,
        "producer_name": f"第{number:02d}养殖合作社", "collector_name": f"采集员{number % PEOPLE}",
        "collector_phone": f"1380000{number % PEOPLE:04d}", "scale": 600.0 + number,
    }  # fmt: skip
    late = "2026-06-08" if number % 5 else "2026-06-03"
    may = {**site, "uid": str(uuid.UUID(int=1000 + number)), "status": "submitted", "cycle": "2026-05"}
    june = {
        **site,
        "scale": 200.0 if number == 14 else site["scale"],
        "uid": str(uuid.UUID(int=2000 + number)),
        "status": _state(number),
        "cycle": "2026-06",
    }
    return [
        {**may, "collected_on": "2026-05-09"},
        *([{**june, "collected_on": late}] if _state(number) != "missing" else []),
    ]


def _run(algorithm, register: Path, **parameters: object):
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    results, ok = algorithm.create().run({"REGISTER": str(register), **parameters}, context, feedback)
    assert ok, feedback.textLog()
    return results, lambda name: QgsProcessingUtils.mapLayerFromString(results[name], context)


def test_the_four_states_add_up_and_layer_and_workbook_tell_the_same(county: Path, tmp_path: Path):
    target = tmp_path / "due.xlsx"
    sinks = {"LAYER": "memory:", "BY_COLLECTOR": "memory:"}
    results, layer_of = _run(UpdatesDue(), county, ON=ON, WORKBOOK=str(target), **sinks)
    missing = sum(_state(number) == "missing" for number in range(SITES))
    assert [results[name] for name in ("SITES", "OVERDUE", "DUE", "SOON", "CURRENT")] == [
        SITES, missing, 0, 0, SITES - missing,
    ]  # fmt: skip
    layer, tallies = layer_of("LAYER"), layer_of("BY_COLLECTOR")
    assert layer.featureCount() == missing and all(f.hasGeometry() for f in layer.getFeatures())
    assert sum(f["sites"] for f in tallies.getFeatures()) == SITES
    book = openpyxl.load_workbook(target)
    total = [cell.value for cell in list(book["按采集员"].rows)[-1]]
    assert total[2:] == [SITES, SITES - missing, 0, 0, missing]
    assert book["应采集清单"].max_row == 4 + missing
    assert not re.search("1[38][0-9]{9}", " ".join(str(c.value) for s in book for row in s.rows for c in row))


def test_progress_adds_up_everywhere_and_leads_to_its_sites(county: Path, tmp_path: Path):
    files = {name: str(tmp_path / f"progress.{name.lower()}") for name in ("PDF", "HTML")}
    sinks = {"TABLE": "memory:", "AREAS": "memory:", "SITES": "memory:"}
    book, notices = tmp_path / "progress.xlsx", tmp_path / "notices"
    results, layer_of = _run(
        ProgressReportAlgorithm(), county, ON=ON, WORKBOOK=str(book), NOTICES=str(notices), **files, **sinks
    )
    states = Counter(_state(number) for number in range(SITES))
    assert (results["EXPECTED"], results["MISSING"]) == (SITES, states["missing"])
    assert results["COLLECTED"] == states["draft"] + states["submitted"]
    sites = list(layer_of("SITES").getFeatures())
    for kind in ("township", "collector"):
        rows = [row for row in layer_of("TABLE").getFeatures() if row["kind"] == kind]
        for stage in ("expected", "collected", "missing", "complete", "located", "approved", "in_time", "findings"):
            assert sum(row[stage] for row in rows) == sum(site[stage] for site in sites), stage
        assert all(row["collected"] + row["missing"] == row["expected"] for row in rows)
        assert all(row["in_time"] + row["late"] == row["collected"] for row in rows)
    areas = list(layer_of("AREAS").getFeatures())
    assert sum(area["expected"] for area in areas) == SITES
    assert all(area["share"] == area["collected"] / area["expected"] for area in areas if area["expected"])
    listed = list(openpyxl.load_workbook(book)["逐处"].rows)[4:]
    assert len(listed) == SITES and sum(row[10].value == "是" for row in listed) == results["COLLECTED"]
    page = Path(files["HTML"]).read_text("utf-8")
    assert "http" not in page and f"应采集 {SITES} 处" in page and page.count("<path") == len(areas)
    assert len(list(notices.glob("*.xlsx"))) == results["NOTIFIED"] == 9
    told = (notices / "催办短信.txt").read_text("utf-8-sig")
    assert sum(map(int, re.findall("还有 ([0-9]+) 处未采集", told))) == states["missing"]
    assert 0 < sum(site["late"] for site in sites) < results["COLLECTED"]
    assert Path(files["PDF"]).read_bytes().startswith(b"%PDF")


def test_names_in_full_need_a_purpose_which_is_noted(county: Path, tmp_path: Path):
    feedback = QgsProcessingFeedback()
    asked = {"REGISTER": str(county), "ON": ON, "MASK": False, "WORKBOOK": str(tmp_path / "due.xlsx")}
    _, ok = UpdatesDue().create().run(asked, QgsProcessingContext(), feedback)
    assert not ok
    _run(UpdatesDue(), county, ON=ON, MASK=False, PURPOSE="六月催办", WORKBOOK=str(tmp_path / "due.xlsx"))
    told = " ".join(str(c.value) for row in openpyxl.load_workbook(tmp_path / "due.xlsx")["按采集员"].rows for c in row)
    assert "采集员3" in told and "13800000003" in told


def test_omissions_are_found_where_they_were_planted_and_nowhere_else(county: Path, tmp_path: Path):
    roster = openpyxl.Workbook()
    rows = (
        ("2026 年绿色食品获证主体名册", None, None),
        ("序号", "获证主体", "乡镇"),
        (1, "第07养殖专业合作社", None),
        (2, "云岭禽蛋有限公司", "石湾镇"),
        (3, "第９５养殖合作社", None),
    )
    for row in rows:
        roster.active.append(row)
    roster.save(tmp_path / "roster.xlsx")
    target = tmp_path / "omissions.xlsx"
    results, layer_of = _run(
        Omissions(), county, ON=ON, ROSTER=str(tmp_path / "roster.xlsx"), WORKBOOK=str(target), LAYER="memory:"
    )
    missing = {f"第{number:02d}养殖合作社" for number in range(SITES) if _state(number) == "missing"}
    found = list(layer_of("LAYER").getFeatures())
    assert {f["producer_name"] for f in found if f["kind"] == "producer"} == missing
    assert [(f["producer_name"], f["roster_row"]) for f in found if f["kind"] == "roster"] == [("云岭禽蛋有限公司", 4)]
    assert [(f["producer_name"], f["number_then"], f["number_now"]) for f in found if f["kind"] == "scale"] == [
        ("第14养殖合作社", 614.0, 200.0)
    ]
    villages: dict[tuple[str, str], list[str]] = {}
    for number in range(SITES):
        (may, *_) = _rows(number, AREAS[number * 5 // 7 % len(AREAS)])
        villages.setdefault((may["township"], may["village"]), []).append(_state(number))
    silent = {place for place, states in villages.items() if set(states) == {"missing"}}
    assert {(f["township"], f["village"]) for f in found if f["kind"] == "village"} == silent
    kinds = ("VILLAGE", "PRODUCER", "SCALE", "ROSTER", "DENSITY")
    assert results["OMISSIONS"] == len(found) == sum(results[kind] for kind in kinds)
    summary = list(openpyxl.load_workbook(target)["汇总"].rows)
    assert summary[-1][1].value == len(found) == sum(row[1].value for row in summary[4:-1])


@pytest.mark.parametrize(
    ("algorithm", "output", "seen"),
    [
        ("progressreport", "AREAS", "graduatedSymbol"),
        ("omissions", "LAYER", "categorizedSymbol"),
        ("updatesdue", "LAYER", "categorizedSymbol"),
    ],
)
def test_a_layer_that_comes_into_the_project_is_styled_when_its_algorithm_is_gone(county, algorithm, output, seen):
    made = {"progressreport": ProgressReportAlgorithm, "omissions": Omissions, "updatesdue": UpdatesDue}[algorithm]()
    made.initAlgorithm()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    target = QgsProcessingOutputLayerDefinition("memory:", QgsProject.instance())
    results, ok = made.run({"REGISTER": str(county), "ON": ON, output: target}, context, feedback)
    del made
    gc.collect()
    assert ok
    details = context.layerToLoadOnCompletionDetails(results[output])
    layer = QgsProcessingUtils.mapLayerFromString(results[output], context)
    details.postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.renderer().type() == seen
    if seen == "categorizedSymbol":
        values = {category.value() for category in layer.renderer().categories()}
        assert {feature[layer.renderer().classAttribute()] for feature in layer.getFeatures()} <= values
