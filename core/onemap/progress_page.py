"""The progress of the collection on one sheet of paper: the numbers, the townships on a map, and who is how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, Sequence

from qgis.core import QgsPrintLayout, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QRectF

from ..quality.progress import Figures, Group, Stage, figures_of
from .contents import projected, projection_of
from .graduated import share_classes
from .paper import PAPERS
from .sheet import GREY, RED, Sheet, line_height, table_height, wrapped

_PAPER = PAPERS[1]
_POINTS = 7.5
_MAP_HEIGHT = 92.0  # mm
_LEGEND = 38.0
_NAME = 0.17  # of a table's width
_UNKNOWN = "未填"
STAGE_TITLES = {
    Stage.EXPECTED: "应采集",
    Stage.COLLECTED: "已采集",
    Stage.MISSING: "未采集",
    Stage.COMPLETE: "信息完整",
    Stage.LOCATED: "点位精确",
    Stage.VERIFIED: "已核实",
    Stage.APPROVED: "已审核",
    Stage.IN_TIME: "按期",
    Stage.LATE: "逾期补采",
    Stage.WITH_FINDINGS: "有问题",
}
NOTE = (
    "每处产地每种产品按本期（当月或当茬）计一次。应采集＝已采集＋未采集；已采集＝按期＋逾期补采；"
    "信息完整、点位精确、已核实、已审核、有问题各为已采集的一部分。采集率＝已采集÷应采集。"
)
_COLUMNS = tuple(stage for stage in Stage if stage is not Stage.WITH_FINDINGS)


@dataclass(frozen=True)
class ProgressTitles:
    """What stands over the numbers: the county, the query with its day in words, and how a collector is named."""

    county: str
    query: str
    named: Callable[[Group], str]


def add_progress(
    layout: QgsPrintLayout,
    project: QgsProject,
    titles: ProgressTitles,
    townships: Sequence[Group],
    collectors: Sequence[Group],
    areas: Optional[QgsVectorLayer],
    footer: str,
) -> None:
    """The one page; its totals are those of the workbook, since both come from the same units.

    Args:
        layout: without a page yet.
        project: of the layout; takes the layer of the areas.
        titles: what stands over it.
        townships: of :func:`core.quality.progress.by_township`.
        collectors: of :func:`core.quality.progress.by_collector`.
        areas: the townships coloured by what is collected; without outlines there is no map.
        footer: stands at the foot.
    """
    sheet = Sheet.add(layout, _PAPER)
    whole = figures_of([unit for group in townships for unit in group.units])
    m, width = _PAPER.margin, _PAPER.inner_width
    sheet.label("title", f"{titles.county}农产品产地采集进度", QRectF(m, m - 2, width, 9), 18, bold=True)
    told = wrapped(titles.query, width, 8)
    sheet.label("subtitle", told, QRectF(m, m + 8, width, 9), 8, GREY)
    y = _headline(sheet, whole, m + 18)
    if areas is not None:
        y = _map(sheet, project, areas, whole, townships, y + 3)
    foot = _PAPER.height - m - 14
    room = int((foot - y - 24) / line_height(_POINTS, _PAPER)) - 4
    few = min(len(collectors), max(room // 2, room - len(townships)))
    rows = _rows("乡镇（街道）", townships, lambda group: group.name or _UNKNOWN, max(room - few, 1), whole)
    y = _table(sheet, "townships", "各乡镇进度（采集率低的在前）", rows, y + 4)
    rows = _rows("信息采集员", collectors, titles.named, max(few, 1), whole)
    _table(sheet, "collectors", "各信息采集员进度（采集率低的在前）", rows, y + 4)
    sheet.label("notes", wrapped(NOTE, width, 6.5), QRectF(m, foot + 1, width, 7), 6.5, GREY)
    sheet.label("footer", footer, QRectF(m, _PAPER.height - m - 4, width, 4), 8, RED, bottom=True)


def percent(share: Optional[float]) -> str:
    """A share to the whole per cent, never rounded up to all; a dash where there is none."""
    if share is None:
        return "–"
    return "100%" if share >= 1 else f"{min(int(100 * share + 0.5), 99)}%"


def _headline(sheet: Sheet, whole: Figures, top: float) -> float:
    """The numbers that are asked for first, large."""
    told = [
        ("应采集", f"{whole.expected:,}", ""),
        ("已采集", f"{whole.collected:,}", percent(whole.rate)),
        ("未采集", f"{whole.missing:,}", ""),
        *(
            (STAGE_TITLES[stage], f"{whole.of(stage):,}", percent(_share(whole.of(stage), whole.collected)))
            for stage in (Stage.LOCATED, Stage.VERIFIED, Stage.APPROVED, Stage.IN_TIME)
        ),
    ]
    m, width = _PAPER.margin, _PAPER.inner_width / len(told)
    for place, (title, number, share) in enumerate(told):
        left = m + place * width
        sheet.rectangle(f"headline_{place}", QRectF(left + 0.6, top, width - 1.2, 16), "#f1f5f1")
        for name, text, at, points, colour in (
            ("title", title, 1.2, 7, GREY),
            ("number", number, 4.6, 15, "#0f4a2c"),
            ("share", share, 11.8, 7, GREY),
        ):
            box = QRectF(left, top + at, width, 7 if name == "number" else 4)
            sheet.label(f"headline_{place}_{name}", text, box, points, colour, bold=name == "number", across="centre")
    return top + 16


def _map(
    sheet: Sheet, project: QgsProject, areas: QgsVectorLayer, whole: Figures, townships: Sequence[Group], top: float
) -> float:
    m, width = _PAPER.margin, _PAPER.inner_width
    project.addMapLayer(areas, False)
    # As the other printed maps: in degrees, a county at 22° N would look an eighth too wide.
    crs = projection_of(areas.extent())
    room = QRectF(m, top, width - _LEGEND - 3, _MAP_HEIGHT)
    sheet.map("map", room, [areas], crs, projected(areas.extent(), crs))
    left, y = _PAPER.width - m - _LEGEND, top
    sheet.label("legend_title", "采集率", QRectF(left, y, _LEGEND, 5), 9, bold=True)
    for place, (colour, label) in enumerate([*share_classes(), ("#ffffff", "本期无应采集")]):
        y += 6
        sheet.rectangle(f"legend_{place}", QRectF(left, y, 7, 4.2), colour, "#8a8a8a")
        sheet.label(f"legend_{place}_label", label, QRectF(left + 9, y + 0.4, _LEGEND - 9, 4), 7.5)
    shown = sum(int(area[Stage.EXPECTED.value]) for area in areas.getFeatures())
    if shown < whole.expected:
        text = f"另有 {whole.expected - shown:,} 处应采集产地所在乡镇没有界线，未上图。"
        sheet.label("legend_rest", wrapped(text, _LEGEND, 7), QRectF(left, y + 8, _LEGEND, 12), 7, GREY)
    return top + _MAP_HEIGHT


def _rows(
    head: str, groups: Sequence[Group], named: Callable[[Group], str], room: int, whole: Figures
) -> list[list[str]]:
    """A row for each, what finds no room in one, and the total."""
    shown = groups if len(groups) <= room else groups[: max(room - 1, 0)]
    rows = [[head, *(STAGE_TITLES[stage] for stage in _COLUMNS), "采集率", "问题数"]]
    rows += [[named(group), *_numbers(group.figures)] for group in shown]
    rest = groups[len(shown) :]
    if rest:
        figures = figures_of([unit for group in rest for unit in group.units])
        rows.append([f"其他 {len(rest)} 个", *_numbers(figures)])
    return [*rows, ["合计", *_numbers(whole)]]


def _numbers(figures: Figures) -> list[str]:
    counts = (f"{figures.of(stage):,}" if figures.of(stage) else "–" for stage in _COLUMNS)
    return [*counts, percent(figures.rate), f"{figures.findings:,}" if figures.findings else "–"]


def _share(part: int, of: int) -> Optional[float]:
    return part / of if of else None


def _table(sheet: Sheet, name: str, title: str, rows: Sequence[Sequence[str]], top: float) -> float:
    m, width, columns = _PAPER.margin, _PAPER.inner_width, len(rows[0]) - 1
    widths = [_NAME, *[(1 - _NAME) / columns] * columns]
    sheet.label(f"{name}_title", title, QRectF(m, top, width, 5), 9, bold=True)
    sheet.table(name, rows, QRectF(m, top + 5.5, width, 0), widths, _POINTS)
    return top + 5.5 + table_height(len(rows), _POINTS, _PAPER)
