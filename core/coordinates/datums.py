"""Moves points between CGCS2000/WGS84 and the shifted systems of Chinese map services, GCJ-02 and BD-09.

Longitude comes first, degrees throughout, NumPy arrays of any one shape (or anything that becomes one) in, new
float64 arrays of that shape out. WGS84 counts as equal to CGCS2000 at this use's accuracy.

The formulas are those known from the public reconstructions of both systems, checked against the vectors of
eviltransform (go/transform_test.go, BSD-2-Clause) and gcoord (test/fixtures, MIT). The reconstruction itself agrees
with the services to about a metre, so a converted point is approximate.
"""

from __future__ import annotations

from typing import Callable, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..standard.errors import OriginMapError
from .datum_names import SECRET, Datum, datum_named

__all__ = [
    "Datum",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "convert",
    "datum_named",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "inside_shift",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
]

#: Krassowsky's ellipsoid, which GCJ-02 computes with: semi-major axis in metres, first eccentricity squared.
_A = 6378245.0
_EE = 0.00669342162296594323
#: The box outside of which nothing is shifted, degrees.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
#: One step of the inverse leaves 0.3 % of GCJ-02's error of 600 m and 2 % of BD-09's of 40 m.
_GCJ02_STEPS = 3
_BD09_STEPS = 4
#: Points per round: a round's dozen arrays stay in the processor's cache.
_CHUNK = 8192

_Pair = tuple[np.ndarray, np.ndarray]
_Step = Callable[[np.ndarray, np.ndarray], _Pair]


def convert(longitude: ArrayLike, latitude: ArrayLike, source: Datum, target: Datum) -> _Pair:
    """Points from one datum into another.

    Raises:
        OriginMapError: Xian 1980 or Beijing 1954 is asked for; their parameters are state secrets.
    """
    for datum in (source, target):
        if datum in SECRET:
            raise OriginMapError("DATUM_REFUSED", datum=datum.value)
    steps = [*_TO_WGS84[source], *_FROM_WGS84[target]]
    if source in _SHIFTED and target in _SHIFTED:
        steps = [_BETWEEN[source, target]] if source is not target else []
    return _by_chunk(longitude, latitude, steps)


