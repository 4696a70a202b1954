"""The page about quality: what the checks found, what was set aside, and what is to be collected again."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ..workbench import Workbench
from .aside_list import AsideList
from .checked_work import CheckedWork
from .due_view import DueView
from .findings_view import FindingsView

FINDINGS, ASIDE, DUE = range(3)


class QualityPage(QWidget):
    """Three tabs; nothing is checked before a person asks for it."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_quality")
        self._workbench = workbench
        self._entered = False
        self.work = CheckedWork(workbench, self)
        self.findings = FindingsView(workbench, self.work)
        self.aside = AsideList(workbench)
        self.due = DueView(workbench)
        self._tabs = QTabBar()
        self._tabs.setObjectName("originmap_quality_tabs")
        self._tabs.setDrawBase(False)
        translate = QCoreApplication.translate
        for title in (translate("originmap", "Findings"), translate("originmap", "Set aside"), ""):
            self._tabs.addTab(title)
        self._tabs.setTabText(DUE, translate("originmap", "To collect again"))
        self._stack = QStackedWidget()
        for widget in (self.findings, self.aside, self.due):
            self._stack.addWidget(widget)
        gap = self.fontMetrics().height() // 3
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._turn)
        self.aside.back_wanted.connect(self.work.back)
        self.work.checked.connect(self.aside.fill)
        self.work.looked.connect(self.aside.learn)
        self.work.set_aside.connect(self._look_at)
        for signal, slot in self._long_lived():
            signal.connect(slot)

    # --- what the panel asks

    def set_query(self, query: Query, words: str) -> None:
        """The records that the map shows: the next check and the list of what is due are about these."""
        self.findings.set_query(query, words)
        self.due.set_query(query)

    def enter(self) -> None:
        """The page comes to the front."""
        self._entered = True
        self._turn()

    def leave(self) -> None:
        """The page goes: the map is as it was."""
        self._entered = False
        for view in (self.findings, self.due):
            view.map.active = False
            view.map.clear()

    def release(self) -> None:
        """Leave nothing behind."""
        self.leave()
        self.work.close()
        self.due.work.close()
        self.findings.more.close()
        self.findings.map.release()
        self.due.map.release()
        for signal, slot in self._long_lived():
            signal.disconnect(slot)

    # --- within

    def _turn(self) -> None:
        tab = self._tabs.currentIndex()
        self._stack.setCurrentIndex(tab)
        for number, view in ((FINDINGS, self.findings), (DUE, self.due)):
            view.map.active = self._entered and number == tab
            view.map.clear()
        if not self._entered:
            return
        if tab == FINDINGS:
            self.findings.show_at_hand()
        elif tab == DUE:
            self.due.read()
            self.due.show_at_hand()

    def _look_at(self, findings: object) -> None:
        self.work.look_again(tuple({finding.uid for finding in findings}))

    def _changed(self, uid: str) -> None:
        """A record was changed, here or on another page: its findings may be others now."""
        if uid and self.findings.checked:
            self.findings.look_again({uid})
        elif not uid:
            self.findings.mark_stale()
        if self._entered and self._tabs.currentIndex() == DUE:
            self.due.read()

    def _opened(self) -> None:
        if self._entered:
            self._turn()

    def _closed(self) -> None:
        self.work.close()
        self.due.work.close()
        self.findings.forget()
        self.due.forget()
        self.aside.fill(None)

    def _long_lived(self) -> tuple:
        """Signals of what outlives the page."""
        return (
            (self._workbench.register_opened, self._opened),
            (self._workbench.register_closed, self._closed),
            (self._workbench.records_changed, self._changed),
        )
