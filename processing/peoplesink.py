"""What the lists of the quality algorithms share: how people are shown, and rows of a sink."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Sequence

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import FieldKind, new_field
from ..core.register.reports import note_in_full
from ..core.register.rows import Position
from ..core.standard.errors import OriginMapError


class SinkRow(NamedTuple):
    """A row of a list: where it is (longitude, latitude), and its values."""

    point: Optional[Position]
    values: Sequence[object]


def add_people_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Whether names and phones are masked, and what a list in full is for."""
    translate = QCoreApplication.translate
    algorithm.addParameter(QgsProcessingParameterBoolean("MASK", translate("originmap", "Mask names and phones"), True))
    algorithm.addParameter(
        QgsProcessingParameterString("PURPOSE", translate("originmap", "Purpose of an export in full"), optional=True)
    )


class PeopleAsked:
    """How people shall be shown, as the parameters say.

    Raises:
        OriginMapError: ``PURPOSE_MISSING`` for a list in full without one.
    """

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self.masked: bool = algorithm.parameterAsBool(parameters, "MASK", context)
        self._purpose: str = algorithm.parameterAsString(parameters, "PURPOSE", context).strip()
        if not self.masked and not self._purpose:
            raise OriginMapError("PURPOSE_MISSING")

    def note(self, register: Path, number: int, words: str, target: str) -> None:
        """Note in the register that a list in full is made, before anything is written."""
        if not self.masked:
            by = QgsApplication.userFullName() or QgsApplication.userLoginName()
            note_in_full(register, number, words, Path(target or "-"), purpose=self._purpose, by=by)


def fields_of(kinds: Mapping[str, FieldKind]) -> QgsFields:
    """The columns of a sink."""
    fields = QgsFields()
    for name, kind in kinds.items():
        fields.append(new_field(name, kind))
    return fields


def fill(sink: QgsFeatureSink, fields: QgsFields, rows: Iterable[SinkRow]) -> None:
    """Add the rows in their order.

    Raises:
        QgsProcessingException: the sink does not take one.
    """
    for row in rows:
        feature = QgsFeature(fields)
        feature.setAttributes(list(row.values))
        if row.point is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*row.point)))
        add(sink, feature)


def add(sink: QgsFeatureSink, feature: QgsFeature) -> None:
    """Add one feature.

    Raises:
        QgsProcessingException: the sink does not take it.
    """
    if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        raise QgsProcessingException(sink.lastError())
