"""Long work of a form in QGIS's task manager: a function with progress, what it gave, or the one sentence why not."""

from __future__ import annotations

import logging
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..core.standard.errors import OriginMapError
from ..core.standard.progress import Cancelled, Progress

logger = logging.getLogger(__name__)


class Work(QgsTask):
    """One piece of work; whoever starts it keeps it, and abandons it when it goes before the work is done.

    The job runs in another thread: it gets a :class:`Progress`, touches no widget and no layer of the project.
    ``done`` brings what it returned, ``failed`` the :class:`OriginMapError` it raised; one of them comes once, in the
    window's thread.
    """

    done = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, title: str, job: Callable[[Progress], object]) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._job = job
        self._result: object = None
        self._error: Optional[OriginMapError] = None
        self._abandoned = False

    def start(self) -> None:
        """Hand it to the task manager."""
        QgsApplication.taskManager().addTask(self)

    def abandon(self) -> None:
        """Stop it as soon as it asks, and tell nobody what became of it."""
        self._abandoned = True
        self.cancel()

    def set_fraction(self, fraction: float) -> None:
        """Called by the job."""
        self.setProgress(100.0 * fraction)

    def is_cancelled(self) -> bool:
        """Asked by the job."""
        return self.isCanceled()

    def note(self, text: str) -> None:
        """Called by the job: a line for the log."""
        logger.info(text)

    def run(self) -> bool:
        """Called by QGIS in another thread."""
        try:
            self._result = self._job(self)
        except OriginMapError as error:
            self._error = error
            return False
        return True

    def finished(self, result: bool) -> None:
        """Called by QGIS in the window's thread."""
        if self._abandoned:
            return
        if result:
            self.done.emit(self._result)
            return
        error = self._error or Cancelled()
        if error.details:
            logger.warning("%s: %s", error.code, error.details)
        self.failed.emit(error)
