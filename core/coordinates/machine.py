"""Notations that programs write: WKT, GeoJSON, ``geo:`` URIs, ISO 6709 and the links of map services."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional
from urllib.parse import parse_qsl, unquote, urlsplit

from .angles import Half
from .datum_names import Datum, datum_named
from .notation import Axis
from .projected import Zone

_N = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_WKT = re.compile(
    rf"(?:SRID\s*=\s*([0-9]+)\s*;)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*({_N})\s+({_N})(?:\s+{_N}){{0,2}}\s*\)\s*;?", re.I
)
_GEOJSON = re.compile(rf"\{{(?:type:point,)?coordinates:\[({_N}),({_N})(?:,{_N})?\](?:,type:point)?\}}", re.I)
_GEO = re.compile(rf"geo:({_N}),({_N})(?:,{_N})?(?:;crs=wgs84)?(?:;u=[0-9.]+)?(?:\?(.*))?", re.I)
_ANDROID_QUERY = re.compile(rf"(?:.*&)?q=({_N}),({_N})(?:\(.*\))?(?:&.*)?", re.I)
_ISO_6709 = re.compile(
    r"([+-])([0-9]{2})([0-5][0-9])?([0-5][0-9])?((?:\.[0-9]+)?)([+-])([0-9]{3})([0-5][0-9])?([0-5][0-9])?((?:\.[0-9]+)?)"
    r"(?:[+-][0-9]+(?:\.[0-9]+)?)?(?:CRSWGS_?84)?/?"
)
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.I)
_NUMBER = re.compile(_N)
_PAIR = re.compile(rf"(?:[a-z]+:)?\s*({_N})\s*[,;|]\s*({_N})(?:[,;|:](?![0-9]).*)?", re.I)
_PIN = re.compile(rf"!3d({_N})!4d({_N})")
_VIEW = re.compile(rf"@({_N}),({_N})(?:,[0-9.]+[zma]\S*)?|map=[0-9.]+/({_N})/({_N})")
_PLACE = re.compile(rf"/place/({_N}),({_N})(?:/|$)")
_LONGITUDE_KEYS = frozenset({"lng", "lon", "long", "longitude", "mlon", "x"})
_LATITUDE_KEYS = frozenset({"lat", "latitude", "mlat", "y"})
_PAIR_KEYS = frozenset(
    {"location", "position", "center", "ll", "q", "query", "coord", "coords", "coordinate", "point", "latlng", "lnglat"}
    | {"marker", "dest", "destination", "daddr", "to", "sll", "p", "c"}
)
_DATUM_KEYS = frozenset({"coord_type", "coordtype", "coordsys", "coordinate", "datum", "crs"})
#: The datum a service's links are in unless they say otherwise. Google's depends on the map it drew: not said.
_SERVICES = (
    ("amap.com", Datum.GCJ02), ("gaode.com", Datum.GCJ02), ("qq.com", Datum.GCJ02), ("amapuri", Datum.GCJ02),
    ("baidu.com", Datum.BD09), ("bdapp", Datum.BD09), ("baidumap", Datum.BD09), ("qqmap", Datum.GCJ02),
    ("tianditu.gov.cn", Datum.CGCS2000), ("openstreetmap.org", Datum.WGS84),
)  # fmt: skip
_SRIDS = {4490: Datum.CGCS2000, 4326: Datum.WGS84, 4610: Datum.XIAN80, 4214: Datum.BEIJING54}


class Written(NamedTuple):
    """Two halves in the order written, with what the notation says beside them.

    ``free_order``: services differ in which comes first, so the ranges decide and no order counts as wrong.
    """

    first: Half
    second: Half
    degrees_only: bool = False
    free_order: bool = False
    datum: Optional[Datum] = None
    central_meridian: Optional[float] = None


def is_machine_written(text: str) -> bool:
    """Whether a text has the outer shape of one of these notations: then no other reading is tried."""
    if text.lower().startswith(("srid", "point", "geo:")) or _LINK.match(text):
        return True
    if text[0] == "{":
        return "coordinates" in text
    return text[0] in "+-" and _ISO_6709.fullmatch(text) is not None


def read_machine(text: str) -> Optional[Written]:
    """The halves of such a text, ``None`` when it cannot be read whole."""
    for reader in (_read_wkt, _read_geojson, _read_geo, _read_iso_6709, _read_link):
        written = reader(text)
        if written:
            return written
    return None


def _half(number: str, axis: Optional[Axis] = None) -> Half:
    digits = number.lstrip("+-")
    return Half(float(number), len(digits.partition(".")[2]), axis, "decimal", digits, True)


def _read_wkt(text: str) -> Optional[Written]:
    match = _WKT.fullmatch(text)
    if match is None:
        return None
    written = Written(_half(match[2]), _half(match[3]))
    if match[1] is None:
        return written
    srid = int(match[1])
    if srid in _SRIDS:
        return written._replace(degrees_only=True, datum=_SRIDS[srid])
    return _in_projection(written, srid)


def _in_projection(written: Written, srid: int) -> Optional[Written]:
    """The CGCS2000 zones by EPSG code; codes with the zone in the easting need nothing more, others are not known."""
    if 4502 <= srid <= 4512:
        return written._replace(central_meridian=75.0 + 6 * (srid - 4502))
    if 4534 <= srid <= 4554:
        return written._replace(central_meridian=75.0 + 3 * (srid - 4534))
    for value in (written.first.value, written.second.value):
        zone = Zone.of_easting(value)
        if zone and zone.epsg == srid:
            return written
    return None


def _read_geojson(text: str) -> Optional[Written]:
    match = _GEOJSON.fullmatch(re.sub(r"[\s\"']", "", text))
    if match is None:
        return None
    return Written(_half(match[1]), _half(match[2]))


def _read_geo(text: str) -> Optional[Written]:
    """RFC 5870: latitude first, WGS84; Android writes ``geo:0,0?q=lat,lon(label)``."""
    match = _GEO.fullmatch(text)
    if match is None:
        return None
    latitude, longitude = match[1], match[2]
    if match[3]:
        query = _ANDROID_QUERY.fullmatch(match[3])
        if query:
            latitude, longitude = query[1], query[2]
        elif float(latitude) == float(longitude) == 0 or "q=" in match[3]:
            return None
    return Written(_half(longitude, Axis.LONGITUDE), _half(latitude, Axis.LATITUDE), True, datum=Datum.WGS84)


def _read_iso_6709(text: str) -> Optional[Written]:
    """``+19.912025+109.690508/`` and ``+195443.29+1094125.83/``: signs and widths leave no choice."""
    match = _ISO_6709.fullmatch(text)
    if match is None:
        return None
    north, east = match.groups()[:5], match.groups()[5:]
    halves = _iso_half(east, Axis.LONGITUDE), _iso_half(north, Axis.LATITUDE)
    return Written(*halves, degrees_only=True)


def _iso_half(parts: tuple[Optional[str], ...], axis: Axis) -> Half:
    sign, degrees, minutes, seconds, fraction = parts
    numbers = [number for number in (degrees, minutes, seconds) if number]
    numbers[-1] += fraction or ""
    value = sum(float(number) / 60**place for place, number in enumerate(numbers))
    worth = (0, 1, 3)[len(numbers) - 1] + max(0, len(fraction or "") - 1)
    return Half(-value if sign == "-" else value, worth, axis, "iso")


def _read_link(text: str) -> Optional[Written]:
    if not _LINK.fullmatch(text):
        return None
    parts = urlsplit(text)
    query = parts.query or (parts.fragment.partition("?")[2])
    values = [(key.lower(), value) for key, value in parse_qsl(query)]
    pairs = _pairs_by_key(values) | set(_PIN.findall(unquote(text))) | set(_PLACE.findall(parts.path))
    if not pairs:
        pairs = {tuple(filter(None, groups)) for groups in _VIEW.findall(unquote(text))}
    if len(pairs) != 1:
        return None
    first, second = pairs.pop()
    datum = next((datum_named(value) for key, value in values if key in _DATUM_KEYS), None)
    return Written(_half(first), _half(second), True, True, datum or _service_datum(parts.netloc, parts.scheme))


def _pairs_by_key(values: list[tuple[str, str]]) -> set[tuple[str, str]]:
    longitudes = {value for key, value in values if key in _LONGITUDE_KEYS and _NUMBER.fullmatch(value)}
    latitudes = {value for key, value in values if key in _LATITUDE_KEYS and _NUMBER.fullmatch(value)}
    pairs = {(east, north) for east in longitudes for north in latitudes}
    for key, value in values:
        match = _PAIR.fullmatch(value) if key in _PAIR_KEYS else None
        if match:
            pairs.add((match[1], match[2]))
    return pairs


def _service_datum(host: str, scheme: str) -> Optional[Datum]:
    names = f"{host}.{scheme}".lower()
    return next((datum for name, datum in _SERVICES if name in names), None)
