"""An address as people type it, brought to one form: half width, no separators, noise kept apart."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters
from typing import NamedTuple

# Signs of traditional writing that occur in the names of levels and provinces.
_TRADITIONAL = "縣區鎮鄉廣東雲貴蘇遼寧龍陝灣瓊興陽長臨樂圍屬會灘嶺門間莊務處"
_SIMPLIFIED = str.maketrans(
    _TRADITIONAL,
    "县区镇乡广东云贵苏辽宁龙陕湾琼兴阳长临乐围属会滩岭门间庄务处",
)
_TRADITIONAL_SIGNS = frozenset(_TRADITIONAL)
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9]+")
_FORMER_NAME = re.compile(r"[(\[〔【<「]\s*(?:原名?|旧称|曾用名|原称)[::]?([^)\]〕】>」]*)[)\]〕】>」]")
_SEPARATORS = re.compile(r"[\s/\\|,;:.·•・、。，；：_\-~—–－→>《<》()\[\]〔〕【】「」\"'“”‘’*+]+")
_INSIDE_NUMBER = re.compile(r"(?<=[0-9A-Za-z])[-.](?=[0-9A-Za-z])")
_LABEL = re.compile(
    r"(?:(?:基地|种植|养殖|生产|详细|家庭|联系|所在|注册|经营|办公|现住|通讯)?(?:详细)?(?:地址|住址|地点|位置)|所在地|位于|坐落于?|地处)"
)
_COUNTRY = re.compile(r"(?:中华人民共和国|中国(?=.{2,3}(?:省|市|自治区|特别)))")
_LEADING_NOISE = re.compile(r"[0-9A-Za-z#№()]+")
_NOISE_BEGINS_WITH = frozenset("基种养生详家联所注经办现通地住位坐中#№()0123456789" + ascii_letters)
_KEPT_HYPHEN = "\ue000"


class Address(NamedTuple):
    """The place part of an address and what stood before it or was set aside, to be kept."""

    text: str
    aside: str


def normalise(text: str) -> Address:
    """Bring an address to one form, so that spaces, widths and separators no longer matter.

    Full-width signs become half-width, separators and brackets go away (a hyphen or a point between digits stays),
    labels such as ``地址：`` and leading numbers or phones and former names in brackets are set aside.
    """
    if _PLAIN.fullmatch(text) and _TRADITIONAL_SIGNS.isdisjoint(text):
        plain = text
        aside = ""
    else:
        plain = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED)
        former = [match.group(0) for match in _FORMER_NAME.finditer(plain)]
        plain = _FORMER_NAME.sub("", plain)
        plain = _INSIDE_NUMBER.sub(_KEPT_HYPHEN, plain)
        plain = _SEPARATORS.sub("", plain).replace(_KEPT_HYPHEN, "-")
        aside = "".join(former)
    if plain[:1] not in _NOISE_BEGINS_WITH:
        return Address(plain, aside)
    for noise in (_LABEL, _COUNTRY, _LEADING_NOISE):
        found = noise.match(plain)
        if found:
            plain = plain[found.end() :]
            if noise is _LEADING_NOISE:
                aside = found.group(0) + aside
    return Address(plain, aside)
