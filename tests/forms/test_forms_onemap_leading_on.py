"""From the query to the table, the figures, the printed map and other styles: all of the very records on the map."""

from __future__ import annotations

import csv
import json
import uuid
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QLineEdit, QPushButton

from originmap.core.onemap.query import Query
from originmap.core.register.geometry import point_blobs
from originmap.core.register.layers import ROLE
from originmap.core.register.register import Register
from originmap.core.register.reports import EXPORT_SETTING
from originmap.core.onemap.look import Style
from originmap.forms.layer_group import register_in
from originmap.forms.onemap.map_styles import STYLE_ROLE
from originmap.forms.onemap.page import OneMapPage

COWPEA = Query(varieties=("cowpea",))


@pytest.fixture
def page(opened, register_path, qtbot, monkeypatch):
    """Over three drafts, two of them cowpea."""
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    with Register.open(register_path) as register:
        for place, variety in enumerate(("cowpea", "cowpea", "celery")):
            register.connection.execute(
                "INSERT INTO record (uid, status, geom, variety, producer_name, contact_name, contact_phone, scale, "
                "unit, division_code, cycle, point_quality, origin) VALUES (?, 'draft', ?, ?, ?, '王示例', "
                "'13800001234', 12, 'mu', '999901101001', '2026-春茬', 'exact', 'workbook')",
                (
                    str(uuid.UUID(int=place)),
                    point_blobs(np.array([110.2 + place / 50]), np.array([19.5]))[0],
                    variety,
                    f"第{place}农场",
                ),
            )
    opened.refresh()
    made = OneMapPage(opened)
    made.resize(360, 760)
    made.show()
    qtbot.waitExposed(made)
    made.enter()
    yield made
    made.release()
    made.close()
    made.deleteLater()


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """What the dialog for files is answered with."""

    def give(name: str, kind: str = "") -> Path:
        monkeypatch.setattr(
            "originmap.forms.onemap.leading_on.QFileDialog.getSaveFileName",
            lambda *_: (str(tmp_path / name) if name else "", kind),
        )
        return tmp_path / name

    return give


def press(page, name: str) -> None:
    page.findChild(QPushButton, f"originmap_onemap_{name}").click()


def said(page) -> str:
    return " ".join(item.text() for item in page._workbench.iface.messageBar().items())


