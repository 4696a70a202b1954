"""Basemaps on the map: Tianditu with its key in QGIS's authentication database only, other maps, own images, datums."""

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
    QgsLayerDefinition,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton

from originmap.core.coordinates.datum_names import Datum
from originmap.core.onemap import basemaps, tianditu
from originmap.forms.basemaps import fetch, key_store
from originmap.forms.basemaps.adding import add_tianditu
from originmap.forms.basemaps.basemaps import Basemaps
from originmap.forms.placing.basemap_under import basemap_under

KEY = "0123456789abcdef0123456789abcdef"
PASSWORD = "for the tests only"
HAINAN = QgsRectangle(12_280_000, 2_200_000, 12_300_000, 2_220_000)
MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")


def _tile() -> bytes:
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
    made.asked, made.delay, made.answer = [], 0.0, (200, _tile(), "image/png")
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


# --- the key


def test_tiles_are_asked_for_with_the_key_and_nothing_else_knows_it(
    server, unlocked, log, dialog, workbench, qtbot, tmp_path
):
    add_by_dialog(qtbot, dialog, f" 密钥：{KEY}\n")
    project = QgsProject.instance()
    names, picture = (node.layer() for node in project.layerTreeRoot().findLayers())
    assert (names.name(), picture.name()) == ("天地图影像注记", "天地图影像")

    assert draw([names, picture]).pixelColor(150, 150).name() == "#3366aa"
    assert {path.split("/")[1] for path, _ in server.asked} == {"img_w", "cia_w"}
    assert all(f"&tk={KEY}" in path for path, _ in server.asked)
    assert all(headers["referer"] == tianditu.REFERER for _, headers in server.asked)

    saved = tmp_path / "p.qgs"
    assert project.write(str(saved))
    assert project.write(str(tmp_path / "p.qgz"))
    definition = tmp_path / "layers.qlr"
    QgsLayerDefinition.exportLayerDefinition(str(definition), project.layerTreeRoot().findLayers())
    copy = picture.clone()
    texts = {
        "project": saved.read_text("utf-8"),
        "layer definition": definition.read_text("utf-8"),
        "settings": _settings_text(),
        "log": str(log),
        "source": picture.source() + picture.publicSource() + picture.htmlMetadata(),
        "copy": copy.dataProvider().dataSourceUri(),
    }
    assert server.address in texts["project"]
    assert not [place for place, text in texts.items() if KEY in text]


def _settings_text() -> str:
    settings = QgsSettings()
    settings.setValue("originmap/tests", "written")
    settings.sync()
    text = Path(settings.fileName()).read_text("utf-8")
    assert "written" in text
    return text


def test_refused_tiles_are_told_once_and_not_logged(server, unlocked, log, dialog, workbench, qtbot):
    server.answer = (418, b"", "text/html")
    add_by_dialog(qtbot, dialog)
    layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    draw(layers)
    qtbot.waitUntil(lambda: "418" in told(workbench))
    count = len(workbench.iface.messageBar().items())
    draw(layers)
    assert len(workbench.iface.messageBar().items()) == count
    assert KEY not in told(workbench)
    # QGIS itself may log the address of a tile that it asked for in vain; what we write never has the key.
    ours = [text for tag, text in log if tag == "Origin Map"]
    assert ours and not [text for text in ours if KEY in text]


def test_a_tile_that_never_comes_leaves_no_key_in_the_log(server, unlocked, log, dialog, qtbot):
    patience = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(1000)
    try:
        add_by_dialog(qtbot, dialog)
        layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
        server.delay = 2.5
        draw(layers)
        qtbot.wait(200)
    finally:
        QgsNetworkAccessManager.setTimeout(patience)
    assert any(KEY in path for path, _ in server.asked)
    assert not [text for _, text in log if KEY in text]


def test_project_opens_with_the_key_of_whoever_opens_it(server, unlocked, dialog, maps, qtbot, tmp_path):
    add_by_dialog(qtbot, dialog)
    saved = str(tmp_path / "p.qgz")
    project = QgsProject.instance()
    assert project.write(saved)
    project.clear()
    key_store.keep(KEY[::-1])
    maps._keyed.use("")
    assert project.read(saved)
    server.asked.clear()
    draw(list(project.mapLayers().values()))
    assert server.asked and all(f"&tk={KEY[::-1]}" in path for path, _ in server.asked)


