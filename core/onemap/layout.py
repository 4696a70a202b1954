"""What surrounds the map on its sheet: title, overview, scale bar, north arrow, table and lines of small print."""

from __future__ import annotations

from math import floor, log10
from typing import Mapping, Optional, Sequence

from qgis.core import (
    QgsFillSymbol,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsPointXY,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF

from .contents import Words
from .drawn import Drawn
from .fonts import text_format
from .renderer import SYMBOLS
from .sheet import GREY, RED, Sheet, fitted, line_height, row_height, table_height, wrapped

_TOWNSHIP, _VILLAGE = 9, 12
_PART = 0.8  # of the county's width or height: a map that shows less needs to say where it is
_SEGMENT = 0.38  # of the room for a scale bar: one of its two parts, beside the last number
_TABLE_POINTS = 6.5
# Widths of the columns of a table by itself, and of each of two; villages have longer names and smaller numbers.
_ALONE = (0.5, 0.25, 0.25)
_BESIDE = {_TOWNSHIP: (0.46, 0.27, 0.27), _VILLAGE: (0.54, 0.23, 0.23)}
_UNKNOWN = "未填"
_NOTES = (6.5, 5.6)  # points
_TITLES = ((18.0, 1), (13.0, 1), (8.5, 2))  # points, lines that find room
_SUBTITLES = ((8.0, 2), (7.0, 2), (6.0, 3), (5.5, 3))  # points, lines that find room


def write_words(sheet: Sheet, words: Words, scale: float) -> None:
    """Title, subtitle, the lines of small print and the footer; ``scale`` is the denominator of the map's."""
    paper = sheet.paper
    f, m, width = paper.factor, paper.margin, paper.inner_width
    title, points = fitted(words.title, width / f, _TITLES)
    sheet.label("title", title, QRectF(m, m - 2 * f, width, 9 * f), points * f, bold=True)
    subtitle, points = fitted(words.subtitle, width / f, _SUBTITLES)
    sheet.label("subtitle", subtitle, QRectF(m, m + 8 * f, width, 9 * f), points * f, GREY)
    box = paper.notes_box()
    notes, points = _notes(words, scale, box.width() / f, box.height() / f)
    sheet.label("notes", notes, box, points * f, "#444444", bottom=True)
    foot = QRectF(m, paper.height - m - 5 * f, width, 5 * f)
    sheet.label("footer", words.footer, foot, 8.5 * f, RED, bottom=True)


def _notes(words: Words, scale: float, width: float, height: float) -> tuple[str, float]:
    """The lines of small print on A4 and their size; of a long source only as much as leaves room for the others."""
    made = [f"制图日期：{words.day:%Y-%m-%d}", f"制图：{words.author}"] if words.author else ["", ""]
    below = ["坐标系：2000 国家大地坐标系，高斯-克吕格投影", f"比例尺：约 1∶{_round(scale):,}", words.remark]
    below.append(f"审图号：{words.review_number}")
    for points in _NOTES:
        short = f"制图：{words.author}　{words.day:%Y-%m-%d}" if words.author else f"制图日期：{words.day:%Y-%m-%d}"
        above = [short] if "\n" not in wrapped(short, width, points) else made
        others = [fitted(line, width, ((points, 2),))[0] for line in (*above, *below) if line]
        room = int(height / row_height(points) * 0.92) - sum(line.count("\n") + 1 for line in others)
        if room > 0:
            break
    source = fitted(f"资料来源：{words.source}", width, ((points, max(room, 1)),))[0] if words.source else ""
    first = sum(map(bool, above))
    return "\n".join(filter(None, (*others[:first], source, *others[first:]))), points


def _round(scale: float) -> int:
    """The scale's denominator to three digits."""
    step = 10 ** max(len(str(int(scale))) - 3, 0)
    return int(round(scale / step) * step)


def add_table(sheet: Sheet, legend_bottom: float, drawn: Drawn, names: Mapping[str, str]) -> float:
    """Records and producers by township, or by village where all are of one township; what finds no room is summed.

    Where they are more than one table has rows for, two stand side by side.

    Returns:
        Where the table ends, in mm.
    """
    f, box = sheet.paper.factor, sheet.paper.table_box(legend_bottom)
    points = _TABLE_POINTS * f
    room = int((box.height() - 6 * f) / line_height(points, sheet.paper)) - 1  # head
    if room < 3:
        return legend_bottom
    townships = {code[:_TOWNSHIP] for code in drawn.divisions if code}
    level = _VILLAGE if len(townships) == 1 else _TOWNSHIP
    title = "村（社区）" if level == _VILLAGE else "乡镇"
    heads = [title, "记录数", "主体数"]
    beside = len({code[:level] for code in drawn.divisions}) >= room
    rows = _division_rows(drawn, names, level, (2 if beside else 1) * room - 1)
    everybody = set().union(*drawn.producers.values())
    rows.append(["合计", f"{drawn.total:,}", f"{len(everybody):,}"])
    sheet.label("table_title", f"各{title}统计", QRectF(box.left(), box.top(), box.width(), 5 * f), 8 * f, bold=True)
    where = QRectF(box.left(), box.top() + 5.5 * f, box.width(), 0)
    half = -(-len(rows) // 2) if beside else len(rows)
    if beside:
        where.setWidth((box.width() - 3 * f) / 2)
    widths = _BESIDE[level] if beside else _ALONE
    sheet.table("table", [heads, *rows[:half]], where, widths, points, total=not beside, numbers=True)
    if beside:
        where.translate(where.width() + 3 * f, 0)
        sheet.table("table_beside", [heads, *rows[half:]], where, widths, points)
    return where.top() + table_height(half + 1, points, sheet.paper)


def _division_rows(drawn: Drawn, names: Mapping[str, str], level: int, room: int) -> list[list[str]]:
    records: dict[str, int] = {}
    producers: dict[str, set[str]] = {}
    for code, number in drawn.divisions.items():
        records[code[:level]] = records.get(code[:level], 0) + number
        producers.setdefault(code[:level], set()).update(drawn.producers.get(code, ()))
    ordered = sorted(records, key=lambda code: (-records[code], code))
    shown = ordered if len(ordered) <= room else ordered[: room - 1]
    rows = [[_name(code, names), f"{records[code]:,}", f"{len(producers[code]):,}"] for code in shown]
    rest = ordered[len(shown) :]
    if rest:
        others = set().union(*(producers[code] for code in rest))
        rows.append([f"其余 {len(rest)} 个", f"{sum(records[code] for code in rest):,}", f"{len(others):,}"])
    return rows


def _name(code: str, names: Mapping[str, str]) -> str:
    """A division's name; a village's without its township, which the table is about."""
    name = names.get(code, code) or _UNKNOWN
    township = names.get(code[:_TOWNSHIP], "") if len(code) == _VILLAGE else ""
    return name[len(township) :] if township and name != township and name.startswith(township) else name


def add_furniture(sheet: Sheet, shown: QgsLayoutItemMap) -> None:
    """North arrow and scale bar."""
    f, frame = sheet.paper.factor, sheet.paper.map_frame()
    north = QgsLayoutItemPicture(sheet.layout)
    north.setPicturePath(str(SYMBOLS / "north_arrow.svg"))
    north.setLinkedMap(shown)
    sheet.put(north, "north", QRectF(frame.right() - 13 * f, frame.top() + 3 * f, 10 * f, 13 * f))
    shown.addLabelBlockingItem(north)
    add_scale_bar(sheet, shown, QRectF(frame.left() + 3 * f, frame.bottom() - 11 * f, 60 * f, 9 * f))


def add_scale_bar(sheet: Sheet, shown: QgsLayoutItemMap, box: QRectF) -> None:
    """A scale bar of plain numbers of kilometres, its upper left corner in that of the box, which is wide enough."""
    f = sheet.paper.factor
    bar = QgsLayoutItemScaleBar(sheet.layout)
    bar.setLinkedMap(shown)
    bar.setStyle("Single Box")
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setUnitLabel("km")
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setUnitsPerSegment(_plain(_SEGMENT * box.width() * shown.scale() / 1e6))
    bar.setHeight(1.4 * f)
    bar.setTextFormat(text_format(7.5 * f, halo=0.6 * f))
    sheet.put(bar, "scalebar", box)
    shown.addLabelBlockingItem(bar)


def _plain(most: float) -> float:
    """The largest of 1, 2, 5, 10 and so on that is no more."""
    step = 10.0 ** floor(log10(most))
    return next(share * step for share in (5, 2, 1) if share * step <= most)


def is_part(shown: QgsRectangle, county: QgsRectangle) -> bool:
    """Whether a map shows so little of the county that it needs to say where it is."""
    return min(shown.width() / county.width(), shown.height() / county.height()) < _PART


def add_overview(
    sheet: Sheet,
    shown: QgsLayoutItemMap,
    county: QgsRectangle,
    outlines: QgsVectorLayer,
    symbols: Sequence[QgsPointXY],
) -> Optional[QgsLayoutItemMap]:
    """The county in the emptier of the map's two free corners, with a frame where the map shows a part of it.

    Args:
        sheet: the page.
        shown: the map.
        county: the county's extent in the map's units.
        outlines: the divisions, styled for so small a map.
        symbols: where they stand, in the map's units; an overview that would hide some is left out.
    """
    box = _free_corner(sheet, shown, county, symbols)
    if box is None:
        return None
    f, part = sheet.paper.factor, is_part(shown.extent(), county)
    around = QgsRectangle(county)
    if part:
        around.combineExtentWith(shown.extent())
    item = sheet.map("overview", box, [outlines], shown.crs(), around if part else _raised(county))
    shown.addLabelBlockingItem(item)
    if not part:
        caption = QRectF(box.left() + f, box.top() + 0.6 * f, box.width(), 3 * f)
        sheet.label("overview_title", "各乡镇记录数，色深者多", caption, 6 * f, GREY)
    else:
        style = {"color": "183,28,28,20", "outline_color": RED, "outline_width": str(0.4 * sheet.paper.factor)}
        item.overview().setFrameSymbol(QgsFillSymbol.createSimple(style))
        item.overview().setLinkedMap(shown)
    return item


def _raised(county: QgsRectangle) -> QgsRectangle:
    """With room for the caption above."""
    return QgsRectangle(
        county.xMinimum(), county.yMinimum(), county.xMaximum(), county.yMaximum() + 0.1 * county.height()
    )


def _free_corner(
    sheet: Sheet, shown: QgsLayoutItemMap, county: QgsRectangle, symbols: Sequence[QgsPointXY]
) -> Optional[QRectF]:
    f, frame, extent = sheet.paper.factor, sheet.paper.map_frame(), shown.extent()
    metres = extent.width() / frame.width()
    for share in (34.0, 26.0):
        width = share * f
        height = width * min(max(county.height() / county.width(), 0.6), 1.3) + 3 * f
        lower_right = QRectF(frame.right() - width, frame.bottom() - height, width, height)
        upper_left = QRectF(frame.left(), frame.top(), width, height)
        for box in (lower_right, upper_left):
            left = extent.xMinimum() + (box.left() - frame.left()) * metres
            top = extent.yMaximum() - (box.top() - frame.top()) * metres
            hidden = QgsRectangle(left, top - box.height() * metres, left + box.width() * metres, top)
            hidden.grow(2 * f * metres)
            if not any(hidden.contains(point) for point in symbols):
                return box
    return None
