"""The encoding of a text file, told from all of its bytes: a wrong guess would turn names into other names."""

from __future__ import annotations

import codecs
from pathlib import Path

from .errors import SheetError
from .signature import is_wide

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# GBK text that happens to read as a few characters of UTF-8 is known; a longer stretch is UTF-8 with a damage.
_CHANCE = 8
_COMMON_SHARE = 0.8


def encoding_of(path: Path) -> str:
    """The Python name of a file's encoding: UTF-8, UTF-16 or GB18030, which holds GBK and GB 2312.

    Raises:
        SheetError: ``ENC_UNKNOWN`` when none of them reads the file.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if is_wide(head[:8192]):
        return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    understood = _read_as_utf8(path)
    if understood < 0:
        return "utf-8"
    if understood < _CHANCE and _is_chinese(head):
        return "gb18030"
    raise SheetError("ENC_UNKNOWN", f"UTF-8 ended after {understood} characters beyond ASCII", file=path.name)


def _read_as_utf8(path: Path) -> int:
    """-1 when the whole file is UTF-8, else how many characters beyond ASCII came before the first that is not."""
    count = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while True:
            data = file.read(_CHUNK)
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode("utf-8", "ignore")
                return count + _beyond_ascii(good)
            if not data:
                return -1
            count += _beyond_ascii(text)


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\x7f" for character in text[:10_000])


def _is_chinese(head: bytes) -> bool:
    """Whether bytes read as GB18030 in which most characters are of the common set, as a random encoding's are not."""
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(head)
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if character > "\x7f"]
    common = len("".join(beyond).encode("gb2312", "ignore")) / 2
    return common >= _COMMON_SHARE * len(beyond)
