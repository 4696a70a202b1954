"""Long work of a form in QGIS's task manager: a function with progress, what it gave, or the one sentence why not."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import Any, Callable, Optional

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QThreadPool, QTimer, pyqtSignal

from ..core.standard.errors import OriginMapError
from ..core.standard.progress import Cancelled, Progress

logger = logging.getLogger(__name__)

Job = Callable[[Progress], object]

# After so many milliseconds a task that still waits although a thread is free waits for nothing; and between two looks
# at what a thread of our own has done.
_LOST, _LOOK = 250, 50

# PyQt forgets a task's Python half when nobody refers to it, and its thread would then run nothing.
_under_way: set[QgsTask] = set()


class Work(QgsTask):
    """One piece of work; whoever starts it abandons it when he goes before the work is done.

    The job runs in another thread: it gets a :class:`Progress`, touches no widget and no layer of the project.
    ``done`` brings what it returned, ``failed`` the :class:`OriginMapError` it raised; one of them comes once, in the
    window's thread.
    """

    done = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, title: str, job: Job) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._job = job
        self._result: object = None
        self._error: Optional[OriginMapError] = None
        self._succeeded = False
        self._abandoned = False
        self._over = False
        self._aside = False
        self._fraction = 0.0
        self._begun = threading.Lock()
        self._stopped = threading.Event()
        self._ended = threading.Event()

    def start(self) -> None:
        """Hand it to the task manager."""
        _under_way.add(self)
        QgsApplication.taskManager().addTask(self)
        QTimer.singleShot(_LOST, self._look_if_lost)

    def abandon(self) -> None:
        """Stop it as soon as it asks, and tell nobody what became of it."""
        self._abandoned = True
        self._stopped.set()
        # QGIS deletes a waiting task that is cancelled, also while a thread takes it up; left alone it ends at once.
        if self.status() != QgsTask.TaskStatus.Queued:
            self.cancel()

    def cancel(self) -> None:
        """Called by QGIS too: stop it as soon as it asks."""
        self._stopped.set()
        super().cancel()

    def wait(self, seconds: float) -> bool:
        """Block until the job let go of its files; ``QgsTask.waitForFinished`` would keep Python from the job."""
        return not self._begun.locked() or self._ended.wait(seconds)

    def set_fraction(self, fraction: float) -> None:
        """Called by the job."""
        self._fraction = fraction
        if not self._aside:
            self.setProgress(100.0 * fraction)

    def is_cancelled(self) -> bool:
        """Asked by the job."""
        return self._stopped.is_set()

    def note(self, text: str) -> None:
        """Called by the job: a line for the log."""
        logger.info(text)

    def run(self) -> bool:
        """Called by QGIS in another thread."""
        if self._stopped.is_set():
            return False
        if self._begun.acquire(blocking=False):
            self._do()
        else:
            self._ended.wait()
        return self._succeeded

    def finished(self, result: bool) -> None:
        """Called by QGIS in the window's thread."""
        if self._over:
            return
        self._over = True
        _under_way.discard(self)
        if self._abandoned:
            return
        if result:
            self.done.emit(self._result)
            return
        error = self._error or Cancelled()
        if error.details:
            logger.warning("%s: %s", error.code, error.details)
        self.failed.emit(error)

    def _do(self) -> None:
        try:
            self._result = self._job(self)
            self._succeeded = True
        except OriginMapError as error:
            self._error = error
        finally:
            self._ended.set()

    def _look_if_lost(self) -> None:
        """Run it in a thread of our own when the task manager forgot it.

        When a task ends, QGIS takes what ran it out of the queue by its address; where this has been deleted and the
        next task begins at the same address, it is the next one that is taken out, and never runs.
        """
        if self._over or self.status() != QgsTask.TaskStatus.Queued:
            return
        pool = QThreadPool.globalInstance()
        if pool.activeThreadCount() >= pool.maxThreadCount():
            QTimer.singleShot(_LOST, self._look_if_lost)
            return
        if self._abandoned:
            self.cancel()
            return
        threading.Thread(target=self._run_aside, name=self.description(), daemon=True).start()
        self._follow_aside()

    def _run_aside(self) -> None:
        """Nothing of Qt is touched here: QGIS may delete the task's other half when it is cancelled meanwhile."""
        if self._begun.acquire(blocking=False):
            self._aside = True
            self._do()

    def _follow_aside(self) -> None:
        """In the window's thread; the task manager may forget what it still has in its list."""
        if self._over or self._abandoned or self.status() == QgsTask.TaskStatus.Running:
            return
        if not self._ended.is_set():
            self.setProgress(100.0 * self._fraction)
            QTimer.singleShot(_LOOK, self._follow_aside)
            return
        self.finished(self._succeeded)
        self.cancel()


class Works:
    """What a page or dialog has under way, by name."""

    def __init__(self) -> None:
        self._running: dict[str, Work] = {}

    def start(
        self,
        name: str,
        title: str,
        job: Job,
        done: Callable[[Any], None],
        failed: Callable[[OriginMapError], None],
        *,
        instead: bool = False,
    ) -> Optional[Work]:
        """Start a piece of work, unless one of that name is under way; with ``instead`` it takes its place."""
        if name in self._running:
            if not instead:
                return None
            self._running.pop(name).abandon()
        work = Work(title, job)
        # Forgotten first, so that what follows may start the next one.
        for signal, follow in ((work.done, done), (work.failed, failed)):
            signal.connect(partial(self._over, name, work))
            signal.connect(follow)
        self._running[name] = work
        work.start()
        return work

    def running(self, name: str) -> Optional[Work]:
        """The work of that name, while it is under way."""
        return self._running.get(name)

    def abandon(self, wait_seconds: float = 0.0) -> None:
        """Stop everything and hear of nothing any more; wait so long for each to let go of its files."""
        works = list(self._running.values())
        self._running.clear()
        for work in works:
            work.abandon()
        for work in works:
            work.wait(wait_seconds)

    def _over(self, name: str, work: Work, outcome: object) -> None:
        if self._running.get(name) is work:
            del self._running[name]
