"""Does beforehand what takes a moment the first time, so that the first click on the map is answered at once."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QObject, QTimer

from ..workbench import Workbench
from .sheet import Sheet

_AFTER_MS = 120


class Warming(QObject):
    """Piece by piece, so that the window answers in between; it ends when a record comes into the form."""

    def __init__(self, workbench: Workbench, sheet: Sheet, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session = workbench.session
        self._sheet = sheet
        self._pieces = [self._fill, self._draw, self._locate, self._read_names]
        self._timer = QTimer(self)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        if not self._pieces or self._sheet.entry is not None or self._workbench.session is not self._session:
            self._timer.stop()
            return
        self._pieces.pop(0)()

    def _fill(self) -> None:
        """QGIS reads the form's expressions and code lists with the first record."""
        self._sheet.form.start({}, None)

    def _draw(self) -> None:
        self._sheet.form.grab()

    def _locate(self) -> None:
        """The first transformation opens PROJ's database."""
        self._workbench.position_of(self._workbench.canvas.center())

    def _read_names(self) -> None:
        if self._session.areas.any:
            self._session.gazetteer.division(self._session.register.county_code)
