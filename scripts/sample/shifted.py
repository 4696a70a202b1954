"""Where a phone's map shows a place: GCJ-02, written anew so that the plugin's conversion is held against it."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323


def as_phone_shows(longitude: float, latitude: float) -> tuple[float, float]:
    """GCJ-02 longitude and latitude in degrees of a place given in CGCS2000; the formula is the published one."""
    x, y = longitude - 105.0, latitude - 35.0
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    root = 1 - _ECCENTRICITY * sin(latitude / 180 * pi) ** 2
    north = north * 180 / (_AXIS * (1 - _ECCENTRICITY) / (root * sqrt(root)) * pi)
    east = east * 180 / (_AXIS / sqrt(root) * cos(latitude / 180 * pi) * pi)
    return longitude + east, latitude + north
