"""The queue: record after record that waits for its exact point, each found on the map and placed by one click."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core.register.changing import RecordChanged
from ...core.register.errors import told_plainly
from ...core.register.queue import QueueItem
from ...core.register.rows import find_record
from ...core.standard.errors import OriginMapError
from ..ask_bar import AskBar
from ..label import wrapped_label
from ..pages import Page
from ..placing.place_bar import PlaceBar
from ..placing.placed import Placed
from ..workbench import Workbench
from .area import RecordArea
from .aside_panel import AsidePanel
from .card import RecordCard
from .lists import QueueLists
from .on_map import CLOSE, OnMap
from .outcome import OutcomeBar
from .steps import StepButtons
from .verify_panel import VerifyPanel
from .way import WayChoice
from .work import EXACT, Done, QueueWork, Step


class QueuePage(QWidget):
    """Everything can be done with the mouse alone and with the keys alone; the map keeps the focus after a choice."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_queue")
        self._workbench = workbench
        self._entered = False
        self._shown = ""
        self.work = QueueWork(workbench, self)
        self.lists = QueueLists(workbench)
        self.card = RecordCard(workbench)
        self.ask = AskBar()
        self.aside_panel = AsidePanel()
        self.verify_panel = VerifyPanel(workbench)
        self.outcome = OutcomeBar()
        self.way = WayChoice()
        self.place_bar = PlaceBar(workbench)
        self.steps = StepButtons(workbench, self)
        self._map = OnMap(workbench)
        self._hint = _hint()
        self._arrange()
        self._connect()
        self._show_item()

    # --- what the panel asks

    def enter(self) -> None:
        """The page comes to the front: the numbers are counted anew, and the record at hand is on the map again."""
        self._entered = True
        self._workbench.entered(Page.QUEUE)
        self._workbench.canvas.keyPressed.connect(self._key_on_map)
        self.lists.count()
        # On another page it may have been changed.
        self.work.look_again()
        self._show_item()

    def leave(self) -> None:
        """The page goes: the map is as it was."""
        if not self._entered:
            return
        self._entered = False
        self._workbench.canvas.keyPressed.disconnect(self._key_on_map)
        self._clear_map()
        self._close_panels()
        self.outcome.forget()

    def release(self) -> None:
        """Leave nothing behind."""
        self.leave()
        self.work.detach()
        self.lists.release()
        self.place_bar.release()
        self._map.release()
        self._workbench.register_opened.disconnect(self._opened)
        self._workbench.register_closed.disconnect(self._closed)
        self._workbench.records_changed.disconnect(self._changed)
        self._workbench.profile_changed.disconnect(self._show_item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits lead to the places a record may be, Ctrl+Enter sets the point in the middle of the map."""
        typing = self.place_bar.isAncestorOf(self.focusWidget() or self)
        if typing or not self._key(event):
            super().keyPressEvent(event)

    # --- what a person does

    def next(self) -> None:
        """Go on to the next record that waits."""
        self._close_panels()
        self.work.next()
        self._to_map()

    def choose(self, item: QueueItem) -> None:
        """Work on this record."""
        self._close_panels()
        self.work.choose(item.uid)
        self._to_map()

    def place_in_the_middle(self) -> None:
        """Set the point where the cross on the map is."""
        if self.work.item is not None and not self.ask.asking and self.place_bar.isEnabled():
            self.place_bar.place(self._workbench.canvas.center())

    def _placed(self, placed: Placed) -> None:
        """A point came in for the record at hand; what speaks against it is asked first."""
        self.ask.dismiss()
        if self.work.item is None or self.work.waiting:
            return
        try:
            doubts = [finding.message(self._workbench.language).sentence for finding in self.work.doubts(placed)]
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return
        rough = placed.how.quality != EXACT
        if not doubts and not rough:
            self._save(placed)
            return
        self.place_bar.hush()
        self._ask_about(placed, [placed.warning, *doubts], rough)

    def _ask_about(self, placed: Placed, sentences: list[str], rough: bool) -> None:
        translate = QCoreApplication.translate
        answers = [(translate("originmap", "Save all the same"), lambda: self._save(placed))]
        if rough:
            answers.append((translate("originmap", "Zoom in there"), lambda: self._map.go(placed.position, CLOSE)))
        answers.append((translate("originmap", "Place it elsewhere"), self._to_map))
        self.ask.ask("\n".join(filter(None, sentences)), answers)

    def _save(self, placed: Placed) -> None:
        self.work.place(placed, self.way.on_site)

    def _ask_aside(self) -> None:
        if self.work.item is not None:
            self.verify_panel.leave()
            self.aside_panel.ask(self.work.item)

    def _ask_verify(self) -> None:
        if self.work.item is not None:
            self._verify(self.work.item.uid)

    def _ask_verify_done(self, done: Done) -> None:
        self._verify(done.uid)

    def _verify(self, uid: str) -> None:
        session = self._workbench.session
        try:
            with told_plainly(session.path):
                item, record = session.queue.item(uid), find_record(session.register.connection, uid)
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return
        if item is not None and record is not None:
            self.aside_panel.leave()
            self.verify_panel.ask(item, record, session.standard.choices("verified_how"))

    def _undo(self) -> None:
        if self.outcome.done is not None and self.outcome.done.step is not Step.UNDO:
            self.work.undo(self.outcome.done)

    def _open_form(self) -> None:
        if self.work.item is not None:
            self._workbench.show_record(self.work.item.uid)

    # --- what comes of it

    def _done(self, done: Done) -> None:
        self.outcome.tell(done)
        at_hand = self.work.item is not None and self.work.item.uid == done.uid
        if done.step in (Step.PLACE, Step.ASIDE):
            if at_hand:
                self.work.next()
        elif done.step is Step.UNDO or at_hand:
            self.work.choose(done.uid)

    def _refused(self, error: OriginMapError) -> None:
        """The record stays, and what was done to it can be tried again as it was."""
        translate = QCoreApplication.translate
        self.outcome.forget()
        if self.work.refused_step is None:
            self._workbench.tell_error(error)
            return
        again = translate("originmap", "Try again")
        if isinstance(error, RecordChanged):
            # Card and map show what others made of it before anything is written over that.
            self.work.look_again()
            again = translate("originmap", "Save mine all the same")
        answers = [(again, self.work.again), (translate("originmap", "Leave it"), self._leave)]
        self.ask.ask(error.sentence(self._workbench.language), answers)

    def _leave(self) -> None:
        """What was refused is let be; a record that others have settled makes room for the next one."""
        self.work.let_be()
        self._to_map()

    def _waiting(self, waiting: bool) -> None:
        if waiting:
            self.outcome.tell_waiting()
        elif self.outcome.done is None:
            self.outcome.forget()
        self._allow()

    def _show_item(self) -> None:
        """The record at hand in the card and, while the page is in front, on the map."""
        item, record, session = self.work.item, self.work.record, self._workbench.session
        here = item is not None and record is not None and session is not None
        if not here or item.uid != self._shown:
            # What was asked was asked about another record.
            self.ask.dismiss()
            self.aside_panel.leave()
        self._shown = item.uid if here else ""
        self.card.setVisible(here)
        self._hint.setVisible(not here)
        self._allow()
        if not here:
            self._map.forget()
            self._clear_map()
            return
        self.card.show_record(item, record, session.standard)
        if self._entered:
            self._show_on_map(item)
            self.lists.show_item(item)

    def _show_on_map(self, item: QueueItem) -> None:
        if self._map.show(item):
            self.place_bar.clear()
            self._area.show_top()
        if self.place_bar.isEnabled():
            self.place_bar.arm()

    def _clear_map(self) -> None:
        self._map.clear()
        self.place_bar.disarm()

    def _to_map(self) -> None:
        """Arrows, digits and Ctrl+Enter go on from here."""
        if self._entered and self.work.item is not None:
            self._workbench.canvas.setFocus()

    def _close_panels(self) -> None:
        self.ask.dismiss()
        self.aside_panel.leave()
        self.verify_panel.leave()

    # --- the register

    def _opened(self) -> None:
        self.work.attach(self._workbench.session)
        if self._entered:
            self.lists.count()
        self._allow()

    def _closed(self) -> None:
        self.work.detach()
        self._close_panels()
        self.outcome.forget()
        self.lists.count()

    def _changed(self, uid: str) -> None:
        """Here or on another page; what was done last here cannot be undone alone after that."""
        if not uid:
            self.outcome.forget()
            if self._entered:
                self.lists.count()
            return
        if self.outcome.done is not None and not self.work.waiting:
            self.outcome.forget()
        if self._entered:
            self.lists.changed(uid)

    # --- keys

    def _key_on_map(self, event: QKeyEvent) -> None:
        self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.place_in_the_middle()
            return True
        digit = event.key() - Qt.Key.Key_0
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        return plain and 0 <= digit <= 9 and self.work.item is not None and self.card.go_to_place(digit)

    # --- making the page

    def _arrange(self) -> None:
        gap = self.fontMetrics().height() // 3
        asking = (self.ask, self.aside_panel, self.verify_panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self.lists, 1)
        self._area = RecordArea((self.card, self._hint, self.outcome.note), asking)
        for widget in (self._area, self.outcome, self.way, self.place_bar, self.steps):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.lists.chosen.connect(self.choose)
        self.lists.back_wanted.connect(self.work.put_back)
        self.lists.tree.key_pressed.connect(self._key_on_map)
        self.card.place_wanted.connect(self._map.go)
        self.place_bar.placed.connect(self._placed)
        self.aside_panel.reasoned.connect(self.work.put_aside)
        self.verify_panel.verified.connect(self.work.verify)
        self.steps.verify_wanted.connect(self._ask_verify)
        self.steps.aside_wanted.connect(self._ask_aside)
        self.steps.form_wanted.connect(self._open_form)
        self.steps.next_wanted.connect(self.next)
        self.steps.undo_wanted.connect(self._undo)
        self.outcome.undo_wanted.connect(self.work.undo)
        self.outcome.verify_wanted.connect(self._ask_verify_done)
        self.work.item_changed.connect(self._show_item)
        self.work.done.connect(self._done)
        self.work.refused.connect(self._refused)
        self.work.waiting_changed.connect(self._waiting)
        self._workbench.register_opened.connect(self._opened)
        self._workbench.register_closed.connect(self._closed)
        self._workbench.records_changed.connect(self._changed)
        self._workbench.profile_changed.connect(self._show_item)
        if self._workbench.session is not None:
            self.work.attach(self._workbench.session)

    def _allow(self) -> None:
        session = self._workbench.session
        writable = session is not None and session.read_only is None and not self.work.waiting
        at_hand = self.work.item is not None
        self.place_bar.setEnabled(writable and at_hand)
        self.way.setEnabled(writable)
        self.steps.allow(at_hand, writable, session is not None and not self.work.waiting)


def _hint() -> QLabel:
    text = QCoreApplication.translate(
        "originmap",
        "F8 takes the next record to hand, or choose one above. The map goes to its best guess; "
        "click on the map where the site is, and the next record comes. Without a mouse: arrows move the map, "
        "digits lead to the places listed, Ctrl+Enter sets the point under the cross.",
    )
    hint = wrapped_label("originmap_queue_hint", text)
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return hint
