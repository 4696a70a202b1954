"""Many records at once: what goes and what stays and why, before anything is done; one step, one undo."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Mapping, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.onemap.query import Query
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.register.reviewing import Preview, Staying, preview
from ...core.review.person import Person
from ...core.review.process import Event, Role, load_process
from ...core.review.transitions import Terms
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..flow import FlowLayout
from ..icons import theme_icon
from ..label import wrapped_label
from ..person import person_of
from ..work import Works
from ..workbench import Workbench
from .bulk_comments import BulkComments
from .return_panel import TermsFields

# From which states a step starts in bulk; an approved record is returned by itself, or when its state was asked for.
_SOURCES: Mapping[Event, tuple[str, ...]] = {
    Event.APPROVE: ("submitted",),
    Event.RETURN: ("submitted",),
    Event.SUBMIT: ("draft", "returned"),
}
_GIVEN_LATER = Terms("-", "9999-12-31")
_MOST_NAMED = 200
_UidRole = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Reason:
    """Why some records stay: the sentence, how many they are, and the first of them."""

    sentence: str
    count: int
    first: tuple[Staying, ...]


@dataclass(frozen=True)
class Foreseen:
    """A preview with its reasons, the most frequent first."""

    preview: Preview
    reasons: tuple[Reason, ...]


class BulkView(QWidget):
    """Asks for the step, says what would become of it, and hands on what the person wants.

    Signals:
        wanted: the :class:`Preview` to carry out, and the comments on fields that every record gets.
        chosen: the uid of a record that stays and that the person wants to see.
        left: the person leaves it.
    """

    wanted = pyqtSignal(object, object)
    chosen = pyqtSignal(str)
    left = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review_bulk_view")
        self._workbench = workbench
        self._works = Works()
        self._query = Query()
        self._preview: Optional[Preview] = None
        self._events = QButtonGroup(self)
        self._words = wrapped_label("originmap_bulk_words")
        self._terms = TermsFields("originmap_bulk")
        self._comments = BulkComments()
        self._result = wrapped_label("originmap_bulk_result")
        self._stays = _stays_list()
        self._stays.itemActivated.connect(self._choose)
        translate = QCoreApplication.translate
        self._go = QPushButton(theme_icon("mIconSuccess.svg"), "")
        self._go.setObjectName("originmap_bulk_go")
        self._go.clicked.connect(self._want)
        leave = QPushButton(theme_icon("mTaskCancel.svg"), translate("originmap", "Leave it"))
        leave.setObjectName("originmap_bulk_leave")
        leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        layout.addLayout(self._choice())
        for widget in (self._terms, self._comments, self._result):
            layout.addWidget(widget)
        layout.addWidget(self._stays, 1)
        # Holds the buttons down while there is no list.
        layout.addStretch(0)
        layout.addLayout(buttons)

    @property
    def event_wanted(self) -> Event:
        """The step that is chosen."""
        return tuple(_SOURCES)[max(self._events.checkedId(), 0)]

    def ask(self, query: Query, words: str) -> None:
        """Begin with a query's records, told in words."""
        self._query = query
        text = QCoreApplication.translate("originmap", "Records: {query}").format(query=words)
        self._words.setText(text)
        self._terms.renew()
        if self._workbench.session is not None:
            self._comments.renew(self._workbench.session.standard, self._workbench.language)
        if person_of(self._workbench.profile).role is not Role.REVIEWER:
            # Nobody else approves or returns.
            self._events.button(tuple(_SOURCES).index(Event.SUBMIT)).setChecked(True)
        self._events.button(max(self._events.checkedId(), 0)).setFocus()
        self.look()

    def look(self) -> None:
        """Find out anew what would go and what would stay."""
        session, translate = self._workbench.session, QCoreApplication.translate
        self._preview = None
        self._stays.clear()
        self._stays.hide()
        self._works.abandon()
        event = self.event_wanted
        for widget in (self._terms, self._comments):
            widget.setVisible(event is Event.RETURN)
        self._go.setEnabled(False)
        self._go.setText(load_process().event_title(event, self._workbench.language))
        if session is None:
            return
        states = tuple(state for state in _SOURCES[event] if not self._query.states or state in self._query.states)
        if not states:
            self._result.setText(translate("originmap", "None of the records is in a state from which this starts."))
            return
        self._result.setText(translate("originmap", "Looking at the records…"))
        asked = replace(self._query, states=states)
        job = partial(_look, session.path, event, asked, person_of(self._workbench.profile), self._workbench.language)
        self._works.start("preview", self._go.text(), job, self._known, self._failed)

    @property
    def looking(self) -> bool:
        """Whether the preview is on its way."""
        return self._works.running("preview") is not None

    def release(self) -> None:
        """Leave the thread to itself."""
        self._works.abandon()

    # --- within

    def _choice(self) -> FlowLayout:
        row = FlowLayout(spacing=self.fontMetrics().height() // 2)
        for number, event in enumerate(_SOURCES):
            button = QRadioButton(load_process().event_title(event, self._workbench.language))
            button.setObjectName(f"originmap_bulk_{event.value}")
            button.setChecked(number == 0)
            self._events.addButton(button, number)
            row.addWidget(button)
        self._events.idClicked.connect(self.look)
        return row

    def _known(self, foreseen: Foreseen) -> None:
        found = self._preview = foreseen.preview
        translate = QCoreApplication.translate
        title = load_process().event_title(found.event, self._workbench.language)
        text = translate("originmap", "<b>{going}</b> can go, {staying} cannot:") if found.stays else ""
        text = text or translate("originmap", "<b>{going}</b> can go. It is one step, and one undo takes it back.")
        self._result.setText(text.format(going=f"{len(found.goes):,}", staying=f"{len(found.stays):,}"))
        self._show_reasons(foreseen.reasons)
        counted = translate("originmap", "{event}: {count}").format(event=title, count=f"{len(found.goes):,}")
        self._go.setText(counted)
        self._go.setEnabled(bool(found.goes))

    def _show_reasons(self, reasons: Sequence[Reason]) -> None:
        self._stays.setVisible(bool(reasons))
        products, more = self._products(), QCoreApplication.translate("originmap", "and {count} more")
        for reason in reasons:
            head = QTreeWidgetItem(self._stays, [f"{reason.count:,}　{reason.sentence}"])
            head.setToolTip(0, reason.sentence)
            for one in reason.first:
                line = QTreeWidgetItem(head, [f"{one.name}　{products.get(one.variety, '')}"])
                line.setData(0, _UidRole, one.uid)
            if reason.count > len(reason.first):
                QTreeWidgetItem(head, [more.format(count=f"{reason.count - len(reason.first):,}")])

    def _products(self) -> Mapping[str, str]:
        session = self._workbench.session
        varieties = session.standard.varieties if session is not None else ()
        return {variety.code: variety.title_in(self._workbench.language) for variety in varieties}

    def _failed(self, error: OriginMapError) -> None:
        self._result.setText(error.sentence(self._workbench.language))

    def _want(self) -> None:
        if self._preview is None:
            return
        if self._preview.event is not Event.RETURN:
            self.wanted.emit(self._preview, ())
            return
        terms = self._terms.terms
        if not terms.reason:
            self._result.setText(QCoreApplication.translate("originmap", "Choose a reason or type one."))
            self._terms.reason.setFocus()
            return
        self.wanted.emit(replace(self._preview, terms=terms), self._comments.comments)

    def _choose(self, item: QTreeWidgetItem) -> None:
        uid = item.data(0, _UidRole)
        if uid:
            self.chosen.emit(uid)


def _stays_list() -> QTreeWidget:
    stays = QTreeWidget()
    stays.setObjectName("originmap_bulk_stays")
    stays.setAccessibleName(QCoreApplication.translate("originmap", "Why records cannot go"))
    stays.setHeaderHidden(True)
    stays.setWordWrap(True)
    stays.setTextElideMode(Qt.TextElideMode.ElideRight)
    stays.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return stays


def _look(path: Path, event: Event, query: Query, person: Person, language: str, progress: Progress) -> Foreseen:
    with told_plainly(path), Register.open(path, read_only=True) as register:
        found = preview(register, event, query, person, _GIVEN_LATER, progress)
    return Foreseen(found, _reasons(found.stays, language))


def _reasons(stays: Sequence[Staying], language: str) -> tuple[Reason, ...]:
    """One for each code and rule: the sentence is made once, however many they are."""
    kinds: dict[tuple[str, str], list[Staying]] = defaultdict(list)
    for one in stays:
        kinds[one.code, one.rule.id if one.rule is not None else ""].append(one)
    reasons = (Reason(same[0].sentence(language), len(same), tuple(same[:_MOST_NAMED])) for same in kinds.values())
    return tuple(sorted(reasons, key=lambda reason: -reason.count))
