"""What an import is at, for whoever shows it to a person."""

from __future__ import annotations

from enum import Enum
from typing import Callable


class Stage(str, Enum):
    """What is being done; ``FINDINGS`` comes behind the import, from whoever writes its findings workbook."""

    OPENING = "opening"
    ROWS = "rows"
    CLOSING = "closing"
    FINDINGS = "findings"


# Called with the stage and how many rows are through, from the thread that imports.
Reached = Callable[[Stage, int], None]


def nobody(stage: Stage, rows: int) -> None:
    """Nobody wants to know."""
