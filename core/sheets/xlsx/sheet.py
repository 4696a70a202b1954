"""The rows of one sheet part: the fast lane takes what it understands, the parser the head, the tail and all the rest.

Both lanes share one parser: what the fast lane takes, the parser never sees, and it goes on as if those rows were not
there. So nothing is read twice and nothing is lost, and the parser still judges the document as a whole.
"""

from __future__ import annotations

import zipfile
from typing import Iterator, Optional

from ...standard.cells import Cell
from ..errors import corrupt
from .careful import SheetParser
from .fast import CUT, FastLane
from .markup import NotUnderstood, decoded
from .package import Package
from .values import BadReference, Values

_ROW_END = b"</row>"
_ROWS_BEGIN = b"<sheetData>"
_TEXT_ROW_END = "</row>"
_LONGEST_WAIT = 32 << 20  # bytes; where nothing ends for so long, the parser reads alone
# Cuts are set inside the tags that values stand in, so that the tags stay part of the skeleton.
_CUTS = (
    ("<v>", f"<v>{CUT}"),
    ("</v>", f"{CUT}</v>"),
    ("<t>", f"<t>{CUT}"),
    ('<t xml:space="preserve">', f'<t xml:space="preserve">{CUT}'),
    ("</t>", f"{CUT}</t>"),
)

Row = tuple[int, list[Cell]]


class SheetReader:
    """Reads one sheet.

    Args:
        package: the open file.
        part: the sheet's part.
        sheet: its name, for errors.
        values: makes cells of stored text.
        fast: whether the fast lane may be used; without it the parser reads everything.

    Attributes:
        progress: the share of the part's bytes that is read, 0 to 1.
    """

    def __init__(self, package: Package, part: zipfile.ZipInfo, sheet: str, values: Values, fast: bool = True) -> None:
        self.progress = 0.0
        self._package, self._part, self._sheet, self._values = package, part, sheet, values
        self._parser = SheetParser(package.path, part, sheet, values)
        self._lane: Optional[FastLane] = None
        self._fast = fast

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything, in the order of the file.

        Raises:
            SheetError: ``CORRUPT``, ``XML_FORBIDDEN``, ``TOO_LARGE``, ``ENCRYPTED``.
        """
        rest = b""
        count = 0
        for data in self._package.chunks(self._part):
            count += len(data)
            self.progress = count / self._part.file_size
            rest = self._advance(rest + data)
            yield from self._drained()
        self._parser.feed(rest, final=True)
        yield from self._drained()

    def _drained(self) -> list[Row]:
        rows, self._parser.rows = self._parser.rows, []
        return rows

    def _advance(self, data: bytes) -> bytes:
        """Read as far as rows end; what is left over is given back."""
        if not self._fast:
            self._parser.feed(data)
            return b""
        if self._lane is None:
            return self._open_lane(data)
        cut = data.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            self._take_rows(data[:cut])
            return data[cut:]
        return self._waiting(data)

    def _open_lane(self, data: bytes) -> bytes:
        begin = data.find(_ROWS_BEGIN)
        if begin < 0:
            return self._waiting(data)
        end = begin + len(_ROWS_BEGIN)
        self._parser.feed(data[:end])
        self._lane = FastLane(self._values, self._parser.prefixes)
        # The parser has the last word on whether these really are the rows.
        self._fast = self._parser.at_rows and self._parser.parser.is_utf8
        return self._advance(data[end:])

    def _waiting(self, data: bytes) -> bytes:
        self._fast = len(data) < _LONGEST_WAIT
        return data if self._fast else self._advance(data)

    def _take_rows(self, data: bytes) -> None:
        """Read whole rows by the fast lane, each that it does not understand by the parser."""
        try:
            text = decoded(data)
        except NotUnderstood:
            self._give_to_parser(data)
            return
        special = "&" in text or "_x" in text
        pieces = _cut(text).split(_TEXT_ROW_END)
        for index, piece in enumerate(pieces[:-1]):
            if not self._take_row(piece, special):
                self._give_to_parser(_uncut(piece + _TEXT_ROW_END))
                if not self._fast:
                    self._parser.feed(_uncut(_TEXT_ROW_END.join(pieces[index + 1 :])))
                    return

    def _take_row(self, piece: str, special: bool) -> bool:
        lane, parser = self._lane, self._parser
        try:
            number, cells = lane.row(piece, special)  # type: ignore[union-attr]  # rows are taken by an open lane only
        except NotUnderstood:
            return False
        except BadReference as error:
            raise corrupt(self._package.path, "REASON_SHEET", str(error), sheet=self._sheet) from error
        parser.row_number = number
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            parser.rows.append((number, cells))
        return True

    def _give_to_parser(self, data: bytes) -> None:
        self._parser.feed(data)
        # A comment may hide what looks like rows: from the first one on the parser reads alone.
        self._fast = self._parser.at_rows and b"<!" not in data and b"<?" not in data


def _cut(text: str) -> str:
    for tag, cut in _CUTS:
        text = text.replace(tag, cut)
    return text


def _uncut(text: str) -> bytes:
    return text.replace(CUT, "").encode("utf-8")
