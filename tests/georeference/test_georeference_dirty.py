"""Workbooks as careless offices send them: what each row becomes, and that the same file again changes nothing."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from typing import Callable, Iterable, Optional

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from originmap.core.georeference.options import Options
from originmap.core.georeference.pipeline import georeference
from originmap.core.sheets.errors import SheetError
from originmap.core.standard.findings import Level

from .conftest import GOOD

TITLES = list(GOOD)
PLACE = (109.20135, 22.68135)
TODAY = date(2026, 6, 1)


def line(titles: list[str], change: dict[str, object]) -> list[object]:
    return [{**GOOD, **change}.get(title) for title in titles]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Writes a sheet ``S``: lines above the heading, the heading, good rows with some cells changed, lines below."""

    def write(
        *changes: dict[str, object],
        titles: Optional[list[str]] = None,
        above: tuple[list, ...] = (),
        below: tuple[list, ...] = (),
        then: Callable[[openpyxl.Workbook], None] = lambda book: None,
    ) -> Path:
        titles = titles or TITLES
        workbook = openpyxl.Workbook()
        workbook.active.title = "S"
        rows = (line(titles, {"主体名称": f"示例{number}社", **change}) for number, change in enumerate(changes, 1))
        for row in (*above, titles, *rows, *below):
            workbook.active.append(row)
        then(workbook)
        path = tmp_path / "表.xlsx"
        workbook.save(path)
        return path

    return write


@pytest.fixture
def becomes(register: Path, stored) -> Callable[..., dict[int, set[str]]]:
    """Imports twice, checks the sums, and gives the codes of each row's findings, notes about the sheet left out."""

    def run(path: Path, **options: object) -> dict[int, set[str]]:
        outcome = georeference(path, register, Options(today=TODAY, **options))  # type: ignore[arg-type]
        again = georeference(path, register, Options(today=TODAY, **options)).counts  # type: ignore[arg-type]
        counts = outcome.counts
        errors = {(f.sheet, f.row) for f in outcome.findings if f.level is Level.ERROR and f.row}
        assert counts.refused == len(errors) == again.refused
        assert (again.new, again.updated, again.unchanged) == (0, 0, counts.new + counts.unchanged)
        assert len(stored("fid")) == counts.new
        found: dict[int, set[str]] = {row: set() for (row,) in stored("source_row")}
        for finding in outcome.findings:
            if finding.row:
                found.setdefault(finding.row, set()).add(finding.code)
        return found

    return run


def points(stored: Callable[..., list[tuple]]) -> list[tuple[float, float]]:
    return [struct.unpack("<dd", blob[-16:]) for (blob,) in stored("geom")]


POINTS = [
    ("109.20135", "22.68135"),
    (109.20135, 22.68135),
    ("109°12′04.86″", "22°40′52.86″"),
    ("东经109度12分4.86秒", "北纬22度40分52.86秒"),
    ("109°12.081'", "22°40.881'"),
    ("E109.20135", "N22.68135"),
    ("109.20135E", "22.68135N"),
    ("109：12：04.86", "22：40：52.86"),
    ("１０９．２０１３５", "２２．６８１３５"),
    ("109.20135\u200b", " 22.68135\n"),
    ("109.20135,22.68135", "109.20135,22.68135"),
    ("POINT(109.20135 22.68135)", ""),
    ("经度：109.20135 纬度：22.68135", ""),
    ("22.68135N", "109.20135E"),
]


def expected(codes: Iterable[str | set[str]]) -> dict[int, set[str]]:
    return {row: {code} if isinstance(code, str) else code for row, code in enumerate(codes, 2)}


def test_a_point_in_any_writing_is_the_same_point(book, becomes, stored):
    path = book(*({"经度": east, "纬度": north} for east, north in POINTS))
    assert becomes(path) == expected(set() for _ in POINTS)
    assert stored("DISTINCT point_quality") == [("exact",)]
    assert [point == pytest.approx(PLACE, abs=1e-6) for point in points(stored)] == [True] * len(POINTS)


