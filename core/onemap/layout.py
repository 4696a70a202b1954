"""The sheet of paper: title, map, legend, scale bar, north arrow and lines of text, and its export to files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor

from ..standard.errors import OriginMapError
from .contents import Words
from .fonts import text_format
from .renderer import SYMBOLS

_MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
_GROUND = "#eceff0"


@dataclass(frozen=True)
class Paper:
    """A sheet: width and height in mm; ``factor`` enlarges type and symbols beyond A4."""

    width: float
    height: float
    factor: float = 1.0

    @property
    def margin(self) -> float:
        """Free space at the edge."""
        return 10.0 * self.factor

    def map_frame(self) -> QRectF:
        """Where the map stands; the legend takes the right side, on upright paper the foot."""
        f, m = self.factor, self.margin
        top = m + 17 * f
        if self.width > self.height:
            return QRectF(m, top, self.width - 2 * m - 54 * f, self.height - top - m - 7 * f)
        return QRectF(m, top, self.width - 2 * m, self.height - top - m - 69 * f)

    def panel(self) -> QRectF:
        """Where the legend and the lines of text stand."""
        f, frame = self.factor, self.map_frame()
        if self.width > self.height:
            return QRectF(frame.right() + 4 * f, frame.top(), 50 * f, frame.height())
        return QRectF(frame.left(), frame.bottom() + 3 * f, frame.width(), 58 * f)


PAPERS = (Paper(297, 210), Paper(210, 297), Paper(420, 297, 1.4), Paper(297, 420, 1.4))


def build_layout(
    project: QgsProject,
    paper: Paper,
    name: str,
    layers: list[QgsMapLayer],
    crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
) -> tuple[QgsPrintLayout, QgsLayoutItemMap]:
    """The sheet with everything but the legend, whose counts need the map's true extent first."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(name)
    page: QgsLayoutItemPage = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(paper.width, paper.height, _MM))
    item = QgsLayoutItemMap(layout)
    _put(layout, item, "map", paper.map_frame())
    item.setCrs(crs)
    item.setLayers(layers)
    item.setKeepLayerSet(True)
    item.setBackgroundColor(QColor(_GROUND))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor("#555555"))
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.25 * paper.factor, _MM))
    # A new map has no extent yet, and zooming keeps the shape of the one that is there.
    frame = paper.map_frame()
    item.setExtent(QgsRectangle(0, 0, frame.width(), frame.height()))
    item.zoomToExtent(extent)
    _north(layout, paper, item)
    _scale_bar(layout, paper, item)
    return layout, item


def write_words(layout: QgsPrintLayout, paper: Paper, words: Words) -> None:
    """Title, subtitle, the lines of the panel and the footer."""
    f, m, width = paper.factor, paper.margin, paper.width - 2 * paper.margin
    _label(layout, "title", words.title, QRectF(m, m - 2 * f, width, 10 * f), 19 * f, bold=True)
    _label(layout, "subtitle", words.subtitle, QRectF(m, m + 8 * f, width, 7 * f), 8.5 * f, "#555555")
    lines = [f"制图日期：{words.day:%Y-%m-%d}", f"制图：{words.author}" if words.author else ""]
    lines += [f"资料来源：{words.source}" if words.source else "", "坐标系：2000 国家大地坐标系"]
    lines.append(f"审图号：{words.review_number}")
    panel = paper.panel()
    height, lines = 30 * f, [line for line in lines if line]
    left = panel.left() if paper.width > paper.height else panel.right() - 62 * f
    box = QRectF(left, panel.bottom() - height, panel.right() - left, height)
    _label(layout, "notes", "\n".join(lines), box, 7 * f, "#444444", bottom=True)
    foot = QRectF(m, paper.height - m - 5 * f, width, 5 * f)
    _label(layout, "footer", words.footer, foot, 8.5 * f, "#b71c1c", bottom=True)


