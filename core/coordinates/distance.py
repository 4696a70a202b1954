"""How far two points lie apart, without a projection."""

from __future__ import annotations

import math

METRES_PER_DEGREE = 111_320.0


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two near points (longitude, latitude in degrees) in metres, on a sphere flattened around them."""
    middle = math.radians((one[1] + other[1]) / 2)
    return math.hypot((one[0] - other[0]) * math.cos(middle), one[1] - other[1]) * METRES_PER_DEGREE
