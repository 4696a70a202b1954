"""The algorithm convertcoordinates on every kind of point layer, and what it refuses."""

from __future__ import annotations

from typing import Any, Callable

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from originmap.core.coordinates.datums import Datum, convert
from originmap.processing.convertcoordinates import DATUMS, ConvertCoordinates

GCJ02, CGCS2000 = DATUMS.index(Datum.GCJ02), DATUMS.index(Datum.CGCS2000)
WGS84, BD09 = DATUMS.index(Datum.WGS84), DATUMS.index(Datum.BD09)
X, Y = 109.690508, 19.912025


@pytest.fixture
def layer_of(qgis_app: object) -> Callable[..., QgsVectorLayer]:
    """Makes memory layers from WKT, ``None`` for a feature without geometry."""

    def make(kind: str, crs: str, *texts: str | None) -> QgsVectorLayer:
        layer = QgsVectorLayer(f"{kind}?crs={crs}&field=name:string", "基地", "memory")
        features = []
        for number, text in enumerate(texts):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([f"n{number}"])
            if text is not None:
                feature.setGeometry(QgsGeometry.fromWkt(text))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


def _run(
    layer: QgsVectorLayer, source: int, target: int, feedback: QgsProcessingFeedback | None = None
) -> tuple[dict[str, Any], QgsVectorLayer]:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    parameters = {"INPUT": layer, "SOURCE": source, "TARGET": target, "OUTPUT": "memory:"}
    results, ok = ConvertCoordinates().create().run(parameters, context, feedback or QgsProcessingFeedback(), {}, False)
    assert ok
    return results, context.takeResultLayer(results["OUTPUT"])


def _vertices(layer: QgsVectorLayer) -> list[list[tuple[float, ...]]]:
    found = []
    for feature in layer.getFeatures():
        found.append([(v.x(), v.y(), v.z(), v.m()) for v in feature.geometry().vertices()])
    return found


KINDS = {
    "Point": "Point({x} {y})",
    "PointZ": "PointZ({x} {y} 12.5)",
    "PointM": "PointM({x} {y} 7)",
    "PointZM": "PointZM({x} {y} 12.5 7)",
    "MultiPoint": "MultiPoint(({x} {y}),({x} {y}))",
    "MultiPointZ": "MultiPointZ(({x} {y} 12.5),({x} {y} 3))",
    "MultiPointM": "MultiPointM(({x} {y} 7),({x} {y} 8))",
    "MultiPointZM": "MultiPointZM(({x} {y} 12.5 7),({x} {y} 3 8))",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4326", "EPSG:3857", "EPSG:4545", "EPSG:4524"])
def test_every_kind_and_crs(layer_of: Callable[..., QgsVectorLayer], kind: str, crs: str) -> None:
    geometry = QgsGeometry.fromWkt(KINDS[kind].format(x=X, y=Y))
    project = QgsProject.instance()
    degrees = QgsCoordinateReferenceSystem("EPSG:4490" if crs.startswith("EPSG:4") else "EPSG:4326")
    geometry.transform(QgsCoordinateTransform(degrees, QgsCoordinateReferenceSystem(crs), project))
    layer = layer_of(kind, crs, geometry.asWkt(12), None)
    results, converted = _run(layer, CGCS2000, BD09)
    assert QgsWkbTypes.displayString(converted.wkbType()) == kind
    assert converted.crs().authid() == "EPSG:4326"
    assert (results["CONVERTED"], results["WITHOUT_POINT"], results["OUTSIDE"]) == (1, 1, 0)
    features = list(converted.getFeatures())
    assert [feature["name"] for feature in features] == ["n0", "n1"]
    assert not features[1].hasGeometry()
    east, north = convert(X, Y, Datum.CGCS2000, Datum.BD09)
    before = list(geometry.vertices())
    after = list(features[0].geometry().vertices())
    assert len(after) == len(before)
    for old, new in zip(before, after):
        assert (new.x(), new.y()) == pytest.approx((float(east), float(north)), abs=1e-8)
        assert (new.z(), new.m()) == pytest.approx((old.z(), old.m()), nan_ok=True)
    box = features[0].geometry().boundingBox()
    assert (box.xMinimum(), box.yMaximum()) == pytest.approx((float(east), float(north)), abs=1e-8)


def test_there_and_back(layer_of: Callable[..., QgsVectorLayer]) -> None:
    layer = layer_of("Point", "EPSG:4490", *(f"Point({73 + i} {4 + i * 0.8})" for i in range(60)))
    _, there = _run(layer, CGCS2000, GCJ02)
    _, back = _run(there, GCJ02, CGCS2000)
    assert back.crs().authid() == "EPSG:4490"
    for old, new in zip(_vertices(layer), _vertices(back)):
        assert old[0][:2] == pytest.approx(new[0][:2], abs=1e-8)


def test_points_outside_china_are_counted_and_stay(layer_of: Callable[..., QgsVectorLayer]) -> None:
    results, converted = _run(layer_of("Point", "EPSG:4326", "Point(2.35 48.85)", f"Point({X} {Y})"), WGS84, GCJ02)
    assert (results["CONVERTED"], results["OUTSIDE"]) == (2, 1)
    assert _vertices(converted)[0][0][:2] == (2.35, 48.85)


@pytest.mark.parametrize(
    "crs",
    [
        "EPSG:4610", "EPSG:2362", "EPSG:2379", "EPSG:4214", "EPSG:2422", "EPSG:21420", "EPSG:4555", "EPSG:4568",
        "PROJ:+proj=tmerc +lon_0=108 +x_0=500000 +a=6378140 +rf=298.257 +units=m +no_defs",
        "PROJ:+proj=tmerc +lon_0=108 +x_0=500000 +ellps=krass +units=m +no_defs",
    ],
)  # fmt: skip
def test_secret_datums_are_refused(layer_of: Callable[..., QgsVectorLayer], crs: str) -> None:
    layer = layer_of("Point", "EPSG:4490", f"Point({X} {Y})")
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    assert layer.crs().isValid()
    with pytest.raises(QgsProcessingException, match="state secrets|国家秘密"):
        ConvertCoordinates().create().processAlgorithm(*_arguments(layer))


def test_a_layer_without_crs_is_refused(layer_of: Callable[..., QgsVectorLayer]) -> None:
    layer = layer_of("Point", "EPSG:4490", f"Point({X} {Y})")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="基地"):
        ConvertCoordinates().create().processAlgorithm(*_arguments(layer))


def test_a_coordinate_out_of_its_crs_names_the_feature(layer_of: Callable[..., QgsVectorLayer]) -> None:
    layer = layer_of("Point", "EPSG:4545", "Point(1e40 1e40)")
    with pytest.raises(QgsProcessingException, match="基地.*1|1.*基地"):
        ConvertCoordinates().create().processAlgorithm(*_arguments(layer))


def test_cancelling_stops_between_chunks(
    layer_of: Callable[..., QgsVectorLayer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("originmap.processing.convertcoordinates.CHUNK", 2)
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda _: feedback.cancel())
    results, converted = _run(layer_of("Point", "EPSG:4490", *([f"Point({X} {Y})"] * 5)), CGCS2000, GCJ02, feedback)
    assert results["CONVERTED"] == converted.featureCount() == 2


def _arguments(layer: QgsVectorLayer) -> tuple[dict[str, Any], QgsProcessingContext, QgsProcessingFeedback]:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    parameters = {"INPUT": layer, "SOURCE": GCJ02, "TARGET": CGCS2000, "OUTPUT": "memory:"}
    return parameters, context, QgsProcessingFeedback()
