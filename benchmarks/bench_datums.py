"""Measures GCJ-02 → WGS84 and reading coordinate texts against what a user would take instead, as ratios.

Run ``python benchmarks/bench_datums.py [points]``. Both sides run in turn, three times or more; the median of the
ratios counts, since machines are shared. The peer of the conversion is written here: the usual loop over points that
every public snippet has, with the three steps that make its inverse exact.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from pathlib import Path
from typing import Callable

import numpy as np
from harness import register_package

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3


def shift_of_one_point(longitude: float, latitude: float) -> tuple[float, float]:
    """GCJ-02's shift in degrees with ``math``, term by term."""
    x, y = longitude - 105.0, latitude - 35.0
    sin, pi = math.sin, math.pi
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = latitude / 180.0 * pi
    magic = 1.0 - 0.00669342162296594323 * sin(phi) ** 2
    root = math.sqrt(magic)
    north = north * 180.0 / (6378245.0 * (1.0 - 0.00669342162296594323) / (magic * root) * pi)
    east = east * 180.0 / (6378245.0 / root * math.cos(phi) * pi)
    return east, north


def loop_over_points(longitudes: list[float], latitudes: list[float]) -> list[tuple[float, float]]:
    """The peer: each point by itself, three steps."""
    moved = []
    for longitude, latitude in zip(longitudes, latitudes):
        x, y = longitude, latitude
        for _ in range(3):
            east, north = shift_of_one_point(x, y)
            x, y = longitude - east, latitude - north
        moved.append((x, y))
    return moved


def loop_over_texts(texts: list[str]) -> list[tuple[float, float]]:
    """The least a script does with ``lon,lat``: split and make numbers, nothing checked."""
    return [(float(east), float(north)) for east, north in (text.split(",") for text in texts)]


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def _report(title: str, peer: Callable[[], object], ours: Callable[[], object]) -> None:
    """Both in turn, so that a busy minute hits both."""
    pairs = [(_seconds(peer), _seconds(ours)) for _ in range(ROUNDS)]
    ratio = statistics.median(theirs / mine for theirs, mine in pairs)
    theirs, mine = (statistics.median(side) for side in zip(*pairs))
    print(f"{title}: {ratio:.2f} x as fast (peer {theirs:.3f} s, ours {mine:.3f} s)")


def main(count: int) -> None:
    register_package()
    from originmap.core.coordinates.datums import gcj02_to_wgs84, wgs84_to_gcj02
    from originmap.core.coordinates.parse import parse_coordinates

    random = np.random.default_rng(20231001)
    x, y = random.uniform(73.5, 135.0, count), random.uniform(3.5, 53.5, count)
    shifted = wgs84_to_gcj02(x, y)
    back = gcj02_to_wgs84(*shifted)
    error = np.hypot((back[0] - x) * 111_320 * np.cos(np.radians(y)), (back[1] - y) * 111_320).max()
    print(f"{count} points, largest residual of the inverse {error * 1000:.4f} mm")
    lists = shifted[0].tolist(), shifted[1].tolist()
    _report("GCJ-02 to WGS84", lambda: loop_over_points(*lists), lambda: gcj02_to_wgs84(*shifted))

    texts = [f"{east:.6f},{north:.6f}" for east, north in zip(x, y)]
    read = parse_coordinates
    _report(
        "decimal texts, checked, against split and float", lambda: loop_over_texts(texts), lambda: [*map(read, texts)]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
