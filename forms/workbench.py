"""What all pages share: the open register, the map, who works here, and the ways to tell a person something."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgsGui, QgsMapTool
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QWidget

from ..core.compat import transform_between
from ..core.locale import language
from ..core.onemap.reading import named_as_share
from ..core.register.editing import Saved
from ..core.register.errors import RegisterError
from ..core.register.register import Register
from ..core.register.rows import Position
from ..core.standard.errors import OriginMapError
from . import layer_group
from .news import News
from .pages import Page
from .profile import Profile
from .session import Session, renewed_form
from .window_keys import WindowKeys

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMapCanvas

_LOG = logging.getLogger(__name__)
_LAST = "originmap/last_register"
_RECENT = "originmap/recent_registers"
_RECENT_SHOWN = 8
_PERSON_VARIABLE = "originmap_user"
_REGISTER_CRS = "EPSG:4490"
_METRES_PER_DEGREE = 111_320.0
_AIR_AROUND = 1.6
_AIR_AROUND_LAYER = 1.05
# Metres around the centre of a county whose size the gazetteer does not know.
_COUNTY_RADIUS = 30_000.0
_CHINA, _CHINA_RADIUS = (104.5, 35.0), 1_500_000.0
# Tiles of imagery come in Web Mercator; drawn in it they stay sharp.
_PROJECT_CRS = "EPSG:3857"


class Workbench(QObject):
    """One per loaded plugin; pages get it as their only argument and leave the window as they found it."""

    register_opened = pyqtSignal()
    register_closed = pyqtSignal()
    records_changed = pyqtSignal(str)
    record_wanted = pyqtSignal(str)
    history_wanted = pyqtSignal(str)
    returned_wanted = pyqtSignal()
    page_wanted = pyqtSignal(object)
    import_wanted = pyqtSignal(str)
    basemaps_wanted = pyqtSignal()
    profile_changed = pyqtSignal()

    def __init__(self, iface: QgisInterface, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.canvas: QgsMapCanvas = iface.mapCanvas()
        self.session: Optional[Session] = None
        self.profile = Profile.load()
        self._tool: Optional[QgsMapTool] = None
        self._tool_before: Optional[QgsMapTool] = None
        self._keys: list[WindowKeys] = []
        self._news = News(iface)
        self._name_person()
        QgsProject.instance().readProject.connect(self._project_read)
        QgsProject.instance().layersWillBeRemoved.connect(self._layers_go)

    @property
    def language(self) -> str:
        """``zh`` or ``en``, for the sentences of errors and findings."""
        return language()

    # --- the register

    def resume(self) -> None:
        """Open the register of the project, else the one that was open last; silent when neither is there."""
        self._go_on_with(layer_group.register_in(QgsProject.instance()) or self.last_register())

    def last_register(self) -> Optional[Path]:
        """The register that was open last."""
        kept = QgsSettings().value(_LAST, "", type=str)
        return Path(kept) if kept else None

    def recent_registers(self) -> list[Path]:
        """Registers opened before that are still there, the latest first.

        Those on a share are not looked at: a computer that is switched off would keep the window waiting.
        """
        kept = QgsSettings().value(_RECENT, []) or []
        paths = [Path(entry) for entry in ([kept] if isinstance(kept, str) else kept)]
        return [path for path in paths if named_as_share(path) or path.is_file()]

    def open(self, path: Path) -> None:
        """Open a register: its project when the window is blank and there is one, its layers, its records' editor.

        Raises:
            RegisterError: it cannot be opened; what was open before is still open.
        """
        path = path.resolve()
        with Register.open(path, read_only=True) as register:
            county, behind = register.county_name, register.form_is_behind
        self.close()
        renewed = behind and renewed_form(path)
        project = QgsProject.instance()
        beside = layer_group.project_beside(path)
        if layer_group.is_blank(project) and beside.is_file():
            self._read_project(beside)
        if layer_group.register_in(project) == path:
            self._begin(path, layer_group.put_into(project, path, county), renewed)
            return
        blank = layer_group.is_blank(project)
        self._begin(path, layer_group.put_into(project, path, county), renewed)
        if blank:
            # Only after QGIS has given a blank project the reference system and the extent of its first layer.
            QTimer.singleShot(0, self._settle_project)

    def close(self) -> None:
        """Close the register: with its own project, which is saved; out of a person's project go its layers."""
        session = self._end()
        if session is None:
            return
        project = QgsProject.instance()
        if not layer_group.is_own(project, session.path):
            layer_group.take_out(project, session.path)
            return
        if project.isDirty():
            project.write()
        self.iface.newProject(False)

    def refresh(self, restyle: bool = False) -> None:
        """Read everything about the register anew: its outlines, lists, standard and counts.

        Args:
            restyle: also the style and form, which follow from the county's own standard.
        """
        session = self._end()
        if session is None:
            return
        if restyle:
            session.layer.loadDefaultStyle()
        for layer in (session.layer, layer_group.divisions_in(QgsProject.instance(), session.path)):
            if layer is not None:
                layer.reload()
                layer.triggerRepaint()
        try:
            self._begin(session.path, session.layer)
        except RegisterError as error:
            self.tell_error(error)  # and closed: the file was moved or damaged meanwhile

    def _settle_project(self) -> None:
        """A project that was blank gets the reference system of imagery, and shows the county."""
        if self.session is None:
            return
        QgsProject.instance().setCrs(QgsCoordinateReferenceSystem(_PROJECT_CRS))
        self.show_county()
        # Apart, so that the window answers in between.
        QTimer.singleShot(0, self._keep_project)

    def _keep_project(self) -> None:
        """A project that was blank is the register's own from now on."""
        if self.session is None:
            return
        project = QgsProject.instance()
        beside = layer_group.project_beside(self.session.path)
        if not project.fileName() and not beside.exists():
            project.write(str(beside))

    def _begin(self, path: Path, layer: QgsVectorLayer, renewed: bool = False) -> None:
        self.session = Session(path, layer, self.profile.name)
        if renewed:
            layer_group.renew_form(QgsProject.instance(), self.session)
            text = QCoreApplication.translate(
                "originmap",
                "The register was made by an earlier version. Its form and code lists are those of this version now; "
                "the records are as they were.",
            )
            self.tell(text)
        if self.session.repaired:
            self.tell(self.session.repaired.sentence(self.language), Qgis.MessageLevel.Warning)
        self.session.editor.saved.connect(self._saved)
        self._remember(path)
        self.register_opened.emit()

    def _end(self) -> Optional[Session]:
        session, self.session = self.session, None
        if session is None:
            return None
        self.give_tool_back()
        session.editor.saved.disconnect(self._saved)
        session.close()
        self.register_closed.emit()
        return session

    def _layers_go(self, layer_ids: list[str]) -> None:
        """A person removed the records from the project, or opened another one."""
        if self.session is not None and self.session.layer.id() in layer_ids:
            self._end()

    def _project_read(self) -> None:
        self._go_on_with(layer_group.register_in(QgsProject.instance()))

    def _go_on_with(self, path: Optional[Path]) -> None:
        if path is None or self.session is not None or not path.is_file():
            return
        try:
            self.open(path)
        except OriginMapError as error:
            self.tell_error(error)

    def _read_project(self, path: Path) -> None:
        """Open a project without taking its register for one that a person opened."""
        project = QgsProject.instance()
        project.readProject.disconnect(self._project_read)
        try:
            self.iface.addProject(str(path))
        finally:
            project.readProject.connect(self._project_read)

    def _saved(self, saved: Saved) -> None:
        self.records_changed.emit(saved.uid)

    def _remember(self, path: Path) -> None:
        settings = QgsSettings()
        settings.setValue(_LAST, str(path))
        recent = [path, *(other for other in self.recent_registers() if other != path)]
        settings.setValue(_RECENT, [str(entry) for entry in recent[:_RECENT_SHOWN]])

    # --- the person

    def set_profile(self, profile: Profile) -> None:
        """Another person, or other habits; kept in the QGIS profile."""
        self.profile = profile
        profile.save()
        self._name_person()
        if self.session is not None:
            self.session.editor.person = profile.name
        self.profile_changed.emit()

    def _name_person(self) -> None:
        """The register's form writes who edited from this variable, also in the attribute table."""
        QgsExpressionContextUtils.setGlobalVariable(_PERSON_VARIABLE, self.profile.name or None)

    # --- telling

    def tell(
        self,
        text: str,
        level: Qgis.MessageLevel = Qgis.MessageLevel.Info,
        action: str = "",
        on_action: Optional[Callable[[], None]] = None,
        until: Optional[Page] = None,
    ) -> None:
        """Say an outcome in the message bar, with a button that leads on.

        It takes the place of what was said before, but for what a person must not miss: errors, and warnings that lead
        somewhere stay until they are closed, their button is used or the page ``until`` comes to the front.
        """
        self._news.tell(text, level, action, on_action, until)

    def settled(self, text: str) -> None:
        """What was told in these words no longer holds: it goes out of the message bar."""
        self._news.settled(text)

    def entered(self, page: Page) -> None:
        """A page that a message leads to has come to the front."""
        self._news.entered(page)

    def tell_error(self, error: OriginMapError) -> None:
        """Say what happened and what to do; the details go to the log."""
        _LOG.info("%s: %s", error.code, error.details)
        self.tell(error.sentence(self.language), Qgis.MessageLevel.Warning)

    # --- the map

    def position_of(self, map_point: QgsPointXY) -> Position:
        """Longitude and latitude (CGCS2000 degrees) of a point in the canvas's CRS."""
        point = self._to_register().transform(map_point)
        return point.x(), point.y()

    def map_point_of(self, position: Position) -> QgsPointXY:
        """The point in the canvas's CRS of a longitude and latitude (CGCS2000 degrees)."""
        return self._to_register().transform(QgsPointXY(*position), Qgis.TransformDirection.Reverse)

    def go_to(self, position: Position, radius_metres: float = 60.0) -> None:
        """Show a place (CGCS2000 degrees) with at least ``radius_metres`` around it."""
        longitude, latitude = position
        height = radius_metres * _AIR_AROUND / _METRES_PER_DEGREE
        box = QgsRectangle(longitude - height, latitude - height, longitude + height, latitude + height)
        self.canvas.setExtent(self._to_register().transformBoundingBox(box, Qgis.TransformDirection.Reverse))
        self.canvas.refresh()

    def show_county(self) -> None:
        """Show all of the county: its outlines, else its records, else the surroundings of its centre."""
        if self.session is None:
            return
        for layer in (layer_group.divisions_in(QgsProject.instance(), self.session.path), self.session.layer):
            if layer is not None and not layer.extent().isEmpty():
                self.show_layer(layer)
                return
        county = self.session.gazetteer.division(self.session.register.county_code)
        if county is not None and county.longitude is not None and county.latitude is not None:
            self.go_to((county.longitude, county.latitude), county.radius or _COUNTY_RADIUS)
        else:
            self.go_to(_CHINA, _CHINA_RADIUS)

    def show_layer(self, layer: QgsMapLayer) -> None:
        """Show all of a layer."""
        box = self.canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        box.scale(_AIR_AROUND_LAYER)
        self.canvas.setExtent(box)
        self.canvas.refresh()

    def _to_register(self) -> QgsCoordinateTransform:
        crs = self.canvas.mapSettings().destinationCrs()
        context = QgsProject.instance().transformContext()
        return transform_between(crs, QgsCoordinateReferenceSystem(_REGISTER_CRS), context)

    def use_tool(self, tool: QgsMapTool) -> None:
        """Put a map tool on; the one that was there comes back by :meth:`give_tool_back`."""
        if self.canvas.mapTool() is not tool:
            if self._tool is None or self.canvas.mapTool() is not self._tool:
                self._tool_before = self.canvas.mapTool()
            self._tool = tool
            self.canvas.setMapTool(tool)

    def give_tool_back(self) -> None:
        """Give the map the tool that it had before ours, unless the person has taken another one since."""
        ours, before = self._tool, self._tool_before
        self._tool = self._tool_before = None
        if ours is None or self.canvas.mapTool() is not ours:
            return
        self.canvas.unsetMapTool(ours)
        if before is not None:
            self.canvas.setMapTool(before)

    # --- leading on

    def show_record(self, uid: str) -> None:
        """Open a record in the collect page."""
        self.page_wanted.emit(Page.COLLECT)
        self.record_wanted.emit(uid)

    def show_history(self, uid: str = "") -> None:
        """Show what happened to a record, over the page in front; without a uid the records that were deleted."""
        self.history_wanted.emit(uid)

    def show_returned(self) -> None:
        """Open the list of what the reviewer returned, in the collect page."""
        self.page_wanted.emit(Page.COLLECT)
        self.returned_wanted.emit()

    def add_action(self, name: str, title: str, keys: str, slot: Callable[[], None], owner: QWidget) -> QAction:
        """An action with keys that a person can change among QGIS's own, active while ``owner`` can be seen."""
        action = QAction(title, owner)
        action.setObjectName(f"originmap_{name}")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(slot)
        QgsGui.shortcutsManager().registerAction(action, keys)
        self._keys.append(WindowKeys(action, owner, self.iface.mainWindow()))
        return action

    def release(self) -> None:
        """Leave the window as it was before the plugin came; the layers stay where they are."""
        self._end()
        QgsProject.instance().readProject.disconnect(self._project_read)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._layers_go)
        for keys in self._keys:
            QgsGui.shortcutsManager().unregisterAction(keys.action)
            keys.release()
        self._keys.clear()
        self._news.withdraw_all()
        QgsExpressionContextUtils.removeGlobalVariable(_PERSON_VARIABLE)
