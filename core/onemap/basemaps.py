"""What a basemap is: where its pictures come from, in which datum they stand, and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from qgis.core import QgsMapLayer

from ..coordinates.datum_names import Datum
from ..standard.errors import OriginMapError

#: Custom property of a layer: the datum its pictures are drawn in.
DATUM = "originmap/datum"
#: Custom property of a layer of names that lies over a picture.
OVERLAY = "originmap/overlay"
#: Datums that a basemap can be in, and those of them whose pictures lie some hundred metres aside.
DATUMS = (Datum.CGCS2000, Datum.WGS84, Datum.GCJ02, Datum.BD09)
SHIFTED = frozenset({Datum.GCJ02, Datum.BD09})
DEEPEST = 18

_SHORT = {Datum.CGCS2000: "CGCS2000", Datum.WGS84: "WGS84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}
_MARK = re.compile(r"\s*\[(?:GCJ-02|BD-09)\]$")
_RANGE = re.compile(r"\{(\w)-\w\}")
_COLUMN, _ROW, _LEVEL = "{x}", re.compile(r"\{-?y\}"), "{z}"
_QUADKEY = "{q}"
_CHINA = (6, 3, 3)
_CHINA_QUADKEY = "132"
_OK = 200
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_BARE_IMAGERY = re.compile(r"lyrs=s(?![,a-z])")
# In a source `&` would end the address; `?` has to stay as it is.
_PLAIN_IN_SOURCE = "{}:/?=,;@!$'()*"
# As it stands in sources of tiles (url=…&) and of map services (url='…').
_ADDRESS = re.compile(r"(?:^|[&\s])url=(?:'(?P<quoted>[^']*)'|(?P<plain>[^&]*))")
_KEY_NAMES = frozenset(("key", "tk", "ak", "token", "access_token", "apikey", "api_key", "sk"))


@dataclass(frozen=True)
class Service:
    """What is known of a host: the datum of its pictures, and the line that names whose they are."""

    datum: Datum
    attribution: str


@dataclass(frozen=True)
class Basemap:
    """A basemap in the project.

    Attributes:
        title: its name in the layer tree without the mark of :func:`marked`.
        datum: its pictures' datum.
        certain: whether somebody said so, or its host is known; otherwise it is taken to be unshifted.
        layer_id: of its layer.
    """

    title: str
    datum: Datum
    certain: bool
    layer_id: str

    @property
    def shifted(self) -> bool:
        """Whether a point read off it has to be converted."""
        return self.datum in SHIFTED


_TIANDITU = Service(Datum.CGCS2000, "天地图 · 国家地理信息公共服务平台")
_AMAP = Service(Datum.GCJ02, "高德地图 © AutoNavi")
_TENCENT = Service(Datum.GCJ02, "腾讯地图 © Tencent")
_GOOGLE_CHINA = Service(Datum.GCJ02, "Google")
_GOOGLE_IMAGERY = Service(Datum.WGS84, "Google")
_BAIDU = Service(Datum.BD09, "百度地图 © Baidu")
_SERVICES = {
    "tianditu.gov.cn": _TIANDITU,
    "tianditu.com": _TIANDITU,
    "autonavi.com": _AMAP,
    "amap.com": _AMAP,
    "gtimg.com": _TENCENT,
    "qq.com": _TENCENT,
    "geoq.cn": Service(Datum.GCJ02, "GeoQ 智图"),
    "google.cn": _GOOGLE_CHINA,
    "googleapis.cn": _GOOGLE_CHINA,
    "google.com": _GOOGLE_CHINA,
    "googleapis.com": _GOOGLE_CHINA,
    "bdimg.com": _BAIDU,
    "baidu.com": _BAIDU,
    "bdstatic.com": _BAIDU,
    "openstreetmap.org": Service(Datum.WGS84, "© OpenStreetMap contributors"),
    "arcgisonline.com": Service(Datum.WGS84, "Esri"),
    "virtualearth.net": Service(Datum.WGS84, "Microsoft Bing"),
    "mapbox.com": Service(Datum.WGS84, "Mapbox"),
    "maptiler.com": Service(Datum.WGS84, "MapTiler"),
    "eox.at": Service(Datum.WGS84, "EOX IT Services, Copernicus Sentinel-2"),
}


def known_service(address: str) -> Optional[Service]:
    """What is known of the host of an address; ``None`` for a host that nothing is known of.

    Google's bare imagery is unshifted outside its Chinese edition, everything else it shows of China is shifted.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    found = next((service for name, service in _SERVICES.items() if host == name or host.endswith(f".{name}")), None)
    if found is _GOOGLE_CHINA and not host.endswith(".cn") and _bare_google_imagery(address):
        return _GOOGLE_IMAGERY
    return found


