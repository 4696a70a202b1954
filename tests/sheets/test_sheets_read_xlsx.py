"""XLSX as valid writers produce it is read whole; both lanes of the reader give the same; damage is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from originmap.core.sheets.errors import SheetError
from originmap.core.sheets.spreadsheet import Range
from originmap.core.sheets.workbook import open_workbook
from originmap.core.sheets.xlsx.reader import XlsxWorkbook
from originmap.core.sheets.xlsx.values import unescaped
from originmap.core.standard.cells import Cell, ErrorValue, FormulaWithoutValue, Moment, Number, text_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def _book(
    path: Path,
    sheet: str | bytes,
    strings: str | None = None,
    styles: str | None = None,
    target: str = "worksheets/sheet1.xml",
    workbook: str = "",
) -> Path:
    """A workbook around the XML of one sheet; a sheet without ``<worksheet`` is wrapped in a plain one."""
    if isinstance(sheet, str) and "worksheet" not in sheet:
        sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
    links = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{target}"/>'
    links += f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>')
        if styles is not None:
            archive.writestr("xl/styles.xml", f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
    return path


def _rows(path: Path) -> dict[int, list[Cell]]:
    """The rows of the first sheet, after both lanes agreed on them."""
    lanes = []
    for fast in (True, False):
        with XlsxWorkbook(path, fast=fast) as workbook:
            lanes.append(list(workbook.rows(workbook.sheets[0].name)))
    assert lanes[0] == lanes[1]
    return dict(lanes[0])


def _code(path: Path) -> str:
    codes = set()
    for fast in (True, False):
        with pytest.raises(SheetError) as caught, XlsxWorkbook(path, fast=fast) as workbook:
            list(workbook.rows("S"))
        codes.add(caught.value.code)
    assert len(codes) == 1
    return codes.pop()


def test_rows_and_cells_without_references(tmp_path: Path) -> None:
    sheet = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"
    assert _rows(_book(tmp_path / "a.xlsx", sheet)) == {1: [Number("1"), Number("2")], 3: [None, Number("3")]}


def test_row_without_number_takes_it_from_its_cells(tmp_path: Path) -> None:
    assert _rows(_book(tmp_path / "a.xlsx", '<row><c r="B7"><v>1</v></c></row>')) == {7: [None, Number("1")]}


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_prefixed_and_strict_markup(tmp_path: Path, namespace: str) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{namespace}"><x:sheetData><x:row r="2"><x:c r="A2" t="inlineStr">'
        "<x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert _rows(_book(tmp_path / "a.xlsx", sheet)) == {2: ["甲"]}


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(encoding, encoding)
    sheet = (
        f'<?xml version="1.0" encoding="{declared}"?><worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>产地</v></c></row></sheetData></worksheet>'
    )
    path = _book(tmp_path / "a.xlsx", sheet.encode(encoding))
    if encoding == "gb18030":
        assert _code(path) == "CORRUPT"  # expat does not know it, and nothing is guessed
    else:
        assert _rows(path) == {1: ["产地"]}


def test_strings_rich_phonetic_and_escaped(tmp_path: Path) -> None:
    strings = (
        '<si><t xml:space="preserve"> 空 格 </t></si><si><r><t>甲</t></r><r><rPr/><t>乙</t></r></si>'
        "<si><t>産地</t><rPh sb='0' eb='2'><t>サンチ</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>a_x000D_b&amp;&#x4E59;</t></si><si><t/></si><si><t>末</t></si>"
    )
    sheet = '<row r="1">' + "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCDEF")) + "</row>"
    assert _rows(_book(tmp_path / "a.xlsx", sheet, strings))[1] == [" 空 格 ", "甲乙", "産地", "a\rb&乙", "", "末"]


def test_types(tmp_path: Path) -> None:
    sheet = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#DIV/0!</v></c><c r="C1" t="d"><v>2023-05-10</v></c>'
        '<c r="D1"><f>A1+1</f></c><c r="E1"><f>1+1</f><v>2</v></c><c r="F1" t="n"><v>1.38E+10</v></c>'
        '<c r="G1" s="1"><v>45056</v></c><c r="H1" s="2"><v>45056</v></c><c r="I1" t="str"><f>"x"</f><v></v></c></row>'
    )
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
        '<numFmt numFmtId="165" formatCode="0.00&quot;d&quot;"/>'
        '</numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    )
    day = datetime(2023, 5, 10)
    assert _rows(_book(tmp_path / "a.xlsx", sheet, styles=styles))[1] == [
        "TRUE", ErrorValue("#DIV/0!"), Moment("2023-05-10", day), FormulaWithoutValue("A1+1"), Number("2"),
        Number("1.38E+10"), Moment("45056", day), Number("45056"), "",
    ]  # fmt: skip


def test_days_from_1904(tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    path = _book(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>0</v></c></row>',
        None,
        styles,
        workbook='<workbookPr date1904="1"/>',
    )
    assert _rows(path) == {1: [Moment("0", datetime(1904, 1, 1))]}


def test_gaps_disorder_and_many_columns(tmp_path: Path) -> None:
    sheet = (
        '<row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c></row><row r="9"><c r="XFD9"><v>7</v></c></row>'
        '<row r="12" s="1" customFormat="1"/>'
    )
    rows = _rows(_book(tmp_path / "a.xlsx", sheet))
    assert rows[5] == [Number("1"), None, Number("3")]
    assert len(rows[9]) == 16_384
    assert list(rows) == [5, 9]


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml", "Worksheets/SHEET1.xml"])
def test_odd_targets(tmp_path: Path, target: str) -> None:
    path = _book(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', target=target)
    assert _rows(path) == {1: [Number("1")]}


def test_bytes_before_and_behind(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    path.write_bytes(b"junk" * 10 + path.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"a comment"
    with open_workbook(path) as workbook:
        assert len(list(workbook.rows("S"))) == 1


@pytest.mark.parametrize(
    "rows",
    [
        '<!-- </row><row r="1"><c r="A1"><v>9</v></c></row> --><row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v><![CDATA[</row><row r="3">]]></v></c></row><row r="4"><c/></row>',
        '<row r="2"><c r="A2"><v>1<!-- x --></v></c></row><?p </row>?><row r="3"><c r="A3"><v>2</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="2"><c r="A3"><v>1</v></c></row>',
        '<row r="2"><c r="A2" r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>a]]>b</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>a&nbsp;b</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>a\x0bb</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>a\r\nb\rc&#13;</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>&lt;/v&gt; &#60;v&#x3e;</v></c></row>',
        '<row r="2" x14ac:dyDescent="0.2"><c r="A2"><v>1</v></c></row>',
        '<row r="2" s="2"><c r="A2" s="2"><v>1</v></c><c r="B2" s="22"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v></v></c><c r="B2"><v/></c></row>',
        '<row r="2"><c r="A2" t="s"><v></v></c><c r="B2" t="s"><v>0</v></c></row>',
        '<row r="2"><c r="A2"><v> 5 </v></c><c r="B2"><v>x</v></c></row>',
        '\n<row r="2">\n<c r="A2">\n<v>1</v>\n</c>\n</row>\n<row r="3"/><row r="4"><c r="A4"><v>1</v></c></row>\n',
    ],
)
def test_lanes_agree_on_tricky_rows(tmp_path: Path, rows: str) -> None:
    filler = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(10, 20))
    path = _book(tmp_path / "a.xlsx", rows + filler, "<si><t>甲</t></si>")
    results = []
    for fast in (True, False):
        try:
            with XlsxWorkbook(path, fast=fast) as workbook:
                results.append(list(workbook.rows("S")))
        except SheetError as error:
            results.append(error.code)
    assert results[0] == results[1]


def test_cut_off_xml_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 50))
    whole = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    for end in (len(whole) - 1, len(whole) - 30, whole.index('<row r="40"'), whole.index('r="A30"')):
        assert _code(_book(tmp_path / "a.xlsx", whole[:end])) == "CORRUPT"


def test_entities_in_any_part_are_refused(tmp_path: Path) -> None:
    bad = f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(SheetError) as caught:
        open_workbook(_book(tmp_path / "a.xlsx", bad))
    assert caught.value.code == "XML_FORBIDDEN"


def test_more_bytes_than_declared_are_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' * 1)
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    content[entry + 24 : entry + 28] = (60).to_bytes(4, "little")
    path.write_bytes(content)
    assert _code(path) == "CORRUPT"


def test_merged_ranges(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    book.active.merge_cells("A1:B3")
    book.save(tmp_path / "a.xlsx")
    with open_workbook(tmp_path / "a.xlsx") as workbook:
        assert workbook.merged("Sheet") == (Range(1, 0, 3, 1),)


_TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=12
)
_VALUES = st.one_of(
    st.none(),
    _TEXTS,
    st.sampled_from(["<a>&\"'", "]]>", "_x0041_", " 空 ", "=1", "行\n列", "\t"]),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_VALUES, max_size=8), max_size=12), st.booleans())
def test_random_workbooks_read_back_equal(tmp_path: Path, rows: list[list], streamed: bool) -> None:
    path = tmp_path / "random.xlsx"
    _save(path, rows, streamed)
    expected = openpyxl.load_workbook(path)["S"]
    read = _rows(path)
    for cells in expected.iter_rows():
        for cell in cells:
            mine = read.get(cell.row, [])
            _assert_same(mine[cell.column - 1] if cell.column <= len(mine) else None, cell.value)
    assert all(number <= len(rows) for number in read)


def _save(path: Path, rows: list[list], streamed: bool) -> None:
    book = openpyxl.Workbook(write_only=streamed)
    sheet = book.create_sheet("S", 0)
    for row in rows:
        # A text that begins with = would become a formula.
        sheet.append([f"'{value}" if isinstance(value, str) and value.startswith("=") else value for value in row])
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(content.getvalue())


def _assert_same(cell: Cell, value: object) -> None:
    if value is None:
        assert cell in (None, "")
    elif isinstance(value, bool):
        assert cell == str(value).upper()
    elif isinstance(value, datetime):
        assert isinstance(cell, Moment)
        assert cell.moment == value
    elif isinstance(value, (int, float)):
        assert isinstance(cell, Number)
        assert float(cell.text) == value
    else:
        assert text_of(cell) == unescaped(value)  # openpyxl leaves escapes as they are
