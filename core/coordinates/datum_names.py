"""The datums a coordinate can be declared in, and the words people declare them with."""

from __future__ import annotations

import re
from enum import Enum
from typing import Optional


class Datum(str, Enum):
    """Geodetic datums, and the two shifted systems of Chinese map services."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    XIAN80 = "xian80"
    BEIJING54 = "beijing54"


#: Datums whose relation to CGCS2000 is a state secret.
SECRET = frozenset({Datum.XIAN80, Datum.BEIJING54})

_TAIL = r"(?:国家)?(?:大地|地图)?(?:坐标系统?|坐标)?"
_HEAD = r"(?:(?:坐标系统?|坐标基准|大地基准|datum|crs)\s*[:：=]\s*)?"
_WORDS = {
    Datum.XIAN80: r"(?:19)?80年?西安|西安(?:19)?80年?|xi'?an[ _-]*(?:19)?80"
    r"|(?<![0-9.])(?:19)?80(?:国家)?(?:大地)?坐标系"
    r"|epsg[: ]*4610(?![0-9])",
    Datum.BEIJING54: r"新?(?:19)?54年?北京|新?北京(?:19)?54年?|(?:beijing|bj)[ _-]*(?:19)?54|(?<![0-9.])(?:19)?54坐标系"
    r"|epsg[: ]*4214(?![0-9])",
    Datum.BD09: r"bd[ _-]*0?9(?:ll)?(?![0-9])|百度|baidu",
    Datum.GCJ02: r"gcj[ _-]*0?2(?:ll)?(?![0-9])|火星|国测局|高德|腾讯|amap|gaode|tencent",
    Datum.WGS84: r"wgs[ _-]*(?:19)?84(?![0-9])|(?<![0-9.])(?:19)?84坐标系?|epsg[: ]*4326(?![0-9])|gps",
    Datum.CGCS2000: r"cgcs[ _-]*(?:2000(?![0-9]))?|国家大地2000|国家2000|2000国家|(?<![0-9.])2000(?:大地)?坐标系?"
    r"|(?:中国|国家)大地坐标系(?:统)?(?:2000)?|天地图|tianditu|epsg[: ]*4490(?![0-9])",
}
_PATTERNS = {datum: re.compile(rf"{_HEAD}(?:{words}){_TAIL}", re.IGNORECASE) for datum, words in _WORDS.items()}


def datum_named(text: str) -> Optional[Datum]:
    """The one datum a text names (``经度(高德)``, ``GCJ-02``, ``2000国家大地坐标系``); ``None`` for none or several."""
    return take_datum(text)[0]


def take_datum(text: str) -> tuple[Optional[Datum], str]:
    """The one datum a text names and the text without its name; several datums leave the text as it is."""
    found = [datum for datum, pattern in _PATTERNS.items() if pattern.search(text)]
    if len(found) != 1:
        return None, text
    return found[0], _PATTERNS[found[0]].sub(" ", text)
