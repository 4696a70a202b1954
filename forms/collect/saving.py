"""Brings a record from the form into the register: asks first where it must, waits where the file is locked."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Optional

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...core.register.editing import Saved
from ...core.register.errors import RegisterError, look_for, told_plainly
from ...core.register.nearby import conflicts
from ...core.register.register import Register
from ...core.register.rows import Position, reading
from ...core.standard.findings import Finding
from ..session import Session
from .entry import Entry, Wish

_PAUSE_MS = 200
_PATIENCE_SECONDS = 20.0


class Saving(QObject):
    """One save at a time; each ends in exactly one of ``done``, ``refused``, ``asked`` and ``failed``.

    Signals:
        done: it stands in the register: the :class:`.Saved`.
        refused: the register did not take it: the :class:`.Saved` with its error and field.
        failed: it could not be tried: the :class:`RegisterError`; ``LAYER_BEING_EDITED`` among them.
        asked: warnings (list of :class:`.Finding`) that a person has to answer; then :meth:`go_on`.
        waiting: the file is locked, one of the others follows.
        undone: the last action was taken back: the :class:`.Saved`.
    """

    done = pyqtSignal(object)
    refused = pyqtSignal(object)
    failed = pyqtSignal(object)
    asked = pyqtSignal(object)
    waiting = pyqtSignal()
    undone = pyqtSignal(object)

    def __init__(self, session: Session, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._session = session
        self._editor = session.editor
        self.wish: Optional[Wish] = None
        self._under_way = ""
        self._undoing = False
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self._editor.saved.connect(self._saved)
        self._editor.refused.connect(self._refused)

    @property
    def busy(self) -> bool:
        """Whether something is still on its way."""
        return self._timer.isActive() or bool(self._under_way) or self._undoing

    def save(self, wish: Wish) -> None:
        """Save it, once it is known that nothing has to be asked."""
        self.wish = wish
        self._since = time.monotonic()
        if wish.to_be_asked:
            self._look()
        else:
            self.go_on()

    def go_on(self) -> None:
        """Save what was wished for, whatever was asked about it."""
        wish = self.wish
        self._under_way = wish.entry.uid
        try:
            saved = self._write(wish)
        except RegisterError as error:
            self._under_way = ""
            self.failed.emit(error)
            return
        if saved.waiting:
            self.waiting.emit()

    def end(self, entry: Entry, day: str, reason: str, title: str) -> None:
        """Note that a site ended."""
        self._act(entry, {"status": "ended", "ended_on": day, "ended_reason": reason}, title)

    def take_up(self, entry: Entry, title: str) -> None:
        """Hand in again a record whose site was noted as ended."""
        self._act(entry, {"status": "submitted", "ended_on": None, "ended_reason": None}, title)

    def undo(self) -> bool:
        """Take the last action back; ``False`` when there is none."""
        if self.busy:
            return False
        self._undoing = True
        try:
            begun = self._editor.undo_last()
        except RegisterError as error:
            self._undoing = False
            self.failed.emit(error)
            return False
        self._undoing = self._undoing and begun
        if self._undoing:
            self.waiting.emit()
        return begun

    def release(self) -> None:
        """Hear no more; what waits for the file is still written by the editor."""
        self._timer.stop()
        self._editor.saved.disconnect(self._saved)
        self._editor.refused.disconnect(self._refused)

    def _act(self, entry: Entry, values: dict[str, object], title: str) -> None:
        self.wish, self._under_way = None, entry.uid
        try:
            saved = self._editor.change(entry.uid, values, title, seen=entry.version)
        except RegisterError as error:
            self._under_way = ""
            self.failed.emit(error)
            return
        if saved.waiting:
            self.waiting.emit()

    def _write(self, wish: Wish) -> Saved:
        point = QgsPointXY(*wish.point) if wish.point is not None else None
        if wish.entry.new:
            return self._editor.add({**wish.columns, "uid": wish.entry.uid}, point, wish.title())
        moved_to = point if wish.moved else None
        return self._editor.change(wish.entry.uid, wish.columns, wish.title(), moved_to, wish.entry.version)

    def _look(self) -> None:
        """Look for what must be asked; again a little later while someone writes to the file."""
        try:
            found = self._conflicts(self.wish.values, self.wish.point)
        except RegisterError as error:
            if error.code == "REGISTER_LOCKED" and time.monotonic() - self._since < _PATIENCE_SECONDS:
                self._timer.start()
                self.waiting.emit()
            else:
                self.failed.emit(error)
            return
        if found:
            self.asked.emit(found)
        else:
            self.go_on()

    def _conflicts(self, values: dict[str, object], point: Position) -> list[Finding]:
        """Over a connection that gives up at once, since the window would wait for it."""
        path = self._session.path
        look_for(path)
        with told_plainly(path), closing(reading(path)) as connection:
            return conflicts(Register(path, connection), values, point, self._session.areas)

    def _saved(self, saved: Saved) -> None:
        if self._undoing:
            self._undoing = False
            self.undone.emit(saved)
        elif saved.uid == self._under_way:
            self._under_way = ""
            self.done.emit(saved)

    def _refused(self, saved: Saved) -> None:
        if self._undoing or saved.uid == self._under_way:
            self._undoing, self._under_way = False, ""
            self.refused.emit(saved)
