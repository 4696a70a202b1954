"""Moves a point layer between CGCS2000 or WGS84 and the shifted systems of Chinese map services."""

from __future__ import annotations

from itertools import islice
from typing import Any, Iterator, NamedTuple, Optional

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsMultiPoint,
    QgsPoint,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsVertexId,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.compat import transform_between
from ..core.coordinates.datums import Datum, convert, inside_shift
from ..core.register.crs import CGCS2000, refuse_secret_datum
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm

WGS84 = "EPSG:4326"
#: The choices of both parameters, in their order.
DATUMS = (Datum.CGCS2000, Datum.WGS84, Datum.GCJ02, Datum.BD09)
SHIFTED = (Datum.GCJ02, Datum.BD09)
CHUNK = 20_000


class _Counts(NamedTuple):
    converted: int = 0
    without_point: int = 0
    outside: int = 0


class ConvertCoordinates(OriginMapAlgorithm):
    """Points of any kind and any CRS; Z, M, attributes and features without a geometry stay."""

    NAME = "convertcoordinates"
    GROUP = "coordinates"
    TAGS = (
        "坐标转换", "坐标纠偏", "火星坐标", "高德", "腾讯", "百度", "经纬度", "偏移",
        "gcj02", "gcj-02", "bd09", "bd-09", "wgs84", "cgcs2000", "datum", "shift", "convert",
    )  # fmt: skip

    INPUT = "INPUT"
    SOURCE = "SOURCE"
    TARGET = "TARGET"
    OUTPUT = "OUTPUT"
    CONVERTED = "CONVERTED"
    WITHOUT_POINT = "WITHOUT_POINT"
    OUTSIDE = "OUTSIDE"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Convert coordinates (GCJ-02, BD-09)")

    def shortHelpString(self) -> str:
        """The help beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Moves points between CGCS2000 or WGS84 and the coordinates of Chinese map services: GCJ-02 (Amap, "
            "Tencent) and BD-09 (Baidu).\n\n"
            "The layer may hold points or multipoints, with Z and M, in any coordinate reference system: plane "
            "coordinates are first turned into degrees. The output is in degrees; shifted coordinates are stored "
            "under WGS 84, since no reference system exists for them.\n\n"
            "The result agrees with the services to about a metre: treat it as approximate. Points outside China "
            "are not shifted by the services, and not here; they are counted. Features without a geometry are kept "
            "and counted.\n\n"
            "Layers in Xian 1980 or Beijing 1954 are refused: their parameters are state secrets.",
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        names = [
            "CGCS2000",
            "WGS 84",
            QCoreApplication.translate("originmap", "GCJ-02 (Amap, Tencent)"),
            QCoreApplication.translate("originmap", "BD-09 (Baidu)"),
        ]
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                self.INPUT,
                QCoreApplication.translate("originmap", "Point layer"),
                [QgsProcessing.SourceType.TypeVectorPoint],
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                self.SOURCE,
                QCoreApplication.translate("originmap", "The coordinates are in"),
                options=names,
                defaultValue=DATUMS.index(Datum.GCJ02),
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                self.TARGET,
                QCoreApplication.translate("originmap", "Convert to"),
                options=names,
                defaultValue=DATUMS.index(Datum.CGCS2000),
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(self.OUTPUT, QCoreApplication.translate("originmap", "Converted points"))
        )
        for name, title in (
            (self.CONVERTED, QCoreApplication.translate("originmap", "Features converted")),
            (self.WITHOUT_POINT, QCoreApplication.translate("originmap", "Features without a geometry")),
            (self.OUTSIDE, QCoreApplication.translate("originmap", "Points outside China, not shifted")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Convert chunk by chunk, so that memory stays small and cancelling works."""
        layer = self.parameterAsSource(parameters, self.INPUT, context)
        if layer is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, self.INPUT))
        source = DATUMS[self.parameterAsEnum(parameters, self.SOURCE, context)]
        target = DATUMS[self.parameterAsEnum(parameters, self.TARGET, context)]
        to_degrees = _transform_to_degrees(layer, context)
        crs = QgsCoordinateReferenceSystem(CGCS2000 if target is Datum.CGCS2000 else WGS84)
        sink, output = self.parameterAsSink(parameters, self.OUTPUT, context, layer.fields(), layer.wkbType(), crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, self.OUTPUT))
        counts = _Counts()
        for features in _chunks(layer, feedback):
            if to_degrees is not None:
                _into_degrees(features, to_degrees, layer.sourceName())
            counts = _added(counts, _move(features, source, target))
            if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, self.OUTPUT))
        _report(counts, feedback)
        return {
            self.OUTPUT: output,
            self.CONVERTED: counts.converted,
            self.WITHOUT_POINT: counts.without_point,
            self.OUTSIDE: counts.outside,
        }


