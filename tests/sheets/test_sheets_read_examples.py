"""Every example workbook is read, or refused with the code that its list of expectations names."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from originmap.core.sheets.errors import SheetError
from originmap.core.sheets.recognise import find_table
from originmap.core.sheets.workbook import open_workbook
from originmap.core.standard.cells import FormulaWithoutValue, Number
from originmap.core.standard.model import load_standard

DATA = Path(__file__).resolve().parents[1] / "data"
WORKBOOKS = DATA / "workbooks"


def _expectations() -> list[dict[str, str]]:
    with (DATA / "workbooks_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


REFUSED = {row["file"]: row["reason_code"] for row in _expectations() if row["expect"] == "file_refuse"}
READ = sorted({row["file"] for row in _expectations()} - set(REFUSED))


def _all_rows(path: Path) -> dict[str, list]:
    with open_workbook(path) as workbook:
        return {sheet.name: list(workbook.rows(sheet.name)) for sheet in workbook.sheets}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_with_its_code(name: str) -> None:
    with pytest.raises(SheetError) as caught:
        _all_rows(WORKBOOKS / name)
    assert caught.value.code == REFUSED[name]
    for language in ("zh", "en"):
        assert name in caught.value.sentence(language)


@pytest.mark.parametrize("name", READ)
def test_read_with_its_rows(name: str) -> None:
    rows = _all_rows(WORKBOOKS / name)
    for expected in _expectations():
        if expected["file"] == name and expected["row"].isdigit():
            sheet = expected["sheet"] or next(iter(rows))
            assert int(expected["row"]) in [number for number, _cells in rows[sheet]]


@pytest.mark.parametrize("name", READ)
def test_heading_is_found(name: str) -> None:
    with open_workbook(WORKBOOKS / name) as workbook:
        for sheet in workbook.sheets:
            table = find_table(workbook.rows(sheet.name), load_standard(), workbook.merged(sheet.name))
            if sheet.name in ("填写说明", "字典"):
                assert table is None
            else:
                assert table is not None and table.usable
                assert not [finding for finding in table.findings if finding.level.value == "error"]


def test_counts_of_rows() -> None:
    assert len(_all_rows(WORKBOOKS / "000_good.xlsx")["采集表"]) == 21
    assert len(_all_rows(WORKBOOKS / "118_wrong_dimension.xlsx")["S"]) == 50
    assert len(_all_rows(WORKBOOKS / "116_zip_slip.xlsx")["S"]) == 50


def test_hidden_sheets_are_marked() -> None:
    with open_workbook(WORKBOOKS / "017_hidden_and_several_sheets.xlsx") as workbook:
        assert {sheet.name: sheet.hidden for sheet in workbook.sheets} == {
            "填写说明": False,
            "豇豆": False,
            "韭菜": False,
            "旧数据": True,
            "字典": True,
        }


def test_formulas_without_value() -> None:
    rows = dict(_all_rows(WORKBOOKS / "030_formula_nocache.xlsx")["S"])
    assert rows[2][11] == FormulaWithoutValue("1.5+2")
    assert isinstance(rows[3][0], FormulaWithoutValue)
    assert rows[4][11] == Number("3.5")


def test_line_break_inside_quotes_stays_one_record() -> None:
    rows = dict(_all_rows(WORKBOOKS / "078_quotes_newlines.csv")["078_quotes_newlines"])
    assert rows[2][6] == '示例镇"大湾"基地,\n第2排'


def test_odd_file_name(tmp_path: Path) -> None:
    copy = tmp_path / "文件名 含空格（1）'引号.xlsx"
    shutil.copy(WORKBOOKS / "120_odd_file_name.xlsx", copy)
    assert list(_all_rows(copy)) == ["表 '1'"]


def test_xls_under_its_own_ending(tmp_path: Path) -> None:
    copy = tmp_path / "old.xls"
    shutil.copy(WORKBOOKS / "108_xls_as.xlsx", copy)
    assert len(_all_rows(copy)["S"]) == 3


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.xlsx", "FILE_MISSING"), (tmp_path, "FILE_IS_FOLDER")):
        with pytest.raises(SheetError) as caught:
            open_workbook(path)
        assert caught.value.code == code
