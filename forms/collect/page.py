"""The collect page: choose a product, click on the map, fill in the form, submit, and the next point."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ...core.review.comparing import POINT
from ..ask_bar import AskBar
from ..history_button import HistoryButton
from ..placing.place_bar import PlaceBar
from ..workbench import Workbench
from .action_row import ActionRow
from .check_notes import CheckNotes
from .completeness_bar import CompletenessBar
from .desk import Desk, Tools
from .end_bar import EndBar
from .offer_bar import OfferBar
from .point_line import PointLine
from .returned_bar import ReturnedBar
from .returned_note import ReturnedNote
from .sheet import Around, Sheet
from .variety_picker import VarietyPicker


class CollectPage(QWidget):
    """Layout and wiring; what is done stands in :class:`.desk.Desk` and :class:`.sheet.Sheet`, one per register."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_collect")
        self._workbench = workbench
        translate = QCoreApplication.translate
        self._desk: Optional[Desk] = None
        self._shown = ""
        self.picker = VarietyPicker(workbench.language)
        self.place = PlaceBar(workbench)
        self.point = PointLine(workbench)
        self.ask = AskBar()
        self.end = EndBar()
        self.completeness = CompletenessBar(workbench.language)
        self.checks = CheckNotes(workbench)
        self.actions = ActionRow()
        self.offers = OfferBar(workbench.language)
        self.returned = ReturnedBar(workbench)
        self.returned_note = ReturnedNote()
        self._status = self._label("originmap_collect_status")
        self._history = HistoryButton(workbench, "collect")
        self._hint = self._label("originmap_collect_hint")
        self._layout = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 3
        self._layout.setContentsMargins(gap, gap, gap, gap)
        self._layout.setSpacing(gap)
        for widget in self._from_top():
            if widget is self._status:
                self._layout.addLayout(self._status_row())
            else:
                self._layout.addWidget(widget)
        self._layout.addStretch(0)
        self._layout.addWidget(self.actions)
        for signal, slot in self._long_lived():
            signal.connect(slot)
        self._keys = (
            workbench.add_action(
                "submit", translate("originmap", "Submit the record"), "Ctrl+Return", self._submit, self
            ),
            workbench.add_action(
                "pin",
                translate("originmap", "Keep this field's value for the next record"),
                "Ctrl+Shift+K",
                self._toggle_pin,
                self,
            ),
        )
        self._show_parts()

    @property
    def desk(self) -> Optional[Desk]:
        """What works on the open register; ``None`` while there is none."""
        return self._desk

    def enter(self) -> None:
        """The page comes to the front: the map waits for a point where a product is chosen."""
        if self._workbench.session is None:
            return
        self._make_desk()
        self.returned.look()
        self.point.set_marked(True)
        if self._desk.sheet.entry is None:
            self._wait_for_point()

    def leave(self) -> None:
        """The page goes to the back: the map gets its tool back, and what is typed is kept."""
        self.place.disarm()
        if self._desk is not None:
            self._desk.sheet.leave()

    def release(self) -> None:
        """Leave nothing behind."""
        self._drop_desk()
        self.returned.release()
        self.place.release()
        self.point.release()
        for signal, slot in self._long_lived():
            signal.disconnect(slot)

    # --- keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys that QGIS has for its own project and layers, while the keyboard is in here."""
        if event.type() == QEvent.Type.ShortcutOverride and self._own_key(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves; Ctrl+Z undoes where no text field takes it for itself."""
        own = self._own_key(event)
        if own is None:
            super().keyPressEvent(event)
        else:
            own()

    def _own_key(self, event: QKeyEvent) -> Optional[object]:
        if self._desk is None:
            return None
        if event.matches(QKeySequence.StandardKey.Save):
            return self._desk.save
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._desk.undo
        keypad = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Enter and event.modifiers() == keypad:
            return self._desk.submit
        return None

    # --- within

    def _from_top(self) -> tuple[QWidget, ...]:
        return (
            self.returned, self.offers, self.picker, self._hint, self.place, self.point, self._status,
            self.returned_note, self.ask, self.end, self.completeness, self.checks,
        )

    def _long_lived(self) -> tuple:
        """Signals of what outlives the page."""
        return (
            (self._workbench.register_opened, self._opened),
            (self._workbench.register_closed, self._drop_desk),
            (self._workbench.record_wanted, self._show_record),
            (self._workbench.records_changed, self._changed_elsewhere),
            (self._workbench.records_changed, self.returned.look_soon),
            (self._workbench.profile_changed, self.returned.look_soon),
            (self._workbench.returned_wanted, self.returned.unfold),
        )

    def _status_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._status, 1)
        row.addWidget(self._history)
        return row

    @staticmethod
    def _label(name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    def _opened(self) -> None:
        if self.isVisible():
            self.enter()

    def _make_desk(self) -> None:
        if self._desk is not None:
            return
        around = Around(
            self.point, self._status, self.completeness, self.checks, self.offers, self.returned_note
        )
        sheet = Sheet(self._workbench, around, self)
        tools = Tools(self.picker, self.place, self._status, self.ask, self.actions)
        self.picker.offer(self._workbench.session.standard.varieties)
        self._desk = Desk(self._workbench, tools, sheet, self)
        self._layout.insertWidget(self._layout.indexOf(self.actions), sheet.form, 1)
        for signal, slot in self._between(self._desk):
            signal.connect(slot)
        self.checks.attach()
        sheet.clear()

    def _drop_desk(self) -> None:
        if self._desk is None:
            return
        desk, self._desk = self._desk, None
        for signal, slot in self._between(desk):
            signal.disconnect(slot)
        desk.release()
        self.checks.detach()
        self.place.disarm()
        self.ask.dismiss()
        self.end.hide()
        self.returned.look()
        self._layout.removeWidget(desk.sheet.form)
        for part in (desk.sheet.form, desk.sheet, desk):
            part.deleteLater()
        self._show_parts()

    def _between(self, desk: Desk) -> tuple:
        """What the widgets tell the desk, and it them."""
        actions = self.actions
        return (
            (self.picker.chosen, desk.choose),
            (self.place.placed, desk.placed),
            (self.point.move_wanted, desk.move_point),
            (self.completeness.wanted, desk.sheet.form.show_field),
            (self.offers.taken, desk.take_up_kept),
            (self.offers.dropped, desk.drop_kept),
            (self.end.answered, desk.end_site),
            (actions.save_wanted, desk.save),
            (actions.submit_wanted, desk.submit),
            (actions.next_point_wanted, desk.next_point),
            (actions.undo_wanted, desk.undo),
            (actions.next_site_wanted, desk.next_site),
            (actions.next_cycle_wanted, desk.next_cycle),
            (actions.end_wanted, self._ask_end),
            (actions.take_up_wanted, desk.take_up_site),
            (actions.discard_wanted, desk.discard),
            (self.returned.chosen, desk.show),
            (self.returned_note.wanted, self._show_commented),
            (self.checks.wanted, self._show_commented),
            (desk.mended, self.returned.unfold_next),
            (desk.sheet.reviewed, self._show_parts),
        )

    def _show_parts(self) -> None:
        """A record has all the widgets; without one the page says what to do next."""
        desk = self._desk
        entry = desk.sheet.entry if desk is not None else None
        for widget in (self._status, self.completeness):
            widget.setVisible(entry is not None)
        self._history.show_for(entry.uid if entry is not None and not entry.new else "")
        if entry is not None and entry.uid != self._shown:
            self.returned.fold()
        self._shown = entry.uid if entry is not None else ""
        self.completeness.setVisible(entry is not None and entry.status != "ended")
        self.place.setVisible(bool(self.picker.code) or entry is not None)
        self._hint.setVisible(entry is None)
        self._hint.setText(self._what_next())
        if desk is None:
            self.actions.hide()
        else:
            desk.sheet.form.setVisible(entry is not None)

    def _what_next(self) -> str:
        translate = QCoreApplication.translate
        session = self._workbench.session
        if session is None:
            return translate("originmap", "Open a register on the start page first.")
        if session.read_only is not None:
            return session.read_only.sentence(self._workbench.language)
        if self.picker.code:
            return translate("originmap", "Click on the map where the site is, or give its place in another way.")
        return translate("originmap", "Choose what is grown or kept; then click on the map where the site is.")

    def _wait_for_point(self) -> None:
        self._show_parts()
        if self.picker.code and self._workbench.session.read_only is None:
            self.place.arm()

    def _submit(self) -> None:
        if self._desk is not None:
            self._desk.submit()

    def _toggle_pin(self) -> None:
        if self._desk is not None:
            self._desk.sheet.toggle_pin()

    def _ask_end(self) -> None:
        if self._desk.may_end():
            self.end.ask()

    def _show_commented(self, field: str) -> None:
        if field == POINT:
            self.point.move_button.setFocus()
        else:
            self._desk.sheet.form.show_field(field)

    def _show_record(self, uid: str) -> None:
        if self._workbench.session is not None:
            self._make_desk()
            self._desk.show(uid)

    def _changed_elsewhere(self, uid: str) -> None:
        if self._desk is not None:
            self._desk.changed_elsewhere(uid)
