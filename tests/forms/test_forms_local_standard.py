"""The county's own standard: typed into the dialog, kept in the register, followed by all that rests on it."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QInputMethodEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTabWidget,
)

from originmap.core.quality.cadence import CadenceRule, rules_of
from originmap.core.register.errors import RegisterError
from originmap.core.register.register import Register
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import Cadence, LocalStandard, load_standard
from originmap.forms.settings.local_standard import LocalStandardDialog

OWN = 2


@pytest.fixture
def dialog(opened, qtbot):
    made = LocalStandardDialog(opened)
    made.show()
    yield made
    if opened.session is not None:
        made.reject()


def enter(widget, text: str) -> None:
    """As an input method does it."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def turn_to(dialog, number: int) -> None:
    dialog.findChild(QTabWidget, "originmap_local_tabs").setCurrentIndex(number)


def press(qtbot, dialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, f"originmap_{name}"), Qt.MouseButton.LeftButton)


def save(qtbot, dialog, opened) -> None:
    with qtbot.waitSignal(opened.register_opened, timeout=20000):
        press(qtbot, dialog, "local_save")


def follows(dialog) -> str:
    return dialog.findChild(QLabel, "originmap_local_follows").text()


def threshold_row(dialog, code: str, *, engineered: bool = False) -> int:
    rows = dialog.thresholds._rows
    return next(n for n, row in enumerate(rows) if (row.code, row.engineered) == (code, engineered))


def type_threshold(qtbot, dialog, code: str, text: str, *, engineered: bool = False) -> None:
    """Into the cell by keyboard, as one goes through a table."""
    table = dialog.findChild(QTableWidget, "originmap_thresholds")
    table.setFocus()
    table.setCurrentCell(threshold_row(dialog, code, engineered=engineered), OWN)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget() or table.viewport().findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def add_product(qtbot, dialog, name: str) -> None:
    turn_to(dialog, 2)
    press(qtbot, dialog, "product_add")
    enter(dialog.findChild(QLineEdit, "originmap_product_name"), name)


def grade_titles(table) -> list[str]:
    return [table.item(row, 0).text() for row in range(table.rowCount())]


def test_every_product_has_its_national_threshold(dialog):
    table = dialog.findChild(QTableWidget, "originmap_thresholds")
    shown = [(table.item(row, 0).text(), table.item(row, 1).text(), table.item(row, OWN).text()) for row in range(16)]
    assert table.rowCount() == 16
    assert [row[1] for row in shown[:3]] == ["0.5", "0.5", "0.5"]
    assert {row[1] for row in shown[8:]} == {"10", "0.3"}
    assert {row[2] for row in shown} == {""}


def test_thresholds_are_stored_and_followed(dialog, qtbot, opened):
    type_threshold(qtbot, dialog, "cowpea", "1.5")
    type_threshold(qtbot, dialog, "bream", "0.6", engineered=True)
    save(qtbot, dialog, opened)
    local = opened.session.register.local_standard()
    assert (local.thresholds, local.thresholds_engineered) == ({"cowpea": 1.5}, {"bream": 0.6})
    assert local.credit_grades == ()
    standard = opened.session.standard
    assert standard.variety("cowpea").threshold == 1.5
    assert (standard.variety("bream").threshold, standard.variety("bream").threshold_engineered) == (10, 0.6)
    assert "2" in follows(dialog)
    assert dialog.isVisible()
    assert opened.iface.messageBar().currentItem() is not None
    renderer = opened.session.layer.renderer().classAttribute()
    assert "'cowpea', 1.5" in renderer


def test_an_emptied_cell_is_the_national_threshold_again(opened, qtbot):
    with Register.open(opened.session.path) as register:
        register.apply_local_standard(LocalStandard(thresholds={"cowpea": 2.0}, settings={"kept": "yes"}))
    opened.refresh()
    dialog = LocalStandardDialog(opened)
    dialog.show()
    cell = dialog.thresholds.item(threshold_row(dialog, "cowpea"), OWN)
    assert cell.text() == "2"
    cell.setText("")
    save(qtbot, dialog, opened)
    local = opened.session.register.local_standard()
    assert (local.thresholds, local.settings) == ({}, {"kept": "yes"})
    dialog.reject()


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "x", "1,5"])
def test_what_is_no_threshold_is_refused_at_its_cell(dialog, qtbot, opened, text):
    row = threshold_row(dialog, "egg")
    dialog.thresholds.item(row, OWN).setText(text)
    press(qtbot, dialog, "local_save")
    assert follows(dialog) == OriginMapError(
        "LOCAL_THRESHOLD", name=dialog.thresholds._rows[row].title, value=text
    ).sentence(opened.language)
    assert dialog.thresholds.currentRow() == row
    assert opened.session.register.local_standard() == LocalStandard()


