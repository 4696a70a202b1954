"""Distances and moments as people say them."""

from __future__ import annotations

from datetime import datetime

from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.moments import CHINA

_MOMENT = "%Y-%m-%d %H:%M"


def distance_text(metres: float) -> str:
    """A distance as people say it."""
    if metres < 1000:
        return QCoreApplication.translate("originmap", "{metres} m").format(metres=round(metres))
    return QCoreApplication.translate("originmap", "{kilometres} km").format(kilometres=f"{metres / 1000:.3g}")


def moment_text(stored: str) -> str:
    """A moment (ISO 8601 with offset) by China's clock, to the minute; what is none as it stands."""
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return (moment.astimezone(CHINA) if moment.tzinfo is not None else moment).strftime(_MOMENT)
