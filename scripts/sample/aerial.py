"""A synthetic aerial picture of one township: strips of field, ponds, sheds and villages where the sample has them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr
from shapely import affinity, from_wkb, transform
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, unary_union
from shapely.strtree import STRtree

from .brush import Canvas, Cover
from .ground import FINE, SEED, to_degrees, to_plane
from .hamlet import Builder
from .landscape import fractal
from .parcels import Block, blocks, direction, grid, polygons, rectangle, strips
from .producers import Site
from .shipped import SampleMap
from .store import write_picture
from .trades import AQUATIC, CROP, LIVESTOCK

gdal.UseExceptions()

# Where the picture stands in the county's plane (metres): the plain of 石湾镇, which has a bit of everything.
CENTRE = (8_840.0, -3_780.0)
SIZE = 3_000.0
PIXEL = 0.8

_ROAD_WIDTHS = {"高速公路": 24.0, "县道": 9.0, "乡道": 6.5, "村道": 4.5}
_RIVER_WIDTHS = {1: 4.0, 2: 9.0, 3: 34.0, 4: 62.0}
_ASPHALT, _PAVED = (134, 134, 133), (196, 191, 180)
_TRACK = (150, 144, 112)
_CROPS = {
    "cowpea": Cover((78, 106, 58), 6.0, 3.6, 17.0),
    "chinese_chive": Cover((88, 118, 74), 5.0, 4.4, 9.0),
    "celery": Cover((118, 146, 76), 5.0, 3.4, 10.0),
}
# What grows beside the registered fields, with how common it is.
_OTHERS = (
    (Cover((110, 128, 78), 6.0, 3.2, 6.0), 0.22), (Cover((78, 101, 60), 6.0, 3.8, 8.0), 0.16),
    (Cover((136, 141, 92), 6.0, 2.8, 4.0), 0.14), (Cover((142, 125, 100), 8.0, 3.4, 8.0), 0.17),
    (Cover((150, 122, 99), 8.0, 3.0, 7.0), 0.07), (Cover((166, 156, 122), 7.0, 2.6, 4.0), 0.11),
    (Cover((100, 107, 90), 5.0), 0.06), (Cover((158, 160, 153), 4.0, 3.2, 14.0), 0.06),
)


@dataclass(frozen=True)
class _Scene:
    """What stands where, in metres about the picture's centre; roads and rivers with their kind."""

    window: Polygon
    roads: list[tuple[LineString, str]]
    rivers: list[tuple[LineString, int]]
    villages: list[tuple[float, float, bool]]
    sites: list[tuple[Site, float, float]]


def write_aerial(folder: Path, county: SampleMap, sites: list[Site]) -> None:
    """Write ``aerial.tif`` (EPSG:4490, JPEG with overviews) beside the county it shows."""
    write_picture(folder / "aerial.tif", paint(_scene(folder, county, sites), county), extent())


def extent() -> tuple[float, float, float, float]:
    """West, south, east, north of the picture in degrees."""
    half = SIZE / 2
    west, south = to_degrees(np.array([CENTRE[0] - half, CENTRE[1] - half])).tolist()
    east, north = to_degrees(np.array([CENTRE[0] + half, CENTRE[1] + half])).tolist()
    return west, south, east, north


def paint(scene: _Scene, county: SampleMap) -> np.ndarray:
    """The picture as (rows, columns, 3) bytes."""
    rng = np.random.default_rng(SEED + 30)
    canvas = Canvas(SIZE, PIXEL)
    noise = fractal((canvas.count, canvas.count), 0.9, rng).astype(np.float32)
    _Painter(scene, canvas, rng).paint(noise)
    return _developed(canvas.array(), noise, county, rng)


