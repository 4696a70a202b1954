"""Cuts farmland into blocks and blocks into the narrow strips that families till, in metres of a plane."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from shapely import affinity, contains_xy, prepare
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

_TRACK = 1.3  # half the width of the way between two blocks
_BUND = 0.3  # half the width of the ridge between two strips
_SLIVER = 60.0  # square metres below which nobody tills


@dataclass(frozen=True)
class Block:
    """A field block and the direction of its longer side, in radians from the x axis."""

    shape: Polygon
    angle: float


def blocks(land: BaseGeometry, area: float, rng: np.random.Generator) -> list[Block]:
    """Cut land into blocks of about ``area`` square metres, each across its longer side, with a track between."""
    result: list[Block] = []
    pending = polygons(land)
    while pending:
        piece = pending.pop()
        if piece.area < area * rng.uniform(0.6, 1.5):
            result += [Block(part, direction(part)) for part in polygons(piece.buffer(-_TRACK)) if part.area > _SLIVER]
        else:
            pending += _halves(piece, rng)
    return result


def strips(block: Block, width: float, rng: np.random.Generator) -> list[Polygon]:
    """The block's strips, about ``width`` metres wide, side by side across its longer side."""
    centre = block.shape.centroid
    turned = affinity.rotate(block.shape, -block.angle, origin=centre, use_radians=True)
    west, south, east, north = turned.bounds
    result: list[Polygon] = []
    start = west
    while start < east:
        end = start + width * float(np.exp(0.35 * rng.standard_normal()))
        end = east if east - end < 0.5 * width else end
        lean = rng.normal(0, 0.6)
        band = Polygon([(start, south), (end + lean, south), (end - lean, north), (start, north)])
        for part in polygons(turned.intersection(band).buffer(-_BUND)):
            if part.area > _SLIVER:
                result.append(affinity.rotate(part, block.angle, origin=centre, use_radians=True))
        start = end
    return result


def rectangle(x: float, y: float, length: float, width: float, angle: float) -> Polygon:
    """A rectangle about a centre, its length along ``angle`` (radians)."""
    plain = box(x - length / 2, y - width / 2, x + length / 2, y + width / 2)
    return affinity.rotate(plain, angle, origin=(x, y), use_radians=True)


def grid(outline: BaseGeometry, along: float, across: float, angle: float) -> list[tuple[float, float]]:
    """Points of a turned grid inside an outline, ``along`` and ``across`` metres apart."""
    if outline.is_empty:
        return []
    centre = outline.centroid
    turned = affinity.rotate(outline, -angle, origin=centre, use_radians=True)
    west, south, east, north = turned.bounds
    x, y = np.meshgrid(np.arange(west + along / 2, east, along), np.arange(south + across / 2, north, across))
    cosine, sine = math.cos(angle), math.sin(angle)
    dx, dy = x.ravel() - centre.x, y.ravel() - centre.y
    spots = np.column_stack([centre.x + cosine * dx - sine * dy, centre.y + sine * dx + cosine * dy])
    return [tuple(spot) for spot in spots[inside(outline, spots)].tolist()]


def inside(shape: BaseGeometry, spots: np.ndarray) -> np.ndarray:
    """Which of the points (n, 2) lie in a shape."""
    prepare(shape)
    return contains_xy(shape, spots[:, 0], spots[:, 1])


def direction(shape: BaseGeometry) -> float:
    """Direction of the longer side of the smallest rectangle around a shape, in radians."""
    corners = np.array(shape.minimum_rotated_rectangle.exterior.coords)
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    side = first if np.hypot(*first) >= np.hypot(*second) else second
    return math.atan2(side[1], side[0])


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons a shape is made of."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    if isinstance(shape, MultiPolygon) or hasattr(shape, "geoms"):
        return [part for member in shape.geoms for part in polygons(member)]
    return []


def _halves(piece: Polygon, rng: np.random.Generator) -> list[Polygon]:
    """Both sides of a cut across the longer side, somewhere about the middle and not quite square."""
    angle = direction(piece) + rng.normal(0, 0.05)
    centre = piece.minimum_rotated_rectangle.centroid
    turned = affinity.rotate(piece, -angle, origin=centre, use_radians=True)
    west, south, east, north = turned.bounds
    cut = west + (east - west) * rng.uniform(0.38, 0.62)
    sides = (box(west - 1, south - 1, cut, north + 1), box(cut, south - 1, east + 1, north + 1))
    return [
        affinity.rotate(part, angle, origin=centre, use_radians=True)
        for side in sides
        for part in polygons(turned.intersection(side))
        if part.area > _SLIVER
    ]