NO_POINTS = [
    ("22.68135", "109.20135", "COORD_SWAPPED"),
    (109201350, 22681350, "COORD_NOPOINT"),
    ("109,20135", "22,68135", "COORD_NOPOINT"),
    ("109.20135", "", "COORD_HALF"),
    ("0", "0", "COORD_OUT"),
    ("139.69", "35.68", "COORD_OUT"),
    ("-109.20135", "22.68135", "COORD_OUT"),
    ("109.20135.", "22.68135", "COORD_BAD"),
    ("109°72′04″", "22°40′", "COORD_BAD"),
    (109.20135, "二十二度", "COORD_BAD"),
    ("#N/A", "22.68135", "FORMULA_ERR"),
    (date(2026, 1, 1), 22.68135, "COORD_BAD"),
    (True, False, "COORD_BAD"),
    ("2509462.5", "520683.2", "COORD_ASK"),
    *((nothing, nothing, "COORD_MISSING") for nothing in ("无", "/", "-", "待补", "", None)),
]


def test_a_point_that_is_none_is_refused_and_no_point_is_no_error(book, becomes):
    path = book(*({"经度": east, "纬度": north} for east, north, _ in NO_POINTS))
    assert becomes(path) == expected(code for _, _, code in NO_POINTS)


def test_one_column_for_both(book, becomes):
    cells = {
        "109.20135,22.68135": set(),
        "(109.20135，22.68135)": set(),
        "东经109°12′04.86″ 北纬22°40′52.86″": set(),
        "22.68135,109.20135": "COORD_SWAPPED",
        "109.20135": "COORD_HALF",
        "109.20135,22.68135;109.3,22.7": "COORD_BAD",
        "无": "COORD_MISSING",
    }
    titles = [title for title in TITLES if title not in ("经度", "纬度")]
    path = book(*({"经纬度": cell} for cell in cells), titles=[*titles, "经纬度"])
    assert becomes(path) == expected(cells.values())


def named(east: str, north: str) -> list[str]:
    return [{"经度": east, "纬度": north}.get(title, title) for title in TITLES]


@pytest.mark.parametrize(
    "titles, meridian", [(("X", "Y"), None), (("X坐标", "Y坐标"), 108.0), (("北坐标", "东坐标"), 108.0)]
)
def test_plane_coordinates(book, becomes, titles, meridian):
    north, east = titles
    with_zone, without = {north: 2509462.5, east: 36520683.2}, {north: 2509462.5, east: 520683.2}
    path = book(with_zone, without, titles=named(*titles))
    assert becomes(path, central_meridian=meridian) == {2: set(), 3: set() if meridian else {"COORD_ASK"}}


@pytest.mark.parametrize(
    "east, north, codes, moved",
    [
        ("经度(GCJ-02)", "纬度(GCJ-02)", {"CRS_SUSPECT"}, True),
        ("高德经度", "高德纬度", {"CRS_SUSPECT"}, True),
        ("经度（百度坐标系）", "纬度", {"CRS_SUSPECT"}, True),
        ("WGS84经度", "WGS84纬度", set(), False),
        ("经度(西安80)", "纬度(西安80)", {"DATUM_REFUSED"}, True),
    ],
)
def test_headings_name_the_datum(book, becomes, stored, east, north, codes, moved):
    path = book({east: "109.20135", north: "22.68135"}, titles=named(east, north))
    assert becomes(path) == {2: codes}
    assert [point != pytest.approx(PLACE, abs=1e-6) for point in points(stored)] in ([], [moved])


def test_two_datums_in_the_headings_are_asked_about(book, becomes):
    titles = named("经度（BD09）", "纬度（GCJ02）")
    path = book({"经度（BD09）": "109.20135", "纬度（GCJ02）": "22.68135"}, titles=titles)
    with pytest.raises(SheetError) as refused:
        becomes(path)
    assert refused.value.code == "HDR_DATUM"


