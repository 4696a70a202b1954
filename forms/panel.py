"""The panel: a tab for each page above the page that is in front; fit for 360 pixels of width."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from .collect.page import CollectPage
from .history.view import HistoryView
from .icons import theme_icon
from .onemap.page import OneMapPage
from .onemap.strip import FilterStrip
from .pages import Page
from .quality.page import QualityPage
from .queue.page import QueuePage
from .review.page import ReviewPage
from .sealing import Sealing
from .start.page import StartPage
from .workbench import Workbench

_LEAST_WIDTH = 340
_NEEDS_REGISTER = (Page.COLLECT, Page.QUEUE, Page.REVIEW, Page.ONE_MAP, Page.QUALITY)


class Panel(QWidget):
    """All pages in a stack; the one in front is entered, the others are left."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_panel")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._workbench = workbench
        self._tabs = _tab_bar()
        self._icons: list[QIcon] = []
        self._stack = QStackedWidget()
        self._pages: dict[Page, QWidget] = {
            Page.START: StartPage(workbench),
            Page.COLLECT: CollectPage(workbench),
            Page.QUEUE: QueuePage(workbench),
            Page.REVIEW: ReviewPage(workbench),
            Page.ONE_MAP: OneMapPage(workbench),
            Page.QUALITY: QualityPage(workbench),
        }
        # Over the page it was asked for on, and without a tab of its own.
        self._history = HistoryView(workbench)
        self._sealing = Sealing(workbench)
        self._focus_before: Optional[QWidget] = None
        self._strip = FilterStrip()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._strip)
        layout.addWidget(self._stack)
        self._add_pages()
        self._shown: Optional[Page] = None
        self._stack.addWidget(self._history)
        self._connect()
        self._show_filter()
        self._allow()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._change)
        self._tabs.tabBarClicked.connect(self._tab_clicked)
        self._history.left.connect(self._leave_history)
        self._workbench.history_wanted.connect(self._show_history)
        self._workbench.page_wanted.connect(self.show_page)
        self._workbench.register_opened.connect(self._allow)
        self._workbench.register_closed.connect(self._allow)
        one_map = self._pages[Page.ONE_MAP]
        one_map.filter_changed.connect(self._show_filter)
        self._strip.clear_wanted.connect(one_map.show_all)
        self._strip.page_wanted.connect(self._show_conditions)
        self._pages[Page.REVIEW].all_wanted.connect(one_map.show_all)

    def sizeHint(self) -> QSize:
        """As wide as the pages need, and no wider."""
        return QSize(max(_LEAST_WIDTH, self.fontMetrics().averageCharWidth() * 52), self.fontMetrics().height() * 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons and titles of the tabs where there is room for both, else the titles, else the icons."""
        super().resizeEvent(event)
        for with_icon, with_title in ((True, True), (False, True), (True, False)):
            for number, icon in enumerate(self._icons):
                self._tabs.setTabIcon(number, icon if with_icon else QIcon())
                self._tabs.setTabText(number, self._tabs.tabToolTip(number) if with_title else "")
            if self._tabs.sizeHint().width() <= event.size().width():
                break

    @property
    def page(self) -> Page:
        """The page in front."""
        return list(self._pages)[self._tabs.currentIndex()]

    def page_widget(self, page: Page) -> QWidget:
        """The widget of a page."""
        return self._pages[page]

    def show_page(self, page: Page) -> None:
        """Bring a page to the front; without a register only the start page can be."""
        number = list(self._pages).index(page)
        if self._tabs.isTabEnabled(number):
            self._tabs.setCurrentIndex(number)
            self._change()

    def enter(self) -> None:
        """The panel can be seen again."""
        if self._history_shown:
            self._history.enter()
        else:
            self._change()

    def leave(self) -> None:
        """The panel is hidden: the page in front gives the map back."""
        if self._history_shown:
            self._history.leave()
        if self._shown is not None:
            self._pages[self._shown].leave()
            self._shown = None

    def release(self) -> None:
        """Leave nothing behind, before the plugin goes."""
        self.leave()
        self._sealing.release()
        self._workbench.history_wanted.disconnect(self._show_history)
        self._workbench.page_wanted.disconnect(self.show_page)
        self._workbench.register_opened.disconnect(self._allow)
        self._workbench.register_closed.disconnect(self._allow)
        for page in (*self._pages.values(), self._history):
            page.release()

    def _add_pages(self) -> None:
        translate = QCoreApplication.translate
        titles = {
            Page.START: (translate("originmap", "Start"), "mIconFolderHome.svg"),
            Page.COLLECT: (translate("originmap", "Collect"), "mActionCapturePoint.svg"),
            Page.QUEUE: (translate("originmap", "Queue"), "mActionOpenTable.svg"),
            Page.REVIEW: (translate("originmap", "Review"), "mIconSuccess.svg"),
            Page.ONE_MAP: (translate("originmap", "One map"), "mActionFilter2.svg"),
            Page.QUALITY: (translate("originmap", "Quality"), "mActionIdentify.svg"),
        }
        for page, widget in self._pages.items():
            title, icon = titles[page]
            self._icons.append(theme_icon(icon))
            number = self._tabs.addTab(title)
            self._tabs.setTabToolTip(number, title)
            self._tabs.setAccessibleTabName(number, title)
            self._stack.addWidget(widget)

    def _allow(self) -> None:
        """Without a register only the start page makes sense."""
        is_open = self._workbench.session is not None
        for number, page in enumerate(self._pages):
            self._tabs.setTabEnabled(number, is_open or page not in _NEEDS_REGISTER)
        if not is_open:
            self.show_page(Page.START)

    def _show_conditions(self) -> None:
        self.show_page(Page.ONE_MAP)

    def _show_filter(self) -> None:
        """What a query hides from the map is said on every page; on its own page by the words above."""
        one_map = self._pages[Page.ONE_MAP]
        for page in (Page.REVIEW, Page.QUALITY):
            self._pages[page].set_query(one_map.map_filter.query, one_map.words)
        notice = one_map.notice
        if notice:
            self._strip.say(notice)
        self._strip.setVisible(bool(notice) and self.page is not Page.ONE_MAP)

    @property
    def _history_shown(self) -> bool:
        return self._stack.currentWidget() is self._history

    def _show_history(self, uid: str) -> None:
        """A record's history, or the deleted records, over the page in front."""
        if not self._history_shown:
            self._focus_before = self.window().focusWidget()
            self.leave()
            self._stack.setCurrentWidget(self._history)
        if uid:
            self._history.show_record(uid)
        else:
            self._history.show_deleted()

    def _leave_history(self) -> None:
        """The page comes back, and the keyboard where it was."""
        if not self._history_shown:
            return
        self._change()
        if self._focus_before is not None and self._focus_before.isVisible():
            self._focus_before.setFocus()

    def _tab_clicked(self, number: int) -> None:
        if number == self._tabs.currentIndex():
            self._leave_history()

    def _change(self) -> None:
        page = self.page
        if page is self._shown:
            return
        self.leave()
        self._stack.setCurrentWidget(self._pages[page])
        self._show_filter()
        if self.isVisible():
            self._shown = page
            self._pages[page].enter()


def _tab_bar() -> QTabBar:
    tabs = QTabBar()
    tabs.setObjectName("originmap_tabs")
    tabs.setExpanding(True)
    tabs.setDocumentMode(True)
    tabs.setDrawBase(False)
    # At the least width a title is cut before a tab has to be looked for.
    tabs.setElideMode(Qt.TextElideMode.ElideRight)
    tabs.setUsesScrollButtons(False)
    return tabs