def cells(path: Path) -> list[str]:
    workbook = openpyxl.load_workbook(path)
    return [str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def test_the_table_is_masked_and_made_of_what_is_ticked(page, qtbot, answer):
    target = answer("表", "Excel workbook (*.xlsx)").with_name("表.xlsx")
    page.conditions.show_query(COWPEA)
    press(page, "table")
    assert page.map_filter.query == COWPEA
    assert page.findChild(QCheckBox, "originmap_onemap_mask").isChecked()
    press(page, "table_panel_keep")
    qtbot.waitUntil(lambda: "表.xlsx" in said(page))
    found = cells(target)
    assert sum("农场" in cell for cell in found) == 2
    assert not any("13800001234" in cell or "王示例" in cell for cell in found)
    assert any("豇豆" in cell and "共 2 条" in cell for cell in found)


def test_table_and_map_are_made_of_the_very_same_records(page, qtbot, answer):
    target = answer("表.csv")
    page.show_query(COWPEA)
    press(page, "table")
    press(page, "table_panel_keep")
    qtbot.waitUntil(lambda: "表.csv" in said(page))
    with target.open(encoding="utf-8-sig", newline="") as file:
        in_table = sorted(row["编号"] for row in csv.DictReader(file))
    assert in_table == sorted(feature["uid"] for feature in page._workbench.session.layer.getFeatures())
    assert len(in_table) == 2


def test_a_table_in_full_needs_its_purpose_and_is_noted(page, qtbot, answer, register_path):
    target = answer("全.xlsx")
    press(page, "table")
    page.findChild(QCheckBox, "originmap_onemap_mask").click()
    purpose = page.findChild(QLineEdit, "originmap_onemap_purpose")
    press(page, "table_panel_keep")
    assert purpose.isVisible() and not target.exists()
    purpose.setText("县局 核查")
    qtbot.keyClick(purpose, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "全.xlsx" in said(page))
    assert any("13800001234" in cell for cell in cells(target))
    with Register.open(register_path, read_only=True) as register:
        noted = [json.loads(v) for name, v in register.settings().items() if name.startswith(f"{EXPORT_SETTING}/")]
    assert [(entry["by"], entry["count"], entry["purpose"]) for entry in noted] == [("张示例", 3, "县局 核查")]


def test_no_file_is_made_when_none_is_named_or_the_map_cannot_follow(page, answer, tmp_path):
    answer("")
    press(page, "table")
    press(page, "table_panel_keep")
    answer("统计.xlsx")
    page._workbench.session.layer.startEditing()
    page.conditions.show_query(COWPEA)
    press(page, "figures")
    page._workbench.session.layer.rollBack()
    assert not list(tmp_path.glob("*.xlsx"))
    assert "编辑" in said(page)


def test_the_figures_are_those_of_the_query(page, qtbot, answer):
    target = answer("统计.xlsx")
    page.show_query(COWPEA)
    press(page, "figures")
    qtbot.waitUntil(lambda: "统计.xlsx" in said(page))
    found = cells(target)
    assert any("豇豆" in cell for cell in found)
    assert not any("芹菜" in cell for cell in found)


@pytest.mark.parametrize("name", ["图.pdf", "图.png"])
def test_the_map_is_printed_on_the_chosen_paper(page, answer, name):
    target = answer(name)
    page.show_query(COWPEA)
    page.findChild(QPushButton, "originmap_onemap_print").menu().actions()[0].trigger()
    assert target.stat().st_size > 10_000
    assert name in said(page) and "2" in said(page)


def styles_in_project() -> list:
    return [layer for layer in QgsProject.instance().mapLayers().values() if layer.customProperty(ROLE) == STYLE_ROLE]


def choose(page, style: Style) -> None:
    menu = page.findChild(QPushButton, "originmap_onemap_style").menu()
    next(action for action in menu.actions() if action.data() == style.value).trigger()


@pytest.mark.parametrize("style", [Style.DENSITY, Style.PIES])
def test_another_style_stands_over_the_records_and_goes_again(page, qtbot, style, register_path):
    project, layer = QgsProject.instance(), page._workbench.session.layer
    page.show_query(COWPEA)
    choose(page, style)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    made = styles_in_project()[0]
    assert made.isValid() and made.thread() is layer.thread() and "豇豆" in made.name()
    node = project.layerTreeRoot().findLayer(layer.id())
    assert not node.itemVisibilityChecked()
    assert project.layerTreeRoot().findLayer(made.id()).parent() is node.parent()
    assert register_in(project) == register_path.resolve()
    assert page.notice
    page.show_query(Query(varieties=("celery",)))
    qtbot.waitUntil(lambda: [("芹菜" in one.name()) for one in styles_in_project()] == [True])
    choose(page, Style.SYMBOLS)
    assert not styles_in_project()
    assert node.itemVisibilityChecked()


def test_a_project_saved_in_another_style_opens_with_the_records(page, qtbot, register_path):
    choose(page, Style.PIES)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    page._workbench.close()
    page._workbench.open(register_path)
    qtbot.waitUntil(lambda: not styles_in_project())
    node = QgsProject.instance().layerTreeRoot().findLayer(page._workbench.session.layer.id())
    qtbot.waitUntil(node.itemVisibilityChecked)


def test_unloading_takes_the_style_away(opened, qtbot, page):
    choose(page, Style.DENSITY)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    page.leading_on.styles._remove()
    assert not styles_in_project()
