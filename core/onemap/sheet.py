"""One page of a layout in the house style: how texts, tables, bars and maps are put on it, and its export to files."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Optional, Sequence

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsProjectMetadata,
    QgsRectangle,
    QgsTableCell,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor

from ..sheets.safe_target import Together
from ..standard.errors import OriginMapError
from .fonts import text_format
from .paper import Paper
from .searchable import make_searchable

INK, GREY, RED = "#212121", "#555555", "#b71c1c"
GROUND = "#eceff0"
_MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
_MM_PER_POINT = 25.4 / 72
_TAIL = 64  # bytes at the end of a file, where its end is marked
_ENDS = {".pdf": b"%%EOF", ".png": b"IEND\xaeB`\x82"}
_SMALLER = 0.86  # type for texts too long for their cell
_NARROW = 0.56  # width of a Latin letter or a digit, of the width of a Chinese character
_PIECE = re.compile(r"[（《“‘]*(?:[0-9A-Za-z*.,:/-]+|.)[，。、；：！？）》”’…]*")
_HORIZONTAL = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def new_layout(project: QgsProject, name: str) -> QgsPrintLayout:
    """A layout without a page yet; in a project of its own, its name is the title of the files made of it."""
    if project is not QgsProject.instance():
        about = QgsProjectMetadata()  # without the login of whoever prints, which QGIS would take for the author
        about.setTitle(name)
        project.setMetadata(about)
    layout = QgsPrintLayout(project)
    layout.setName(name)
    return layout


@dataclass(frozen=True)
class Sheet:
    """A page: where things are put is told in mm from its upper left corner."""

    layout: QgsPrintLayout
    paper: Paper
    number: int

    @classmethod
    def add(cls, layout: QgsPrintLayout, paper: Paper) -> Sheet:
        """A new page at the end of the layout."""
        page = QgsLayoutItemPage(layout)
        page.setPageSize(QgsLayoutSize(paper.width, paper.height, _MM))
        layout.pageCollection().addPage(page)
        return cls(layout, paper, layout.pageCollection().pageCount() - 1)

    def put(self, item: QgsLayoutItem, name: str, box: QRectF) -> None:
        """Put an item on the page."""
        if item.scene() is None:
            self.layout.addLayoutItem(item)
        item.setId(name)
        item.attemptResize(QgsLayoutSize(box.width(), box.height(), _MM))
        self.move(item, box.left(), box.top())

    def move(self, item: QgsLayoutItem, left: float, top: float) -> None:
        """Put an item that is in the layout already at a place of this page."""
        item.attemptMove(QgsLayoutPoint(left, top, _MM), True, False, self.number)

    def label(
        self,
        name: str,
        text: str,
        box: QRectF,
        points: float,
        colour: str = INK,
        *,
        bold: bool = False,
        across: str = "left",
        bottom: bool = False,
    ) -> None:
        """Write a text; its lines are parted by ``\\n``."""
        item = QgsLayoutItemLabel(self.layout)
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
        item.setMarginY(0)
        item.setHAlign(_HORIZONTAL[across])
        item.setVAlign(Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignTop)
        self.put(item, name, box)

    def rectangle(self, name: str, box: QRectF, colour: str, line: Optional[str] = None) -> None:
        """Fill a box with a colour; a line around it only where one is given."""
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        outline = {"outline_color": line, "outline_width": str(0.2 * self.paper.factor)} if line else {}
        style = {"color": colour, "outline_style": "solid" if line else "no", **outline}
        item.setSymbol(QgsFillSymbol.createSimple(style))
        self.put(item, name, box)

    def table(
        self,
        name: str,
        rows: Sequence[Sequence[str]],
        box: QRectF,
        widths: Sequence[float],
        points: float,
        *,
        total: bool = True,
        numbers: Optional[bool] = None,
        lines: int = 1,
        upright: bool = False,
    ) -> None:
        """A table whose first row is the head; texts that find no room in their cell are set smaller, or else cut.

        Args:
            name: of the item.
            rows: the texts.
            box: where it may stand; rows share a height by the type.
            widths: of the columns, as shares that add up to one.
            points: size of the type.
            total: whether the last row is one.
            numbers: whether all columns but the first hold numbers, which stand at the right; as a rule with a total.
            lines: of text that find room in each row.
            upright: whether there are upright lines as well.
        """
        table = QgsLayoutItemManualTable.create(self.layout)
        self.layout.addMultiFrame(table)
        frame = QgsLayoutFrame(self.layout, table)
        table.addFrame(frame)
        line, width = row_height(points), 0.15 * self.paper.factor
        table.setCellMargin(0.35 * self.paper.factor)
        table.setGridStrokeWidth(width)
        table.setGridColor(QColor("#c8c8c8"))
        table.setVerticalGrid(upright)
        inner = box.width() - 0.7 * self.paper.factor * len(widths)
        inner -= width * (len(widths) + 1) if upright else 0.0
        room = [share * inner for share in widths]
        strong = (0, len(rows) - 1) if total else (0,)
        numbers = total if numbers is None else numbers
        contents = [_cells(row, room, points, at in strong, numbers, lines if at else 1) for at, row in enumerate(rows)]
        table.setTableContents(contents)
        table.setColumnWidths(room)
        heights = [line, *[rows_height(lines, points)] * (len(rows) - 1)]
        table.setRowHeights(heights)
        high = sum(heights) + 0.85 * self.paper.factor * len(rows) + 0.6 * self.paper.factor
        self.put(frame, name, QRectF(box.left(), box.top(), box.width(), high))

    def map(
        self,
        name: str,
        box: QRectF,
        layers: list[QgsMapLayer],
        crs: QgsCoordinateReferenceSystem,
        extent: QgsRectangle,
    ) -> QgsLayoutItemMap:
        """A framed map of at least the extent, which is in the units of ``crs``."""
        item = QgsLayoutItemMap(self.layout)
        self.put(item, name, box)
        item.setCrs(crs)
        item.setLayers(layers)
        item.setKeepLayerSet(True)
        item.setBackgroundColor(QColor(GROUND))
        item.setFrameEnabled(True)
        item.setFrameStrokeColor(QColor(GREY))
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.25 * self.paper.factor, _MM))
        # A new map has no extent yet, and zooming keeps the shape of the one that is there.
        item.setExtent(QgsRectangle(0, 0, box.width(), box.height()))
        item.zoomToExtent(extent)
        item.setLabelMargin(QgsLayoutMeasurement(1.5 * self.paper.factor, _MM))
        return item


def row_height(points: float) -> float:
    """Height of a row of a table without its margins, in mm."""
    return points * _MM_PER_POINT * 1.3


def rows_height(lines: int, points: float) -> float:
    """Height of a row of a table with so many lines of text, which need air between them, in mm."""
    return row_height(points) * (1 + 1.15 * (lines - 1))


def line_height(points: float, paper: Paper, lines: int = 1) -> float:
    """Height of a row of a table with its margins and the line under it, in mm."""
    return rows_height(lines, points) + 0.85 * paper.factor


def table_height(rows: int, points: float, paper: Paper) -> float:
    """Height of a whole table, in mm."""
    return rows * line_height(points, paper) + 0.6 * paper.factor


def wrapped(text: str, width: float, points: float) -> str:
    """The text in lines no wider than ``width`` mm; labels of older QGIS break none by themselves.

    Numbers and Latin words stay whole, and no line begins with a sign that closes or ends with one that opens.
    """
    # A little less than there is, since a label whose line is a hair too wide breaks it once more.
    room, lines = 0.985 * width / (points * _MM_PER_POINT), []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for piece in _pieces(paragraph, room):
            wide = sum(map(_width, piece))
            if line and used + wide > room:
                lines.append(line.rstrip(" "))
                line, used = "", 0.0
                piece = piece.lstrip(" ")
            line, used = line + piece, used + wide
        lines.append(line)
    return "\n".join(lines)


def _pieces(text: str, room: float) -> Iterable[str]:
    """What may stand in a line of its own: a character or a word with the signs that belong to it."""
    for piece in _PIECE.findall(text):
        if sum(map(_width, piece)) <= room:
            yield piece
        else:
            yield from piece


def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW


def fitted(text: str, width: float, sizes: Sequence[tuple[float, int]]) -> tuple[str, float]:
    """A long text in smaller type, and a very long one cut short; its lines and the size of type.

    Args:
        text: in one line.
        width: in mm.
        sizes: points and how many lines of them find room, the largest type first.
    """
    for points, lines in sizes:
        found = wrapped(text, width, points).split("\n")
        if len(found) <= lines:
            return "\n".join(found), points
    return "\n".join([*found[: lines - 1], f"{found[lines - 1][:-1]}…"]), points


def export_layout(layout: QgsPrintLayout, target: Path, dpi: float, files: Together) -> None:
    """Write a PDF, or a picture by the file's ending, which takes the target's place with the other files.

    Raises:
        OriginMapError: ``MAP_NOT_WRITTEN`` when QGIS gives up, ``TARGET_FULL``.
        OSError: which :func:`core.sheets.safe_target.together` tells.
    """
    part = files.part(target)
    result = _export(QgsLayoutExporter(layout), part, dpi)
    if result != QgsLayoutExporter.ExportResult.Success:
        raise OriginMapError("MAP_NOT_WRITTEN", str(result), file=target.name)
    complete(part, target.name)


def complete(part: Path, name: str) -> None:
    """Make sure that QGIS wrote the whole file, and make a PDF's text searchable; ``name`` is what it will be called.

    Raises:
        OriginMapError: ``TARGET_FULL``, as QGIS says nothing when the disk is full: the end of the file is missing.
    """
    kind = part.suffix.lower()
    with part.open("rb") as file:
        file.seek(max(part.stat().st_size - _TAIL, 0))
        if not file.read().rstrip().endswith(_ENDS.get(kind, b"")):
            raise OriginMapError("TARGET_FULL", "the file is cut", file=name)
    if kind == ".pdf":
        make_searchable(part)


def pdf_settings(dpi: float) -> QgsLayoutExporter.PdfExportSettings:
    """Text stays text."""
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = dpi
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    return settings


def _export(exporter: QgsLayoutExporter, path: Path, dpi: float) -> QgsLayoutExporter.ExportResult:
    if path.suffix.lower() == ".pdf":
        return exporter.exportToPdf(str(path), pdf_settings(dpi))
    picture = QgsLayoutExporter.ImageExportSettings()
    picture.dpi = dpi
    picture.pages = [0]
    return exporter.exportToImage(str(path), picture)


def _cells(
    row: Sequence[str], room: Sequence[float], points: float, strong: bool, numbers: bool, lines: int
) -> list[QgsTableCell]:
    cells = []
    for place, text in enumerate(row):
        text, size = fitted(text, room[place], ((points, lines), (_SMALLER * points, lines)))
        cell = QgsTableCell(text)
        cell.setTextFormat(text_format(size, INK, bold=strong))
        cell.setHorizontalAlignment(_HORIZONTAL["right" if place and numbers else "left"])
        cell.setVerticalAlignment(Qt.AlignmentFlag.AlignVCenter)
        cells.append(cell)
    return cells
