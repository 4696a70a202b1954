"""The record that is being filled in: how it begins, what it lacks, and that nothing typed into it is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Mapping, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel

from ...core.register.completeness import Missing, missing
from ...core.register.errors import RegisterError
from ...core.register.history import Remark
from ...core.register.pending import Pending
from ...core.register.rows import Position
from ...core.standard.to_sql import DRAFT
from ..field_words import FieldWords
from ..pages import Page
from ..workbench import Workbench
from . import telling
from .check_notes import CheckNotes
from .completeness_bar import CompletenessBar
from .divisions import DivisionFollower
from .entry import Entry, new_uid
from .keeping import Keeping, uid_of
from .offer_bar import OfferBar
from .pins import Pins, can_be_pinned
from .point_line import PointLine
from .record_form import RecordForm
from .returned import RETURNED, Returned, returned_of
from .returned_note import ReturnedNote
from .starting import first_values, last_record, present_cycle

_PAUSE_MS = 250
_TO_BE_SUBMITTED = (DRAFT, RETURNED)
_COLLECTOR = ("collector_name", "collector_phone")


@dataclass(frozen=True)
class Around:
    """The page's widgets that tell about the record in the form."""

    point: PointLine
    status: QLabel
    completeness: CompletenessBar
    checks: CheckNotes
    offers: OfferBar
    returned: ReturnedNote


