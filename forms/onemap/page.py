"""The one map: records to any conditions, by ticking; the map shows them, and table, figures and print say the same."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.onemap.look import Look, Style
from ...core.onemap.query import Query
from ...core.onemap.query_words import in_words
from ...core.standard.errors import OriginMapError
from ..fitting import scrolling
from ..work import Works
from ..workbench import Workbench
from .conditions import Conditions
from .head import Head
from .jobs import Counted, count_job, facets_job
from .leading_on import LeadingOn
from .map_filter import MapFilter
from .on_map import OnMap
from .options import Offered
from .outside import is_outside
from .saved import SavedQueries

# Milliseconds: before counting anew after a change of records, and before old numbers are taken away while it lasts.
_RECORDS_SETTLE, _OLD_NUMBERS_STAY = 800, 600
# Of so many records, symbols cover each other where the whole county is seen.
CROWDED = 20_000


class OneMapPage(QWidget):
    """What is ticked is counted at once; the map follows when the person says so, and can be stepped back."""

    filter_changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_onemap")
        self._workbench = workbench
        self._works = Works()
        self._stale = True
        self._entered = False
        self._counted: Optional[Counted] = None
        self._names: dict[str, str] = {}
        self._offered: Optional[Offered] = None
        self._told_outside = self._told_crowded = False
        self.map_filter = MapFilter(workbench, self)
        self.head = Head()
        self.conditions = Conditions(workbench.language)
        self.saved = SavedQueries(workbench, self.head.saved, self._query_now)
        self.leading_on = LeadingOn(OnMap(workbench, self.apply, self._query_on_map))
        self._settled = _timer(self, _RECORDS_SETTLE, self._count)
        self._old = _timer(self, _OLD_NUMBERS_STAY, self.conditions.count_anew)
        layout = QVBoxLayout(self)
        layout.addWidget(self.head)
        layout.addWidget(self.saved)
        layout.addWidget(scrolling(self.conditions), 1)
        layout.addWidget(self.leading_on)
        self._connect()
        self._opened()

    @property
    def query(self) -> Query:
        """What is ticked, whether the map shows it or not."""
        return self.conditions.query

    @property
    def words(self) -> str:
        """The query that the map shows, in words."""
        return self._say(self.map_filter.query)

    @property
    def notice(self) -> str:
        """What keeps records from being seen on the map; empty when nothing does."""
        translate, style = QCoreApplication.translate, self.leading_on.styles.title
        parts = [translate("originmap", "The map shows only: {query}").format(query=self.words)]
        styled = translate("originmap", "Map style: {style}").format(style=style)
        return "　".join([*(parts if self.map_filter.active else []), *([styled] if style else [])])

    @property
    def counting(self) -> bool:
        """Whether numbers are on their way."""
        return any(self._works.running(name) is not None for name in ("count", "facets")) or self._settled.isActive()

    # --- what the panel asks

    def enter(self) -> None:
        """The page comes to the front: what changed meanwhile is counted."""
        self._entered = True
        if self._offered is None and self._workbench.session is not None:
            self._show_query(self.map_filter.query)
        if self._stale:
            self._count()

    def leave(self) -> None:
        """The page goes; the query stays on the map, and the panel says so above the other pages."""
        self._entered = False

    def release(self) -> None:
        """Leave nothing behind: the map shows what it showed before."""
        self._settled.stop()
        self._old.stop()
        self._works.abandon()
        self.saved.release()
        self.leading_on.release()
        self.map_filter.changed.disconnect(self._applied)
        self.map_filter.release()
        self._workbench.register_opened.disconnect(self._opened)
        self._workbench.register_closed.disconnect(self._closed)
        self._workbench.records_changed.disconnect(self._records_changed)

    def clear(self) -> None:
        """No condition any more, neither here nor on the map."""
        if self.map_filter.apply(Query()):
            self._show_query(Query())

    def show_all(self) -> None:
        """All records as symbols, as if nobody had been on this page."""
        self.leading_on.styles.show()
        self.clear()

    def apply(self) -> bool:
        """Let the map show what is ticked."""
        return self.map_filter.apply(self.query)

    def show_query(self, query: Query) -> None:
        """Tick what a query asks and let the map show it."""
        self._show_query(query)
        self.apply()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter shows on the map what is ticked, from wherever the keyboard is on the page."""
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if with_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
            return
        super().keyPressEvent(event)

    # --- the register

    def _connect(self) -> None:
        self._workbench.register_opened.connect(self._opened)
        self._workbench.register_closed.connect(self._closed)
        self._workbench.records_changed.connect(self._records_changed)
        self.map_filter.changed.connect(self._applied)
        self.conditions.changed.connect(self._changed)
        self.head.apply_wanted.connect(self.apply)
        self.head.clear_wanted.connect(self.clear)
        self.head.back_wanted.connect(self._back)
        self.head.forward_wanted.connect(self._forward)
        self.saved.chosen.connect(self.show_query)
        self.leading_on.styles.changed.connect(self.filter_changed)

    def _query_now(self) -> Query:
        return self.query

    def _query_on_map(self) -> Query:
        return self.map_filter.query

    def _opened(self) -> None:
        """The conditions are read when the page first comes to the front, or at once where the map shows a query."""
        self._counted = self._offered = None
        self._told_crowded = False
        self._stale = True
        if self._workbench.session is not None and (self._entered or self.map_filter.active):
            self._show_query(self.map_filter.query)

    def _offer(self) -> None:
        session = self._workbench.session
        self._names = session.register.division_names()
        names = {division.code: division.name for division in session.register.known_divisions()}
        self._offered = Offered(session.standard, self._workbench.language, names)
        self.conditions.offer(self._offered)

    def _closed(self) -> None:
        self._settled.stop()
        self._old.stop()
        self._works.abandon()
        self.saved.close_all()
        self.leading_on.close_all()
        self._counted = None
        self._offered = None
        self.conditions.show_query(Query())

    def _records_changed(self, uid: str) -> None:
        self._stale = True
        if self._entered:
            self._settled.start()
        if uid and self.map_filter.active:
            self._say_if_outside(uid)

    def _say_if_outside(self, uid: str) -> None:
        """A record that was just saved must not seem lost because the map does not show it; said once per query."""
        session = self._workbench.session
        if self._told_outside or session is None or not is_outside(session.register, uid, self.map_filter.query):
            return
        self._told_outside = True
        translate = QCoreApplication.translate
        text = translate("originmap", "The record is saved. The map does not show it, for it shows only: {query}")
        self._workbench.tell(
            text.format(query=self.words),
            Qgis.MessageLevel.Warning,
            translate("originmap", "Show all records"),
            self.show_all,
        )

    def _say_if_crowded(self) -> None:
        """So many symbols cover each other: sums are offered, once for each register, and never put there unasked."""
        counted, styles = self._counted, self.leading_on.styles
        here = counted is not None and counted.query == self.map_filter.query and counted.records > CROWDED
        if not here or self._told_crowded or styles.title:
            return
        self._told_crowded = True
        translate = QCoreApplication.translate
        text = translate("originmap", "Seen as a whole, the symbols of {count} records cover each other.")
        self._workbench.tell(
            text.format(count=f"{counted.records:,}"),
            Qgis.MessageLevel.Info,
            translate("originmap", "Show sums as pies"),
            partial(styles.show, Look(Style.PIES).name),
        )

    # --- counting

    def _changed(self) -> None:
        self._show_state()
        self._count()

    def _show_query(self, query: Query) -> None:
        if self._offered is None and self._workbench.session is not None:
            self._offer()
        self.conditions.show_query(query)
        self._changed()

    def _count(self) -> None:
        """Count aside, the number first; what counts an older query is stopped."""
        session = self._workbench.session
        self._settled.stop()
        self._works.abandon()
        self._stale = not self._entered
        if session is None or self._stale:
            return
        self._counted = None
        self._show_state()
        self._old.start()
        title = QCoreApplication.translate("originmap", "Counting the records")
        self._works.start("count", title, count_job(session.path, self.query), self._number_known, self._not_counted)

    def _number_known(self, counted: Counted) -> None:
        self._counted = counted
        self._show_state()
        self._say_if_crowded()
        session = self._workbench.session
        title = QCoreApplication.translate("originmap", "Counting the records")
        job = facets_job(session.path, counted)
        self._works.start("facets", title, job, self._facets_known, self._not_counted)

    def _facets_known(self, counted: Counted) -> None:
        self._old.stop()
        session = self._workbench.session
        names = self._offered.divisions
        self._offered = Offered(session.standard, self._workbench.language, names, counted.elsewhere, counted.facets)
        self.conditions.offer(self._offered)

    def _not_counted(self, error: OriginMapError) -> None:
        self._old.stop()
        self._stale = True
        self._workbench.tell_error(error)

    # --- what is shown

    def _applied(self) -> None:
        """Another query stands on the map."""
        self._told_outside = False
        if self._workbench.session is not None:
            self._show_state()
            self.leading_on.styles.follow()
            self._say_if_crowded()
        self.filter_changed.emit()

    def _back(self) -> None:
        if self.map_filter.step(-1):
            self._show_query(self.map_filter.query)

    def _forward(self) -> None:
        if self.map_filter.step(1):
            self._show_query(self.map_filter.query)

    def _show_state(self) -> None:
        """Words, number, and what the buttons lead to."""
        on_map = self.query == self.map_filter.query
        self.head.show_query(self._say(self.query), self.query != Query() or self.map_filter.active)
        self.head.show_number(f"{self._number()}　{self._where(on_map)}")
        self.head.show_steps(not on_map, self.map_filter.can_go_back, self.map_filter.can_go_forward)

    def _number(self) -> str:
        if self._counted is None:
            return QCoreApplication.translate("originmap", "Counting…")
        text = QCoreApplication.translate("originmap", "{count} records")
        return text.format(count=f"{self._counted.records:,}")

    def _where(self, on_map: bool) -> str:
        translate = QCoreApplication.translate
        if not on_map:
            return translate("originmap", "not on the map yet")
        if self.map_filter.active:
            return translate("originmap", "the map shows only these")
        return translate("originmap", "without those that ended")

    def _say(self, query: Query) -> str:
        session = self._workbench.session
        if session is None or self._offered is None:
            return ""
        names = {**self._offered.elsewhere, **self._names}
        return in_words(query, session.standard, self._workbench.language, names, masked=False)


def _timer(page: QWidget, pause: int, slot: object) -> QTimer:
    timer = QTimer(page)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(slot)
    return timer
