"""The ground of an invented county for the measuring: townships and villages as areas without gaps, anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

METRES_PER_DEGREE = 111_320.0
_FIRST = "上下大小新老东西南北石白青高长龙水松竹茶荷枫樟桂梅柳杨"
_SECOND = "塘坡岭桥湾坪沙冲垌围田村屯洞渡井寨陂坑埠"
_TOWNS = tuple(
    map("".join, zip(*[iter("云溪石湾青塘龙岗沙洲大坪长桥松山麻田白沙水源茶岭高坡双河平潭黄泥红岭北渡南坪西屏")] * 2))
)
COUNTY = "999901"


@dataclass(frozen=True)
class Plan:
    """What a county of the measuring is like.

    Attributes:
        name: how the report calls it.
        seed: draws everything.
        longitude, latitude: of its centre, degrees in CGCS2000.
        townships, villages: number of townships, and of villages in each.
        side: metres from one village to the next.
        records: how many records the clean county has, about.
        outlines: levels whose official outlines the register holds (6, 9, 12: length of the code).
        centres: whether it knows where the centres of townships and villages are, or their names alone.
        peoples: whether most people have names of two words, without a family name.
    """

    name: str
    seed: int
    longitude: float
    latitude: float
    townships: int
    villages: int
    side: float
    records: int
    outlines: tuple[int, ...]
    centres: bool = True
    peoples: bool = False


@dataclass(frozen=True)
class Area:
    """A township or village: code, name, its township's name (of a village), centre and outline in degrees."""

    code: str
    name: str
    township: str
    centre: tuple[float, float]
    outline: Polygon


@dataclass(frozen=True)
class Ground:
    """All divisions of a county; the outline is the county's."""

    plan: Plan
    outline: Polygon
    townships: list[Area]
    villages: list[Area]

    def degrees(self, east: float, north: float) -> tuple[float, float]:
        """Metres as degrees of longitude and latitude at this county."""
        return east / (METRES_PER_DEGREE * cos(radians(self.plan.latitude))), north / METRES_PER_DEGREE


def make_ground(plan: Plan) -> Ground:
    """The divisions of a county, the same for the same plan."""
    rng = np.random.default_rng(plan.seed)
    reach = plan.side * (plan.townships * plan.villages) ** 0.5 * 0.56
    whole = _rim(rng, reach)
    seats = _spread(rng, whole, plan.townships)
    names = iter(rng.permutation([a + b for a in _FIRST for b in _SECOND]).tolist() * 3)
    townships, villages = [], []
    for number, (seat, area) in enumerate(_parts(seats, whole)):
        code, name = f"{COUNTY}{100 + number}", f"{_TOWNS[number % len(_TOWNS)]}{'镇乡'[number % 3 == 2]}"
        townships.append(_area(plan, code, name, "", seat, area))
        spots = _spread(rng, area, plan.villages)
        for index, (spot, part) in enumerate(_parts(spots, area)):
            villages.append(_area(plan, f"{code}{200 + index}", f"{next(names)}村委会", name, spot, part))
    return Ground(plan, _to_degrees(plan, whole), townships, villages)


def _rim(rng: np.random.Generator, reach: float) -> Polygon:
    """A county's wavy outline in metres around its centre."""
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    waves = sum(rng.normal(0, 0.12 / k) * np.cos(k * angle + rng.uniform(0, 6.3)) for k in range(2, 14))
    radius = reach * (1 + np.clip(waves, -0.35, 0.35))
    return Polygon(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]))


def _spread(rng: np.random.Generator, area: Polygon, count: int) -> np.ndarray:
    """Points spread over an area: many drawn, then drawn to the middle of what is theirs."""
    west, south, east, north = area.bounds
    drawn = np.empty((0, 2))
    while len(drawn) < count * 60:
        more = rng.uniform((west, south), (east, north), (count * 120, 2))
        drawn = np.vstack([drawn, more[shapely.contains_xy(area, more[:, 0], more[:, 1])]])
    centres = drawn[rng.permutation(len(drawn))[:count]]
    for _ in range(6):
        nearest = np.argmin(((drawn[:, None] - centres[None]) ** 2).sum(2), axis=1)
        centres = np.array(
            [drawn[nearest == i].mean(0) if (nearest == i).any() else centres[i] for i in range(len(centres))]
        )
    return centres


def _parts(spots: np.ndarray, whole: Polygon) -> list[tuple[np.ndarray, Polygon]]:
    """The part of the whole that is nearest to each spot."""
    if len(spots) == 1:
        return [(spots[0], whole)]
    cells = shapely.voronoi_polygons(MultiPoint(spots), extend_to=whole.buffer(1000)).geoms
    tree = shapely.STRtree(list(cells))
    return [(spot, _largest(cells[int(tree.nearest(Point(spot)))].intersection(whole))) for spot in spots]


def _largest(area: Polygon | MultiPolygon) -> Polygon:
    return max(area.geoms, key=lambda part: part.area) if isinstance(area, MultiPolygon) else area


def _area(plan: Plan, code: str, name: str, township: str, seat: np.ndarray, area: Polygon) -> Area:
    outline = _to_degrees(plan, area)
    centre = _to_degrees(plan, Point(seat))
    return Area(code, name, township, (round(centre.x, 6), round(centre.y, 6)), outline)


def _to_degrees(plan: Plan, shape):  # type: ignore[no-untyped-def]
    scale = np.array([1 / (METRES_PER_DEGREE * cos(radians(plan.latitude))), 1 / METRES_PER_DEGREE])
    return shapely.transform(shape, lambda metres: metres * scale + (plan.longitude, plan.latitude))
