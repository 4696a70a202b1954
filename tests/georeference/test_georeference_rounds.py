"""Files that go round: corrected findings workbooks and exported tables come back and change only what changed."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmap.core.georeference.options import ErrorPolicy, Options, Outcome
from originmap.core.georeference.pipeline import georeference
from originmap.core.onemap.query import Query
from originmap.core.register.register import Register
from originmap.core.register.selection import records
from originmap.core.sheets.findings_workbook import write_findings_workbook
from originmap.core.sheets.table_place import TablePlace
from originmap.core.sheets.table_writer import TableOptions, write_table
from originmap.core.standard.findings import Level

from .conftest import GOOD

FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OPTIONS = Options(today=date(2026, 6, 1))


class Row(NamedTuple):
    """A row by what differs from the good one; ``bad`` columns are those that are in error."""

    cells: dict[str, str]
    bad: tuple[str, ...] = ()


FINE = [
    Row({}),
    Row({"经度": "", "纬度": ""}),
    Row({"种养规模": "约10亩", "规模单位": ""}),
    Row({"上市时间": "5月中旬", "下市时间": "7月"}),
    Row({"联系方式": "0771-1234567转12、13800000009"}),
    Row({"产品名称": "生猪", "种养规模": "60", "规模单位": "头", "生产方式": "", "追溯方式": "耳标、动物检疫合格证"}),
    Row({"产品认证类型": "绿色食品、有机农产品"}),
    Row({"经度": "109°12′04.86″", "纬度": "22°40′52.86″"}),
    Row({"种养规模": "0.1"}),
]
WRONG = [
    Row({"联系方式": "1.38E+10"}, ("联系方式",)),
    Row({"种养规模": "abc"}, ("种养规模",)),
    Row({"上市时间": "明年"}, ("上市时间",)),
    Row({"主体类型": ""}, ("主体类型",)),
    Row({"经度": "22.68135", "纬度": "109.20135"}, ("经度", "纬度")),
    Row({"种养规模": "-1", "联系人": ""}, ("种养规模", "联系人")),
]
FILES = st.tuples(st.lists(st.sampled_from(FINE + WRONG), min_size=1, max_size=9), st.sampled_from([".xlsx", ".csv"]))


def write(folder: Path, rows: list[Row], ending: str) -> Path:
    path = folder / f"表{ending}"
    lines = [list(GOOD)]
    lines += [[{**GOOD, **row.cells, "主体名称": f"示例{n}社"}[t] for t in GOOD] for n, row in enumerate(rows, 1)]
    if ending == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
    else:
        book = openpyxl.Workbook()
        for cells in lines:
            book.active.append(cells)
        book.save(path)
    return path


@pytest.fixture
def fresh(empty, tmp_path_factory):
    def make() -> Path:
        return Path(shutil.copy(empty, tmp_path_factory.mktemp("rounds")))

    return make


def refused_rows(outcome: Outcome) -> list[int]:
    return sorted({finding.row for finding in outcome.findings if finding.level is Level.ERROR})


@FEW
@given(FILES)
def test_each_bad_row_is_named_and_its_correction_alone_is_taken(fresh, file):
    rows, ending = file
    register = fresh()
    source = write(register.parent, rows, ending)
    first = georeference(source, register, OPTIONS)
    wrong = [number for number, row in enumerate(rows, 2) if row.bad]
    assert refused_rows(first) == wrong
    fine = len(rows) - len(wrong)
    assert (first.counts.new, first.counts.refused, first.counts.rows) == (fine, len(wrong), len(rows))

    target = register.parent / "问题.xlsx"
    tables = [TablePlace(r.name, r.header_rows[-1], r.first_row, r.columns) for r in first.sheets]
    write_findings_workbook(source, target, tables, first.findings, first.uids)
    untouched = georeference(target, register, OPTIONS)
    assert refused_rows(untouched) == wrong and untouched.counts.unchanged == fine

    book = openpyxl.load_workbook(target)
    sheet = book[first.sheets[0].name]
    titles = [cell.value for cell in sheet[1]]
    for number in wrong:
        for title in rows[number - 2].bad:
            sheet.cell(number, titles.index(title) + 1).value = GOOD[title]
    book.save(target)
    again = georeference(target, register, OPTIONS)
    counts = again.counts
    assert (counts.new, counts.updated, counts.unchanged, counts.refused) == (len(wrong), 0, fine, 0)


@FEW
@given(FILES, st.booleans(), st.sampled_from([".xlsx", ".csv"]))
def test_an_exported_table_comes_back_unchanged(fresh, file, masked, ending):
    register = fresh()
    kept = georeference(write(register.parent, *file), register, OPTIONS).counts.new
    table = register.parent / f"一张表{ending}"
    with Register.open(register) as opened:
        write_table(table, records(opened, Query()), opened.standard(), TableOptions(masked=masked))
    if not kept:
        return
    outcome = georeference(table, register, OPTIONS)
    assert outcome.counts.unchanged == outcome.counts.rows == kept, outcome.findings


@FEW
@given(FILES)
def test_drafts_keep_what_is_right_and_say_what_is_wrong(fresh, file):
    rows, ending = file
    register = fresh()
    options = Options(today=OPTIONS.today, errors=ErrorPolicy.DRAFT)
    source = write(register.parent, rows, ending)
    outcome = georeference(source, register, options)
    wrong = [number for number, row in enumerate(rows, 2) if row.bad]
    counts = outcome.counts
    assert (counts.new, counts.drafts, counts.refused) == (len(rows), len(wrong), 0)
    with Register.open(register) as opened:
        query = "SELECT source_row, findings IS NOT NULL, producer_name, status FROM record ORDER BY source_row"
        stored = opened.connection.execute(query).fetchall()
        bad = opened.connection.execute("SELECT count(*) FROM record WHERE scale <= 0 OR contact_phone = '1.38E+10'")
        assert bad.fetchone() == (0,)
    names = [(n, int(bool(row.bad)), f"示例{n - 1}社", "draft") for n, row in enumerate(rows, 2)]
    assert stored == names
    again = georeference(source, register, options).counts
    assert (again.new, again.updated, again.unchanged) == (0, 0, len(rows))
