"""The dialog of basemaps, a server that stands in for Tianditu, and an authentication database that is open."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QLabel, QLineEdit, QPushButton

from originmap.core.onemap import tianditu
from originmap.forms.basemaps import key_store
from originmap.forms.basemaps.basemaps import Basemaps

KEY = "0123456789abcdef0123456789abcdef"
PASSWORD = "for the tests only"
HAINAN = QgsRectangle(12_280_000, 2_200_000, 12_300_000, 2_220_000)
MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")


def tile() -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(0x3366AA)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held)


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        time.sleep(self.server.delay)
        status, content, kind = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments) -> None:
        pass


@pytest.fixture(autouse=True)
def _still_map(iface):
    """The window's own map draws nothing meanwhile: what is asked for is what a test draws."""
    iface.mapCanvas().freeze(True)
    yield
    iface.mapCanvas().freeze(False)


@pytest.fixture
def server(monkeypatch):
    """Stands in for Tianditu: writes down what it is asked and answers as it is told."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    made.daemon_threads = True
    made.asked, made.delay, made.answer = [], 0.0, (200, tile(), "image/png")
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{made.server_port}"
    monkeypatch.setattr(tianditu, "SERVER", made.address)
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def unlocked(qgis_app):
    """An authentication database that is open, and without our key again afterwards."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword(PASSWORD, True)
    if key_store.is_kept():
        manager.removeAuthenticationConfig(key_store.CONFIG)
    yield manager
    if key_store.is_kept():
        manager.removeAuthenticationConfig(key_store.CONFIG)


@pytest.fixture
def log():
    """Everything that reaches QGIS's log: tag and text."""
    said: list[tuple[str, str]] = []

    def hear(text: str, tag: str, _level: int) -> None:
        said.append((tag, text))

    QgsApplication.messageLog().messageReceived.connect(hear)
    yield said
    QgsApplication.messageLog().messageReceived.disconnect(hear)


@pytest.fixture
def maps(workbench):
    made = Basemaps(workbench)
    yield made
    made.release()


@pytest.fixture
def dialog(maps, qtbot):
    maps.show()
    return maps.dialog


def part(dialog, kind, name):
    found = dialog.findChild(kind, f"originmap_basemap_{name}")
    assert found is not None
    return found


def press(qtbot, dialog, name):
    qtbot.mouseClick(part(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def outcome(tab) -> str:
    return tab.findChild(QLabel, "originmap_basemap_outcome").text()


def draw(layers) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(MERCATOR)
    settings.setOutputSize(QSize(300, 300))
    settings.setExtent(HAINAN)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    QgsApplication.processEvents()
    return job.renderedImage()


def told(workbench) -> str:
    return " ".join(item.text() for item in workbench.iface.messageBar().items())


def add_by_dialog(qtbot, dialog, key=KEY):
    part(dialog, QLineEdit, "key").setText(key)
    press(qtbot, dialog, "add_tianditu")


def image(path: Path, epsg: int = 0, wkt: str = "", nodata: bool = False) -> Path:
    made = gdal.GetDriverByName("GTiff").Create(str(path), 40, 40, 3)
    made.SetGeoTransform((110.30, 0.001, 0, 19.54, 0, -0.001))
    if epsg or wkt:
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg) if epsg else reference.ImportFromWkt(wkt)
        made.SetProjection(reference.ExportToWkt())
    values = np.full((40, 40), 90, np.uint8)
    values[:, :20] = 0
    for band in range(1, 4):
        made.GetRasterBand(band).WriteArray(values)
        if nodata:
            made.GetRasterBand(band).SetNoDataValue(0)
    del made
    return path
