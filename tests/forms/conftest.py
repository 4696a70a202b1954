"""A window with a real map and message bar, and a register of the invented county to work in."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRectangle, QgsSettings
from qgis.gui import QgsGui, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow, QWidget

from originmap.core.register.create import create_register
from originmap.forms.profile import Profile
from originmap.forms.workbench import Workbench

from ..records import WHOLE

# What a person types of a cowpea farm; the form knows the rest.
TYPED = {
    name: WHOLE[name]
    for name in (
        *("producer_name", "producer_type", "certification", "traceability", "production_mode", "site_name"),
        *("site_address", "contact_name", "contact_phone", "scale", "market_start", "market_end"),
    )
}


@pytest.fixture(scope="session", autouse=True)
def _editors(qgis_app):
    QgsGui.editorWidgetRegistry().initEditors()


@pytest.fixture
def iface(qgis_iface, qgis_new_project, monkeypatch):
    """QGIS's interface with a message bar that really holds messages, and a new project that is really new."""
    bar = QgsMessageBar()
    monkeypatch.setattr(qgis_iface, "messageBar", lambda: bar)
    monkeypatch.setattr(qgis_iface, "newProject", lambda prompt=False: QgsProject.instance().clear())
    QgsSettings().remove("originmap")
    yield qgis_iface
    QgsSettings().remove("originmap")


@pytest.fixture
def workbench(iface):
    """Without a register."""
    made = Workbench(iface)
    yield made
    made.release()
    QgsProject.instance().clear()
    gc.collect()


@pytest.fixture(scope="session")
def _empty_register(qgis_app, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("forms") / "register.gpkg"
    create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省").close()
    return path


@pytest.fixture
def register_path(_empty_register, tmp_path) -> Path:
    """A register without records of its own for each test."""
    return Path(shutil.copy(_empty_register, tmp_path / "档案库.gpkg"))


@pytest.fixture
def opened(workbench, register_path, qtbot):
    """A workbench with that register open and an invented collector; its project has come to rest."""
    workbench.set_profile(
        Profile(
            name="张示例",
            phone="13800000001",
            officer_role="village_assistant",
            officer_name="李示例",
            officer_phone="13800000002",
        )
    )
    workbench.open(register_path)
    qtbot.waitUntil(lambda: QgsProject.instance().crs().authid() == "EPSG:3857")
    return workbench


@pytest.fixture
def window(iface):
    """The map around the tests' records and room for a page beside it, so that keys on the map reach the page."""
    made = QMainWindow()
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    canvas.setExtent(QgsRectangle(110.4, 19.4, 110.6, 19.6))
    parent_before = canvas.parentWidget()
    made.setCentralWidget(canvas)
    made.resize(1000, 760)
    made.show()
    yield made
    made.takeCentralWidget()
    canvas.setParent(parent_before)
    made.deleteLater()


def put_beside_the_map(page: QWidget, window: QMainWindow, qtbot) -> None:
    """Dock a page there, the window in front."""
    dock = QDockWidget(window)
    dock.setWidget(page)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def collect(opened, qtbot, tmp_path, monkeypatch):
    """The collect page over that register, in front in a panel of its usual size, its drafts kept in a folder apart."""
    from originmap.forms.collect.page import CollectPage

    monkeypatch.setattr("originmap.forms.collect.keeping._FOLDER", str(tmp_path / "drafts"))
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    opened.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    opened.canvas.setExtent(QgsRectangle(110.5, 19.5, 110.501, 19.501))
    page = CollectPage(opened)
    page.resize(360, 760)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.enter()
    yield page
    page.release()
    page.close()
    page.deleteLater()


def begin(page, longitude=110.5005, latitude=19.5005, **values):
    """A record of the collect page that stands in the form, filled in and not saved."""
    page.picker.choose("cowpea")
    page.place.place(QgsPointXY(longitude, latitude))
    for name, value in {**TYPED, **values}.items():
        page.desk.sheet.form.set_value(name, value)
