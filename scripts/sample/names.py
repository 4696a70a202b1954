"""Names of the invented county: townships, and villages put together from common words of the land."""

from __future__ import annotations

import numpy as np

from .ground import SEED

PROVINCE = ("99", "示例省")
CITY = ("9999", "示例市")
COUNTY = ("999901", "示例县")
# The first is the county seat.
TOWNS = ("云溪镇", "石湾镇", "青塘镇", "龙岗镇", "沙洲镇", "大坪镇", "长桥镇", "松山镇", "麻田镇")
RURAL = ("白沙乡", "水源乡", "茶岭乡")
TOWNSHIP_NAMES = TOWNS + RURAL
TOWNSHIP_CODES = tuple(f"{COUNTY[0]}{100 + i}" for i in range(len(TOWNS))) + tuple(
    f"{COUNTY[0]}{200 + i}" for i in range(len(RURAL))
)
_FIRST = "上下大小新老东西南北石白青黄高长龙金水松竹茶荷枫樟桂梅柳杨李"
_SECOND = "塘坡岭桥湾坪沙冲垌围田村屯洞江渡口井山寨陂坑埠"
_SEAT_COMMUNITIES = ("城东", "城西", "南门", "河滨")
# Rivers, mountains and cities that everybody knows.
_KNOWN_ELSEWHERE = {"长江", "黄山", "长沙", "金沙", "龙口", "龙井", "金山", "松江", "新田", "白山", "东山", "江口"}


def village_names(count: int) -> list[str]:
    """Names without ending, all different."""
    rng = np.random.default_rng(SEED + 3)
    pairs = [first + second for first in _FIRST for second in _SECOND if first != second]
    taken = {name[:2] for name in TOWNSHIP_NAMES} | _KNOWN_ELSEWHERE
    return [pairs[i] for i in rng.permutation(len(pairs)) if pairs[i] not in taken][:count]


def communities() -> tuple[str, ...]:
    """The communities of the county seat."""
    return _SEAT_COMMUNITIES
