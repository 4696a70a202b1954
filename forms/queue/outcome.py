"""What became of the last step, with the way back, while the next record is at hand already."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QStyle, QWidget

from ..icons import theme_icon
from ..label import wrapped_label
from .work import Done, Step

_LONGEST_NAME = 9


class OutcomeBar(QFrame):
    """``undo_wanted`` and ``verify_wanted`` bring the :class:`.work.Done` they are about."""

    undo_wanted = pyqtSignal(object)
    verify_wanted = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_queue_outcome")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._done: Optional[Done] = None
        self._icon = QLabel()
        self._text = wrapped_label("originmap_queue_outcome_text")
        # The page shows it with the card, which scrolls where there is little room.
        self.note = wrapped_label("originmap_queue_outcome_note")
        self.note.hide()
        translate = QCoreApplication.translate
        self._verify = self._button("verify", translate("originmap", "Verify…"), "mIconSuccess.svg")
        self._verify.clicked.connect(self._want_verify)
        self._undo = self._button("undo", translate("originmap", "Undo"), "mActionUndo.svg")
        self._undo.clicked.connect(self._want_undo)
        layout = QGridLayout(self)
        gap = self.fontMetrics().height() // 4
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self._icon, 0, 0)
        layout.addWidget(self._text, 0, 1)
        layout.addWidget(self._verify, 0, 2)
        layout.addWidget(self._undo, 0, 3)
        layout.setColumnStretch(1, 1)
        self.hide()

    @property
    def done(self) -> Optional[Done]:
        """The step it tells of."""
        return self._done

    def tell(self, done: Done) -> None:
        """Say that a step stands in the register."""
        self._done = done
        self._show_icon("mIconWarning.svg" if done.note else "mIconSuccess.svg")
        self._text.setText(_sentence(done.step).format(producer=_shortened(done.producer)))
        self._text.setToolTip(done.producer)
        self.note.setText(done.note)
        self.note.setVisible(bool(done.note))
        self._verify.setVisible(done.step is Step.PLACE)
        self._undo.setVisible(done.step is not Step.UNDO)
        self.show()

    def tell_waiting(self) -> None:
        """Say that somebody else is writing to the register; what was done is kept and tried again."""
        self._done = None
        self._show_icon("mIconTimerPause.svg")
        text = QCoreApplication.translate(
            "originmap",
            "Somebody else is writing to the register. Your step is kept and saved as soon as they have finished.",
        )
        self._text.setText(text)
        for widget in (self.note, self._verify, self._undo):
            widget.hide()
        self.show()

    def forget(self) -> None:
        """Nothing to tell, nothing to take back."""
        self._done = None
        self.note.hide()
        self.hide()

    def _button(self, name: str, title: str, icon: str) -> QPushButton:
        button = QPushButton(theme_icon(icon), title)
        button.setObjectName(f"originmap_queue_outcome_{name}")
        return button

    def _show_icon(self, name: str) -> None:
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(theme_icon(name).pixmap(size, size))

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
