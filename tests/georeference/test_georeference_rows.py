"""What becomes of rows: repeated, changed, masked, without a point, below the threshold, in the wrong place."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qgis.core import QgsGeometry

from originmap.core import vendored
from originmap.core.coordinates.datums import Datum
from originmap.core.georeference.options import AddressPoints, ErrorPolicy, Options
from originmap.core.georeference.pipeline import georeference
from originmap.core.onemap.query import Query
from originmap.core.register.geometry import area_blob
from originmap.core.register.register import Register
from originmap.core.register.selection import records
from originmap.core.sheets.findings_workbook import write_findings_workbook
from originmap.core.sheets.table_place import TablePlace
from originmap.core.sheets.table_writer import TableOptions, write_table
from originmap.core.standard.findings import Level

PER_FUNCTION = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def codes(outcome, row: int) -> set[str]:
    return {finding.code for finding in outcome.findings if finding.row == row}


def test_the_same_row_twice_is_one_record(run, sheet, stored):
    outcome = run(sheet({}, {}))
    assert (outcome.counts.new, outcome.counts.unchanged) == (1, 1)
    assert "DUP_ROW" in codes(outcome, 3) and len(stored("uid")) == 1


def test_the_same_place_in_another_notation_is_the_same_row(run, sheet, stored):
    outcome = run(sheet({}, {"经度": "109°12′04.86″", "纬度": "22°40′52.86″"}))
    assert (outcome.counts.new, outcome.counts.unchanged) == (1, 1) and "DUP_ROW" in codes(outcome, 3)


def test_the_same_row_with_a_point_and_without_is_asked_about(run, sheet):
    outcome = run(sheet({"经度": "", "纬度": ""}, {}))
    assert (outcome.counts.new, outcome.counts.refused) == (1, 1) and "DUP_KEY" in codes(outcome, 3)


def test_two_places_of_one_producer_are_two_sites(run, sheet, stored):
    path = sheet({}, {"经度": "109.25135"})
    outcome = run(path)
    assert outcome.counts.new == 2 and "SITE_UNNAMED" in codes(outcome, 3)
    assert run(path).counts.unchanged == 2


def test_one_key_with_two_contents_is_asked_about(run, sheet):
    outcome = run(sheet({}, {"种养规模": "4"}))
    assert (outcome.counts.new, outcome.counts.refused) == (1, 1) and "DUP_KEY" in codes(outcome, 3)


def test_only_what_changed_is_taken_and_the_old_state_kept(run, sheet, stored, register):
    run(sheet({}, {"主体名称": "另一示例合作社"}))
    outcome = run(sheet({}, {"主体名称": "另一示例合作社", "种养规模": "8"}))
    assert (outcome.counts.new, outcome.counts.updated, outcome.counts.unchanged) == (0, 1, 1)
    assert [row[0] for row in stored("scale")] == [3.5, 8.0]
    connection = sqlite3.connect(register)
    assert connection.execute("SELECT count(*) FROM history").fetchone()[0] == 1
    connection.close()


def test_a_corrected_findings_workbook_takes_only_what_changed(run, sheet, stored, tmp_path):
    source, target = sheet({}, {"主体名称": "另一示例合作社", "联系方式": "123"}), tmp_path / "问题.xlsx"
    outcome = run(source)
    assert (outcome.counts.new, outcome.counts.refused) == (1, 1)
    report = outcome.sheets[0]
    place = TablePlace(report.name, report.header_rows[-1], report.first_row, report.columns)
    write_findings_workbook(source, target, [place], outcome.findings, outcome.uids)
    book = openpyxl.load_workbook(target)
    cell = book[report.name].cell(3, report.columns["contact_phone"] + 1)
    assert "PHONE_BAD" in cell.comment.text
    cell.value = "13800000009"
    book[report.name].cell(2, report.columns["producer_name"] + 1).value = "改名后的示例合作社"
    book.save(target)
    again = run(target)
    assert (again.counts.new, again.counts.updated, again.counts.unchanged, again.counts.refused) == (1, 1, 0, 0)
    assert {row[0] for row in stored("producer_name")} == {"改名后的示例合作社", "另一示例合作社"}


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_one_table_comes_back_unchanged(run, sheet, register, tmp_path, masked, ending):
    words = {"主体名称": "=另一示例合作社", "上市时间": "5月中旬", "下市时间": "7月", "经度": "", "纬度": ""}
    first = run(sheet({}, words, name="源.csv"))
    assert first.counts.new == 2, first.findings
    table = tmp_path / f"一张表{ending}"
    with Register.open(register) as opened:
        write_table(table, records(opened, Query()), opened.standard(), TableOptions(masked=masked))
    outcome = run(table)
    assert (outcome.counts.unchanged, outcome.counts.rows) == (2, 2), outcome.findings


def test_masked_people_cannot_make_a_record(run, sheet):
    outcome = run(sheet({"联系人": "张*"}))
    assert outcome.counts.refused == 1 and "MASKED_NEW" in codes(outcome, 2)


def test_a_masked_household_keeps_its_name(run, sheet, stored, register, tmp_path):
    """Two households of one surname, one product and one village: each is found by its number, and stays who it is."""
    households = [{"主体名称": name, "主体类型": "农户", "联系人": name} for name in ("张示例", "张另例")]
    assert run(sheet(*households, name="源.csv")).counts.new == 2
    before, table = set(stored("uid, producer_name, record_key")), tmp_path / "一张表.csv"
    with Register.open(register) as opened:
        write_table(table, records(opened, Query()), opened.standard())
    text = table.read_text("utf-8-sig")
    assert text.count("张*") == 4 and "张示例" not in text
    outcome = run(table)
    assert (outcome.counts.unchanged, outcome.counts.rows) == (2, 2), outcome.findings
    table.write_text(text.replace("3.5", "8"), "utf-8-sig")
    outcome = run(table)
    assert outcome.counts.updated == 2, outcome.findings
    assert set(stored("uid, producer_name, record_key")) == before and {row[0] for row in stored("scale")} == {8.0}
    for uid, _, _ in before:
        text = text.replace(uid, "")
    table.write_text(text, "utf-8-sig")
    outcome = run(table)
    assert (outcome.counts.refused, outcome.counts.rows) == (2, 2)
    assert set(stored("uid, producer_name, record_key")) == before
    assert "MASKED_NEW" in codes(outcome, outcome.findings[0].row)


def test_drafts_keep_the_row_with_its_bad_cells_empty(run, sheet, stored):
    outcome = run(sheet({"联系方式": "123", "规模单位": "头"}), errors=ErrorPolicy.DRAFT)
    assert (outcome.counts.new, outcome.counts.drafts, outcome.counts.refused) == (1, 1, 0)
    ((phone, scale, status, findings),) = stored("contact_phone, scale, status, findings")
    assert phone is None and scale is None and status == "draft" and "PHONE_BAD" in findings


def test_a_row_without_a_point_waits_for_it(run, sheet, stored):
    outcome = run(sheet({"经度": "", "纬度": ""}))
    assert (outcome.counts.new, outcome.counts.without_point) == (1, 1)
    assert not any(finding.level is Level.ERROR for finding in outcome.findings)
    ((quality, method, radius),) = stored("point_quality, point_method, point_radius")
    assert (quality, method) == ("approximate", "address") and radius > 1000


def test_an_address_may_be_left_without_a_point(run, sheet, stored):
    run(sheet({"经度": "", "纬度": ""}), address_points=AddressPoints.LEAVE_OUT)
    assert stored("geom, point_quality") == [(None, "none")]


@pytest.mark.parametrize(
    "cells, code",
    [
        ({"经度": "22.68135", "纬度": "109.20135"}, "COORD_SWAPPED"),
        ({"经度": "10920135", "纬度": "2268135"}, "COORD_NOPOINT"),
        ({"经度": "0", "纬度": "0"}, "COORD_OUT"),
        ({"经度": "109.2.0135"}, "COORD_BAD"),
        ({"经度": "不详说"}, "COORD_BAD"),
    ],
)
def test_a_wrong_point_is_refused_never_repaired(run, sheet, cells, code):
    outcome = run(sheet(cells))
    assert outcome.counts.refused == 1 and code in codes(outcome, 2)


def test_plane_coordinates_ask_for_the_central_meridian(run, sheet, stored):
    path = sheet({"经度": "677024.67", "纬度": "2203516.71", "基地地址": "海南省儋州市那大镇示例村"})
    outcome = run(path)
    assert outcome.counts.refused == 1 and any("中央子午线" in f.message("zh").sentence for f in outcome.findings)
    assert run(path, central_meridian=108.0).counts.new == 1


def test_a_point_far_from_its_county_is_approximate(run, sheet, stored):
    outcome = run(sheet({"经度": "116.40135", "纬度": "39.90135"}))
    assert "COORD_ADMIN" in codes(outcome, 2) and stored("point_quality") == [("approximate",)]


@pytest.mark.parametrize("datum", [Datum.XIAN80, Datum.BEIJING54])
def test_secret_datums_are_refused(run, sheet, datum):
    outcome = run(sheet({}), datum=datum)
    assert outcome.counts.refused == 1


@pytest.fixture
def with_datum(tmp_path, sheet):
    """One good row with a column 坐标系 behind it."""

    def write(datum: str, **cells: str):
        path = sheet(cells, name="坐标系.csv")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        path.write_text("\n".join([f"{lines[0]},坐标系", f"{lines[1]},{datum}"]), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "datum, code",
    [
        ("西安80", "DATUM_REFUSED"),
        ("1954年北京坐标系", "DATUM_REFUSED"),
        ("高德", "CRS_SUSPECT"),
        ("百度地图", "CRS_SUSPECT"),
        ("随便写的", "ENUM_BAD"),
    ],
)
def test_each_row_may_name_its_datum(run, with_datum, datum, code):
    assert code in codes(run(with_datum(datum)), 2)


def test_plane_coordinates_have_no_datum_of_a_map_service(run, with_datum):
    plane = {"经度": "36520683.2", "纬度": "2509462.5"}
    assert "DATUM_PLANE" in codes(run(with_datum("高德", **plane)), 2)
    assert "DATUM_REFUSED" in codes(run(with_datum("西安80", **plane)), 2)
    assert run(with_datum("CGCS2000", **plane)).counts.new == 1


@pytest.fixture
def outlined(register):
    """The register with one square township around the good row's point."""
    with Register.open(register) as opened:
        square = QgsGeometry.fromWkt("MULTIPOLYGON(((109.1 22.6, 109.3 22.6, 109.3 22.8, 109.1 22.8, 109.1 22.6)))")
        opened.connection.execute(
            "INSERT INTO division (code, name, level, geom) VALUES ('450181001', '方镇', 'township', ?)",
            (area_blob(square),),
        )
    return register