def wgs84_to_gcj02(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """WGS84 or CGCS2000 into GCJ-02."""
    return _by_chunk(longitude, latitude, [_gcj02_from_wgs84])


def gcj02_to_wgs84(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """GCJ-02 into WGS84, the exact inverse to well under a millimetre."""
    return _by_chunk(longitude, latitude, [_wgs84_from_gcj02])


def gcj02_to_bd09(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """GCJ-02 into BD-09."""
    return _by_chunk(longitude, latitude, [_bd09_from_gcj02])


def bd09_to_gcj02(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """BD-09 into GCJ-02, the exact inverse to well under a millimetre."""
    return _by_chunk(longitude, latitude, [_gcj02_from_bd09])


def wgs84_to_bd09(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """WGS84 or CGCS2000 into BD-09."""
    return _by_chunk(longitude, latitude, [_gcj02_from_wgs84, _bd09_from_gcj02])


def bd09_to_wgs84(longitude: ArrayLike, latitude: ArrayLike) -> _Pair:
    """BD-09 into WGS84."""
    return _by_chunk(longitude, latitude, [_gcj02_from_bd09, _wgs84_from_gcj02])


def inside_shift(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Where the services shift: True inside the box, False outside of it and for NaN."""
    return (longitude >= _WEST) & (longitude <= _EAST) & (latitude >= _SOUTH) & (latitude <= _NORTH)


def _by_chunk(longitude: ArrayLike, latitude: ArrayLike, steps: list[_Step]) -> _Pair:
    """Run the steps over pieces that fit the cache; points outside the box come out as they went in."""
    east, north = np.broadcast_arrays(np.asarray(longitude, float), np.asarray(latitude, float))
    shape = east.shape
    east, north = east.flatten(), north.flatten()
    if steps:
        for start in range(0, east.size, _CHUNK):
            piece = slice(start, start + _CHUNK)
            x, y = east[piece], north[piece]
            inside = inside_shift(x, y)
            if inside.all():
                east[piece], north[piece] = _through(steps, x, y)
            elif inside.any():
                x[inside], y[inside] = _through(steps, x[inside], y[inside])
    return east.reshape(shape), north.reshape(shape)


def _through(steps: list[_Step], x: np.ndarray, y: np.ndarray) -> _Pair:
    for step in steps:
        x, y = step(x, y)
    return x, y


class _Waves(NamedTuple):
    """The sines of the shift's model: of πx/30, πx/12, πx/3 and πx, and the cosine of πx."""

    slowest: np.ndarray
    slow: np.ndarray
    middle: np.ndarray
    fast: np.ndarray
    fast_cosine: np.ndarray


def _waves(degrees: np.ndarray) -> _Waves:
    """All sines from one sine and one cosine of πx/60 by the formulas for sums, doubles and triples of an angle.

    Seven sines become two and some multiplications; at 105° ± 33° the rounding stays below 1e-12.
    """
    angle = degrees * (np.pi / 60.0)
    s1, c1 = np.sin(angle), np.cos(angle)
    s2, c2 = 2.0 * s1 * c1, 1.0 - 2.0 * s1 * s1
    s4, c4 = 2.0 * s2 * c2, 1.0 - 2.0 * s2 * s2
    s5, c5 = s4 * c1 + c4 * s1, c4 * c1 - s4 * s1
    s10, c10 = 2.0 * s5 * c5, 1.0 - 2.0 * s5 * s5
    s20, c20 = 2.0 * s10 * c10, 1.0 - 2.0 * s10 * s10
    s60, c60 = s20 * (3.0 - 4.0 * s20 * s20), c20 * (4.0 * c20 * c20 - 3.0)
    return _Waves(s2, s5, s20, s60, c60)


def _gcj02_shift(longitude: np.ndarray, latitude: np.ndarray) -> _Pair:
    """How far GCJ-02 moves a point, degrees: a polynomial and waves in metres, over the ellipsoid's radii."""
    x, y = longitude - 105.0, latitude - 35.0
    in_x, in_y = _waves(x), _waves(y)
    s120 = 2.0 * in_x.fast * in_x.fast_cosine
    ripple = (20.0 * s120) * (4.0 - 4.0 * s120 * s120)  # 20 sin 2πx + 20 sin 6πx
    root, xy = np.sqrt(np.abs(x)), x * y
    north = -100.0 + x * 2.0 + y * 3.0 + 0.2 * y * y + 0.1 * xy + 0.2 * root
    north += (2.0 / 3.0) * (ripple + 20.0 * in_y.fast + 40.0 * in_y.middle + 160.0 * in_y.slow + 320.0 * in_y.slowest)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * xy + 0.1 * root
    east += (2.0 / 3.0) * (ripple + 20.0 * in_x.fast + 40.0 * in_x.middle + 150.0 * in_x.slow + 300.0 * in_x.slowest)
    phi = latitude * (np.pi / 180.0)
    sine, cosine = np.sin(phi), np.cos(phi)
    magic = 1.0 - _EE * sine * sine
    root_magic = np.sqrt(magic)
    north *= (180.0 / np.pi / (_A * (1.0 - _EE))) * magic * root_magic
    east *= (180.0 / np.pi / _A) * root_magic / cosine
    return east, north


def _gcj02_from_wgs84(longitude: np.ndarray, latitude: np.ndarray) -> _Pair:
    east, north = _gcj02_shift(longitude, latitude)
    return longitude + east, latitude + north


def _wgs84_from_gcj02(longitude: np.ndarray, latitude: np.ndarray) -> _Pair:
    """Fixed point of p = q − shift(p): the shift changes so slowly that three steps reach micrometres."""
    x, y = longitude, latitude
    for _ in range(_GCJ02_STEPS):
        east, north = _gcj02_shift(x, y)
        x, y = longitude - east, latitude - north
    return x, y


#: BD-09's waves: radians per degree.
_BD09_WAVE = np.pi * 3000.0 / 180.0


def _bd09_from_gcj02(x: np.ndarray, y: np.ndarray) -> _Pair:
    """A stretch and a turn about the origin, both rippling, and an offset.

    The turn is at most 3e-6 rad, so its sine is the angle and its cosine 1 − half its square to the last bit.
    """
    stretch = 1.0 + 0.00002 * np.sin(y * _BD09_WAVE) / np.sqrt(x * x + y * y)
    turn = 0.000003 * np.cos(x * _BD09_WAVE)
    keep = 1.0 - 0.5 * turn * turn
    return stretch * (x * keep - y * turn) + 0.0065, stretch * (y * keep + x * turn) + 0.006


def _gcj02_from_bd09(longitude: np.ndarray, latitude: np.ndarray) -> _Pair:
    x, y = longitude - 0.0065, latitude - 0.006
    for _ in range(_BD09_STEPS):
        east, north = _bd09_from_gcj02(x, y)
        x, y = x + (longitude - east), y + (latitude - north)
    return x, y


_SHIFTED = frozenset({Datum.GCJ02, Datum.BD09})
_TO_WGS84: dict[Datum, list[_Step]] = {
    Datum.CGCS2000: [],
    Datum.WGS84: [],
    Datum.GCJ02: [_wgs84_from_gcj02],
    Datum.BD09: [_gcj02_from_bd09, _wgs84_from_gcj02],
}
_FROM_WGS84: dict[Datum, list[_Step]] = {
    Datum.CGCS2000: [],
    Datum.WGS84: [],
    Datum.GCJ02: [_gcj02_from_wgs84],
    Datum.BD09: [_gcj02_from_wgs84, _bd09_from_gcj02],
}
_BETWEEN: dict[tuple[Datum, Datum], _Step] = {
    (Datum.GCJ02, Datum.BD09): _bd09_from_gcj02,
    (Datum.BD09, Datum.GCJ02): _gcj02_from_bd09,
}
