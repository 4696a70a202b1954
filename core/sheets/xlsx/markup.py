"""XML text without a parser, only where every byte is understood: references, line ends, forbidden characters."""

from __future__ import annotations

import re
from typing import Optional

_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
# What XML 1.0 does not allow; tab, line feed and carriage return are allowed.
_FORBIDDEN_BYTES = bytes((*range(9), 11, 12, *range(14, 32)))


class NotUnderstood(Exception):
    """The bytes hold something that only the parser may judge."""


def decoded(data: bytes) -> str:
    """UTF-8 as text, line ends as XML wants them; :class:`NotUnderstood` where it is not plain well-formed text."""
    if len(data.translate(None, _FORBIDDEN_BYTES)) != len(data):
        raise NotUnderstood
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUnderstood from error
    if "\ufffe" in text or "\uffff" in text or "]]>" in text:
        raise NotUnderstood
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def resolved(text: str) -> str:
    """Text with its references replaced; :class:`NotUnderstood` for any that is not plain."""
    if "&" not in text:
        return text
    if text.count("&") != len(_REFERENCE.findall(text)):
        raise NotUnderstood
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    character = _allowed(code)
    if character is None:
        raise NotUnderstood
    return character


def _allowed(code: int) -> Optional[str]:
    allowed = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return chr(code) if allowed else None
