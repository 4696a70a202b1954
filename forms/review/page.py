"""The review: record after record that was submitted, each with what changed, on the map, approved or returned."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.register.reviewing import Comments, Preview, StepInfo
from ...core.review.process import Event
from ...core.standard.errors import OriginMapError
from ..ask_bar import AskBar
from ..label import wrapped_label
from ..outcome_bar import OutcomeBar
from ..wording import moment_text
from ..workbench import Workbench
from .bulk_view import BulkView
from .comment_panel import CommentPanel
from .lists import ReviewLists
from .looked import Looked
from .on_map import OnMap
from .record_view import RecordView
from .return_panel import ReturnPanel
from .rows import Row, RowMaker
from .steps import ReviewSteps, Ways
from .telling import told_step
from .work import Done, ReviewWork


class ReviewPage(QWidget):
    """The lists, or the record at hand, or many records at once: one of them is in front.

    ``all_wanted`` asks for the query on the map to go.
    """

    all_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review")
        self._workbench = workbench
        self._entered = False
        self._words = ""
        self._told: Optional[Done] = None
        self.work = ReviewWork(workbench, self)
        self.lists = ReviewLists(workbench)
        self.view = RecordView(workbench.language)
        self.bulk = BulkView(workbench)
        self.ask = AskBar()
        self.comment_panel = CommentPanel()
        self.return_panel = ReturnPanel()
        self.outcome = OutcomeBar("originmap_review_outcome")
        self.steps = ReviewSteps(workbench, self)
        self.ways = Ways(workbench)
        self._map = OnMap(workbench)
        self._notice = wrapped_label("originmap_review_notice")
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()
        self._bring(self.lists)

    # --- what the panel asks

    def set_query(self, query: Query, words: str) -> None:
        """Limit what waits to the records that the map shows."""
        if query == self.lists.query and words == self._words:
            return
        self._words = words
        self.lists.set_query(query)
        if self._entered:
            self.lists.count()

    def enter(self) -> None:
        """The page comes to the front: the numbers are counted anew, and the record at hand is on the map again."""
        self._entered = True
        self._workbench.canvas.keyPressed.connect(self._key_on_map)
        self.lists.count()
        if self.work.looked is not None:
            # On another page it may have been changed.
            self.work.choose(self.work.looked.item.uid)
        self._show_looked()

    def leave(self) -> None:
        """The page goes: the map is as it was."""
        if not self._entered:
            return
        self._entered = False
        self._workbench.canvas.keyPressed.disconnect(self._key_on_map)
        self._map.clear()
        self._close_panels()

    def release(self) -> None:
        """Leave nothing behind."""
        self.leave()
        self.work.close()
        self.lists.release()
        self.bulk.release()
        self._map.release()
        for signal, slot in self._long_lived():
            signal.disconnect(slot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A question came or went."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._make_room()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the list, digits to the neighbours."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is not self.lists:
            self.show_lists()
        elif not self._digit(event):
            super().keyPressEvent(event)

    # --- what a person does

    def show_lists(self) -> None:
        """Back to the lists; the record at hand is put down."""
        uid = self.work.looked.item.uid if self.work.looked is not None else ""
        self.bulk.release()
        self.work.drop()
        self._bring(self.lists)
        if uid:
            self.lists.show_item(uid)
        self.lists.tree.setFocus()

    def choose(self, uid: str) -> None:
        """Look at a record."""
        self._close_panels()
        self.work.choose(uid)
        self.view.lines.setFocus()

    def next(self) -> None:
        """Go on to what waits behind the record at hand."""
        self._close_panels()
        self.work.next(self.lists.listed())
        if self.work.looked is not None:
            self.view.lines.setFocus()

    def ask_bulk(self) -> None:
        """Many records at once: those that the map shows."""
        self.work.drop()
        self._bring(self.bulk)
        self.bulk.ask(self.lists.query, self._words or QCoreApplication.translate("originmap", "all records"))

    def approve(self) -> None:
        """The record is right; comments that would be lost are asked about."""
        self._close_panels()
        count, translate = len(self.work.comments), QCoreApplication.translate
        if not count:
            self.work.approve()
            return
        text = translate("originmap", "There are {count} comments, which nobody reads when the record is approved.")
        answers = [
            (translate("originmap", "Return it with the comments"), self._ask_return),
            (translate("originmap", "Approve all the same"), self.work.approve),
            (translate("originmap", "Look again"), self.view.lines.setFocus),
        ]
        self.ask.ask(text.format(count=count), answers)

    def _ask_return(self) -> None:
        if self.work.looked is not None:
            self._close_panels()
            self.return_panel.ask(self.work.looked.item.producer, len(self.work.comments))

    def _want_row(self, row: Row) -> None:
        """A neighbour is shown on the map, anything else commented on."""
        if row.place is not None:
            self._map.go(*row.place)
        elif self.work.looked is not None and self.work.may(Event.RETURN) and not self.work.busy:
            self._close_panels()
            self.comment_panel.ask(row.field, row.caption if row.field else "", self.work.comments.get(row.field, ""))

    def _comment_whole(self) -> None:
        self._want_row(Row("", "", ""))

    def _undo(self) -> None:
        """What was done last here at once; what was done another day is named first."""
        if self._told is not None and self._told.event is not Event.UNDO:
            self.work.undo(self._told)
        elif self._workbench.session is not None and not self.work.busy:
            self._ask_undo(self.work.last())

    def _ask_undo(self, last: Optional[StepInfo]) -> None:
        translate = QCoreApplication.translate
        if last is None:
            self._workbench.tell(translate("originmap", "There is no step of yours to take back."))
            return
        done = Done(last.event, last.id, last.count)
        text = translate("originmap", "Take this back? {step} ({when})")
        said = text.format(step=told_step(done, self._workbench.language), when=moment_text(last.at))
        answers = [
            (translate("originmap", "Take it back"), lambda: self.work.undo(done)),
            (translate("originmap", "Leave it"), lambda: None),
        ]
        self.ask.ask(said, answers)

    def _open_form(self) -> None:
        if self.work.looked is not None:
            self._workbench.show_record(self.work.looked.item.uid)

    # --- what comes of it

    def _done(self, done: Done) -> None:
        self._told = done
        self.outcome.say(told_step(done, self._workbench.language), tip=done.name)
        self.outcome.undo.setVisible(done.event is not Event.UNDO)
        if not done.uid:
            self.show_lists()
        elif done.event is Event.UNDO:
            self.choose(done.uid)
        elif self.work.looked is not None and self.work.looked.item.uid == done.uid:
            self.next()

    def _refused(self, error: OriginMapError) -> None:
        """The record and the comments stay; a file that was locked can be tried again, what was changed is read."""
        if self.work.looked is not None:
            self.work.choose(self.work.looked.item.uid)
        translate = QCoreApplication.translate
        answers = [(translate("originmap", "Leave it"), self.view.lines.setFocus)]
        if error.code == "REGISTER_LOCKED" and self.work.again is not None:
            answers.insert(0, (translate("originmap", "Try again"), self.work.again))
        self.ask.ask(error.sentence(self._workbench.language), answers)

    def _show_looked(self) -> None:
        """The record at hand, and on the map while the page is in front."""
        looked, session = self.work.looked, self._workbench.session
        here = looked is not None and session is not None
        self._allow()
        if not here:
            self._map.forget()
            self._map.clear()
            if self._stack.currentWidget() is self.view:
                self._bring(self.lists)
                self.lists.tree.setFocus()
            return
        maker = RowMaker(session.standard, self._workbench.language)
        self.view.show_record(looked, maker.groups(looked, self.work.comments), session.standard)
        self._bring(self.view)
        if self._entered:
            self._map.show(looked)
        self._show_notice(looked)

    def _show_notice(self, looked: Looked) -> None:
        """What stands against reviewing it here: the person, or a map without imagery."""
        may = self.work.may(Event.APPROVE)
        language, read_only = self._workbench.language, self._workbench.session.read_only
        told = [read_only.sentence(language)] if read_only is not None else []
        if not may and looked.item.status == "submitted":
            told.append(may.sentence(language))
        if self._entered and looked.record.point is not None and not self._map.has_imagery(looked.record.point):
            told.append(QCoreApplication.translate("originmap", "There is no imagery here to compare the point with."))
        self._notice.setText("\n".join(told))
        self._make_room()

    def _bring(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.ways.setVisible(widget is not self.lists)
        looked = self.work.looked if widget is self.view else None
        self.ways.show_for(looked.item.uid if looked is not None else "")
        self._make_room()
        self._allow()

    def _make_room(self) -> None:
        """While something is asked, it stands in the place of the steps."""
        front, asking = self._stack.currentWidget(), any(panel.isVisible() for panel in self._asking())
        self._notice.setVisible(front is self.view and bool(self._notice.text()) and not asking)
        self.steps.setVisible(front is not self.bulk and not asking)
        self.outcome.setVisible(self._told is not None and not asking)

    def _asking(self) -> tuple[QWidget, ...]:
        return self.ask, self.comment_panel, self.return_panel

    def _allow(self) -> None:
        session = self._workbench.session
        free = session is not None and session.read_only is None and not self.work.busy
        at_hand = self.work.looked is not None
        may = {event: at_hand and free and bool(self.work.may(event)) for event in (Event.APPROVE, Event.RETURN)}
        self.bulk.setEnabled(free)
        self.steps.allow(at_hand, may[Event.APPROVE], may[Event.RETURN], session is not None and not self.work.busy)

    def _close_panels(self) -> None:
        self.ask.dismiss()
        self.comment_panel.put_down()
        self.return_panel.leave()

    # --- the register

    def _opened(self) -> None:
        if self._entered:
            self.lists.count()
        self._allow()

    def _closed(self) -> None:
        self.work.close()
        self.bulk.release()
        self._close_panels()
        self._forget_outcome()
        self._bring(self.lists)
        self.lists.count()

    def _changed(self, uid: str) -> None:
        """Here or on another page; what was done last here cannot be undone alone after that."""
        if self._told is not None and self._told.uid != uid:
            self._forget_outcome()
        if not self._entered:
            return
        if uid:
            self.lists.changed(uid)
        else:
            self.lists.count()

    def _forget_outcome(self) -> None:
        self._told = None
        self.outcome.hide()

    def _person_changed(self) -> None:
        if self._entered:
            self.lists.count()
        self._show_looked()

    def _key_on_map(self, event: QKeyEvent) -> None:
        self._digit(event)

    def _digit(self, event: QKeyEvent) -> bool:
        digit, looked = event.key() - Qt.Key.Key_0, self.work.looked
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        return looked is not None and plain and 0 <= digit <= 9 and self._map.go_to_number(looked, digit)

    # --- making the page

    def _arrange(self) -> None:
        gap = self.fontMetrics().height() // 3
        for widget in (self.lists, self.view, self.bulk):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(self.ways)
        layout.addWidget(self._stack, 1)
        for widget in (self._notice, self.ask, self.comment_panel, self.return_panel, self.outcome, self.steps):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.lists.chosen.connect(self.choose)
        self.lists.bulk_wanted.connect(self.ask_bulk)
        self.lists.all_wanted.connect(self.all_wanted)
        self.view.row_wanted.connect(self._want_row)
        self.view.key_pressed.connect(self._key_on_map)
        self.bulk.wanted.connect(self._carry_out)
        self.bulk.chosen.connect(self.choose)
        self.bulk.left.connect(self.show_lists)
        self.comment_panel.commented.connect(self.work.comment)
        self.return_panel.returned.connect(self.work.give_back)
        self.outcome.undo.clicked.connect(self._undo)
        self.ways.back.clicked.connect(self.show_lists)
        self.ways.form.clicked.connect(self._open_form)
        self.steps.approve_wanted.connect(self.approve)
        self.steps.return_wanted.connect(self._ask_return)
        self.steps.next_wanted.connect(self.next)
        self.steps.comment_wanted.connect(self._comment_whole)
        self.steps.undo_wanted.connect(self._undo)
        self.work.looked_changed.connect(self._show_looked)
        self.work.done.connect(self._done)
        self.work.refused.connect(self._refused)
        self.work.busy_changed.connect(self._allow)
        for panel in self._asking():
            panel.installEventFilter(self)
        for signal, slot in self._long_lived():
            signal.connect(slot)

    def _long_lived(self) -> tuple:
        """Signals of what outlives the page."""
        return (
            (self._workbench.register_opened, self._opened),
            (self._workbench.register_closed, self._closed),
            (self._workbench.records_changed, self._changed),
            (self._workbench.profile_changed, self._person_changed),
        )

    def _carry_out(self, preview: Preview, comments: Comments) -> None:
        self.work.carry_out(preview, comments)
