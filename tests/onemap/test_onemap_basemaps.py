"""Basemaps: sources, datums by host, Tianditu's key and refusals, the layers of a WMTS service."""

from __future__ import annotations

import pytest
from qgis.core import QgsRasterLayer

from originmap.core.coordinates.datum_names import Datum
from originmap.core.onemap import basemaps, tianditu
from originmap.core.onemap.wmts import tile_layers
from originmap.core.standard.errors import OriginMapError

KEY = "0123456789abcdef0123456789abcdef"
AMAP = "https://webst01.is.autonavi.com/appmaptile?style=6&x={x}&y={y}&z={z}"
PNG = b"\x89PNG\r\n\x1a\n"


def code_of(call, *arguments):
    with pytest.raises(OriginMapError) as caught:
        call(*arguments)
    assert "{" not in caught.value.sentence("zh").replace("{x}", "").replace("{y}", "").replace("{z}", "").replace(
        "{s}", ""
    )
    return caught.value.code


@pytest.mark.parametrize(
    ("address", "datum"),
    [
        (AMAP, Datum.GCJ02),
        ("http://rt1.map.gtimg.com/tile?z={z}&x={x}&y={-y}", Datum.GCJ02),
        ("https://t3.tianditu.gov.cn/img_w/wmts", Datum.CGCS2000),
        ("https://mt1.google.com/vt/lyrs=m&x={x}&y={y}&z={z}", Datum.GCJ02),
        ("https://mt1.google.com/vt/lyrs=s&x={x}&y={y}&z={z}", Datum.WGS84),
        ("https://mt1.google.com/vt/lyrs=s,h&x={x}&y={y}&z={z}", Datum.GCJ02),
        ("https://mt1.google.com/vt?lyrs=s&gl=cn&x={x}&y={y}&z={z}", Datum.GCJ02),
        ("https://mt2.google.cn/vt/lyrs=s&x={x}&y={y}&z={z}", Datum.GCJ02),
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", Datum.WGS84),
    ],
)
def test_datum_of_known_hosts(address, datum):
    assert basemaps.known_service(address).datum is datum


@pytest.mark.parametrize("address", ["https://maps.example.com/{z}/{x}/{y}.png", "https://notqq.com/", "", "nonsense"])
def test_nothing_is_known_of_other_hosts(address):
    assert basemaps.known_service(address) is None


def test_source_carries_the_address_whole():
    for address in (AMAP, "https://a.example.com/图?k=a%20b#f&l={z}/{x}/{-y}+1;2"):
        layer = QgsRasterLayer(basemaps.tile_source(address), "tiles", "wms")
        assert layer.isValid()
        assert basemaps.address_in(layer.source()) == address
        layer.setDataSource(layer.source(), "again", "wms")
        assert basemaps.address_in(layer.source()) == address


def test_pasted_addresses():
    assert basemaps.checked_address(f'  "{AMAP}" ') == AMAP
    assert basemaps.checked_address("https://t{0-7}.x.cn/{z}/{x}/{y}") == "https://t0.x.cn/{z}/{x}/{y}"
    assert code_of(basemaps.checked_address, "D:/tiles/{z}/{x}/{y}.png") == "BASEMAP_ADDRESS"
    assert code_of(basemaps.checked_address, "https://x.cn/{z}/{x}.png") == "BASEMAP_PLACEHOLDERS"
    assert code_of(basemaps.checked_address, "https://{s}.x.cn/{z}/{x}/{y}") == "BASEMAP_PLACEHOLDERS"
    assert code_of(basemaps.checked_address, "https://online1.map.bdimg.com/{z}/{x}/{y}") == "BASEMAP_BAIDU"


def test_a_key_in_an_address_is_noticed():
    assert basemaps.key_in("https://x.cn/{z}/{x}/{y}?style=1&Key=abc") == "Key"
    assert not basemaps.key_in(AMAP)


