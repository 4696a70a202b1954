"""Text of a PDF is found as it is read: what Qt calls by another sign of the same look gets its own code back."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

# A typeface draws some characters by the same glyph as a radical of Unicode's blocks 2E80–2FDF, and Qt, asked which
# sign a glyph stands for, takes the first: 长桥镇 would be seen, yet nobody could find it.
_RADICALS = range(0x2E80, 0x2FE0)
# Those that Unicode's own compatibility decomposition does not lead to the character in use.
_PAIRS = (
    "⺠民⻁虎⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⼾户⺒巳⺓幺"
)
_CHARACTERS = {"\t": " ", "\u2012": "–", **dict(zip(_PAIRS[::2], _PAIRS[1::2]))}
_CODES = re.compile(rb"(?<=begincmap)(.*?)(?=endcmap)", re.DOTALL)
_LIST = re.compile(rb"\[[<>0-9A-Fa-f\s]*\]")
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")


def make_searchable(pdf: Path) -> None:
    """Give every glyph of a PDF that Qt wrote the code of the character a reader sees.

    Each code is replaced by one of the same length, so that nothing else in the file moves.
    """
    before = pdf.read_bytes()
    after = _CODES.sub(lambda found: _LIST.sub(_corrected, found[0]), before)
    if after != before:
        pdf.write_bytes(after)


def _corrected(codes: re.Match[bytes]) -> bytes:
    return _CODE.sub(lambda code: b"<%04X>" % ord(_character(chr(int(code[1], 16)))), codes[0])


def _character(sign: str) -> str:
    if sign in _CHARACTERS:
        return _CHARACTERS[sign]
    return unicodedata.normalize("NFKC", sign) if ord(sign) in _RADICALS else sign