def test_unload_takes_the_key_away(server, unlocked, workbench, qtbot):
    maps = Basemaps(workbench)
    maps.show()
    add_by_dialog(qtbot, maps.dialog)
    maps.release()
    layers = list(QgsProject.instance().mapLayers().values())
    draw(layers)
    assert layers and server.asked and not [path for path, _ in server.asked if "tk=" in path]


def test_without_a_key_the_person_is_led_to_the_dialog(server, unlocked, maps, workbench, qtbot):
    add_tianditu(QgsProject.instance(), tianditu.TiandituMap.VECTOR)
    qtbot.waitUntil(lambda: bool(workbench.iface.messageBar().items()))
    (item,) = workbench.iface.messageBar().items()
    qtbot.mouseClick(item.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert maps.dialog is not None and maps.dialog.isVisible()


def test_locked_key_is_unlocked_by_the_button(server, unlocked, maps, workbench, qtbot, monkeypatch):
    key_store.keep(KEY)
    monkeypatch.setattr(key_store, "opens_by_itself", lambda: False)
    unlocked.clearMasterPassword()
    add_tianditu(QgsProject.instance(), tianditu.TiandituMap.IMAGERY)
    qtbot.waitUntil(lambda: bool(workbench.iface.messageBar().items()))
    assert unlocked.setMasterPassword(PASSWORD, True)
    (item,) = workbench.iface.messageBar().items()
    qtbot.mouseClick(item.findChild(QPushButton), Qt.MouseButton.LeftButton)
    draw(list(QgsProject.instance().mapLayers().values()))
    assert server.asked and all(f"&tk={KEY}" in path for path, _ in server.asked)


def test_forgetting_removes_the_key_and_the_fetched_pictures(server, unlocked, dialog, maps, qtbot):
    add_by_dialog(qtbot, dialog)
    draw(list(QgsProject.instance().mapLayers().values()))
    maps.show()
    press(qtbot, maps.dialog, "forget")
    assert not key_store.is_kept() and key_store.read() == ""
    cache = QgsNetworkAccessManager.instance().cache()
    assert cache is None or cache.cacheSize() == 0
    server.asked.clear()
    draw(list(QgsProject.instance().mapLayers().values()))
    assert not [path for path, _ in server.asked if "tk=" in path]


def test_the_dialog_says_beforehand_what_qgis_will_ask(unlocked):
    opened = key_store.what_is_asked()
    unlocked.clearMasterPassword()
    asked = key_store.what_is_asked()
    assert unlocked.setMasterPassword(PASSWORD, True)
    assert asked.startswith(opened) and "master password" in asked[len(opened) :]


# --- the test button


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ((200, _tile(), "image/png"), "works"),
        ((403, b'{"code":1}', "application/json"), "does not know this key"),
        ((403, b'{"code":7}', "application/json"), "white list"),
        ((403, b'{"code":12}', "application/json"), "kind"),
        ((403, b'{"code":18}', "application/json"), "kind"),
        ((418, b"", "text/html"), "418"),
        ((200, b"<html>log in</html>", "text/html"), "log-in page"),
    ],
)
def test_the_test_button_says_what_is_wrong(server, unlocked, log, dialog, qtbot, answer, word):
    server.answer = answer
    part(dialog, QLineEdit, "key").setText(KEY)
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: word in outcome(dialog.tianditu))
    ((path, headers),) = server.asked
    assert f"tk={KEY}" in path and headers["referer"] == tianditu.REFERER
    assert KEY not in str(log) and KEY not in outcome(dialog.tianditu)
    assert not key_store.is_kept()


def test_a_key_of_the_wrong_length_asks_nobody(server, unlocked, dialog, qtbot):
    part(dialog, QLineEdit, "key").setText(KEY[1:])
    press(qtbot, dialog, "test")
    assert "31" in outcome(dialog.tianditu)
    press(qtbot, dialog, "add_tianditu")
    assert "31" in outcome(dialog.tianditu) and not server.asked and not QgsProject.instance().mapLayers()


def test_no_server_and_no_patience(server, unlocked, dialog, qtbot, monkeypatch):
    server.delay = 2.0
    part(dialog, QLineEdit, "key").setText(KEY)
    ask = fetch.Fetch.ask
    monkeypatch.setattr(fetch.Fetch, "ask", lambda self, address, referer="": ask(self, address, referer, 0.2))
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: "did not answer" in outcome(dialog.tianditu))
    monkeypatch.setattr(tianditu, "SERVER", "http://127.0.0.1:1")
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: "cannot be reached" in outcome(dialog.tianditu))


