"""The clean records of an invented county: what lies close together and looks alike without being wrong is in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import shapely

from .ground import Area, Ground

Record = dict[str, object]
TODAY = date(2026, 7, 10)
_SURNAMES = "陈林黄张李王吴刘蔡杨郑许谢郭洪曾邱周叶徐梁何罗邓冯韦覃莫卢钟潘谭廖赖余苏"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志海文春梅红亮金凤新荣生福贵祥"
_WORDS = (
    *("艾合买提", "吐尔逊", "阿依古丽", "努尔曼", "热合曼", "库尔班", "依明"),
    *("玉素甫", "托合提", "麦麦提", "亚森", "卡德尔", "赛买提", "古丽娜尔"),
)
_BRANDS = tuple(
    map("".join, zip(*[iter("绿源丰穗田园碧水金禾惠农春晖聚宝祥瑞天禾宏达鑫农万家富民沃土晨露青禾嘉禾瑞丰益民")] * 2))
)


class Period(NamedTuple):
    """Cycle, planted (crops), first and last day on the market, and when the sheet was filled in."""

    cycle: str
    planted: date | None
    start: date
    end: date
    collected: date


class Trade(NamedTuple):
    """A product: industry, unit, share of the records, median and spread (lognormal) of its size, least size."""

    code: str
    title: str
    industry: str
    unit: str
    share: float
    median: float
    spread: float
    least: float


TRADES = (
    Trade("cowpea", "豇豆", "crop", "mu", 0.42, 6.5, 0.75, 0.3),
    Trade("chinese_chive", "韭菜", "crop", "mu", 0.09, 3.0, 0.7, 0.3),
    Trade("celery", "芹菜", "crop", "mu", 0.07, 4.0, 0.7, 0.3),
    Trade("egg", "鸡蛋", "livestock", "bird", 0.08, 3000, 1.0, 300),
    Trade("silky_fowl", "乌鸡", "livestock", "bird", 0.04, 2400, 0.7, 500),
    Trade("beef_cattle", "肉牛", "livestock", "head", 0.06, 18, 0.9, 3),
    Trade("meat_sheep", "肉羊", "livestock", "head", 0.06, 90, 0.7, 20),
    Trade("pig", "生猪", "livestock", "head", 0.1, 180, 1.1, 20),
    Trade("largemouth_bass", "大口黑鲈", "aquatic", "mu", 0.04, 24, 0.7, 6),
    Trade("snakehead", "乌鳢", "aquatic", "mu", 0.04, 20, 0.6, 6),
)  # fmt: skip


def clean_records(ground: Ground) -> list[Record]:
    """The records of the county, none of them wrong, in the order in which people wrote them down."""
    rng = np.random.default_rng(ground.plan.seed + 1)
    maker = _Maker(ground, rng)
    records: list[Record] = []
    for village in _by_weight(ground, rng):
        records += maker.of_village(village, int(rng.poisson(ground.plan.records / len(ground.villages))))
    for number, record in enumerate(records):
        record["uid"] = f"{number:08x}-0000-4000-8000-{ground.plan.seed:012d}"
        record["source_row"] = number + 3
    return records


def _by_weight(ground: Ground, rng: np.random.Generator) -> list[Area]:
    """Villages as they are visited, some with many growers and some with few."""
    weight = rng.lognormal(0, 0.6, len(ground.villages))
    chosen = np.repeat(np.arange(len(weight)), np.maximum(1, np.round(weight / weight.mean())).astype(int))
    return [ground.villages[i] for i in sorted(chosen.tolist())[: len(ground.villages)]]


class _Maker:
    def __init__(self, ground: Ground, rng: np.random.Generator) -> None:
        self.ground, self.rng = ground, rng
        self.phones = 0
        self.alone = True
        self.taken: set[tuple[str, str]] = set()
        self.imports = {area.code: 1 + i for i, area in enumerate(ground.townships)}
        self.staff = {(area.code, n): (self._person(), self._phone()) for area in ground.townships for n in range(2)}
        self.decimals = {area.code: int(rng.choice([5, 6, 6, 6, 7, 8])) for area in ground.townships}
        self.heat = max(0.0, (32 - ground.plan.latitude) / 12)

    def of_village(self, village: Area, count: int) -> list[Record]:
        """Records of one village; the last phone is sometimes that of the household next door."""
        records: list[Record] = []
        phone, self.alone = self._phone(), True
        while len(records) < count:
            trade = TRADES[int(self.rng.choice(len(TRADES), p=[trade.share for trade in TRADES]))]
            shared = self.rng.random() < 0.03 and self.alone
            phone, self.alone = (phone, False) if shared else (self._phone(), True)
            size = self._size(trade)
            producer = self._producer(village, trade, size, phone)
            number = int(self.rng.choice([1, 2, 3, 4], p=[0.84, 0.1, 0.04, 0.02]))
            period = self._period(trade)
            for site in range(number):
                record = self._record(village, trade, producer, size if site == 0 else self._size(trade), period)
                while any(_near(record, other) for other in records[len(records) - site :]):
                    record["point"] = self._point(village)
                kind = "号基地" if trade.industry == "crop" else "号场"
                record["site_name"] = "一二三四"[site] + kind if number > 1 else ""
                records.append(record)
            if trade.code == "cowpea" and self.rng.random() < 0.06:
                records.append(self._again(records[-1]))
            elif trade.code == "celery" and self.rng.random() < 0.04:
                records += self._sheds(records[-1], village)
        return records

    def _sheds(self, record: Record, village: Area) -> list[Record]:
        """A row of sheds beside a site, laid out by the metre: each is a site of the producer, or of a brother."""
        angle, step = self.rng.uniform(0, 2 * np.pi), float(self.rng.uniform(14, 40))
        brothers, found = bool(self.rng.random() < 0.5), []
        for number in range(1, int(self.rng.integers(6, 15))):
            along = number * step + self.rng.normal(0, 1.5)
            dx, dy = self.ground.degrees(along * np.cos(angle), along * np.sin(angle) + self.rng.normal(0, 1.5))
            x, y = record["point"]  # type: ignore[misc]
            shed = {**record, "point": (round(x + dx, 6), round(y + dy, 6)), "site_name": f"{number}号棚"}
            shed["scale"] = round(float(self.rng.uniform(0.7, 2.4)), 1)
            if brothers:
                name = self._person()
                shed |= {"producer_name": name, "producer_type": "household", "credit_code": ""}
                shed |= {"contact_name": name, "contact_phone": self._phone()}
            if shapely.contains_xy(village.outline, *shed["point"]):
                found.append(shed)
        return found

    def _record(self, village: Area, trade: Trade, producer: Record, size: float, period: Period) -> Record:
        town = village.code[:9]
        cycle, planted, start, end, collected = period
        name, phone = self.staff[town, int(village.code) % 2]
        return {
            **producer,
            "status": "approved" if self.rng.random() < 0.7 else "submitted",
            "cycle": cycle, "province": "示例省", "city": "示例市", "county": "示例县",
            "township": village.township, "village": village.name, "division_code": village.code,
            "industry": trade.industry, "variety": trade.code, "unit": trade.unit, "scale": size,
            "facility": "pond" if trade.industry == "aquatic" else "",
            "scale_basis": "stock" if trade.industry == "livestock" else "",
            "certification": '["none"]', "traceability": '["certificate"]', "credit_grade": "",
            "production_mode": str(self.rng.choice(["open_field", "open_field", "protected"]))
            if trade.industry == "crop" else "",
            "site_address": f"{village.township}{village.name}{self.rng.integers(1, 13)}组",
            "transplanted_on": planted.isoformat() if planted else "",
            "market_start": start.isoformat(), "market_end": end.isoformat(), "collected_on": collected.isoformat(),
            "officer_role": "township_officer", "officer_name": name, "officer_phone": phone,
            "collector_name": name, "collector_phone": phone,
            "point": self._point(village),
            "verified_how": '["site_visit"]', "verified_on": collected.isoformat(), "verified_by": name,
            "point_quality": "exact", "point_method": "gps", "place_datum": "cgcs2000",
            "origin": "workbook", "import_id": self.imports[town], "remark": "",
        }  # fmt: skip

    def _again(self, record: Record) -> Record:
        """The same field in the season before: the same point, another cycle, and no mistake."""
        dated = ("transplanted_on", "market_start", "market_end", "collected_on")
        days = {key: _shift(record[key], -365) for key in dated}
        return {**record, **days, "cycle": str(record["cycle"]).replace("2026", "2025"), "status": "ended"}

    def _point(self, village: Area) -> tuple[float, float]:
        """In the village, now and then some metres across its border, with the decimals of the township's device."""
        reach = self.ground.plan.side * 0.3
        for _ in range(200):
            east, north = self.rng.normal(0, reach, 2)
            dx, dy = self.ground.degrees(east, north)
            x, y = village.centre[0] + dx, village.centre[1] + dy
            if shapely.contains_xy(village.outline, x, y):
                break
        else:
            x, y = village.centre[0] + dx / 10, village.centre[1] + dy / 10
        if self.rng.random() < 0.01:
            x, y = self._across(village, x, y)
        places = self.decimals[village.code[:9]]
        return round(x, places), round(y, places)

    def _across(self, village: Area, x: float, y: float) -> tuple[float, float]:
        """A field that lies up to 60 m beyond the border, as fields do."""
        rim = village.outline.exterior
        spot = rim.interpolate(self.rng.random() * rim.length)
        dx, dy = self.ground.degrees(*self.rng.uniform(-42, 42, 2))
        return spot.x + dx, spot.y + dy

    def _size(self, trade: Trade) -> float:
        drawn = trade.median * float(np.exp(trade.spread * np.clip(self.rng.standard_normal(), -2.6, 2.6)))
        return max(trade.least, round(drawn, 1)) if trade.unit == "mu" else float(max(trade.least, round(drawn)))

    def _producer(self, village: Area, trade: Trade, size: float, phone: str) -> Record:
        large, draw = size / trade.median, self.rng.random()
        stem = village.name.replace("村委会", "")
        brand = _BRANDS[int(self.rng.integers(len(_BRANDS)))]
        work = {"crop": "种植", "livestock": "养殖", "aquatic": "水产养殖"}[trade.industry]
        person = self._person()
        name, kind, code = person, "household", ""
        if large > 3 and draw < 0.4:
            name, kind, code = f"示例县{stem}{brand}农业发展有限公司", "enterprise", self._credit("91")
        elif large > 1.3 and draw < 0.4:
            name, kind, code = f"示例县{stem}{brand}{trade.title}{work}专业合作社", "cooperative", self._credit("93")
        elif large > 1 and draw < 0.55:
            name, kind = f"示例县{stem}{person}家庭农场", "family_farm"
        if (village.code, name) in self.taken:
            return self._producer(village, trade, size, phone)
        self.taken.add((village.code, name))
        return {
            "producer_name": name, "producer_type": kind, "credit_code": code, "contact_name": person,
            "contact_phone": phone,
        }  # fmt: skip

    def _person(self) -> str:
        if self.ground.plan.peoples and self.rng.random() < 0.8:
            one, other = (_WORDS[int(i)] for i in self.rng.integers(0, len(_WORDS), 2))
            return f"{one}·{other}"
        given = self.rng.integers(0, len(_GIVEN), 2).tolist()[: 2 if self.rng.random() < 0.8 else 1]
        return str(_SURNAMES[int(self.rng.integers(len(_SURNAMES)))]) + "".join(_GIVEN[i] for i in given)

    def _phone(self) -> str:
        self.phones += 1
        return f"1380000{self.phones * 7919 % 10_000:04d}"

    def _credit(self, kind: str) -> str:
        """An invented code of the register of enterprises, its last sign by the standard's sum."""
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        body = f"{kind}999901MA{int(self.rng.integers(0, 10_000_000)):07d}"
        total = sum(signs.index(sign) * 3**place % 31 * 1 for place, sign in enumerate(body))
        return body + signs[(31 - total % 31) % 31]

    def _period(self, trade: Trade) -> Period:
        """Later where it is cold."""
        late = timedelta(int((1 - min(self.heat, 1)) * 45 + self.rng.integers(0, 26)))
        if trade.industry != "crop":
            return Period("2026-06", None, date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 5) + late / 3)
        if trade.code == "celery":
            planted = date(2025, 9, 5) + late
            first = planted + timedelta(75)
            return Period("2025-秋冬茬", planted, first, first + timedelta(55), planted + timedelta(40))
        if trade.code == "chinese_chive" and self.rng.random() < 0.5:
            whole = date(2026, 1, 1), date(2026, 12, 31)
            return Period("2026-春茬", date(2025, 10, 20), *whole, date(2026, 4, 10) + late / 2)
        planted = date(2026, 2, 25) + late
        start = planted + timedelta(int(self.rng.integers(45, 70)))
        end = start + timedelta(int(self.rng.integers(25, 75)))
        return Period("2026-春茬", planted, start, end, planted + timedelta(int(self.rng.integers(10, 50))))


def _shift(day: object, days: int) -> str:
    return (date.fromisoformat(str(day)) + timedelta(days)).isoformat() if day else ""


def _near(one: Record, other: Record) -> bool:
    """Whether two points lie so near that they are one site."""
    (x, y), (other_x, other_y) = one["point"], other["point"]  # type: ignore[misc]
    return abs(x - other_x) + abs(y - other_y) < 0.0015
