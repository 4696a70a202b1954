"""Draws what people built: villages with lanes and roofs, the town, sheds, greenhouses and fish ponds."""

from __future__ import annotations

import math

import numpy as np
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from .brush import Canvas, Color, Cover
from .parcels import blocks, grid, inside, polygons, rectangle

TILE, DARK_TILE, RED_TILE = (116, 111, 106), (94, 90, 88), (150, 98, 78)
CONCRETE, LIGHT, BLUE, RUST = (198, 194, 186), (214, 211, 205), (88, 122, 158), (143, 116, 96)
WATERS = ((84, 98, 78), (97, 110, 84), (74, 92, 80), (108, 112, 90), (90, 104, 94))
TREES = ((58, 78, 44), (66, 88, 50), (74, 92, 54), (52, 72, 48), (84, 98, 60))
_HOUSES = (TILE, TILE, DARK_TILE, RED_TILE, CONCRETE, CONCRETE, LIGHT, BLUE, RUST)
_YARD = (164, 154, 136)


class Builder:
    """Paints built things on one canvas and keeps in mind where they stand, so that trees keep off."""

    def __init__(self, canvas: Canvas, rng: np.random.Generator) -> None:
        self.canvas = canvas
        self.rng = rng
        self.trees: list[tuple[float, float, float]] = []

    def settlement(self, x: float, y: float, reach: float) -> BaseGeometry:
        """The ground a village takes: a few overlapping patches about its centre."""
        turns = self.rng.uniform(0, 2 * math.pi, 7)
        away = reach * self.rng.uniform(0.25, 0.75, 7)
        spots = [Point(x + r * math.cos(a), y + r * math.sin(a)) for r, a in zip(away, turns)]
        patches = [spot.buffer(reach * self.rng.uniform(0.3, 0.5), 6) for spot in spots]
        return unary_union([Point(x, y).buffer(reach * 0.5, 6), *patches])

    def yards(self, outline: BaseGeometry) -> None:
        """Trodden ground under a village, green towards its edge."""
        self.canvas.ground(outline, Cover((112, 112, 78), 9.0))
        self.canvas.ground(outline.buffer(-9), Cover(_YARD, 10.0))

    def village(self, outline: BaseGeometry, angle: float, town: bool) -> None:
        """Lanes first, then houses row by row, some plots left to trees and gardens."""
        for patch in polygons(outline):
            self._lanes(patch, angle, 62.0 if town else 44.0)
            spots = grid(patch.buffer(-6), 15.5, 15.0 if town else 13.5, angle)
            centre = np.array([patch.centroid.x, patch.centroid.y])
            reach = math.sqrt(patch.area / math.pi)
            for x, y in sorted(spots, key=lambda spot: -spot[1]):
                built = 0.95 - 0.5 * (np.hypot(*(np.array([x, y]) - centre)) / reach) ** 2
                if self.rng.random() > max(built, 0.3):
                    self._garden(x, y)
                elif town and self.rng.random() < 0.14:
                    self._block(x, y, angle)
                else:
                    self._house(x, y, angle)

    def school(self, x: float, y: float, angle: float) -> None:
        """A running track about a green pitch, with the teaching building to the north."""
        ground = rectangle(x, y + 10, 130, 120, angle)
        self.canvas.fill(ground, (178, 172, 160))
        core = LineString([(x - 26, y - 12), (x + 26, y - 12)])
        self.canvas.fill(core.buffer(25), (154, 88, 72))
        for lane in (24.0, 22.6, 21.2, 19.8):
            self.canvas.line(LineString(core.buffer(lane).exterior.coords), 0.35, (226, 214, 206))
        self.canvas.fill(core.buffer(18), (92, 126, 66))
        for dx, dy, length in ((-20, 38, 70), (34, 56, 50)):
            self.canvas.roof(rectangle(x + dx, y + dy, length, 13, angle), angle, LIGHT, 12, gabled=False)

    def sheds(self, x: float, y: float, half: float, angle: float, roofs: int, lagoon: bool) -> Polygon:
        """A livestock yard with long sheds side by side; returns the yard."""
        yard = rectangle(x, y, 2.3 * half + 26, 2.0 * half + 22, angle)
        self.canvas.fill(yard, (176, 166, 148))
        self.canvas.line(LineString(yard.exterior.coords), 0.7, (206, 202, 194))
        length = 1.9 * half + 12
        color = (BLUE, LIGHT, (186, 190, 194), RUST)[int(self.rng.integers(0, 4))]
        step = min(2.0 * half / roofs + 6, 24)
        for number in range(roofs):
            off = (number - (roofs - 1) / 2) * step
            sx, sy = x - off * math.sin(angle), y + off * math.cos(angle)
            tone = _shifted(color, self.rng.normal(0, 5))
            shed = rectangle(sx, sy, length, min(step * 0.62, 13), angle)
            self.canvas.roof(shed, angle, tone, 4.5)
            self.canvas.line(LineString([_along(sx, sy, -length / 2, angle), _along(sx, sy, length / 2, angle)]), 0.9,
                             _shifted(tone, 26))
        if lagoon:
            px, py = _along(x, y, 1.15 * half + 28, angle)
            self.canvas.fill(rectangle(px, py, 22, 30, angle), (172, 160, 132))
            self.canvas.fill(rectangle(px, py, 17, 25, angle).buffer(-1).buffer(1), (62, 60, 50))
        self._silos(_along(x, y, -1.15 * half - 8, angle))
        self.hedge(yard.buffer(5), 8.0)
        return yard

    def greenhouses(self, outline: BaseGeometry, angle: float, film: str) -> None:
        """Rows of film tunnels in a field; a film is ``white`` or ``blue``, and some tunnels stand open."""
        for patch in polygons(outline):
            for off in self._offsets(patch, angle, 9.2):
                line = _ruled(off, angle)
                for piece in _lines(line.intersection(patch.buffer(-4.5))):
                    if piece.length > 14:
                        self._tunnel(piece, angle, film)

    def ponds(self, outline: Polygon, angle: float, area: float) -> None:
        """Fish ponds with pale banks, aerators and a hut, side by side in an outline."""
        self.canvas.fill(outline, (168, 158, 128))
        for block in blocks(outline, area, self.rng):
            water = block.shape.buffer(-3.4).buffer(1.8)
            if water.area < 300:
                continue
            self.canvas.fill(block.shape.buffer(-0.4), (128, 126, 88))
            self.canvas.fill(water.buffer(0.9), (150, 142, 112))
            tone = WATERS[int(self.rng.integers(0, len(WATERS)))]
            self.canvas.fill(water, tone)
            self.canvas.fill(water.buffer(-7), _shifted(tone, -7), 130)
            self._aerators(water)
            if self.rng.random() < 0.4:
                x, y = block.shape.exterior.coords[0]
                self.canvas.roof(rectangle(x, y, 7, 5, angle), angle, BLUE, 3)

    def tanks(self, outline: Polygon, angle: float) -> None:
        """Engineered culture: round tanks in rows beside a settling pond."""
        self.canvas.fill(outline, (186, 180, 166))
        for x, y in grid(outline.buffer(-6), 15, 15, angle):
            self.canvas.shadow(Point(x, y).buffer(6), 1.5)
            self.canvas.fill(Point(x, y).buffer(6), (206, 208, 206))
            self.canvas.fill(Point(x, y).buffer(5.3), (72, 104, 100))
            self.canvas.fill(Point(x, y).buffer(0.8), LIGHT)

    def hedge(self, outline: BaseGeometry, spacing: float) -> None:
        """Trees along an outline, with gaps."""
        for patch in polygons(outline):
            ring = patch.exterior
            for at in np.arange(0, ring.length, spacing):
                if self.rng.random() < 0.55:
                    spot = ring.interpolate(float(at))
                    self.tree(spot.x + self.rng.normal(0, 1.2), spot.y + self.rng.normal(0, 1.2), 2.6)

    def tree(self, x: float, y: float, radius: float) -> None:
        """Remember a tree; all are drawn at the end, from north to south."""
        self.trees.append((float(x), float(y), float(radius * np.exp(0.25 * self.rng.standard_normal()))))

    def plant(self, keep_off: BaseGeometry) -> None:
        """Draw the trees that stand on none of the things to keep off."""
        spots = np.array(self.trees)
        free = ~inside(keep_off, spots[:, :2])
        for x, y, radius in sorted(spots[free].tolist(), key=lambda tree: -tree[1]):
            color = TREES[int(self.rng.integers(0, len(TREES)))]
            self.canvas.crown(x, y, radius, _shifted(color, self.rng.normal(0, 4)))

    def _lanes(self, patch: Polygon, angle: float, spacing: float) -> None:
        for turn in (angle, angle + math.pi / 2):
            for off in self._offsets(patch, turn, spacing):
                for piece in _lines(_ruled(off, turn).intersection(patch)):
                    if piece.length > 30:
                        self.canvas.line(piece, 3.4, (190, 184, 172))

    def _offsets(self, patch: Polygon, angle: float, spacing: float) -> list[float]:
        corners = np.array(patch.exterior.coords)
        across = -corners[:, 0] * math.sin(angle) + corners[:, 1] * math.cos(angle)
        return np.arange(across.min() + spacing / 2, across.max(), spacing).tolist()

    def _house(self, x: float, y: float, angle: float) -> None:
        x, y = x + self.rng.normal(0, 0.9), y + self.rng.normal(0, 0.9)
        turn = angle + self.rng.normal(0, 0.03) + (math.pi / 2 if self.rng.random() < 0.12 else 0)
        color = _HOUSES[int(self.rng.integers(0, len(_HOUSES)))]
        color = _shifted(color, self.rng.normal(0, 9))
        length, width = self.rng.uniform(9, 13.2), self.rng.uniform(7.4, 9.6)
        storeys = 1 + int(self.rng.random() < 0.6) + int(self.rng.random() < 0.3)
        flat = sum(color) > 540
        self.canvas.roof(rectangle(x, y, length, width, turn), turn, color, 2.6 * storeys, gabled=not flat)
        if flat and self.rng.random() < 0.6:
            self.canvas.fill(rectangle(x + 2, y + 1.5, 3.2, 2.8, turn), (150, 146, 140))
        if self.rng.random() < 0.4:
            sx, sy = _along(x, y, -7.8, turn + math.pi / 2)
            self.canvas.roof(rectangle(sx, sy, 6, 3.4, turn), turn, TILE if self.rng.random() < 0.7 else RUST, 2.4)

    def _block(self, x: float, y: float, angle: float) -> None:
        """A building of four to six storeys, or a workshop under blue steel."""
        if self.rng.random() < 0.15:
            self.canvas.roof(rectangle(x, y, 30, 17, angle), angle, BLUE, 6)
        else:
            self.canvas.roof(rectangle(x, y, 27, 11, angle), angle, LIGHT, 15, gabled=False)
            self.canvas.fill(rectangle(x, y, 24.5, 8.5, angle), (178, 174, 168))

    def _garden(self, x: float, y: float) -> None:
        if self.rng.random() < 0.35:
            green = (98, 120, 66) if self.rng.random() < 0.7 else (128, 108, 82)
            self.canvas.fill(rectangle(x, y, 11, 9, self.rng.normal(0, 0.2)), green)
        for _ in range(int(self.rng.integers(1, 4))):
            self.tree(x + self.rng.normal(0, 4.5), y + self.rng.normal(0, 4.5), 2.9)

    def _silos(self, spot: tuple[float, float]) -> None:
        for number in range(int(self.rng.integers(1, 3))):
            tower = Point(spot[0] + 4.5 * number, spot[1]).buffer(1.7)
            self.canvas.shadow(tower, 6)
            self.canvas.fill(tower, (224, 224, 220))

    def _tunnel(self, line: LineString, angle: float, film: str) -> None:
        shape = line.buffer(3.7, cap_style=2)
        bare = self.rng.random() < 0.08
        tone: Color = (208, 211, 210) if film == "white" else (156, 182, 198)
        tone = (132, 132, 98) if bare else _shifted(tone, self.rng.normal(0, 5))
        self.canvas.shadow(shape, 2.2, 90)
        self.canvas.fill(shape, tone)
        north = line.parallel_offset(1.9, "left" if math.cos(angle) > 0 else "right")
        self.canvas.line(north, 3.2, tuple(int(v * 0.84) for v in tone), 190)
        self.canvas.line(line, 0.7, _shifted(tone, 22), 170)

    def _aerators(self, water: Polygon) -> None:
        west, south, east, north = water.bounds
        for _ in range(int(water.area / 1600) + 1):
            spot = Point(self.rng.uniform(west, east), self.rng.uniform(south, north))
            if water.buffer(-5).contains(spot):
                self.canvas.fill(spot.buffer(1.3), (228, 232, 230))
                self.canvas.fill(spot.buffer(3.4), (200, 210, 204), 70)


def _shifted(color: Color, by: float) -> Color:
    """A colour so much brighter."""
    red, green, blue = (int(min(max(value + by, 0), 255)) for value in color)
    return red, green, blue


def _along(x: float, y: float, distance: float, angle: float) -> tuple[float, float]:
    return x + distance * math.cos(angle), y + distance * math.sin(angle)


def _ruled(offset: float, angle: float) -> LineString:
    """A line across the whole picture along ``angle``, so many metres left of the centre."""
    middle = np.array([-math.sin(angle), math.cos(angle)]) * offset
    way = np.array([math.cos(angle), math.sin(angle)]) * 3_000
    return LineString([middle - way, middle + way])


def _lines(shape: BaseGeometry) -> list[LineString]:
    if isinstance(shape, LineString):
        return [] if shape.is_empty else [shape]
    return [part for member in getattr(shape, "geoms", ()) for part in _lines(member)]
