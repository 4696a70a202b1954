"""Addresses drawn from the gazetteer, distorted as people write them: most are found, none is found wrongly."""

from __future__ import annotations

import random
import re

import pytest

from originmap.core.places.address import normalise
from originmap.core.places.divisions import Division, DivisionLevel, contains
from originmap.core.places.gazetteer import Gazetteer

PILOT = ("35", "44", "45", "46", "51", "53")
DETAILS = (
    "",
    "",
    "12号",
    "3组",
    "第二村民小组",
    "村口往东200米",
    "那弄屯",
    "大坡屯8号",
    "豇豆种植基地",
    "（养殖场）",
    "13800000001",
)
SEPARATORS = (" ", "　", "/", "，", "·", "-", "、", ">")


def _short(name: str) -> str:
    """A county or city without its level word; what would leave one sign stays whole."""
    if "自治" in name or "地区" in name or "示范区" in name or "开发区" in name or "园区" in name:
        return name
    return name[:-1] if name[-1] in "市县区" and len(name) > 2 else name


def _other_level(name: str, siblings: set[str]) -> str:
    """A township with the word of another level, unless another township bears that name."""
    for word, other in (("街道", "镇"), ("镇", "乡"), ("乡", "镇")):
        if name.endswith(word) and len(name) - len(word) >= 2 and "族" not in name:
            changed = name[: -len(word)] + other
            return name if changed in siblings else changed
    return name


def _other_village(rng: random.Random, name: str) -> str:
    stem = re.sub(r"(?:村村民委员会|村村委会|村民委员会|村委会)$", "", name)
    if stem != name and len(stem) > 1 and not stem.endswith("社区"):
        return stem + rng.choice(("村", "村委会", "村民委员会", "村村委会"))
    return re.sub(r"(?:居民委员会|居委会)$", "", name) if "社区居" in name else name


def _written(rng: random.Random, chain: list[Division], siblings: set[str]) -> str:
    """An address as somebody would write it for a chain of divisions from the province down."""
    province, city, county, township, *village = chain
    parts = [province.name, city.name, county.name, township.name, *(v.name for v in village)]
    if city.placeholder and rng.random() < 0.8 or city.name == county.name:
        parts[1] = ""
    if township.placeholder and rng.random() < 0.9:
        parts[3] = ""
    habit = rng.randrange(9)
    if habit == 1:
        parts[0] = ""
    elif habit == 2:
        parts[0] = parts[1] = ""
    elif habit == 3:
        parts[1] = ""
    elif habit == 4:
        parts[0] = re.sub(r"省$|市$|壮族自治区$", "", parts[0])
        parts[1] = _short(parts[1]) if parts[1] and not city.placeholder else parts[1]
        parts[2] = _short(parts[2])
    elif habit == 5:
        parts[3] = _other_level(parts[3], siblings)
    elif habit == 6 and village and parts[3]:
        parts[3] = re.sub(r"(?:街道|镇|乡)$", "", parts[3]) if len(parts[3]) > 2 and "族" not in parts[3] else parts[3]
    elif habit == 7:
        parts[2] += parts[2]
    elif habit == 8 and village:
        parts[3] = ""
    if village:
        written_into = next((name for name in (township.name, county.name, city.name) if name in parts[4]), "")
        local = parts[4].split(written_into)[-1] if written_into else parts[4]
        parts[4] = _other_village(rng, local if len(local) > 3 else parts[4])
    separator = rng.choice(SEPARATORS) if rng.random() < 0.2 else ""
    return separator.join(part for part in parts if part) + rng.choice(DETAILS)


def _sampled(gazetteer: Gazetteer, rng: random.Random, provinces: tuple[str, ...]) -> tuple[str, str]:
    chain: list[Division] = []
    code = rng.choice(provinces)
    while True:
        chain.append(gazetteer.division(code))
        inside = gazetteer.children(code)
        if not inside or chain[-1].level is DivisionLevel.VILLAGE:
            siblings = {township.name for township in gazetteer.children(code[:6])}
            return _written(rng, chain, siblings), code
        code = rng.choice(inside).code


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The committed gazetteer."""
    return Gazetteer.open()


@pytest.mark.parametrize("seed", range(4))
def test_sampled_addresses_are_found_and_never_wrongly(gazetteer: Gazetteer, seed: int) -> None:
    rng = random.Random(seed)
    others = tuple(d.code for d in gazetteer.children() if d.code not in PILOT)
    counties = townships = 0
    wrong = []
    total = 400
    for number in range(total):
        address, truth = _sampled(gazetteer, rng, PILOT if number % 4 else others)
        match = gazetteer.match(address)
        if not contains(match.code, truth):
            wrong.append((address, truth, match.code))
        counties += len(match.code) >= 6
        townships += len(match.code) >= 9
    assert not wrong
    assert counties >= 0.95 * total
    assert townships >= 0.90 * total


def test_what_is_remembered_changes_nothing(gazetteer: Gazetteer) -> None:
    rng = random.Random(7)
    fresh = Gazetteer.open()
    for address in (_sampled(gazetteer, rng, PILOT)[0] for _ in range(300)):
        text, aside = normalise(address)
        remembered = gazetteer.match(address)
        assert gazetteer.match(address) == remembered
        assert fresh._matcher._whole(text, aside, "").code == remembered.code
