"""The one table and the empty sheet: text stays text, people are masked, and our own reader finds it all again."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from originmap.core.sheets import xlsx_writer
from originmap.core.sheets.names import DATA_SHEET, GUIDE_SHEET, TITLE, VERSION_PROPERTY, VERSION_SHEET
from originmap.core.sheets.recognise import find_table
from originmap.core.sheets.safe_text import MAX_CHARACTERS, for_csv, from_csv
from originmap.core.sheets.table_writer import TableOptions, write_table
from originmap.core.sheets.template import FIRST_ROW, HEADER_ROW, Locality, write_template
from originmap.core.sheets.workbook import open_workbook
from originmap.core.sheets.xlsx_writer import Column, TableHead, XlsxWriter
from originmap.core.standard.cells import text_of
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.masking import is_masked, mask_name, mask_phone
from originmap.core.standard.model import load_standard

STANDARD = load_standard()
RECORD = {
    "uid": "00000000-0000-4000-8000-000000000001",
    "county": "示例县",
    "producer_name": "=HYPERLINK(1)",
    "producer_type": "cooperative",
    "variety": "cowpea",
    "certification": '["green", "gap"]',
    "longitude": 110.123456789,
    "latitude": 20.5,
    "contact_name": "张示例",
    "contact_phone": "13800001234、0898-12345678",
    "scale": 12.5,
    "unit": "mu",
    "cycle": "2026-06",
    "market_start": "2026-05-10",
}
TEXTS = st.text(max_size=40).map(lambda text: text or "x")


def _by_header(path: Path, header_row: int) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path)[DATA_SHEET]
    titles = [cell.value for cell in sheet[header_row]]
    return dict(zip(titles, (cell.value for cell in sheet[header_row + 1])))


def test_records_become_rows_in_words(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    assert write_table(target, [RECORD], STANDARD, TableOptions(note="全部", masked=False)) == 1
    row = _by_header(target, 3)
    assert row["产品名称"] == "豇豆" and row["产品认证类型"] == "绿色食品、良好农业规范" and row["单位"] == "亩"
    assert row["经度"] == 110.1234568 and row["坐标系"] == "CGCS2000" and row["种养规模"] == 12.5
    assert row["上市时间"] == datetime(2026, 5, 10) and row["茬次/采集月份"] == "2026-06"
    assert row["主体联系方式"] == "13800001234、0898-12345678" and row["编号"] == RECORD["uid"]


def test_people_are_masked_unless_said_otherwise(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    write_table(target, [RECORD], STANDARD)
    row = _by_header(target, 2)
    assert (row["主体联系人"], row["主体联系方式"]) == ("张*", "138****1234、0898-****5678")
    assert b"13800001234" not in target.read_bytes()


@pytest.mark.parametrize("kind, shown", [("household", "李*"), (None, "李*"), ("family_farm", "李示例")])
def test_a_household_is_a_person(tmp_path: Path, kind: str | None, shown: str) -> None:
    record = {**RECORD, "producer_name": "李示例", "producer_type": kind}
    write_table(tmp_path / "表.xlsx", [record], STANDARD)
    assert _by_header(tmp_path / "表.xlsx", 2)["种养殖主体名称"] == shown
    write_table(tmp_path / "表.xlsx", [record], STANDARD, TableOptions(masked=False))
    assert _by_header(tmp_path / "表.xlsx", 2)["种养殖主体名称"] == "李示例"


def test_our_reader_recognises_the_table(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    write_table(target, [RECORD] * 3, STANDARD, TableOptions(note="全部"))
    with open_workbook(target) as workbook:
        table = find_table(workbook.rows(DATA_SHEET), STANDARD)
        rows = list(workbook.rows(DATA_SHEET))
    assert table is not None and table.first_row == 4 and not table.unknown and not table.findings
    assert {column.name for column in STANDARD.annex()} == set(table.columns)
    assert text_of(rows[3][1][table.columns["producer_name"]]) == "=HYPERLINK(1)" and len(rows) == 6


def test_csv_is_read_by_a_spreadsheet_and_by_us(tmp_path: Path) -> None:
    target = tmp_path / "表.csv"
    write_table(target, [RECORD], STANDARD)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as stream:
        header, row = csv.reader(stream)
    assert row[header.index("种养殖主体名称")] == "'=HYPERLINK(1)"
    assert from_csv(row[header.index("种养殖主体名称")]) == "=HYPERLINK(1)"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "_x0041_"])
@example(["a\x00b", "\ufffe", "<&>]]>\"'", " padded ", "two\nlines", "字" * 40])
def test_any_text_stays_that_text(tmp_path: Path, texts: list[str]) -> None:
    target = tmp_path / "any.xlsx"
    with XlsxWriter(target) as writer:
        writer.begin(TableHead("t", [Column(f"c{index}") for index in range(len(texts))]))
        writer.row(texts)
    with open_workbook(target) as workbook:
        read = list(workbook.rows("t"))[1][1]
    assert [text_of(cell) for cell in read] == texts
    cells = openpyxl.load_workbook(target)["t"][2]
    assert all(cell.data_type in "sn" for cell in cells)


@given(st.text())
@example("'=1")
@example("''")
def test_protection_in_csv_is_taken_back(text: str) -> None:
    assert from_csv(for_csv(text)) == text
    assert for_csv(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_a_surrogate_and_too_long_a_text_do_not_break_the_file(tmp_path: Path) -> None:
    target = tmp_path / "odd.xlsx"
    with XlsxWriter(target) as writer:
        writer.begin(TableHead("t", [Column("a"), Column("b")]))
        writer.row(["x\ud800", "长" * 40_000])
    odd, long = (cell.value for cell in openpyxl.load_workbook(target)["t"][2])
    assert odd == "x\ufffd" and len(long) == MAX_CHARACTERS and long.endswith("…")


def test_a_table_beyond_a_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "MAX_ROWS", 3)
    target = tmp_path / "long.xlsx"
    with XlsxWriter(target) as writer:
        writer.begin(TableHead("t", [Column("a")]))
        places = [(writer.row([str(number)]), writer.sheet) for number in range(4)]
    assert places == [(2, "t"), (3, "t"), (2, "t_2"), (3, "t_2")]
    assert [sheet["A1"].value for sheet in openpyxl.load_workbook(target)] == ["a", "a"]


def test_a_failed_table_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")

    def failing():
        yield RECORD
        raise OriginMapError("CANCELLED")

    with pytest.raises(OriginMapError):
        write_table(target, failing(), STANDARD)
    assert target.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OriginMapError, match="TARGET_KIND"):
        write_table(tmp_path / "表.pdf", [], STANDARD)


@pytest.mark.parametrize(
    ("name", "masked"), [("张示例", "张*"), ("欧阳示例", "欧阳*"), ("张", "*"), ("", ""), ("李四", "李*")]
)
def test_names_keep_their_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked and is_masked(masked) == bool(name)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("0898-12345678-123", "0898-****5678"),
        ("4001234567", "400****67"),
        ("13800001234、13800005678", "138****1234、138****5678"),
        ("12", "****"),
        ("", ""),
    ],
)
def test_phones_keep_their_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A county's empty sheet with more townships than fit into a cell's rule."""
    path = tmp_path / "模板.xlsx"
    townships = tuple(f"示例第{number}乡镇街道办事处" for number in range(40))
    write_template(path, STANDARD, Locality(("示例省",), ("示例市",), ("示例县",), townships))
    return path


