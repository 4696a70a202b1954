"""Placing by GPS: the fix of QGIS's own connection, with what it is worth, taken by one button."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsApplication, QgsGpsConnection, QgsGpsInformation
from qgis.PyQt.QtCore import QCoreApplication, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDockWidget, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...core.coordinates.verdict import in_china
from ...core.register.editing import PointHow
from ...core.register.rows import Position
from ..workbench import Workbench
from .placed import Placed
from .words import Words

_LOOK_EVERY_MS = 500
# A receiver speaks once a second; after so many silent ones what it said last is no longer where it is.
_STALE_SECONDS = 10.0
# The error of one range measurement of a hand receiver; times the dilution it is that of the position.
_METRES_PER_HDOP = 5.0
_METRES_UNSAID = 15.0
_EXACT_METRES = 20.0
# QGIS's own panel for connecting a receiver.
_QGIS_PANEL = "GPSInformation"


@dataclass(frozen=True)
class Fix:
    """Where a receiver is (WGS84 degrees), by how many satellites, and within how many metres."""

    position: Position
    satellites: int
    hdop: float
    radius: float

    @property
    def exact(self) -> bool:
        """Whether a point from it counts as exact."""
        return self.radius <= _EXACT_METRES


def fix_in(information: QgsGpsInformation) -> Optional[Fix]:
    """The fix in what a connection said last; ``None`` while there is none (a fresh one claims to be at 0, 0)."""
    position = information.longitude, information.latitude
    settled = information.fixType >= 2 or information.quality >= 1
    if not information.isValid() or not settled or not in_china(*position):
        return None
    hdop = information.hdop if information.hdop > 0 else math.nan
    radius = information.hacc
    if not radius > 0:
        radius = _METRES_UNSAID if math.isnan(hdop) else _METRES_PER_HDOP * hdop
    return Fix(position, information.satellitesUsed, hdop, round(radius, 1))


class GpsPanel(QWidget):
    """Looks at QGIS's connections while it is open; it holds none, so that nothing stays behind."""

    placed = pyqtSignal(object)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._fix: Optional[Fix] = None
        self._heard: object = None
        self._heard_at = 0.0
        self._words = Words("originmap_gps_words")
        self._take = QPushButton(QCoreApplication.translate("originmap", "Take this position"))
        self._take.setObjectName("originmap_gps_take")
        self._take.clicked.connect(self._hand_on)
        self._connect = QPushButton(QCoreApplication.translate("originmap", "Open QGIS's GPS panel"))
        self._connect.setObjectName("originmap_gps_connect")
        self._connect.clicked.connect(self._open_qgis_panel)
        buttons = QHBoxLayout()
        buttons.addWidget(self._take)
        buttons.addWidget(self._connect)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        layout.addLayout(buttons)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """The panel was opened."""
        (self._take if self._fix else self._connect).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at once, and then as long as the panel can be seen."""
        super().showEvent(event)
        self._look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: stop looking."""
        super().hideEvent(event)
        self._timer.stop()

    def reset(self) -> None:
        """The next record: the receiver goes on by itself."""

    def release(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def _look(self) -> None:
        connection = _speaking_connection()
        self._fix = None
        words = _how_to_connect() if connection is None else self._listen(connection.currentGPSInformation())
        self._words.setText(words)
        self._take.setVisible(connection is not None)
        self._take.setEnabled(self._fix is not None)
        self._connect.setVisible(connection is None and self._qgis_panel() is not None)

    def _listen(self, information: QgsGpsInformation) -> str:
        said = information.utcDateTime, information.longitude, information.latitude
        if said != self._heard:
            self._heard, self._heard_at = said, time.monotonic()
        silent = time.monotonic() - self._heard_at
        if silent > _STALE_SECONDS:
            text = QCoreApplication.translate("originmap", "The receiver has said nothing new for {seconds} s.")
            return text.format(seconds=round(silent))
        self._fix = fix_in(information)
        if self._fix is None:
            return QCoreApplication.translate(
                "originmap", "The receiver is looking for satellites. Go into the open and wait."
            )
        return _in_words(self._fix)

    def _hand_on(self) -> None:
        if self._fix is not None:
            self.placed.emit(placed_by_fix(self._fix))

    def _qgis_panel(self) -> Optional[QDockWidget]:
        return self._workbench.iface.mainWindow().findChild(QDockWidget, _QGIS_PANEL)

    def _open_qgis_panel(self) -> None:
        panel = self._qgis_panel()
        if panel is not None:
            panel.show()
            panel.raise_()


def placed_by_fix(fix: Fix) -> Placed:
    """The place of a fix; WGS84 counts as CGCS2000."""
    source = QCoreApplication.translate("originmap", "GPS, {count} satellites").format(count=fix.satellites)
    if not math.isnan(fix.hdop):
        source += f", HDOP {fix.hdop:.1f}"
    warning = ""
    if not fix.exact:
        text = QCoreApplication.translate(
            "originmap",
            "The position is good to {metres} m only; the point counts as approximate. "
            "Go into the open, wait, and take it again.",
        )
        warning = text.format(metres=round(fix.radius))
    how = PointHow("gps", "exact" if fix.exact else "approximate", fix.radius, source)
    return Placed(fix.position, how, warning)


def _speaking_connection() -> Optional[QgsGpsConnection]:
    """A connection with a fix if there is one, else any: a computer may have several."""
    connections = QgsApplication.gpsConnectionRegistry().connectionList()
    with_fix = (one for one in connections if fix_in(one.currentGPSInformation()) is not None)
    return next(with_fix, connections[0] if connections else None)


def _how_to_connect() -> str:
    return QCoreApplication.translate(
        "originmap",
        "QGIS is not connected to a GPS receiver. Plug it in, open View ▸ Panels ▸ GPS Information, choose its port "
        "and press Connect; the position then shows up here.",
    )


def _in_words(fix: Fix) -> str:
    text = QCoreApplication.translate(
        "originmap", "Longitude {longitude}°, latitude {latitude}°: {count} satellites, good to about {metres} m."
    )
    longitude, latitude = fix.position
    return text.format(
        longitude=f"{longitude:.6f}",
        latitude=f"{latitude:.6f}",
        count=fix.satellites,
        metres=math.ceil(fix.radius),
    )
