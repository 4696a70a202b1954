"""Styled layers show what the register holds, in classes of QGIS's own, from near and far; cells cover every point."""

from __future__ import annotations

import shutil
import uuid
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsFeatureRequest,
    QgsHeatmapRenderer,
    QgsLayerDefinition,
    QgsLayerTree,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime
from qgis.PyQt.QtGui import QColor

from originmap.core.onemap.aggregates import Measure, amount_of, cell_layer, division_layer
from originmap.core.onemap.cells import Points, Shape, cells
from originmap.core.onemap.density import density_renderer, density_title
from originmap.core.onemap.graduated import Classes, graduated_renderer
from originmap.core.onemap.grid import grid_layer, outline_expression, style_grid
from originmap.core.onemap.look import Look, Style
from originmap.core.onemap.looks import look_layer
from originmap.core.onemap.pies import style_pies
from originmap.core.onemap.query import Query, seasons_of_months
from originmap.core.onemap.query_sql import subset
from originmap.core.onemap.ring import YEAR, ring_layer
from originmap.core.onemap.states import state_expression
from originmap.core.onemap.statistics import By, read_cube
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register, connect
from originmap.core.register.selection import points
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import load_standard
from originmap.processing.styledistribution import StyleDistribution

RECORDS = 400
COWPEA = Query(varieties=("cowpea",))


@pytest.fixture(scope="module")
def county(qgis_app, root, tmp_path_factory) -> Path:
    """The sample county with many records, each in the township that its code says; one record is without a point."""
    path = tmp_path_factory.mktemp("styles") / "county.gpkg"
    rng = np.random.default_rng(3)
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        for name in ("county", "townships"):
            layer = QgsVectorLayer(f"{root / 'resources/sample/county.gpkg'}|layername={name}", name, "ogr")
            load_boundaries(register, layer, DivisionFields("XZQDM", "XZQMC"))
        towns = [(f["XZQDM"], f.geometry().pointOnSurface().asPoint()) for f in layer.getFeatures()][:-1]
        for number in range(RECORDS):
            code, place = towns[rng.integers(len(towns))]
            variety = load_standard().varieties[rng.integers(12)]
            x, y = place.x() + rng.normal(0, 0.01), place.y() + rng.normal(0, 0.01)
            blob = point_blobs(np.array([x if number else np.nan]), np.array([y]))[0]
            register.connection.execute(
                "INSERT INTO record (geom, uid, status, variety, scale, unit, point_quality, division_code, "
                "producer_name, market_start, market_end) "
                "VALUES (?, ?, 'draft', ?, ?, ?, 'exact', ?, ?, '2025-11-01', '2026-02-28')",
                (
                    *(blob, str(uuid.UUID(int=number)), variety.code, float(variety.threshold * rng.integers(1, 40))),
                    *(variety.unit, code + "001", f"主体{rng.integers(90)}"),
                ),
            )
    return path


@pytest.fixture(scope="module")
def plain(county):
    with Register.open(county, read_only=True) as register:
        return register.standard()


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("query", [Query(), COWPEA], ids=["all", "cowpea"])
def test_divisions_show_the_statistics(county, plain, query, measure):
    layer = division_layer(county, query, plain, 9, measure)
    with closing(connect(county, read_only=True)) as connection:
        groups = {group.keys[0]: group for group in read_cube(connection, query, plain).grouped(By.DIVISION)}
    assert layer.featureCount() == 12
    for feature in layer.getFeatures():
        group = groups.get(feature["code"])
        if measure is Measure.AMOUNT and query == COWPEA:
            assert feature["amount"] == pytest.approx(group.amounts["mu"] if group else 0)
        elif measure is not Measure.AMOUNT:
            assert feature[measure.value] == (getattr(group, measure.value) if group else 0)
        else:
            assert (feature["amount"] > 0) == (group is not None)


def test_divisions_that_nobody_asked_for_are_not_called_empty(county, plain):
    asked = {("999901101",): 1, ("999901101001", "999901106"): 2, ("999901",): 12, ("",): 12}
    shown = {codes: division_layer(county, Query(divisions=codes), plain, 9).featureCount() for codes in asked}
    assert shown == asked


