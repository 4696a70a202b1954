"""The lists of the review under their tabs: what waits, what was returned, and the numbers of each township."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.register.came_back import came_back
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.register.review_list import Asked, ReviewList, TownshipGroup, own_area
from ...core.review.counts import township_counts
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon
from ..label import wrapped_label
from ..work import Works
from ..workbench import Workbench
from .ages import age_text, days_since
from .counts_table import CountsTable
from .returned_list import ReturnedList
from .tree import ReviewModel
from .tree_view import ReviewTree

WAITING, RETURNED, COUNTS = range(3)


class ReviewLists(QWidget):
    """Counts in another thread when it is seen, and one township at a time afterwards.

    Signals:
        chosen: the uid of a record that a person wants to look at.
        bulk_wanted: many records at once.
        all_wanted: the query on the map shall go.
    """

    chosen = pyqtSignal(str)
    bulk_wanted = pyqtSignal()
    all_wanted = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._works = Works()
        self._query = Query()
        self._area = ""
        self._dirty: set[str] = set()
        self._glanced = False
        self.model = ReviewModel(self)
        self.tree = ReviewTree(self.model)
        self.returned = ReturnedList()
        self.counts = CountsTable(workbench.language)
        self._head = wrapped_label("originmap_review_summary")
        self._beyond = QCheckBox()
        self._beyond.setObjectName("originmap_review_beyond")
        self._tabs = QTabBar()
        self._tabs.setObjectName("originmap_review_tabs")
        self._tabs.setDrawBase(False)
        translate = QCoreApplication.translate
        for title in (translate("originmap", "Waiting"), translate("originmap", "Returned"), ""):
            self._tabs.addTab(title)
        self._tabs.setTabText(COUNTS, translate("originmap", "By township"))
        self._stack = QStackedWidget()
        self._nothing = self._empty_state()
        for widget in (self.tree, self.returned, self.counts, self._nothing):
            self._stack.addWidget(widget)
        self._bulk = QPushButton(theme_icon("mActionMultiEdit.svg"), translate("originmap", "Many at once…"))
        self._bulk.setObjectName("originmap_review_bulk")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        for widget in (self._head, self._tabs, self._beyond):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._bulk)
        self._connect()
        self._show_state()

    @property
    def counting(self) -> bool:
        """Whether numbers are on their way."""
        return any(self._works.running(name) is not None for name in ("waiting", "townships", "returned", "counts"))

    @property
    def query(self) -> Query:
        """What the lists are limited to."""
        return self._query

    def set_query(self, query: Query) -> None:
        """Limit the list of what waits to a query's records."""
        self._query = query
        self.model.empty()

    def listed(self) -> ReviewList:
        """What waits in the open register, for questions in the window's thread."""
        return ReviewList(self._workbench.session.register, *self._asked)

    def count(self) -> None:
        """Count everything anew; what is there stays until then, and where nothing is, the townships come at once."""
        session = self._workbench.session
        if session is None:
            self.release()
            self.model.empty()
            self._show_state()
            return
        translate = QCoreApplication.translate
        self._ask(self._know_area)
        title, asked = translate("originmap", "Counting what waits for its review"), self._asked
        if not self.model.townships:
            self._ask(lambda: self._show(self.listed().glance()))
            self._glanced = True
        self._start("waiting", title, lambda register: ReviewList(register, *asked).groups(), self._fill)
        self._read_tab()
        self._show_state()

    def changed(self, uid: str) -> None:
        """Something happened to a record: show or take away its line, and count its township anew."""
        if self._workbench.session is None:
            return
        if self._works.running("waiting") is not None:
            # What is being counted, or stands there, may have been read before the change.
            self._glanced = False
            self.count()
            return
        self._ask(lambda: self._follow(uid))
        self._read_tab()
        self._show_state()

    def show_item(self, uid: str) -> None:
        """Bring the line of a record into view."""
        self._ask(lambda: self._show_line(uid))

    def release(self) -> None:
        """Leave the threads to themselves."""
        self._works.abandon()

    # --- within

    @property
    def _asked(self) -> Asked:
        return self._query, "" if self._beyond.isChecked() else self._area

    def _know_area(self) -> None:
        """What of the county the person looks after, when it is not all of it."""
        profile = self._workbench.profile
        area = own_area(self._workbench.session.register, profile.area_code)
        if area != self._area:
            self.model.empty()
        self._area = area
        text = QCoreApplication.translate("originmap", "Also what lies outside of {area}")
        self._beyond.setText(text.format(area=profile.area_name or area))

    def _ask_anew(self) -> None:
        self.model.empty()
        self.count()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._turn)
        self._beyond.toggled.connect(self._ask_anew)
        self.tree.chosen.connect(lambda item: self.chosen.emit(item.uid))
        self.returned.chosen.connect(self.chosen)
        self.counts.township_wanted.connect(self._show_township)
        self._bulk.clicked.connect(self.bulk_wanted)

    def _start(self, name: str, title: str, ask: Callable[[Register], object], done: Callable[..., None]) -> None:
        self._works.start(name, title, _job(self._workbench.session.path, ask), done, self._failed, instead=True)

    def _read_tab(self) -> None:
        """What the other tabs show is read while they are in front."""
        translate, tab = QCoreApplication.translate, self._tabs.currentIndex()
        if tab == RETURNED:
            title = translate("originmap", "Reading what was returned")
            self._start("returned", title, lambda register: came_back(register.connection), self._fill_returned)
        elif tab == COUNTS:
            title = translate("originmap", "Counting the townships")
            self._start("counts", title, lambda register: township_counts(register.connection), self._fill_counts)

    def _fill(self, groups: list[TownshipGroup]) -> None:
        self._dirty.clear()
        if self._glanced and self.model.townships == [group.township for group in groups]:
            # What was opened in the meantime stays open.
            self._fill_townships(groups)
        else:
            self._show(groups)
        self._glanced = False
        self._show_state()

    def _show(self, groups: list[TownshipGroup]) -> None:
        session = self._workbench.session
        if session is not None:
            listed = self.listed()
            if not self.model.shows(session, listed, groups):
                opened = self.tree.opened() if len(groups) > 1 else [group.township for group in groups]
                self.model.fill(session, listed, groups)
                self.tree.open_again(opened)

    def _fill_townships(self, groups: list[TownshipGroup]) -> None:
        for group in groups:
            self.model.put(group)
            self._dirty.discard(group.township)
        self._show_state()

    def _fill_returned(self, found: list) -> None:
        if self._workbench.session is not None:
            self.returned.fill(found, self._workbench.session.standard)
        self._show_state()

    def _fill_counts(self, found: list) -> None:
        if self._workbench.session is not None:
            self.counts.fill(found, self._workbench.session.standard)

    def _failed(self, error: OriginMapError) -> None:
        self._workbench.tell_error(error)
        self._show_state()

    def _follow(self, uid: str) -> None:
        listed = self.listed()
        item, before = listed.item(uid), self.model.forget(uid)
        if item is not None and listed.waits(uid):
            self.model.come(item)
        self._dirty.update(at.township for at in (before, item) if at is not None)
        names, asked = sorted(self._dirty), self._asked
        title = QCoreApplication.translate("originmap", "Counting what waits for its review")
        self._start("townships", title, lambda register: _groups(register, asked, names), self._fill_townships)

    def _show_line(self, uid: str) -> None:
        item = self.listed().item(uid)
        if item is not None and item.status == "submitted":
            self.tree.show_item(item)

    def _ask(self, look: Callable[[], None]) -> None:
        session = self._workbench.session
        if session is None:
            return
        try:
            with told_plainly(session.path):
                look()
        except OriginMapError as error:
            self._workbench.tell_error(error)

    def _turn(self) -> None:
        if self._workbench.session is not None:
            self._read_tab()
        self._show_state()

    def _show_township(self, name: str) -> None:
        self._tabs.setCurrentIndex(WAITING)
        self.tree.show_township(name)
        self.tree.setFocus()

    def _show_state(self) -> None:
        totals, translate = self.model.totals, QCoreApplication.translate
        counting = self._works.running("waiting") is not None
        if counting and not totals.waiting:
            self._head.setText(translate("originmap", "Counting…"))
        elif totals.waiting:
            text = translate("originmap", "<b>{count}</b> wait for review, all since today")
            if days_since(totals.since):
                text = translate("originmap", "<b>{count}</b> wait for review, the longest for {age}")
            self._head.setText(text.format(count=f"{totals.waiting:,}", age=age_text(totals.since)))
        else:
            self._head.setText(translate("originmap", "Nothing waits for review."))
        self._why.setText(self._why_empty())
        self._all.setVisible(self._query != Query())
        self._beyond.setVisible(bool(self._area) and self._tabs.currentIndex() == WAITING)
        tab, empty = self._tabs.currentIndex(), not totals.waiting and not counting
        front = {WAITING: self._nothing if empty else self.tree, RETURNED: self.returned, COUNTS: self.counts}[tab]
        self._stack.setCurrentWidget(front)
        self._bulk.setEnabled(self._workbench.session is not None)

    def _empty_state(self) -> QWidget:
        page = QWidget()
        self._why = QLabel()
        self._why.setObjectName("originmap_review_empty")
        self._why.setWordWrap(True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._all = QPushButton(QCoreApplication.translate("originmap", "Show all records"))
        self._all.setObjectName("originmap_review_all")
        self._all.clicked.connect(self.all_wanted)
        layout = QVBoxLayout(page)
        layout.addStretch()
        layout.addWidget(self._why)
        layout.addWidget(self._all, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return page

    def _why_empty(self) -> str:
        translate = QCoreApplication.translate
        if self._query != Query():
            return translate("originmap", "Among the records that the map shows, none waits for review.")
        if self._asked[1]:
            text = translate("originmap", "In {area} every submitted record is reviewed.")
            return text.format(area=self._workbench.profile.area_name or self._area)
        return translate("originmap", "Every submitted record is reviewed. What collectors submit next waits here.")


def _groups(register: Register, asked: Asked, townships: Sequence[str]) -> list[TownshipGroup]:
    listed = ReviewList(register, *asked)
    return [listed.group_of(name) for name in townships]


def _job(path: Path, ask: Callable[[Register], object]) -> Callable[[Progress], object]:
    """A question to the register, over a connection of its own."""

    def job(progress: Progress) -> object:
        with told_plainly(path), Register.open(path, read_only=True) as register:
            return ask(register)

    return job