class _Painter:
    """Lays the ground, then what stands on it."""

    def __init__(self, scene: _Scene, canvas: Canvas, rng: np.random.Generator) -> None:
        self.scene = scene
        self.canvas = canvas
        self.rng = rng
        self.builder = Builder(canvas, rng)
        self.water = unary_union([line.buffer(_RIVER_WIDTHS[order] / 2) for line, order in scene.rivers])
        self.large = unary_union([
            line.buffer(_RIVER_WIDTHS[order] / 2) for line, order in scene.rivers if order >= 3
        ])
        self.streets = unary_union([line.buffer(_ROAD_WIDTHS[kind] / 2) for line, kind in scene.roads])
        self.lines = unary_union([line for line, _ in scene.roads])
        self.built: list[BaseGeometry] = []

    def paint(self, noise: np.ndarray) -> None:
        bank = self.large.buffer(14)
        wet = unary_union([self.water, bank])
        towns = self._settlements(wet)
        homes = unary_union([shape for shape, _, _ in towns])
        ditches = self._ditches()
        taken = [wet.buffer(2), self.streets.buffer(2.5), homes, *(ditch.buffer(2.6) for ditch in ditches)]
        land = self.scene.window.difference(unary_union(taken))
        fields = blocks(land, 11_000, self.rng)
        found = STRtree([block.shape for block in fields])
        self.canvas.ground(bank, Cover((122, 124, 82), 10.0))
        self._school(fields)
        special = self._fields(fields)
        sites = [(site, x, y, self._angle(found, fields, x, y)) for site, x, y in self.scene.sites]
        solid = unary_union([self.streets.buffer(2), wet])
        crops = self._crops(sites, solid)
        for shape, _, _ in towns:
            self.builder.yards(shape)
        self.canvas.render_ground(_TRACK, noise)
        self._waters(ditches)
        for outline, angle, kind in special:
            self._special(outline, angle, kind)
        self.builder.school(*self.campus)
        for shape, angle, film in crops:
            self.builder.greenhouses(shape, angle, film)
        self._ponds([row for row in sites if row[0].trade.industry == AQUATIC], solid)
        self._yards([row for row in sites if row[0].trade.industry == LIVESTOCK])
        self._roads()
        for shape, angle, town in towns:
            self.builder.village(shape.difference(self.streets.buffer(2)), angle, town)
        self._plant(towns, bank, ditches)

    def _settlements(self, wet: BaseGeometry) -> list[tuple[BaseGeometry, float, bool]]:
        """Outline, direction of the lanes and whether it is the town, for every village and the hamlets between."""
        spots = [(x, y, 300.0 if seat else 150.0, seat) for x, y, seat in self.scene.villages]
        taken = [Point(x, y).buffer(np.sqrt(site.scale) * 14 if site.trade.industry == CROP else 70)
                 for site, x, y in self.scene.sites]
        crowded = unary_union([*taken, wet.buffer(25)])
        for _ in range(400):
            x, y = self.rng.uniform(-SIZE / 2, SIZE / 2, 2)
            reach = self.rng.uniform(45, 85)
            near = self.lines.distance(Point(x, y)) < 160
            apart = min(math.hypot(x - sx, y - sy) - other for sx, sy, other, _ in spots) > reach + 110
            if near and apart and not crowded.intersects(Point(x, y).buffer(reach)):
                spots.append((x, y, reach, False))
        result = []
        for x, y, reach, town in spots[: len(self.scene.villages) + 15]:
            shape = self.builder.settlement(x, y, reach).difference(crowded)
            result.append((shape.intersection(self.scene.window.buffer(40)), self._road_angle(x, y), town))
        return result

    def _ditches(self) -> list[LineString]:
        """Ditches that wind across the fields from edge to edge; fields lie along them."""
        result = []
        for number in range(9):
            turn = self.rng.uniform(0, math.pi)
            offset = (number - 4) * 330 + self.rng.uniform(-120, 120)
            along = np.linspace(-2_200, 2_200, 120)
            bend = 150 * np.sin(along / self.rng.uniform(380, 800) + self.rng.uniform(0, 6)) + 20 * np.sin(along / 160)
            x = along * math.cos(turn) - (offset + bend) * math.sin(turn)
            y = along * math.sin(turn) + (offset + bend) * math.cos(turn)
            whole = LineString(np.column_stack([x, y])).intersection(self.scene.window)
            parts = [whole] if isinstance(whole, LineString) else list(whole.geoms)
            result += [part for part in parts if part.length > 100]
        return result

    def _school(self, fields: list[Block]) -> None:
        """Choose the block for the school: a large one beside the town."""
        x, y = next((x, y) for x, y, seat in self.scene.villages if seat)
        sites = [Point(sx, sy).buffer(110) for _, sx, sy in self.scene.sites]
        solid = unary_union([self.streets.buffer(4), self.water.buffer(20), *sites])
        roomy = [
            block for block in fields
            if block.shape.area > 6_000 and not solid.intersects(block.shape.centroid.buffer(85))
        ]
        spot = min(roomy, key=lambda block: block.shape.distance(Point(x, y))).shape.centroid
        self.campus = (spot.x, spot.y, 0.0)
        self.built.append(spot.buffer(80))

    def _road_angle(self, x: float, y: float) -> float:
        """Direction of the nearest stretch of road."""
        nearest = nearest_points(Point(x, y), self.lines)[1]
        around = nearest.buffer(60).intersection(self.lines)
        return direction(around.buffer(1)) if not around.is_empty else 0.0

    def _angle(self, found: STRtree, fields: list[Block], x: float, y: float) -> float:
        return fields[int(found.nearest(Point(x, y)))].angle

    def _fields(self, fields: list[Block]) -> list[tuple[Polygon, float, str]]:
        """Cover every block; what needs more than a cover (woods, ponds, film tunnels) is handed back."""
        weights = np.array([weight for _, weight in _OTHERS])
        special = []
        for block in fields:
            drawn = self.rng.random()
            if drawn < 0.05 and block.shape.distance(self.large) < 400:
                special.append((block.shape, block.angle, "ponds"))
            elif drawn < 0.10:
                special.append((block.shape, block.angle, "film"))
                self.canvas.ground(block.shape, Cover((138, 128, 98), 7.0))
            elif drawn < 0.19 or (drawn < 0.45 and block.shape.area < 1_500):
                special.append((block.shape, block.angle, "wood" if drawn > 0.14 else "orchard"))
                self.canvas.ground(block.shape, Cover((96, 104, 64), 10.0))
            elif block.shape.centroid.distance(Point(*self.campus[:2])) > 60:
                likely = weights * np.exp(1.5 * self.rng.standard_normal(len(weights)))
                self._strips(block, likely / likely.sum())
        return special

    def _strips(self, block: Block, likely: np.ndarray) -> None:
        self.canvas.ground(block.shape, Cover((124, 120, 84), 8.0))
        angle = block.angle + math.pi / 2
        for strip in strips(block, self.rng.uniform(9, 19), self.rng):
            self._cover(strip, _OTHERS[int(self.rng.choice(len(likely), p=likely))][0], angle)

    def _cover(self, shape: BaseGeometry, cover: Cover, angle: float) -> None:
        tone = self.rng.normal(0, 5) + self.rng.normal(0, 3, 3)
        color = tuple(int(v + t) for v, t in zip(cover.color, tone))
        self.canvas.ground(shape, Cover(color, cover.mottle, cover.period, cover.strength, angle))

    def _crops(
        self, sites: list[tuple[Site, float, float, float]], solid: BaseGeometry
    ) -> list[tuple[BaseGeometry, float, str]]:
        """The registered fields, in strips of one crop; those under film are handed back."""
        film = []
        for site, x, y, angle in sites:
            if site.trade.industry != CROP:
                continue
            area = site.scale * 666.67 * 0.8
            long = math.sqrt(area * 1.5)
            outline = rectangle(x, y, long, area / long, angle).difference(solid)
            self.canvas.ground(outline.buffer(2.2, join_style=2), Cover((150, 142, 110), 7.0))
            self.built.append(outline)
            if site.mode == "设施":
                self.canvas.ground(outline, Cover((138, 128, 98), 7.0))
                film.append((outline, angle, "blue" if self.rng.random() < 0.35 else "white"))
                continue
            for patch in polygons(outline):
                for strip in strips(Block(patch, angle), 22, self.rng):
                    self._cover(strip, _CROPS[site.trade.variety], angle + math.pi / 2)
        return film

    def _special(self, outline: Polygon, angle: float, kind: str) -> None:
        if kind == "ponds":
            self.builder.ponds(outline, angle, 3_200)
            self.built.append(outline)
        elif kind == "film":
            self.builder.greenhouses(outline, angle, "white" if self.rng.random() < 0.75 else "blue")
            self.built.append(outline)
        else:
            step, radius, thinned = (4.6, 2.9, 0.1) if kind == "wood" else (6.2, 2.0, 0.06)
            shake = 1.5 if kind == "wood" else 0.4
            for x, y in grid(outline.buffer(self.rng.uniform(-14, 6)).buffer(7), step, step, angle):
                if self.rng.random() > thinned:
                    self.builder.tree(x + self.rng.normal(0, shake), y + self.rng.normal(0, shake), radius)

    def _waters(self, ditches: list[LineString]) -> None:
        for ditch in ditches:
            self.canvas.line(ditch, 4.6, (128, 126, 88))
            self.canvas.line(ditch, 1.9, (84, 94, 78))
        self.canvas.fill(self.large.buffer(4), (176, 166, 138))
        for line, order in self.scene.rivers:
            tone = (98, 110, 88) if order >= 3 else (86, 96, 76)
            self.canvas.line(line, _RIVER_WIDTHS[order], tone)
        self.canvas.fill(self.large.buffer(-7), (88, 101, 84), 170)
        self.canvas.fill(self.large.buffer(-17), (80, 94, 82), 130)

    def _ponds(self, sites: list[tuple[Site, float, float, float]], solid: BaseGeometry) -> None:
        for site, x, y, angle in sites:
            area = site.scale * 666.67 * 0.9
            long = math.sqrt(area * 1.4)
            outline = rectangle(x, y, long, area / long, angle).difference(solid)
            self.built.append(outline)
            for patch in polygons(outline):
                if site.facility == "工程化养殖":
                    self.builder.tanks(patch, angle)
                else:
                    self.builder.ponds(patch, angle, 5_200)

    def _yards(self, sites: list[tuple[Site, float, float, float]]) -> None:
        for site, x, y, angle in sites:
            half = float(np.clip(12 * (site.scale / site.trade.threshold) ** 0.35, 12, 60))
            roofs = max(1, round(half / 11))
            self.built.append(self.builder.sheds(x, y, half, angle, roofs, site.trade.variety == "pig"))

    def _roads(self) -> None:
        for line, kind in sorted(self.scene.roads, key=lambda road: _ROAD_WIDTHS[road[1]]):
            width = _ROAD_WIDTHS[kind]
            self.canvas.line(line, width + 3, (152, 146, 120))
            self.canvas.line(line, width, _ASPHALT if width > 6 else _PAVED)
            if kind == "高速公路":
                self.canvas.line(line, 2.6, (104, 116, 84))
                for side in (-10.6, 10.6, -3.0, 3.0):
                    self.canvas.line(line.parallel_offset(side), 0.5, (214, 214, 208), 170)
            elif kind == "县道":
                self.canvas.line(line, 0.4, (214, 206, 176), 150)

    def _plant(
        self, towns: list[tuple[BaseGeometry, float, bool]], bank: BaseGeometry, ditches: list[LineString]
    ) -> None:
        """Trees along roads, banks, brooks and villages, and a few anywhere."""
        for line, kind in self.scene.roads:
            for side in ("left", "right"):
                self._avenue(line.parallel_offset(_ROAD_WIDTHS[kind] / 2 + 3, side), 8.5, 0.45)
        for line, order in self.scene.rivers:
            if order < 3:
                self._avenue(line.parallel_offset(_RIVER_WIDTHS[order] / 2 + 2.5, "left"), 6.0, 0.5)
        self.builder.hedge(bank.buffer(-5), 4.5)
        self.builder.hedge(bank, 6.5)
        for shape, _, _ in towns:
            self.builder.hedge(shape, 5.0)
            self.builder.hedge(shape.buffer(6), 6.0)
        for ditch in ditches:
            self._avenue(ditch.parallel_offset(2.6, "left"), 9.0, 0.35)
        for x, y in self.rng.uniform(-SIZE / 2, SIZE / 2, (1_500, 2)):
            self.builder.tree(x, y, 2.4)
        self.builder.plant(unary_union([*self.built, self.streets.buffer(0.5), self.large.buffer(1)]))

    def _avenue(self, line: BaseGeometry, spacing: float, share: float) -> None:
        for at in np.arange(0, line.length, spacing):
            stretch = math.sin(at / 140 + line.length) > -0.35
            if stretch and self.rng.random() < share * 1.4:
                spot = line.interpolate(float(at))
                self.builder.tree(spot.x + self.rng.normal(0, 0.7), spot.y + self.rng.normal(0, 0.7), 2.7)


