"""Invented producers, officers and collectors: every name says 示例, every phone begins with 1380000."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .shipped import Place
from .trades import AQUATIC, CROP, Trade

_SURNAMES = "陈林黄张李王吴刘蔡杨郑许谢郭洪曾邱周叶徐梁何罗邓冯韦覃莫卢钟潘谭廖赖余苏"
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Producer:
    """A producer: name, type as written on the sheet, credit code or empty, contact and phone."""

    name: str
    kind: str
    credit_code: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Officer:
    """A grid officer or collector."""

    role: str
    name: str
    phone: str


class People:
    """Gives out people, no two producers with the same name."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._counts: Counter[str] = Counter()
        self._phone = 0

    def producer(self, trade: Trade, place: Place, scale: float) -> Producer:
        """A producer of a kind that fits the size."""
        person, phone = self._person(), self.phone()
        large = scale / trade.median
        draw = self._rng.random()
        stem = place.name.replace("村委会", "").replace("社区居委会", "")
        work = {CROP: "种植", AQUATIC: "水产养殖"}.get(trade.industry, "养殖")
        if large > 4 and draw < 0.5:
            name = self._once(f"示例{stem}农业发展有限公司")
            return Producer(name, "农产品生产企业", self._credit("91"), person, phone)
        if large > 1.5 and draw < 0.45:
            name = self._once(f"示例县示例{stem}{trade.title}{work}专业合作社")
            return Producer(name, "农民专业合作社", self._credit("93"), person, phone)
        if large > 1.0 and draw < 0.6:
            return Producer(self._once(f"示例县{stem}{person}家庭农场"), "家庭农场", "", person, phone)
        return Producer(person, "农户或农村经纪人", "", person, phone)

    def officer(self, role: str) -> Officer:
        """An officer or collector with a phone."""
        return Officer(role, self._person(), self.phone())

    def phone(self) -> str:
        """The next phone of the invented range."""
        self._phone += 1
        return f"1380000{self._phone:04d}"

    def _person(self) -> str:
        surname = _SURNAMES[int(self._rng.integers(len(_SURNAMES)))]
        self._counts[surname] += 1
        return f"{surname}示例{_numeral(self._counts[surname])}"

    def _once(self, name: str) -> str:
        self._counts[name] += 1
        if self._counts[name] == 1:
            return name
        for ending in ("专业合作社", "有限公司"):
            if name.endswith(ending):
                return f"{name[: -len(ending)]}{_numeral(self._counts[name])}号{ending}"
        return f"{name}{_numeral(self._counts[name])}"

    def _credit(self, kind: str) -> str:
        return f"{kind}999901MA{int(self._rng.integers(0, 10_000_000)):07d}X"


def _numeral(number: int) -> str:
    """A number below a hundred in Chinese, as it follows a name."""
    tens, ones = divmod(number, 10)
    if number < 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
