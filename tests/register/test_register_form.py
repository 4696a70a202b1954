"""The native form as it is stored in the file: complete without the plugin, and truly storing several choices."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from qgis.core import QgsFeature, QgsFieldConstraints, QgsGeometry, QgsProject, QgsVectorLayerUtils
from qgis.gui import QgsAttributeForm, QgsGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTableWidget

from originmap.core.register.layers import ROLE, open_layer
from originmap.core.standard.model import load_standard

# What a QGIS that has never heard of the plugin makes of the file.
WITHOUT_PLUGIN = """
import json, sys
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.gui import QgsGui
application = QgsApplication([], True)
application.initQgis()
QgsGui.editorWidgetRegistry().initEditors()
layer = QgsVectorLayer(sys.argv[1] + "|layername=record", "anything", "ogr")
choices = QgsVectorLayer(sys.argv[1] + "|layername=choice", "choice", "ogr")
QgsProject.instance().addMapLayers([layer, choices])

def boxes(container):
    children = container.children()
    inner = [box for child in children if hasattr(child, "children") for box in boxes(child)]
    conditional = container.visibilityExpression()
    return inner + ([conditional.data().expression()] if conditional.enabled() else [])

def number(name):
    return layer.fields().indexOf(name)

def shown(name, value):
    setup = layer.editorWidgetSetup(number(name))
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    return formatter.representValue(layer, number(name), setup.config(), None, value)

form = layer.editFormConfig()
columns = [column for column in layer.attributeTableConfig().columns() if not column.hidden]
print(json.dumps({
    "modules": [name for name in sys.modules if "originmap" in name],
    "tabs": [tab.name() for tab in form.tabs()],
    "conditions": [condition for tab in form.tabs() for condition in boxes(tab)],
    "aliases": [layer.attributeAlias(index) for index in range(layer.fields().count())],
    "widgets": {field.name(): layer.editorWidgetSetup(number(field.name())).type() for field in layer.fields()},
    "constraint": layer.constraintExpression(number("contact_phone")),
    "description": layer.constraintDescription(number("contact_phone")),
    "columns": [column.name for column in columns],
    "default": layer.defaultValueDefinition(number("uid")).expression(),
    "variety": shown("variety", "cowpea"),
    "certification": shown("certification", ["green", "gap"]),
    "renderer": layer.renderer().type(),
}))
sys.stdout.flush()
import os; os._exit(0)
"""


@pytest.fixture
def layer(register):
    QgsGui.editorWidgetRegistry().initEditors()
    opened, choices = open_layer(register.path), open_layer(register.path, "choice")
    QgsProject.instance().addMapLayers([opened, choices])
    yield opened
    QgsProject.instance().removeAllMapLayers()


def test_form_opens_without_the_plugin(register, tmp_path):
    register.close()
    moved = register.path.rename(tmp_path / "anders.gpkg")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PLUGIN, str(moved)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    standard = load_standard()
    assert found["modules"] == []
    assert found["tabs"] == [group.title for group in standard.groups if group.name != "system"]
    assert any("'aquatic'" in condition for condition in found["conditions"])
    assert set(found["aliases"]) >= {field.title for field in standard.fields}
    widgets = found["widgets"]
    assert {widgets[f.name] for f in standard.fields if f.several} == {"ValueRelation"}
    assert {widgets[f.name] for f in standard.fields if f.list and not f.several} == {"ValueMap"}
    assert widgets["market_start"] == "DateTime"
    assert widgets["content_hash"] == "Hidden"
    assert "status" in found["constraint"] and "联系方式" in found["description"]
    annex = [column.name for column in standard.annex()]
    shown = [name for name in found["columns"] if name in annex]
    assert shown == [name for name in annex if name in shown] and len(shown) > 30
    assert "record_key" not in found["columns"]
    assert found["default"] == "uuid('WithoutBraces')"
    assert found["variety"] == "豇豆"
    assert "绿色食品" in found["certification"] and "良好农业规范" in found["certification"]
    assert found["renderer"]


def test_layer_says_its_role(layer):
    assert layer.customProperty(ROLE) == "record"


def test_new_feature_has_its_defaults(layer):
    number = layer.fields().indexOf
    feature = QgsVectorLayerUtils.createFeature(layer, QgsGeometry(), {number("variety"): "pig"})
    assert len(feature["uid"]) == 36
    assert (feature["status"], feature["origin"], feature["county"]) == ("draft", "map", "示例县")
    assert (feature["unit"], feature["credit_grade"]) == ("head", "unrated")


def test_constraints_are_hard(layer):
    index = layer.fields().indexOf("producer_name")
    constraints = layer.fields().at(index).constraints()
    expression = QgsFieldConstraints.Constraint.ConstraintExpression
    assert constraints.constraintStrength(expression) == QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard


def test_several_choices_are_stored_and_read_again(layer, register, insert):
    fid = insert(status="draft", certification=None)
    layer.startEditing()
    form = QgsAttributeForm(layer, layer.getFeature(fid))
    boxes = boxes_of(form, "green")
    for code in ("green", "gap"):
        boxes[code].setCheckState(Qt.CheckState.Checked)
    assert form.save()
    assert layer.commitChanges(), layer.commitErrors()
    (stored,) = register.connection.execute("SELECT certification FROM record").fetchone()
    assert sorted(json.loads(stored)) == ["gap", "green"]
    assert stored == json.dumps(json.loads(stored), separators=(",", ":"))
    again = boxes_of(form := QgsAttributeForm(layer, layer.getFeature(fid)), "green")
    assert {code for code, box in again.items() if box.checkState() == Qt.CheckState.Checked} == {"green", "gap"}
    del form


def boxes_of(form, code: str) -> dict:
    """The check boxes of the several-choice field that has an entry of this code."""
    for table in form.findChildren(QTableWidget):
        items = [table.item(row, column) for row in range(table.rowCount()) for column in range(table.columnCount())]
        found = {item.data(Qt.ItemDataRole.UserRole): item for item in items if item is not None}
        if code in found:
            return found
    raise AssertionError(code)


def test_industry_and_unit_follow_the_variety_in_the_form(layer):
    layer.startEditing()
    form = QgsAttributeForm(layer)
    form.setMode(1)  # AddFeatureMode
    form.setFeature(QgsVectorLayerUtils.createFeature(layer))
    form.changeAttribute("variety", "bream")
    assert form.save()
    (added,) = layer.editBuffer().addedFeatures().values()
    assert (added["variety"], added["industry"], added["unit"]) == ("bream", "aquatic", "mu")
    layer.rollBack()
    del form


def test_pasted_record_gets_its_own_uid(layer, register, insert):
    fid = insert(status="draft")
    original = layer.getFeature(fid)
    copy = QgsVectorLayerUtils.makeFeatureCompatible(QgsFeature(original), layer)[0]
    made = QgsVectorLayerUtils.createFeature(layer, copy.geometry(), dict(enumerate(copy.attributes())))
    assert made["uid"] != original["uid"]
    assert len(made["uid"]) == 36


def test_other_tables_open(register):
    for table in ("division", "choice", "variety", "history", "import", "setting", "local_standard"):
        assert open_layer(register.path, table).isValid()
