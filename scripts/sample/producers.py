"""About 1,500 invented records laid into the landscape: each trade where it would be, each field beside the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .ground import SEED, to_degrees
from .people import Officer, People, Producer
from .seasons import Season, season
from .shipped import Place, SampleMap
from .trades import AQUATIC, CROP, LIVESTOCK, TRADES, Ground, Trade

_SQUARE_METRES_PER_MU = 666.67
_TRIES = 400


@dataclass(frozen=True)
class Site:
    """One record as it should end in the register; longitude and latitude in degrees (CGCS2000), 6 decimals."""

    producer: Producer
    trade: Trade
    place: Place
    name: str
    address: str
    longitude: float
    latitude: float
    alias: str
    scale: float
    basis: str
    facility: str
    mode: str
    season: Season
    certification: str
    traceability: str
    credit: str
    officer: Officer
    collector: Officer


def make_sites(county: SampleMap) -> list[Site]:
    """All records, trade by trade; the same on every call."""
    rng = np.random.default_rng(SEED + 10)
    people = People(rng)
    staff = _staff(county, people)
    builder = _Builder(county, rng, people, staff)
    return [site for trade in TRADES for site in builder.sites(trade)]


def _staff(county: SampleMap, people: People) -> dict[str, tuple[Officer, Officer]]:
    """Grid officer and collector of every village: the township's officer in the seats, an assistant elsewhere."""
    collectors = {code: people.officer("信息采集员") for code in county.townships}
    officers = {code: people.officer("乡镇监管员") for code in county.townships}
    return {
        place.code: (
            officers[place.township] if place.seat else people.officer("村级协管员"),
            collectors[place.township],
        )
        for place in county.villages
    }


