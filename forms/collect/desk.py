"""What the collect page's buttons do with the record in the form, and what follows once it was saved or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Callable, Mapping, Optional, Sequence

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel

from ...core.register.copies import Copy
from ...core.register.editing import Saved
from ...core.register.errors import RegisterError
from ...core.register.pending import Pending
from ...core.register.rows import read_record
from ...core.standard.errors import OriginMapError
from ...core.standard.findings import Finding
from ..ask_bar import AskBar
from ..placing.place_bar import PlaceBar
from ..placing.placed import Placed
from ..workbench import Workbench
from . import questions, telling
from .action_row import ActionRow
from .entry import Wish
from .keeping import uid_of
from .returned import RETURNED
from .saving import Saving
from .sheet import Sheet
from .starting import next_cycle_of, point_values
from .variety_picker import VarietyPicker
from .warming import Warming


@dataclass(frozen=True)
class Tools:
    """The page's widgets that the desk works with."""

    picker: VarietyPicker
    place: PlaceBar
    status: QLabel
    ask: AskBar
    actions: ActionRow


class Desk(QObject):
    """One per open register.

    Signals:
        mended: a returned record was submitted again.
    """

    mended = pyqtSignal()

    def __init__(self, workbench: Workbench, tools: Tools, sheet: Sheet, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session = workbench.session
        self._tools = tools
        self.sheet = sheet
        self.saving = Saving(self._session, self)
        self.saving.done.connect(self._done)
        self.saving.refused.connect(self._refused)
        self.saving.failed.connect(self._failed)
        self.saving.asked.connect(self._asked)
        self.saving.waiting.connect(self._waiting)
        self.saving.undone.connect(self._undone)
        sheet.reviewed.connect(self.show_allowed)
        # At once and not after the pause: whoever types and clicks finds the button ready.
        sheet.form.changed.connect(self.show_allowed)
        sheet.product_changed.connect(self._tools.picker.show_chosen)
        self._warming = Warming(workbench, sheet, self)
        sheet.complete.connect(self._tools.actions.submit.setFocus)

    # --- which record

    def choose(self, code: str) -> None:
        """A product was chosen: for the new record in the form, else for the next point."""
        if self.sheet.entry is not None and self.sheet.entry.new:
            self.sheet.set_product(code)
            self.sheet.focus_first()
        else:
            self.next_point()

    def placed(self, placed: Placed) -> None:
        """A place was given: for the record in the form, else a new record begins there."""
        if not self._may_write():
            return
        how = point_values(placed.how, self._workbench.profile.name)
        if self.sheet.entry is None:
            self.sheet.begin(self._tools.picker.code, placed.position, how)
        elif self.sheet.entry.status != "ended":
            self.sheet.move(placed.position, how)
        self._tools.place.disarm()
        self.focus_form()

    def next_point(self) -> None:
        """Wait for the place of the next record of the same product."""
        if self.saving.busy:
            return
        self.sheet.put_away()
        self._await_point()

    def move_point(self) -> None:
        """The next place given is for the record in the form."""
        self._tools.ask.dismiss()
        self._tools.place.arm()

    def show(self, uid: str) -> None:
        """Show a record of the register; unsaved input of another one is kept and told about."""
        if self.saving.busy or (self.sheet.entry is not None and self.sheet.entry.uid == uid):
            return
        self.sheet.put_away()
        if self._load(uid):
            self._shown()

    def take_up_kept(self, kept: Pending) -> None:
        """Go on with what was typed and never saved."""
        if not self.saving.busy:
            self.sheet.put_away()
            try:
                self.sheet.take_up(kept)
            except RegisterError as error:
                self._workbench.tell_error(error)
            else:
                self._shown()

    def changed_elsewhere(self, uid: str) -> None:
        """Another page saved a record: show it as it is now, unless something is typed over it."""
        entry = self.sheet.entry
        if entry is not None and uid in ("", entry.uid) and not self.saving.busy and not self.sheet.dirty:
            self._load(entry.uid)

    # --- what the buttons do

    def save(self) -> None:
        """Keep the record in the register as it is."""
        if self.sheet.entry is None or not self._may_write():
            return
        if self.sheet.dirty:
            self._save(submit=False)
        else:
            self._workbench.tell(QCoreApplication.translate("originmap", "Nothing has changed since it was saved."))

    def submit(self) -> None:
        """Hand the record in, when it is complete, and go on to the next point."""
        if self.sheet.entry is None or self.sheet.entry.status == "ended" or not self._may_write():
            return
        if not self.sheet.refuse_incomplete():
            self._submit_answered()

    def _submit_answered(self) -> None:
        """Ask first where a comment of the reviewer led to no edit."""
        left = self.sheet.unanswered()
        if not left:
            self._save(submit=True)
            return
        titles = dict.fromkeys(self.sheet.words.subject(comment.field) for comment in left)
        submit, go = partial(self._save, True), self.sheet.focus_first
        self._tools.ask.ask(*questions.unanswered(list(titles), self._workbench.language, submit, go))

    def undo(self) -> None:
        """Take back the last action."""
        if not self.saving.busy and not self.saving.undo():
            self._workbench.tell(QCoreApplication.translate("originmap", "There is nothing to undo."))

    def next_site(self) -> None:
        """The same producer's next site: a new record that asks for its place."""
        if self._copy_of(self._session.editor.next_site):
            self._tools.place.arm()

    def next_cycle(self) -> None:
        """The same site in its next cycle."""
        cycle = next_cycle_of(self._session.standard, self.sheet.form.values(), date.today())
        self._copy_of(partial(self._session.editor.next_cycle, cycle=cycle))

    def may_end(self) -> bool:
        """Whether the record in the form can be ended now; what is typed over it comes first."""
        if self.sheet.entry is None or self.sheet.entry.new or not self._may_write():
            return False
        if self.sheet.dirty:
            text = QCoreApplication.translate("originmap", "Save or throw away what is typed first, then end the site.")
            self._workbench.tell(text)
        return not self.sheet.dirty

    def end_site(self, day: str, reason: str) -> None:
        """Note that the record's site ended."""
        title = self._titled(QCoreApplication.translate("originmap", "Ended: {name}"))
        self.saving.end(self.sheet.entry, day, reason, title)

    def take_up_site(self) -> None:
        """The site goes on: the record is a draft again."""
        title = self._titled(QCoreApplication.translate("originmap", "Taken up again: {name}"))
        self.saving.take_up(self.sheet.entry, title)

    def discard(self) -> None:
        """Ask whether what is typed in the form is to be thrown away."""
        if self.sheet.dirty:
            self._ask_to_drop(self.sheet.entry.uid, self.sheet.form.values())

    def drop_kept(self, kept: Pending) -> None:
        """Ask the same about what is kept of another record."""
        self._ask_to_drop(uid_of(kept), kept.values)

    def focus_form(self) -> None:
        """Put the keyboard where it is needed next."""
        if self.sheet.entry is not None and not self.sheet.focus_first():
            self._tools.actions.submit.setFocus()

    def show_allowed(self) -> None:
        """Show which buttons make sense now."""
        entry = self.sheet.entry
        self._tools.actions.setVisible(entry is not None or bool(self._session.editor.undo_title))
        self._tools.actions.undo.show_title(self._session.editor.undo_title)
        self._tools.actions.allow(
            record=entry is not None,
            writable=not self.saving.busy and self._session.read_only is None,
            dirty=self.sheet.dirty,
            stored=entry is not None and not entry.new,
            status=entry.status if entry is not None else "",
        )

    def release(self) -> None:
        """Let go of the register; what is typed is kept."""
        self.saving.release()
        self.sheet.release()

    # --- within

    def _may_write(self) -> bool:
        if self._session.read_only is not None:
            self._workbench.tell_error(self._session.read_only)
        return self._session.read_only is None and not self.saving.busy

    def _save(self, submit: bool) -> None:
        form = self.sheet.form
        form.clear_refusals()
        form.tidy()
        self.sheet.keep()
        self._tools.ask.dismiss()
        self.saving.save(Wish(self.sheet.entry, form.values(), form.point, submit))

    def _copy_of(self, copy: Callable[[str], Copy]) -> bool:
        """A new record out of the one in the form, as the register holds it; ``False`` when there is none."""
        if self.sheet.entry is None or self.sheet.entry.new or not self._may_write():
            return False
        uid = self.sheet.entry.uid
        self.sheet.put_away()
        try:
            made = copy(uid)
        except RegisterError as error:
            self._workbench.tell_error(error)
            return False
        values = {**self._workbench.profile.record_values(), **made.values, "collected_on": date.today().isoformat()}
        self.sheet.begin_with(values, made.point)
        self._shown()
        return True

    def _shown(self) -> None:
        """A record came into the form by another way than the map."""
        self._tools.ask.dismiss()
        self._tools.place.disarm()
        self._tools.picker.show_chosen(str(self.sheet.form.values().get("variety") or ""))
        self.focus_form()

    def _await_point(self) -> None:
        self._tools.ask.dismiss()
        self.sheet.clear()
        if self._tools.picker.code and self._session.read_only is None:
            self._tools.place.clear()
            self._tools.place.arm()
            self._workbench.canvas.setFocus()

    def _titled(self, text: str) -> str:
        values, standard = self.sheet.form.values(), self._session.standard
        return text.format(name=telling.name_of(values, standard, self._workbench.language))

    def _ask_to_drop(self, uid: str, values: Mapping[str, object]) -> None:
        answers = partial(self._drop, uid), self.focus_form
        self._tools.ask.ask(*questions.dropping(values, self._session.standard, self._workbench.language, *answers))

    def _drop(self, uid: str) -> None:
        here = self.sheet.entry is not None and self.sheet.entry.uid == uid
        self.sheet.drop(uid)
        if here and self.sheet.entry is None:
            self._await_point()

    # --- what became of it

    def _waiting(self) -> None:
        """The file is locked: say so, hold everything still, and go on by itself."""
        self.sheet.form.set_writable(False)
        self._tools.status.setText(
            QCoreApplication.translate(
                "originmap", "Someone else is writing to the register. It is saved as soon as the file is free."
            )
        )
        self.show_allowed()

    def _over(self) -> None:
        entry = self.sheet.entry
        self.sheet.form.set_writable(entry is not None and entry.status != "ended")
        self.sheet.review()
        self.show_allowed()

    def _done(self, saved: Saved) -> None:
        wish = self.saving.wish
        if wish is None:
            self._load(saved.uid)
            self._over()
            self._workbench.tell(saved.title, Qgis.MessageLevel.Success)
            return
        self.sheet.form.set_value("status", self._status_in_register(saved.uid))
        self.sheet.stored(saved.version)
        self._over()
        if wish.submit:
            self._tell_submitted(saved)
            self._go_on_after(wish)
        else:
            text = QCoreApplication.translate("originmap", "Saved: {title}").format(title=saved.title)
            self._workbench.tell(text, Qgis.MessageLevel.Success)

    def _status_in_register(self, uid: str) -> str:
        """As the register has it: a change of what was reviewed makes an approved record wait again."""
        return str(read_record(self._session.path, uid).values["status"])

    def _go_on_after(self, wish: Wish) -> None:
        """To the next point; after a record that had come back, to the next one of these."""
        self._await_point()
        if wish.entry.status == RETURNED:
            self._tools.place.disarm()
            self.mended.emit()

    def _tell_submitted(self, saved: Saved) -> None:
        text = QCoreApplication.translate("originmap", "Submitted: {name}").format(name=self._titled("{name}"))
        action = QCoreApplication.translate("originmap", "Open it")
        self._workbench.tell(text, Qgis.MessageLevel.Success, action, partial(self._workbench.show_record, saved.uid))

    def _refused(self, saved: Saved) -> None:
        """The register said no: its sentence stands at the field it is about, and what is typed stays."""
        self._over()
        self._workbench.tell_error(saved.error)
        self.sheet.told(saved.uid, saved.version)
        if saved.version:
            self.changed_elsewhere(saved.uid)
        if saved.field:
            self.sheet.form.refuse(saved.field, saved.error.sentence(self._workbench.language))

    def _failed(self, error: OriginMapError) -> None:
        self._over()
        if error.code != "LAYER_BEING_EDITED":
            self._workbench.tell_error(error)
            return
        sentence = error.sentence(self._workbench.language)
        self._tools.ask.ask(*questions.layer_in_edit(sentence, self._go_to_layer, self.focus_form))

    def _go_to_layer(self) -> None:
        self._workbench.iface.setActiveLayer(self._session.layer)

    def _asked(self, findings: Sequence[Finding]) -> None:
        self._over()
        answers = self.saving.go_on, self.move_point, self.focus_form
        self._tools.ask.ask(*questions.conflicting(findings, self._workbench.language, *answers))

    def _undone(self, saved: Saved) -> None:
        """The register is as it was before; a record that is in the form follows, unless something is typed over it."""
        entry = self.sheet.entry
        if entry is not None and entry.uid == saved.uid and not self.sheet.dirty:
            self._follow_undo(saved.uid)
        self.sheet.told(saved.uid, saved.version)
        self._over()
        text = QCoreApplication.translate("originmap", "Undone: {title}").format(title=saved.title)
        self._workbench.tell(text, Qgis.MessageLevel.Success)

    def _follow_undo(self, uid: str) -> None:
        try:
            if not self.sheet.load(uid):
                self.sheet.never_stored()
        except RegisterError as error:
            self._workbench.tell_error(error)

    def _load(self, uid: str) -> bool:
        """Whether it could be shown; else the person knows why."""
        try:
            found = self.sheet.load(uid)
        except RegisterError as error:
            self._workbench.tell_error(error)
            return False
        if not found:
            self._workbench.tell_error(RegisterError("RECORD_GONE", uid))
        return found
