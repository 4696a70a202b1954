"""From the query to the table, the figures, the printed map and other styles: all of the very records on the map."""

from __future__ import annotations

import csv
import json
import subprocess
import unicodedata
import uuid
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsLayerTreeModel,
    QgsMarkerSymbol,
    QgsProject,
    QgsSingleSymbolRenderer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QAction, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from originmap.core.onemap.look import Style
from originmap.core.onemap.query import Query
from originmap.core.register.geometry import point_blobs
from originmap.core.register.layers import ROLE
from originmap.core.register.register import Register
from originmap.core.register.reports import EXPORT_SETTING
from originmap.core.standard.model import Cadence, LocalStandard, Variety
from originmap.forms.layer_group import register_in
from originmap.forms.onemap.print_panel import Kind
from originmap.forms.onemap.style_layers import STYLE_ROLE
from originmap.forms.onemap.tick_tree import TickTree

from .conftest import in_front

COWPEA = Query(varieties=("cowpea",))


@pytest.fixture
def page(opened, register_path, qtbot, monkeypatch):
    """Over three drafts, two of them cowpea."""
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    with Register.open(register_path) as register:
        for place, variety in enumerate(("cowpea", "cowpea", "celery")):
            register.connection.execute(
                "INSERT INTO record (uid, status, geom, variety, producer_name, producer_type, contact_name, "
                "contact_phone, scale, unit, division_code, cycle, point_quality, origin) "
                "VALUES (?, 'draft', ?, ?, ?, 'enterprise', '王示例', "
                "'13800001234', 12, 'mu', '999901101001', '2026-春茬', 'exact', 'workbook')",
                (
                    str(uuid.UUID(int=place)),
                    point_blobs(np.array([110.2 + place / 50]), np.array([19.5]))[0],
                    variety,
                    f"第{place}农场",
                ),
            )
    opened.refresh()
    with in_front(opened, qtbot) as made:
        yield made


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """What the dialog for files is answered with."""

    def give(name: str, kind: str = "") -> Path:
        monkeypatch.setattr(
            "originmap.forms.files.QFileDialog.getSaveFileName",
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


def ask_for(page, **chosen) -> None:
    """Open the panel, choose by the combo boxes' data, and go on."""
    press(page, "print")
    for name, value in chosen.items():
        combo = page.findChild(QComboBox, f"originmap_onemap_print_{name}")
        combo.setCurrentIndex(combo.findData(value))
        assert combo.isVisible() and combo.currentData() == value
    press(page, "print_panel_keep")


def texts(path: Path) -> list[str]:
    """The text of each page of a PDF; what a sign looks like is told from what it means."""
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return unicodedata.normalize("NFKC", told.stdout).split("\f")[:-1]


@pytest.mark.parametrize("name", ["图.pdf", "图.png"])
def test_the_map_is_printed_on_the_chosen_paper_in_the_style_of_the_map(page, qtbot, answer, name):
    target = answer(name)
    page.show_query(COWPEA)
    choose(page, Style.DENSITY)
    ask_for(page, kind=Kind.MAP, paper=3)
    qtbot.waitUntil(lambda: f"{name} is ready" in said(page), timeout=20_000)
    assert "2" in said(page)
    if name.endswith("pdf"):
        (text,) = texts(target)
        assert "豇豆产地密度图" in text and "规模(亩)密度" in text and "张示例" in text
    else:
        assert QImage(str(target)).height() > QImage(str(target)).width() > 3000


def test_an_atlas_goes_into_one_file_or_many(page, qtbot, answer, tmp_path, monkeypatch):
    target = answer("图集.pdf")
    ask_for(page, kind=Kind.VARIETIES)
    qtbot.waitUntil(lambda: "图集.pdf is ready" in said(page), timeout=30_000)
    whole, cowpea, celery = texts(target)
    assert "豇豆产地分布图" in cowpea and "芹菜产地分布图" in celery and "第 3 页" in celery
    monkeypatch.setattr("originmap.forms.files.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path))
    press(page, "print")
    page.findChild(QComboBox, "originmap_onemap_print_kind").setCurrentIndex(2)
    page.findChild(QCheckBox, "originmap_onemap_print_each").click()
    press(page, "print_panel_keep")
    qtbot.waitUntil(lambda: "is ready" in said(page) and "图集.pdf" not in said(page), timeout=30_000)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir() and "Atlas" in path.name)
    assert sorted(path.name for path in folder.iterdir()) == ["00_全图.pdf", "01_豇豆.pdf", "02_芹菜.pdf"]


@pytest.mark.parametrize(("kind", "pages"), [(Kind.CARDS, 2), (Kind.FIELD_SHEET, 1)])
def test_cards_and_the_field_sheet_are_printed(page, qtbot, answer, kind, pages):
    target = answer(f"{kind.value}.pdf")
    page.show_query(COWPEA)
    ask_for(page, kind=kind)
    qtbot.waitUntil(lambda: target.name in said(page), timeout=20_000)
    told = texts(target)
    assert len(told) == pages and "豇豆" in "".join(told) and "13800001234" not in "".join(told)


def test_a_list_in_full_needs_its_purpose_and_is_noted(page, qtbot, answer, register_path):
    target = answer("核实.pdf")
    ask_for(page, kind=Kind.MAP)
    qtbot.waitUntil(lambda: "核实.pdf" in said(page), timeout=20_000)
    before = target.read_bytes()
    press(page, "print")
    mask = page.findChild(QCheckBox, "originmap_onemap_print_mask")
    purpose = page.findChild(QLineEdit, "originmap_onemap_print_purpose")
    assert not mask.isVisible()
    page.findChild(QComboBox, "originmap_onemap_print_kind").setCurrentIndex(5)
    assert mask.isVisible() and mask.isChecked() and not purpose.isVisible()
    mask.click()
    press(page, "print_panel_keep")
    assert purpose.isVisible() and target.read_bytes() == before
    purpose.setText("入户 核实")
    qtbot.keyClick(purpose, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: target.read_bytes() != before, timeout=20_000)
    assert "".join(texts(target)).count("13800001234") == 3
    with Register.open(register_path, read_only=True) as register:
        noted = [json.loads(v) for name, v in register.settings().items() if name.startswith(f"{EXPORT_SETTING}/")]
    assert [(entry["by"], entry["count"], entry["purpose"]) for entry in noted] == [("张示例", 3, "入户 核实")]


def test_what_the_checks_find_is_asked_about_before_anything_is_written(page, qtbot, answer, register_path):
    target = answer("旧.pdf")
    with Register.open(register_path) as register:
        register.connection.execute("UPDATE record SET collected_on = '2019-05-01'")
    ask_for(page, kind=Kind.MAP)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "originmap_ask_0") is not None, timeout=20_000)
    assert any("2019-05-01" in label.text() for label in page.leading_on.printing.findChildren(QLabel))
    assert not target.exists()
    page.findChild(QPushButton, "originmap_ask_0").click()
    qtbot.waitUntil(target.exists, timeout=20_000)