class _Builder:
    """Places sites one after another, none on top of another."""

    def __init__(
        self, county: SampleMap, rng: np.random.Generator, people: People, staff: dict[str, tuple[Officer, Officer]]
    ) -> None:
        self.county = county
        self.rng = rng
        self.people = people
        self.staff = staff
        self.taken = np.empty((0, 3))
        self.seat = next(place for place in county.villages if place.seat and place.township.endswith("100"))
        self.spots = np.array([(place.x, place.y) for place in county.villages])

    def sites(self, trade: Trade) -> list[Site]:
        weights = self._weights(trade)
        result: list[Site] = []
        while len(result) < trade.records:
            place = self.county.villages[int(self.rng.choice(len(weights), p=weights))]
            scale = self._scale(trade)
            producer = self.people.producer(trade, place, scale)
            number = int(self.rng.choice([1, 2, 3, 4], p=[0.86, 0.09, 0.04, 0.01]))
            when = season(trade, self.rng)
            for i in range(min(number, trade.records - len(result))):
                site = self._site(trade, place, producer, scale if i == 0 else self._scale(trade) / 2, i, number, when)
                if site is not None:
                    result.append(site)
        return result

    def _site(
        self, trade: Trade, place: Place, producer: Producer, scale: float, index: int, number: int, when: Season
    ) -> Site | None:
        facility = ""
        if trade.industry == AQUATIC:
            facility = "工程化养殖" if self.rng.random() < 0.12 else "池塘"
            scale = round(scale / 20 + 0.2, 1) if facility == "工程化养殖" else scale
        scale = _rounded(trade, scale)
        spot = self._spot(trade, place, _half_width(trade, scale))
        if spot is None:
            return None
        longitude, latitude = np.round(to_degrees(np.array(spot)), 6).tolist()
        group = int(self.rng.integers(1, 13))
        name = "一二三四"[index] + {CROP: "号基地", LIVESTOCK: "号场"}.get(trade.industry, "号塘")
        officer, collector = self.staff[place.code]
        credit = str(self.rng.choice(["未评级", "A", "B", "C"], p=[0.5, 0.3, 0.16, 0.04]))
        return Site(
            producer, trade, place, name if number > 1 else "",
            f"示例县{place.township_name}{place.name}{group}组", longitude, latitude,
            str(self.rng.choice(trade.aliases)) if self.rng.random() < 0.5 else "", scale,
            self._basis(trade), facility, self._mode(trade), when, self._certification(producer),
            self._traceability(trade, producer), credit,
            officer, collector,
        )

    def _scale(self, trade: Trade) -> float:
        drawn = trade.median * float(np.exp(trade.spread * self.rng.standard_normal()))
        return float(np.clip(drawn, trade.least, trade.most))

    def _basis(self, trade: Trade) -> str:
        if trade.industry != LIVESTOCK:
            return ""
        return str(self.rng.choice(["存栏", "养殖规模", "暂养"], p=[0.8, 0.17, 0.03]))

    def _mode(self, trade: Trade) -> str:
        return str(self.rng.choice(["露地", "设施"], p=[0.8, 0.2])) if trade.industry == CROP else ""

    def _certification(self, producer: Producer) -> str:
        if producer.kind.startswith("农户") or self.rng.random() < 0.6:
            return "无"
        kinds = ["绿色食品", "农产品地理标志", "名特优新", "有机农产品、绿色食品"]
        return str(self.rng.choice(kinds, p=[0.6, 0.2, 0.15, 0.05]))

    def _traceability(self, trade: Trade, producer: Producer) -> str:
        means = ["承诺达标合格证"]
        if trade.variety in ("beef_cattle", "pig", "meat_sheep"):
            means = ["耳标", "动物检疫合格证"]
        if not producer.kind.startswith("农户") and self.rng.random() < 0.4:
            means.append(str(self.rng.choice(["追溯码", "包装标识"])))
        return "、".join(means)

    def _weights(self, trade: Trade) -> np.ndarray:
        """How likely each village has this trade; a few villages are known for it."""
        height = np.array([place.height for place in self.county.villages])
        points = shapely.points(self.spots)
        river = shapely.distance(points, self.county.large_rivers)
        town = np.hypot(self.spots[:, 0] - self.seat.x, self.spots[:, 1] - self.seat.y)
        seat = np.array([place.seat for place in self.county.villages])
        weight = {
            Ground.RIVER_PLAIN: np.exp(-river / 2_500) * np.exp(-np.clip(height - 45, 0, None) / 60),
            Ground.NEAR_SEAT: np.exp(-((town / 8_000) ** 2)),
            Ground.HILLS: np.clip(height - 50, 5, 300) / 300,
            Ground.OUTSKIRTS: np.exp(-np.abs(height - 80) / 80),
            Ground.WATER: np.exp(-river / 1_200) * np.exp(-np.clip(height - 40, 0, None) / 50),
        }[trade.ground]
        weight = (weight + 0.004) * np.exp(0.5 * self.rng.standard_normal(len(weight))) * np.where(seat, 0.25, 1.0)
        return weight / weight.sum()

    def _spot(self, trade: Trade, place: Place, half: float) -> tuple[float, float] | None:
        """A free place for a square of this half width that belongs to the village and suits the trade."""
        for attempt in range(_TRIES):
            reach = 480 + half + 2.2 * attempt
            x, y = np.array([place.x, place.y]) + self.rng.normal(0, reach, 2)
            if self._suits(trade, place, x, y, half) and self._free(x, y, half):
                self.taken = np.vstack([self.taken, [x, y, half]])
                return float(x), float(y)
        return None

    def _free(self, x: float, y: float, half: float) -> bool:
        apart = np.maximum(np.abs(self.taken[:, 0] - x), np.abs(self.taken[:, 1] - y))
        return not (apart < self.taken[:, 2] + half + 8).any()

    def _suits(self, trade: Trade, place: Place, x: float, y: float, half: float) -> bool:
        away = float(np.hypot(x - place.x, y - place.y))
        near = self.spots[np.argmin(np.hypot(self.spots[:, 0] - x, self.spots[:, 1] - y))]
        if not (near == (place.x, place.y)).all():
            return False
        point = shapely.points(x, y)
        _, slope = self.county.at(x, y)
        houses = {Ground.HILLS: 500, Ground.OUTSKIRTS: 400}.get(trade.ground, 160)
        steepest = {Ground.HILLS: 0.35, Ground.OUTSKIRTS: 0.15}.get(trade.ground, 0.05)
        if away < houses + half or slope > steepest:
            return False
        inside = self.county.townships[place.township]
        if not inside.contains(point) or shapely.distance(point, inside.boundary) < half + 40:
            return False
        river = shapely.distance(point, self.county.rivers)
        wet = shapely.distance(point, self.county.reservoirs) < half + 60 or river < half + 45
        dusty = shapely.distance(point, self.county.roads) < half + 12
        return not wet and not dusty and (trade.ground is not Ground.WATER or river < 900 + half)


def _rounded(trade: Trade, scale: float) -> float:
    """A size as people know it: birds to the hundred, large fields to the mu."""
    if trade.unit == "只":
        return max(round(scale, -2), 100.0)
    if trade.unit == "头":
        return float(max(round(scale), 1))
    return round(scale, 1) if scale < 10 else round(scale * 2) / 2


def _half_width(trade: Trade, scale: float) -> float:
    """Half the side in metres of the field, pond or yard, seen as a square."""
    if trade.industry == LIVESTOCK:
        return float(np.clip(12 * (scale / trade.threshold) ** 0.35, 12, 70))
    return float(np.sqrt(scale * _SQUARE_METRES_PER_MU) / 2)
