"""A place that a person gave, however they gave it: what all ways of placing hand on."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.register.editing import PointHow
from ...core.register.rows import Position


@dataclass(frozen=True)
class Placed:
    """Longitude and latitude (CGCS2000 degrees), how they came about, and what the person should know about them."""

    position: Position
    how: PointHow
    warning: str = ""
