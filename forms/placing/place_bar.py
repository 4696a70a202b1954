"""The row of buttons that gives a record its place: by a click on the map, by coordinates, by GPS or from a photo."""

from __future__ import annotations

from typing import Callable, Optional, Union

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...core.standard.errors import OriginMapError
from ..icons import theme_icon
from ..workbench import Workbench
from .by_click import placed_by_click
from .gps import GpsPanel
from .photo import PhotoPanel
from .placed import Placed
from .point_tool import PointTool
from .typed import TypedPanel
from .words import Words

# The row's width in heights of a line: what 340 pixels are at the usual size of the font.
_ROW_LINES = 19
# Whether the next click places a point has to be seen at a glance, also in the dark theme.
_CHOSEN = (
    "PlaceBar > QToolButton:checked { background: palette(highlight); color: palette(highlighted-text);"
    " border: 1px solid palette(highlight); border-radius: 2px; }"
    "PlaceBar > QToolButton:checked:focus { border-color: palette(text); }"
)
WayPanel = Union[TypedPanel, GpsPanel, PhotoPanel]


class PlaceBar(QWidget):
    """Hands on where and how a person placed a point, and shows below itself what they should know about it.

    One way at a time: while the panel of another way is open, a click on the map places nothing. Warnings are shown
    here; a page need not tell them again.

    Signals:
        placed: a :class:`.placed.Placed`.
        armed_changed: whether the next click on the map places a point.
    """

    placed = pyqtSignal(object)
    armed_changed = pyqtSignal(bool)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_place")
        self._workbench = workbench
        self._makers: dict[str, Callable[[], WayPanel]] = {
            "typed": lambda: TypedPanel(workbench.language),
            "gps": lambda: GpsPanel(workbench),
            "photo": lambda: PhotoPanel(workbench),
        }
        self._panels: dict[str, WayPanel] = {}
        self._open_way = self._folded = ""
        self._click_waits = False
        self._typed = False
        self._buttons: dict[str, QToolButton] = {}
        self._arrange()
        self._tool = PointTool(workbench.canvas)
        self._tool.pointed.connect(self.place)
        self._tool.cancelled.connect(self._give_tool_back)
        self._tool.activated.connect(self._activated)
        self._tool.deactivated.connect(self._deactivated)

    @property
    def armed(self) -> bool:
        """Whether the next click on the map places a point."""
        return self._tool.isActive()

    def arm(self) -> None:
        """Wait for a place by the way that was used last; the focus stays where it is."""
        way = self._open_way or self._folded
        if way:
            self._show_panel(way)
            self._click_waits = True
        else:
            self._workbench.use_tool(self._tool)

    def disarm(self) -> None:
        """Wait no more: give the map back the tool it had and fold the panel, so that the form gets its room."""
        self._give_tool_back()
        self._click_waits = False
        open_way = self._open_way
        if open_way:
            self._show_panel("")
            self._folded = open_way

    def place(self, map_point: QgsPointXY) -> None:
        """Place a point (canvas CRS) as a click there would; what stands against it is told."""
        try:
            placed = placed_by_click(self._workbench, map_point)
        except OriginMapError as error:
            self._workbench.tell_error(error)
        else:
            self._hand_on(placed)

    def hush(self) -> None:
        """Take back what was said about the last point, where the page says it itself."""
        self._note.setText("")
        self._show_note()

    def clear(self) -> None:
        """Forget everything about the last point, before the next record: nothing late or left over may hit it."""
        self.hush()
        for panel in self._panels.values():
            panel.reset()

    def release(self) -> None:
        """Leave nothing behind on the map."""
        self._give_tool_back()
        self._tool.deleteLater()
        for panel in self._panels.values():
            panel.release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the open panel, and then ends placing by click."""
        if event.key() != Qt.Key.Key_Escape or not (self._open_way or self.armed):
            super().keyPressEvent(event)
        elif self._open_way:
            self._buttons[self._open_way].setFocus()
            self._close_panel()
        else:
            self._give_tool_back()

    def _give_tool_back(self) -> None:
        if self._tool.isActive():
            self._workbench.give_tool_back()

    def _arrange(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(max(self.fontMetrics().height() // 6, 1))
        self._note = Words("originmap_place_note")
        self._note.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._row)
        self._layout.addWidget(self._note)
        self.setStyleSheet(_CHOSEN)
        translate = QCoreApplication.translate
        self._add_button(
            "click",
            translate("originmap", "On map"),
            translate("originmap", "Click on the map where the site is. Esc or a right click ends it."),
            "mActionCapturePoint.svg",
        )
        self._add_button(
            "typed",
            translate("originmap", "Coordinates"),
            translate("originmap", "Type or paste coordinates in any notation"),
            "mIconVertexCoordinates.svg",
        )
        self._add_button(
            "gps",
            translate("originmap", "GPS"),
            translate("originmap", "Take the position of a GPS receiver that is connected to QGIS"),
            "mIconGps.svg",
        )
        self._add_button(
            "photo",
            translate("originmap", "Photo"),
            translate("originmap", "Take the position from a photo of a phone, and keep the photo as evidence"),
            "mIconCamera.svg",
        )
        self._fit_row()

    def _fit_row(self) -> None:
        """Texts go under the icons where they are too long to stand beside them in a narrow dock."""
        width = sum(button.sizeHint().width() for button in self._buttons.values())
        if width > _ROW_LINES * self.fontMetrics().height():
            for button in self._buttons.values():
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)

    def _add_button(self, name: str, title: str, tip: str, icon: str) -> None:
        button = QToolButton()
        button.setObjectName(f"originmap_place_{name}")
        button.setText(title)
        button.setIcon(theme_icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(title)
        button.setAccessibleDescription(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._pressed)
        self._row.addWidget(button)
        self._buttons[name] = button

    def _pressed(self, wanted: bool) -> None:
        name = next(name for name, button in self._buttons.items() if button is self.sender())
        if name == "click":
            self._show_panel("")
            if wanted:
                self._workbench.use_tool(self._tool)
            else:
                self._give_tool_back()
        elif wanted:
            self._open_panel(name)
        else:
            self._close_panel()

    def _open_panel(self, way: str) -> None:
        self._click_waits = self._click_waits or self.armed
        self._give_tool_back()
        self._show_panel(way)
        self._panels[way].begin()

    def _close_panel(self) -> None:
        """Back to clicking on the map, when that was left for the panel."""
        self._show_panel("")
        if self._click_waits:
            self._workbench.use_tool(self._tool)

    def _show_panel(self, wanted: str) -> None:
        """Open the panel of one way and close the others; an empty name closes all."""
        if wanted and wanted not in self._panels:
            panel = self._panels[wanted] = self._makers[wanted]()
            panel.placed.connect(self._hand_on)
            self._layout.insertWidget(1, panel)
        for name, panel in self._panels.items():
            panel.setVisible(name == wanted)
            self._buttons[name].setChecked(name == wanted)
        self._open_way, self._folded = wanted, ""
        self._show_note()

    def _activated(self) -> None:
        self._click_waits = False
        self._buttons["click"].setChecked(True)
        self.armed_changed.emit(True)

    def _deactivated(self) -> None:
        """The canvas still has the tool when it says so."""
        self._buttons["click"].setChecked(False)
        self.armed_changed.emit(False)

    def _hand_on(self, placed: Placed) -> None:
        self._typed = isinstance(self.sender(), TypedPanel)
        self._note.setText(placed.warning)
        self._show_note()
        self.placed.emit(placed)

    def _show_note(self) -> None:
        """Typed coordinates have their warning beside them while their panel is open."""
        beside = self._typed and self._open_way == "typed"
        self._note.setVisible(bool(self._note.text()) and not beside)
