"""Signs people write coordinates with: one spelling for each, and the text cut into tokens."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple, Optional

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _written, _meant in (
    ("\u3000\u00a0\u2002\u2003\u2009\u202f\t\r\n\v\f", " "),
    ("º˚⁰ﾟ∘", "°"),
    ("′’‘`´ʹ‛＇分", "'"),
    ("″”“〃ʺ˝＂秒", '"'),
    ("。｡", "."),
    ("、", ";"),
    ("−–—‐‑－", "-"),
    ("【〔〖［｛", "["),
    ("】〕〗］｝", "]"),
    ("《〈「『", "<"),
    ("》〉」』", ">"),
):
    _SIGNS.update({ord(sign): _meant for sign in _written})
#: What word processors leave behind without showing it.
_SIGNS.update(dict.fromkeys((8203, 8204, 8205, 8206, 8207, 8288, 65279)))

_EMPTY = re.compile(
    r"(?:[\W_]*|(?:暂|尚)?(?:无|没有|未知|不详|缺)(?:坐标|经纬度|数据)?|(?:尚|还|暂)?未(?:填写?|采集?|定位?|提供)|空|n/?a|null|none|nil"
    r"|待(?:补充?|定位?|填写?|采集?|核实|测|确认|提供)|point(?: z| m| zm)? empty)[。.]?",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"([\s:=,?&(\[{<]*)(?:(?:基地|地理|中心|点位|位置|定位|种植|养殖|大地)?(?:经纬度|坐标|位置|定位|点位|中心点?)(?:坐标)?"
    r"|coordinates?|coords?|position|location)?\s*(?:为|是)?[\s:=]*",
    re.IGNORECASE,
)
#: Both labels before both numbers, as programs print a pair: ``lat/lng: (19.9,109.7)``, ``经度,纬度：109.7,19.9``.
_LAT, _LON = r"纬度|lat(?:itude)?", r"经度|longitude|lon|lng"
_HEADED = re.compile(
    rf"({_LAT}(?=[\s,/;]*(?:{_LON}))|{_LON}(?=[\s,/;]*(?:{_LAT})))[\s,/;]*({_LAT}|{_LON})\s*[:=]?\s*([(\[]?)"
    r"([^,;/()\[\]]+)[,;/]([^,;/()\[\]]+)([)\]]?)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"[,;&]?\s*(?:海拔高?度?|高程|高度|altitude|alt|elevation|ele|精度|误差|accuracy)\s*(?:约|为|是)?\s*[:=]?\s*"
    r"[-±]?[0-9]+(?:\.[0-9]+)?\s*(?:米|m(?![a-z]))?",
    re.IGNORECASE,
)
_LETTER_UNITS = re.compile(
    r"([0-9])\s*d(?:eg)?\s*([0-9.]+)\s*m(?:in)?(?:\s*([0-9.]+)\s*s(?:ec)?)?(?![a-z])", re.IGNORECASE
)
#: Surveyors set the mark before the decimals: 25″.83.
_EARLY_MARK = re.compile(r"([0-9])([°'\"])\.([0-9]+)")
_THOUSANDS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_GROUPED_PAIR = re.compile(rf"({_THOUSANDS})\s*(?:[;/|]|,\s|\s)\s*({_THOUSANDS})")
_DECIMAL_COMMAS = re.compile(r"([0-9]{2,3}),([0-9]{3,})\s*[;\s]\s*([0-9]{1,2}),([0-9]{3,})")
_TEN_MILLIONS = re.compile(r"([1-9])\.([0-9]{7})([0-9]*)E\+?0?7", re.IGNORECASE)
_GROUPED = re.compile(_THOUSANDS)
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


class Axis(Enum):
    """What a mark says about its number; ``X`` and ``Y`` mean one thing to a surveyor, another to a programmer."""

    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    X = "x"
    Y = "y"


class Token(NamedTuple):
    """``kind``: n number, d m s unit marks, ``:`` ``-`` ``,`` signs, M metres, + sign of a number, A axis."""

    kind: str
    text: str
    spaced: bool
    axis: Optional[Axis] = None
    hemisphere: int = 0


_TOKEN = re.compile(
    r"(?P<n>[0-9]+(?:\.[0-9]+)?(?![0-9.]))"
    r"|(?P<east>东经|东)|(?P<west>西经|西)|(?P<north>北纬|北)|(?P<south>南纬|南)"
    r"|(?P<lon>经度|经|横坐标|longitude|long|lng|mlon|lon|easting)(?![a-z])"
    r"|(?P<lat>纬度|纬|纵坐标|latitude|mlat|lat|northing)(?![a-z])"
    r"|(?P<letter>[ewnsxy])(?![a-z])"
    r"|(?P<d>[°度])|(?P<s>\"|'')|(?P<m>')|(?P<M>米|m(?![a-z]))"
    r"|(?P<sep>[,;/|&]|和|与|及|and(?![a-z]))|(?P<colon>:)|(?P<equals>=)|(?P<dash>-)|(?P<plus>\+)",
    re.IGNORECASE,
)
_MARKS = {
    "east": (Axis.LONGITUDE, 1),
    "west": (Axis.LONGITUDE, -1),
    "north": (Axis.LATITUDE, 1),
    "south": (Axis.LATITUDE, -1),
    "lon": (Axis.LONGITUDE, 0),
    "lat": (Axis.LATITUDE, 0),
}
_LETTERS = {
    "e": _MARKS["east"],
    "w": _MARKS["west"],
    "n": _MARKS["north"],
    "s": _MARKS["south"],
    "x": (Axis.X, 0),
    "y": (Axis.Y, 0),
}
_KINDS = {"sep": ",", "colon": ":", "equals": ":", "dash": "-", "plus": "+"}


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or says in words that there is nothing (``无``, ``待补``, ``/``)."""
    return not text or _EMPTY.fullmatch(text.strip()) is not None