class Sheet(QObject):
    """One per open register.

    Signals:
        reviewed: what it is, lacks or may be done with it is another now.
        complete: Enter was pressed in a field, and nothing is missing.
        product_changed: code of the product that the person gave the record in the form itself.
    """

    reviewed = pyqtSignal()
    complete = pyqtSignal()
    product_changed = pyqtSignal(str)

    def __init__(self, workbench: Workbench, around: Around, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session = workbench.session
        self._around = around
        self.form = RecordForm(workbench)
        self.entry: Optional[Entry] = None
        self._returned: Optional[Returned] = None
        self._keeping = Keeping(self._session.path)
        self._pins = Pins()
        self._follower = DivisionFollower(self._session, self.form)
        self._last: Optional[Mapping[str, object]] = last_record(self._session)
        self._typed_here = False
        self._refusal = ""
        self._product = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self.form.changed.connect(self._pause.start)
        self.form.done.connect(self.go_on)
        self.form.pin_toggled.connect(self.set_pin)
        self._show_pins()

    # --- which record

    def begin(self, variety: str, point: Position, how: Mapping[str, object]) -> None:
        """A new record of a product at a point (CGCS2000 degrees), with everything known filled in."""
        known = first_values(self._session, self._workbench.profile, variety, point, self._last)
        values = {**known, **self._pins.values(self._last), **how}
        if self._typed_here:
            # Who has no profile types the collector once a day, not once a record.
            values = {**{name: self._last.get(name) for name in _COLLECTOR}, **values}
        self.begin_with(values, point)
        self._follower.begin(values)

    def begin_with(self, values: Mapping[str, object], point: Optional[Position]) -> None:
        """A new record with these values."""
        uid = new_uid()
        self.put(Entry(uid, True), {"origin": "map", **values, "uid": uid}, point)

    def load(self, uid: str) -> bool:
        """Show a record of the register, with what was typed over it and never saved; ``False`` when it is gone.

        Raises:
            RegisterError: the file cannot be read.
        """
        try:
            self.form.load(uid)
        except RegisterError as error:
            if error.code != "RECORD_GONE":
                raise
            return False
        entry = Entry(uid, False, self.form.values(), self.form.point, self.form.version)
        kept = self._keeping.of(uid)
        if kept is not None:
            self.put(entry, {**kept.values, "uid": uid}, kept.point)
        else:
            self._take(entry)
        return True

    def take_up(self, kept: Pending) -> None:
        """Show what was typed and never saved, over what the register holds now.

        Raises:
            RegisterError: the file cannot be read.
        """
        uid = uid_of(kept) or new_uid()
        if not kept.uid or not self.load(uid):
            self.put(Entry(uid, True), {**kept.values, "uid": uid}, kept.point)

    def put(self, entry: Entry, values: Mapping[str, object], point: Optional[Position]) -> None:
        """Fill the form."""
        self.form.start(values, point)
        self._take(entry)

    def stored(self, version: int) -> None:
        """What stands in the form stands in the register now, as this version."""
        values = self.form.values()
        self._keeping.forget(self.entry.uid)
        self._last, self._typed_here = values, True
        self.entry = Entry(self.entry.uid, False, values, self.form.point, version)
        if self.entry.status != RETURNED:
            self._returned = None
        self.review()

    def told(self, uid: str, version: int) -> None:
        """The person heard that the record has another version now: what they save next is meant for that one."""
        if version and self.entry is not None and self.entry.uid == uid and not self.entry.new:
            self.entry = replace(self.entry, version=version)

    def never_stored(self) -> None:
        """The register no longer holds the record; the form does."""
        self.entry = Entry(self.entry.uid, True)
        self.review()

    def clear(self) -> None:
        """No record in the form."""
        self.entry = self._returned = None
        self._show_returned()
        self._pause.stop()
        self._follower.forget()
        self._around.point.clear()
        self._around.checks.clear()
        self.reviewed.emit()
        self.show_offers()

    # --- what it is like

    @property
    def dirty(self) -> bool:
        """Whether there is anything to save."""
        return self.entry is not None and self.entry.differs(self.form.values(), self.form.point)

    def gaps(self) -> list[Missing]:
        """What keeps it from being submitted, in the order of the form."""
        values = self.form.values()
        found = missing(self._session.standard, values, self.form.point is not None, self._workbench.language)
        order = {name: number for number, name in enumerate(self.form.order)}
        return sorted(found, key=lambda gap: order.get(gap.field, len(order)))

    def refuse_incomplete(self) -> bool:
        """Say what keeps it from being submitted, in the bar until it is mended, and at the first such field."""
        gaps = self.gaps()
        if not gaps:
            return False
        self._refusal = telling.incomplete_text(gaps, self._workbench.language)
        self._workbench.tell(self._refusal, Qgis.MessageLevel.Warning)
        self.review()
        self.form.refuse(gaps[0].field, gaps[0].sentence(self._workbench.language))
        return True

    def unanswered(self) -> tuple[Remark, ...]:
        """The reviewer's comments on a returned record that no edit has answered yet, in the order of the form."""
        if self._returned is None:
            return ()
        order = {name: number for number, name in enumerate(self.form.order)}
        left = self._returned.open(self.form.values(), self.form.point)
        return tuple(sorted(left, key=lambda comment: order.get(comment.field, -1)))

    @property
    def words(self) -> FieldWords:
        """In which the person at this computer reads a record."""
        return FieldWords(self._session.standard, self._workbench.language, self._workbench.profile.masked)

    def review(self) -> None:
        """Show what it is and what it lacks."""
        if self.entry is None:
            return
        gaps, values = self.gaps(), self.form.values()
        product = {name: values.get(name) for name in ("variety", "industry", "unit")}
        whole = len(missing(self._session.standard, product, False))
        language, standard = self._workbench.language, self._session.standard
        self._around.completeness.show_missing(gaps, whole, self.entry.status in _TO_BE_SUBMITTED)
        if not gaps:
            self._workbench.settled(self._refusal)
        self._around.checks.look(values, self.form.point)
        self._around.status.setText(telling.status_text(self.entry, values, standard, language))
        self.form.show_missing(gap.field for gap in gaps)
        self._show_point(values)
        self._show_returned()
        self.reviewed.emit()

    def set_product(self, code: str) -> None:
        """Another product for the record in the form."""
        self.form.set_value("variety", code)
        self._follow_product()
        self.review()

    def move(self, point: Position, how: Mapping[str, object]) -> None:
        """Another point (CGCS2000 degrees) for the record, and the columns about how it came about."""
        self.form.place(point, how)
        self._follower.moved(point)
        self.keep()
        self.review()

    # --- nothing is lost

    def keep(self) -> None:
        """Keep what is typed, where it differs from what the register holds."""
        if self.dirty:
            self._keeping.keep(self.entry.uid, self.entry.new, self.form.values(), self.form.point)
        elif self.entry is not None:
            self._keeping.forget(self.entry.uid)

    def put_away(self) -> None:
        """Before another record comes: keep what is typed and say so."""
        if not self.dirty:
            return
        self.keep()
        self._workbench.tell(
            telling.kept_text(self.form.values(), self._session.standard, self._workbench.language)
        )

    def leave(self) -> None:
        """The page goes to the back: keep what is typed and say so; the form goes on holding it."""
        self._around.point.set_marked(False)
        if not self.dirty:
            return
        self.keep()
        self._workbench.tell(
            telling.kept_text(self.form.values(), self._session.standard, self._workbench.language),
            action=QCoreApplication.translate("originmap", "Back to it"),
            on_action=self._back,
        )

    def drop(self, uid: str) -> None:
        """Throw away what was typed for a record; one that the register holds is shown as it is there."""
        self._keeping.forget(uid)
        if self.entry is not None and self.entry.uid == uid:
            stored = not self.entry.new
            self.clear()
            if stored:
                self.load(uid)
        self.show_offers()

    def show_offers(self) -> None:
        """Offer what is kept of other records."""
        here = self.entry.uid if self.entry is not None else ""
        kept = [entry for entry in self._keeping.all() if uid_of(entry) != here]
        self._around.offers.offer(kept, self._session.standard)

    # --- the keyboard

    def focus_first(self) -> bool:
        """Go to the first field that is missing or that the reviewer asks about; ``False`` when none is."""
        return self._focus_one_of(self._wanting())

    def go_on(self) -> None:
        """Enter in a field: go to the missing one that follows it."""
        here, order = self.form.field_in_focus(), self.form.order
        names = self._wanting()
        at = order.index(here) if here in order else -1
        after = [name for name in names if name in order and order.index(name) > at]
        if not self._focus_one_of([name for name in (*after, *names) if name != here]):
            self.complete.emit()

    def set_pin(self, name: str, pinned: bool) -> None:
        """Keep a field's value for the next record, or no longer."""
        self._pins.set_pinned(name, pinned)
        self._show_pins()

    def toggle_pin(self) -> None:
        """The same for the field the keyboard is on."""
        name = self.form.field_in_focus()
        if name in can_be_pinned(self._session.standard):
            self.set_pin(name, name not in self._pins.names)

    def release(self) -> None:
        """Keep what is typed, say so, and let go of the register."""
        self.keep()
        self.put_away()
        self._pause.stop()
        self.form.release()
        self._around.point.clear()
        self._around.offers.hide()

    # --- within

    def _take(self, entry: Entry) -> None:
        self.entry = entry
        self._returned = returned_of(self._session, entry)
        self._product = str(self.form.values().get("variety") or "")
        self._follower.forget()
        self.form.set_writable(entry.status != "ended" and not self._session.read_only)
        self._pause.stop()
        self.keep()
        self.review()
        self.show_offers()

    def _paused(self) -> None:
        if self.entry is not None:
            self._follower.typed(self.form.values())
            self._follow_product()
            self.keep()
            self.review()

    def _follow_product(self) -> None:
        """A cycle that came from the product before follows the one that is there now; a typed one stays."""
        values, standard = self.form.values(), self._session.standard
        code = str(values.get("variety") or "")
        if code in ("", self._product):
            return
        if self._product and values.get("cycle") in (None, present_cycle(standard, self._product, date.today())):
            self.form.set_value("cycle", present_cycle(standard, code, date.today()))
        self._product = code
        self.product_changed.emit(code)

    def _wanting(self) -> list[str]:
        """The fields to go to, in the order of the form."""
        names = {*(gap.field for gap in self.gaps()), *(comment.field for comment in self.unanswered())}
        return [name for name in self.form.order if name in names]

    def _show_returned(self) -> None:
        """What the reviewer asks for, above the form and at its fields, and which of it is settled."""
        left = self.unanswered()
        self._around.returned.show_returned(self._returned, left, self.words)
        at_fields: dict[str, tuple[str, bool]] = {}
        for comment in self._returned.came_back.comments if self._returned is not None else ():
            before, settled = at_fields.get(comment.field, ("", True))
            text = "\n".join(filter(None, (before, comment.text)))
            at_fields[comment.field] = text, settled and comment not in left
        self.form.show_comments(at_fields)

    def _focus_one_of(self, names: list[str]) -> bool:
        reachable = next((name for name in names if name in self.form.order), "")
        if reachable:
            self.form.show_field(reachable)
        return bool(reachable)

    def _show_point(self, values: Mapping[str, object]) -> None:
        choices = self._session.standard.choices("point_quality")
        quality = next((c for c in choices if c.code == values.get("point_quality")), None)
        self._around.point.show_point(self.form.point, quality.title_in(self._workbench.language) if quality else "")

    def _show_pins(self) -> None:
        self.form.show_pins(self._pins.names, can_be_pinned(self._session.standard))

    def _back(self) -> None:
        self._workbench.page_wanted.emit(Page.COLLECT)
