"""The chart of a sheet, made of a layout's own shapes: records on the market by month, stacked by product."""

from __future__ import annotations

from collections import Counter
from typing import Mapping

from qgis.PyQt.QtCore import QRectF

from ..standard.model import Standard
from .drawn import Drawn
from .sheet import GREY, Sheet

_MONTHS = range(1, 13)
_OTHER = "#9e9e9e"
_BAR = 0.7  # of the width that a month has
_STEPS = (1, 2, 5)


def add_calendar(sheet: Sheet, box: QRectF, drawn: Drawn, standard: Standard, *, by_product: bool = True) -> None:
    """Draw it, or nothing when no record says when it is on the market.

    Args:
        sheet: the page.
        box: where it stands.
        drawn: what the map shows.
        standard: with the county's own products.
        by_product: whether the legend tells the products' colours; without them bars are of one colour.
    """
    totals: Counter[int] = Counter()
    for (month, _), number in drawn.months.items():
        totals[month] += number
    if not totals:
        return
    f = sheet.paper.factor
    title = QRectF(box.left(), box.top(), box.width(), 5 * f)
    sheet.label("chart_title", "各月在市记录数", title, 8 * f, bold=True)
    if by_product and len(drawn.varieties) > 1:
        sheet.label("chart_colours", "颜色同图例", title, 6 * f, GREY, across="right")
    colours = {variety.code: variety.colour for variety in standard.varieties} if by_product else {}
    top, highest = _axis(max(totals.values()))
    left, right, foot, head = box.left() + 7 * f, box.right(), box.bottom() - 4 * f, box.top() + 6.5 * f
    per_record = (foot - head) / highest
    for value in range(0, highest + 1, top):
        y = foot - value * per_record
        sheet.rectangle(f"chart_line_{value}", QRectF(left, y, right - left, 0.12 * f), "#cfd2d3")
        number = QRectF(box.left(), y - 1.4 * f, 6 * f, 3 * f)
        sheet.label(f"chart_value_{value}", f"{value:,}", number, 6 * f, GREY, across="right")
    width = (right - left) / len(_MONTHS)
    for month in _MONTHS:
        x = left + (month - 1) * width
        bar = QRectF(x + width * (1 - _BAR) / 2, head, width * _BAR, foot - head)
        _bar(sheet, bar, month, drawn, colours, highest)
        under = QRectF(x, foot + 0.6 * f, width, 3 * f)
        sheet.label(f"chart_month_{month}", str(month), under, 6 * f, GREY, across="centre")


def _bar(sheet: Sheet, box: QRectF, month: int, drawn: Drawn, colours: Mapping[str, str], highest: int) -> None:
    """One month from the foot upwards, the products in the order of the legend, what has no colour last."""
    known = [(code, drawn.months[month, code]) for code in colours]
    unknown = sum(number for (at, code), number in drawn.months.items() if at == month and code not in colours)
    y = box.bottom()
    for code, number in [*known, ("", unknown)]:
        if number:
            height = number * box.height() / highest
            y -= height
            name = f"chart_{month}_{code or 'other'}"
            sheet.rectangle(name, QRectF(box.left(), y, box.width(), height), colours.get(code, _OTHER))


def _axis(largest: int) -> tuple[int, int]:
    """A round step of at most four lines, and the axis's end."""
    step, power = 1, 1
    while True:
        for step in (power * one for one in _STEPS):
            if largest <= 4 * step:
                return step, -(-largest // step) * step
        power *= 10
