"""Distances and moments as people say them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QDateTime, Qt

_MOMENT = "yyyy-MM-dd HH:mm"


def distance_text(metres: float) -> str:
    """A distance as people say it."""
    if metres < 1000:
        return QCoreApplication.translate("originmap", "{metres} m").format(metres=round(metres))
    return QCoreApplication.translate("originmap", "{kilometres} km").format(kilometres=f"{metres / 1000:.3g}")


def moment_text(stored: str) -> str:
    """A moment (ISO 8601 with offset) by the clock of this computer, to the minute; what is none as it stands."""
    moment = QDateTime.fromString(stored, Qt.DateFormat.ISODate)
    return moment.toLocalTime().toString(_MOMENT) if moment.isValid() else stored
