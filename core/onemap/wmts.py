"""The layers that a WMTS service offers in Web Mercator, as addresses of plain tiles.

As plain tiles a layer opens with its project at once, also without a network: QGIS's own WMTS layer asks the service
for its list of layers each time, and the window waits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Iterator, Optional

from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtXml import QDomDocument, QDomElement, QDomNodeList

from ..standard.errors import OriginMapError

_OWS = "http://www.opengis.net/ows/1.1"
_WMTS = "http://www.opengis.net/wmts/1.0"
_XLINK = "http://www.w3.org/1999/xlink"
_MERCATOR = re.compile(r"(?:3857|900913|102100|3785)$")
# The scale denominator of level 0 in Web Mercator with tiles of 256 pixels of 0.28 mm.
_LEVEL_0 = 559_082_264.0287178
_SCALE_TOLERANCE = 1e-3
_CAPABILITIES = "SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0"
_DEEPEST = 24
_FORMATS = ("image/png", "image/jpeg", "image/jpg", "image/webp", "image/png8", "tiles")


@dataclass(frozen=True)
class TileLayer:
    """One layer of a service: its title, the address of its tiles, and the last level that there are tiles of."""

    title: str
    address: str
    deepest: int


@dataclass(frozen=True)
class _Grid:
    name: str
    prefix: str
    deepest: int


def capabilities_address(address: str) -> str:
    """Where a service tells its layers: the address itself when it is that already, else with the question for it."""
    if "getcapabilities" in address.lower() or address.lower().endswith(".xml"):
        return address
    join = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{join}{_CAPABILITIES}"


def tile_layers(capabilities: bytes) -> list[TileLayer]:
    """The layers that can be drawn as plain tiles, in the service's order.

    Raises:
        OriginMapError: ``BASEMAP_NOT_WMTS``.
    """
    document = QDomDocument()
    # No service needs a document type, and one is the way to make a small answer a huge one.
    if b"<!DOCTYPE" not in capabilities:
        document.setContent(QByteArray(capabilities), True)
    root = document.documentElement()
    if root.localName() != "Capabilities" or root.namespaceURI() != _WMTS:
        raise OriginMapError("BASEMAP_NOT_WMTS")
    contents = _child(root, _WMTS, "Contents")
    grids = {grid.name: grid for grid in map(_grid, _children(contents, _WMTS, "TileMatrixSet")) if grid is not None}
    service = _get_tile_address(root)
    layers = (_tile_layer(layer, grids, service) for layer in _children(contents, _WMTS, "Layer"))
    return [layer for layer in layers if layer is not None]


def _tile_layer(layer: QDomElement, grids: dict[str, _Grid], service: str) -> Optional[TileLayer]:
    identifier = _text(layer, _OWS, "Identifier")
    links = [_text(link, _WMTS, "TileMatrixSet") for link in _children(layer, _WMTS, "TileMatrixSetLink")]
    grid = next((grids[name] for name in links if name in grids), None)
    formats = [element.text() for element in _children(layer, _WMTS, "Format")]
    picture = next((known for known in _FORMATS if known in formats), "")
    if grid is None or not identifier or not picture:
        return None
    values = {
        "TileMatrixSet": grid.name,
        "TileMatrix": f"{grid.prefix}{{z}}",
        "TileRow": "{y}",
        "TileCol": "{x}",
        "Style": _style(layer),
        "Layer": identifier,
        **_dimensions(layer),
    }
    address = _rest_address(layer, values) or _query_address(service, values, picture)
    return TileLayer(_text(layer, _OWS, "Title") or identifier, address, grid.deepest) if address else None


def _rest_address(layer: QDomElement, values: dict[str, str]) -> str:
    named = {f"{{{name.lower()}}}": value for name, value in values.items()}
    for resource in _children(layer, _WMTS, "ResourceURL"):
        if resource.attribute("resourceType") == "tile":
            template = resource.attribute("template")
            return re.sub(r"\{\w+\}", lambda found: named.get(found.group().lower(), found.group()), template)
    return ""


def _query_address(service: str, values: dict[str, str], picture: str) -> str:
    if not service:
        return ""
    join = "" if service.endswith(("?", "&")) else "&" if "?" in service else "?"
    asked = "&".join(f"{name.upper()}={value}" for name, value in values.items())
    return f"{service}{join}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&FORMAT={picture}&{asked}"


def _style(layer: QDomElement) -> str:
    styles = list(_children(layer, _WMTS, "Style"))
    chosen = next((style for style in styles if style.attribute("isDefault") == "true"), styles[0] if styles else None)
    return _text(chosen, _OWS, "Identifier") if chosen is not None else "default"


def _dimensions(layer: QDomElement) -> dict[str, str]:
    return {
        _text(dimension, _OWS, "Identifier"): _text(dimension, _WMTS, "Default")
        for dimension in _children(layer, _WMTS, "Dimension")
    }


def _grid(element: QDomElement) -> Optional[_Grid]:
    """The grid when it is the common one of the web: levels named by their number, each twice as fine as the last."""
    name = _text(element, _OWS, "Identifier")
    levels = [_level(matrix) for matrix in _children(element, _WMTS, "TileMatrix")]
    known = [level for level in levels if level is not None]
    if not _MERCATOR.search(_text(element, _OWS, "SupportedCRS")) or not known or len(known) != len(levels):
        return None
    prefixes = {prefix for prefix, _ in known}
    return _Grid(name, prefixes.pop(), max(number for _, number in known)) if len(prefixes) == 1 else None


def _level(matrix: QDomElement) -> Optional[tuple[str, int]]:
    scale, identifier = _number(matrix, "ScaleDenominator"), _text(matrix, _OWS, "Identifier")
    if scale <= 0 or _number(matrix, "TileWidth") != 256:
        return None
    exact = math.log2(_LEVEL_0 / scale)
    number = round(exact)
    if abs(exact - number) > _SCALE_TOLERANCE or not 0 <= number <= _DEEPEST or not identifier.endswith(str(number)):
        return None
    prefix = identifier[: -len(str(number))]
    return None if prefix[-1:].isdigit() else (prefix, number)


def _get_tile_address(root: QDomElement) -> str:
    for operation in _nodes(root.elementsByTagNameNS(_OWS, "Operation")):
        if operation.attribute("name") == "GetTile":
            return next(
                (get.attributeNS(_XLINK, "href", "") for get in _nodes(operation.elementsByTagNameNS(_OWS, "Get"))), ""
            )
    return ""


def _number(element: QDomElement, name: str) -> float:
    try:
        return float(_text(element, _WMTS, name))
    except ValueError:
        return 0.0


def _text(element: QDomElement, namespace: str, name: str) -> str:
    return _child(element, namespace, name).text().strip()


def _child(element: QDomElement, namespace: str, name: str) -> QDomElement:
    return next(_children(element, namespace, name), QDomElement())


def _children(element: QDomElement, namespace: str, name: str) -> Iterator[QDomElement]:
    child = element.firstChildElement()
    while not child.isNull():
        if child.localName() == name and child.namespaceURI() == namespace:
            yield child
        child = child.nextSiblingElement()


def _nodes(found: QDomNodeList) -> Iterator[QDomElement]:
    yield from (found.at(number).toElement() for number in range(found.count()))
