"""What happened to a record, over the page it was asked for on: its steps, the version of each, and the way back."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ...core.register.changing import restore
from ...core.register.errors import RegisterError
from ...core.register.history import deleted
from ...core.register.register import Register
from ...core.review.comparing import Version, differences
from ...core.review.process import Event
from ...core.review.transitions import verdict
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..ask_bar import AskBar
from ..field_words import FieldWords
from ..icons import theme_icon
from ..label import wrapped_label
from ..person import person_of
from ..placing.moved import MovedMarks
from ..told_list import ToldList
from ..wording import moment_text
from ..work import Job, Works
from ..workbench import Workbench
from .deleted_list import DeletedList
from .life import Life, life_of, version_of
from .telling import told
from .version_panel import VersionPanel

_CLOSE = 60.0
_NAMED = 4


class HistoryView(QWidget):
    """A record's timeline, or the list of the deleted ones; the map shows where the record was then and is now.

    Signals:
        left: the person goes back to the page.
    """

    left = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_history")
        translate = QCoreApplication.translate
        self._workbench = workbench
        self._works = Works()
        self._marks = MovedMarks(workbench.canvas)
        self._life: Optional[Life] = None
        self._number = 0
        self._from_list = False
        self._back = QPushButton(theme_icon("mActionArrowLeft.svg"), translate("originmap", "Back"))
        self._back.setObjectName("originmap_history_back")
        self._back.clicked.connect(self.go_back)
        self._title = wrapped_label("originmap_history_title")
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self.deleted = DeletedList()
        self.deleted.chosen.connect(self._open_deleted)
        self.timeline = ToldList(
            "originmap_history_steps", translate("originmap", "What happened to the record"), joined=True
        )
        self.timeline.chosen.connect(self._look_at)
        self.version = VersionPanel()
        self.version.restore_wanted.connect(self._ask_restore)
        self.version.place_wanted.connect(self._go_to_place)
        self.ask = AskBar()
        self._arrange()
        workbench.register_closed.connect(self._closed)

    # --- what is shown

    def show_record(self, uid: str) -> None:
        """The timeline of a record, its present version at hand."""
        self._from_list = False
        self._show(uid)

    def show_deleted(self) -> None:
        """The records that were deleted, looked for aside: a large history takes a while."""
        session = self._workbench.session
        if session is None:
            return
        translate = QCoreApplication.translate
        self._leave_record()
        self._title.setText(translate("originmap", "Deleted records"))
        self._stack.setCurrentWidget(self.deleted)
        self.deleted.tell(translate("originmap", "Looking for them…"))
        title = translate("originmap", "Looking for deleted records")
        job = partial(_look_for_deleted, session.path)
        self._works.start("deleted", title, job, self._show_found, self._failed, instead=True)

    def enter(self) -> None:
        """The panel can be seen again: what is shown is read anew."""
        if self._life is not None:
            self._show(self._life.uid)

    def leave(self) -> None:
        """Nothing of it stays on the map."""
        self.ask.dismiss()
        self._marks.clear()

    def release(self) -> None:
        """Leave nothing behind."""
        self._works.abandon()
        self._marks.release()
        self._workbench.register_closed.disconnect(self._closed)

    def go_back(self) -> None:
        """To the list where the record was found in it, else to the page."""
        if self._life is not None and self._from_list:
            self.show_deleted()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # --- within

    def _arrange(self) -> None:
        record = QSplitter(Qt.Orientation.Vertical)
        record.setChildrenCollapsible(False)
        record.addWidget(self.timeline)
        record.addWidget(self.version)
        record.setStretchFactor(0, 3)
        record.setStretchFactor(1, 2)
        self._record = record
        self._stack = QStackedWidget()
        self._stack.addWidget(record)
        self._stack.addWidget(self.deleted)
        head = QHBoxLayout()
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.ask)

    @property
    def _words(self) -> FieldWords:
        session = self._workbench.session
        return FieldWords(session.standard, self._workbench.language, self._workbench.profile.masked)

    def _show(self, uid: str) -> None:
        session = self._workbench.session
        if session is None:
            return
        self.ask.dismiss()
        try:
            self._life = life_of(session, uid)
        except RegisterError as error:
            self._workbench.tell_error(error)
            self.left.emit()
            return
        words = self._words
        self._stack.setCurrentWidget(self._record)
        self._title.setText(self._name(words))
        self.timeline.show_told([told(entry, words, self._workbench.language) for entry in self._life.entries])
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, words: FieldWords) -> str:
        life = self._life
        values = (life.present or version_of(self._workbench.session, life, 0)).values
        producer = str(values.get("producer_name") or "")
        name = producer or QCoreApplication.translate("originmap", "record without a producer")
        parts = (name, words.value("variety", values.get("variety")), str(values.get("cycle") or ""))
        return " · ".join(filter(None, parts))

    def _look_at(self, number: int) -> None:
        session, life = self._workbench.session, self._life
        if session is None or life is None:
            return
        self.ask.dismiss()
        self._number = number
        try:
            then = version_of(session, life, number)
        except RegisterError as error:
            self._workbench.tell_error(error)
            return
        self.version.show_version(self._version_title(number), then, life.present, self._words)
        self.version.allow(*self._may_restore(number))
        self._draw(then)

    def _version_title(self, number: int) -> str:
        translate = QCoreApplication.translate
        life, entry = self._life, self._life.entries[number]
        if life.entry_to_restore(number) is None:
            return translate("originmap", "The record as it is now")
        at = moment_text(entry.at)
        if life.present is None and number == 0:
            return translate("originmap", "The record before it was deleted {at}").format(at=at)
        return translate("originmap", "The record as of {at}").format(at=at)

    def _may_restore(self, number: int) -> tuple[bool, str]:
        """Whether the version can be restored, and the sentence why not where there is something to say."""
        session, life = self._workbench.session, self._life
        if life.entry_to_restore(number) is None or self._works.running("restore") is not None:
            return False, ""
        if session.read_only is not None:
            return False, session.read_only.sentence(self._workbench.language)
        if life.state is None:
            return True, ""
        found = verdict(life.state, Event.RESTORE, person_of(self._workbench.profile))
        return found.allowed, "" if found.allowed else found.sentence(self._workbench.language)

    # --- the map

    def _draw(self, then: Version) -> None:
        translate = QCoreApplication.translate
        now = self._life.present.point if self._life.present is not None else None
        self._marks.show(then.point, now, (translate("originmap", "Then"), translate("originmap", "Now")))
        place = then.point or now
        if place is not None and not self._in_sight(place):
            self._workbench.go_to(place, _CLOSE)

    def _in_sight(self, place: tuple[float, float]) -> bool:
        return self._workbench.canvas.extent().contains(self._workbench.map_point_of(place))

    def _go_to_place(self) -> None:
        then = version_of(self._workbench.session, self._life, self._number)
        if then.point is not None:
            self._workbench.go_to(then.point, _CLOSE)

    # --- restoring

    def _ask_restore(self) -> None:
        translate = QCoreApplication.translate
        answers = [
            (translate("originmap", "Restore"), self._restore),
            (translate("originmap", "Leave it"), self.timeline.setFocus),
        ]
        self.ask.ask(self._question(), answers)

    def _question(self) -> str:
        translate = QCoreApplication.translate
        life, words = self._life, self._words
        if life.present is None:
            return translate("originmap", "Bring the record back as a draft?")
        then = version_of(self._workbench.session, life, self._number)
        changed = differences(life.present, then, words.fields)
        if not changed:
            return translate("originmap", "Nothing that people read would change. Restore it all the same?")
        titles = [words.subject(change.field) for change in changed]
        between = "、" if self._workbench.language == "zh" else ", "
        items = between.join(titles[:_NAMED])
        text = translate("originmap", "{number} items change back: {items}. What is there now stays in the history.")
        if len(titles) > _NAMED:
            text = translate(
                "originmap", "{number} items change back: {items} and others. What is there now stays in the history."
            )
        return text.format(number=len(titles), items=items)

    def _restore(self) -> None:
        history_id = self._life.entry_to_restore(self._number)
        if history_id is None:
            return
        job = self._restore_job(history_id)
        title = QCoreApplication.translate("originmap", "Restoring a version")
        if self._works.start("restore", title, job, self._restored, self._failed) is not None:
            self.version.allow(False)

    def _restore_job(self, history_id: int) -> Job:
        path, life, person = self._workbench.session.path, self._life, person_of(self._workbench.profile)
        seen = None if life.state is None else life.state.version

        def job(progress: Progress) -> str:
            with Register.open(path) as register:
                restore(register, life.uid, history_id, person, seen)
            return life.uid

        return job

    def _restored(self, uid: str) -> None:
        session = self._workbench.session
        if session is None:
            return
        session.layer.triggerRepaint()
        self._workbench.records_changed.emit(uid)
        if self._life is not None and self._life.uid == uid:
            self._show(uid)
        translate = QCoreApplication.translate
        text = translate("originmap", "Restored: {name}").format(name=self._title.text())
        show = partial(self._workbench.show_record, uid)
        self._workbench.tell(text, Qgis.MessageLevel.Success, translate("originmap", "Open it"), show)

    def _failed(self, error: OriginMapError) -> None:
        """Nothing was changed; what is shown is read anew, for it may have been changed by somebody else."""
        self._workbench.tell_error(error)
        if self._life is not None:
            self._show(self._life.uid)

    # --- deleted records

    def _show_found(self, found: object) -> None:
        if self._workbench.session is not None and self._life is None:
            self.deleted.show_deleted(found, self._words)
            self.deleted.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_deleted(self, uid: str) -> None:
        self._from_list = True
        self._show(uid)

    def _leave_record(self) -> None:
        self._life = None
        self.leave()

    def _closed(self) -> None:
        self._works.abandon()
        self._leave_record()
        self.left.emit()


def _look_for_deleted(path: object, progress: Progress) -> object:
    with Register.open(path, read_only=True) as register:
        return deleted(register.connection)