@pytest.mark.parametrize(
    "titles, code",
    [
        ([title for title in TITLES if title != "主体名称"], "HDR_MISSING"),
        ([title for title in TITLES if title != "联系方式"], "HDR_MISSING"),
        ([*TITLES, "联系电话"], "HDR_AMBIGUOUS"),
        ([*TITLES, "主体名称"], "HDR_AMBIGUOUS"),
        ([f"第{n}列" for n in range(9)], "NO_TABLE"),
    ],
)
def test_a_heading_that_does_not_do_names_its_file(book, becomes, titles, code):
    path = book({}, titles=titles)
    with pytest.raises(SheetError) as refused:
        becomes(path)
    assert refused.value.code == code
    assert path.name in refused.value.sentence("zh") and (code == "NO_TABLE" or "“S”" in refused.value.sentence("zh"))


def test_titles_above_and_leftovers_below(book, becomes):
    above = (["附件1"], ["采集表（2026年春季）"], ["填报单位：百合镇人民政府", None, "填报日期：2026年5月10日"], [None])
    below = (
        ["合计", *[None] * 8, 7.0, "亩"],
        ["注：规模以亩为单位。"],
        ["填表人：张示例", None, "审核人：李示例"],
        ["单位负责人（签字）："],
        TITLES,
    )
    got = becomes(book({}, {}, above=above, below=below))
    want = {8: "ROW_TOTAL", 9: "ROW_NOTE", 10: "ROW_SIGNATURE", 11: "ROW_SIGNATURE", 12: "ROW_HEADER"}
    assert got == {6: set(), 7: set(), **{row: {code} for row, code in want.items()}}


def test_a_leftover_names_its_row(book, register):
    outcome = georeference(book({}, below=(["注：规模以亩为单位。"],)), register, Options())
    (note,) = [finding for finding in outcome.findings if finding.code == "ROW_NOTE"]
    assert "第 3 行" in note.message("zh").text


def test_rows_in_which_nothing_can_be_seen_are_no_rows(book, becomes):
    def paint(workbook):
        for row in range(5, 400):
            workbook.active.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")

    below = ([" ", " ", "　"], ["\u200b"])
    assert becomes(book({}, below=below, then=paint)) == {2: set()}


def test_a_row_far_below_is_read(book, becomes):
    def add(workbook):
        for column, value in enumerate(line(TITLES, {"主体名称": "远处示例社"}), 1):
            workbook.active.cell(10_005, column).value = value

    assert becomes(book({}, then=add)) == {2: set(), 10_005: set()}


def test_hidden_rows_and_columns_and_filters_hide_nothing(book, becomes):
    def hide(workbook):
        sheet = workbook.active
        sheet.row_dimensions[3].hidden = sheet.column_dimensions["F"].hidden = True
        sheet.auto_filter.ref = "A1:S4"

    assert becomes(book({}, {}, {}, then=hide)) == {2: set(), 3: set(), 4: set()}


def test_a_merged_cell_counts_for_all_its_rows(book, becomes, stored):
    def merge(workbook):
        workbook.active.merge_cells("A2:A4")

    path = book({}, {"经度": "109.25135"}, {"经度": "109.30135"}, then=merge)
    assert becomes(path) == {2: set(), 3: {"MERGED", "SITE_UNNAMED"}, 4: {"MERGED", "SITE_UNNAMED"}}
    assert {name for (name,) in stored("producer_name")} == {"示例1社"}


def test_no_record_is_called_as_above(book, becomes):
    path = book({}, {"主体名称": "同上"}, {"基地地址": "〃"}, {"联系人": "同上"}, {"联系方式": "同上"})
    assert becomes(path) == expected([set(), "DITTO", "DITTO", "DITTO", "PHONE_BAD"])


def test_many_columns_of_others(book, becomes):
    assert becomes(book({}, titles=[*TITLES, *(f"列{n}" for n in range(3000))])) == {2: set()}


def test_dates_from_a_macintosh(book, becomes, stored):
    def write(workbook):
        workbook.epoch = CALENDAR_MAC_1904
        workbook.active["L2"].value, workbook.active["L2"].number_format = date(2026, 5, 10), "yyyy-mm-dd"

    assert becomes(book({}, then=write)) == {2: set()}
    assert stored("market_start") == [("2026-05-10",)]


