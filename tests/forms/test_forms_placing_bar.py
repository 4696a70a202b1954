"""The row of ways: one panel at a time, usable by keyboard, narrow enough for the dock."""

from __future__ import annotations

import gc
import weakref

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.gui import QgsMapTool
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QToolButton

from originmap.forms.placing.gps import GpsPanel
from originmap.forms.placing.photo import PhotoPanel
from originmap.forms.placing.place_bar import PlaceBar
from originmap.forms.placing.typed import TypedPanel

LEFT = Qt.MouseButton.LeftButton
NARROWEST = 340


@pytest.fixture
def bar(workbench, qtbot):
    workbench.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    bar = PlaceBar(workbench)
    qtbot.addWidget(bar)
    bar.resize(360, 100)
    bar.show()
    bar.places = []
    bar.placed.connect(bar.places.append)
    yield bar
    bar.release()


def button(bar, name):
    return bar.findChild(QToolButton, f"originmap_place_{name}")


def shown(bar):
    return [type(panel) for panel in (*bar.findChildren(TypedPanel), *bar.findChildren(GpsPanel)) if panel.isVisible()]


def test_one_panel_at_a_time(bar, qtbot):
    assert shown(bar) == []
    qtbot.mouseClick(button(bar, "typed"), LEFT)
    assert shown(bar) == [TypedPanel]
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    assert shown(bar) == [GpsPanel]
    assert [button(bar, name).isChecked() for name in ("typed", "gps")] == [False, True]
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    assert shown(bar) == []


def test_coordinates_by_keyboard_alone(bar, qtbot):
    button(bar, "typed").setFocus()
    qtbot.keyClick(button(bar, "typed"), Qt.Key.Key_Space)
    field = bar.findChild(QLineEdit, "originmap_typed_text")
    assert field.hasFocus()
    qtbot.keyClicks(field, "109.7,19.9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    (placed,) = bar.places
    assert placed.position == (109.7, 19.9)
    assert not bar.findChild(QLabel, "originmap_place_note").isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert shown(bar) == [] and button(bar, "typed").hasFocus()


def test_escape_closes_the_panel_first_and_then_gives_the_tool_back(bar, qtbot):
    bar.arm()
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert shown(bar) == [] and bar.armed
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.armed


def test_the_panel_makes_room_while_no_place_is_wanted_and_comes_back(bar, qtbot):
    bar.arm()
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    bar.disarm()
    assert shown(bar) == [] and not button(bar, "gps").isChecked()
    bar.arm()
    assert shown(bar) == [GpsPanel] and button(bar, "gps").isChecked()
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    bar.disarm()
    bar.arm()
    assert shown(bar) == []


def test_one_way_at_a_time(bar, qtbot):
    def lit():
        ways = [name for name in ("click", "typed", "gps", "photo") if button(bar, name).isChecked()]
        assert bar.armed == (ways == ["click"])
        return ways

    bar.arm()
    assert lit() == ["click"]
    qtbot.mouseClick(button(bar, "typed"), LEFT)
    assert lit() == ["typed"]
    bar.disarm()
    assert lit() == []
    bar.arm()
    assert lit() == ["typed"]
    qtbot.mouseClick(button(bar, "typed"), LEFT)
    assert lit() == ["click"] and shown(bar) == []
    qtbot.mouseClick(button(bar, "gps"), LEFT)
    qtbot.mouseClick(button(bar, "click"), LEFT)
    assert lit() == ["click"] and shown(bar) == []


def test_photo_opens_the_file_dialog_at_once(bar, qtbot):
    qtbot.mouseClick(button(bar, "photo"), LEFT)
    dialog = bar.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert bar.findChild(PhotoPanel).isVisible()


def test_a_warning_is_shown_until_the_next_point(bar):
    note = bar.findChild(QLabel, "originmap_place_note")
    bar.place(QgsPointXY(110.5, 19.5))
    assert note.isVisible() and note.text() == bar.places[0].warning
    bar.hush()
    assert not note.isVisible()


def test_a_typed_warning_is_shown_once_and_outlives_its_panel(bar, qtbot):
    note = bar.findChild(QLabel, "originmap_place_note")
    qtbot.mouseClick(button(bar, "typed"), LEFT)
    field = bar.findChild(QLineEdit, "originmap_typed_text")
    qtbot.keyClicks(field, "109.7,19.9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not note.isVisible()
    bar.disarm()
    assert note.isVisible() and note.text() == bar.places[0].warning
    bar.arm()
    bar.place(QgsPointXY(110.5, 19.5))
    assert note.isVisible() and note.text() == bar.places[1].warning


def test_what_was_typed_for_one_record_cannot_hit_the_next(bar, qtbot):
    qtbot.mouseClick(button(bar, "typed"), LEFT)
    field = bar.findChild(QLineEdit, "originmap_typed_text")
    bar.placed.connect(bar.clear)
    qtbot.keyClicks(field, "109.7001,19.9001")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(bar.places) == 1 and field.text() == ""


@pytest.mark.parametrize("way", ["typed", "gps", "photo"])
def test_narrow_enough(bar, qtbot, way):
    qtbot.mouseClick(button(bar, way), LEFT)
    field = bar.findChild(QLineEdit, "originmap_typed_text")
    if field is not None:
        qtbot.keyClicks(field, "471234.5 2204567.1")
    for dialog in bar.findChildren(QFileDialog):
        dialog.reject()
    QApplication.processEvents()
    assert bar.minimumSizeHint().width() <= NARROWEST


def test_every_button_has_a_name_to_be_read_aloud(bar):
    for name in ("click", "typed", "gps", "photo"):
        assert button(bar, name).accessibleName() and not button(bar, name).icon().isNull()


def test_release_leaves_nothing(workbench, qtbot):
    tools = len(workbench.canvas.findChildren(QgsMapTool))
    bar = PlaceBar(workbench)
    bar.arm()
    for name in ("typed", "gps"):
        qtbot.mouseClick(button(bar, name), LEFT)
    gone = weakref.ref(bar)
    bar.release()
    bar.deleteLater()
    QTest.qWait(50)
    del bar
    gc.collect()
    assert gone() is None
    assert len(workbench.canvas.findChildren(QgsMapTool)) == tools
