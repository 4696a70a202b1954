"""The first page: begins or opens a register, and shows how far the open one is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, NamedTuple, Optional

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ...core.coordinates.datum_names import Datum
from ...core.register.came_back import count_came_back
from ...core.register.counts import Counts, count_records
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.register.review_list import ReviewList, own_area
from ...core.review.person import Person
from ...core.review.process import Role
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ...core.vendored import MissingDependency, load
from ..basemaps.adding import add as add_picture
from ..basemaps.adding import open_raster
from ..boundaries.dialog import BoundariesDialog
from ..fitting import scrolling
from ..layer_group import kept_with_register
from ..pages import Page
from ..person import person_of
from ..settings.local_standard import LocalStandardDialog
from ..work import Job, Works
from ..workbench import Workbench
from .new_register import NewRegisterDialog
from .overview import Overview
from .register_place import folder_of
from .sample import Sample, sample_again, sample_job, sample_place
from .template import template_job, template_place
from .welcome import Welcome

# Milliseconds in which several saved records are counted once.
_SETTLE = 400


class _Seen(NamedTuple):
    """What was found out about a register aside.

    ``missing`` is the package its outlines would need; ``returned`` is how many of the person's records came back, and
    how many of these are overdue; ``waiting`` is how many wait for a reviewer's review, none for anybody else.
    """

    path: Path
    counts: Counts
    missing: Optional[MissingDependency]
    returned: tuple[int, int]
    waiting: int


class StartPage(QWidget):
    """Without a register: three choices. With one: its numbers, and what can be done with it."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_start")
        self._workbench = workbench
        self._works = Works()
        self._dialogs: dict[type[QDialog], QDialog] = {}
        self._welcome = Welcome()
        self._overview = Overview()
        self._stack = QStackedWidget()
        for view in (self._welcome, self._overview):
            self._stack.addWidget(scrolling(view))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._count)
        self._connect()
        self._show()

    def enter(self) -> None:
        """The page comes to the front: its numbers are true again."""
        self._show()

    def leave(self) -> None:
        """The page had no map tool; its dialogs stay open beside the map."""

    def release(self) -> None:
        """Leave nothing behind."""
        self._workbench.register_opened.disconnect(self._show)
        self._workbench.register_closed.disconnect(self._show)
        self._workbench.records_changed.disconnect(self._soon)
        self._workbench.profile_changed.disconnect(self._soon)
        self._settled.stop()
        self._works.abandon()
        for dialog in list(self._dialogs.values()):
            dialog.reject()

    def _connect(self) -> None:
        self._workbench.register_opened.connect(self._show)
        self._workbench.register_closed.connect(self._show)
        self._workbench.records_changed.connect(self._soon)
        self._workbench.profile_changed.connect(self._soon)
        self._welcome.new_wanted.connect(self._new)
        self._welcome.open_wanted.connect(self._choose)
        self._welcome.recent_wanted.connect(self._open_text)
        self._welcome.sample_wanted.connect(self._sample)
        self._overview.wanted.connect(self._do)

    # --- what is shown

    def _show(self) -> None:
        session = self._workbench.session
        self._stack.setCurrentIndex(0 if session is None else 1)
        if session is None:
            self._welcome.show_recent(self._workbench.recent_registers())
            return
        try:
            with told_plainly(session.path):
                self._overview.show_session(session, self._workbench.language)
        except OriginMapError as error:
            self._workbench.tell_error(error)
        self._count()

    def _soon(self) -> None:
        self._settled.start()

    def _count(self) -> None:
        """Count aside: with a million records it takes longer than a window may stand still."""
        session = self._workbench.session
        if session is None or not self.isVisible():
            return
        path = session.path
        title = QCoreApplication.translate("originmap", "Counting the records")
        job = _look(path, person_of(self._workbench.profile))
        self._works.start("count", title, job, self._counted, self._not_counted, instead=True)

    def _counted(self, seen: _Seen) -> None:
        if self._workbench.session is not None and self._workbench.session.path == seen.path:
            self._overview.show_counts(seen.counts)
            self._overview.show_returned(*seen.returned)
            self._overview.show_waiting(seen.waiting)
            self._overview.show_missing(seen.missing, self._workbench.language)

    def _not_counted(self, error: OriginMapError) -> None:
        """The file is locked for the moment: the numbers come with the next change."""

    # --- without a register

    def _new(self) -> None:
        self._show_dialog(NewRegisterDialog)

    def _choose(self) -> None:
        translate = QCoreApplication.translate
        title, kinds = translate("originmap", "Open a register"), translate("originmap", "Register (*.gpkg)")
        folder = str(folder_of(self._workbench.profile))
        chosen, _ = QFileDialog.getOpenFileName(self.window(), title, folder, kinds)
        if chosen:
            self._open_text(chosen)

    def _open_text(self, path: str) -> None:
        self._open(Path(path))

    def _open(self, path: Path) -> bool:
        try:
            self._workbench.open(path)
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return False
        return True

    def _sample(self) -> None:
        """The sample that was made before goes on as it was left; a new one is only made when there is none."""
        place = sample_place(self._workbench.profile)
        if not place.is_file():
            self._make_sample(place)
        elif self._open(place):
            translate = QCoreApplication.translate
            self._workbench.tell(
                translate("originmap", "The sample is open as you left it: {path}").format(path=place),
                action=translate("originmap", "Make a fresh one"),
                on_action=self._fresh_sample,
            )

    def _fresh_sample(self) -> None:
        self._make_sample(sample_again(self._workbench.profile))

    def _make_sample(self, place: Path) -> None:
        title = QCoreApplication.translate("originmap", "Making the sample register")
        self._welcome.set_busy(True)
        job = sample_job(place, self._workbench.profile.name)
        self._works.start("sample", title, job, self._sample_made, self._sample_failed)

    def _sample_made(self, sample: Sample) -> None:
        self._welcome.set_busy(False)
        if not self._open(sample.register):
            return
        if sample.aerial is not None:
            self._add_aerial(sample.aerial)
        text = QCoreApplication.translate("originmap", "The sample is ready: {path}").format(path=sample.register)
        self._workbench.tell(text, Qgis.MessageLevel.Success)

    def _add_aerial(self, path: Path) -> None:
        """The sample's aerial picture as a basemap; it lies in CGCS2000, as the records do."""
        session, project = self._workbench.session, QgsProject.instance()
        if session is None or any(layer.source() == str(path) for layer in project.mapLayers().values()):
            return
        picture = open_raster(str(path), QCoreApplication.translate("originmap", "Aerial picture of the sample"))
        with kept_with_register(project, session.path):
            add_picture(project, picture, Datum.CGCS2000)
        # It covers some villages only, and there one can begin at once.
        QTimer.singleShot(0, partial(self._workbench.show_layer, picture))

    def _sample_failed(self, error: OriginMapError) -> None:
        self._welcome.set_busy(False)
        self._workbench.tell_error(error)

    # --- with a register

    def _do(self, wanted: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "import": self._import,
            "template": self._template,
            "boundaries": self._boundaries,
            "standards": self._standards,
            "basemap": self._workbench.basemaps_wanted.emit,
            "queue": self._queue,
            "returned": self._workbench.show_returned,
            "review": self._review,
            "deleted": self._workbench.show_history,
            "close": self._workbench.close,
        }
        actions[wanted]()

    def _import(self) -> None:
        self._workbench.import_wanted.emit("")

    def _queue(self) -> None:
        self._workbench.page_wanted.emit(Page.QUEUE)

    def _review(self) -> None:
        self._workbench.page_wanted.emit(Page.REVIEW)

    def _boundaries(self) -> None:
        self._show_dialog(BoundariesDialog)

    def _standards(self) -> None:
        self._show_dialog(LocalStandardDialog)

    def _template(self) -> None:
        session = self._workbench.session
        if session is None:
            return
        translate = QCoreApplication.translate
        title, kinds = translate("originmap", "Empty collection sheet"), translate("originmap", "Workbook (*.xlsx)")
        proposed = template_place(self._workbench.profile, session.register.county_name)
        chosen, _ = QFileDialog.getSaveFileName(self.window(), title, str(proposed), kinds)
        if chosen:
            job = template_job(session.path, Path(chosen), self._workbench.language)
            self._works.start("template", title, job, self._template_made, self._workbench.tell_error)

    def _template_made(self, path: Path) -> None:
        translate = QCoreApplication.translate
        self._workbench.tell(
            translate("originmap", "The empty collection sheet is ready: {path}").format(path=path),
            Qgis.MessageLevel.Success,
            translate("originmap", "Open"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    # --- work and dialogs

    def _show_dialog(self, kind: type[QDialog]) -> None:
        """One of each kind, beside the window and not in front of it."""
        dialog = self._dialogs.get(kind)
        if dialog is None:
            dialog = kind(self._workbench, self._workbench.iface.mainWindow())
            dialog.finished.connect(self._dialog_closed)
            self._dialogs[kind] = dialog
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _dialog_closed(self) -> None:
        self._dialogs.pop(type(self.sender()), None)


def _waiting(register: Register, person: Person) -> int:
    if person.role is not Role.REVIEWER:
        return 0
    return ReviewList(register, area=own_area(register, person.area_code)).count()


def _look(path: Path, person: Person) -> Job:
    def look(progress: Progress) -> _Seen:
        counts, missing = count_records(path), None
        if counts.divisions:
            try:
                load("shapely")
            except MissingDependency as error:
                missing = error
        with Register.open(path, read_only=True) as register:
            returned = count_came_back(register.connection, person)
            waiting = _waiting(register, person)
        return _Seen(path, counts, missing, returned, waiting)

    return look
