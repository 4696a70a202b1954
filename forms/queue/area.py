"""Room for what belongs to the record at hand: as high as it is when there is room, scrolling when there is none."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST_LINES = 5


class RecordArea(QScrollArea):
    """Widgets one below the other; what is asked comes into sight by itself."""

    def __init__(self, widgets: Sequence[QWidget], asking: Sequence[QWidget], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._asking = tuple(asking)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (*widgets, *asking):
            layout.addWidget(widget)
        self.setWidget(inside)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._show_question)

    def show_top(self) -> None:
        """Another record, from its beginning."""
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        """The height that the content needs at the width there is."""
        content, width = self.widget(), self.viewport().width()
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(content.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Some lines at least."""
        lines = _LEAST_LINES * self.fontMetrics().height()
        return QSize(self.widget().minimumSizeHint().width(), min(self.sizeHint().height(), lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something inside came or went: another height, and perhaps a question."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._look.start(0)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _show_question(self) -> None:
        for widget in self._asking:
            if widget.isVisible():
                self.ensureWidgetVisible(widget)
