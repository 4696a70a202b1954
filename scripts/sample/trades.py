"""What is grown and kept in the sample county: how much of it, where, how large, and when it is on the market."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Ground(Enum):
    """Where a trade is at home."""

    RIVER_PLAIN = "river plain"
    NEAR_SEAT = "near the county seat"
    HILLS = "hills, away from houses"
    OUTSKIRTS = "outside the villages"
    WATER = "by a river"


@dataclass(frozen=True)
class Trade:
    """One product: its names, number of records, sizes (lognormal: median and spread, least and most), seasons."""

    variety: str
    title: str
    aliases: tuple[str, ...]
    industry: str
    unit: str
    records: int
    median: float
    spread: float
    least: float
    most: float
    ground: Ground
    threshold: float


CROP, LIVESTOCK, AQUATIC = "种植业", "畜牧业", "渔业"

TRADES = (
    Trade("cowpea", "豇豆", ("豆角", "长豆角"), CROP, "亩", 640, 6.5, 0.75, 0.3, 130, Ground.RIVER_PLAIN, 0.5),
    Trade("chinese_chive", "韭菜", ("青韭",), CROP, "亩", 120, 3.0, 0.7, 0.3, 40, Ground.NEAR_SEAT, 0.5),
    Trade("celery", "芹菜", ("香芹", "西芹"), CROP, "亩", 90, 4.0, 0.7, 0.4, 50, Ground.NEAR_SEAT, 0.5),
    Trade("egg", "鸡蛋", ("鲜鸡蛋",), LIVESTOCK, "只", 105, 3000, 1.0, 300, 60000, Ground.OUTSKIRTS, 500),
    Trade("silky_fowl", "乌鸡", ("乌骨鸡",), LIVESTOCK, "只", 55, 2400, 0.7, 600, 20000, Ground.HILLS, 1000),
    Trade("beef_cattle", "肉牛", ("黄牛",), LIVESTOCK, "头", 85, 18, 0.9, 3, 400, Ground.HILLS, 5),
    Trade("meat_sheep", "肉羊", ("山羊",), LIVESTOCK, "头", 75, 90, 0.7, 25, 800, Ground.HILLS, 50),
    Trade("pig", "生猪", ("商品猪",), LIVESTOCK, "头", 165, 180, 1.1, 20, 6000, Ground.OUTSKIRTS, 30),
    Trade("largemouth_bass", "大口黑鲈", ("加州鲈", "鲈鱼"), AQUATIC, "亩", 60, 24, 0.7, 6, 220, Ground.WATER, 10),
    Trade("snakehead", "乌鳢", ("黑鱼", "生鱼"), AQUATIC, "亩", 45, 20, 0.6, 6, 150, Ground.WATER, 10),
    Trade("bream", "鳊鱼", ("武昌鱼",), AQUATIC, "亩", 60, 26, 0.7, 6, 240, Ground.WATER, 10),
)
