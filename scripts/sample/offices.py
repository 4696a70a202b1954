"""The other workbooks: the livestock office's GBK text, the phone's export in GCJ-02, and one of real addresses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.styles import Font

from .rows import Cell, Row
from .shifted import as_phone_shows
from .writing import save_text, save_workbook

# header, field; a header without a field is one that nobody asked for
_LIVESTOCK = (
    ("区县", "county"), ("乡镇", "township"), ("行政村", "village"), ("养殖主体", "producer_name"),
    ("社会信用代码", "credit_code"), ("主体类别", "producer_type"), ("行业", "industry"), ("品种", "variety"),
    ("俗名", "alias"), ("认证情况", "certification"), ("基地", "site_name"), ("养殖地址", "site_address"),
    ("经度", "longitude"), ("纬度", "latitude"), ("负责人", "contact_name"), ("手机", "contact_phone"),
    ("养殖方式", "facility"), ("养殖数量", "scale"), ("计量单位", "unit"), ("口径", "scale_basis"),
    ("采集月份", "cycle"), ("上市", "market_start"), ("下市", "market_end"), ("追溯", "traceability"),
    ("信用评级", "credit_grade"), ("监管员姓名", "officer_name"), ("监管员电话", "officer_phone"),
    ("填报人", "collector_name"), ("填报人电话", "collector_phone"), ("填报日期", "collected_on"),
    ("防疫台账编号", ""), ("备注", "remark"),
)
_PHONE = (
    ("提交编号", ""), ("采集时间", "collected_on"), ("主体名称", "producer_name"), ("主体类型", "producer_type"),
    ("所属行业", "industry"), ("产品", "variety"), ("别名", "alias"), ("产品认证", "certification"),
    ("所在乡镇", "township"), ("所在村", "village"), ("地块名称", "site_name"), ("详细地址", "site_address"),
    ("经度(高德)", "longitude"), ("纬度(高德)", "latitude"), ("联系人", "contact_name"), ("手机号码", "contact_phone"),
    ("种植面积", "scale"), ("面积单位", "unit"), ("茬口", "cycle"), ("定植日期", "transplanted_on"),
    ("上市日期", "market_start"), ("下市日期", "market_end"), ("种植方式", "production_mode"),
    ("追溯手段", "traceability"), ("信用等级", "credit_grade"), ("网格员", "officer_name"),
    ("网格员电话", "officer_phone"), ("采集员", "collector_name"), ("采集员电话", "collector_phone"),
    ("现场照片数", ""), ("备注", "remark"),
)
_ADDRESSES = tuple(pair for pair in _PHONE if pair[1] not in ("longitude", "latitude", "village", "township", ""))
PHONE_SHEET = "采集数据"
ADDRESS_SHEET = "Sheet1"


def write_livestock(rows: list[Row], path: Path, rng: np.random.Generator) -> None:
    """Comma-separated text in GBK; some coordinates in degrees, minutes and seconds."""
    lines: list[list[object]] = [[header for header, _ in _LIVESTOCK]]
    for serial, row in enumerate(rows, start=1):
        if not row.planted:
            _as_written_by_hand(row, rng)
        lines.append([_text(row.cells[field]) if field else f"FY{serial:05d}" for _, field in _LIVESTOCK])
    save_text(lines, path, "gbk")


def write_phone(rows: list[Row], path: Path, rng: np.random.Generator) -> None:
    """An export of a phone form: every cell is text, coordinates as the phone's map shows them."""
    for row in rows:
        _shift(row)
        if not row.planted and rng.random() < 0.05:
            _as_written_by_hand(row, rng, share=1.0)
    book = Workbook()
    sheet = book.active
    sheet.title = PHONE_SHEET
    sheet.append([header for header, _ in _PHONE])
    for serial, row in enumerate(rows, start=1):
        line = [_text(row.cells[field]) if field else "" for _, field in _PHONE]
        line[0], line[-2] = f"SJ2026{serial:05d}", str(int(rng.integers(1, 6)))
        sheet.append(line)
    for cell in sheet[1]:
        cell.font = Font(name="微软雅黑", bold=True)
    save_workbook(book, path)


def write_addresses(rows: list[Row], path: Path) -> None:
    """A plain sheet with addresses and no coordinates."""
    book = Workbook()
    sheet = book.active
    sheet.title = ADDRESS_SHEET
    sheet.append([header for header, _ in _ADDRESSES])
    for row in rows:
        sheet.append([_text(row.cells[field]) for _, field in _ADDRESSES])
    save_workbook(book, path)


def _shift(row: Row) -> None:
    """Numbers become what the phone shows; a mistake planted in the row stays the same mistake."""
    longitude, latitude = row.cells["longitude"], row.cells["latitude"]
    if not isinstance(longitude, (int, float)) or not isinstance(latitude, (int, float)):
        return
    swapped = longitude < latitude
    if swapped:
        longitude, latitude = latitude, longitude
    unit = 1e6 if longitude > 1000 else 1.0
    east, north = as_phone_shows(longitude / unit, latitude)
    east = int(round(east * unit)) if unit > 1 else round(east, 6)
    row.cells["longitude"], row.cells["latitude"] = (round(north, 6), east) if swapped else (east, round(north, 6))


def _as_written_by_hand(row: Row, rng: np.random.Generator, share: float = 0.2) -> None:
    """Degrees, minutes and seconds to a hundredth of a second, in signs or in words."""
    longitude, latitude = row.cells["longitude"], row.cells["latitude"]
    if not isinstance(longitude, float) or not isinstance(latitude, float) or rng.random() >= share:
        return
    marks = ("°", "′", "″") if rng.random() < 0.6 else ("度", "分", "秒")
    row.cells["longitude"], row.cells["latitude"] = _sexagesimal(longitude, marks), _sexagesimal(latitude, marks)


def _sexagesimal(degrees: float, marks: tuple[str, str, str]) -> str:
    hundredths = round(degrees * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{whole}{marks[0]}{minutes:02d}{marks[1]}{seconds / 100:05.2f}{marks[2]}"


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e5 and value == round(value, 1) else str(value)
