"""The one map's page with a real register, mouse and keys: what the layer shows, what is counted, what is said."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing

import numpy as np
import pytest
from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton

from originmap.core.onemap.facets import facets
from originmap.core.onemap.filtered import count
from originmap.core.onemap.query import Days, Query, Scale, Season
from originmap.core.onemap.query_sql import subset
from originmap.core.places.divisions import DivisionLevel
from originmap.core.register.editing import PointHow
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.forms.onemap.options import months_of
from originmap.forms.onemap.page import OneMapPage
from originmap.forms.onemap.tick_tree import Tick, TickTree
from originmap.forms.pages import Page
from originmap.forms.panel import Panel

SHIWAN, QINGTANG, TAIPING = "999901101", "999901101001", "999901101002"
RECORDS = (
    ("甲农场", "cowpea", QINGTANG, 12.0, "mu", "2026-04-01", "2026-06-30"),
    ("乙农场", "cowpea", TAIPING, 3.0, "mu", "2026-11-20", "2027-02-10"),
    ("丙猪场", "pig", QINGTANG, 600.0, "head", "2026-01-01", "2026-12-31"),
    ("丁合作社", "celery", "999901102001", 40.0, "mu", None, None),
)


@pytest.fixture
def filled(opened, register_path):
    """Four drafts in three villages; the layer knows of them."""
    with Register.open(register_path) as register:
        for code, name, level in (
            (SHIWAN, "石湾镇", DivisionLevel.TOWNSHIP),
            (QINGTANG, "青塘村", DivisionLevel.VILLAGE),
            (TAIPING, "太平村", DivisionLevel.VILLAGE),
            ("999901102", "河口镇", DivisionLevel.TOWNSHIP),
        ):
            division = "INSERT INTO division (code, name, level) VALUES (?, ?, ?)"
            register.connection.execute(division, (code, name, level.value))
        for place, record in enumerate(RECORDS):
            blob = point_blobs(np.array([110.2 + place / 100]), np.array([19.5]))[0]
            register.connection.execute(
                "INSERT INTO record (uid, status, cycle, point_quality, origin, geom, producer_name, variety, "
                "division_code, scale, unit, market_start, market_end) "
                "VALUES (?, 'draft', '2026-春茬', 'exact', 'workbook', ?, ?, ?, ?, ?, ?, ?, ?)",
                (str(uuid.UUID(int=place)), blob, *record),
            )
    opened.refresh()
    return opened


@pytest.fixture
def page(filled, qtbot, monkeypatch):
    """In front, everything counted."""
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    made = OneMapPage(filled)
    made.resize(360, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter()
    qtbot.waitUntil(lambda: not made.counting)
    yield made
    made.release()
    made.close()
    made.deleteLater()


def tree(page: OneMapPage, name: str) -> TickTree:
    found = page.findChild(TickTree, f"originmap_onemap_{name}")
    section = page.findChild(QToolButton, f"originmap_onemap_section_{name}")
    if not found.isVisible():
        section.click()
    return found


def line(ticks: TickTree, title: str):
    return ticks.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)[0]


def click(qtbot, ticks: TickTree, title: str) -> None:
    item = line(ticks, title)
    ticks.scrollToItem(item)
    where = ticks.visualItemRect(item).center()
    qtbot.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=where)


def counts(ticks: TickTree) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in ticks.findItems("*", WILD, 0)}


WILD = Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive


def press(page, name: str) -> None:
    page.findChild((QPushButton, QToolButton), f"originmap_onemap_{name}").click()


def text_of(page, name: str) -> str:
    return page.findChild(QLabel, f"originmap_onemap_{name}").text()


def names(layer) -> list[str]:
    return sorted(feature["producer_name"] for feature in layer.getFeatures())


def said(workbench) -> list[str]:
    return [item.text() for item in workbench.iface.messageBar().items()]


# --- ticking and counting


def test_what_can_be_ticked_says_how_many_it_gives(page):
    found = counts(tree(page, "varieties"))
    assert (found["豇豆"], found["生猪"], found["芹菜"], found["鸡蛋"]) == ("2", "1", "1", "0")
    assert counts(tree(page, "divisions")) == {
        "示例县": "4",
        "石湾镇": "3",
        "青塘村": "2",
        "太平村": "1",
        "河口镇": "1",
        "999901102001": "1",
    }
    months = counts(tree(page, "on_market"))
    assert (months["1 月"], months["5 月"], months["12 月"]) == ("2", "2", "2")
    assert text_of(page, "words") == "全部记录"
    assert text_of(page, "number").startswith("4 ")


def test_a_click_on_the_line_or_on_its_box_ticks_it_once(page, qtbot):
    varieties = tree(page, "varieties")
    click(qtbot, varieties, "豇豆")
    assert page.query == Query(varieties=("cowpea",))
    box = varieties.visualItemRect(line(varieties, "生猪"))
    qtbot.mouseClick(
        varieties.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + box.center() * 0 + _in_box(box)
    )
    assert page.query == Query(varieties=("cowpea", "pig"))
    click(qtbot, varieties, "豇豆")
    assert page.query == Query(varieties=("pig",))


def _in_box(box):
    from qgis.PyQt.QtCore import QPoint

    return QPoint(box.height() // 2, box.height() // 2)


def test_everything_goes_by_keyboard(page, qtbot):
    varieties = tree(page, "varieties")
    varieties.setFocus()
    qtbot.keyClick(varieties, Qt.Key.Key_Home)
    qtbot.keyClick(varieties, Qt.Key.Key_Space)
    assert page.query == Query(varieties=("cowpea",))
    assert not page.map_filter.active
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.map_filter.query == page.query
    qtbot.keyClick(varieties, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not varieties


def test_numbers_follow_what_is_ticked_elsewhere(page, qtbot):
    click(qtbot, tree(page, "divisions"), "青塘村")
    qtbot.waitUntil(lambda: not page.counting)
    found = counts(tree(page, "varieties"))
    assert (found["豇豆"], found["生猪"], found["芹菜"]) == ("1", "1", "0")
    assert text_of(page, "number").startswith("2 ")
    assert text_of(page, "words") == "石湾镇青塘村"


def test_the_numbers_are_those_of_the_core(page, qtbot, register_path):
    click(qtbot, tree(page, "varieties"), "豇豆")
    qtbot.waitUntil(lambda: not page.counting)
    with Register.open(register_path, read_only=True) as register:
        expected = facets(register.connection, page.query, register.standard())
        number = count(register.connection, page.query, register.standard())
    assert text_of(page, "number").startswith(f"{number} ")
    shown = counts(tree(page, "on_market"))
    assert {month: shown[f"{month} 月"] for month in range(1, 13)} == {
        month: str(expected.months.get(month, 0)) for month in range(1, 13)
    }


def test_a_township_holds_its_villages_and_one_can_be_taken_out(page, qtbot):
    divisions = tree(page, "divisions")
    click(qtbot, divisions, "石湾镇")
    assert page.query.divisions == (SHIWAN,)
    line(divisions, "石湾镇").setExpanded(True)
    assert line(divisions, "青塘村").checkState(0) == Qt.CheckState.Checked
    assert line(divisions, "示例县").checkState(0) == Qt.CheckState.PartiallyChecked
    click(qtbot, divisions, "青塘村")
    assert page.query.divisions == (TAIPING,)
    click(qtbot, divisions, "示例县")
    assert page.query.divisions == ("999901",)


def test_months_over_new_year_are_one_season(page, qtbot):
    months = tree(page, "on_market")
    for month in ("11 月", "12 月", "1 月"):
        click(qtbot, months, month)
    assert page.query.on_market == (Season("11-01", "01-31"),)
    assert text_of(page, "words") == "11 月至次年 1 月上市"
    assert page.apply()
    assert names(page._workbench.session.layer) == ["丙猪场", "乙农场"]


def test_a_range_of_scale_in_a_unit_is_added_to_the_classes(page, qtbot):
    tree(page, "scales")
    qtbot.keyClicks(page.findChild(QLineEdit, "originmap_onemap_scale_lower"), "10")
    unit = page.conditions._range._unit
    unit.setCurrentIndex(unit.findData("mu"))
    press(page, "scale_add")
    assert page.query.scales == (Scale(10, unit="mu"),)
    assert line(tree(page, "scales"), "≥ 10 亩").checkState(0) == Qt.CheckState.Checked
    page.apply()
    assert names(page._workbench.session.layer) == ["丁合作社", "甲农场"]


def test_a_range_that_holds_nothing_is_refused_in_words(page, qtbot):
    tree(page, "scales")
    for end, number in (("lower", "5"), ("upper", "2")):
        qtbot.keyClicks(page.findChild(QLineEdit, f"originmap_onemap_scale_{end}"), number)
    press(page, "scale_add")
    assert page.query == Query()
    assert page.conditions._range._wrong.isVisible()


def test_days_as_people_write_them(page, qtbot):
    tree(page, "on_market")
    first, last = (page.findChild(QLineEdit, f"originmap_onemap_marketed_{end}") for end in ("first", "last"))
    qtbot.keyClicks(first, "20260501")
    last.setText("2026年5月9日")
    last.editingFinished.emit()
    assert page.query.marketed == Days("2026-05-01", "2026-05-09")
    first.clear()
    assert page.query.marketed == Days("", "2026-05-09")
    qtbot.keyClicks(first, "2026-13-40")
    first.editingFinished.emit()
    assert page.query.marketed == Days("", "2026-05-09")
    assert page.findChild(QLabel, "originmap_onemap_marketed_wrong").isVisible()


def test_words_are_searched_after_a_pause(page, qtbot):
    field = page.findChild(QLineEdit, "originmap_onemap_text")
    field.setText("农场 ")
    assert page.query == Query()
    qtbot.waitUntil(lambda: page.query == Query(text="农场"))
    qtbot.waitUntil(lambda: not page.counting)
    assert text_of(page, "number").startswith("2 ")


def test_a_season_knows_its_months():
    assert months_of(Season("11-01", "02-29")) == [11, 12, 1, 2]
    assert months_of(Season("01-01", "12-31")) == list(range(1, 13))
    assert months_of(Season("04-01", "06-15")) == []


def test_the_newest_question_is_the_one_that_is_answered(page, qtbot):
    varieties = tree(page, "varieties")
    for title in ("豇豆", "生猪", "芹菜", "豇豆"):
        click(qtbot, varieties, title)
    assert page.counting
    qtbot.waitUntil(lambda: not page.counting)
    assert text_of(page, "number").startswith("2 ")
    assert page.query.varieties == ("celery", "pig")


def test_taking_one_out_of_a_holder_two_levels_up(qtbot):
    ticks = TickTree("some", "some")
    qtbot.addWidget(ticks)
    ticks.offer(
        [
            Tick("a", "a"),
            Tick("ab", "ab", "a"),
            Tick("abc", "abc", "ab"),
            Tick("abd", "abd", "ab"),
            Tick("ae", "ae", "a"),
        ],
        ["a"],
    )
    ticks._toggled(line(ticks, "abc"))
    assert set(ticks.ticked) == {"abd", "ae"}


# --- on the map


def test_the_map_follows_when_it_is_told_to(page, qtbot):
    layer = page._workbench.session.layer
    click(qtbot, tree(page, "varieties"), "豇豆")
    assert layer.subsetString() == ""
    press(page, "apply")
    assert layer.subsetString() == subset(page.query, page._workbench.session.standard)
    assert names(layer) == ["乙农场", "甲农场"]
    press(page, "clear")
    assert layer.subsetString() == ""
    assert page.query == Query()
    assert len(names(layer)) == 4


def test_back_and_forward_through_what_was_applied(page, qtbot):
    layer, varieties = page._workbench.session.layer, tree(page, "varieties")
    click(qtbot, varieties, "豇豆")
    press(page, "apply")
    click(qtbot, varieties, "生猪")
    press(page, "apply")
    press(page, "back")
    assert page.query == page.map_filter.query == Query(varieties=("cowpea",))
    assert line(varieties, "生猪").checkState(0) == Qt.CheckState.Unchecked
    press(page, "back")
    assert layer.subsetString() == ""
    assert not page.findChild(QToolButton, "originmap_onemap_back").isEnabled()
    press(page, "forward")
    assert names(layer) == ["乙农场", "甲农场"]


def test_a_filter_of_the_persons_own_comes_back(page):
    layer = page._workbench.session.layer
    layer.setSubsetString('"scale" > 5')
    page.show_query(Query(varieties=("cowpea",)))
    assert names(layer) == ["乙农场", "甲农场"]
    page.show_query(Query(varieties=("pig",)))
    page.clear()
    assert layer.subsetString() == '"scale" > 5'


def test_a_filter_set_elsewhere_is_the_persons(page):
    layer = page._workbench.session.layer
    page.show_query(Query(varieties=("cowpea",)))
    layer.setSubsetString('"scale" > 100')
    assert not page.map_filter.active
    seen = []
    layer.subsetStringChanged.connect(lambda: seen.append(layer.subsetString()))
    page._workbench.close()
    assert not seen


def test_a_layer_that_is_being_edited_is_left_alone_and_that_is_said(page):
    layer = page._workbench.session.layer
    layer.startEditing()
    page.show_query(Query(varieties=("cowpea",)))
    assert layer.subsetString() == ""
    assert not page.map_filter.active
    assert any("编辑" in text for text in said(page._workbench))
    layer.rollBack()
    assert page.apply()


def test_the_filter_goes_with_the_page(filled):
    layer, page = filled.session.layer, OneMapPage(filled)
    page.show_query(Query(varieties=("cowpea",)))
    assert layer.subsetString()
    page.release()
    assert layer.subsetString() == ""


def test_the_filter_goes_with_the_register(page, register_path):
    layer = page._workbench.session.layer
    page.show_query(Query(varieties=("cowpea",)))
    seen = []
    layer.subsetStringChanged.connect(lambda: seen.append(layer.subsetString()))
    page._workbench.close()
    assert seen[0] == ""
    assert page.query == Query()
    page._workbench.open(register_path)
    assert page._workbench.session.layer.subsetString() == ""


def test_a_project_saved_with_a_query_opens_without_it(page, register_path):
    """The window closed without the plugin being asked: nobody shall miss records the next day."""
    project = QgsProject.instance()
    page.show_query(Query(varieties=("cowpea",)))
    project.write()
    kept = project.fileName()
    page.map_filter.blockSignals(True)
    page._workbench.session.layer.setCustomProperty("kept", 1)
    page._workbench.close()
    page._workbench.open(register_path)
    assert project.fileName() == kept
    assert page._workbench.session.layer.subsetString() == ""


def test_the_query_outlives_reading_the_register_anew(page):
    page.show_query(Query(varieties=("cowpea",)))
    page._workbench.refresh()
    assert page.query == page.map_filter.query == Query(varieties=("cowpea",))
    assert names(page._workbench.session.layer) == ["乙农场", "甲农场"]


def test_reading_anew_in_the_middle_of_edits_keeps_query_and_words(page):
    layer = page._workbench.session.layer
    page.show_query(Query(varieties=("cowpea",)))
    layer.startEditing()
    page._workbench.refresh()
    assert page.query == page.map_filter.query == Query(varieties=("cowpea",))
    assert page.map_filter.active
    layer.rollBack()
    page.clear()
    assert layer.subsetString() == ""


# --- what is hidden can be worked with


def test_records_that_the_map_hides_are_edited_all_the_same(page, register_path):
    session = page._workbench.session
    page.show_query(Query(varieties=("cowpea",)))
    hidden = str(uuid.UUID(int=2))
    assert session.editor.change(hidden, {"remark": "改过"}, "change").ok
    assert session.editor.move(hidden, QgsPointXY(110.9, 19.9), PointHow("imagery"), "move").ok
    added = session.editor.add({"variety": "egg", "producer_name": "戊蛋场"}, QgsPointXY(110.3, 19.4), "add")
    assert added.ok
    assert session.editor.undo_last()
    assert session.layer.subsetString() == subset(page.query, session.standard)
    with closing(sqlite3.connect(register_path)) as connection:
        rows = connection.execute("SELECT uid, remark FROM record WHERE variety IN ('pig', 'egg')").fetchall()
    assert rows == [(hidden, "改过")]
    page.clear()
    moved = next(feature for feature in session.layer.getFeatures() if feature["uid"] == hidden)
    assert moved.geometry().asPoint() == QgsPointXY(110.9, 19.9)


def test_a_record_saved_outside_of_the_query_is_said_once(page):
    workbench = page._workbench
    page.show_query(Query(varieties=("cowpea",)))
    workbench.session.editor.add({"variety": "cowpea", "producer_name": "己农场"}, QgsPointXY(110.3, 19.4), "add")
    assert not said(workbench)
    for name in ("戊蛋场", "庚蛋场"):
        workbench.session.editor.add({"variety": "egg", "producer_name": name}, QgsPointXY(110.3, 19.4), "add")
    assert len(said(workbench)) == 1 and "豇豆" in said(workbench)[0]
    button = next(b for b in workbench.iface.messageBar().items()[0].findChildren(QPushButton))
    button.click()
    assert len(names(workbench.session.layer)) == 7


def test_numbers_follow_a_record_that_was_added(page, qtbot):
    page._workbench.session.editor.add({"variety": "egg", "producer_name": "戊蛋场"}, QgsPointXY(110.3, 19.4), "add")
    qtbot.waitUntil(lambda: counts(tree(page, "varieties"))["鸡蛋"] == "1")


# --- in the panel


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