def test_divisions_follow_the_register(county, plain, tmp_path):
    path = tmp_path / "other.gpkg"
    shutil.copy(county, path)
    layer = division_layer(path, Query(), plain, 9)
    before = sum(feature["records"] for feature in layer.getFeatures())
    with Register.open(path) as register:
        register.connection.execute("DELETE FROM record WHERE fid <= 10")
    assert sum(feature["records"] for feature in layer.getFeatures()) == before - 10


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("measure", Measure)
def test_a_grid_that_follows_the_register_holds_what_its_cells_hold(county, plain, shape, measure):
    with Register.open(county, read_only=True) as register:
        found = points(register, COWPEA)
    latitude = float(found.places[:, 1].mean())
    layer = grid_layer(county, COWPEA, plain, shape, 3000.0, measure, latitude)
    wanted = {}
    for cell in cells(found, shape, 3000.0):
        middle = cell.outline.boundingBox().center()
        wanted[round(middle.x(), 5), round(middle.y(), 5)] = getattr(cell, measure.value)
    got = {(round(f["cx"], 5), round(f["cy"], 5)): f[measure.value] for f in layer.getFeatures()}
    assert got == pytest.approx(wanted)
    style_grid(layer, outline_expression(shape, 3000.0, latitude), measure, Classes.JENKS, 4)
    image = _drawn(layer)
    middles = [_pixel(image, feature["cx"], feature["cy"]) for feature in layer.getFeatures()]
    painted = {image.pixelColor(*middle).name() for middle in middles}
    assert "#ffffff" not in painted and 2 <= len(painted) <= 5


def _drawn(layer):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent().buffered(0.05))
    settings.setOutputSize(QSize(900, 900))
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setFlag(QgsMapSettings.Flag.Antialiasing, False)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.where = settings.mapToPixel()
    return image


def _pixel(image, x, y):
    point = image.where.transform(QgsPointXY(x, y))
    return round(point.x()), round(point.y())


def test_states_say_what_lies_too_long(county, plain, tmp_path):
    path = tmp_path / "states.gpkg"
    shutil.copy(county, path)
    with Register.open(path) as register:
        register.connection.execute("UPDATE record SET collected_on = '2019-05-01' WHERE fid <= 7")
        register.connection.execute("UPDATE record SET collected_on = date('now') WHERE fid > 7")
    layer = look_layer(path, Query(), plain, Look(Style.STATES))
    expression, context = QgsExpression(state_expression()), QgsExpressionContext()
    found = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found.append(expression.evaluate(context))
    assert (found.count("overdue"), found.count("draft"), len(found)) == (7, RECORDS - 7, RECORDS)
    assert layer.renderer().categoryIndexForValue("overdue") >= 0


def test_layers_keep_their_records_while_others_are_opened(county, plain, tmp_path):
    path = tmp_path / "fresh.gpkg"
    shutil.copy(county, path)
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    layers = [look_layer(path, Query(), plain, Look(style, size=4.0)) for style in Style if style is not Style.ZOOMED]
    for layer in layers:
        layer.dataProvider().reloadData()
    counted = [layer.featureCount() for layer in layers]
    assert counted == [len(list(layer.getFeatures())) for layer in layers] and min(counted) > 0


def test_missing_outlines_are_said(county, plain):
    with pytest.raises(OriginMapError) as caught:
        division_layer(county, Query(), plain, 12)
    assert caught.value.code == "REGISTER_NO_OUTLINES"


@pytest.mark.parametrize("classes", Classes)
@pytest.mark.parametrize("number", [2, 4, 9])
def test_every_division_is_in_one_class(county, plain, classes, number):
    layer = division_layer(county, Query(), plain, 9)
    renderer = graduated_renderer(layer, "records", classes, number)
    ranges = renderer.ranges()
    assert ranges[0].label() == "无记录" and 2 <= len(ranges) <= number + 3
    assert all(one.upperValue() == other.lowerValue() for one, other in zip(ranges, ranges[1:]))
    values = [feature["records"] for feature in layer.getFeatures()]
    assert min(values) == 0
    assert all(renderer.symbolForValue(value) is not None for value in values)
    lightness = [one.symbol().color().lightness() for one in ranges]
    assert lightness == sorted(lightness, reverse=True)


def test_a_map_without_records_has_the_one_class(county, plain):
    layer = division_layer(county, Query(states=("approved",)), plain, 9)
    assert [one.label() for one in graduated_renderer(layer, "records").ranges()] == ["无记录"]


def test_scales_are_added_in_one_unit_or_in_multiples(plain):
    assert amount_of(COWPEA, plain).unit == "mu"
    assert amount_of(Query(varieties=("cowpea", "celery")), plain).unit == "mu"
    assert amount_of(Query(industries=("livestock",)), plain).unit == ""
    assert amount_of(Query(), plain).title == "规模（采集标准的倍数）"


def test_density_weighs_by_scale_within_one_unit(plain):
    renderer = density_renderer(COWPEA, plain)
    assert isinstance(renderer, QgsHeatmapRenderer) and "'mu'" in renderer.weightExpression()
    assert density_renderer(Query(), plain).weightExpression() == "1"
    assert density_title(COWPEA, plain) == "规模（亩）密度"


def test_cells_of_a_window_are_the_same_as_those_of_all(county, plain):
    layer = cell_layer(county, Query(), plain, 0.05)
    whole = {feature.id(): feature.attributes() for feature in layer.getFeatures()}
    assert sum(feature["records"] for feature in layer.getFeatures()) == RECORDS - 1
    box = layer.extent()
    window = QgsRectangle(box.xMinimum(), box.yMinimum(), box.center().x(), box.center().y())
    found = {feature.id(): feature.attributes() for feature in layer.getFeatures(QgsFeatureRequest(window))}
    assert 0 < len(found) < len(whole)
    assert all(whole[fid] == attributes for fid, attributes in found.items())


