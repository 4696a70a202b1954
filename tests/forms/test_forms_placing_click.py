"""Placing by a click on a real canvas, in several coordinate reference systems."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolButton

from originmap.core.register.nearby import metres_between
from originmap.core.standard.errors import OriginMapError
from originmap.forms.placing.place_bar import PlaceBar

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, NO_KEYS = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
SITE = (110.512345, 19.523456)
SYSTEMS = ("EPSG:4490", "EPSG:4326", "EPSG:3857", "EPSG:4549", "EPSG:32649", "EPSG:4526")


@pytest.fixture
def canvas(iface, qtbot):
    """The window's canvas, as large as on a small screen; it takes a new size half a second later."""
    canvas = iface.mapCanvas()
    canvas.window().show()
    canvas.resize(700, 500)
    qtbot.waitUntil(lambda: canvas.mapSettings().outputSize().width() > 600)
    return canvas


@pytest.fixture
def workbench(workbench, canvas):
    look_at(workbench, "EPSG:4490")
    return workbench


@pytest.fixture
def bar(workbench, qtbot):
    bar = PlaceBar(workbench)
    qtbot.addWidget(bar)
    bar.show()
    bar.places = []
    bar.placed.connect(bar.places.append)
    yield bar
    bar.release()


def look_at(workbench, authid, position=SITE, radius=60.0):
    workbench.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(authid))
    workbench.go_to(position, radius)


def pixel_of(canvas, workbench, position=SITE):
    point = canvas.getCoordinateTransform().transform(workbench.map_point_of(position))
    return QPoint(round(point.x()), round(point.y()))


def click(canvas, where, button=LEFT):
    QTest.mouseClick(canvas.viewport(), button, NO_KEYS, where)


@pytest.mark.parametrize("authid", SYSTEMS)
def test_a_click_gives_the_place_under_it(bar, canvas, workbench, authid):
    look_at(workbench, authid)
    bar.arm()
    where = pixel_of(canvas, workbench)
    click(canvas, where)
    (placed,) = bar.places
    assert metres_between(placed.position, SITE) < 0.75 * placed.how.radius / 3
    back = canvas.getCoordinateTransform().transform(workbench.map_point_of(placed.position))
    assert back.x() == pytest.approx(where.x(), abs=1e-3) and back.y() == pytest.approx(where.y(), abs=1e-3)
    assert placed.how.quality == "exact"


@pytest.mark.parametrize("authid", SYSTEMS)
def test_a_point_of_the_map_comes_back_the_same(bar, workbench, authid):
    look_at(workbench, authid)
    bar.place(workbench.map_point_of(SITE))
    (placed,) = bar.places
    assert placed.position == pytest.approx(SITE, abs=1e-9)


def test_radius_grows_with_what_the_map_shows(bar, canvas, workbench):
    bar.arm()
    for metres in (30.0, 300.0):
        look_at(workbench, "EPSG:3857", radius=metres)
        click(canvas, pixel_of(canvas, workbench))
    near, far = (placed.how.radius for placed in bar.places)
    assert far == pytest.approx(10 * near, rel=0.1)
    pixel = 2 * 1.6 * 30.0 / canvas.height()
    assert near == pytest.approx(3 * pixel, rel=0.2)


def test_a_click_on_a_map_of_the_whole_county_is_approximate(bar, canvas, workbench):
    look_at(workbench, "EPSG:4490", radius=20_000.0)
    bar.arm()
    click(canvas, pixel_of(canvas, workbench))
    (placed,) = bar.places
    assert placed.how.quality == "approximate"
    assert str(round(placed.how.radius)) in placed.warning
    assert bar.findChild(object, "originmap_place_note").text() == placed.warning


@pytest.mark.parametrize("outside", [(60.0, 30.0), (140.0, 30.0), (110.0, 2.0), (110.0, 60.0)])
def test_outside_china_is_refused_with_a_sentence(bar, canvas, workbench, iface, outside):
    look_at(workbench, "EPSG:4326", outside)
    bar.arm()
    click(canvas, pixel_of(canvas, workbench, outside))
    assert not bar.places
    assert bar.armed
    assert iface.messageBar().currentItem().text() == OriginMapError("CLICK_OUT").sentence(workbench.language)


def test_where_a_map_projection_ends_is_no_crash(bar, canvas, workbench):
    look_at(workbench, "EPSG:32649")
    bar.place(QgsPointXY(1e12, -1e12))
    assert not bar.places


def test_a_map_without_crs_is_refused(bar, canvas, workbench):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    bar.place(QgsPointXY(*SITE))
    assert not bar.places


