"""Sealing what came in bulk, behind the person's back and in nobody's way, while the register is open."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from ..core.register.errors import told_plainly
from ..core.register.register import Register
from ..core.register.sealing import Sealed, seal_unnoticed, waits
from ..core.standard.errors import OriginMapError
from ..core.standard.progress import Progress
from .work import Works
from .workbench import Workbench

# Milliseconds after which what was opened or changed has come to rest.
_SETTLE = 2_000
_SECONDS_TO_LET_GO = 3.0
logger = logging.getLogger(__name__)


class Sealing(QObject):
    """Looks after each opening and each change of many records whether much waits for its seal.

    Every open and close of the register seals a piece; after a large import a person's next steps would each pay for
    one.
    """

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._works = Works()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._look)
        workbench.register_opened.connect(self._settled.start)
        workbench.register_closed.connect(self._stop)
        workbench.records_changed.connect(self._changed)

    @property
    def under_way(self) -> bool:
        """Whether it seals just now."""
        return self._works.running("seal") is not None

    def release(self) -> None:
        """Leave nothing behind."""
        self._workbench.register_opened.disconnect(self._settled.start)
        self._workbench.register_closed.disconnect(self._stop)
        self._workbench.records_changed.disconnect(self._changed)
        self._stop()

    def _changed(self, uid: str) -> None:
        if not uid:
            self._settled.start()

    def _stop(self) -> None:
        """The file is let go of, so that it can be moved."""
        self._settled.stop()
        self._works.abandon(_SECONDS_TO_LET_GO)

    def _look(self) -> None:
        session = self._workbench.session
        if session is None or session.read_only is not None:
            return
        title = QCoreApplication.translate("originmap", "Sealing the history")
        self._works.start("seal", title, partial(_seal, session.path), self._done, self._failed)

    def _done(self, sealed: Sealed) -> None:
        if sealed.count:
            logger.info("%s entries sealed", sealed.count)

    def _failed(self, error: OriginMapError) -> None:
        """Somebody else has the file for long: the next opening goes on."""
        logger.info("sealed another time: %s", error.code)


def _seal(path: Path, progress: Progress) -> Sealed:
    with Register.open(path, read_only=True) as register, told_plainly(path):
        if not waits(register.connection):
            return Sealed(0)
    with Register.open(path) as register, told_plainly(path):
        return seal_unnoticed(register.connection, progress)
