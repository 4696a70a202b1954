"""The first workbook: annex 1 as offices lay it out: title, two header rows, merged villages, total, notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .rows import Row
from .writing import save_workbook

SHEET = "种植业采集表"
FIRST_ROW = 5
# group, header, field, width in characters
_COLUMNS = (
    ("", "序号", "number", 6),
    ("所在地", "省", "province", 8),
    ("所在地", "市", "city", 8),
    ("所在地", "县(区)", "county", 8),
    ("所在地", "乡镇(街道)", "township", 10),
    ("所在地", "村(社区)", "village", 14),
    ("", "种养殖主体名称", "producer_name", 30),
    ("", "统一社会信用代码\n(选填)", "credit_code", 20),
    ("", "主体类型", "producer_type", 16),
    ("", "所属行业", "industry", 9),
    ("", "产品名称", "variety", 9),
    ("", "别名", "alias", 9),
    ("", "产品认证类型", "certification", 14),
    ("", "基地名称", "site_name", 10),
    ("", "基地地址", "site_address", 34),
    ("点位经纬度", "经度", "longitude", 12),
    ("点位经纬度", "纬度", "latitude", 12),
    ("种养殖主体", "联系人", "contact_name", 12),
    ("种养殖主体", "联系方式", "contact_phone", 15),
    ("种养规模", "数量", "scale", 9),
    ("种养规模", "单位", "unit", 6),
    ("", "茬次/采集月份", "cycle", 13),
    ("", "移栽定植日期", "transplanted_on", 13),
    ("上下市时间", "上市", "market_start", 13),
    ("上下市时间", "下市", "market_end", 13),
    ("", "生产方式", "production_mode", 9),
    ("", "追溯方式", "traceability", 20),
    ("", "信用等级", "credit_grade", 9),
    ("网格员", "类别", "officer_role", 12),
    ("网格员", "姓名", "officer_name", 12),
    ("网格员", "联系方式", "officer_phone", 14),
    ("信息采集员", "姓名", "collector_name", 12),
    ("信息采集员", "联系方式", "collector_phone", 14),
    ("", "采集日期", "collected_on", 12),
    ("", "备注", "remark", 14),
)
_THIN = Side(style="thin", color="000000")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BODY = Font(name="仿宋_GB2312", size=11)


def write_annex(rows: list[Row], path: Path, rng: np.random.Generator) -> None:
    """Write the workbook; the first of the rows stands in the sheet's row ``FIRST_ROW``."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _title(sheet)
    _header(sheet)
    for offset, row in enumerate(rows):
        _body_row(sheet, FIRST_ROW + offset, offset + 1, row, rng)
    _merge_villages(sheet, rows)
    _foot(sheet, FIRST_ROW + len(rows), rows)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.page_setup.orientation = "landscape"
    _other_sheets(book)
    save_workbook(book, path)


def _title(sheet: Worksheet) -> None:
    last = get_column_letter(len(_COLUMNS))
    sheet["A1"] = "示例县重点农产品产地溯源信息采集表（种植业）"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = _CENTRE
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = 36
    sheet["A2"] = "填报单位：示例县农业农村局（盖章）          填报日期：2026年10月12日          填表人：王示例"
    sheet["A2"].font = Font(name="楷体_GB2312", size=12)
    sheet.merge_cells(f"A2:{last}2")


def _header(sheet: Worksheet) -> None:
    start = 1
    for index, (group, header, _, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        for line in (3, 4):
            cell = sheet.cell(line, index)
            cell.font = Font(name="黑体", size=11)
            cell.fill = PatternFill("solid", fgColor="DDEBF7")
            cell.border, cell.alignment = _BORDER, _CENTRE
        sheet.cell(4 if group else 3, index, header)
        if not group:
            sheet.merge_cells(start_row=3, end_row=4, start_column=index, end_column=index)
        elif index == len(_COLUMNS) or _COLUMNS[index][0] != group:
            sheet.cell(3, start, group)
            sheet.merge_cells(start_row=3, end_row=3, start_column=start, end_column=index)
        if index < len(_COLUMNS) and _COLUMNS[index][0] != group:
            start = index + 1
    sheet.row_dimensions[4].height = 34


def _body_row(sheet: Worksheet, number: int, serial: int, row: Row, rng: np.random.Generator) -> None:
    for index, (_, _, field, _) in enumerate(_COLUMNS, start=1):
        value = serial if field == "number" else row.cells[field]
        if field in ("market_start", "market_end") and rng.random() < 0.3:
            value = _as_day(value)
        if field == "contact_phone" and str(value).isdigit() and rng.random() < 0.4:
            value = int(str(value))
        cell = sheet.cell(number, index, None if value == "" else value)
        cell.font, cell.border, cell.alignment = _BODY, _BORDER, _CENTRE
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd" if rng.random() < 0.7 else 'yyyy"年"m"月"d"日"'
        elif field == "contact_phone" and isinstance(value, int):
            cell.number_format = "0"


def _as_day(value: object) -> object:
    """A date written whole becomes a real date of the spreadsheet, as typing it in does."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value


def _merge_villages(sheet: Worksheet, rows: list[Row]) -> None:
    for index, (_, _, field, _) in enumerate(_COLUMNS, start=1):
        if field not in ("township", "village"):
            continue
        keys = [(row.cells["township"], row.cells["village"] if field == "village" else "") for row in rows]
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or keys[end] != keys[start]:
                if end - start > 1:
                    sheet.merge_cells(
                        start_row=FIRST_ROW + start, end_row=FIRST_ROW + end - 1, start_column=index, end_column=index
                    )
                start = end


def _foot(sheet: Worksheet, line: int, rows: list[Row]) -> None:
    sheet.cell(line, 1, "合计").font = Font(name="黑体", size=11)
    scale = next(index for index, column in enumerate(_COLUMNS, start=1) if column[2] == "scale")
    sheet.cell(line, scale, round(sum(row.scale for row in rows), 1))
    sheet.cell(line + 1, 1, "注：1.种养规模按实际种植面积填写；2.上市、下市时间可填到旬；3.没有坐标的由乡镇上门补点。")
    sheet.cell(line + 2, 1, "审核人：李示例          联系电话：13800009999")


def _other_sheets(book: Workbook) -> None:
    help_sheet = book.create_sheet("填写说明")
    for line, text in enumerate(("填写说明", "一、每个基地填一行。", "二、同一主体有多个基地的分别填写。"), start=1):
        help_sheet.cell(line, 1, text)
    hidden = book.create_sheet("字典")
    hidden.sheet_state = "hidden"
    for line, text in enumerate(("豇豆", "韭菜", "芹菜"), start=1):
        hidden.cell(line, 1, text)
