"""Tianditu, the national platform: its imagery and map as tiles, its key, and what its refusals mean."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Optional

from ..standard.errors import OriginMapError
from .basemaps import address_in, known_service, tile_source, trouble

#: Where tiles come from; ``{number}`` is one of the eight servers that share the work.
SERVER = "https://t{number}.tianditu.gov.cn"
#: Where a person gets a key.
CONSOLE = "https://console.tianditu.gov.cn/api/key"
KEY_LENGTH = 32
#: Keys of the kind for browsers want to be asked for from a page.
REFERER = "https://www.tianditu.gov.cn/"

_TILE = (
    "{server}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TileCol={{x}}&TileRow={{y}}&TileMatrix={{z}}"
)
_KEY = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{32}(?![0-9A-Za-z])")
_LABEL = re.compile(r"^(?:天地图|tianditu)?\s*(?:密钥|key|token|tk)\s*(?:是|为)?\s*[:=]\s*", re.IGNORECASE)
_QUOTES = "\"'`“”‘’「」《》<>()[]"
_REFUSALS = {1: "TIANDITU_KEY_WRONG", 7: "TIANDITU_KEY_DOMAIN", 12: "TIANDITU_KEY_KIND", 18: "TIANDITU_KEY_KIND"}
_TEAPOT = 418
_FORBIDDEN = 403


class TiandituMap(Enum):
    """The maps that are offered; each is a picture and the names that lie over it."""

    IMAGERY = ("img", "cia")
    VECTOR = ("vec", "cva")


@dataclass(frozen=True)
class Sheet:
    """One layer of tiles: its title in the layer tree and its address without the key."""

    title: str
    address: str

    @property
    def source(self) -> str:
        """The source of the layer, as it may stand in a project: without the key."""
        return tile_source(self.address, referer=REFERER)


_TITLES = {"img": "天地图影像", "cia": "天地图影像注记", "vec": "天地图矢量", "cva": "天地图矢量注记"}


def sheets(which: TiandituMap) -> tuple[Sheet, Sheet]:
    """The picture and its names."""
    picture, names = which.value
    return _sheet(picture, 0), _sheet(names, 1)


def _sheet(layer: str, number: int) -> Sheet:
    return Sheet(_TITLES[layer], _TILE.format(server=SERVER.format(number=number), layer=layer))


def needs_key(source: str) -> bool:
    """Whether a layer's source asks Tianditu and has no key of its own."""
    address = address_in(source)
    return asks_tianditu(address) and "tk=" not in address


def asks_tianditu(address: str) -> bool:
    """Whether an address is one of Tianditu's."""
    ours = tuple(SERVER.format(number=number) for number in range(2))
    return address.startswith(ours) or known_service(address) is known_service(REFERER)


def with_key(source: str, key: str) -> str:
    """The source with the key: for a layer's provider in memory, never to be stored."""
    # The key goes behind the address, which ends at the next part of the source.
    return re.sub(r"(?<![^&])url=[^&]*", lambda found: f"{found.group()}%26tk={key}", source, count=1)


def without_key(address: str) -> tuple[str, str]:
    """An address without the key that it carries, and the key; for what a person pasted."""
    found = re.search(r"([?&])tk=([^&]*)(&|$)", address)
    if found is None or not asks_tianditu(address):
        return address, ""
    before, key, after = found.groups()
    return address[: found.start()] + (before if after else "") + address[found.end() :], key


def clean_key(text: str) -> str:
    """The key out of what was pasted: blanks, line ends, quotes and labels around it are no part of it.

    Raises:
        OriginMapError: ``TIANDITU_KEY_EMPTY``, or ``TIANDITU_KEY_LENGTH`` when no 32 characters are left.
    """
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    found = set(_KEY.findall(shown))
    if len(found) == 1:
        return found.pop()
    bare = _LABEL.sub("", "".join(shown.split()).strip(_QUOTES)).strip(_QUOTES)
    if not bare:
        raise OriginMapError("TIANDITU_KEY_EMPTY")
    if not _KEY.fullmatch(bare):
        raise OriginMapError("TIANDITU_KEY_LENGTH", length=len(bare), wanted=KEY_LENGTH)
    return bare


def refusal(status: Optional[int], content: bytes) -> Optional[OriginMapError]:
    """What Tianditu's answer to the request of a tile means; ``None`` when it is a picture.

    Args:
        status: of HTTP; ``None`` when no answer came at all.
        content: what came.
    """
    code = _code_in(content)
    if code in _REFUSALS:
        return OriginMapError(_REFUSALS[code], f"HTTP {status}", number=code)
    if status == _TEAPOT:
        return OriginMapError("TIANDITU_TEAPOT")
    if status == _FORBIDDEN:
        return OriginMapError("TIANDITU_FORBIDDEN", number=status if code is None else code)
    return trouble(status, content)


def _code_in(content: bytes) -> Optional[int]:
    try:
        said = json.loads(content.decode("utf-8", "replace"))
    except ValueError:
        return None
    code = said.get("code") if isinstance(said, dict) else None
    return int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdigit()) else None