def test_a_print_can_be_stopped(page, qtbot, answer):
    target = answer("停.pdf")
    ask_for(page, kind=Kind.MONTHS, paper=4)
    stop = page.leading_on.printing.findChild(QPushButton, "originmap_onemap_stop")
    assert stop.isVisible()
    stop.click()
    qtbot.waitUntil(lambda: not stop.isVisible(), timeout=20_000)
    assert not target.exists()


def styles_in_project() -> list:
    return [layer for layer in QgsProject.instance().mapLayers().values() if layer.customProperty(ROLE) == STYLE_ROLE]


def choose(page, style: Style) -> None:
    page.findChild(QAction, f"originmap_onemap_style_{style.value}_records").trigger()


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
    assert node.itemVisibilityChecked()
    assert not project.layerTreeRoot().findLayer(styles_in_project()[0].id()).itemVisibilityChecked()


def test_where_symbols_would_cover_each_other_sums_are_offered(page, qtbot, monkeypatch):
    monkeypatch.setattr("originmap.forms.onemap.page.CROWDED", 1)
    page._workbench.records_changed.emit("")
    qtbot.waitUntil(lambda: "cover each other" in said(page))
    assert not styles_in_project() and page.leading_on.styles.look.style is Style.SYMBOLS
    page._workbench.iface.messageBar().currentItem().findChild(QPushButton).click()
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    assert page.leading_on.styles.look.style is Style.PIES


def test_a_project_saved_in_another_style_opens_with_the_records(page, qtbot, register_path):
    choose(page, Style.PIES)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    page._workbench.close()
    page._workbench.open(register_path)
    node = QgsProject.instance().layerTreeRoot().findLayer(page._workbench.session.layer.id())
    qtbot.waitUntil(node.itemVisibilityChecked)