def test_grades_of_the_county(dialog, qtbot, opened):
    turn_to(dialog, 1)
    table = dialog.findChild(QTableWidget, "originmap_grades")
    before = grade_titles(table)
    table.setCurrentCell(4, 0)
    press(qtbot, dialog, "grade_remove")
    press(qtbot, dialog, "grade_add")
    table.item(4, 0).setText("守信")
    table.item(4, 1).setText("诚信户、守信户")
    table.setCurrentCell(4, 0)
    press(qtbot, dialog, "grade_up")
    save(qtbot, dialog, opened)
    grades = opened.session.standard.choices("credit_grade")
    assert [grade.title for grade in grades] == ["未评级", "A", "B", "守信", "C"]
    made = grades[3]
    assert made.aliases == ("诚信户", "守信户") and made.code not in {"A", "B", "C", "D", "unrated"}
    assert grades[0].code == "unrated"
    press(qtbot, dialog, "grade_national")
    assert grade_titles(table) == before
    save(qtbot, dialog, opened)
    assert opened.session.register.local_standard().credit_grades == ()


def test_not_rated_stays(dialog):
    turn_to(dialog, 1)
    dialog.findChild(QTableWidget, "originmap_grades").setCurrentCell(0, 0)
    assert not dialog.findChild(QPushButton, "originmap_grade_remove").isEnabled()


def test_a_grade_in_use_is_not_removed(dialog, qtbot, opened):
    with Register.open(opened.session.path) as register:
        register.connection.execute(
            "INSERT INTO record (uid, status, credit_grade) VALUES (?, 'draft', 'D')",
            ("00000000-0000-4000-8000-000000000001",),
        )
    turn_to(dialog, 1)
    dialog.findChild(QTableWidget, "originmap_grades").setCurrentCell(4, 0)
    press(qtbot, dialog, "grade_remove")
    press(qtbot, dialog, "local_save")
    expected = OriginMapError("LOCAL_IN_USE", name="D", count=1).sentence(opened.language)
    qtbot.waitUntil(lambda: follows(dialog) == expected, timeout=20000)
    assert opened.session.register.local_standard() == LocalStandard()
    assert dialog.findChild(QPushButton, "originmap_local_save").isEnabled()


def test_a_product_of_the_county(dialog, qtbot, opened):
    add_product(qtbot, dialog, "罗非鱼")
    industry = dialog.findChild(QComboBox, "originmap_product_industry")
    industry.setFocus()
    qtbot.keyClick(industry, Qt.Key.Key_End)
    assert dialog.findChild(QDoubleSpinBox, "originmap_product_engineered").isVisible()
    dialog.findChild(QDoubleSpinBox, "originmap_product_threshold").setValue(5)
    enter(dialog.findChild(QLineEdit, "originmap_product_aliases"), "福寿鱼、非洲鲫鱼")
    save(qtbot, dialog, opened)
    (made,) = opened.session.register.local_standard().varieties
    assert (made.title, made.industry, made.unit, made.threshold) == ("罗非鱼", "aquatic", "mu", 5)
    assert (made.aliases, made.cadence, made.threshold_engineered) == (("福寿鱼", "非洲鲫鱼"), Cadence.MONTH, None)
    assert opened.session.standard.varieties[-1].code == made.code
    values = opened.session.layer.editorWidgetSetup(opened.session.layer.fields().indexOf("variety")).config()["map"]
    assert {"罗非鱼": made.code} in values
    listed = dialog.findChild(QListWidget, "originmap_own_products")
    assert [listed.item(row).text() for row in range(listed.count())] == ["罗非鱼"]
    choose_cadence(qtbot, dialog, made.code, EVERY_CROP)
    save(qtbot, dialog, opened)
    assert rules_of(opened.session.standard)[made.code].every is Cadence.CROP
    turn_to(dialog, 2)
    press(qtbot, dialog, "product_remove")
    save(qtbot, dialog, opened)
    assert opened.session.standard.varieties == load_standard().varieties
    assert opened.session.register.local_standard() == LocalStandard()


