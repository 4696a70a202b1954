"""The record at hand on the map, and the place that is proposed for it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication

from ...core.quality.findings import Proposal
from ...core.register.nearby import metres_between
from ...core.register.rows import Position
from ..placing.moved import MovedMarks
from ..workbench import Workbench

# Metres around a place that are shown at least, and how much more than the way between two places.
_CLOSE = 150.0
_AIR = 1.3


class OnMap:
    """Draws while the page is in front."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._marks = MovedMarks(workbench.canvas)
        self.active = False

    def show(self, point: Optional[Position], proposal: Optional[Proposal] = None) -> None:
        """Draw a record where it is and where it would be, and move the map there."""
        translate = QCoreApplication.translate
        other = proposal.point if proposal is not None else None
        if not self.active or (point is None and other is None):
            self.clear()
            return
        self._marks.show(point, other, (translate("originmap", "now"), translate("originmap", "proposed")))
        middle, radius = point or other, _CLOSE
        if point is not None and other is not None:
            middle = (point[0] + other[0]) / 2.0, (point[1] + other[1]) / 2.0
            radius = max(metres_between(point, other) / 2.0 * _AIR, _CLOSE)
        self._workbench.go_to(middle, radius)

    def clear(self) -> None:
        """Draw nothing; the map stays where it is."""
        self._marks.clear()

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self._marks.release()
