"""The two lists of the queue under their tabs: what waits, as a tree, and what was put aside."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ...core.register.errors import told_plainly
from ...core.register.queue import Queue, QueueItem, VillageGroup
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon
from ..work import Work
from ..workbench import Workbench
from .aside_list import AsideList
from .head import QueueHead
from .tree import QueueModel
from .tree_view import QueueTree

WAITING, ASIDE = range(2)
# So many villages are read again one by one, so that the lines people opened stay open.
_FEW = 20
_LEAST_LINES = 5


class QueueLists(QWidget):
    """Counts in another thread when a register opens, and one village at a time afterwards.

    Signals:
        chosen: the item that a person wants to work on.
        back_wanted: the item that shall wait again.
    """

    chosen = pyqtSignal(object)
    back_wanted = pyqtSignal(object)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._work: Optional[Work] = None
        self.model = QueueModel(self)
        self.tree = QueueTree(self.model)
        self.tree.chosen.connect(self.chosen)
        self.aside = AsideList(workbench)
        self.aside.chosen.connect(self.chosen)
        self.aside.back_wanted.connect(self.back_wanted)
        self.head = QueueHead()
        self._tabs = QTabBar()
        self._tabs.setObjectName("originmap_queue_lists")
        self._tabs.setDrawBase(False)
        for _ in (WAITING, ASIDE):
            self._tabs.addTab("")
        self._tabs.currentChanged.connect(self._turn)
        self._stack = _Stack()
        self._nothing = self._empty_state()
        for widget in (self.tree, self.aside, self._nothing):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        layout.addWidget(self.head)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._show_totals()

    @property
    def counting(self) -> bool:
        """Whether the numbers are on their way."""
        return self._work is not None

    def count(self) -> None:
        """Count everything anew; the tree that is there stays until then."""
        self.release()
        session = self._workbench.session
        if session is None:
            self.model.empty()
            self._show_totals()
            return
        if not self.model.totals.total:
            self.head.show_counting()
        path = session.path

        def job(progress: Progress) -> object:
            with Register.open(path, read_only=True) as register:
                return Queue(register).groups()

        self._work = Work(QCoreApplication.translate("originmap", "Counting what waits for a point"), job)
        self._work.done.connect(self._fill)
        self._work.failed.connect(self._failed)
        self._work.start()

    def changed(self, uid: str) -> None:
        """Something happened to a record: count its village anew, and show or take away its line."""
        if self._workbench.session is None or self.counting:
            return
        self._read(lambda: self._follow(uid))
        self._show_totals()
        self._count_if_wrong()
        if self._tabs.currentIndex() == ASIDE:
            self.aside.read()

    def show_item(self, item: QueueItem) -> None:
        """Bring the line of a record into view."""
        if self._tabs.currentIndex() == WAITING:
            self._read(lambda: self.tree.show_item(item))

    def release(self) -> None:
        """Leave the threads to themselves."""
        if self._work is not None:
            self._work.abandon()
            self._work = None
        self.aside.release()

    def _follow(self, uid: str) -> None:
        queue = self._workbench.session.queue
        item, before = queue.item(uid), self.model.village_of(uid)
        if item is None:
            self.count()
            return
        here = item.township, item.village
        waits = queue.waits(uid)
        if before is not None and (before != here or not waits):
            self.model.forget(uid)
            self.model.recount(*before)
        if before != here and waits:
            self.model.come(item)
        else:
            self.model.recount(*here)

    def _count_if_wrong(self) -> None:
        """A record left a village that was not opened, or other people work on the register as well."""
        waiting = self.model.totals.waiting
        self._read(lambda: None if self._workbench.session.queue.count() == waiting else self.count())

    def _read(self, look: Callable[[], None]) -> None:
        session = self._workbench.session
        if session is None:
            return
        try:
            with told_plainly(session.path):
                look()
        except OriginMapError as error:
            self._workbench.tell_error(error)

    def _fill(self, groups: list[VillageGroup]) -> None:
        self._work = None
        session = self._workbench.session
        if session is None:
            return
        changed = self.model.changed_since(session, groups)
        if changed is None or len(changed) > _FEW:
            self.model.fill(session, groups)
        else:
            self._read(lambda: [self.model.reread(*village) for village in changed])
        self._show_totals()
        self._count_if_wrong()

    def _failed(self, error: OriginMapError) -> None:
        self._work = None
        self._workbench.tell_error(error)

    def _turn(self, tab: int) -> None:
        if tab == ASIDE:
            self.aside.read()
        self._show_totals()

    def _show_totals(self) -> None:
        totals = self.model.totals
        translate = QCoreApplication.translate
        self._tabs.setTabText(WAITING, translate("originmap", "Waiting {count}").format(count=totals.waiting))
        self._tabs.setTabText(ASIDE, translate("originmap", "Put aside {count}").format(count=totals.aside))
        self.head.show_totals(totals)
        self._say_why_empty(totals)
        aside = self._tabs.currentIndex() == ASIDE
        empty = not totals.waiting and not self.counting
        self._stack.setCurrentWidget(self.aside if aside else self._nothing if empty else self.tree)

    def _empty_state(self) -> QWidget:
        page = QWidget()
        self._why = QLabel()
        self._why.setObjectName("originmap_queue_empty")
        self._why.setWordWrap(True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(
            theme_icon("mActionFileOpen.svg"), QCoreApplication.translate("originmap", "Import a workbook…")
        )
        button.setObjectName("originmap_queue_import")
        button.clicked.connect(self._import)
        layout = QVBoxLayout(page)
        layout.addStretch()
        layout.addWidget(self._why)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return page

    def _say_why_empty(self, totals: VillageGroup) -> None:
        translate = QCoreApplication.translate
        if totals.total:
            self._why.setText(translate("originmap", "Every record has its exact point or was put aside."))
        else:
            self._why.setText(
                translate("originmap", "No records yet. Those that a workbook brings without an exact point wait here.")
            )

    def _import(self) -> None:
        self._workbench.import_wanted.emit("")


class _Stack(QStackedWidget):
    """The record at hand comes first: the lists get what it leaves, and ask for some lines only."""

    def sizeHint(self) -> QSize:
        """As little as can be used."""
        return QSize(super().sizeHint().width(), _LEAST_LINES * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
