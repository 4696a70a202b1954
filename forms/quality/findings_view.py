"""What the checks found, by kind and village: the next one, its repair, its form, or set aside with a reason."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Callable, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.quality.findings import QualityFinding
from ...core.register.applying import Applied, sure_by_import
from ...core.register.checking import Checked
from ...core.standard.errors import OriginMapError
from ..ask_bar import AskBar
from ..icons import theme_icon
from ..label import wrapped_label
from ..outcome_bar import SUCCESS, WARNING, OutcomeBar
from ..progress_row import ProgressRow
from ..workbench import Workbench
from .aside_panel import AsidePanel
from .card import Card
from .checked_work import CheckedWork
from .finding_steps import FindingSteps
from .finding_words import FindingWords
from .first_check import FirstCheck
from .grouped import GroupedModel
from .more import More
from .on_map import OnMap
from .tree_view import GroupedTree


class FindingsView(QWidget):
    """The tree above, what is at hand below it."""

    def __init__(self, workbench: Workbench, work: CheckedWork, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.work = work
        self._query, self._query_words = Query(), ""
        self._words: Optional[FindingWords] = None
        self._way_back: Callable[[], None] = _no_way_back
        self._asked: tuple[QualityFinding, ...] = ()
        self._stale = False
        translate = QCoreApplication.translate
        self.model = GroupedModel(self._say, lambda finding: finding.key, self)
        self.tree = GroupedTree("originmap_quality_tree", translate("originmap", "What was found"), self.model)
        self.card = Card(workbench, "quality")
        self.steps = FindingSteps(workbench, self)
        self.panel = AsidePanel()
        self.ask = AskBar()
        self.outcome = OutcomeBar("originmap_quality_outcome")
        self.map = OnMap(workbench)
        self._head = wrapped_label("originmap_quality_summary")
        self._again = QPushButton(theme_icon("mActionRefresh.svg"), translate("originmap", "Check again"))
        self._again.setObjectName("originmap_quality_again")
        self._progress = ProgressRow("quality")
        self._stack = QStackedWidget()
        self._nothing = FirstCheck()
        self.more = More(workbench, self._repairs, self)
        self._arrange()
        self._connect()
        self._show_state()

    # --- what the page asks

    @property
    def checked(self) -> bool:
        """Whether records were checked since the register was opened."""
        return self._words is not None

    def set_query(self, query: Query, words: str) -> None:
        """Which records the next check is about."""
        self._query, self._query_words = query, words
        self.more.set_query(query)
        self._show_state()

    def check(self) -> None:
        """Check the records; what is shown stays until that is done."""
        self._close_panels()
        work = self.work.check(self._query)
        if work is not None:
            self._progress.follow(work, QCoreApplication.translate("originmap", "Checking the records…"))
        self._show_state()

    def forget(self) -> None:
        """Another register."""
        self._words, self._way_back = None, _no_way_back
        self.model.fill((), {})
        self.outcome.hide()
        self._progress.forget()
        self.more.close()
        self._close_panels()
        self._show_state()

    def look_again(self, uids: set[str]) -> None:
        """Records were changed: check them once more, and those with which they were found."""
        touched = set(uids)
        for finding in self.model.entries:
            if finding.uid in uids:
                touched.update(finding.others)
            elif not uids.isdisjoint(finding.others):
                touched.add(finding.uid)
        self.work.look_again(tuple(touched))

    def mark_stale(self) -> None:
        """Many records were changed: the list may be out of date, and says so."""
        if self.checked:
            self._stale = True
            self._show_state()

    def show_at_hand(self) -> None:
        """What is at hand, in words and on the map."""
        entry, words = self.tree.entry, self._words
        if words is None or not self.tree.at_hand:
            self.card.hide()
            self.map.clear()
        elif entry is None:
            self.card.say("", words.group(self.tree.title, self.tree.at_hand))
            self.map.clear()
        else:
            self.card.say(entry.uid, words.card(entry))
            self.map.show(words.point_of(entry), entry.proposal)
        self._allow()

    # --- what a person does

    def next(self) -> None:
        """Go on to the next finding."""
        self._close_panels()
        self.tree.next()
        self.tree.setFocus()

    def open_form(self) -> None:
        """The record of the finding at hand, in its form."""
        if self.tree.entry is not None:
            self._workbench.show_record(self.tree.entry.uid)

    def ask_reason(self) -> None:
        """Set aside what is at hand."""
        found = self.tree.at_hand
        if found and not self.work.busy:
            self.ask.dismiss()
            # Bound here: a check that ends meanwhile may put something else to hand.
            self._asked = tuple(found)
            title = found[0].message(self._workbench.language).title if len(found) == 1 else self.tree.title
            self.panel.ask(title, len(found))

    def apply(self) -> None:
        """Do what is proposed: for one finding at once, for a whole group after a question."""
        found = tuple(finding for finding in self.tree.at_hand if finding.proposal is not None)
        self._close_panels()
        if self.tree.entry is not None and found:
            self._apply(found)
        elif found:
            self._ask_to_apply(self.tree.title, found)

    # --- within

    def _repairs(self) -> Mapping[int, Sequence[QualityFinding]]:
        return {} if self._words is None else sure_by_import(self.model.entries, self._words.lines)

    def _ask_to_apply(self, title: str, found: tuple[QualityFinding, ...]) -> None:
        translate = QCoreApplication.translate
        # One for each record: the point is repaired once.
        sure = tuple({finding.uid: finding for finding in reversed(found) if finding.proposal.sure}.values())
        text = translate("originmap", "{group}: {count} findings come with a repair, {sure} of them with only one.")
        answers = [(translate("originmap", "Leave it"), self.tree.setFocus)]
        if sure:
            answer = translate("originmap", "Apply these {count}").format(count=f"{len(sure):,}")
            answers.insert(0, (answer, lambda: self._apply(sure)))
        said = text.format(group=title, count=f"{len(found):,}", sure=f"{len(sure):,}")
        self.ask.ask(said, answers)

    def _apply(self, found: Sequence[QualityFinding]) -> None:
        self.work.apply(found, {finding.uid: self._words.lines[finding.uid] for finding in found})

    def _put_aside(self, reason: str) -> None:
        self.work.aside(self._asked, reason)

    def _undo(self) -> None:
        self._way_back()

    # --- what comes of it

    def _checked(self, found: Checked) -> None:
        session = self._workbench.session
        if session is None:
            return
        here, self._stale = self._stay(), False
        masked = self._workbench.profile.masked
        self._words = FindingWords(found, session.standard, self._workbench.language, masked, datetime.now())
        self.model.fill(self._words.groups(found.findings), self._words.icons)
        for row in range(self.model.rowCount()):
            self.tree.setExpanded(self.model.index(row, 0), True)
        self.outcome.hide()
        self._show_state()
        if not any(key is not None and self.tree.show_entry(key) for key in here):
            self.tree.next()
        focus = self.window().focusWidget()
        if self.isVisible() and (focus is None or not focus.isVisible() or self.isAncestorOf(focus)):
            self.tree.setFocus()

    def _looked(self, uids: tuple[str, ...], found: Checked) -> None:
        """Records were changed: their findings are others now."""
        if self._words is None:
            return
        here = self._stay()
        self.model.take(lambda finding: finding.uid in uids)
        self._words.learn(found)
        for group in self._words.groups(found.findings):
            self.model.put(group)
        self._go_back_to(here)

    def _now_aside(self, findings: Sequence[QualityFinding]) -> None:
        keys = frozenset(finding.key for finding in findings)
        here = self._stay()
        self.model.take(lambda finding: finding.key in keys)
        text = QCoreApplication.translate("originmap", "Set aside: {what}")
        self.outcome.say(text.format(what=self._what(findings)))
        self._offer(partial(self.work.back, tuple(findings)))
        self._go_back_to(here)

    def _offer(self, way_back: Optional[Callable[[], None]]) -> None:
        """The way back from the step that was told, if there is one."""
        self._way_back = way_back or _no_way_back
        self.outcome.undo.setVisible(way_back is not None)

    def _now_back(self, findings: Sequence[QualityFinding]) -> None:
        text = QCoreApplication.translate("originmap", "It counts again: {what}")
        self.outcome.say(text.format(what=self._what(findings)))
        self._offer(None)
        self.work.look_again(tuple({finding.uid for finding in findings}))

    def _now_applied(self, findings: Sequence[QualityFinding], applied: Applied) -> None:
        translate = QCoreApplication.translate
        done = translate("originmap", "Repaired: {what}. The earlier values stand in the history.")
        self._offer(partial(self.work.undo, findings, applied) if applied.done else None)
        self._tell_written(findings, applied, done, translate("originmap", "{count} not repaired: {reason}"))

    def _now_undone(self, findings: Sequence[QualityFinding], undone: Applied) -> None:
        translate = QCoreApplication.translate
        done = translate("originmap", "Taken back: {what}. The history keeps both.")
        self._offer(None)
        self._tell_written(findings, undone, done, translate("originmap", "{count} not taken back: {reason}"))

    def _tell_written(self, findings: Sequence[QualityFinding], written: Applied, done: str, left: str) -> None:
        """Say which records were changed and which not, and look at them again."""
        changed = set(written.done)
        said = [done.format(what=self._what([one for one in findings if one.uid in changed]))] if changed else []
        if written.left:
            reason = written.left[0].sentence(self._workbench.language)
            said.append(left.format(count=len(written.left), reason=reason))
        self.outcome.say("\n".join(said), WARNING if written.left else SUCCESS)
        self._workbench.session.layer.triggerRepaint()
        if len(findings) == 1:
            self._workbench.records_changed.emit(findings[0].uid)
            return
        stale = self._stale
        self._workbench.records_changed.emit("")
        # These are looked at again here; the list is as true as it was.
        self._stale = stale
        self.look_again({finding.uid for finding in findings})
        self._show_state()

    def _refused(self, error: OriginMapError) -> None:
        if not self.isVisible():
            self._workbench.tell_error(error)
            return
        self.ask.ask(
            error.sentence(self._workbench.language),
            [(QCoreApplication.translate("originmap", "Leave it"), self.tree.setFocus)],
        )

    def _stay(self) -> tuple[object, object]:
        """Where one is, and which finding comes behind it."""
        here = self.tree.currentIndex()
        behind = self.model.entry_at(self.model.after(here))
        entry = self.tree.entry
        return None if entry is None else entry.key, None if behind is None else behind.key

    def _go_back_to(self, here: tuple[object, object]) -> None:
        """Where one was, else to what came behind it: nobody loses the place in a long list."""
        key, behind = here
        if not (key and self.tree.show_entry(key)) and behind is not None:
            self.tree.show_entry(behind)
        self._show_state()
        self.show_at_hand()

    def _what(self, findings: Sequence[QualityFinding]) -> str:
        if len(findings) == 1:
            return self._words.short(findings[0])
        return QCoreApplication.translate("originmap", "{count} findings").format(count=f"{len(findings):,}")

    def _say(self, finding: QualityFinding) -> object:
        return self._words.line(finding)

    def _show_state(self) -> None:
        translate, session = QCoreApplication.translate, self._workbench.session
        empty = self.model.count == 0
        words = self._words
        if words is None:
            self._head.setText("")
            self._nothing.why.setText(
                translate("originmap", "Nothing has been checked yet. The check changes nothing; it can be stopped.")
            )
        else:
            self._head.setText(words.head(self.model.count, self._stale))
            self._nothing.why.setText(translate("originmap", "Nothing was found."))
        limited = self._query_words if self._query != Query() else ""
        self._nothing.limits.setText(translate("originmap", "Only: {query}").format(query=limited) if limited else "")
        self._stack.setCurrentWidget(self._nothing if empty else self.tree)
        self._head.setVisible(words is not None)
        self._again.setVisible(words is not None)
        self.more.button.setVisible(words is not None)
        self._nothing.check.setVisible(words is None)
        for button in (self._again, self._nothing.check):
            button.setEnabled(session is not None and not self.work.checking)
        asking = any(panel.isVisible() for panel in self._panels())
        self.steps.setVisible(not empty and not asking)
        if asking:
            # What is asked takes its place; the step before stands in the list or the history.
            self.outcome.hide()
        self._allow()

    def _allow(self) -> None:
        session, found = self._workbench.session, self.tree.at_hand
        free = session is not None and session.read_only is None and not self.work.busy
        entry = self.tree.entry
        can = free and any(finding.proposal is not None for finding in found)
        self.steps.allow(form=entry is not None, apply=can, aside=free and bool(found), going_on=self.model.count > 0)

    def _close_panels(self) -> None:
        self.panel.leave()
        self.more.panel.leave()
        self.ask.dismiss()

    def _panels(self) -> tuple[QWidget, ...]:
        return self.panel, self.more.panel, self.ask

    # --- making it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A question came or went."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._show_state()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        gap = self.fontMetrics().height() // 3
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        for button in (self._again, self.more.button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        layout.addLayout(head)
        layout.addWidget(self._progress)
        layout.addWidget(self.more.progress)
        layout.addWidget(self._stack, 1)
        for widget in (self.card, self.panel, self.more.panel, self.ask, self.outcome, self.steps):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.tree.moved.connect(self.show_at_hand)
        self.tree.opened.connect(self.open_form)
        self.card.record_wanted.connect(self._workbench.show_record)
        self.panel.reasoned.connect(self._put_aside)
        self.outcome.undo.clicked.connect(self._undo)
        self.steps.form_wanted.connect(self.open_form)
        self.steps.apply_wanted.connect(self.apply)
        self.steps.aside_wanted.connect(self.ask_reason)
        self.steps.next_wanted.connect(self.next)
        for button in (self._again, self._nothing.check):
            button.clicked.connect(self.check)
        self.work.checked.connect(self._checked)
        self.work.looked.connect(self._looked)
        self.work.set_aside.connect(self._now_aside)
        self.work.put_back.connect(self._now_back)
        self.work.applied.connect(self._now_applied)
        self.work.undone.connect(self._now_undone)
        self.work.refused.connect(self._refused)
        self.work.busy_changed.connect(self._show_state)
        self.more.repair_wanted.connect(self._ask_to_apply)
        for panel in self._panels():
            panel.installEventFilter(self)


def _no_way_back() -> None:
    """There is no step to take back."""
