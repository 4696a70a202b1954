"""Text that no spreadsheet program runs, and that any of them can store.

Characters that XML cannot hold are written the way Excel writes them, ``_x0001_`` (ECMA-376 part 1, 22.9.2.19,
ST_Xstring).
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 32_767  # what one cell holds, counted in UTF-16 units
ELLIPSIS = "…"

_RISKY_STARTS = "=+-@\t\r\n＝＋－＠"
_QUOTE = "'"
# What XML 1.0 cannot hold, and the carriage return, which a reader would turn into a line feed.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP = re.compile("[&<>]")
_ANYTHING_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f&<>\ufffe\uffff\ud800-\udfff]|_x")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula: it begins with ``=``, ``+``, ``-``, ``@``
    (also full-width), a tab or a line break, blanks before it or not.
    """
    return bool(text) and (text[0] in _RISKY_STARTS or text.lstrip()[:1] in tuple(_RISKY_STARTS))


def for_csv(text: str) -> str:
    """The text as a CSV cell holds it: risky text gets an apostrophe in front, so that no program runs it."""
    return _QUOTE + text if is_risky(text.lstrip(_QUOTE)) else text


def from_csv(text: str) -> str:
    """Takes the apostrophe of :func:`for_csv` away again; any other text stays as it is."""
    return text[1:] if text.startswith(_QUOTE) and is_risky(text.lstrip(_QUOTE)) else text


def shortened(text: str) -> str:
    """The text cut to what one cell holds, with ``…`` at the end where something had to go."""
    if len(text) * 2 <= MAX_CHARACTERS or _units(text) <= MAX_CHARACTERS:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (MAX_CHARACTERS - 1)]
    return kept.decode("utf-16-le", "ignore") + ELLIPSIS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def storable(text: str) -> str:
    """The text in the form in which an XLSX part stores it, before markup is escaped; short enough for one cell."""
    text = shortened(text)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _SURROGATE.sub("\ufffd", text)
    return _UNSTORABLE.sub(lambda hit: f"_x{ord(hit[0]):04X}_", text)


def for_xml(text: str) -> str:
    """The text as it stands between the tags of an XLSX part."""
    if len(text) * 2 <= MAX_CHARACTERS and not _ANYTHING_SPECIAL.search(text):
        return text
    text = storable(text)
    if _MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def for_attribute(text: str) -> str:
    """The text as it stands in an attribute in double quotes; line breaks become blanks."""
    return for_xml(" ".join(text.split())).replace('"', "&quot;")
