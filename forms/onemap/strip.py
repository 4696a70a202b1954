"""A line above the other pages while a query stands on the map: says what is hidden; one click shows it again."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ..icons import theme_icon


class FilterStrip(QFrame):
    """``clear_wanted`` lets the map show all records, ``page_wanted`` the conditions."""

    clear_wanted = pyqtSignal()
    page_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_filter_strip")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        translate = QCoreApplication.translate
        self._text = ""
        self._button = QToolButton()
        self._button.setObjectName("originmap_filter_strip_show")
        self._button.setAutoRaise(True)
        self._button.setIcon(theme_icon("mActionFilter2.svg"))
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.setToolTip(translate("originmap", "Show the conditions"))
        self._button.setAccessibleName(self._button.toolTip())
        self._words = QLabel()
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        clear = QPushButton(translate("originmap", "Show all"))
        clear.setObjectName("originmap_filter_strip_clear")
        layout = QHBoxLayout(self)
        space = self.fontMetrics().height() // 4
        layout.setContentsMargins(space, space, space, space)
        layout.addWidget(self._button)
        layout.addWidget(self._words, 1)
        layout.addWidget(clear)
        clear.clicked.connect(self.clear_wanted)
        self._button.clicked.connect(self.page_wanted)

    def say(self, text: str) -> None:
        """What keeps records from being seen."""
        self._text = text
        self.setToolTip(self._text)
        self._words.setAccessibleName(self._text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words give way, not the width of the dock."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Another font takes another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()

    def _elide(self) -> None:
        width = self._words.width()
        self._words.setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, width))
