"""The one map among the other pages: its tab, its width, and what they say of its query."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QPushButton, QToolButton

from originmap.core.onemap.query import Query
from originmap.forms.pages import Page
from originmap.forms.panel import Panel


@pytest.fixture
def panel(filled, qtbot, monkeypatch):
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    made = Panel(filled)
    made.resize(360, 760)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.release()
    made.close()
    made.deleteLater()


def test_the_tabs_fit_the_least_width(panel):
    tabs = panel.findChild(type(panel._tabs), "originmap_tabs")
    panel.resize(340, 700)
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
    assert panel.page_widget(Page.ONE_MAP).minimumSizeHint().width() <= 340


def test_the_other_pages_say_what_the_map_hides(panel, qtbot):
    one_map = panel.page_widget(Page.ONE_MAP)
    strip = panel.findChild(object, "originmap_filter_strip")
    panel.show_page(Page.ONE_MAP)
    one_map.show_query(Query(varieties=("cowpea",)))
    assert not strip.isVisible()
    panel.show_page(Page.QUEUE)
    assert strip.isVisible() and "豇豆" in strip.toolTip()
    assert panel.page_widget(Page.REVIEW).lists.query == Query(varieties=("cowpea",))
    panel.findChild(QToolButton, "originmap_filter_strip_show").click()
    assert panel.page is Page.ONE_MAP
    panel.show_page(Page.COLLECT)
    panel.findChild(QPushButton, "originmap_filter_strip_clear").click()
    assert not strip.isVisible()
    assert not one_map.map_filter.active
    assert panel.page_widget(Page.REVIEW).lists.query == Query()
