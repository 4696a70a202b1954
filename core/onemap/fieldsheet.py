"""The field sheet: a list of records to take along for verifying, by village, with room to write and phones masked."""

from __future__ import annotations

from datetime import date
from typing import Iterable, Mapping

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import QRectF

from ..sheets.table_rows import RowMaker
from .mapsheet import County
from .paper import PAPERS
from .sheet import GREY, RED, Sheet, line_height

_POINTS = 7.5
# Columns of the list, and which share of the width each has.
_COLUMNS = (
    ("serial", "序号", 0.04),
    ("township", "乡镇", 0.07),
    ("village", "村（社区）", 0.09),
    ("producer_name", "主体", 0.15),
    ("variety", "产品", 0.06),
    ("scale", "规模", 0.05),
    ("unit", "单位", 0.04),
    ("cycle", "茬次", 0.08),
    ("contact_name", "联系人", 0.06),
    ("contact_phone", "联系方式", 0.10),
)
_POINT, _CHECKED, _NOTES = ("点位", 0.05), ("核实", 0.06), ("现场记录", 0.15)
_QUALITIES = {"exact": "精确", "approximate": "近似"}


def add_field_sheet(
    layout: QgsPrintLayout, county: County, records: Iterable[Mapping[str, object]], query: str, footer: str
) -> int:
    """As many pages as the records need; how many records there are.

    Args:
        layout: gets the pages.
        county: whose register it is.
        records: as :func:`core.register.selection.records` gives them, in the order of the divisions.
        query: what was asked, in words.
        footer: stands at the foot of each page.
    """
    paper = PAPERS[0]
    heads = [title for _, title, _ in _COLUMNS] + [title for title, _ in (_POINT, _CHECKED, _NOTES)]
    widths = [share for _, _, share in _COLUMNS] + [share for _, share in (_POINT, _CHECKED, _NOTES)]
    rows = list(_rows(county, records))
    m, width, top = paper.margin, paper.inner_width, paper.margin + 15
    each = int((paper.height - m - 9 - top) / line_height(_POINTS, paper)) - 1
    for start in range(0, len(rows), each):
        sheet = Sheet.add(layout, paper)
        sheet.label("title", f"{county.name}产地信息现场核实表", QRectF(m, m - 2, width, 8), 15, bold=True)
        told = f"{query}　共 {len(rows)} 条　{date.today():%Y-%m-%d}　核实人：　　　　　　　　日期："
        sheet.label("subtitle", told, QRectF(m, m + 7, width, 5), 8, GREY)
        part = [heads, *rows[start : start + each]]
        sheet.table("table", part, QRectF(m, top, width, paper.height - m - 8 - top), widths, _POINTS, total=False)
        sheet.label("footer", footer, QRectF(m, paper.height - m - 4, width, 4), 7.5, RED, bottom=True)
    return len(rows)


def _rows(county: County, records: Iterable[Mapping[str, object]]) -> Iterable[list[str]]:
    maker = RowMaker(county.standard, masked=True)
    names = [field.name for field in county.standard.annex()]
    for number, record in enumerate(records, 1):
        (row,) = maker.rows([record])
        said = dict(zip(names, row))
        said["serial"] = number
        quality = _QUALITIES.get(str(record.get("point_quality")), "待补")
        yield [_plain(said.get(name)) for name, _, _ in _COLUMNS] + [quality, "□ 是 □ 否", ""]


def _plain(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