def test_a_map_in_xian_1980_is_refused(bar, canvas):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4610"))
    bar.place(QgsPointXY(*SITE))
    assert not bar.places


def test_right_button_and_escape_give_the_tool_back(bar, canvas, workbench, qtbot):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    bar.arm()
    click(canvas, QPoint(100, 100), RIGHT)
    assert canvas.mapTool() is pan
    bar.arm()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.mapTool() is pan
    bar.arm()
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert canvas.mapTool() is pan
    assert not bar.places
    canvas.unsetMapTool(pan)


def double_click(canvas, where):
    """Two clicks in the order Qt sends them: the second press comes as a double click."""
    click(canvas, where)
    send(canvas.viewport(), QEvent.Type.MouseButtonDblClick, where, LEFT, LEFT)
    send(canvas.viewport(), QEvent.Type.MouseButtonRelease, where, LEFT, NONE)


def test_a_double_click_places_once(bar, canvas):
    bar.arm()
    double_click(canvas, QPoint(200, 200))
    assert len(bar.places) == 1
    click(canvas, QPoint(300, 200))
    assert len(bar.places) == 2


def test_a_double_click_does_not_reach_the_tool_that_comes_back(bar, canvas):
    """QGIS's own hand would make the second click the middle of the map."""
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    bar.arm()
    bar.placed.connect(bar.disarm)
    before = QgsRectangle(canvas.extent())
    double_click(canvas, QPoint(50, 60))
    assert len(bar.places) == 1 and canvas.mapTool() is pan
    assert canvas.extent() == before
    click(canvas, QPoint(50, 60))
    assert canvas.extent() != before
    canvas.unsetMapTool(pan)


def test_two_slow_clicks_are_two_places(bar, canvas, qtbot):
    bar.arm()
    click(canvas, QPoint(200, 200))
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    double_click(canvas, QPoint(200, 200))
    assert len(bar.places) == 2


def test_dragging_moves_the_map_and_places_nothing(bar, canvas):
    bar.arm()
    before = canvas.extent()
    view = canvas.viewport()
    drag(view, LEFT, QPoint(300, 200), QPoint(200, 200))
    assert not bar.places
    assert canvas.extent().xMinimum() == pytest.approx(before.xMinimum() + 100 * canvas.mapUnitsPerPixel(), rel=1e-9)


def test_a_trembling_hand_still_clicks(bar, canvas):
    bar.arm()
    drag(canvas.viewport(), LEFT, QPoint(300, 200), QPoint(302, 201))
    assert len(bar.places) == 1


def test_the_middle_button_still_moves_the_map(bar, canvas):
    bar.arm()
    before = QgsRectangle(canvas.extent())
    drag(canvas.viewport(), MIDDLE, QPoint(300, 200), QPoint(200, 200))
    assert canvas.extent() != before
    assert not bar.places and bar.armed


def test_space_still_moves_the_map(bar, canvas):
    bar.arm()
    before = QgsRectangle(canvas.extent())
    drag(canvas.viewport(), NONE, QPoint(400, 300), QPoint(300, 200))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas.viewport(), NONE, QPoint(300, 200), QPoint(200, 200))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.extent() != before
    assert not bar.places and bar.armed


def send(view, kind, at, pressed, held):
    QApplication.sendEvent(view, QMouseEvent(kind, at, view.mapToGlobal(at), pressed, held, NO_KEYS))


def drag(view, button, start, end):
    """Press, move in two steps and let go, as Qt would send it."""
    if button != NONE:
        send(view, QEvent.Type.MouseButtonPress, start, button, button)
    for step in (0.5, 1.0):
        send(view, QEvent.Type.MouseMove, start + (end - start) * step, NONE, button)
    if button != NONE:
        send(view, QEvent.Type.MouseButtonRelease, end, button, NONE)


def test_the_button_shows_whether_the_tool_is_on(bar, canvas, qtbot):
    button = bar.findChild(QToolButton, "originmap_place_click")
    seen = []
    bar.armed_changed.connect(seen.append)
    qtbot.mouseClick(button, LEFT)
    assert bar.armed and button.isChecked()
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    assert not bar.armed and not button.isChecked()
    qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(button, LEFT)
    assert canvas.mapTool() is pan and not button.isChecked()
    assert seen == [True, False, True, False]
    canvas.unsetMapTool(pan)


def test_release_leaves_no_tool(workbench, canvas, qtbot):
    bar = PlaceBar(workbench)
    qtbot.addWidget(bar)
    bar.arm()
    bar.release()
    assert not bar.armed and QgsProject.instance() is not None