def _transform_to_degrees(
    layer: QgsProcessingFeatureSource, context: QgsProcessingContext
) -> Optional[QgsCoordinateTransform]:
    """What turns the layer's coordinates into degrees of WGS84 or CGCS2000; ``None`` when they are that already.

    Raises:
        OriginMapError: the layer has no CRS, or one that may not be converted.
    """
    crs = layer.sourceCrs()
    if not crs.isValid():
        raise OriginMapError("CRS_INVALID", layer=layer.sourceName())
    refuse_secret_datum(crs)
    if crs.authid() in (CGCS2000, WGS84):
        return None
    base = CGCS2000 if crs.geographicCrsAuthId() == CGCS2000 else WGS84
    return transform_between(crs, QgsCoordinateReferenceSystem(base), context.transformContext())


def _chunks(layer: QgsProcessingFeatureSource, feedback: QgsProcessingFeedback) -> Iterator[list[QgsFeature]]:
    """The layer's features piece by piece until it ends or the person cancels; progress follows what is done."""
    features = layer.getFeatures()
    total = max(layer.featureCount(), 1)
    done = 0
    while not feedback.isCanceled():
        chunk = list(islice(features, CHUNK))
        if not chunk:
            return
        yield chunk
        done += len(chunk)
        feedback.setProgress(100.0 * done / total)


def _into_degrees(features: list[QgsFeature], transform: QgsCoordinateTransform, layer: str) -> None:
    """Reproject the geometries in place; Z and M stay.

    Raises:
        OriginMapError: a coordinate lies where its CRS does not reach.
    """
    for feature in features:
        if not feature.hasGeometry():
            continue
        geometry = feature.geometry()
        try:
            geometry.transform(transform)
        except QgsCsException as error:
            crs = transform.sourceCrs().userFriendlyIdentifier()
            raise OriginMapError("CRS_NOT_REACHED", str(error), layer=layer, feature=feature.id(), crs=crs) from error
        feature.setGeometry(geometry)


def _move(features: list[QgsFeature], source: Datum, target: Datum) -> _Counts:
    """Convert all points of a chunk at once and put them back in place."""
    filled = [feature for feature in features if feature.hasGeometry() and not feature.geometry().isEmpty()]
    geometries = [feature.geometry() for feature in filled]
    points = [point for geometry in geometries for point in _points(geometry)]
    x = np.fromiter((point.x() for point in points), float, len(points))
    y = np.fromiter((point.y() for point in points), float, len(points))
    new_x, new_y = convert(x, y, source, target)
    moved = iter(zip(new_x.tolist(), new_y.tolist()))
    for feature, geometry in zip(filled, geometries):
        _put_back(geometry, moved)
        feature.setGeometry(geometry)
    shifts = source is not target and (source in SHIFTED or target in SHIFTED)
    outside = int(np.count_nonzero(~inside_shift(x, y))) if shifts else 0
    return _Counts(len(filled), len(features) - len(filled), outside)


def _points(geometry: QgsGeometry) -> list[QgsPoint]:
    shape = geometry.constGet()
    if isinstance(shape, QgsMultiPoint):
        return [shape.geometryN(part) for part in range(shape.numGeometries())]
    return [shape]


def _put_back(geometry: QgsGeometry, moved: Iterator[tuple[float, float]]) -> None:
    """Set x and y of each point; a new position without Z and M leaves those of the old one."""
    shape = geometry.get()
    if isinstance(shape, QgsMultiPoint):
        for part in range(shape.numGeometries()):
            shape.moveVertex(QgsVertexId(part, 0, 0), QgsPoint(*next(moved)))
        return
    x, y = next(moved)
    shape.setX(x)
    shape.setY(y)


def _added(one: _Counts, other: _Counts) -> _Counts:
    return _Counts(*(a + b for a, b in zip(one, other)))


def _report(counts: _Counts, feedback: QgsProcessingFeedback) -> None:
    feedback.pushInfo(
        QCoreApplication.translate("originmap", "{converted} features converted, {without} without a geometry").format(
            converted=counts.converted, without=counts.without_point
        )
    )
    if counts.outside:
        feedback.pushWarning(
            QCoreApplication.translate("originmap", "{count} points lie outside China and were not shifted").format(
                count=counts.outside
            )
        )
