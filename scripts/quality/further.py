"""Further faults: one number of a pair alone, one collector of several, another script, another sign of one sound."""

from __future__ import annotations

from typing import Callable

import numpy as np

from .county import Record
from .faults import Field, Groups, each_alone

_TRADITIONAL = str.maketrans(
    "华国刚强军伟东张陈刘杨赵黄吴孙马罗郑谢韩许苏卢叶钟谭赖丽艳杰涛凤兰农业专养产发园万丰红亮荣贵志云龙县绿润禄",
    "華國剛強軍偉東張陳劉楊趙黃吳孫馬羅鄭謝韓許蘇盧葉鐘譚賴麗豔傑濤鳳蘭農業專養產發園萬豐紅亮榮貴志雲龍縣綠潤祿",
)
_SOUNDS = dict(
    zip(
        "伟芳丽强军洋勇艳娟明超平刚英玉兰国志海春梅红亮金凤荣生福贵祥",
        "玮方莉墙均阳永燕鹃鸣抄萍钢瑛育岚帼智嗨椿枚宏靓锦奉蓉升富桂翔",
    )
)


def minutes_of_one(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """109°41.43′ typed as 109.4143 in the number that it moves further, the other one right."""

    def typed(value: float) -> float:
        return round(int(value) + (value % 1) * 0.6, 6)

    return (typed(x), y) if x % 1 > y % 1 else (x, typed(y))


def one_rounded(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """One number of the pair cut to a tenth of a degree, the other one complete."""
    return (round(x, 1), y) if field.rng.random() < 0.5 else (x, round(y, 1))


def far_village(field: Field, record: Record, x: float, y: float) -> tuple[float, float]:
    """Into a village at the other end of the county; without any so far off, the farthest."""
    own = field.village_of(record).centre
    away = [np.hypot(area.centre[0] - own[0], area.centre[1] - own[1]) for area in field.ground.villages]
    others = [area for area, far in zip(field.ground.villages, away) if far > 0.16] or [
        field.ground.villages[int(np.argmax(away))]
    ]
    return field.around(others[int(field.rng.integers(len(others)))].centre, float(field.rng.uniform(0, 300)))


def shifted_collector(shift: Callable[[float, float], tuple[float, float]]) -> Callable[[Field], Groups]:
    """All points of one collector, who shares the workbook with another one whose points are right."""

    def plant(field: Field) -> Groups:
        names = sorted({str(record["collector_name"]) for record in field.records})
        for name in field.rng.permutation(names).tolist():
            mine = [row for row in field.records if row["collector_name"] == name and row["status"] != "ended"]
            if mine and not any(row["uid"] in field.touched for row in mine):
                for record in mine:
                    x, y = shift(*record["point"])  # type: ignore[misc]
                    record["point"] = round(x, 6), round(y, 6)
                    field.touched.add(str(record["uid"]))
                return each_alone(mine)
        return []

    return plant


def traditional(name: str, rng: np.random.Generator) -> str:
    """The name in traditional signs."""
    return name.translate(_TRADITIONAL)


def sounds_the_same(field: Field, record: Record) -> Record:
    """The same household again, some metres off, by ear: a sign that sounds the same, and no phone."""
    name = str(record["producer_name"])
    at = max(i for i, sign in enumerate(name) if i and sign in _SOUNDS)
    point = field.around(record["point"], float(field.rng.uniform(1, 30)))  # type: ignore[arg-type]
    said = {"producer_name": name[:at] + _SOUNDS[name[at]] + name[at + 1 :], "contact_phone": ""}
    return {**said, "point": point, "import_id": 902, "site_name": ""}


def can_be_misheard(record: Record) -> bool:
    name = str(record["producer_name"])
    return record["producer_type"] == "household" and any(sign in _SOUNDS for sign in name[1:]) and len(name) < 4
