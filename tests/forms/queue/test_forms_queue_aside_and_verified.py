"""What else becomes of a record at hand: put aside with a reason and put back, verified by survey and visit."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QWidget

from .conftest import click_map, near, press, stored


def test_what_cannot_be_located_is_put_aside_with_a_reason_and_put_back(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    press(page, qtbot, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.findChild(QComboBox, "originmap_aside_reason").isVisible()
    qtbot.keyClicks(page.window().focusWidget(), "moved away")
    press(page, qtbot, Qt.Key.Key_Return)
    assert stored(path, first)["aside_reason"] == "moved away" and page.work.item.uid == second
    assert page.lists.model.totals.aside == 1
    page.findChild(QWidget, "originmap_queue_lists").setCurrentIndex(1)
    aside = page.findChild(QListWidget, "originmap_aside_list")
    qtbot.waitUntil(lambda: aside.count() == 1)
    assert "moved away" in aside.item(0).text()
    page.findChild(QWidget, "originmap_aside_back").click()
    assert stored(path, first)["aside_reason"] is None
    qtbot.waitUntil(lambda: aside.count() == 0)
    assert page.lists.model.totals.waiting == 2


def test_a_reason_is_needed(open_page, rough, path, qtbot):
    page = open_page()
    page.next()
    page.findChild(QWidget, "originmap_queue_aside").click()
    reason = page.findChild(QComboBox, "originmap_aside_reason")
    assert reason.count() >= 4
    reason.setEditText("  ")
    press(page, qtbot, Qt.Key.Key_Return)
    assert reason.isVisible() and stored(path, rough[0])["aside_reason"] is None
    press(page, qtbot, Qt.Key.Key_Escape)
    assert not reason.isVisible() and page.work.item.uid == rough[0]


def test_a_record_is_verified_by_keys_alone(open_page, rough, path, qtbot):
    first, _ = rough
    page = open_page()
    page.next()
    press(page, qtbot, Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    press(page, qtbot, Qt.Key.Key_Space)
    press(page, qtbot, Qt.Key.Key_Tab)
    press(page, qtbot, Qt.Key.Key_Space)
    press(page, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = stored(path, first)
    assert row["verified_how"] == '["household_survey","site_visit"]'
    assert row["verified_by"] == "王示例" and row["verified_on"] == stored_today(path)
    assert row["point_quality"] == "approximate" and page.work.item.uid == first


def stored_today(path: Path) -> str:
    connection = sqlite3.connect(path)
    (today,) = connection.execute("SELECT date('now', 'localtime')").fetchone()
    connection.close()
    return today


def test_after_placing_the_one_that_was_placed_can_be_verified(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    click_map(page, qtbot, near(page))
    page.findChild(QWidget, "originmap_queue_outcome_verify").click()
    assert page.findChild(QWidget, "originmap_verify").isVisible()
    page.findChild(QCheckBox, "originmap_verify_site_visit").click()
    page.findChild(QLineEdit, "originmap_verify_by").setText("李示例")
    page.findChild(QWidget, "originmap_verify_keep").click()
    row = stored(path, first)
    assert (row["verified_how"], row["verified_by"]) == ('["site_visit"]', "李示例")
    assert stored(path, second)["verified_how"] is None and page.work.item.uid == second


def test_verifying_needs_a_way_and_a_name(open_page, rough, path, qtbot):
    page = open_page()
    page.next()
    page.findChild(QWidget, "originmap_queue_verify").click()
    press(page, qtbot, Qt.Key.Key_Return)
    page.findChild(QCheckBox, "originmap_verify_site_visit").click()
    page.findChild(QLineEdit, "originmap_verify_by").clear()
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.findChild(QWidget, "originmap_verify").isVisible()
    assert stored(path, rough[0])["verified_on"] is None