def _bare_google_imagery(address: str) -> bool:
    asked = address.lower()
    return _BARE_IMAGERY.search(asked) is not None and "gl=cn" not in asked


def checked_address(text: str) -> str:
    """The address of tiles as it can be used: of several servers (``{0-7}``) the first.

    Raises:
        OriginMapError: ``BASEMAP_ADDRESS`` or ``BASEMAP_PLACEHOLDERS``; ``BASEMAP_BAIDU`` for tiles whose grid is
            one that QGIS does not know.
    """
    address = _RANGE.sub(r"\1", text.strip().strip("\"'“”‘’"))
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OriginMapError("BASEMAP_ADDRESS", address)
    if known_service(address) is _BAIDU:
        raise OriginMapError("BASEMAP_BAIDU")
    tiled = _COLUMN in address and _ROW.search(address) and _LEVEL in address
    if "{s}" in address or not (tiled or _QUADKEY in address):
        raise OriginMapError("BASEMAP_PLACEHOLDERS")
    return address


def key_in(address: str) -> str:
    """The name of the parameter by which an address carries a key that everyone who gets the project could read."""
    named = parse_qsl(urlsplit(address).query)
    return next((name for name, value in named if name.lower() in _KEY_NAMES and value), "")


def tile_source(address: str, deepest: int = DEEPEST, referer: str = "") -> str:
    """The source of a layer (provider ``wms``) over tiles in Web Mercator.

    Args:
        address: with ``{x}``, ``{y}`` or ``{-y}``, ``{z}``.
        deepest: the last level that there are tiles of.
        referer: page that the tiles are asked for from; both of QGIS's names for it, each version reads its own.
    """
    parts = ["type=xyz", f"url={quote(address, safe=_PLAIN_IN_SOURCE)}", f"zmax={deepest}", "zmin=0"]
    if referer:
        parts += [f"referer={referer}", f"http-header:referer={referer}"]
    return "&".join(parts)


def address_in(source: str) -> str:
    """The address inside the source of a layer; empty where there is none."""
    found = _ADDRESS.search(source)
    return unquote(found.group("quoted") or found.group("plain")) if found else ""


def one_tile(address: str) -> str:
    """The address of one tile that every map of China has, to try the address with."""
    column, row, level = _CHINA
    values = {"{x}": column, "{y}": row, "{-y}": 2**level - 1 - row, "{z}": level, _QUADKEY: _CHINA_QUADKEY}
    for placeholder, value in values.items():
        address = address.replace(placeholder, str(value))
    return address


def trouble(status: Optional[int], content: bytes) -> Optional[OriginMapError]:
    """What the answer to the request of a tile means; ``None`` when it is a picture.

    Args:
        status: of HTTP; ``None`` when no answer came at all.
        content: what came.
    """
    if status is None:
        return OriginMapError("BASEMAP_UNREACHABLE")
    if status != _OK:
        return OriginMapError("BASEMAP_STATUS", status=status)
    return None if content.startswith(_PICTURES) else OriginMapError("BASEMAP_NO_PICTURE")


def marked(title: str, datum: Datum) -> str:
    """A layer's name that says when its pictures are shifted: ``高德影像 [GCJ-02]``."""
    bare = _MARK.sub("", title.strip())
    return f"{bare} [{_SHORT[datum]}]" if datum in SHIFTED else bare


def short_name(datum: Datum) -> str:
    """What a datum is called in a line of text: ``GCJ-02``."""
    return _SHORT[datum]


def declare(layer: QgsMapLayer, datum: Datum) -> None:
    """Write down the datum of a basemap, also in its name."""
    layer.setCustomProperty(DATUM, datum.value)
    layer.setName(marked(layer.name(), datum))


def basemap_of(layer: QgsMapLayer) -> Basemap:
    """What a layer is as a basemap: by what was written down, else by its host, else taken to be unshifted."""
    title = _MARK.sub("", layer.name())
    declared = str(layer.customProperty(DATUM, ""))
    if declared in {datum.value for datum in DATUMS}:
        return Basemap(title, Datum(declared), True, layer.id())
    service = known_service(address_in(layer.source()))
    if service is not None:
        return Basemap(title, service.datum, True, layer.id())
    return Basemap(title, Datum.WGS84, False, layer.id())