def add_legend(layout: QgsPrintLayout, paper: Paper, parts: list[QgsMapLayer]) -> QgsLayoutItemLegend:
    """The legend in the panel: one column beside the map, several below it."""
    f, panel = paper.factor, paper.panel()
    legend = QgsLayoutItemLegend(layout)
    legend.setId("legend")
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for part in parts:
        root.addLayer(part)
    for style, points, bold in (
        (QgsLegendStyle.Style.Subgroup, 9 * f, True),
        (QgsLegendStyle.Style.SymbolLabel, 8 * f, False),
    ):
        made = legend.style(style)
        given = text_format(points, bold=bold)
        if hasattr(made, "setTextFormat"):
            made.setTextFormat(given)
        else:
            font = given.font()
            font.setPointSizeF(points)
            made.setFont(font)
        legend.setStyle(style, made)
    legend.setSymbolWidth(6 * f)
    legend.setSymbolHeight(4.4 * f)
    legend.setBoxSpace(0)
    if paper.width < paper.height:
        legend.setColumnCount(3)
        legend.setSplitLayer(True)
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(panel.left(), panel.top(), _MM))
    legend.adjustBoxSize()
    return legend


def export_layout(layout: QgsPrintLayout, target: Path, dpi: float) -> None:
    """Write a PDF, or a picture by the file's ending; what stood there stays until the new one is whole.

    Raises:
        OriginMapError: ``MAP_NOT_WRITTEN``.
    """
    temporary = target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")
    try:
        result = _export(QgsLayoutExporter(layout), temporary, dpi)
        if result != QgsLayoutExporter.ExportResult.Success:
            raise OriginMapError("MAP_NOT_WRITTEN", str(result), file=target.name)
        temporary.replace(target)
    except OSError as error:
        raise OriginMapError("MAP_NOT_WRITTEN", str(error), file=target.name) from error
    finally:
        temporary.unlink(missing_ok=True)


def _export(exporter: QgsLayoutExporter, path: Path, dpi: float) -> QgsLayoutExporter.ExportResult:
    if path.suffix.lower() == ".pdf":
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = dpi
        settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        return exporter.exportToPdf(str(path), settings)
    picture = QgsLayoutExporter.ImageExportSettings()
    picture.dpi = dpi
    return exporter.exportToImage(str(path), picture)


def _put(layout: QgsPrintLayout, item, name: str, box: QRectF) -> None:  # type: ignore[no-untyped-def]
    layout.addLayoutItem(item)
    item.setId(name)
    item.attemptMove(QgsLayoutPoint(box.left(), box.top(), _MM))
    item.attemptResize(QgsLayoutSize(box.width(), box.height(), _MM))


def _label(
    layout: QgsPrintLayout,
    name: str,
    text: str,
    box: QRectF,
    points: float,
    colour: str = "#212121",
    *,
    bold: bool = False,
    bottom: bool = False,
) -> None:
    item = QgsLayoutItemLabel(layout)
    item.setText(text)
    given = text_format(points, colour, bold=bold)
    if hasattr(item, "setTextFormat"):
        item.setTextFormat(given)
    else:
        font = given.font()
        font.setPointSizeF(points)
        item.setFont(font)
        item.setFontColor(QColor(colour))
    item.setMarginX(0)
    item.setHAlign(Qt.AlignmentFlag.AlignLeft)
    if bottom:
        item.setVAlign(Qt.AlignmentFlag.AlignBottom)
    _put(layout, item, name, box)


def _north(layout: QgsPrintLayout, paper: Paper, shown: QgsLayoutItemMap) -> None:
    f, frame = paper.factor, paper.map_frame()
    item = QgsLayoutItemPicture(layout)
    item.setPicturePath(str(SYMBOLS / "north_arrow.svg"))
    item.setLinkedMap(shown)
    _put(layout, item, "north", QRectF(frame.right() - 14 * f, frame.top() + 4 * f, 10 * f, 13 * f))


def _scale_bar(layout: QgsPrintLayout, paper: Paper, shown: QgsLayoutItemMap) -> None:
    f, frame = paper.factor, paper.map_frame()
    item = QgsLayoutItemScaleBar(layout)
    item.setLinkedMap(shown)
    item.setStyle("Single Box")
    item.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    item.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    item.setUnitLabel("km")
    item.setHeight(1.4 * f)
    item.setTextFormat(text_format(7.5 * f))
    _put(layout, item, "scalebar", QRectF(frame.left() + 3 * f, frame.bottom() - 11 * f, 60 * f, 9 * f))
