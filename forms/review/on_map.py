"""The record at hand on the map: where it is, where it was at the last review, and its neighbours by number."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.nearby import Neighbour, metres_between
from ...core.register.queue import Place
from ...core.register.rows import Position
from ..placing.basemap_under import basemap_under
from ..placing.moved import MovedMarks
from ..placing.uncertainty import UncertaintyMarks
from ..workbench import Workbench
from .looked import Looked

# Metres around a place that are shown at least, and at most for the sake of neighbours.
CLOSE, _WIDE = 90.0, 180.0
_NEIGHBOURS_IN_SIGHT = 3
_AIR = 1.3


class OnMap:
    """Draws a record and moves the map there, once for each record."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._marks = UncertaintyMarks(workbench.canvas)
        self._moved = MovedMarks(workbench.canvas)
        self._at = ""
        self._near: tuple[Neighbour, ...] = ()

    def show(self, looked: Looked) -> None:
        """Draw a record; the map goes to another one than before."""
        point, before = looked.record.point, looked.moved_from
        self._near = looked.neighbours
        radius = float(str(looked.record.values.get("point_radius") or 0))
        places = [Place(one.producer, *one.position, 0.0) for one in self._near]
        self._marks.show(point if before is None else None, radius, places)
        translate = QCoreApplication.translate
        words = translate("originmap", "reviewed place"), translate("originmap", "now")
        if before is None:
            self._moved.clear()
        else:
            self._moved.show(before, point, words)
        if looked.item.uid != self._at and point is not None:
            self.go(*_view_of(point, before, self._near))
        self._at = looked.item.uid

    def go(self, position: Position, radius: float) -> None:
        """Move the map to a place (CGCS2000 degrees) with ``radius`` metres around it."""
        self._workbench.go_to(position, max(radius, CLOSE))

    def go_to_number(self, looked: Looked, number: int) -> bool:
        """Move the map to a neighbour, to the record itself by 0; ``False`` when there is none."""
        if number == 0 and looked.record.point is not None:
            self.go(*_view_of(looked.record.point, looked.moved_from, self._near))
            return True
        if 1 <= number <= len(self._near):
            self.go(self._near[number - 1].position, CLOSE)
            return True
        return False

    def has_imagery(self, position: Position) -> bool:
        """Whether a basemap can be seen at a place."""
        point = self._workbench.map_point_of(position)
        return basemap_under(QgsProject.instance(), self._workbench.canvas, point) is not None

    def clear(self) -> None:
        """Draw nothing; the map stays where it is."""
        self._marks.clear()
        self._moved.clear()

    def forget(self) -> None:
        """The same record moves the map again when it comes back."""
        self._at = ""

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self._marks.release()
        self._moved.release()


def _view_of(point: Position, before: Optional[Position], near: tuple[Neighbour, ...]) -> tuple[Position, float]:
    """Middle and metres around it: both places of a moved point, else as far as the nearest neighbours."""
    if before is not None:
        middle = (point[0] + before[0]) / 2.0, (point[1] + before[1]) / 2.0
        return middle, max(metres_between(point, before) / 2.0 * _AIR, CLOSE)
    seen = [one.metres for one in near[:_NEIGHBOURS_IN_SIGHT] if one.metres * _AIR <= _WIDE]
    return point, max(max(seen, default=0.0) * _AIR, CLOSE)
