"""A finding: what is wrong or worth knowing at one place of a record or file, and what to do about it."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Mapping

from .messages import Message, message


class Level(str, Enum):
    """How much a finding weighs: an error keeps the row out, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One finding.

    ``field`` is the name of the field in the standard, empty when it concerns the whole row or file;
    ``row`` is the file's own row (from 1), 0 when it is not about a row; ``proposal`` is a value that
    would repair it, never applied unless a person says so.
    """

    level: Level
    code: str
    field: str = ""
    row: int = 0
    sheet: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    proposal: str = ""

    def message(self, language: str = "zh") -> Message:
        """Title, sentence and advice in ``zh`` or ``en``."""
        return message(self.code, language, {"row": self.row, "sheet": self.sheet, **self.params})
