"""The person's own workbook comes back with its findings, and nothing else of it is changed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from originmap.core.sheets import findings_workbook, safe_target
from originmap.core.sheets.findings_workbook import target_suffix, write_findings_workbook
from originmap.core.sheets.names import COMMENT_AUTHOR, FINDINGS_SHEET
from originmap.core.sheets.table_place import TablePlace
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.findings import Finding, Level

HEADER = ["序号", "种养殖主体名称", "产品名称", "种养规模", "主体联系方式"]
PLACE = TablePlace("采集表", 2, 3, {"serial": 0, "producer_name": 1, "variety": 2, "scale": 3, "contact_phone": 4})
UID = "00000000-0000-4000-8000-000000000001"
BAD_PHONE = Finding(Level.ERROR, "PHONE_BAD", "contact_phone", 3, "采集表", {"title": "主体联系方式", "value": "123"})
BELOW = Finding(Level.WARNING, "BELOW_MIN", "scale", 4, "采集表", {"variety": "豇豆"}, proposal="5")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A workbook with formats, a formula, a drop-down, a filter and a second sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "采集表"
    sheet.append(["某县采集表"])
    sheet.append(HEADER)
    sheet.append([1, "示例合作社", "豇豆", 12.5, "123"])
    sheet.append([2, "=1+1", "韭菜", "=SUM(1,2)", "13800001234"])
    sheet["B4"].data_type = "s"
    sheet["B3"].font = Font(bold=True)
    sheet["C3"].fill = PatternFill("solid", fgColor="FF00FF00")
    choices = DataValidation(type="list", formula1='"豇豆,韭菜"')
    choices.add("C3:C9")
    sheet.add_data_validation(choices)
    sheet.auto_filter.ref = "A2:E4"
    workbook.create_sheet("别的")["A1"] = "留着"
    path = tmp_path / "源.xlsx"
    workbook.save(path)
    return path


def test_cells_are_coloured_and_explained(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "问题.xlsx"
    before = source.read_bytes()
    written = write_findings_workbook(source, target, [PLACE], [BAD_PHONE, BELOW])
    sheet = openpyxl.load_workbook(target)["采集表"]
    assert written.notes == () and source.read_bytes() == before
    assert sheet["E3"].fill.fgColor.rgb == "FFFFC7CE" and "PHONE_BAD" in sheet["E3"].comment.text
    assert sheet["D4"].fill.fgColor.rgb == "FFFFEB9C" and "建议值：5" in sheet["D4"].comment.text
    assert sheet["E4"].comment is None


def test_everything_else_is_kept(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "问题.xlsx"
    write_findings_workbook(source, target, [PLACE], [BAD_PHONE])
    workbook = openpyxl.load_workbook(target)
    sheet = workbook["采集表"]
    assert workbook["别的"]["A1"].value == "留着"
    assert sheet["B3"].font.bold and sheet["C3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["D4"].value == "=SUM(1,2)" and sheet["D4"].data_type == "f"
    assert sheet["B4"].value == "=1+1" and sheet["B4"].data_type == "s"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C3:C9"


def test_list_names_row_column_value_and_leads_to_the_cell(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "问题.xlsx"
    write_findings_workbook(source, target, [PLACE], [BELOW, BAD_PHONE])
    listed = openpyxl.load_workbook(target)[FINDINGS_SHEET]
    assert [cell.value for cell in listed[4]][:6] == ["错误", "采集表", 3, "主体联系方式", "123", "PHONE_BAD"]
    assert listed["C4"].hyperlink.location == "'采集表'!E3"
    assert listed.max_row == 5 and listed["I5"].value == "5"


def test_uids_stand_in_a_hidden_column_that_is_sorted_along(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "问题.xlsx"
    write_findings_workbook(source, target, [PLACE], [BAD_PHONE], {("采集表", 4): UID})
    sheet = openpyxl.load_workbook(target)["采集表"]
    assert (sheet["F2"].value, sheet["F4"].value) == ("编号", UID)
    assert sheet.column_dimensions["F"].hidden and sheet.auto_filter.ref == "A2:F4"


def test_marks_of_an_earlier_round_go_away(source: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    write_findings_workbook(source, first, [PLACE], [BAD_PHONE, BELOW])
    write_findings_workbook(first, second, [PLACE], [BELOW])
    workbook = openpyxl.load_workbook(second)
    assert workbook["采集表"]["E3"].comment is None
    assert workbook["采集表"]["E3"].fill.fill_type is None
    assert workbook["采集表"]["D4"].comment.text.count("BELOW_MIN") == 1
    assert workbook.sheetnames.count(FINDINGS_SHEET) == 1 and workbook[FINDINGS_SHEET].max_row == 4


def test_a_comment_of_the_person_stays_above_ours(source: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["采集表"]["E3"].comment = Comment("再问一下", "老王")
    workbook.save(source)
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    write_findings_workbook(source, first, [PLACE], [BAD_PHONE])
    assert openpyxl.load_workbook(first)["采集表"]["E3"].comment.text.startswith("再问一下")
    write_findings_workbook(first, second, [PLACE], [])
    assert openpyxl.load_workbook(second)["采集表"]["E3"].comment.text == "再问一下"


def test_macros_are_kept_or_said(source: Path, tmp_path: Path) -> None:
    macros = tmp_path / "宏.xlsm"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"spreadsheetml.sheet.main+xml", b"spreadsheetml.sheet.main+xml").replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            new.writestr(name, content)
        new.writestr("xl/vbaProject.bin", b"macro")
    assert target_suffix(macros) == ".xlsm"
    kept = write_findings_workbook(macros, tmp_path / "问题.xlsm", [PLACE], [BAD_PHONE])
    assert kept.notes == () and zipfile.ZipFile(tmp_path / "问题.xlsm").read("xl/vbaProject.bin") == b"macro"
    said = write_findings_workbook(macros, tmp_path / "问题.xlsx", [PLACE], [BAD_PHONE])
    assert "宏" in said.notes[0].message("zh").text


def test_csv_comes_back_as_a_workbook_of_the_same_text(tmp_path: Path) -> None:
    source, target = tmp_path / "源.csv", tmp_path / "问题.xlsx"
    source.write_text("\n".join([",".join(HEADER), '1,"=1+1",豇豆,012,123', "2,乙,韭菜,3,13800001234"]), "gbk")
    with findings_workbook.open_workbook(source) as opened:
        place = TablePlace(opened.sheets[0].name, 1, 2, PLACE.columns)
    finding = Finding(Level.ERROR, "PHONE_BAD", "contact_phone", 2, place.sheet)
    write_findings_workbook(source, target, [place], [finding], {(place.sheet, 3): UID})
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert [cell.value for cell in sheet[2]][:5] == ["1", "=1+1", "豇豆", "012", "123"]
    assert sheet["B2"].data_type == "s" and sheet["B2"].quotePrefix
    assert sheet["E2"].comment.author == COMMENT_AUTHOR and sheet["F3"].value == UID


def test_of_a_long_file_the_bad_rows_alone(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_workbook, "MARKED_ROWS_LIMIT", 1)
    target = tmp_path / "问题.xlsx"
    written = write_findings_workbook(source, target, [PLACE], [BAD_PHONE], {("采集表", 3): UID})
    sheet = openpyxl.load_workbook(target)["采集表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert written.bad_rows_alone
    assert rows[0] == ["原行号", "本行问题", *HEADER, "编号"]
    assert rows[1][0] == 3 and rows[1][2:] == [1, "示例合作社", "豇豆", 12.5, "123", UID] and len(rows) == 2
    assert sheet["G4"].fill.fgColor.rgb == "FFFFC7CE" and sheet.column_dimensions["H"].hidden
    assert openpyxl.load_workbook(target)[FINDINGS_SHEET]["F4"].value == "PHONE_BAD"


def test_the_source_is_never_overwritten(source: Path) -> None:
    with pytest.raises(OriginMapError, match="TARGET_IS_SOURCE"):
        write_findings_workbook(source, source, [PLACE], [BAD_PHONE])


def test_an_open_target_is_said_and_left_alone(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "问题.xlsx"
    target.write_bytes(b"old")

    def locked(self: Path, target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(safe_target.Path, "replace", locked)
    with pytest.raises(OriginMapError, match="TARGET_LOCKED"):
        write_findings_workbook(source, target, [PLACE], [BAD_PHONE])
    assert target.read_bytes() == b"old" and sorted(p.name for p in tmp_path.iterdir()) == ["源.xlsx", "问题.xlsx"]


def test_every_table_of_a_workbook_is_marked_in_its_own_sheet(source: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(source)
    second = book.copy_worksheet(book["采集表"])
    second.title = "韭菜"
    book.save(source)
    target = tmp_path / "问题.xlsx"
    other = Finding(Level.WARNING, "BELOW_MIN", "scale", 4, "韭菜")
    tables = [PLACE, TablePlace("韭菜", PLACE.header_row, PLACE.first_row, PLACE.columns)]
    write_findings_workbook(source, target, tables, [other, BAD_PHONE], {("韭菜", 4): UID})
    written = openpyxl.load_workbook(target)
    listed = [(row[1].value, row[2].value) for row in written[FINDINGS_SHEET].iter_rows(min_row=4)]
    assert listed == [("采集表", 3), ("韭菜", 4)]
    sheets = [[cell for row in written[name].iter_rows() for cell in row] for name in ("采集表", "韭菜")]
    commented = [[cell.coordinate for cell in cells if cell.comment] for cells in sheets]
    assert [len(cells) for cells in commented] == [1, 1] and commented[0] != commented[1]
    assert [sum(cell.value == UID for cell in cells) for cells in sheets] == [0, 1]
