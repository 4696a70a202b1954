"""Records of the register as features of a Processing sink."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsWkbTypes,
)

from ..core.compat import FieldKind, new_field
from ..core.register.layers import open_layer


def record_fields(register: Path) -> tuple[QgsFields, QgsCoordinateReferenceSystem, QgsWkbTypes.Type]:
    """Fields, CRS (EPSG:4490) and geometry type of the register's records; lists become JSON text, as sinks want."""
    layer = open_layer(register, "record")
    fields = QgsFields()
    for field in layer.fields():
        fields.append(_as_text(field) if field.typeName() == "JSON" else field)
    return fields, layer.crs(), layer.wkbType()


def write_records(register: Path, import_id: int, fields: QgsFields, sink: QgsFeatureSink) -> None:
    """Copy the records that an import wrote; none after a dry run, whose id is 0.

    Raises:
        QgsProcessingException: the sink does not take a record.
    """
    layer = open_layer(register, "record")
    request = QgsFeatureRequest().setFilterExpression(f'"import_id" = {import_id}')
    for record in layer.getFeatures(request):
        feature = QgsFeature(fields)
        feature.setGeometry(record.geometry())
        feature.setAttributes([_plain(value) for value in record.attributes()])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(sink.lastError())


def _as_text(field: QgsField) -> QgsField:
    text = new_field(field.name(), FieldKind.TEXT)
    text.setAlias(field.alias())
    return text


def _plain(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