def test_every_style_is_a_map_theme_that_follows_the_query(page, qtbot):
    project, layer = QgsProject.instance(), page._workbench.session.layer
    root, themes = project.layerTreeRoot(), project.mapThemeCollection()
    for style in (Style.STATES, Style.HEXAGONS, Style.PIES):
        choose(page, style)
        qtbot.waitUntil(lambda: page.leading_on.styles._works.running("style") is None)
    names = {theme.split(" · ")[1]: theme for theme in themes.mapThemes()}
    assert set(names) == {"产地分布", "办理状态", "六边形网格（记录数）", "规模构成饼图"}
    themes.applyTheme(names["办理状态"], root, QgsLayerTreeModel(root))
    qtbot.waitUntil(lambda: page.leading_on.styles.look.style is Style.STATES)
    shown = [one.name() for one in styles_in_project() if root.findLayer(one.id()).isVisible()]
    assert len(shown) == 1 and shown[0].startswith("办理状态") and not root.findLayer(layer.id()).isVisible()
    page.show_query(COWPEA)
    qtbot.waitUntil(lambda: all("豇豆" in one.name() for one in styles_in_project()))
    assert len(styles_in_project()) == 3 and page.leading_on.styles.look.style is Style.STATES
    themes.applyTheme(names["产地分布"], root, QgsLayerTreeModel(root))
    qtbot.waitUntil(lambda: page.leading_on.styles.look.style is Style.SYMBOLS)
    assert root.findLayer(layer.id()).isVisible()


def test_a_style_that_a_person_changed_comes_back_until_it_is_given_up(page, qtbot, register_path):
    choose(page, Style.STATES)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    (made,) = styles_in_project()
    red = QgsMarkerSymbol.createSimple({"color": "#ff0000", "size": "7"})
    made.setRenderer(QgsSingleSymbolRenderer(red))
    made.emitStyleChanged()
    page.show_query(COWPEA)
    qtbot.waitUntil(lambda: styles_in_project() != [made] and page.leading_on.styles._works.running("style") is None)
    assert styles_in_project()[0].renderer().symbol().size() == 7
    qtbot.waitUntil(lambda: "办理状态" in said(page), timeout=10_000)
    page._workbench.close()
    page._workbench.open(register_path)
    choose(page, Style.STATES)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    (again,) = styles_in_project()
    assert again is not made and again.renderer().symbol().size() == 7
    assert "自定" in again.styleManager().currentStyle()
    # QGIS lists nothing while another connection changes the file's journal: it is asked again.
    qtbot.waitUntil(lambda: "办理状态" in again.listStylesInDatabase()[2], timeout=10_000)
    page.findChild(QAction, "originmap_onemap_style_reset").trigger()
    qtbot.waitUntil(lambda: [type(one.renderer()) for one in styles_in_project()] == [QgsCategorizedSymbolRenderer])


def test_the_countys_own_products_are_ticked_drawn_and_printed(page, qtbot, answer, register_path):
    own = Variety("litchi", "荔枝", "Litchi", "crop", "mu", 5.0, Cadence.CROP, "#aa3344", "litchi")
    with Register.open(register_path) as register:
        register.apply_local_standard(LocalStandard(varieties=(own,)))
        register.connection.execute("UPDATE record SET variety = 'litchi' WHERE variety = 'celery'")
    page._workbench.refresh(restyle=True)
    page.enter()
    tree = page.findChild(TickTree, "originmap_onemap_varieties")
    (line,) = tree.findItems("荔枝", Qt.MatchFlag.MatchExactly) or tree.findItems("Litchi", Qt.MatchFlag.MatchExactly)
    qtbot.waitUntil(lambda: line.text(1) == "1")
    line.setCheckState(0, Qt.CheckState.Checked)
    target = answer("荔枝.pdf")
    ask_for(page, kind=Kind.MAP)
    qtbot.waitUntil(lambda: "荔枝.pdf is ready" in said(page), timeout=20_000)
    assert page.map_filter.query == Query(varieties=("litchi",))
    (text,) = texts(target)
    assert "荔枝产地分布图" in text and "荔枝 1" in text


def test_unloading_takes_the_style_away(opened, qtbot, page):
    choose(page, Style.DENSITY)
    qtbot.waitUntil(lambda: len(styles_in_project()) == 1)
    page.leading_on.styles._layers.remove_all()
    assert not styles_in_project()
