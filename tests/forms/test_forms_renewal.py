"""A register of an earlier version opens with the form of this one, and with everything else as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from qgis.core import QgsMarkerSymbol, QgsProject, QgsSingleSymbolRenderer
from qgis.PyQt.QtWidgets import QTableWidget
from qgis.PyQt.QtXml import QDomDocument

from originmap.core.register.form import FORM_VERSION
from originmap.core.register.layers import open_layer
from originmap.core.register.register import Register
from originmap.core.standard.model import load_standard
from originmap.forms.layer_group import project_beside

SEVERAL = ("certification", "traceability", "verified_how")


def fetch(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def earlier(register_path):
    """As it was made before: without labels, counts, the index of those put aside; its symbols changed by a person."""
    layer = open_layer(register_path)
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"color": "#ff0000"})))
    style = QDomDocument()
    layer.exportNamedStyle(style)
    del layer
    with closing(sqlite3.connect(register_path)) as connection, connection:
        connection.execute("UPDATE layer_styles SET styleQML = ? WHERE f_table_name = 'record'", (style.toString(),))
        connection.execute("DELETE FROM setting WHERE name = 'form_version'")
        connection.execute("DROP TABLE gpkg_ogr_contents")
        connection.execute("DROP INDEX record_aside")
        connection.execute("""UPDATE layer_styles SET styleQML = replace(styleQML, 'value="label"', 'value="title"')""")
        for column in ("label", "label_en"):
            connection.execute(f"ALTER TABLE choice DROP COLUMN {column}")
    return register_path


def shown_as(layer, name):
    return layer.editorWidgetSetup(layer.fields().indexOf(name)).config()["Value"]


def messages(workbench):
    return [item.text() for item in workbench.iface.messageBar().items()]


@pytest.mark.parametrize("way", ["alone", "with its project", "by its project"])
def test_an_earlier_register_is_renewed_once(workbench, earlier, qtbot, way, monkeypatch):
    if way != "alone":
        monkeypatch.setattr(Register, "form_is_behind", False)
        workbench.open(earlier)
        qtbot.waitUntil(lambda: bool(QgsProject.instance().fileName()))
        assert shown_as(workbench.session.layer, "certification") == "title"
        workbench.close()
        monkeypatch.undo()
    if way == "by its project":
        assert QgsProject.instance().read(str(project_beside(earlier)))
    else:
        workbench.open(earlier)
    layer = workbench.session.layer
    (choices,) = (known for known in QgsProject.instance().mapLayers().values() if known.name() == "choice")
    assert choices.fields().indexOf("label") > 0
    assert [shown_as(layer, name) for name in SEVERAL] == ["label"] * 3
    assert isinstance(layer.renderer(), QgsSingleSymbolRenderer)
    assert fetch(earlier, "SELECT value FROM setting WHERE name = 'form_version'") == [(str(FORM_VERSION),)]
    names = {name for (name,) in fetch(earlier, "SELECT name FROM sqlite_master")}
    assert {"gpkg_ogr_contents", "record_aside"} <= names
    assert len(messages(workbench)) == 1
    workbench.close()
    workbench.open(earlier)
    assert len(messages(workbench)) == 1
    assert shown_as(workbench.session.layer, "certification") == "label"


def test_an_earlier_register_that_is_locked_opens_as_it_is(workbench, earlier):
    with closing(sqlite3.connect(earlier, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        workbench.open(earlier)
        other.execute("ROLLBACK")
    assert shown_as(workbench.session.layer, "certification") == "title" and messages(workbench) == []


def test_a_trigger_that_was_taken_away_is_put_back_and_told_once(workbench, register_path):
    with closing(sqlite3.connect(register_path)) as connection:
        connection.execute("DROP TRIGGER history_record_update")
    workbench.open(register_path)
    (told,) = messages(workbench)
    assert "history_record_update" in told and ("核验历史" in told or "Verify history" in told)
    assert fetch(register_path, "SELECT count(*) FROM sqlite_master WHERE name = 'history_record_update'") == [(1,)]
    workbench.close()
    workbench.open(register_path)
    assert messages(workbench) == [told]


def test_own_values_of_a_county_reach_an_earlier_register(earlier):
    with Register.open(earlier) as register:
        register.apply_local_standard(register.local_standard())
        labels = register.connection.execute("SELECT label FROM choice WHERE list = 'certification' ORDER BY label")
        assert labels.fetchone() == ("①无",)


def test_lists_stand_in_the_order_of_the_standard(collect):
    collect.picker.choose("cowpea")
    collect.desk.sheet.begin("cowpea", (110.5, 19.5), {})
    tables = [editor.widget() for editor in collect.desk.sheet.form._editors.values()]
    tables = [t if isinstance(t, QTableWidget) else t.findChild(QTableWidget) for t in tables]
    certification = next(table for table in tables if table is not None)
    cells = [certification.item(row, column) for row in range(certification.rowCount()) for column in range(2)]
    wanted = [choice.title for choice in load_standard().choices("certification")]
    assert [cell.text()[1:] for cell in cells if cell is not None] == wanted and wanted[0] == "无"
