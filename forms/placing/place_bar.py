"""The row of buttons that gives a record its place: by a click on the map, by coordinates, by GPS or from a photo."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QKeyEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...core.standard.errors import OriginMapError
from ..icons import theme_icon
from ..workbench import Workbench
from .by_click import placed_by_click
from .placed import Placed
from .point_tool import PointTool


class PlaceBar(QWidget):
    """Hands on where and how a person placed a point, and shows below itself what they should know about it.

    Signals:
        placed: a :class:`.placed.Placed`; the bar stays in the way of placing it was in.
        armed_changed: whether the next click on the map places a point.
    """

    placed = pyqtSignal(object)
    armed_changed = pyqtSignal(bool)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_place")
        self._workbench = workbench
        self._tool = PointTool(workbench.canvas)
        self._tool.pointed.connect(self.place)
        self._tool.cancelled.connect(self.disarm)
        self._tool.activated.connect(self._activated)
        self._tool.deactivated.connect(self._deactivated)
        self._row = QHBoxLayout()
        self._row.setSpacing(self.fontMetrics().height() // 4)
        self._note = QLabel()
        self._note.setObjectName("originmap_place_note")
        self._note.setWordWrap(True)
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)
        layout.addWidget(self._note)
        self._click = self._add_button(
            "click",
            QCoreApplication.translate("originmap", "On the map"),
            QCoreApplication.translate(
                "originmap", "Click on the map where the site is. Esc or a right click ends it."
            ),
            theme_icon("mActionCapturePoint.svg"),
            self._toggle_click,
        )

    @property
    def armed(self) -> bool:
        """Whether the next click on the map places a point."""
        return self._tool.isActive()

    def arm(self) -> None:
        """Put the map tool on; the focus stays where it is."""
        self._workbench.use_tool(self._tool)

    def disarm(self) -> None:
        """Give the map back the tool it had."""
        if self._tool.isActive():
            self._workbench.give_tool_back()

    def place(self, map_point: QgsPointXY) -> None:
        """Place a point (canvas CRS) as a click there would; what stands against it is told."""
        try:
            placed = placed_by_click(self._workbench, map_point)
        except OriginMapError as error:
            self._workbench.tell_error(error)
        else:
            self._hand_on(placed)

    def clear(self) -> None:
        """Forget what was said about the last point, before the next record."""
        self._note.hide()

    def release(self) -> None:
        """Leave nothing behind on the map."""
        self.disarm()
        self._tool.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends placing by click also while the focus is in the panel."""
        if event.key() == Qt.Key.Key_Escape and self.armed:
            self.disarm()
        else:
            super().keyPressEvent(event)

    def _add_button(self, name: str, title: str, tip: str, icon: QIcon, slot: Callable[[bool], None]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"originmap_place_{name}")
        button.setText(title)
        button.setIcon(icon)
        button.setToolTip(tip)
        button.setAccessibleName(title)
        button.setAccessibleDescription(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        self._row.addWidget(button)
        return button

    def _toggle_click(self, wanted: bool) -> None:
        if wanted:
            self.arm()
        else:
            self.disarm()

    def _activated(self) -> None:
        self._click.setChecked(True)
        self.armed_changed.emit(True)

    def _deactivated(self) -> None:
        """The canvas still has the tool when it says so."""
        self._click.setChecked(False)
        self.armed_changed.emit(False)

    def _hand_on(self, placed: Placed) -> None:
        self._note.setText(placed.warning)
        self._note.setVisible(bool(placed.warning))
        self.placed.emit(placed)
