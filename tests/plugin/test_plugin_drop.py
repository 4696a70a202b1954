"""What is dropped on the window: collection sheets open the import, everything else stays QGIS's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsGui, QgsMessageBar

from originmap.core.register.create import create_register
from originmap.forms.pages import Page
from originmap.forms.workbench import Workbench
from originmap.plugin.drop import WorkbookDropHandler

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"


@pytest.fixture
def workbench(qgis_iface, qgis_new_project, monkeypatch):
    """A workbench without a register, and what it was asked for."""
    bar = QgsMessageBar()
    monkeypatch.setattr(qgis_iface, "messageBar", lambda: bar)
    QgsSettings().remove("originmap")
    QgsGui.editorWidgetRegistry().initEditors()
    made = Workbench(qgis_iface)
    made.asked = []
    made.import_wanted.connect(lambda path: made.asked.append(Path(path).name))
    made.page_wanted.connect(made.asked.append)
    yield made
    made.release()
    QgsProject.instance().clear()
    QgsSettings().remove("originmap")


@pytest.fixture
def opened(workbench, tmp_path):
    path = tmp_path / "register.gpkg"
    create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省").close()
    workbench.open(path)
    return workbench


@pytest.mark.parametrize(
    "name", ["000_good.xlsx", "108_xls_as.xlsx", "070_gbk.csv", "074_tab.txt", "017_hidden_and_several_sheets.xlsx"]
)
def test_a_collection_sheet_opens_the_import(opened, name):
    assert WorkbookDropHandler(opened).handleFileDrop(str(WORKBOOKS / name))
    assert opened.asked == [name]


@pytest.mark.parametrize("name", ["110_password.xlsx", "100_truncated.xlsx", "021_empty.xlsx"])
def test_a_workbook_that_cannot_be_read_is_told_by_the_wizard(opened, name):
    assert WorkbookDropHandler(opened).handleFileDrop(str(WORKBOOKS / name))
    assert opened.asked == [name]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("points.csv", "id,value,when\n1,2,3\n"),
        ("named.csv", "id,x,y\n1,109.2,22.6\n"),
        ("empty.csv", ""),
        ("notes.txt", "主体名称\n"),
        ("binary.csv", "PK\x03\x04\x00"),
        ("map.gpkg", "SQLite format 3"),
        ("points.geojson", '{"type": "FeatureCollection", "features": []}'),
    ],
)
def test_other_files_stay_qgis_own(opened, tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert not WorkbookDropHandler(opened).handleFileDrop(str(path))
    assert opened.asked == []


def test_another_workbook_stays_qgis_own(opened, tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "value", "when"], [1, 2, 3]):
        book.active.append(row)
    book.save(tmp_path / "values.xlsx")
    assert not WorkbookDropHandler(opened).handleFileDrop(str(tmp_path / "values.xlsx"))


def test_what_is_no_file_stays_qgis_own(opened, tmp_path):
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    handler = WorkbookDropHandler(opened)
    assert not handler.handleFileDrop(str(folder)) and not handler.handleFileDrop(str(tmp_path / "none.csv"))


def test_a_long_workbook_is_not_read_while_the_window_waits(opened, tmp_path):
    """Beyond some size the wizard looks at it in the background, and a text file is left to QGIS."""
    for name, size, ours in (("long.xlsx", 2_000_000, True), ("long.csv", 20_000_000, False)):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(size)
        assert WorkbookDropHandler(opened).handleFileDrop(str(path)) is ours


def test_without_a_register_it_says_what_to_do_first(workbench, tmp_path):
    path = shutil.copy(WORKBOOKS / "000_good.xlsx", tmp_path)
    assert WorkbookDropHandler(workbench).handleFileDrop(path)
    assert workbench.asked == [Page.START]
    (item,) = workbench.iface.messageBar().items()
    assert "000_good.xlsx" in item.text()
