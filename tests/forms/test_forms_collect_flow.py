"""From the product to the submitted record with mouse and keyboard; what stands in the file afterwards."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QInputMethodEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


def rows(page):
    connection = sqlite3.connect(page._workbench.session.path)
    connection.row_factory = sqlite3.Row
    found = connection.execute("SELECT * FROM record ORDER BY fid").fetchall()
    connection.close()
    return found


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def typed(text):
    """Character by character, Chinese ones as an input method hands them on."""
    for character in text:
        widget = QApplication.focusWidget()
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            event = QInputMethodEvent()
            event.setCommitString(character)
            QApplication.sendEvent(widget, event)


def choose(page, code="cowpea"):
    page.picker.findChild(QToolButton, f"originmap_variety_{code}").click()


def click(page, longitude=110.5005, latitude=19.5005):
    page.place.place(QgsPointXY(longitude, latitude))


def form(page):
    return page.desk.sheet.form


def here(page):
    return form(page).field_in_focus()


def gaps(page):
    return [gap.field for gap in page.desk.sheet.gaps()]


def messages(page):
    return [item.text() for item in page._workbench.iface.messageBar().items()]


def tick(page, name):
    """Tick the first box of a list by the keyboard."""
    assert here(page) == name
    press(KEY.Key_Space)


def fill_in(page, producer="示例种植合作社"):
    """Everything that is missing, by the keyboard alone: Enter leads from one missing item to the next."""
    tick(page, "certification")
    press(KEY.Key_Return)
    tick(page, "traceability")
    press(KEY.Key_Return)
    assert here(page) == "production_mode"
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    answers = {
        "producer_name": producer,
        "producer_type": None,
        "contact_name": "张示例",
        "contact_phone": "138 0000 1234",
        "site_address": "石湾镇青塘村三组",
        "scale": "12.5",
        "market_start": "20260510",
        "market_end": "20260630",
    }
    for name, answer in answers.items():
        assert here(page) == name
        if answer is None:
            press(KEY.Key_Down)
        else:
            typed(answer)
        press(KEY.Key_Return)


def test_a_record_by_the_keyboard_alone(collect, qtbot):
    choose(collect)
    assert collect.place.armed
    click(collect)
    assert not collect.place.armed and here(collect) == "certification"
    fill_in(collect)
    assert gaps(collect) == [] and QApplication.focusWidget() is collect.actions.submit
    press(KEY.Key_Return, CTRL)
    (row,) = rows(collect)
    assert (row["status"], row["producer_name"], row["contact_phone"]) == ("submitted", "示例种植合作社", "13800001234")
    assert (row["scale"], row["market_start"], row["market_end"]) == (12.5, "2026-05-10", "2026-06-30")
    assert (row["industry"], row["unit"], row["origin"]) == ("crop", "mu", "map")
    assert (row["collector_name"], row["officer_name"], row["point_by"]) == ("张示例", "李示例", "张示例")
    assert len(json.loads(row["certification"])) == 1 and row["point_quality"] == "exact"
    # The map waits for the next point of the same product.
    assert collect.desk.sheet.entry is None and collect.place.armed and collect.picker.code == "cowpea"
    assert "示例种植合作社" in messages(collect)[0]


def test_what_is_known_is_filled_in(collect):
    choose(collect, "egg")
    click(collect)
    values = form(collect).values()
    assert values["cycle"] == date.today().isoformat()[:7] and values["collected_on"] == date.today().isoformat()
    assert (values["industry"], values["unit"], values["county"]) == ("livestock", "bird", "示例县")
    assert values["collector_phone"] == "13800000001" and values["credit_grade"] == "unrated"
    assert values["scale"] is None and values["market_start"] is None


def test_the_next_record_takes_the_place_from_the_last(collect):
    choose(collect)
    click(collect)
    fill_in(collect)
    collect.actions.submit.click()
    click(collect, 110.5008)
    values = form(collect).values()
    assert values["site_address"] == "石湾镇青塘村三组" and values["producer_name"] is None
    assert here(collect) == "certification"


def test_an_incomplete_record_is_not_submitted_and_says_why(collect, qtbot):
    choose(collect)
    click(collect)
    press(KEY.Key_Return, CTRL)
    assert rows(collect) == [] and here(collect) == "certification"
    assert all(title in messages(collect)[0] for title in ("产品认证类型", "追溯方式", "生产方式"))
    assert any("产品认证类型" in label.text() for label in form(collect).findChildren(QLabel) if label.isVisible())
    # What was missing is old news when nothing is, and a record that was handed in asks for nothing more.
    fill_in(collect)
    qtbot.waitUntil(lambda: not messages(collect))
    text = collect.completeness.findChild(QLabel, "originmap_completeness_text")
    assert "submitted" in text.text()
    collect.actions.submit.click()
    collect._workbench.show_record(rows(collect)[0]["uid"])
    assert text.text() == "Complete."


def test_save_keeps_a_draft_by_its_keys_inside_the_panel(collect):
    choose(collect)
    click(collect)
    form(collect).show_field("producer_name")
    typed("甲")
    press(KEY.Key_S, CTRL)
    (row,) = rows(collect)
    assert (row["status"], row["producer_name"]) == ("draft", "甲")
    assert here(collect) == "producer_name" and collect.desk.sheet.entry.new is False
    typed("乙")
    press(KEY.Key_S, CTRL)
    assert [row["producer_name"] for row in rows(collect)] == ["甲乙"]


def test_nothing_to_save_is_said(collect):
    choose(collect)
    click(collect)
    collect.desk.save()
    collect.desk.save()
    assert len(rows(collect)) == 1 and "saved" in messages(collect)[0]


def test_completeness_names_items_and_leads_to_them(collect, qtbot):
    choose(collect)
    click(collect)
    text = collect.completeness.findChild(QLabel, "originmap_completeness_text")
    assert "11" in text.text() and 'href="certification"' in text.text()
    text.linkActivated.emit("producer_name")
    assert here(collect) == "producer_name"
    typed("甲")
    qtbot.waitUntil(lambda: "10" in text.text())
    assert 'href="producer_name"' not in text.text()
    text.linkActivated.emit("+")
    assert 'href="market_end"' in text.text()


def test_enter_goes_round_and_tab_turns_the_page(collect):
    choose(collect)
    click(collect)
    form(collect).show_field("production_mode")
    press(KEY.Key_Tab)
    assert here(collect) == "producer_name"
    press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert here(collect) == "production_mode"
    form(collect).show_field("market_end")
    press(KEY.Key_Return)
    assert here(collect) == "certification"


def test_tab_leaves_a_list_of_boxes(collect):
    choose(collect)
    click(collect)
    assert here(collect) == "certification"
    press(KEY.Key_Tab)
    assert here(collect) == "traceability"


def test_no_widget_is_wider_than_the_panel(collect):
    choose(collect)
    click(collect)
    form(collect).show_missing(form(collect).order)
    parts = (collect.picker, collect.point, collect.completeness, collect.actions, form(collect))
    assert max(part.minimumSizeHint().width() for part in parts) <= 330
    pages = form(collect)._pages
    for number in range(pages.count()):
        pages.setCurrentIndex(number)
        QApplication.processEvents()
        area = pages.widget(number).findChild(QScrollArea)
        assert area.widget().width() <= area.viewport().width()


def test_a_product_of_another_kind_leaves_no_value_behind(collect):
    choose(collect)
    click(collect)
    form(collect).set_value("production_mode", "open_field")
    collect.picker.choose("pig")
    values = form(collect).values()
    assert (values["industry"], values["unit"], values["production_mode"]) == ("livestock", "head", None)
    assert values["cycle"] == date.today().isoformat()[:7] and collect.picker.code == "pig"
    assert "scale_basis" in gaps(collect) and "production_mode" not in gaps(collect)


def test_a_product_chosen_in_the_form_itself(collect, qtbot):
    choose(collect)
    click(collect)
    form(collect).set_value("cycle", "2026-晚茬")
    form(collect).set_value("variety", "bream")
    qtbot.waitUntil(lambda: collect.picker.code == "bream")
    values = form(collect).values()
    assert (values["industry"], values["cycle"]) == ("aquatic", "2026-晚茬")


@pytest.mark.parametrize("typed_code, stored", [("91460000MA5T0000XX", "91460000MA5T0000XX")])
def test_codes_keep_their_form(collect, typed_code, stored):
    choose(collect)
    click(collect)
    form(collect).set_value("credit_code", typed_code)
    assert form(collect).values()["credit_code"] == stored
