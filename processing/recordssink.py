"""Records of the register as features of a Processing sink."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsFeatureSink, QgsFields, QgsWkbTypes

from ..core.register.layers import open_layer


def record_fields(register: Path) -> tuple[QgsFields, QgsCoordinateReferenceSystem, QgsWkbTypes.Type]:
    """Fields, CRS (EPSG:4490) and geometry type of the register's records."""
    layer = open_layer(register, "record")
    return QgsFields(layer.fields()), layer.crs(), layer.wkbType()


def write_records(register: Path, import_id: int, sink: QgsFeatureSink) -> None:
    """Copy the records that an import wrote; none after a dry run, whose id is 0."""
    layer = open_layer(register, "record")
    request = QgsFeatureRequest().setFilterExpression(f'"import_id" = {import_id}')
    sink.addFeatures(layer.getFeatures(request), QgsFeatureSink.Flag.FastInsert)