def test_a_shifted_basemap_says_so_in_its_name():
    layer = QgsRasterLayer(basemaps.tile_source(AMAP), "高德影像", "wms")
    assert basemaps.basemap_of(layer).shifted and basemaps.basemap_of(layer).certain
    basemaps.declare(layer, Datum.GCJ02)
    basemaps.declare(layer, Datum.GCJ02)
    assert layer.name() == "高德影像 [GCJ-02]"
    basemaps.declare(layer, Datum.WGS84)
    assert layer.name() == "高德影像" and not basemaps.basemap_of(layer).shifted


def test_an_unknown_basemap_is_taken_to_be_unshifted_but_not_certain():
    layer = QgsRasterLayer(basemaps.tile_source("https://maps.example.com/{z}/{x}/{y}.png"), "某图", "wms")
    assert basemaps.basemap_of(layer) == basemaps.Basemap("某图", Datum.WGS84, False, layer.id())


@pytest.mark.parametrize("which", list(tianditu.TiandituMap))
def test_tianditu_is_imagery_or_map_with_names(which):
    picture, names = tianditu.sheets(which)
    assert f"/{which.value[0]}_w/wmts?" in picture.address and f"LAYER={which.value[1]}&" in names.address
    for sheet in (picture, names):
        assert QgsRasterLayer(sheet.source, sheet.title, "wms").isValid()
        assert tianditu.needs_key(sheet.source)
        keyed = tianditu.with_key(sheet.source, KEY)
        assert basemaps.address_in(keyed) == f"{sheet.address}&tk={KEY}"
        assert not tianditu.needs_key(keyed)
        assert tianditu.without_key(basemaps.address_in(keyed)) == (sheet.address, KEY)


def test_only_tianditus_key_is_taken_out():
    assert tianditu.without_key("https://t0.tianditu.gov.cn/a?tk=1&x={x}") == (
        "https://t0.tianditu.gov.cn/a?x={x}",
        "1",
    )
    assert tianditu.without_key("https://x.cn/a?tk=1") == ("https://x.cn/a?tk=1", "")
    assert not tianditu.needs_key(basemaps.tile_source(AMAP))


@pytest.mark.parametrize(
    "pasted",
    [
        KEY,
        f"  {KEY}\r\n",
        f'"{KEY}"',
        f"“{KEY}”",
        f"tk={KEY}",
        f"密钥：{KEY}",
        f"Key: {KEY}",
        "\u200b" + KEY + "\ufeff",
        f"https://t0.tianditu.gov.cn/img_w/wmts?tk={KEY}&x=1",
        f"{KEY[:16]} {KEY[16:]}",
        f"{KEY[:16]}\n{KEY[16:]}",
    ],
)
def test_a_key_is_cleaned(pasted):
    assert tianditu.clean_key(pasted) == KEY


def test_a_key_that_is_none():
    assert code_of(tianditu.clean_key, " \n") == "TIANDITU_KEY_EMPTY"
    with pytest.raises(OriginMapError) as caught:
        tianditu.clean_key(f"密钥: {KEY[:-1]}")
    assert caught.value.code == "TIANDITU_KEY_LENGTH" and caught.value.params["length"] == 31
    assert code_of(tianditu.clean_key, KEY + "0") == "TIANDITU_KEY_LENGTH"


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (403, b'{"msg":"x","code":1}', "TIANDITU_KEY_WRONG"),
        (403, b'{"code":"7"}', "TIANDITU_KEY_DOMAIN"),
        (403, b'{"code":12}', "TIANDITU_KEY_KIND"),
        (403, b'{"code":18}', "TIANDITU_KEY_KIND"),
        (200, b'{"code":1}', "TIANDITU_KEY_WRONG"),
        (403, b"<html>", "TIANDITU_FORBIDDEN"),
        (403, b'{"code":99}', "TIANDITU_FORBIDDEN"),
        (418, b"", "TIANDITU_TEAPOT"),
        (418, b"[1]", "TIANDITU_TEAPOT"),
        (200, b"<html>log in</html>", "BASEMAP_NO_PICTURE"),
        (502, b"", "BASEMAP_STATUS"),
        (None, b"", "BASEMAP_UNREACHABLE"),
    ],
)
def test_refusals_in_plain_words(status, content, code):
    error = tianditu.refusal(status, content)
    assert error.code == code
    assert "{" not in error.sentence("zh") + error.sentence("en")


