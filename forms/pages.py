"""The pages of the panel, by name."""

from __future__ import annotations

from enum import Enum


class Page(Enum):
    """A page, in the order of the tabs."""

    START = "start"
    COLLECT = "collect"
    QUEUE = "queue"
    REVIEW = "review"
    ONE_MAP = "one_map"
    QUALITY = "quality"
