"""Runs inside QGIS (``qgis --code``): tells the process outside where things are on screen and what they show.

Clicks and keys come from outside as events of the X server, as a person's would; here nothing is pressed. A request is
a line of JSON ``[name, arguments]`` on a local socket, the answer a line ``[true, result]`` or ``[false, why]``.
"""

from __future__ import annotations

import faulthandler
import json
import os
import time
import traceback

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExifTools,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject, QPoint, QRect, Qt, QTimer
from qgis.PyQt.QtNetwork import QLocalServer
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QApplication,
    QComboBox,
    QListView,
    QMenu,
    QTabBar,
    QTableWidget,
    QWidget,
)
from qgis.utils import iface, plugins, reloadPlugin, unloadPlugin

from .widgets import (
    bring,
    cell_text,
    index_of,
    is_behind_dialog,
    is_usable,
    middle_of,
    on_screen,
    plain,
    said_by,
    scroll_to,
    widget_of,
)


class Teller(QObject):
    """Answers requests, one method for each; the method's name is the request's."""

    def __init__(self, address: str) -> None:
        super().__init__(iface.mainWindow())
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._connected)
        self._server.listen(address)
        self._slowest = 0.0
        self._beat = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beats)
        self._timer.start()

    # --- where things are

    def where(self, name: str) -> list[int] | None:
        """Middle of a widget on screen, scrolled into sight, its window in front; None when not to be seen."""
        widget = widget_of(name)
        if widget is None or is_behind_dialog(widget):
            return None
        scroll_to(widget)
        bring(widget)
        return middle_of(widget)

    def where_item(self, name: str, text: str) -> list[int] | None:
        """Middle of the item of a list, tree, table or combo popup whose text holds ``text``."""
        widget = widget_of(name)
        view = widget.view() if isinstance(widget, QComboBox) else widget
        if not isinstance(view, QAbstractItemView):
            return None
        index = index_of(view, text)
        if index is None:
            return None
        view.scrollTo(index)
        return on_screen(view.viewport(), view.visualRect(index).center())

    def where_box(self, name: str, text: str) -> list[int] | None:
        """The check box of an item of a list or table."""
        widget = widget_of(name)
        index = index_of(widget, text)
        scroll_to(widget)
        widget.scrollTo(index)
        place = widget.visualRect(index)
        return on_screen(widget.viewport(), QPoint(place.left() + place.height() // 2, place.center().y()))

    def where_right(self, name: str) -> list[int] | None:
        """Where a field has the arrow that opens its list or calendar."""
        spot = self.where(name)
        return spot and [spot[0] + widget_of(name).width() // 2 - 8, spot[1]]

    def where_tab(self, name: str, number: int) -> list[int] | None:
        """Middle of a tab of a tab bar, or of the bar of a tab widget."""
        widget = widget_of(name)
        bar = widget if isinstance(widget, QTabBar) else widget.tabBar()
        return on_screen(bar, bar.tabRect(number).center())

    def where_button(self, text: str) -> list[int] | None:
        """Middle of the button that says ``text``, its mnemonic left out, in any window that can be used."""
        for widget in QApplication.allWidgets():
            if isinstance(widget, QAbstractButton) and is_usable(widget) and plain(widget.text()) == text:
                bring(widget)
                return middle_of(widget)
        return None

    def where_action(self, name: str) -> list[int] | None:
        """Middle of an action of that name in a menu or tool bar that can be seen."""
        for action in iface.mainWindow().findChildren(QAction, name):
            for widget in action.associatedWidgets():
                if not widget.isVisible():
                    continue
                if isinstance(widget, QMenu):
                    return on_screen(widget, widget.actionGeometry(action).center())
                button = getattr(widget, "widgetForAction", lambda _: None)(action)
                if button is not None and button.isVisible():
                    return on_screen(button, button.rect().center())
        return None

    def where_place(self, longitude: float, latitude: float) -> list[int]:
        """The pixel of the map canvas at a place in CGCS2000 degrees."""
        canvas = iface.mapCanvas()
        crs = QgsCoordinateReferenceSystem("EPSG:4490")
        change = QgsCoordinateTransform(crs, canvas.mapSettings().destinationCrs(), QgsProject.instance())
        point = canvas.getCoordinateTransform().transform(change.transform(QgsPointXY(longitude, latitude)))
        return on_screen(canvas.viewport(), QPoint(round(point.x()), round(point.y())))

    def frame(self, name: str) -> list[int] | None:
        """Left, top, width and height of a widget on screen."""
        widget = widget_of(name)
        if widget is None:
            return None
        size = widget.size() * widget.devicePixelRatioF()
        return [*on_screen(widget, QPoint(0, 0)), size.width(), size.height()]

    # --- what they show

    def text(self, name: str) -> str | None:
        """What a widget says."""
        widget = widget_of(name)
        for way in ("text", "currentText", "toPlainText", "title", "windowTitle"):
            if callable(getattr(widget, way, None)):
                return str(getattr(widget, way)())
        return None

    def enabled(self, name: str) -> bool:
        """Whether a widget can be seen and used."""
        widget = widget_of(name)
        return widget is not None and is_usable(widget)

    def checked(self, name: str) -> bool:
        """Whether a button or an action is on."""
        widget = widget_of(name)
        return widget is not None and widget.isChecked()

    def focus(self) -> str:
        """Name and class of the widget that the keys go to."""
        widget = QApplication.focusWidget()
        return "" if widget is None else f"{widget.objectName()}:{type(widget).__name__}"

    def field(self) -> str:
        """The field of the record form that the keys go to; empty outside the form."""
        widget, form = QApplication.focusWidget(), widget_of("originmap_form")
        while widget is not None and form is not None:
            if widget.objectName() in form.values():
                return widget.objectName()
            widget = widget.parentWidget()
        return ""

    def choices(self) -> list[str]:
        """The entries of the combo box or the table of check boxes that the keys go to, in the order of the arrows."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QComboBox):
            return [widget.itemText(number) for number in range(widget.count())]
        if isinstance(widget, QTableWidget):
            return [cell_text(widget, number) for number in range(widget.rowCount() * widget.columnCount())]
        if isinstance(widget, QListView):  # a combo box that is open
            return [str(widget.model().index(row, 0).data()) for row in range(widget.model().rowCount())]
        return []

    def chosen(self) -> int:
        """Which of :meth:`choices` the arrows stand on."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QTableWidget):
            return max(widget.currentRow(), 0) * widget.columnCount() + max(widget.currentColumn(), 0)
        if isinstance(widget, QListView):
            return widget.currentIndex().row()
        return widget.currentIndex() if isinstance(widget, QComboBox) else -1

    def product(self) -> str:
        """The product that the next record will be about."""
        picker = widget_of("originmap_variety")
        return "" if picker is None else picker.code

    def value(self, field: str) -> object:
        """What the form holds for a field."""
        form = widget_of("originmap_form")
        return None if form is None else form.values().get(field)

    def messages(self) -> list[str]:
        """What stands in the message bar, newest first."""
        return [item.text() for item in iface.messageBar().items()]

    def names(self, prefix: str = "originmap_") -> list[str]:
        """Names of the widgets that can be seen, with their texts; for writing scenarios."""
        shown = [w for w in QApplication.allWidgets() if w.objectName().startswith(prefix) and w.isVisible()]
        return sorted(f"{w.objectName()} {type(w).__name__} {said_by(w)!r}" for w in shown)

    def extent(self) -> list[float]:
        """West, south, east, north of the map in the canvas's CRS."""
        box = iface.mapCanvas().extent()
        return [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]

    def idle(self) -> bool:
        """Whether the map is drawn and no task of ours is under way."""
        return not iface.mapCanvas().isDrawing() and not QgsApplication.taskManager().countActiveTasks()

    def layers(self) -> list[str]:
        """Names of the project's layers."""
        return [layer.name() for layer in QgsProject.instance().mapLayers().values()]

    def stall(self) -> float:
        """The longest time in seconds that the window stood still since the last time this was asked."""
        longest, self._slowest = self._slowest, 0.0
        return longest

    # --- what no person does by hand

    def ready(self) -> bool:
        """Whether the plugin is loaded and the window is up."""
        return "originmap" in plugins and iface.mainWindow().isVisible()

    def clipboard(self, text: str) -> bool:
        """Put a text where Ctrl+V takes it from: Chinese comes from an input method, which Xvfb has none of."""
        QApplication.clipboard().setText(text)
        return True

    def activate(self) -> bool:
        """Bring the foremost window to the keys: without a window manager nobody else does."""
        modal = QApplication.activeModalWidget()
        window = modal or QApplication.activeWindow() or iface.mainWindow()
        window.activateWindow()
        return True

    def resize(self, width: int, height: int) -> bool:
        """Lay the main window over the whole screen."""
        window = iface.mainWindow()
        window.showNormal()
        window.setGeometry(QRect(0, 0, width, height))
        window.activateWindow()
        return True

    def dock_width(self, width: int) -> int:
        """Make our dock so many pixels wide, as by its border; gives the width it has."""
        dock = widget_of("originmap_dock")
        iface.mainWindow().resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        return dock.width()

    def tag_photo(self, path: str, longitude: float, latitude: float) -> bool:
        """Write a place into a photo, as a phone does."""
        return QgsExifTools.geoTagImage(path, QgsPointXY(longitude, latitude))

    def show(self, longitude: float, latitude: float, radius: float) -> bool:
        """Move the map to a place (CGCS2000 degrees) with so many metres around it, as wheel and hand would."""
        plugins["originmap"]._desktop.workbench.go_to((longitude, latitude), radius)
        return True

    def edit_records(self) -> bool:
        """Take QGIS's own tools to the records: their layer is the current one and open for editing."""
        layer = plugins["originmap"]._desktop.workbench.session.layer
        iface.setActiveLayer(layer)
        return layer.startEditing()

    def page_of(self, form: str, field: str) -> int | None:
        """Which tab has to be clicked to see a field of a form; -1 for the one in front, None for no such field."""
        tabs = widget_of(f"{form}>:QTabWidget")
        for number in range(tabs.count()):
            if any(not widget.isHidden() for widget in tabs.widget(number).findChildren(QWidget, field)):
                return -1 if number == tabs.currentIndex() else number
        return None

    def hide_docks(self) -> bool:
        """Close the docks and tool bars of QGIS that have nothing to do with the scenario."""
        for dock in ("Browser", "Browser2", "LayerOrder", "Overview"):
            widget = iface.mainWindow().findChild(QWidget, dock)
            if widget is not None:
                widget.hide()
        return True

    def options(self, page: str) -> bool:
        """Open the options of QGIS at a page, as its menu does."""
        QTimer.singleShot(0, lambda: iface.showOptionsDialog(iface.mainWindow(), page))
        return True

    def reload(self) -> bool:
        """Take the plugin away and load it again."""
        return bool(reloadPlugin("originmap")) or "originmap" in plugins

    def unload(self) -> bool:
        """Take the plugin away."""
        return bool(unloadPlugin("originmap"))

    def left_behind(self) -> list[str]:
        """Widgets and actions of ours that are still there."""
        window = iface.mainWindow()
        known = [*QApplication.allWidgets(), *window.findChildren(QAction), *QgsGui.shortcutsManager().listActions()]
        return sorted({thing.objectName() for thing in known if thing.objectName().startswith("originmap_")})

    def run(self, code: str) -> object:
        """Evaluate an expression in the window, for what has no answer of its own."""
        return eval(code, {"iface": iface, "plugins": plugins, "QApplication": QApplication, "QgsProject": QgsProject})

    def leave(self) -> bool:
        """Close QGIS as its menu does, without being asked about the project."""
        QTimer.singleShot(0, _leave)
        return True

    # --- the socket

    def _connected(self) -> None:
        self._socket = self._server.nextPendingConnection()
        self._socket.readyRead.connect(self._read)

    def _read(self) -> None:
        while self._socket.canReadLine():
            name, arguments = json.loads(bytes(self._socket.readLine()).decode())
            try:
                answer = [True, getattr(self, name)(*arguments)]
            except Exception:  # noqa: BLE001 - what goes wrong is told outside
                answer = [False, traceback.format_exc()]
            self._socket.write(json.dumps(answer).encode() + b"\n")
            self._socket.flush()

    def _beats(self) -> None:
        now = time.perf_counter()
        self._slowest = max(self._slowest, now - self._beat - self._timer.interval() / 1000)
        self._beat = now


def _leave() -> None:
    QgsProject.instance().setDirty(False)
    iface.actionExit().trigger()


faulthandler.enable()  # where it was in Python when QGIS crashed
teller = Teller(os.environ["ORIGINMAP_DESKTOP"])
