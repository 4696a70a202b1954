"""The statistics on one sheet of paper: by product and scale, by township and product, and the seasonal calendar."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Sequence

from qgis.core import QgsPrintLayout
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor

from ..standard.model import Standard
from .paper import PAPERS
from .renderer import SIZE_CLASSES
from .sheet import GREY, INK, RED, Sheet, fitted, line_height, table_height, wrapped
from .statistics import PERIODS, By, Cube
from .statistics_workbook import Names, Titles, home_of

_PAPER = PAPERS[1]
_POINTS = 6.5
_LEVELS = {6: "县（市、区）", 9: "乡镇", 12: "村（社区）"}  # by digits of the code
_NAME = 19.0  # mm of the calendar's products and places
_MOST = 13.0  # mm of how many records its darkest field stands for
_ROW = 4.4  # mm of one of its rows
_PALEST = 0.15  # of a product's colour, where least is on the market
_OTHER = "#9e9e9e"
_NOTE = (
    "主体按名称去重，在几行里都有的各行都计，故不能逐行相加；规模只在同一单位内相加；"
    "上市日历按在市的旬计，颜色越深在市的越多，跨年照算，季节性产品下列主要产地。"
)
_SHARE_OF_NAME = 0.15  # of a table's width


def add_statistics(layout: QgsPrintLayout, cube: Cube, standard: Standard, titles: Titles, footer: str) -> None:
    """The one page; its totals are those of the workbook, since both come from the same cube."""
    sheet, names = Sheet.add(layout, _PAPER), Names(standard, titles.divisions)
    m, width = _PAPER.margin, _PAPER.inner_width
    sheet.label("title", f"{titles.county}农产品产地统计", QRectF(m, m - 2, width, 9), 18, bold=True)
    told = wrapped(f"{titles.query}　{titles.day:%Y-%m-%d} 统计", width, 8)
    sheet.label("subtitle", told, QRectF(m, m + 8, width, 8), 8, GREY)
    y = _table(sheet, "products", "各产品记录、主体和规模", _products(cube, names), m + 18)
    foot = _PAPER.height - m - 14
    least = 12 + _ROW * len(cube.grouped(By.VARIETY))
    room = int((foot - least - y - 12) / line_height(_POINTS, _PAPER)) - 2
    y = _table(sheet, "townships", "各地各产品记录数", _crossed(cube, names, room), y + 5) + 5
    calendar = _calendar(cube, names, int((foot - y - 10) / _ROW))
    _draw_calendar(sheet, y, calendar, standard)
    sheet.label("notes", wrapped(_NOTE, width, 6.5), QRectF(m, foot + 1, width, 7), 6.5, GREY)
    sheet.label("footer", footer, QRectF(m, _PAPER.height - m - 4, width, 4), 8, RED, bottom=True)


def _table(sheet: Sheet, name: str, title: str, rows: Sequence[Sequence[str]], top: float) -> float:
    """A table over the page's width with its title; its lower end in mm."""
    m, width, columns = _PAPER.margin, _PAPER.inner_width, len(rows[0]) - 1
    widths = [_SHARE_OF_NAME, *[(1 - _SHARE_OF_NAME) / columns] * columns]
    sheet.label(f"{name}_title", title, QRectF(m, top, width, 5), 9, bold=True)
    sheet.table(name, rows, QRectF(m, top + 5.5, width, 0), widths, _POINTS)
    return top + 5.5 + table_height(len(rows), _POINTS, _PAPER)


def _products(cube: Cube, names: Names) -> list[list[str]]:
    unknown = [group.keys[0] for group in cube.grouped(By.SCALE) if group.keys[0] is None]
    classes: list[object] = [*range(len(SIZE_CLASSES)), *unknown]
    counts = {group.keys: group.records for group in cube.grouped(By.VARIETY, By.SCALE)}
    rows = [["产品", "记录数", "主体数", "规模", *(names.of(By.SCALE, one) for one in classes)]]
    for group in cube.grouped(By.VARIETY):
        amount = "、".join(f"{sum_:,.10g} {names.units[unit]}" for unit, sum_ in group.amounts.items())
        across = [_count(counts.get((group.keys[0], one), 0)) for one in classes]
        rows.append(
            [names.of(By.VARIETY, group.keys[0]), _count(group.records), _count(group.producers), amount, *across]
        )
    (whole,) = cube.grouped()
    totals = Counter({group.keys[0]: group.records for group in cube.grouped(By.SCALE)})
    rows.append(["合计", _count(whole.records), _count(whole.producers), "", *(_count(totals[one]) for one in classes)])
    return rows