def test_a_picture_is_no_refusal():
    assert tianditu.refusal(200, PNG) is None
    assert tianditu.refusal(200, b"\xff\xd8\xff\xe0") is None


CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
 <ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP>
  <ows:Get xlink:href="https://maps.example.com/wmts?"/></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
 <Contents>
  <Layer><ows:Title>示例影像</ows:Title><ows:Identifier>img</ows:Identifier>
   <Style><ows:Identifier>other</ows:Identifier></Style>
   <Style isDefault="true"><ows:Identifier>plain</ows:Identifier></Style><Format>image/jpeg</Format>
   <TileMatrixSetLink><TileMatrixSet>c</TileMatrixSet></TileMatrixSetLink>
   <TileMatrixSetLink><TileMatrixSet>w</TileMatrixSet></TileMatrixSetLink></Layer>
  <Layer><ows:Title>REST</ows:Title><ows:Identifier>rest</ows:Identifier><Format>image/png</Format>
   <Dimension><ows:Identifier>Time</ows:Identifier><Default>2025</Default></Dimension>
   <TileMatrixSetLink><TileMatrixSet>named</TileMatrixSet></TileMatrixSetLink>
   <ResourceURL format="image/png" resourceType="tile"
    template="https://maps.example.com/{Time}/{style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/></Layer>
  <Layer><ows:Title>only degrees</ows:Title><ows:Identifier>deg</ows:Identifier><Format>image/png</Format>
   <TileMatrixSetLink><TileMatrixSet>c</TileMatrixSet></TileMatrixSetLink></Layer>
  <TileMatrixSet><ows:Identifier>c</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::4490</ows:SupportedCRS>
   <TileMatrix><ows:Identifier>1</ows:Identifier><ScaleDenominator>295829355.45</ScaleDenominator>
    <TileWidth>256</TileWidth></TileMatrix></TileMatrixSet>
  <TileMatrixSet><ows:Identifier>w</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
   <TileMatrix><ows:Identifier>1</ows:Identifier><ScaleDenominator>279541132.014</ScaleDenominator>
    <TileWidth>256</TileWidth></TileMatrix>
   <TileMatrix><ows:Identifier>17</ows:Identifier><ScaleDenominator>4265.459167</ScaleDenominator>
    <TileWidth>256</TileWidth></TileMatrix></TileMatrixSet>
  <TileMatrixSet><ows:Identifier>named</ows:Identifier><ows:SupportedCRS>EPSG:900913</ows:SupportedCRS>
   <TileMatrix><ows:Identifier>EPSG:900913:0</ows:Identifier><ScaleDenominator>559082263.95</ScaleDenominator>
    <TileWidth>256</TileWidth></TileMatrix></TileMatrixSet>
 </Contents></Capabilities>"""


def test_layers_of_a_wmts_service_become_tiles():
    asked, rest = tile_layers(CAPABILITIES.encode())
    assert (asked.title, asked.deepest) == ("示例影像", 17)
    assert asked.address == (
        "https://maps.example.com/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&FORMAT=image/jpeg&TILEMATRIXSET=w"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&STYLE=plain&LAYER=img"
    )
    assert rest.address == "https://maps.example.com/2025/default/named/EPSG:900913:{z}/{y}/{x}.png"
    for layer in (asked, rest):
        assert basemaps.checked_address(layer.address) == layer.address


@pytest.mark.parametrize("answer", [b"", b"<html/>", b"<Capabilities/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"])
def test_what_is_no_wmts_service(answer):
    assert code_of(tile_layers, answer) == "BASEMAP_NOT_WMTS"