def test_a_point_knows_its_township_by_the_outlines(run, sheet, outlined, stored):
    run(sheet({"基地地址": "横州市"}, {"基地地址": "横州市", "主体名称": "在外示例社", "经度": "109.50135"}))
    assert stored("division_code, township") == [("450181001", "方镇"), ("450181", None)]


def test_without_shapely_outlines_go_unused_and_it_is_said(run, sheet, outlined, monkeypatch):
    monkeypatch.setitem(vendored._LEAST_MAJOR, "shapely", 99)
    outcome = run(sheet({}))
    assert outcome.counts.new == 1 and "AREAS_UNUSED" in codes(outcome, 0)
    (said,) = [finding for finding in outcome.findings if finding.code == "AREAS_UNUSED"]
    assert "pip install" in said.message("zh").sentence


def test_sites_add_up_to_the_threshold(run, sheet):
    small = {"种养规模": "0.3"}
    alone = run(sheet({**small, "主体名称": "独户示例"}))
    assert "BELOW_MIN" in codes(alone, 2)
    both = run(sheet({**small, "基地地址": "横州市百合镇示例村1组"}, {**small, "基地地址": "横州市百合镇示例村2组"}))
    assert both.counts.new == 2 and not any(finding.code == "BELOW_MIN" for finding in both.findings)


