"""Queries kept in the register: saved under a name, loaded, replaced and deleted after a question."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLineEdit, QMenu, QPushButton

from originmap.core.onemap.query import Query
from originmap.core.register.queries import save_query, saved_queries
from originmap.core.register.register import Register

from .conftest import in_front

COWPEA, PIG = Query(varieties=("cowpea",)), Query(varieties=("pig",))


@pytest.fixture
def page(opened, qtbot):
    with in_front(opened, qtbot) as made:
        yield made


def menu(page) -> dict:
    """The menu's entries by text, as it opens now."""
    found = page.findChild(QMenu, "originmap_onemap_saved_menu")
    found.aboutToShow.emit()
    return {action.text(): action for action in found.actions() if not action.isSeparator()}


def kept(path) -> dict[str, Query]:
    with Register.open(path, read_only=True) as register:
        return {saved.name: saved.query for saved in saved_queries(register)}


def save(page, qtbot, name: str) -> None:
    menu(page)["Save this query…"].trigger()
    field = page.findChild(QLineEdit, "originmap_onemap_save_name")
    field.setText(name)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_query_is_saved_under_a_name_and_loaded_again(page, qtbot, register_path):
    page.show_query(COWPEA)
    save(page, qtbot, " 春季  豇豆 & 其他 ")
    qtbot.waitUntil(lambda: kept(register_path) == {"春季 豇豆 & 其他": COWPEA})
    qtbot.waitUntil(lambda: not page.findChild(QLineEdit, "originmap_onemap_save_name").isVisible())
    page.clear()
    menu(page)["春季 豇豆 && 其他"].trigger()
    assert page.query == page.map_filter.query == COWPEA
    with Register.open(register_path, read_only=True) as register:
        assert saved_queries(register)[0].by == "张示例"


def test_a_name_that_is_taken_is_asked_about(page, qtbot, register_path):
    with Register.open(register_path) as register:
        save_query(register, "常用", COWPEA)
    page.show_query(PIG)
    save(page, qtbot, "常用")
    assert page.saved.ask.asking
    qtbot.keyClick(page.saved.ask, Qt.Key.Key_Escape)
    assert kept(register_path) == {"常用": COWPEA}
    save(page, qtbot, "常用")
    page.findChild(QPushButton, "originmap_ask_0").click()
    qtbot.waitUntil(lambda: kept(register_path) == {"常用": PIG})


def test_a_query_is_deleted_after_a_question(page, qtbot, register_path):
    with Register.open(register_path) as register:
        save_query(register, "常用", COWPEA)
    menu(page)["Delete"].menu().actions()[0].trigger()
    assert kept(register_path) == {"常用": COWPEA}
    page.findChild(QPushButton, "originmap_ask_0").click()
    qtbot.waitUntil(lambda: kept(register_path) == {})
    assert "Delete" not in menu(page)
    assert not menu(page)["No query is saved yet"].isEnabled()


def test_escape_and_an_empty_name_save_nothing(page, qtbot, register_path):
    save(page, qtbot, "  ")
    field = page.findChild(QLineEdit, "originmap_onemap_save_name")
    assert field.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert kept(register_path) == {}
