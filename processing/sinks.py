"""Rows in a Processing sink: their columns, their place, and that none gets lost on the way."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsWkbTypes,
)

from ..core.compat import FieldKind, new_field
from ..core.register.crs import CGCS2000
from ..core.register.rows import Position


class SinkRow(NamedTuple):
    """A row: where it is (longitude, latitude; ``None`` without a point), and its values."""

    point: Optional[Position]
    values: Sequence[object]


def points() -> tuple[QgsWkbTypes.Type, QgsCoordinateReferenceSystem]:
    """Geometry type and CRS of a sink of points as the register has them."""
    return QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem(CGCS2000)


def no_geometry() -> tuple[QgsWkbTypes.Type, QgsCoordinateReferenceSystem]:
    """Geometry type and CRS of a sink that is a table."""
    return QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem()


def fields_of(kinds: Mapping[str, FieldKind]) -> QgsFields:
    """The columns of a sink."""
    fields = QgsFields()
    for name, kind in kinds.items():
        fields.append(new_field(name, kind))
    return fields


class Sinks:
    """The sinks of a run that were asked for.

    Args:
        algorithm: whose parameters they are.
        parameters: as Processing gives them.
        context: as Processing gives it.
    """

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self._algorithm, self._parameters, self._context = algorithm, parameters, context
        self.destinations: dict[str, str] = {}

    def fill(
        self,
        name: str,
        fields: QgsFields,
        rows: Iterable[SinkRow],
        shape: tuple[QgsWkbTypes.Type, QgsCoordinateReferenceSystem],
    ) -> None:
        """Add the rows in their order, where the parameter's sink was asked for.

        Raises:
            QgsProcessingException: the sink does not take one.
        """
        sink, destination = self._algorithm.parameterAsSink(self._parameters, name, self._context, fields, *shape)
        if sink is None:
            return
        for row in rows:
            feature = QgsFeature(fields)
            feature.setAttributes(list(row.values))
            if row.point is not None:
                feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*row.point)))
            add(sink, feature)
        self.destinations[name] = destination


def add(sink: QgsFeatureSink, feature: QgsFeature) -> None:
    """Add one feature.

    Raises:
        QgsProcessingException: the sink does not take it.
    """
    if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        raise QgsProcessingException(sink.lastError())
