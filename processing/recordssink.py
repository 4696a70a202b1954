"""Records of the register as features of a Processing sink."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.compat import FieldKind, new_field
from ..core.register.layers import open_layer
from ..core.standard.to_sql import quoted
from .sinks import add

_AT_ONCE = 500


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
    _copy(open_layer(register, "record"), f'"import_id" = {import_id}', fields, sink)


def write_chosen(register: Path, uids: Sequence[str], fields: QgsFields, sink: QgsFeatureSink) -> None:
    """Copy the records of these uids as they now are.

    Raises:
        QgsProcessingException: the sink does not take a record.
    """
    layer = open_layer(register, "record")
    for start in range(0, len(uids), _AT_ONCE):
        listed = ", ".join(map(quoted, uids[start : start + _AT_ONCE]))
        _copy(layer, f'"uid" IN ({listed})', fields, sink)


def _copy(layer: QgsVectorLayer, condition: str, fields: QgsFields, sink: QgsFeatureSink) -> None:
    for record in layer.getFeatures(QgsFeatureRequest().setFilterExpression(condition)):
        feature = QgsFeature(fields)
        feature.setGeometry(record.geometry())
        feature.setAttributes([_plain(value) for value in record.attributes()])
        add(sink, feature)


def _as_text(field: QgsField) -> QgsField:
    text = new_field(field.name(), FieldKind.TEXT)
    text.setAlias(field.alias())
    return text


def _plain(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
