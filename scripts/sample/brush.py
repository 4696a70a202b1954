"""Paints shapes of the plane as seen from above: fields with their rows by NumPy, the rest by Qt's painter."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen
from shapely import affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from .parcels import polygons

Color = tuple[int, int, int]

# The sun stands in the south-east; a thing one metre high throws its shadow this far, in metres east and north.
_SHADOW = (-0.62, 0.48)


@dataclass(frozen=True)
class Cover:
    """How ground looks: colour, how blotchy it is, and its rows (period in metres, strength, direction)."""

    color: Color
    mottle: float = 5.0
    period: float = 0.0
    strength: float = 0.0
    angle: float = 0.0


class Canvas:
    """A picture of a square of the plane about its centre (0, 0); ``pixel`` metres on a side each."""

    def __init__(self, size: float, pixel: float) -> None:
        self.pixel = pixel
        self.half = size / 2
        self.count = round(size / pixel)
        self._covers: list[Cover] = []
        self._numbers = self._image()
        self._painter = QPainter(self._numbers)

    def ground(self, shape: BaseGeometry, cover: Cover) -> None:
        """Lay a cover over a shape; what is laid later lies on top. Ends with :meth:`render_ground`."""
        self._covers.append(cover)
        number = len(self._covers)
        self._fill(shape, QColor(number >> 16, number >> 8 & 255, number & 255))

    def render_ground(self, base: Color, noise: np.ndarray) -> None:
        """Turn the covers into colour; ``noise`` is a field of the picture's shape, zero mean, unit spread."""
        self._painter.end()
        numbers = (_pixels(self._numbers) & 0xFFFFFF).astype(np.int32)
        covers = [Cover(base, 7.0), *self._covers]
        spots = (np.arange(self.count, dtype=np.float32) + 0.5) * self.pixel
        table = np.array([(c.mottle, c.strength, math.cos(c.angle), math.sin(c.angle)) for c in covers], np.float32)
        turns = np.array([2 * math.pi / c.period if c.period else 0.0 for c in covers], np.float32)
        # Rows run along the angle, so the wave runs across it; a little noise keeps them from being ruled lines.
        across = spots[None, :] * -table[:, 3][numbers] + -spots[:, None] * table[:, 2][numbers]
        wave = np.sin(across * turns[numbers] + 0.5 * noise) * table[:, 1][numbers]
        value = wave + noise * table[:, 0][numbers]
        colors = np.array([c.color for c in covers], np.float32)
        picture = np.stack([colors[:, band][numbers] + value for band in range(3)], axis=-1)
        self._picture = self._image()
        _pixels(self._picture)[:] = _packed(picture)
        self._painter = QPainter(self._picture)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def fill(self, shape: BaseGeometry, color: Color, alpha: int = 255) -> None:
        """Fill a shape with one colour."""
        self._fill(shape, QColor(*color, alpha))

    def line(self, line: LineString, width: float, color: Color, alpha: int = 255) -> None:
        """Draw a line so many metres wide."""
        pen = QPen(QColor(*color, alpha), width / self.pixel)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(pen)
        path = QPainterPath(self._point(*line.coords[0][:2]))
        for x, y in line.coords[1:]:
            path.lineTo(self._point(x, y))
        self._painter.drawPath(path)

    def shadow(self, shape: BaseGeometry, height: float, alpha: int = 105) -> None:
        """Darken what lies in the shadow of a thing so many metres high."""
        moved = affinity.translate(shape, _SHADOW[0] * height, _SHADOW[1] * height)
        whole = shape.union(moved).convex_hull if shape.area < 4000 else shape.union(moved)
        self._fill(whole, QColor(18, 22, 30, alpha))

    def roof(self, shape: Polygon, angle: float, color: Color, height: float, gabled: bool = True) -> None:
        """A roof along ``angle`` with its shadow; a gabled one is brighter on the side towards the sun."""
        self.shadow(shape, height)
        self.fill(shape, color)
        if gabled:
            x, y = shape.centroid.x, shape.centroid.y
            far = 200.0
            side = Polygon([
                (x - far * math.cos(angle), y - far * math.sin(angle)),
                (x + far * math.cos(angle), y + far * math.sin(angle)),
                (x + far * (math.cos(angle) - math.sin(angle)), y + far * (math.sin(angle) + math.cos(angle))),
                (x - far * (math.cos(angle) + math.sin(angle)), y - far * (math.sin(angle) - math.cos(angle))),
            ])
            self.fill(shape.intersection(side), tuple(int(v * 0.8) for v in color))

    def crown(self, x: float, y: float, radius: float, color: Color) -> None:
        """A tree from above: shadow, crown, and the side that the sun is on."""
        r = radius / self.pixel
        spot = self._point(x, y)
        self._painter.setPen(Qt.PenStyle.NoPen)
        dark = QPointF(spot.x() + _SHADOW[0] * r * 1.3, spot.y() - _SHADOW[1] * r * 1.3)
        light = QPointF(spot.x() + 0.28 * r, spot.y() + 0.24 * r)
        lit = tuple(min(255, int(v * 1.28) + 4) for v in color)
        for centre, size, shade in (
            (dark, r, QColor(16, 22, 24, 120)), (spot, r, QColor(*color)), (light, 0.55 * r, QColor(*lit)),
        ):
            self._painter.setBrush(QBrush(shade))
            self._painter.drawEllipse(centre, size, size * 0.93)

    def array(self) -> np.ndarray:
        """The picture so far (rows, columns, 3) as float32; the painting ends."""
        self._painter.end()
        packed = _pixels(self._picture)
        return np.stack([(packed >> shift & 255).astype(np.float32) for shift in (16, 8, 0)], axis=-1)

    def _image(self) -> QImage:
        image = QImage(self.count, self.count, QImage.Format.Format_RGB32)
        image.fill(0)
        return image

    def _point(self, x: float, y: float) -> QPointF:
        return QPointF((x + self.half) / self.pixel, (self.half - y) / self.pixel)

    def _fill(self, shape: BaseGeometry, color: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QBrush(color))
        for polygon in polygons(shape):
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in (polygon.exterior, *polygon.interiors):
                points = [self._point(x, y) for x, y in ring.coords]
                path.moveTo(points[0])
                for point in points[1:]:
                    path.lineTo(point)
                path.closeSubpath()
            self._painter.drawPath(path)


def _pixels(image: QImage) -> np.ndarray:
    """The image's own memory as 0xffRRGGBB numbers (rows, columns)."""
    bits = image.bits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint32).reshape(image.height(), image.width())


def _packed(picture: np.ndarray) -> np.ndarray:
    bands = np.clip(picture, 0, 255).astype(np.uint32)
    return 0xFF000000 | bands[..., 0] << 16 | bands[..., 1] << 8 | bands[..., 2]
