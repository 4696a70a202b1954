"""The two-part legend: silhouettes of the products with their counts, and dots for the classes of scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsLayoutItemLegend,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsLineSymbol,
    QgsProject,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF

from ..standard.model import Standard
from .base import LINES, village_ring
from .drawn import Drawn
from .fonts import text_format
from .renderer import SIZE_CLASSES, dot, variety_symbol
from .sheet import Sheet

_COLOUR = "#616161"
_SYMBOL = 3.6


@dataclass(frozen=True)
class Part:
    """One part of the legend: its title, and its entries as symbol and text."""

    name: str
    title: str
    entries: Sequence[tuple[QgsSymbol, str]]
    columns: int = 2


def legend_parts(standard: Standard, drawn: Drawn, factor: float, symbol: float) -> list[Part]:
    """What the legend says.

    Args:
        standard: with the county's own names and thresholds.
        drawn: what the map shows; nothing else stands in the legend.
        factor: by which type is larger.
        symbol: by which the map draws its symbols larger: the dots are as large as on the map.
    """
    present = [v for v in standard.varieties if drawn.varieties[v.code]]
    products = [(variety_symbol(v, _SYMBOL * factor), f"{v.title} {drawn.varieties[v.code]}") for v in present]
    unknown = drawn.total - sum(drawn.varieties[v.code] for v in present)
    if unknown:
        products.append((dot(_SYMBOL * factor, _COLOUR), f"其他产品 {unknown}"))
    titles = [size.title() for size in SIZE_CLASSES]
    if len(present) == 1 and not unknown and present[0].threshold_engineered is None:
        unit = next((c.title for c in standard.choices("unit") if c.code == present[0].unit), "")
        titles = [size.title_in_unit(present[0].threshold, unit) for size in SIZE_CLASSES]
    sizes = [(dot(size.size * symbol, _COLOUR), title) for size, title in zip(SIZE_CLASSES, titles)]
    if drawn.approximate:
        sizes.append((dot(3.0 * symbol, _COLOUR, hollow=True), f"近似点位 {drawn.approximate}"))
    heading = "生产规模" if titles[0] != SIZE_CLASSES[0].title() else "生产规模（采集标准的倍数）"
    return [Part("legend", "产品（记录数）", products), Part("legend_scale", heading, sizes)]


def base_part(levels: Iterable[str], factor: float, *, villages: bool) -> Part:
    """What lies under the records: outlines of the levels of division that there are, and villages.

    Args:
        levels: of the divisions that have an outline.
        factor: by which lines are wider.
        villages: whether places of villages are shown.
    """
    entries: list[tuple[QgsSymbol, str]] = [
        (QgsLineSymbol.createSimple({"line_color": colour, "line_width": str(width * factor)}), title)
        for level, (title, colour, width) in LINES.items()
        if level in set(levels)
    ]
    if villages:
        entries.append((village_ring(factor), "村（社区）"))
    return Part("legend_base", "", entries, columns=3)


def add_legend(project: QgsProject, sheet: Sheet, parts: list[Part]) -> float:
    """Put the parts one below the other where the paper has its legend; the lower end of the last, in mm."""
    box, f = sheet.paper.legend_box(), sheet.paper.factor
    y = box.top()
    for number, part in enumerate(part for part in parts if part.entries):
        legend = _legend(project, sheet, part, "图例　" if not number else "")
        # The item itself learns its size only when it is painted.
        height = QgsLegendRenderer(legend.model(), legend.legendSettings()).minimumSize().height()
        sheet.put(legend, part.name, QRectF(box.left(), y, box.width(), height))
        y += height + 2.5 * f
    return y - 2.5 * f


def _legend(project: QgsProject, sheet: Sheet, part: Part, called: str) -> QgsLayoutItemLegend:
    f = sheet.paper.factor
    legend = QgsLayoutItemLegend(sheet.layout)
    legend.setTitle(called + part.title)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    node = root.addLayer(_layer(project, part))
    QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    _set_type(legend, QgsLegendStyle.Style.Title, 8.5 * f, bold=True)
    _set_type(legend, QgsLegendStyle.Style.SymbolLabel, 7.5 * f, bold=False)
    title = legend.style(QgsLegendStyle.Style.Title)
    title.setMargin(QgsLegendStyle.Side.Bottom, 0.6 * f)
    legend.setStyle(QgsLegendStyle.Style.Title, title)
    entry = legend.style(QgsLegendStyle.Style.Symbol)
    entry.setMargin(QgsLegendStyle.Side.Top, 1.1 * f)
    legend.setStyle(QgsLegendStyle.Style.Symbol, entry)
    legend.setSymbolWidth(5.4 * f)
    legend.setSymbolHeight(3.7 * f)
    legend.setBoxSpace(0)
    crossing = part.columns > 2  # in one line of the panel's width
    legend.setColumnSpace((4 if crossing else 3) * f)
    legend.setColumnCount(part.columns if len(part.entries) > 3 or crossing else 1)
    legend.setSplitLayer(True)
    legend.setEqualColumnWidth(not crossing)
    return legend


def _set_type(legend: QgsLayoutItemLegend, style: QgsLegendStyle.Style, points: float, *, bold: bool) -> None:
    made, given = legend.style(style), text_format(points, bold=bold)
    if hasattr(made, "setTextFormat"):
        made.setTextFormat(given)
    else:
        font = given.font()
        font.setPointSizeF(points)
        made.setFont(font)
    legend.setStyle(style, made)


def _layer(project: QgsProject, part: Part) -> QgsVectorLayer:
    """A layer without features that carries the entries; the project owns it."""
    layer = QgsVectorLayer("Point?crs=EPSG:4490", part.title, "memory")
    categories = [QgsRendererCategory(number, symbol, text) for number, (symbol, text) in enumerate(part.entries)]
    layer.setRenderer(QgsCategorizedSymbolRenderer("0", categories))
    project.addMapLayer(layer, False)
    return layer