def test_two_products_get_codes_and_colours_of_their_own(dialog, qtbot):
    for name in ("火龙果", "荔枝"):
        add_product(qtbot, dialog, name)
    first, second = dialog.products.values()
    assert (first.title, second.title) == ("火龙果", "荔枝")
    assert first.code != second.code and first.colour != second.colour
    listed = dialog.findChild(QListWidget, "originmap_own_products")
    listed.setCurrentRow(0)
    assert dialog.findChild(QLineEdit, "originmap_product_name").text() == "火龙果"


@pytest.mark.parametrize("name, code", [("", "LOCAL_NO_NAME"), ("加州鲈", "LOCAL_NAME_TWICE")])
def test_a_product_needs_a_name_of_its_own(dialog, qtbot, opened, name, code):
    add_product(qtbot, dialog, name)
    press(qtbot, dialog, "local_save")
    assert follows(dialog) == OriginMapError(code, name=name).sentence(opened.language)
    assert opened.session.register.local_standard() == LocalStandard()


NATIONAL, EVERY_CROP, EVERY_MONTH = range(3)


def choose_cadence(qtbot, dialog, code: str, every: int) -> QLabel:
    """By keyboard: the product in the list, then how often."""
    turn_to(dialog, 3)
    table = dialog.findChild(QTableWidget, "originmap_cadences")
    table.setCurrentCell(list(dialog.cadences._rules).index(code), 0)
    combo = dialog.findChild(QComboBox, "originmap_cadence_every")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(every):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    return dialog.findChild(QLabel, "originmap_cadence_meaning")


def test_the_cadence_of_a_county_is_set_told_and_taken_back(dialog, qtbot, opened):
    meaning = choose_cadence(qtbot, dialog, "egg", EVERY_MONTH)
    assert "the month ended and was not collected" in meaning.text()
    day = dialog.findChild(QSpinBox, "originmap_cadence_last_day")
    assert day.isVisible() and not dialog.findChild(QSpinBox, "originmap_cadence_grace").isVisible()
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "25")
    assert "by the end of its day 25" in meaning.text()
    choose_cadence(qtbot, dialog, "cowpea", EVERY_CROP)
    for name in ("crop_0", "crop_2"):
        qtbot.mouseClick(dialog.findChild(QCheckBox, f"originmap_cadence_{name}"), Qt.MouseButton.LeftButton)
    enter(dialog.findChild(QLineEdit, "originmap_cadence_others"), "头茬、春茬")
    save(qtbot, dialog, opened)
    assert rules_of(opened.session.standard)["egg"] == CadenceRule(Cadence.MONTH, last_day=25)
    assert rules_of(opened.session.standard)["cowpea"] == CadenceRule(Cadence.CROP, ("春茬", "秋茬", "头茬"))
    assert "2 cadences" in follows(dialog)
    choose_cadence(qtbot, dialog, "egg", NATIONAL)
    choose_cadence(qtbot, dialog, "cowpea", NATIONAL)
    save(qtbot, dialog, opened)
    assert opened.session.register.local_standard() == LocalStandard()


def test_locked_register_keeps_what_was_typed(dialog, qtbot, opened):
    type_threshold(qtbot, dialog, "egg", "800")
    with Register.open(opened.session.path) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        press(qtbot, dialog, "local_save")
        expected = RegisterError("REGISTER_LOCKED", file=opened.session.path.name).sentence(opened.language)
        qtbot.waitUntil(lambda: follows(dialog) == expected, timeout=20000)
        other.connection.execute("ROLLBACK")
    assert dialog.thresholds.item(threshold_row(dialog, "egg"), OWN).text() == "800"
    save(qtbot, dialog, opened)
    assert opened.session.register.local_standard().thresholds == {"egg": 800}


def test_read_only_register_is_said(opened, qtbot):
    opened.session.read_only = RegisterError("REGISTER_READ_ONLY", file="x.gpkg")
    dialog = LocalStandardDialog(opened)
    dialog.show()
    assert "x.gpkg" in follows(dialog)
    assert not dialog.findChild(QPushButton, "originmap_local_save").isEnabled()
    dialog.reject()


def test_dialog_goes_with_its_register(opened, qtbot):
    before = opened.receivers(opened.register_closed)
    dialog = LocalStandardDialog(opened)
    dialog.show()
    opened.close()
    assert not dialog.isVisible()
    assert opened.receivers(opened.register_closed) == before


def test_saving_nothing_writes_nothing(dialog, qtbot, opened):
    before = opened.session.path.read_bytes()
    press(qtbot, dialog, "local_save")
    assert follows(dialog) == "Nothing was changed."
    assert opened.session.path.read_bytes() == before
