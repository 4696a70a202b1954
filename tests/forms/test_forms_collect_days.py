"""Days typed in the record form: with strokes or without, over one that is there, and taken along by Ctrl+Enter."""

from __future__ import annotations

import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolButton


@pytest.fixture
def day_field(collect, qtbot):
    """The form of a new record with the keyboard on the first day of marketing."""
    collect.picker.findChild(QToolButton, "originmap_variety_cowpea").click()
    collect.place.place(QgsPointXY(110.5005, 19.5005))
    form = collect.desk.sheet.form
    form.show_field("market_start")
    qtbot.wait(20)
    return form


def _typed(qtbot, text, afresh=False):
    if afresh:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for character in text:
        QTest.keyClicks(QApplication.focusWidget(), character)
        qtbot.wait(2)


@pytest.mark.parametrize("text", ["20260410", "2026-04-10", "2026-4-10", "2026.04.10", "2026/4/10"])
def test_a_day_is_typed_as_people_write_it(day_field, qtbot, text):
    _typed(qtbot, text)
    assert day_field.values()["market_start"] == "2026-04-10"


def test_a_day_is_typed_over_another(day_field, qtbot):
    day_field.set_value("market_start", "2025-11-30")
    _typed(qtbot, "2026-04-10", afresh=True)
    assert day_field.values()["market_start"] == "2026-04-10"


def test_one_digit_counts_when_the_record_is_submitted(day_field, qtbot, collect):
    day_field.set_value("market_start", "2025-11-30")
    _typed(qtbot, "2026-04-1", afresh=True)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert day_field.values()["market_start"] == "2026-04-01"
