"""What is to be collected again, by state and village: confirmed unchanged, or carried into the next cycle."""

from __future__ import annotations

from collections import Counter
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.quality.cadence import Duty
from ...core.register.carrying import Carried, Carry, CarryPlan
from ...core.register.due import DueList
from ...core.register.rows import position_of
from ...core.standard.errors import OriginMapError
from ..ask_bar import AskBar
from ..icons import variety_icon
from ..label import wrapped_label
from ..outcome_bar import OutcomeBar
from ..workbench import Workbench
from .card import Card
from .due_steps import DueSteps
from .due_words import DueWords
from .due_work import DueWork
from .grouped import GroupedModel
from .on_map import OnMap
from .tree_view import GroupedTree

_REASONS_NAMED = 3


class DueView(QWidget):
    """The tree above, the site at hand below it; sites that are up to date are only counted."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._query = Query()
        self._words: Optional[DueWords] = None
        self._opens_form = False
        translate = QCoreApplication.translate
        self.work = DueWork(workbench, self)
        self.model = GroupedModel(lambda duty: self._words.line(duty), lambda duty: duty.last.uid, self)
        self.tree = GroupedTree("originmap_due_tree", translate("originmap", "Sites to be collected again"), self.model)
        self.card = Card(workbench, "due")
        self.steps = DueSteps(workbench, self)
        self.ask = AskBar()
        self.ask.setObjectName("originmap_due_ask")
        self.outcome = OutcomeBar("originmap_due_outcome")
        self.outcome.undo.hide()
        self.map = OnMap(workbench)
        self._head = wrapped_label("originmap_due_summary")
        self._nothing = wrapped_label("originmap_due_empty")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()
        self._show_state()

    def set_query(self, query: Query) -> None:
        """Whose sites are listed."""
        self._query = query

    def read(self) -> None:
        """Read the list anew; what is shown stays until it is there."""
        self.work.read_list(self._query)
        self._show_state()

    def forget(self) -> None:
        """Another register."""
        self._words = None
        self.model.fill((), {})
        self.ask.dismiss()
        self.outcome.hide()
        self._show_state()

    def show_at_hand(self) -> None:
        """The site at hand, in words and on the map."""
        duty, words = self.tree.entry, self._words
        if words is None or not self.tree.at_hand:
            self.card.hide()
            self.map.clear()
        elif duty is None:
            self.card.say("", words.group(self.tree.title, self.tree.at_hand))
            self.map.clear()
        else:
            self.card.say(duty.last.uid, words.card(duty))
            self.map.show(position_of(duty.last.geom))
        self._allow()

    # --- what a person does

    def next(self) -> None:
        """Go on to the next site."""
        self.ask.dismiss()
        self.tree.next()
        self.tree.setFocus()

    def open_form(self) -> None:
        """The draft that was begun for the cycle, else the site's latest record."""
        duty: Optional[Duty] = self.tree.entry
        if duty is not None:
            self._workbench.show_record(duty.begun or duty.last.uid)

    def confirm(self) -> None:
        """Nothing changed: ask what would become of the sites at hand."""
        self._plan(Carry.UNCHANGED)

    def go_on(self) -> None:
        """The next cycle: the same."""
        self._plan(Carry.NEXT)

    def _plan(self, kind: Carry) -> None:
        found = self.tree.at_hand
        if found and not self.work.busy:
            self.ask.dismiss()
            self._opens_form = self.tree.entry is not None and kind is Carry.NEXT
            self.work.plan(kind, [duty.last.uid for duty in found])

    # --- what comes of it

    def _read(self, found: DueList) -> None:
        session = self._workbench.session
        if session is None:
            return
        here = self.tree.entry
        behind = self.model.entry_at(self.model.after(self.tree.currentIndex()))
        self._words = DueWords(found, self._workbench.language, self._workbench.profile.masked)
        icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in session.standard.varieties}
        self.model.fill(self._words.groups(), icons)
        for row in range(self.model.rowCount()):
            self.tree.setExpanded(self.model.index(row, 0), True)
        self._show_state()
        wanted = [duty.last.uid for duty in (here, behind) if duty is not None]
        if not any(self.tree.show_entry(uid) for uid in wanted):
            self.tree.next()
        self.show_at_hand()

    def _planned(self, plan: CarryPlan) -> None:
        translate = QCoreApplication.translate
        leave = (translate("originmap", "Leave it"), self.tree.setFocus)
        answers = [leave]
        if plan.goes:
            title = {
                Carry.UNCHANGED: translate("originmap", "Confirm: {count} unchanged"),
                Carry.NEXT: translate("originmap", "Begin the next cycle: {count}"),
            }[plan.kind]
            answers.insert(0, (title.format(count=f"{len(plan.goes):,}"), lambda: self.work.carry_out(plan)))
        self.ask.ask(self._foreseen(plan), answers)

    def _foreseen(self, plan: CarryPlan) -> str:
        """What goes into which cycle, what is asked then, and what stays and why."""
        translate = QCoreApplication.translate
        lines = []
        for cycle, count in sorted(Counter(going.cycle for going in plan.goes).items()):
            lines.append(translate("originmap", "{count} go on to {cycle}.").format(count=f"{count:,}", cycle=cycle))
        asked = sum(bool(going.asks) for going in plan.goes)
        if asked and plan.kind is Carry.UNCHANGED:
            text = translate("originmap", "Of {count} the period on the market is over: it stays a draft until asked.")
            lines.append(text.format(count=f"{asked:,}"))
        elif asked:
            lines.append(translate("originmap", "Scale and period are empty, since they must be asked again."))
        language = self._workbench.language
        reasons = Counter(staying.sentence(language) for staying in plan.stays).most_common(_REASONS_NAMED)
        stay = translate("originmap", "{count} stay: {reason}")
        lines += [stay.format(count=f"{count:,}", reason=reason) for reason, count in reasons]
        return "\n".join(lines)

    def _carried(self, plan: CarryPlan, carried: Carried) -> None:
        translate = QCoreApplication.translate
        text = translate("originmap", "{made} carried on: {submitted} submitted, {drafts} drafts to be asked.")
        self.outcome.say(text.format(made=len(carried.made), submitted=carried.submitted, drafts=carried.drafts))
        self._workbench.session.layer.triggerRepaint()
        self._workbench.records_changed.emit("")
        self.read()
        if self._opens_form and len(carried.made) == 1:
            self._workbench.show_record(next(iter(carried.made.values())))

    def _refused(self, error: OriginMapError) -> None:
        answers = [(QCoreApplication.translate("originmap", "Leave it"), self.tree.setFocus)]
        self.ask.ask(error.sentence(self._workbench.language), answers)

    # --- within

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A question came or went."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._show_state()
        return super().eventFilter(watched, event)

    def _show_state(self) -> None:
        translate = QCoreApplication.translate
        empty = self.model.count == 0
        if self._words is not None:
            self._head.setText(self._words.head())
        else:
            self._head.setText(translate("originmap", "Reading what is due…") if self.work.reading else "")
        self._nothing.setText(translate("originmap", "Every site is up to date.") if self._words is not None else "")
        self._stack.setCurrentWidget(self._nothing if empty else self.tree)
        self.steps.setVisible(not empty and not self.ask.isVisible())
        self._allow()

    def _allow(self) -> None:
        session, found = self._workbench.session, self.tree.at_hand
        free = session is not None and session.read_only is None and not self.work.busy and bool(found)
        entry = self.tree.entry
        self.steps.allow(form=entry is not None, carry=free, going_on=self.model.count > 0)

    def _arrange(self) -> None:
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 3)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)
        for widget in (self.card, self.ask, self.outcome, self.steps):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.tree.moved.connect(self.show_at_hand)
        self.tree.opened.connect(self.open_form)
        self.steps.form_wanted.connect(self.open_form)
        self.steps.confirm_wanted.connect(self.confirm)
        self.steps.cycle_wanted.connect(self.go_on)
        self.steps.next_wanted.connect(self.next)
        self.work.read.connect(self._read)
        self.work.planned.connect(self._planned)
        self.work.carried.connect(self._carried)
        self.work.refused.connect(self._refused)
        self.work.busy_changed.connect(self._show_state)
        self.ask.installEventFilter(self)