def test_slices_of_a_pie_add_up(county, plain):
    layer = cell_layer(county, Query(), plain, 0.05)
    style_pies(layer, Query(), plain)
    assert len(layer.diagramRenderer().diagramSettings()[0].categoryAttributes) == 12
    for feature in layer.getFeatures():
        slices = sum(feature[variety.code] for variety in plain.varieties)
        assert slices == pytest.approx(feature["amount"])


@pytest.mark.parametrize("shape", Shape)
def test_every_point_lies_in_its_cell(shape):
    rng = np.random.default_rng(5)
    places = np.column_stack((rng.uniform(110, 110.4, 500), rng.uniform(19, 19.4, 500)))
    found = list(cells(Points(places, rng.integers(-1, 20, 500), np.ones(500)), shape, 3000.0))
    assert sum(cell.records for cell in found) == 500 == sum(cell.amount for cell in found)
    assert max(cell.producers for cell in found) <= 20
    for x, y in places.tolist():
        around = [cell for cell in found if cell.outline.boundingBox().contains(x, y)]
        assert any(cell.outline.contains(QgsPointXY(x, y)) for cell in around)
    area = {Shape.SQUARE: 1.0, Shape.HEXAGON: 3**0.5 / 2}[shape] * 3.0**2
    width, height = 111.195 * np.cos(np.radians(places[:, 1].mean())), 111.195
    assert found[0].outline.area() * width * height == pytest.approx(area)


def test_no_points_no_cells():
    assert list(cells(Points(np.zeros((0, 2)), np.zeros(0, int), np.zeros(0)), Shape.SQUARE, 1000.0)) == []


def test_points_are_those_of_the_query(county):
    with Register.open(county, read_only=True) as register:
        found = points(register, Query())
    assert len(found.places) == RECORDS - 1 == len(found.amounts) and found.producers.max() < 90


def run(parameters):
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    results, ok = StyleDistribution().create().run(parameters, context, feedback)
    return results, ok, feedback.textLog(), context


def painted(layers) -> float:
    """Share of the picture that is not empty."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(300, 240))
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setExtent(layers[0].extent().buffered(0.05))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = QColor("#ffffff").rgb()
    pixels = [image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 240, 3)]
    return sum(pixel != white for pixel in pixels) / len(pixels)


@pytest.mark.parametrize("style", Style)
def test_a_layer_is_made_and_its_definition_opens_again(county, tmp_path, qgis_processing, style):
    target = tmp_path / "layer.qlr"
    asked = {"REGISTER": str(county), "STYLE": list(Style).index(style), "OUTPUT": str(target), "SIZE": 4}
    if style in (Style.HEXAGONS, Style.SQUARES):
        asked["CELLS"] = str(tmp_path / "cells.gpkg")
    results, ok, log, context = run(asked)
    assert ok, log
    assert results["COUNT"] == RECORDS
    project, tree = QgsProject(), QgsLayerTree()
    done, reason = QgsLayerDefinition.loadLayerDefinition(str(target), project, tree)
    assert done, reason
    layers = list(project.mapLayers().values())
    assert layers and all(layer.isValid() and "：全部记录" in layer.name() for layer in layers)
    kept = {Style.SYMBOLS, Style.DENSITY, Style.HEXAGONS, Style.SQUARES, Style.ZOOMED}
    assert style in kept or not any(layer.startEditing() for layer in layers)
    if style is not Style.ZOOMED:
        assert painted(layers) > 0.005
    else:
        assert len(layers) == 4 and all(layer.hasScaleBasedVisibility() for layer in layers)
    context.temporaryLayerStore().removeAllMapLayers()
    project.clear()


def test_the_ring_shows_each_month_what_is_on_the_market(register, standard):
    layer = ring_layer(register, Query(), standard)
    with closing(connect(register, read_only=True)) as opened:
        for month in range(1, 13):
            start = QDateTime(QDate(YEAR, month, 1), QTime(0, 0))
            frame = QgsDateTimeRange(start, start.addMonths(1), True, False)
            context = QgsVectorLayerTemporalContext()
            context.setLayer(layer)
            request = QgsFeatureRequest().setFilterExpression(
                layer.temporalProperties().createFilterString(context, frame)
            )
            shown = {feature["uid"] for feature in layer.getFeatures(request)}
            sql = subset(Query(on_market=seasons_of_months([month])), standard)
            found = {uid for (uid,) in opened.execute(f"SELECT uid FROM record WHERE {sql} AND geom IS NOT NULL")}
            assert shown == found and shown


def test_nothing_to_show_is_said(county, tmp_path, qgis_processing):
    _, ok, log, _ = run({"REGISTER": str(county), "STATUS": [2], "STYLE": 4})
    assert not ok
