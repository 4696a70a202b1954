"""What a person is shown before an import is what the import does, and their findings never land on another file."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from originmap.core.georeference.findings import free_target, worth_writing, write_findings
from originmap.core.georeference.options import ErrorPolicy, Options
from originmap.core.georeference.pipeline import georeference
from originmap.core.georeference.preview import Fate, preview
from originmap.core.sheets.errors import SheetError
from originmap.core.sheets.glance import glance, holds_records
from originmap.core.sheets.recognise import Layout
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.findings import Level
from originmap.core.standard.masking import is_masked
from originmap.core.standard.model import load_standard

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
# What only the whole file or the register can tell.
_LATER = ("DUP_ROW", "DUP_KEY", "DUP_ID", "SITE_UNNAMED", "MASKED_NEW", "BELOW_MIN", "CYCLES_DERIVED")
_ALL = sorted(path.name for path in WORKBOOKS.iterdir() if path.suffix in (".xlsx", ".xls", ".csv", ".txt"))


def _by_row(findings) -> set[tuple[str, int, str, str]]:
    # A masked number means the stored one, which only the register can tell.
    masked = [f for f in findings if is_masked(str(f.params.get("value", "")))]
    return {(f.sheet, f.row, f.code, f.field) for f in findings if f.row and f.code not in _LATER and f not in masked}


@pytest.mark.parametrize("errors", list(ErrorPolicy))
@pytest.mark.parametrize("name", _ALL)
def test_the_preview_says_what_the_import_does(name, errors, register):
    options = Options(errors=errors, dry_run=True)
    try:
        sheets = preview(WORKBOOKS / name, register, options, rows=10_000)
    except OriginMapError as refused:
        with pytest.raises(OriginMapError) as also:
            georeference(WORKBOOKS / name, register, options)
        assert also.value.code == refused.code
        return
    if all(sheet.reason or not sheet.rows for sheet in sheets):
        with pytest.raises(OriginMapError):
            georeference(WORKBOOKS / name, register, options)
        return
    outcome = georeference(WORKBOOKS / name, register, options)
    rows = [(sheet, row) for sheet in sheets for row in sheet.rows]
    said = [f for sheet in sheets for f in sheet.findings] + [f for _, row in rows for f in row.findings]
    assert _by_row(said) == _by_row(outcome.findings)
    assert {s.name: s.reason for s in sheets} == {s.name: s.reason for s in outcome.sheets}
    assert sum(row.fate is Fate.SKIPPED for _, row in rows) == outcome.counts.skipped
    assert sum(row.fate is not Fate.SKIPPED for _, row in rows) == outcome.counts.rows


def test_only_the_first_rows_are_looked_at(sheet, register):
    path = sheet(*({"主体名称": f"示例{n}社"} for n in range(30)))
    (seen,) = preview(path, register, Options(), rows=7)
    assert [row.number for row in seen.rows] == list(range(2, 9))
    assert all(row.fate is Fate.TAKEN for row in seen.rows)


def test_fates_follow_the_choice(sheet, register):
    path = sheet({}, {"联系方式": "123"}, {"主体名称": "", "联系方式": "123"})
    fates = {
        errors: [row.fate for row in preview(path, register, Options(errors=errors))[0].rows] for errors in ErrorPolicy
    }
    assert fates[ErrorPolicy.REFUSE] == [Fate.TAKEN, Fate.REFUSED, Fate.REFUSED]
    assert fates[ErrorPolicy.DRAFT] == [Fate.TAKEN, Fate.DRAFT, Fate.REFUSED]


def test_a_preview_needs_no_right_to_write_and_takes_no_lock(sheet, register):
    other = sqlite3.connect(register)
    other.execute("BEGIN IMMEDIATE")
    assert preview(sheet({}), register, Options())[0].rows[0].fate is Fate.TAKEN
    other.close()


def _strange(folder: Path) -> Path:
    """A sheet whose heading nobody could guess, below a line of text."""
    book = openpyxl.Workbook()
    heading = ["Who", "What", "Kind", "Label", "Where", "Person", "Call", "Size", "From", "To"]
    farm = ["示例社", "豇豆", "家庭农场", "无", "横州市百合镇", "张示例", "13800000001", "3亩"]
    for row in (["Spring"], heading, [*farm, "2026-05-10", "2026-06-10"]):
        book.active.append(row)
    path = folder / "strange.xlsx"
    book.save(path)
    return path


def test_a_person_can_say_where_the_heading_is_and_what_it_means(tmp_path, register):
    path = _strange(tmp_path)
    (seen,) = glance(path)
    assert seen.table(load_standard()) is None
    with pytest.raises(SheetError):
        georeference(path, register, Options())
    columns = {"producer_name": 0, "variety": "What", "producer_type": 2, "certification": 3, "site_address": 4}
    columns |= {"contact_name": 5, "contact_phone": 6, "scale": 7, "market_start": 8, "market_end": 9}
    layout = Layout((2,), columns)
    table = seen.table(load_standard(), layout)
    assert table.header_rows == (2,) and table.columns["variety"] == 1
    options = Options(layouts={"Sheet": layout}, errors=ErrorPolicy.DRAFT)
    assert preview(path, register, options)[0].rows[0].number == 3
    assert georeference(path, register, options).counts.new == 1


def test_a_person_can_take_a_column_back(sheet, register):
    path = sheet({})
    (seen,) = glance(path)
    table = seen.table(load_standard(), Layout(columns={"longitude": None, "latitude": None}))
    assert "longitude" not in table.columns and "经度" in table.unknown
    layouts = {"Sheet": Layout(columns={"longitude": None, "latitude": None})}
    assert georeference(path, register, Options(layouts=layouts)).counts.without_point == 1


def test_a_column_without_a_heading_can_be_chosen(tmp_path):
    book = openpyxl.Workbook()
    for row in (["主体名称", "产品名称", "联系人"], ["示例社", "豇豆", "张示例", "13800000001"]):
        book.active.append(row)
    book.save(tmp_path / "short.xlsx")
    (seen,) = glance(tmp_path / "short.xlsx")
    assert seen.table(load_standard(), Layout(columns={"contact_phone": 3})).columns["contact_phone"] == 3
    beyond = seen.table(load_standard(), Layout(columns={"contact_phone": 4}))
    assert "HDR_MANUAL" in {finding.code for finding in beyond.findings}


def test_a_layout_is_of_its_sheet_alone(register):
    path = WORKBOOKS / "017_hidden_and_several_sheets.xlsx"
    layouts = {"豇豆": Layout(columns={"longitude": None})}
    outcome = georeference(path, register, Options(layouts=layouts, dry_run=True))
    columns = {report.name: report.columns for report in outcome.sheets if report.read}
    assert "longitude" not in columns["豇豆"] and "longitude" in columns["韭菜"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("000_good.xlsx", True), ("070_gbk.csv", True), ("112_xxe.xlsx", None), ("082_empty.csv", None)],
)
def test_a_collection_sheet_is_told_from_other_files(name, expected):
    if expected is None:
        with pytest.raises(SheetError):
            holds_records(WORKBOOKS / name, load_standard())
    else:
        assert holds_records(WORKBOOKS / name, load_standard()) is expected


def test_another_table_is_no_collection_sheet(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("id,value,when\n1,2,3\n", encoding="utf-8")
    assert not holds_records(path, load_standard())


@pytest.mark.parametrize(
    ("source", "taken", "expected"),
    [
        ("采集表.xlsx", [], "采集表_问题.xlsx"),
        ("采集表.xlsx", ["采集表_问题.xlsx"], "采集表_问题2.xlsx"),
        ("采集表_问题.xlsx", ["采集表_问题.xlsx"], "采集表_问题2.xlsx"),
        ("采集表_问题2.xlsx", ["采集表_问题.xlsx", "采集表_问题2.xlsx"], "采集表_问题3.xlsx"),
        ("采集表.csv", [], "采集表_问题.xlsx"),
        ("采集表.xlsm", ["采集表_问题.xlsx"], "采集表_问题.xlsm"),
        ("_问题.xlsx", [], "_问题_问题.xlsx"),
    ],
)
def test_findings_get_a_name_of_their_own(tmp_path, source, taken, expected):
    for name in taken:
        (tmp_path / name).touch()
    assert free_target(tmp_path / source) == tmp_path / expected


def test_the_findings_of_a_dry_run_are_written_as_those_of_the_import(sheet, register):
    path = sheet({}, {"联系方式": "123"})
    outcome = georeference(path, register, Options(dry_run=True))
    assert worth_writing(outcome)
    target = free_target(path)
    written = write_findings(path, target, outcome, "zh")
    assert written.path == target
    corrected = openpyxl.load_workbook(target)
    assert "问题清单" in corrected.sheetnames
    shutil.copy(target, path)
    again = georeference(path, register, Options())
    assert (again.counts.new, again.counts.refused) == (1, 1)
    assert not any(f.level is Level.ERROR and f.row == 2 for f in again.findings)