def test_closing_while_asking_waits_for_nothing(server, unlocked, dialog, maps, qtbot):
    server.delay = 0.5
    part(dialog, QLineEdit, "key").setText(KEY)
    press(qtbot, dialog, "test")
    dialog.reject()
    qtbot.wait(700)
    assert maps.dialog is None


# --- other maps


def test_any_tiles_with_their_datum_by_host(dialog, workbench, qtbot):
    address = "https://webst01.is.autonavi.com/appmaptile?style=6&x={x}&y={y}&z={z}"
    qtbot.keyClicks(part(dialog, QLineEdit, "address"), address)
    part(dialog, QLineEdit, "title").setText("高德影像")
    assert part(dialog, QComboBox, "datum").datum is Datum.GCJ02
    press(qtbot, dialog, "add_online")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "高德影像 [GCJ-02]" and basemaps.address_in(layer.source()) == address
    assert (layer.customProperty("originmap/role"), layer.customProperty("originmap/datum")) == ("basemap", "gcj02")
    attribution = layer.serverProperties().attribution() if hasattr(layer.serverProperties(), "attribution") else ""
    assert "AutoNavi" in (attribution or layer.attribution())


def test_an_unknown_host_asks_for_the_datum(dialog, qtbot):
    part(dialog, QLineEdit, "address").setText("https://maps.example.com/{z}/{x}/{y}.png?key=abc")
    press(qtbot, dialog, "add_online")
    assert "datum" in outcome(dialog.online) and not QgsProject.instance().mapLayers()
    assert [label for label in dialog.online.findChildren(QLabel) if "“key”" in label.text() and not label.isHidden()]
    part(dialog, QComboBox, "datum").choose(Datum.WGS84)
    press(qtbot, dialog, "add_online")
    assert len(QgsProject.instance().mapLayers()) == 1


def test_tianditus_address_with_a_key_is_led_to_its_tab(server, dialog, qtbot):
    part(dialog, QLineEdit, "address").setText(f"https://t0.tianditu.gov.cn/a?x={{x}}&y={{y}}&z={{z}}&tk={KEY}")
    press(qtbot, dialog, "add_online")
    assert "Tianditu" in outcome(dialog.online) and not QgsProject.instance().mapLayers()


def test_layers_of_a_wmts_service(server, dialog, qtbot):
    capabilities = f"""<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1">
     <Contents><Layer><ows:Title>全县影像</ows:Title><ows:Identifier>img</ows:Identifier><Format>image/png</Format>
      <TileMatrixSetLink><TileMatrixSet>w</TileMatrixSet></TileMatrixSetLink>
      <ResourceURL resourceType="tile" template="{server.address}/w/{{TileMatrix}}/{{TileRow}}/{{TileCol}}"/></Layer>
     <TileMatrixSet><ows:Identifier>w</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
      <TileMatrix><ows:Identifier>16</ows:Identifier><ScaleDenominator>8530.918335</ScaleDenominator>
       <TileWidth>256</TileWidth></TileMatrix></TileMatrixSet></Contents></Capabilities>"""
    server.answer = (200, capabilities.encode(), "application/xml")
    part(dialog, QLineEdit, "address").setText(f"{server.address}/wmts")
    press(qtbot, dialog, "test_online")
    qtbot.waitUntil(lambda: part(dialog, QComboBox, "layer").count() == 1)
    assert "REQUEST=GetCapabilities" in server.asked[0][0]
    assert part(dialog, QLineEdit, "title").text() == "全县影像"
    part(dialog, QComboBox, "datum").choose(Datum.CGCS2000)
    server.answer = (200, _tile(), "image/png")
    press(qtbot, dialog, "add_online")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert draw([layer]).pixelColor(10, 10).name() == "#3366aa"


# --- images on this computer


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


def choose_file(qtbot, dialog, path):
    dialog.show_tab(2)
    dialog.local.findChild(QLineEdit).setText(str(path))


