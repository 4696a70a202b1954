"""The field sheet: a list of records to take along for verifying, by village, with room to tick and to write."""

from __future__ import annotations

from datetime import date
from typing import Iterable, Mapping, Sequence

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import QRectF

from ..standard.masking import PHONE_SEPARATOR
from .mapsheet import County
from .paper import PAPERS, Paper
from .people import shown_records
from .sheet import GREY, RED, Sheet, fitted, line_height

_POINTS = 7.5
_LINES = 2  # of text in a row, which is also as much as a hand needs to write in
# Columns of the list with the fields that each says, and which share of the width each has.
_COLUMNS = (
    ("序号", ("serial",), 0.035),
    ("乡镇", ("township",), 0.06),
    ("村（社区）", ("village",), 0.085),
    ("主体", ("producer_name",), 0.165),
    ("产品", ("variety",), 0.055),
    ("规模", ("amount",), 0.065),
    ("茬次/月份", ("cycle",), 0.075),
    ("联系人", ("contact_name",), 0.05),
    ("联系方式", ("contact_phone",), 0.09),
)
_POINT, _CHECKED, _RESULT, _NOTES = ("点位", 0.04), ("核实方式", 0.065), ("结果", 0.065), ("现场记录", 0.15)
_QUALITIES = {"exact": "精确", "approximate": "近似"}
_TICKS = ["□ 入户\n□ 实地", "□ 属实\n□ 有误", ""]


def field_rows(county: County, records: Iterable[Mapping[str, object]], *, masked: bool = True) -> list[list[str]]:
    """The rows of the list, one for each record.

    Args:
        county: whose register it is.
        records: as :func:`core.register.selection.records` gives them, in the order of the divisions.
        masked: whether names and phones of people are hidden.
    """
    return list(_rows(county, records, masked))


def rows_by_page(rows: Sequence[list[str]]) -> list[Sequence[list[str]]]:
    """The rows that find room on each page."""
    each = _rows_on(PAPERS[0])
    return [rows[start : start + each] for start in range(0, len(rows), each)]


def add_field_sheet(
    layout: QgsPrintLayout, county: County, pages: Iterable[Sequence[list[str]]], told: str, footer: str
) -> None:
    """A page for each part of the list.

    Args:
        layout: gets the pages.
        county: whose register it is.
        pages: as :func:`rows_by_page` parts them.
        told: what was asked, in words, and how many records there are.
        footer: stands at the foot of each page.
    """
    for rows in pages:
        _add_page(Sheet.add(layout, PAPERS[0]), county, rows, told, footer)


def _rows_on(paper: Paper) -> int:
    """Rows that find room between the title and the line for the signature."""
    room = paper.height - 2 * paper.margin - 15 - 14 - line_height(_POINTS, paper)
    return int(room / line_height(_POINTS, paper, _LINES))


def _add_page(sheet: Sheet, county: County, rows: Sequence[list[str]], told: str, footer: str) -> None:
    paper = sheet.paper
    m, width, top = paper.margin, paper.inner_width, paper.margin + 15
    closing = (_POINT, _CHECKED, _RESULT, _NOTES)
    heads = [title for title, _, _ in _COLUMNS] + [title for title, _ in closing]
    widths = [share for _, _, share in _COLUMNS] + [share for _, share in closing]
    sheet.label("title", f"{county.name}产地信息现场核实表", QRectF(m, m - 2, width, 8), 15, bold=True)
    subtitle, points = fitted(f"{told}　{date.today():%Y-%m-%d} 打印", width, ((8.0, 1), (6.5, 1)))
    sheet.label("subtitle", subtitle, QRectF(m, m + 7, width, 5), points, GREY)
    box = QRectF(m, top, width, paper.height - m - 14 - top)
    sheet.table("table", [heads, *rows], box, widths, _POINTS, total=False, lines=_LINES, upright=True)
    foot = QRectF(m, paper.height - m - 11, width, 5)
    signed = "核实人（签字）：＿＿＿＿＿＿＿＿　陪同人：＿＿＿＿＿＿＿＿　核实日期：＿＿＿＿年＿＿月＿＿日"
    sheet.label("signature", signed, foot, 8.5)
    sheet.label("footer", footer, QRectF(m, paper.height - m - 4, width, 4), 7.5, RED, bottom=True)


def _rows(county: County, records: Iterable[Mapping[str, object]], masked: bool) -> Iterable[list[str]]:
    for number, (record, said) in enumerate(shown_records(county.standard, records, masked=masked), 1):
        said["serial"] = str(number)
        said["contact_phone"] = said.get("contact_phone", "").replace(PHONE_SEPARATOR, "\n")
        quality = _QUALITIES.get(str(record.get("point_quality")), "待补")
        columns = [" ".join(said[name] for name in names if said.get(name)) for _, names, _ in _COLUMNS]
        yield [*columns, quality, *_TICKS]
