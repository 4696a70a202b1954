"""Other maps from the network and images of one's own: their datum, their reference system, what is refused."""

from __future__ import annotations

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton

from originmap.core.coordinates.datum_names import Datum
from originmap.core.onemap import basemaps

from .conftest import KEY, add_by_dialog, draw, image, outcome, part, press, tile


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
    server.answer = (200, tile(), "image/png")
    press(qtbot, dialog, "add_online")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert draw([layer]).pixelColor(10, 10).name() == "#3366aa"


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


def test_vector_map_can_be_chosen(server, unlocked, dialog, qtbot):
    part(dialog, QRadioButton, "vector").setChecked(True)
    add_by_dialog(qtbot, dialog)
    assert {layer.name() for layer in QgsProject.instance().mapLayers().values()} == {"天地图矢量", "天地图矢量注记"}
