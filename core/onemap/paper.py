"""Sheets of paper in the house style: their size and where title, map, legend, table, chart and notes stand on them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from qgis.PyQt.QtCore import QRectF


@dataclass(frozen=True)
class Paper:
    """A sheet, all lengths in mm.

    Attributes:
        width: of the sheet.
        height: of the sheet.
        factor: by which type and frames are larger than on A4.
        symbol: by which symbols are larger; less than type, so that larger paper is truly less crowded.
    """

    width: float
    height: float
    factor: float = 1.0
    symbol: float = 1.0

    @property
    def wide(self) -> bool:
        """Whether it lies on its long side."""
        return self.width > self.height

    @property
    def margin(self) -> float:
        """Free space at the edge."""
        return 10.0 * self.factor

    @property
    def inner_width(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    def map_frame(self) -> QRectF:
        """Where the map stands; the panel takes the right side, on upright paper the foot."""
        f, m = self.factor, self.margin
        top = m + 18 * f
        if self.wide:
            return QRectF(m, top, self.inner_width - 65 * f, self.height - top - m - 7 * f)
        return QRectF(m, top, self.inner_width, self.height - top - m - 89 * f)

    def legend_box(self) -> QRectF:
        """Where the legend begins; how high it gets depends on what the map shows."""
        f, frame = self.factor, self.map_frame()
        if self.wide:
            return QRectF(frame.right() + 4 * f, frame.top(), 61 * f, frame.height())
        return QRectF(frame.left(), frame.bottom() + 3 * f, 64 * f, 78 * f)

    def table_box(self, legend_bottom: float) -> QRectF:
        """Where the table stands: under the legend, on upright paper beside it."""
        f, legend = self.factor, self.legend_box()
        if self.wide:
            top = legend_bottom + 3 * f
            return QRectF(legend.left(), top, legend.width(), self.chart_box().top() - 2 * f - top)
        left, right = legend.right() + 4 * f, self.notes_box().left() - 4 * f
        width = min(right - left, 90 * f)
        return QRectF((left + right - width) / 2, legend.top(), width, legend.height())

    def chart_box(self, table_bottom: float = inf) -> QRectF:
        """Where the chart stands: over the notes, higher where the table leaves room; on upright paper from the top."""
        f, notes = self.factor, self.notes_box()
        if not self.wide:
            top = self.legend_box().top()
            return QRectF(notes.left(), top, notes.width(), notes.top() - 4 * f - top)
        top = max(min(table_bottom + 5 * f, notes.top() - 31 * f), notes.top() - 56 * f)
        return QRectF(notes.left(), top, notes.width(), notes.top() - 2 * f - top)

    def notes_box(self) -> QRectF:
        """Where the lines of small print stand."""
        f, legend = self.factor, self.legend_box()
        left = legend.left() if self.wide else self.width - self.margin - 62 * f
        height = 24.5 * f if self.wide else 32 * f
        return QRectF(left, legend.bottom() - height, self.width - self.margin - left, height)


# The order is the one of the algorithm's parameter: new papers come last.
PAPERS = (
    Paper(297, 210),
    Paper(210, 297),
    Paper(420, 297, 1.35, 1.2),
    Paper(297, 420, 1.35, 1.2),
    Paper(1189, 841, 3.2, 2.4),
    Paper(841, 1189, 3.2, 2.4),
)
