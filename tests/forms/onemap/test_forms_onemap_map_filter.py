"""The query on the map: what the layer shows, whose filter it is, when it goes, and work on what it hides."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing

from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QPushButton, QToolButton

from originmap.core.onemap.query import Query
from originmap.core.onemap.query_sql import subset
from originmap.core.register.editing import PointHow
from originmap.forms.onemap.page import OneMapPage

from .conftest import click, counts, line, names, press, said, tree


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
