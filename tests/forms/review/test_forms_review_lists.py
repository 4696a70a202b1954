"""The lists: what waits and for how long, by the query on the map, what was returned, the numbers of each township."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QPushButton

from originmap.core.onemap.query import Query
from originmap.core.register.reviewing import review_one
from originmap.core.review.process import Event
from originmap.forms.side_text import SideRole, UrgentRole

from .conftest import PERSON, REVIEWER, TERMS, settle


def test_what_waits_stands_by_township_and_age_and_is_read_page_by_page(put, open_page, qtbot):
    for number in range(130):
        put(f"农场{number:03}", days=number % 20)
    far = put("远处农场", 9, township="河口镇")
    put("草稿农场", None)
    page = open_page()
    model = page.lists.model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert names == ["河口镇", "石湾镇"]
    here, there = model.index(1, 0), model.index(0, 0)
    assert "130" in here.data(SideRole) and "19" in here.data(SideRole)
    assert there.data(UrgentRole) and page.lists.listed().item(far).producer == "远处农场"
    assert model.rowCount(here) == 0
    page.lists.tree.setExpanded(here, True)
    assert model.rowCount(here) == 100
    bar = page.lists.tree.verticalScrollBar()
    while model.begun():
        read = model.rowCount(here)
        bar.setValue(0)
        page.lists.tree.scrollTo(model.index(read - 1, 0, here))
        assert model.rowCount(here) == min(read + 100, 130)
    days = [int("".join(filter(str.isdigit, model.index(row, 0, here).data(SideRole))) or 0) for row in range(130)]
    assert days == sorted(days, reverse=True)
    assert "<b>131</b>" in page.findChild(QLabel, "originmap_review_summary").text()
    # What people opened stays open when all is counted anew.
    put("新来的农场", 1)
    page.leave()
    page.enter()
    qtbot.waitUntil(lambda: model.totals.waiting == 132)
    assert page.lists.tree.opened() == ["石湾镇"]


def test_the_query_on_the_map_limits_what_waits_and_what_comes_next(put, open_page, qtbot):
    put("豇豆农场", 5)
    chive = put("韭菜农场", 3, variety="chinese_chive")
    page = open_page()
    page.set_query(Query(varieties=("chinese_chive",)), "韭菜")
    settle(page, qtbot)
    assert page.lists.model.totals.waiting == 1
    page.next()
    qtbot.waitUntil(lambda: page.work.looked is not None)
    assert page.work.looked.item.uid == chive
    page.approve()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: not page.work.looking)
    # The other one waits as well, but it is not among those that the map shows.
    assert page.work.looked is None and page.lists.isVisible()
    assert page.findChild(QPushButton, "originmap_review_all").isVisible()


def test_the_own_area_comes_first(put, open_page, qtbot):
    put("本镇农场")
    put("外镇农场", township="河口镇", division_code="999901103001")
    page = open_page(replace(REVIEWER, area_code="999901101", area_name="石湾镇"))
    assert page.lists.model.totals.waiting == 1
    tick = page.findChild(QCheckBox, "originmap_review_beyond")
    assert tick.isVisible() and "石湾镇" in tick.text()
    tick.click()
    qtbot.waitUntil(lambda: not page.lists.counting and page.lists.model.totals.waiting == 2)


def test_returned_ones_and_the_numbers_of_each_township_have_their_lists(register, put, open_page, qtbot):
    uid = put("甲农场", 5)
    put("乙农场", 5, township="河口镇")
    review_one(register, uid, Event.RETURN, PERSON, TERMS)
    page = open_page()
    page.lists._tabs.setCurrentIndex(1)
    settle(page, qtbot)
    entry = page.lists.returned.item(0)
    assert "甲农场" in entry.text() and not entry.data(UrgentRole)
    page.lists._tabs.setCurrentIndex(2)
    settle(page, qtbot)
    table = page.lists.counts
    cells = [[table.item(row, column).text() for column in range(6)] for row in range(table.rowCount())]
    assert [row[1:] for row in cells] == [list("01010"), list("01000"), list("00010")]
    assert [row[0] for row in cells][1:] == ["河口镇", "石湾镇"]
