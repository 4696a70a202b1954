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

from ...core.compat import FieldKind, new_field
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
    document = QDomDocument()
    categories = QgsMapLayer.StyleCategory.Fields | QgsMapLayer.StyleCategory.Forms
    records.exportNamedStyle(document, QgsReadWriteContext(), categories)
    layer.importNamedStyle(document)
    for name in several:
        # As text they hold braces and not JSON, which the constraint would take for wrong.
        layer.setConstraintExpression(layer.fields().indexOf(name), "")
    if language != "zh":
        for field in standard.fields:
            _in_english(layer, field, standard)
    layer.startEditing()
    return layer


def _column(field: QgsField, several: set[str]) -> QgsField:
    """JSON columns become text: layers in memory know no others on older versions."""
    structured = field.name() in several or field.type() not in _SIMPLE
    return new_field(field.name(), FieldKind.TEXT) if structured else QgsField(field)


_SIMPLE = tuple(new_field("", kind).type() for kind in FieldKind)


def _in_english(layer: QgsVectorLayer, field: Field, standard: Standard) -> None:
    index = layer.fields().indexOf(field.name)
    layer.setFieldAlias(index, field.title_en)
    setup = layer.editorWidgetSetup(index)
    if setup.type() == "ValueMap":
        pairs = [(_NO_CHOICE, QgsValueMapFieldFormatter.NULL_VALUE)]
        pairs += [(choice.title_en, choice.code) for choice in standard.choices(field.name)]
        config: dict[str, object] = {"map": [{title: code} for title, code in pairs]}
    elif setup.type() == "ValueRelation":
        config = {**setup.config(), "Value": "title_en"}
    else:
        return
    layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup(setup.type(), config))
