"""The record at hand on the map: its best guess with how far off it may be, its candidates, and the middle cross."""

from __future__ import annotations

from ...core.register.queue import QueueItem
from ...core.register.rows import Position
from ..placing.uncertainty import UncertaintyMarks
from ..workbench import Workbench
from .crosshair import Crosshair

# Metres around a place that are shown at least: near enough for a click to be exact.
CLOSE = 60.0


class OnMap:
    """Draws a record and moves the map there, once for each record."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._marks = UncertaintyMarks(workbench.canvas)
        self._cross = Crosshair(workbench.canvas)
        self._at = ""

    def show(self, item: QueueItem) -> bool:
        """Draw a record; whether it is another one than before, to which the map has gone therefore."""
        self._marks.show(item.guess, item.radius, item.candidates)
        self._cross.show()
        another = item.uid != self._at
        self._at = item.uid
        if another and item.guess is not None:
            self.go(item.guess, item.radius)
        return another

    def go(self, position: Position, radius: float) -> None:
        """Move the map to a place (CGCS2000 degrees) with ``radius`` metres around it."""
        self._workbench.go_to(position, max(radius, CLOSE))

    def clear(self) -> None:
        """Draw nothing; the map stays where it is."""
        self._marks.clear()
        self._cross.hide()

    def forget(self) -> None:
        """The same record moves the map again when it comes back."""
        self._at = ""

    def release(self) -> None:
        """Leave nothing on the canvas."""
        self._cross.hide()
        self._marks.release()
