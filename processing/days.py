"""The day as of which an algorithm makes its list, among its parameters."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingParameterString
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.query import Days


def add_day_parameter(algorithm: QgsProcessingAlgorithm) -> None:
    """As of which day; left out it is today."""
    title = QCoreApplication.translate("originmap", "As of this day (YYYY-MM-DD; empty: today)")
    algorithm.addParameter(QgsProcessingParameterString("ON", title, optional=True))


def day_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Optional[date]:
    """The day that was given, if any.

    Raises:
        OriginMapError: what :class:`core.onemap.query.Days` says of a day that is none.
    """
    text = algorithm.parameterAsString(parameters, "ON", context).strip()
    return date.fromisoformat(Days(text, text).first) if text else None
