"""The circle is as large on the ground as it says, in every map, and nothing stays on the canvas."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsDistanceArea, QgsPointXY, QgsProject
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtGui import QImage, QPainter

from originmap.core.register.queue import Place
from originmap.forms.placing.uncertainty import UncertaintyMarks, circle

GUESS = (110.5, 19.5)
YELLOW = (255, 212, 0)


@pytest.fixture
def canvas(workbench, qtbot):
    canvas = workbench.canvas
    canvas.window().show()
    canvas.resize(700, 500)
    qtbot.waitUntil(lambda: canvas.mapSettings().outputSize().width() > 600)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    return canvas


@pytest.fixture
def marks(canvas):
    marks = UncertaintyMarks(canvas)
    yield marks
    marks.release()


def place(longitude, latitude):
    return Place("青塘村", longitude, latitude, 500.0)


def corners_on_the_ground(canvas):
    """Distances in metres from the guess to the corners of what stands on the canvas."""
    (band,) = [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand) and item.size()]
    crs = canvas.mapSettings().destinationCrs()
    back = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem("EPSG:4490"), QgsProject.instance())
    measure = QgsDistanceArea()
    measure.setEllipsoid("EPSG:7019")
    measure.setSourceCrs(QgsCoordinateReferenceSystem("EPSG:4490"), QgsProject.instance().transformContext())
    ((ring,),) = band.asGeometry().asMultiPolygon()
    return [measure.measureLine(QgsPointXY(*GUESS), back.transform(corner)) for corner in ring]


def yellow_at(canvas, workbench, position):
    """Whether the canvas shows something of ours at a place."""
    image = QImage(canvas.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.render(painter)
    painter.end()
    at = canvas.getCoordinateTransform().transform(workbench.map_point_of(position))
    reach = range(-12, 13)
    return any(
        image.pixelColor(round(at.x()) + x, round(at.y()) + y).getRgb()[:3] == YELLOW for x in reach for y in reach
    )


@pytest.mark.parametrize("authid", ["EPSG:4490", "EPSG:3857", "EPSG:4549", "EPSG:32649"])
@pytest.mark.parametrize("radius", [12.0, 800.0, 30_000.0])
def test_the_circle_is_right_on_the_ground(marks, canvas, authid, radius):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(authid))
    marks.show(GUESS, radius, [])
    metres = corners_on_the_ground(canvas)
    assert len(metres) > 60
    assert min(metres) == pytest.approx(radius, rel=1e-4) and max(metres) == pytest.approx(radius, rel=1e-4)


def test_it_follows_another_reference_system(marks, canvas, workbench):
    marks.show(GUESS, 500.0, [place(110.502, 19.502)])
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4549"))
    workbench.go_to(GUESS, 500.0)
    assert max(corners_on_the_ground(canvas)) == pytest.approx(500.0, rel=1e-4)
    assert yellow_at(canvas, workbench, (110.502, 19.502))


def test_cross_and_numbers_stand_where_they_belong(marks, canvas, workbench):
    workbench.go_to(GUESS, 500.0)
    candidates = [(110.503, 19.501), (110.497, 19.499)]
    positions = [GUESS, *candidates]
    assert not any(yellow_at(canvas, workbench, position) for position in positions)
    marks.show(GUESS, 300.0, [place(*candidate) for candidate in candidates])
    assert all(yellow_at(canvas, workbench, position) for position in positions)
    marks.show(None, 0.0, [place(*candidates[0])])
    assert [yellow_at(canvas, workbench, position) for position in positions] == [False, True, False]
    marks.clear()
    assert not any(yellow_at(canvas, workbench, position) for position in positions)


def test_they_move_with_the_map(marks, canvas, workbench):
    workbench.go_to(GUESS, 500.0)
    marks.show(GUESS, 0.0, [])
    workbench.go_to((110.502, 19.5), 500.0)
    assert yellow_at(canvas, workbench, GUESS)
    assert not yellow_at(canvas, workbench, (110.502, 19.5))


def test_release_leaves_nothing_on_the_canvas(canvas):
    before = len(canvas.scene().items())
    marks = UncertaintyMarks(canvas)
    marks.show(GUESS, 100.0, [place(*GUESS)])
    marks.release()
    assert len(canvas.scene().items()) == before
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))


def test_a_circle_does_not_depend_on_the_map():
    assert circle(GUESS, 100.0)[0].y() > GUESS[1]
