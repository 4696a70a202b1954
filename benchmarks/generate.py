"""Makes collection workbooks of any size, the same each time: 24 columns of annex 1, two rows in a hundred dirty.

Run: python benchmarks/generate.py build/bench/inline_100k.xlsx --rows 100000 --strings inline
"""

from __future__ import annotations

import argparse
import csv
import random
import zipfile
from pathlib import Path
from typing import Iterator, Union
from xml.sax.saxutils import escape

Value = Union[str, int, float, None]

HEADINGS = (
    "序号", "县(区)", "乡镇(街道)", "村(社区)", "种养殖主体名称", "主体类型", "产品名称", "别名", "产品认证类型",
    "基地地址", "经度", "纬度", "主体联系人", "主体联系方式", "种养规模", "单位", "上市时间", "下市时间", "生产方式",
    "追溯方式", "网格员姓名", "网格员联系方式", "信息采集员姓名", "信息采集员联系方式",
)  # fmt: skip
_LETTERS = [chr(65 + index) for index in range(len(HEADINGS))]
_TYPES = ("农户或农村经纪人", "农民专业合作社", "家庭农场", "农产品生产企业")
_KINDS = ("合作社", "农场", "种植户", "生产基地")
_ALIASES = ("豆角", "长豆角", "角豆", "姜豆")
_TRACES = ("承诺达标合格证", "追溯码", "承诺达标合格证、追溯码", "包装标识")
_DIRT = (
    ("经度", "109度12分"), ("纬度", ""), ("主体联系方式", "1380000"), ("种养规模", "约10亩"), ("上市时间", "5月中旬"),
    ("主体类型", "公司"), ("种养殖主体名称", ""), ("单位", "公顷"),
)  # fmt: skip
_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BLOCK = 2000  # rows written at a time


def records(count: int, seed: int = 1) -> Iterator[list[Value]]:
    """Rows in the order of ``HEADINGS``: numbers stay numbers, one row in fifty has a dirty cell."""
    source = random.Random(seed)
    for index in range(1, count + 1):
        row = _clean(index, source)
        if source.random() < 0.02:
            name, dirt = source.choice(_DIRT)
            row[HEADINGS.index(name)] = dirt
        yield row


def _clean(index: int, source: random.Random) -> list[Value]:
    town, village = index % 16, index % 160
    month = 3 + index % 5
    return [
        index, "示例县", f"示例{town:02d}镇", f"示例{village:03d}村",
        f"示例{village:03d}村{_KINDS[index % 4]}{index // 3:06d}", _TYPES[index % 4], "豇豆", _ALIASES[index % 4],
        "无", f"示例县示例{town:02d}镇示例{village:03d}村{index % 40 + 1}组{index % 997 + 1}号",
        round(109 + source.random(), 6), round(19 + source.random(), 6), f"示例人{index % 5000:04d}",
        f"1380000{index % 10000:04d}", round(0.5 + source.random() * 40, 1), "亩", f"2026-{month:02d}-10",
        f"2026-{month + 2:02d}-20", "露地" if index % 5 else "设施", _TRACES[index % 4], f"网格员{town:02d}",
        f"1380000{town:04d}", f"采集员{village:03d}", f"1380001{village:04d}",
    ]  # fmt: skip


def write_csv(path: Path, count: int, encoding: str = "utf-8-sig") -> None:
    """The records as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(records(count))


def write_xlsx(path: Path, count: int, shared: bool) -> None:
    """The records as XLSX, texts as shared strings (as Excel and WPS write) or inline (as streaming writers do)."""
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet {_NAMESPACE}><sheetData>'.encode())
            for block in _blocks(count, strings if shared else None):
                part.write(block.encode())
            part.write(b"</sheetData></worksheet>")
        if shared:
            _write_strings(archive, strings)
        for name, text in _small_parts(shared).items():
            archive.writestr(name, text)


def _blocks(count: int, strings: Union[dict[str, int], None]) -> Iterator[str]:
    rows: list[str] = []
    for number, record in enumerate(_with_headings(count), start=1):
        rows.append(_row(number, record, strings))
        if len(rows) == _BLOCK:
            yield "".join(rows)
            rows.clear()
    yield "".join(rows)


def _with_headings(count: int) -> Iterator[list[Value]]:
    yield list(HEADINGS)
    yield from records(count)


def _row(number: int, record: list[Value], strings: Union[dict[str, int], None]) -> str:
    cells = []
    for letter, value in zip(_LETTERS, record):
        if value in ("", None):
            continue
        if not isinstance(value, str):
            cells.append(f'<c r="{letter}{number}"><v>{value}</v></c>')
        elif strings is None:
            cells.append(f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        else:
            index = strings.setdefault(value, len(strings))
            cells.append(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>')
    return f'<row r="{number}" spans="1:24">{"".join(cells)}</row>'


def _write_strings(archive: zipfile.ZipFile, strings: dict[str, int]) -> None:
    with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
        part.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<sst {_NAMESPACE} uniqueCount="{len(strings)}">'.encode())
        part.write("".join(f"<si><t>{escape(text)}</t></si>" for text in strings).encode())
        part.write(b"</sst>")


def _small_parts(shared: bool) -> dict[str, str]:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    strings_type = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
    strings_link = f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f"{strings_type if shared else ''}</Types>",
        "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook {_NAMESPACE} xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="采集表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f"{strings_link if shared else ''}</Relationships>",
    }


def main() -> None:
    """Write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--strings", choices=("shared", "inline"), default="shared")
    options = parser.parse_args()
    options.path.parent.mkdir(parents=True, exist_ok=True)
    if options.path.suffix == ".csv":
        write_csv(options.path, options.rows)
    else:
        write_xlsx(options.path, options.rows, options.strings == "shared")


if __name__ == "__main__":
    main()
