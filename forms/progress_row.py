"""What is being made in another thread, how far it is, and the button that stops it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from .icons import theme_icon
from .label import wrapped_label
from .work import Work


class ProgressRow(QFrame):
    """Hidden while nothing is under way; ``page`` begins the names of its parts, as in ``quality``."""

    def __init__(self, page: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._work: Optional[Work] = None
        self._what = wrapped_label(f"originmap_{page}_under_way")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"originmap_{page}_progress")
        self._bar.setRange(0, 100)
        self._stop = QPushButton(theme_icon("mTaskCancel.svg"), QCoreApplication.translate("originmap", "Stop"))
        self._stop.setObjectName(f"originmap_{page}_stop")
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._what)
        layout.addLayout(row)
        self.hide()

    def follow(self, work: Work, what: str) -> None:
        """Show how far a piece of work is, until it ends."""
        self._work = work
        self._what.setText(what)
        self._bar.setValue(0)
        self._stop.setEnabled(True)
        self.show()
        work.progressChanged.connect(self._show_progress)
        work.done.connect(self._over)
        work.failed.connect(self._over)

    def forget(self) -> None:
        """Whatever it was, it is of no interest any more."""
        self._work = None
        self.hide()

    def _cancel(self) -> None:
        if self._work is not None:
            self._stop.setEnabled(False)
            self._what.setText(QCoreApplication.translate("originmap", "Stopping …"))
            self._work.cancel()

    def _show_progress(self, percent: float) -> None:
        self._bar.setValue(int(percent))

    def _over(self, outcome: object) -> None:
        self.forget()
