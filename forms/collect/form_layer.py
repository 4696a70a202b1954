"""The layer whose form the panel shows: the records' twin in memory, so that nobody's edit session is touched."""

from __future__ import annotations

from qgis.core import (
    QgsEditorWidgetSetup,
    QgsField,
    QgsMapLayer,
    QgsReadWriteContext,
    QgsValueMapFieldFormatter,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from ...core.compat import FieldKind, form_with_tabs, new_field
from ...core.register.editing import path_of
from ...core.register.layers import open_layer
from ...core.standard.model import Field, Standard

_NO_CHOICE = "—"


def form_layer(records: QgsVectorLayer, standard: Standard, language: str) -> QgsVectorLayer:
    """An empty layer with the columns and the form of the project's records, in an edit session of its own.

    A form is only filled in over a layer that is being edited, and the records' own layer must not be: its edit session
    is the person's, and an open one of a GeoPackage changes how the file is locked. The twin holds no record ever.

    Args:
        records: as they stand in the project, with what a person may have changed about their form.
        standard: with the county's own values.
        language: ``en`` gives the form, whose titles are stored in Chinese, the standard's English ones.
    """
    layer = QgsVectorLayer(f"Point?crs={records.crs().authid()}", records.name(), "memory")
    several = {field.name for field in standard.fields if field.several}
    layer.dataProvider().addAttributes([_column(field, several) for field in records.fields()])
    layer.updateFields()
    if records.editFormConfig().layout() != form_with_tabs():
        # Someone gave the project's layer another kind of form; the register keeps its own.
        records = open_layer(path_of(records))
    document = QDomDocument()
    categories = QgsMapLayer.StyleCategory.Fields | QgsMapLayer.StyleCategory.Forms
    records.exportNamedStyle(document, QgsReadWriteContext(), categories)
    layer.importNamedStyle(document)
    for name in several:
        # As text they hold braces and not JSON, which the constraint would take for wrong.
        layer.setConstraintExpression(layer.fields().indexOf(name), "")
    if language != "zh":
        _speak_english(layer, standard)
    layer.startEditing()
    return layer


def _column(field: QgsField, several: set[str]) -> QgsField:
    """A plain column: JSON becomes text, since layers in memory know no JSON on older versions."""
    kind = FieldKind.TEXT if field.name() in several else _KINDS.get(field.type(), FieldKind.TEXT)
    return new_field(field.name(), kind)


_KINDS = {new_field("", kind).type(): kind for kind in FieldKind}


def _speak_english(layer: QgsVectorLayer, standard: Standard) -> None:
    """Titles last: until the fields are read anew, a field that got one hides its widget from us."""
    for field in standard.fields:
        index = layer.fields().indexOf(field.name)
        setup = layer.editorWidgetSetup(index)
        if setup.type() == "ValueMap":
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", _choices(field, standard)))
        elif setup.type() == "ValueRelation":
            config = {**setup.config(), "Value": "label_en"}
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueRelation", config))
    for field in standard.fields:
        layer.setFieldAlias(layer.fields().indexOf(field.name), field.title_en)


def _choices(field: Field, standard: Standard) -> dict[str, object]:
    pairs = [(_NO_CHOICE, QgsValueMapFieldFormatter.NULL_VALUE)]
    pairs += [(choice.title_en, choice.code) for choice in standard.choices(field.name)]
    return {"map": [{title: code} for title, code in pairs]}
