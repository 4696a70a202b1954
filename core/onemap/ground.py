"""On whose ground a place of a map lies, so that symbols that are moved apart stay in their own township."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QTransform

from ..compat import transform_between
from .spreading import Places

_CELL = 0.4  # mm
_LEVEL = "township"


@dataclass(frozen=True)
class Ground:
    """A number for each township over a map in cells of :data:`_CELL`; 0 where there is none.

    Attributes:
        numbers: of the cells, the northern row first.
        left: of the map, in mm of its CRS on paper.
        top: of the map, likewise.
    """

    numbers: npt.NDArray[np.uint32]
    left: float
    top: float

    def at(self, places: Places) -> npt.NDArray[np.uint32]:
        """The numbers of places (x and y in mm, shape (n, 2)); beside the map those of its edge."""
        rows, columns = self.numbers.shape
        column = np.clip(((places[:, 0] - self.left) / _CELL).astype(int), 0, columns - 1)
        row = np.clip(((self.top - places[:, 1]) / _CELL).astype(int), 0, rows - 1)
        return self.numbers[row, column]


def ground_of(
    divisions: QgsVectorLayer, crs: QgsCoordinateReferenceSystem, extent: QgsRectangle, metres_per_mm: float
) -> Ground:
    """The townships of a map.

    Args:
        divisions: the register's.
        crs: of the map, in metres.
        extent: of the map, in its CRS.
        metres_per_mm: its scale.
    """
    cell = _CELL * metres_per_mm
    image = QImage(int(extent.width() / cell) + 1, int(extent.height() / cell) + 1, QImage.Format.Format_RGB32)
    image.fill(0)
    there = transform_between(divisions.crs(), crs, QgsCoordinateTransformContext())
    onto = QTransform(1 / cell, 0, 0, -1 / cell, -extent.xMinimum() / cell, extent.yMaximum() / cell)
    painter = QPainter(image)
    for number, feature in enumerate(divisions.getFeatures(f"\"level\" = '{_LEVEL}'"), 1):
        geometry = feature.geometry()
        if not geometry.isEmpty():
            geometry.transform(there)
            painter.fillPath(onto.map(geometry.constGet().asQPainterPath()), QColor(number | 0xFF000000))
    painter.end()
    bits = image.constBits().asarray(image.sizeInBytes())
    numbers = np.frombuffer(bits, np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    return Ground(numbers, extent.xMinimum() / metres_per_mm, extent.yMaximum() / metres_per_mm)