def _crossed(cube: Cube, names: Names, room: int) -> list[list[str]]:
    """Counts by division and product, those with most records first; what lies elsewhere or beyond the room in one."""
    products = [group.keys[0] for group in cube.grouped(By.VARIETY)]
    counts = Counter({group.keys: group.records for group in cube.grouped(By.DIVISION, By.VARIETY)})
    home = home_of(cube.grouped(By.DIVISION))
    places = sorted(cube.grouped(By.DIVISION), key=lambda group: (not home(group), -group.records, str(group.keys)))
    at_home = sum(map(home, places))
    shown = places[: at_home if at_home < room or at_home == len(places) <= room else max(room - 1, 1)]
    level = max((len(str(group.keys[0] or "")) for group in places), default=0)
    rows = [[_LEVELS.get(level, "行政区划"), *(names.of(By.VARIETY, product) for product in products), "合计"]]
    for group in shown:
        division = group.keys[0]
        across = [_count(counts[division, product]) for product in products]
        rows.append([names.of(By.DIVISION, division), *across, _count(group.records)])
    rest = [group.keys[0] for group in places[len(shown) :]]
    if rest:
        sums = [sum(counts[division, product] for division in rest) for product in products]
        rows.append([f"其他及未填 {len(rest)} 处", *map(_count, sums), _count(sum(sums))])
    totals = [sum(counts[group.keys[0], product] for group in places) for product in products]
    rows.append(["合计", *map(_count, totals), _count(sum(totals))])
    return rows


@dataclass(frozen=True)
class _Row:
    """A row of the calendar: a product, or a place it comes from, and records on the market by ten-day period."""

    name: str
    variety: str
    counts: tuple[int, ...]
    place: bool = False


def _calendar(cube: Cube, names: Names, room: int) -> list[_Row]:
    """All products, and under those with a season as many of the places with most of it as find room."""
    by_variety: dict[str, list[_Row]] = {}
    for row in cube.calendar():
        place = _Row(names.of(By.DIVISION, row.division), row.variety, tuple(row.counts), place=True)
        by_variety.setdefault(row.variety, []).append(place)
    sums = {code: tuple(map(sum, zip(*(row.counts for row in rows)))) for code, rows in by_variety.items()}
    seasonal = [row for code, rows in by_variety.items() if min(sums[code]) < max(sums[code]) for row in rows]
    chosen = sorted(seasonal, key=lambda row: -sum(row.counts))[: max(room - len(sums), 0)]
    found = []
    for code, counts in sums.items():
        found.append(_Row(names.of(By.VARIETY, code or None), code, counts))
        found += [row for row in chosen if row.variety == code and len(by_variety[code]) > 1]
    return found


def _draw_calendar(sheet: Sheet, top: float, calendar: Sequence[_Row], standard: Standard) -> None:
    """A row for each, a field for each ten-day period: the darker, the more records are on the market."""
    m, colours = _PAPER.margin, {variety.code: variety.colour for variety in standard.varieties}
    width = (_PAPER.inner_width - _NAME - _MOST) / PERIODS
    title = QRectF(m, top, _PAPER.inner_width, 5)
    sheet.label("calendar_title", "上市日历（旬）", title, 9, bold=True)
    sheet.label("calendar_most", "最多一旬", QRectF(m, top + 5.5, title.width(), 4), _POINTS, GREY, across="right")
    for month in range(12):
        box = QRectF(m + _NAME + 3 * month * width, top + 5.5, 3 * width, 4)
        sheet.label(f"month_{month + 1}", f"{month + 1} 月", box, _POINTS, GREY, across="centre")
    y = top + 9.5
    for number, row in enumerate(calendar):
        box = QRectF(m, y + 0.7, title.width(), _ROW)
        name, _ = fitted(f"　{row.name}" if row.place else row.name, _NAME, ((_POINTS, 1),))
        sheet.label(f"calendar_{number}", name, box, _POINTS, GREY if row.place else INK)
        sheet.label(f"calendar_most_{number}", f"{max(row.counts):,}", box, _POINTS, GREY, across="right")
        for period, count in enumerate(row.counts):
            colour = _shade(colours.get(row.variety, _OTHER), count / max(row.counts)) if count else "#f3f3f1"
            field = QRectF(m + _NAME + period * width + 0.15, y, width - 0.3, _ROW - (1.4 if row.place else 0.5))
            sheet.rectangle(f"calendar_{number}_{period}", field, colour)
        y += _ROW


def _shade(colour: str, share: float) -> str:
    """The colour, the paler the smaller the share."""
    full, strength = QColor(colour), _PALEST + (1 - _PALEST) * share
    parts = (round(255 - (255 - part) * strength) for part in (full.red(), full.green(), full.blue()))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"
