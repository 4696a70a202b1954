"""The error that everything which reads a workbook raises: a finding code, the file, and what exactly is wrong."""

from __future__ import annotations

from pathlib import Path

from ..standard.errors import OriginMapError
from ..standard.messages import Phrase, message


class SheetError(OriginMapError):
    """A file that cannot be read or must not be: its code stands in the list of finding codes.

    The parameters always hold ``file`` (the name without its folder), and ``reason`` where the code has several.
    """


class TableError(SheetError):
    """A sheet whose heading does not do; the sentence begins with ``file`` and ``sheet``."""

    def sentence(self, language: str = "zh") -> str:
        """Where it is, what is wrong there and what to do next."""
        return message("IN_SHEET", language, self.params).text + super().sentence(language)


def corrupt(path: Path, reason: str, details: str = "", **params: object) -> SheetError:
    """The refusal of a damaged file; ``reason`` is the code of the phrase that says what is damaged."""
    return SheetError("CORRUPT", details, file=path.name, reason=Phrase(reason), **params)
