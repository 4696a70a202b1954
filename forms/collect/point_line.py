"""Where the record in the form lies: its coordinates in words, its mark on the map, and the button that moves it."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsVertexMarker
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ...core.register.rows import Position
from ..icons import theme_icon
from ..workbench import Workbench

# About a metre.
_DECIMALS = 5
_MARK = QColor("#d32f2f")


class PointLine(QWidget):
    """Hidden while there is no record.

    Signals:
        move_wanted: the next place given is for this record.
    """

    move_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_point")
        self._workbench = workbench
        self._position: Optional[Position] = None
        self._marker: Optional[QgsVertexMarker] = None
        self._text = QLabel()
        self._text.setObjectName("originmap_point_text")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        translate = QCoreApplication.translate
        self._go = self._button(
            "originmap_point_go", translate("originmap", "Show on the map"), "mActionZoomToSelected.svg"
        )
        self._go.clicked.connect(self.go_to)
        self.move_button = self._button(
            "originmap_point_move", translate("originmap", "Move the point"), "mActionMoveFeaturePoint.svg"
        )
        self.move_button.clicked.connect(self.move_wanted)
        self.move_button.setText(translate("originmap", "Move"))
        self.move_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self._go, self.move_button):
            layout.addWidget(widget)
        workbench.canvas.destinationCrsChanged.connect(self._mark)
        self.hide()

    def show_point(self, position: Optional[Position], quality: str) -> None:
        """Show a record's point (CGCS2000 degrees), or that it has none.

        Args:
            position: longitude and latitude.
            quality: title of the point's quality, as the code list has it.
        """
        self._position = position
        if position is None:
            self._text.setText(QCoreApplication.translate("originmap", "No point yet"))
        else:
            longitude, latitude = (f"{value:.{_DECIMALS}f}" for value in position)
            self._text.setText(f"{longitude}, {latitude}" + (f" · {quality}" if quality else ""))
        self._go.setEnabled(position is not None)
        self._mark()
        self.show()

    def clear(self) -> None:
        """No record stands in the form."""
        self._position = None
        self._mark()
        self.hide()

    def go_to(self) -> None:
        """Bring the point into the map."""
        if self._position is not None:
            self._workbench.go_to(self._position)

    def set_marked(self, marked: bool) -> None:
        """Whether the mark is on the map, as while the page is in front."""
        if self._marker is not None:
            self._marker.setVisible(marked and self._position is not None)

    def release(self) -> None:
        """Take the mark off the map."""
        self._workbench.canvas.destinationCrsChanged.disconnect(self._mark)
        if self._marker is not None:
            self._workbench.canvas.scene().removeItem(self._marker)
            self._marker = None

    def _mark(self) -> None:
        if self._position is None:
            self.set_marked(False)
            return
        if self._marker is None:
            self._marker = QgsVertexMarker(self._workbench.canvas)
            self._marker.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE)
            self._marker.setColor(_MARK)
            self._marker.setIconSize(self.fontMetrics().height())
            self._marker.setPenWidth(max(2, self.fontMetrics().height() // 6))
        self._marker.setCenter(self._workbench.map_point_of(self._position))
        self._marker.setVisible(True)

    @staticmethod
    def _button(name: str, title: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIcon(theme_icon(icon))
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.setAutoRaise(True)
        return button
