"""How the stored text of an XLSX cell becomes a cell; both lanes of the reader use nothing else."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Callable, Sequence

from ...standard.cells import Cell, ErrorValue, Moment, Number
from ..dates import moment_of

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MEMORY = 100_000  # cells of one kind that are remembered before the memory starts afresh

Converter = Callable[[str], Cell]


class BadReference(ValueError):
    """A shared string that the file does not hold."""


class _Memory(dict):
    """Cells already made, by their text: what repeats in many rows is understood once."""

    def __init__(self, make: Converter) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _MEMORY:
            self.clear()
        cell = self[text] = self._make(text)
        return cell


class Values:
    """Turns stored text into cells for one workbook.

    Args:
        strings: the shared strings.
        dates: indexes of the cell styles that show dates.
        date1904: days count from 1904-01-01 instead of 1899-12-31.
    """

    def __init__(self, strings: Sequence[str], dates: frozenset[int], date1904: bool) -> None:
        self.strings = strings
        self._dates = dates
        self._date1904 = date1904
        self.number: Converter = _Memory(_number).__getitem__
        self.moment: Converter = _Memory(self._moment).__getitem__
        self._by_type: dict[str, Converter] = {
            "s": self.shared,
            "str": unescaped,
            "inlineStr": unescaped,
            "b": _boolean,
            "e": _error,
            "d": _Memory(_iso_moment).__getitem__,
        }

    def converter(self, kind: str, style: int) -> Converter:
        """What makes cells of a type attribute (empty or ``n``: a number) in a style."""
        if kind in ("", "n"):
            return self.moment if style in self._dates else self.number
        return self._by_type.get(kind, unescaped)

    def shared(self, text: str) -> Cell:
        """The shared string of an index, nothing for none; raises :class:`BadReference`."""
        index = text.strip()
        if not index:
            return None
        if not (index.isascii() and index.isdigit()) or int(index) >= len(self.strings):
            raise BadReference(text)
        return self.strings[int(index)]

    def _moment(self, text: str) -> Cell:
        number = _number(text)
        return Moment(number.text, moment_of(number.text, self._date1904)) if isinstance(number, Number) else number


def _number(text: str) -> Cell:
    text = text.strip()
    if not text:
        return None
    # What is no number although the cell says so is kept as the text it is.
    return Number(text) if _NUMBER.fullmatch(text) else text


def _boolean(text: str) -> Cell:
    text = text.strip()
    return {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE", "": None}.get(text, text)


def _error(text: str) -> Cell:
    return ErrorValue(text.strip())


def _iso_moment(text: str) -> Cell:
    text = text.strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.rstrip("Zz"))
    except ValueError:
        return text
    return Moment(text, moment.replace(tzinfo=None))


def unescaped(text: str) -> str:
    """Text with its ``_x000D_`` escapes resolved, as SpreadsheetML writes characters that XML has no way for."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match) -> str:
    code = int(match.group(1), 16)
    # Half of a surrogate pair is no character and could never be stored: it stays as it is written.
    return match.group(0) if 0xD800 <= code < 0xE000 else chr(code)