def test_a_record_in_review_is_not_changed_by_a_sheet(run, sheet, register):
    run(sheet({}))
    with Register.open(register) as opened:
        opened.connection.execute("DROP TRIGGER gate_record_update")
        opened.connection.execute("UPDATE record SET status = 'submitted'")
    outcome = run(sheet({"种养规模": "9"}))
    assert outcome.counts.refused == 1 and "RECORD_IN_REVIEW" in codes(outcome, 2)


def test_a_point_set_by_a_person_stays(run, sheet, register, stored):
    run(sheet({}))
    with Register.open(register) as opened:
        opened.connection.execute("UPDATE record SET point_method = 'site_visit'")
    before = stored("geom")
    outcome = run(sheet({"经度": "109.30135"}))
    assert "POINT_KEPT" in codes(outcome, 2) and stored("geom") == before


_CHANGES = st.lists(
    st.sampled_from(
        [
            {},
            {"联系方式": "1.38E+10"},
            {"种养规模": "abc"},
            {"上市时间": "明年"},
            {"产品名称": "西瓜"},
            {"经度": "", "纬度": ""},
            {"主体类型": ""},
            {"种养规模": "约10亩", "规模单位": ""},
        ]
    ),
    min_size=1,
    max_size=12,
)


@PER_FUNCTION
@given(_CHANGES, st.sampled_from(["混.xlsx", "混.csv"]))
def test_counts_always_add_up_and_twice_is_once(empty, tmp_path_factory, sheet, changes, name):
    register = Path(shutil.copy(empty, tmp_path_factory.mktemp("mixed")))
    path = sheet(*({**change, "主体名称": f"示例{n % 7}社"} for n, change in enumerate(changes)), name=name)
    first = georeference(path, register, Options(today=date(2026, 6, 1)))
    second = georeference(path, register, Options(today=date(2026, 6, 1)))
    assert first.counts.rows == second.counts.rows == len(changes)
    assert (second.counts.new, second.counts.updated) == (0, 0)
    assert {f.row for f in first.findings if f.level is Level.ERROR} <= set(range(2, len(changes) + 2))
