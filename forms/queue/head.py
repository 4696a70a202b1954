"""How far the register is as a whole: how many records still wait, and a bar."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ...core.register.queue import VillageGroup
from ..label import wrapped_label


class QueueHead(QWidget):
    """A sentence above a thin bar."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._text = wrapped_label("originmap_queue_summary")
        self._bar = QProgressBar()
        self._bar.setObjectName("originmap_queue_progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(max(self.fontMetrics().height() // 2, 4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)

    def show_totals(self, totals: VillageGroup) -> None:
        """Of the whole register."""
        text = QCoreApplication.translate("originmap", "<b>{waiting}</b> waiting · {done} of {total} placed")
        self._text.setText(text.format(waiting=totals.waiting, done=totals.done, total=totals.total))
        self._bar.setMaximum(max(totals.total, 1))
        self._bar.setValue(totals.done)

    def show_counting(self) -> None:
        """The numbers are on their way."""
        self._text.setText(QCoreApplication.translate("originmap", "Counting…"))
        self._bar.setMaximum(1)
        self._bar.setValue(0)
