"""Ticking and typing conditions: which query they make, and how many records each of them gives."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QLabel, QLineEdit

from originmap.core.onemap.facets import facets
from originmap.core.onemap.filtered import count
from originmap.core.onemap.query import Days, Query, Scale, Season
from originmap.core.register.register import Register
from originmap.forms.onemap.options import months_of
from originmap.forms.onemap.tick_tree import Tick, TickTree

from .conftest import SHIWAN, TAIPING, click, counts, line, names, press, text_of, tree


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
