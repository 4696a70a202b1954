"""One job at a time on a second core, while the import goes on with what does not need the database."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Optional


class Behind:
    """Runs one job behind the caller; what it uses (the connection) is left alone until :meth:`wait` has returned."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "originmap-import")
        self._running: Optional[Future[None]] = None

    def start(self, job: Callable[[], None]) -> None:
        """Begin a job once the one before it is done."""
        self.wait()
        self._running = self._worker.submit(job)

    def wait(self) -> None:
        """Until the job is done; what went wrong in it is raised here."""
        running, self._running = self._running, None
        if running is not None:
            running.result()

    def close(self) -> None:
        """Let the thread end after its job, whatever happened."""
        self._worker.shutdown(wait=True)