def _developed(picture: np.ndarray, noise: np.ndarray, county: SampleMap, rng: np.random.Generator) -> np.ndarray:
    """What a camera makes of it: light on the slopes, uneven colour, soft focus, haze and grain."""
    count = picture.shape[0]
    light = _light(county, count)
    wide = _enlarged(fractal((64, 64), 2.2, rng), count)
    picture = picture * (light + 0.035 * wide)[..., None]
    picture[..., 0] += 1.8 * wide
    for axis in (0, 1):
        before, after = np.roll(picture, 1, axis), np.roll(picture, -1, axis)
        picture = 0.66 * picture + 0.17 * (before + after)
    grain = rng.standard_normal(picture.shape[:2], dtype=np.float32)
    picture = picture * 0.93 + np.array([11.0, 13.0, 17.0], np.float32) + (1.6 * grain + 1.2 * noise)[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def _light(county: SampleMap, count: int) -> np.ndarray:
    """Brightness by the slope towards the sun in the south-east, about 1."""
    row, column = FINE.cell_of(*CENTRE)
    reach = int(SIZE / FINE.cell / 2) + 2
    height = county.height[row - reach : row + reach, column - reach : column + reach]
    south, east = np.gradient(_enlarged(height, count), PIXEL)
    return np.clip(1 + 0.9 * (-south - east), 0.85, 1.15).astype(np.float32)


def _enlarged(field: np.ndarray, count: int) -> np.ndarray:
    """A small field spread smoothly over the picture."""
    band = gdal.GetDriverByName("MEM").Create("", field.shape[1], field.shape[0], 1, gdal.GDT_Float32)
    band.WriteArray(field.astype(np.float32))
    options = gdal.TranslateOptions(format="MEM", width=count, height=count, resampleAlg="cubicspline")
    return gdal.Translate("", band, options=options).ReadAsArray()


def _scene(folder: Path, county: SampleMap, sites: list[Site]) -> _Scene:
    window = box(-SIZE / 2, -SIZE / 2, SIZE / 2, SIZE / 2)
    source = ogr.Open(str(folder / "county.gpkg"))
    spots = to_plane(np.array([(site.longitude, site.latitude) for site in sites])) - CENTRE
    near = np.abs(spots).max(axis=1) < SIZE / 2 + 60
    return _Scene(
        window,
        _lines(source, "roads", "KIND", window),
        _lines(source, "rivers", "ORDER", window),
        [(v.x - CENTRE[0], v.y - CENTRE[1], v.seat) for v in county.villages
         if max(abs(v.x - CENTRE[0]), abs(v.y - CENTRE[1])) < SIZE / 2 + 100],
        [(site, float(x), float(y)) for site, (x, y), seen in zip(sites, spots, near) if seen],
    )


def _lines(source: ogr.DataSource, layer: str, field: str, window: Polygon) -> list:
    """Lines of a layer about the window, moved so that the picture's centre is 0, 0."""
    result = []
    for feature in source.GetLayerByName(layer):
        shape = transform(from_wkb(bytes(feature.GetGeometryRef().ExportToWkb())), to_plane)
        part = affinity.translate(shape, -CENTRE[0], -CENTRE[1]).intersection(window.buffer(120))
        parts = [part] if isinstance(part, LineString) else list(getattr(part, "geoms", ()))
        result += [(piece, feature.GetField(field)) for piece in parts if not piece.is_empty]
    return result