def test_own_image_with_its_crs(dialog, workbench, qtbot, tmp_path):
    choose_file(qtbot, dialog, image(tmp_path / "航拍.tif", 4490))
    qtbot.waitUntil(part(dialog, QPushButton, "add_local").isEnabled)
    assert part(dialog, QComboBox, "local_datum").datum is Datum.CGCS2000
    press(qtbot, dialog, "add_local")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "航拍" and layer.crs().authid() == "EPSG:4490" and layer.thread() is workbench.thread()
    (item,) = workbench.iface.messageBar().items()
    workbench.canvas.setDestinationCrs(layer.crs())
    qtbot.mouseClick(item.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert workbench.canvas.extent().contains(layer.extent())


def test_downloaded_map_in_mbtiles(dialog, qtbot, tmp_path):
    made = gdal.Warp(str(tmp_path / "a.tif"), str(image(tmp_path / "b.tif", 4490)), dstSRS="EPSG:3857")
    gdal.GetDriverByName("MBTiles").CreateCopy(str(tmp_path / "全县.mbtiles"), made)
    choose_file(qtbot, dialog, tmp_path / "全县.mbtiles")
    qtbot.waitUntil(part(dialog, QPushButton, "add_local").isEnabled)
    part(dialog, QComboBox, "local_datum").choose(Datum.GCJ02)
    press(qtbot, dialog, "add_local")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "全县 [GCJ-02]" and layer.crs().authid() == "EPSG:3857"


def test_own_image_without_crs_is_asked_about(dialog, qtbot, tmp_path):
    choose_file(qtbot, dialog, image(tmp_path / "a.tif"))
    qtbot.waitUntil(part(dialog, QPushButton, "add_local").isEnabled)
    press(qtbot, dialog, "add_local")
    assert "coordinate reference system" in outcome(dialog.local) and not QgsProject.instance().mapLayers()
    dialog.local._crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    press(qtbot, dialog, "add_local")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.crs().authid() == "EPSG:4490" and basemaps.basemap_of(layer).datum is Datum.CGCS2000


@pytest.mark.parametrize(("epsg", "word"), [(4610, "Xi"), (0, "no image")])
def test_images_that_cannot_be_used(dialog, qtbot, tmp_path, epsg, word):
    path = tmp_path / "a.tif"
    image(path, epsg) if epsg else path.write_bytes(b"no image")
    choose_file(qtbot, dialog, path)
    qtbot.waitUntil(lambda: outcome(dialog.local).startswith("✗"))
    assert word in outcome(dialog.local) and not part(dialog, QPushButton, "add_local").isEnabled()


# --- what lies under a point


def show(workbench, *layers):
    canvas = workbench.canvas
    canvas.setDestinationCrs(MERCATOR)
    canvas.setLayers(list(layers))


def test_topmost_basemap_that_shows_the_place(workbench, tmp_path):
    project = QgsProject.instance()
    picture, names = add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    own = QgsRasterLayer(str(image(tmp_path / "航拍.tif", 4490, nodata=True)), "航拍", "gdal")
    project.addMapLayer(own)
    way = workbench.map_point_of
    show(workbench, own, names, picture)
    east, west, outside = way((110.335, 19.52)), way((110.305, 19.52)), way((109.0, 19.0))
    assert basemap_under(project, workbench.canvas, east).title == "航拍"
    assert basemap_under(project, workbench.canvas, west).title == "天地图影像"
    assert basemap_under(project, workbench.canvas, outside).datum is Datum.CGCS2000
    show(workbench, own)
    assert basemap_under(project, workbench.canvas, west) is None
    show(workbench, names)
    assert basemap_under(project, workbench.canvas, QgsPointXY(outside)).title == "天地图影像注记"


def test_new_basemap_lies_over_the_old_ones_and_under_the_register(opened, tmp_path):
    project = QgsProject.instance()
    add_tianditu(project, tianditu.TiandituMap.VECTOR)
    add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    children = [child.name() for child in project.layerTreeRoot().children()]
    assert children[1:] == ["天地图影像注记", "天地图影像", "天地图矢量注记", "天地图矢量"]


def test_the_datum_of_a_basemap_can_be_corrected(dialog, qtbot):
    layer = QgsRasterLayer(basemaps.tile_source("https://maps.example.com/{z}/{x}/{y}.png"), "某图", "wms")
    QgsProject.instance().addMapLayer(layer)
    dialog.show_tab(3)
    (choice,) = dialog.here.findChildren(QComboBox)
    assert choice.datum is None
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_End)
    choice.activated.emit(choice.currentIndex())
    assert layer.name() == "某图 [BD-09]" and basemaps.basemap_of(layer).shifted


def test_vector_map_can_be_chosen(server, unlocked, dialog, qtbot):
    part(dialog, QRadioButton, "vector").setChecked(True)
    add_by_dialog(qtbot, dialog)
    assert {layer.name() for layer in QgsProject.instance().mapLayers().values()} == {"天地图矢量", "天地图矢量注记"}