def normalised(text: str) -> str:
    """The text with one spelling for each sign; a full stop at the end and quotes around it all are dropped."""
    plain = text.strip().rstrip("。｡").translate(_SIGNS).strip()
    if plain[:1] in ("'", '"'):  # no mark of minutes stands first: a quoted field, or a spreadsheet's mark for text
        plain = plain[1:-1] if len(plain) > 1 and plain[-1] == plain[0] else plain[1:]
    return plain


def bare(text: str) -> str:
    """A normalised text without introducing words, height and accuracy, letter units and grouping commas."""
    text = _LETTER_UNITS.sub(_signs_for_letters, _BESIDE.sub(" ", text))
    text = _EARLY_MARK.sub(r"\1.\3\2", text)
    text = _INTRODUCTION.sub(_brackets_alone, text, count=1).strip(" ,;")
    headed = _HEADED.fullmatch(text)
    if headed:
        one, other, opening, first, second, closing = headed.groups()
        text = f"{opening}{one} {first},{other} {second}{closing}"
    pair = _GROUPED_PAIR.fullmatch(text)
    if pair:
        return f"{pair[1].replace(',', '')} {pair[2].replace(',', '')}"
    return text


def with_decimal_commas(text: str) -> str:
    """Two numbers written with decimal commas (``109,690508 19,912025``) with points, else nothing."""
    match = _DECIMAL_COMMAS.fullmatch(text)
    return f"{match[1]}.{match[2]},{match[3]}.{match[4]}" if match else ""


def one_number(text: str) -> str:
    """A cell of its own that holds one number, without grouping commas and without the ``E7`` of Java programs.

    Those write numbers from ten million on, so eastings with their zone, as ``3.667702467E7``; where a digit is
    missing the text stays as it is and cannot be read.
    """
    java = _TEN_MILLIONS.fullmatch(text)
    if java:
        return f"{java[1]}{java[2]}.{java[3]}" if java[3] else f"{java[1]}{java[2]}"
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def tokens(text: str) -> Optional[list[Token]]:
    """The tokens of a normalised text, or ``None`` where a character is not understood or brackets do not close."""
    text = _without_brackets(text)
    if text is None:
        return None
    found: list[Token] = []
    at = 0
    while at < len(text):
        start = at
        while text[at] == " ":
            at += 1
            if at == len(text):
                return found
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        found.append(_token(match, at > start))
        at = match.end()
    return found


def _token(match: re.Match[str], spaced: bool) -> Token:
    group = match.lastgroup or ""
    text = match.group()
    if group == "letter":
        return Token("A", text, spaced, *_LETTERS[text.lower()])
    if group in _MARKS:
        return Token("A", text, spaced, *_MARKS[group])
    return Token(_KINDS.get(group, group), text, spaced)


def _without_brackets(text: str) -> Optional[str]:
    """Brackets carry no meaning once it is sure that each one closes."""
    open_ones: list[str] = []
    letters = []
    for letter in text:
        if letter in "([{<":
            open_ones.append(letter)
        elif letter in _CLOSING:
            if not open_ones or open_ones.pop() != _CLOSING[letter]:
                return None
        else:
            letters.append(letter)
            continue
        letters.append(" ")
    return None if open_ones else "".join(letters)


def _brackets_alone(match: re.Match[str]) -> str:
    """The brackets that open before an introduction close behind it: they are counted later."""
    return "".join(sign for sign in match[1] if sign in "([{<")


def _signs_for_letters(match: re.Match[str]) -> str:
    seconds = f'{match[3]}"' if match[3] else ""
    return f"{match[1]}°{match[2]}'{seconds}"