def test_a_bad_cell_is_one_finding(book, becomes):
    cells = [
        ("种养规模", "3-5亩", "NUM_BAD"),
        ("种养规模", "3,5", "NUM_BAD"),
        ("种养规模", "0", "SCALE_NEG"),
        ("规模单位", "头", "UNIT_BAD"),
        ("联系方式", "1.38E+10", "PHONE_LOSSY"),
        ("联系方式", "110101199003076633", "ID_CARD"),
        ("主体名称", "张示例 110101199003076633", "ID_CARD"),
        ("主体名称", "=1+1", "FORMULA_NOCACHE"),
        ("主体名称", "\u202e示例社", "CTRL_CHAR"),
        ("上市时间", "2026-02-30", "DATE_BAD"),
        ("上市时间", "2026-07-21", "DATE_ORDER"),
        ("产品认证类型", "无、绿色食品", "CERT_NONE_BAD"),
        ("产品名称", "鳊鱼", "MODE_BAD"),
        ("产品名称", "西瓜", "PROD_UNKNOWN"),
        ("产品名称", "豇豆、韭菜", "PROD_UNKNOWN"),
    ]
    assert becomes(book(*({title: cell} for title, cell, _ in cells))) == expected(code for _, _, code in cells)


def write_text(path: Path, ending: str, separator: str, encoding: str, mark: bytes, tail: str = "") -> Path:
    lines = [TITLES, *(line(TITLES, {"主体名称": name}) for name in ("𠮷田示例社", "示例二社"))]
    text = "".join(separator.join(map(str, cells)) + tail + ending for cells in lines)
    path.write_bytes(mark + text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "separator, ending, encoding, mark",
    [
        (";", "\n", "utf-8", b""),
        ("|", "\r\n", "utf-8", b"\xef\xbb\xbf"),
        ("\t", "\r", "utf-16-le", b"\xff\xfe"),
        (",", "\n", "utf-16-be", b"\xfe\xff"),
        (",", "\r", "gb18030", b""),
        (";", "\r\n", "gb18030", b""),
    ],
)
def test_a_text_file_of_any_kind(tmp_path, register, stored, separator, ending, encoding, mark):
    path = write_text(tmp_path / "表.csv", ending, separator, encoding, mark, tail=separator * 3)
    outcome = georeference(path, register, Options(today=TODAY))
    assert outcome.counts.new == outcome.counts.rows == 2
    assert stored("producer_name, source_row") == [("𠮷田示例社", 2), ("示例二社", 3)]


def test_two_encodings_in_one_file_are_refused(tmp_path, register):
    path = write_text(tmp_path / "表.csv", "\n", ",", "utf-8", b"")
    path.write_bytes(path.read_bytes() + ",".join(line(TITLES, {})).encode("gbk"))  # type: ignore[arg-type]
    with pytest.raises(SheetError) as refused:
        georeference(path, register, Options())
    assert refused.value.code == "ENC_UNKNOWN" and path.name in refused.value.sentence("zh")


def test_a_record_on_two_sheets_is_one(book, register, stored):
    def copy(workbook):
        other = workbook.create_sheet("第二张")
        for row in workbook["S"].iter_rows(max_row=2, values_only=True):
            other.append(row)
        other.append(line(TITLES, {"主体名称": "示例2社", "种养规模": "8"}))

    path = book({}, {}, then=copy)
    outcome = georeference(path, register, Options(today=TODAY))
    assert (outcome.counts.new, outcome.counts.unchanged, outcome.counts.refused) == (2, 1, 1)
    said = {f.code: f.message("zh").text for f in outcome.findings if f.sheet == "第二张" and f.row}
    assert said.keys() == {"DUP_ROW", "DUP_KEY"} and "工作表“S”第 2 行" in said["DUP_ROW"]
    assert len(stored("uid")) == 2


def test_a_file_keeps_the_year_it_was_first_read_with(book, register, stored):
    path = book({"上市时间": "5月", "下市时间": "7月"})
    georeference(path, register, Options(today=TODAY))
    again = georeference(path, register, Options(today=date(2027, 2, 1)))
    assert again.counts.unchanged == 1 and stored("market_start") == [("2026-05-01",)]
