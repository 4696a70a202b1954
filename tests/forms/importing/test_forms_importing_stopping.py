"""An import that is stopped, closed over, unloaded or kept out: the register is whole afterwards."""

from __future__ import annotations

import sqlite3

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from originmap.forms.importing.frame import Step

from .conftest import LEFT, LONG, PATIENCE, child, is_held, messages, stored


def test_a_register_that_is_locked_says_so_and_can_be_tried_again(open_wizard, workbook, register_path, qtbot):
    other = sqlite3.connect(register_path)
    other.execute("BEGIN IMMEDIATE")
    wizard = open_wizard(workbook("000_good.xlsx"))
    wizard.go(Step.RUN)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    notice = wizard._run_page.notice
    assert register_path.name in notice.text and not wizard.next_button.isEnabled()
    other.close()
    qtbot.mouseClick(notice.findChild(QPushButton), LEFT)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)


def test_nobody_writes_behind_an_open_edit_session(at_check, opened, workbook, register_path, qtbot):
    wizard = at_check(workbook("000_good.xlsx"))
    opened.session.layer.startEditing()
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert wizard._run_page.notice.text and not wizard._run.busy
    opened.session.layer.rollBack()
    assert stored(register_path) == 0


def test_stopping_leaves_the_register_as_it_was(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    qtbot.mouseClick(child(wizard, QPushButton, "stop"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert wizard.step is Step.RUN and wizard._run_page.notice.text
    assert stored(register_path) == 0 and not messages(opened)


def test_going_back_from_a_check_stops_it(open_wizard, long_file, register_path, qtbot):
    wizard = open_wizard(long_file)
    wizard.go(Step.RUN)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.go(Step.COLUMNS)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    wizard.go(Step.RUN)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)
    assert wizard._run_page.counts.number("new") == LONG


def test_closing_asks_while_it_imports_and_it_goes_on_behind(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    said: list[str] = []
    wizard._run.reached.connect(lambda stage, rows: said.append(child(wizard, QLabel, "stage").text()))
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert not wizard.close() and wizard.ask_bar.asking
    qtbot.keyClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), Qt.Key.Key_Escape)
    assert wizard.isVisible() and wizard._run.busy
    wizard.close()
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), LEFT)
    assert wizard.isHidden() and wizard._run.busy
    assert not wizard.close() and wizard.isVisible() and wizard.ask_bar.asking
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert len(messages(opened)) == 1 and stored(register_path) == LONG
    counted = [text for text in said if f"of {LONG:,} rows" in text]
    assert len(said) > len(counted) > 1 and len(set(counted)) == len(counted)
    assert any(f"{LONG:,} rows are through" in text for text in said)


def test_stopping_and_closing_leaves_the_register_as_it_was(at_check, long_file, register_path, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.close()
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_1"), LEFT)
    qtbot.waitUntil(wizard.isHidden, timeout=PATIENCE)
    assert stored(register_path) == 0


def test_unloading_waits_until_the_register_is_free(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.release()
    other = sqlite3.connect(register_path, timeout=0, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert other.execute("SELECT count(*) FROM record").fetchone() == (0,)
    other.close()
    qtbot.wait(50)
    assert not messages(opened)