def test_an_untouched_template_has_a_heading_and_no_rows(template: Path) -> None:
    with open_workbook(template) as workbook:
        table = find_table(workbook.rows(DATA_SHEET), STANDARD)
        rows = [row for row, cells in workbook.rows(DATA_SHEET) if row >= FIRST_ROW]
    assert table is not None and table.header_rows[-1] == HEADER_ROW and not table.findings and rows == []
    assert set(table.columns) == {column.name for column in STANDARD.annex()}


def test_template_has_drop_downs_formats_and_an_explanation(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    sheet = workbook[DATA_SHEET]
    letters = {cell.value: cell.column_letter for cell in sheet[HEADER_ROW]}
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    assert sheet["A1"].value == TITLE
    assert "豇豆" in rules[letters["产品名称"]].formula1 and rules[letters["乡镇(街道)"]].formula1 == "list_township"
    assert rules[letters["产品认证类型"]].type is None and "、" in rules[letters["产品认证类型"]].prompt
    assert rules[letters["上市时间"]].type == "date" and rules[letters["上市时间"]].errorStyle == "warning"
    assert all(len(rule.prompt) <= 255 and len(rule.formula1 or "") <= 255 for rule in rules.values())
    assert sheet[f"{letters['主体联系方式']}{FIRST_ROW}"].number_format == "@"
    assert sheet.column_dimensions[letters["编号"]].hidden
    explained = [cell.value for cell in workbook[GUIDE_SHEET]["A"]][2:]
    assert explained == [title for title in letters if title != "编号"]


def test_template_protects_its_head_alone_and_knows_its_version(template: Path) -> None:
    workbook = openpyxl.load_workbook(template)
    sheet = workbook[DATA_SHEET]
    assert sheet.protection.sheet and not sheet.protection.insertRows and not sheet.protection.sort
    assert sheet.cell(HEADER_ROW, 1).protection.locked and not sheet.cell(FIRST_ROW, 1).protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert workbook[VERSION_SHEET].sheet_state == "veryHidden"
    assert workbook.custom_doc_props[VERSION_PROPERTY].value == str(STANDARD.version)
