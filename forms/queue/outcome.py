"""What became of the last step of the queue, with the way back, while the next record is at hand already."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from .. import outcome_bar
from ..label import wrapped_label
from .work import Done, Step

_LONGEST_NAME = 9


class OutcomeBar(outcome_bar.OutcomeBar):
    """``undo_wanted`` and ``verify_wanted`` bring the :class:`.work.Done` they are about."""

    undo_wanted = pyqtSignal(object)
    verify_wanted = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("originmap_queue_outcome", parent)
        self._done: Optional[Done] = None
        # The page shows it with the card, which scrolls where there is little room.
        self.note = wrapped_label("originmap_queue_outcome_note")
        self.note.hide()
        self._verify = self.add("verify", QCoreApplication.translate("originmap", "Verify…"), "mIconSuccess.svg")
        self._verify.clicked.connect(self._want_verify)
        self.undo.clicked.connect(self._want_undo)

    @property
    def done(self) -> Optional[Done]:
        """The step it tells of."""
        return self._done

    def tell(self, done: Done) -> None:
        """Say that a step stands in the register."""
        self._done = done
        text = _sentence(done.step).format(producer=_shortened(done.producer))
        self.say(text, outcome_bar.WARNING if done.note else outcome_bar.SUCCESS, done.producer)
        self.note.setText(done.note)
        self.note.setVisible(bool(done.note))
        self._verify.setVisible(done.step is Step.PLACE)
        self.undo.setVisible(done.step is not Step.UNDO)

    def tell_waiting(self) -> None:
        """Say that somebody else is writing to the register; what was done is kept and tried again."""
        self._done = None
        text = QCoreApplication.translate(
            "originmap",
            "Somebody else is writing to the register. Your step is kept and saved as soon as they have finished.",
        )
        for widget in (self.note, self._verify, self.undo):
            widget.hide()
        self.say(text, outcome_bar.WAITING)

    def forget(self) -> None:
        """Nothing to tell, nothing to take back."""
        self._done = None
        self.note.hide()
        self.hide()

    def _want_undo(self) -> None:
        if self._done is not None:
            self.undo_wanted.emit(self._done)

    def _want_verify(self) -> None:
        if self._done is not None:
            self.verify_wanted.emit(self._done)


def _sentence(step: Step) -> str:
    translate = QCoreApplication.translate
    return {
        Step.PLACE: translate("originmap", "“{producer}” has its point."),
        Step.ASIDE: translate("originmap", "“{producer}” is put aside."),
        Step.BACK: translate("originmap", "“{producer}” waits again."),
        Step.VERIFY: translate("originmap", "“{producer}” is marked as verified."),
        Step.UNDO: translate("originmap", "Undone: “{producer}” is as it was before."),
    }[step]


def _shortened(producer: str) -> str:
    """Two lines must do: the middle of a long name says least."""
    half = _LONGEST_NAME // 2
    return producer if len(producer) <= _LONGEST_NAME else f"{producer[:half]}…{producer[-half:]}"
