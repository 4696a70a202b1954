"""The shared strings of an XLSX file, in one streaming pass."""

from __future__ import annotations

import re
import zipfile
from typing import Iterator

from ..safety import GuardedParser
from .markup import NotUnderstood, decoded, resolved
from .package import Package, element_names
from .values import unescaped

_ITEM_END = b"</si>"
_PLAIN = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_PLAIN_LENGTH = len("<si><t></t></si>")
_PRESERVE = ' xml:space="preserve"'
_PRESERVE_TAG = f"<t{_PRESERVE}>"  # holds a bracket, so no text can look like it


def read_strings(package: Package, part: zipfile.ZipInfo) -> list[str]:
    """All shared strings in their order; phonetic readings left out.

    Raises:
        SheetError: ``CORRUPT``, ``XML_FORBIDDEN``, ``TOO_LARGE``.
    """
    return _StringsReader(package, part).strings


class _StringsReader:
    """Plain items are taken by pattern, everything around and between them goes through the parser."""

    def __init__(self, package: Package, part: zipfile.ZipInfo) -> None:
        self.strings: list[str] = []
        self._names = {local: element_names(local) for local in ("si", "t", "rPh")}
        self._item: list[str] = []
        self._depth = 0
        self._in_text = self._in_phonetic = False
        self._by_parser_only = False
        self._parser = GuardedParser(package.path, part.filename)
        self._parser.expat.StartElementHandler = self._start
        self._parser.expat.EndElementHandler = self._end
        self._parser.expat.CharacterDataHandler = self._text
        self._read(package.chunks(part))

    def _read(self, chunks: Iterator[bytes]) -> None:
        rest = self._read_head(chunks)
        for data in chunks:
            data = rest + data
            cut = data.rfind(_ITEM_END) + len(_ITEM_END)
            if cut < len(_ITEM_END):
                rest = data
                continue
            self._items(data[:cut])
            rest = data[cut:]
        cut = rest.rfind(_ITEM_END) + len(_ITEM_END) if _ITEM_END in rest else 0
        self._items(rest[:cut])
        self._parser.feed(rest[cut:], final=True)

    def _read_head(self, chunks: Iterator[bytes]) -> bytes:
        """Parse up to the first item; what was read beyond it is given back."""
        head = b""
        for data in chunks:
            head += data
            cut = head.find(b"<si>")
            if cut >= 0:
                self._parser.feed(head[:cut])
                self._by_parser_only = b"<sst" not in head[:cut] or not self._parser.is_utf8
                return head[cut:]
        self._by_parser_only = True
        self._parser.feed(head)
        return b""

    def _items(self, data: bytes) -> None:
        # A comment may hide what looks like items: from the first one on the parser reads alone.
        self._by_parser_only = self._by_parser_only or self._depth != 1 or b"<!" in data or b"<?" in data
        if data and not self._by_parser_only:
            try:
                self.strings.extend(_plain_items(decoded(data)))
                return
            except NotUnderstood:
                pass
        self._parser.feed(data)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if name in self._names["si"]:
            self._item = []
        elif name in self._names["rPh"]:
            self._in_phonetic = True
        elif name in self._names["t"]:
            self._in_text = not self._in_phonetic

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in self._names["t"]:
            self._in_text = False
        elif name in self._names["rPh"]:
            self._in_phonetic = False
        elif name in self._names["si"]:
            self.strings.append(unescaped("".join(self._item)))

    def _text(self, data: str) -> None:
        if self._in_text:
            self._item.append(data)


def _plain_items(text: str) -> list[str]:
    """The strings of a run of plain items; the lengths prove that nothing lies between them."""
    items = _PLAIN.findall(text)
    preserved = text.count(_PRESERVE_TAG)
    if sum(map(len, items)) + len(items) * _PLAIN_LENGTH + preserved * len(_PRESERVE) != len(text):
        raise NotUnderstood
    if "&" in text:
        items = [resolved(item) if "&" in item else item for item in items]
    if "_x" in text:
        items = [unescaped(item) for item in items]
    return items
