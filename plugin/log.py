"""Brings what core logs into QGIS's own log panel, from any thread."""

from __future__ import annotations

import logging

from qgis.core import Qgis, QgsMessageLog

TAG = "Origin Map"


class QgisLogHandler(logging.Handler):
    """A standard logging handler in front of ``QgsMessageLog``, which may be called from any thread."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; only warnings and worse light up the panel."""
        QgsMessageLog.logMessage(self.format(record), TAG, _level(record.levelno), record.levelno >= logging.WARNING)


def _level(levelno: int) -> Qgis.MessageLevel:
    if levelno >= logging.ERROR:
        return Qgis.MessageLevel.Critical
    if levelno >= logging.WARNING:
        return Qgis.MessageLevel.Warning
    return Qgis.MessageLevel.Info
