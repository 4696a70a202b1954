"""Addresses of the kinds that offices send, each with the division it names or the reason why it names none."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmap.core.places.divisions import Division, DivisionLevel, level_of
from originmap.core.places.gazetteer import Gazetteer

ADDRESSES = Path(__file__).resolve().parents[1] / "data" / "places" / "addresses.csv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The committed gazetteer."""
    return Gazetteer.open()


@pytest.mark.parametrize("row", csv.DictReader(ADDRESSES.open(encoding="utf-8")), ids=lambda row: row["address"])
def test_example_addresses(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    match = gazetteer.match(row["address"], row["default_county_code"] or None)
    assert match.ambiguous == (row["ambiguous"] == "yes")
    assert match.code[:9] == row["town_code_nbs2023"]
    if not match.ambiguous:
        assert [match.province, match.city, match.county] == [row["province"], row["city"], row["county"]]
        assert match.township == row["town"]
        assert match.rest == row["detail"] or not match.village


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("横县那阳镇上茶村", "450181102202"),
        ("福建省长乐市漳港镇", "350112004"),
        ("广西隆安县那桐镇浪湾村", "450123103202"),
        ("海南琼海长坡青葛村", "469002109203"),
        ("海南省琼海市青葛村委会", "469002109203"),
        ("海南省长坡镇青葛村委会", "469002109203"),
        ("海南省海南省琼海市琼海市长坡镇长坡镇青葛村", "469002109203"),
        ("海南省直辖县级行政区划琼海市长坡镇", "469002109"),
        ("海南省省直辖县级行政区划琼海市长坡乡青葛村民委员会", "469002109203"),
        ("重庆市县垫江县太平镇", "500231110"),
        ("三亚崖州城西村", "460205198203"),
        ("嘉峪关市峪泉镇", "620201101"),
        ("地址：海南省琼海市（长坡镇）青葛村委会", "469002109203"),
        ("13800000001 海南省琼海市长坡镇", "469002109"),
        ("廣西隆安縣那桐鎮", "450123103"),
        ("云南临沧镇康凤尾镇", "530924101"),
        ("黑龙江省绥滨县绥东镇种畜场", "230422481"),
    ],
)
def test_ways_of_writing(gazetteer: Gazetteer, address: str, code: str) -> None:
    match = gazetteer.match(address)
    assert (match.code, match.ambiguous) == (code, False)


@pytest.mark.parametrize("address", ["太平镇太平村委会", "朝阳区", "城关镇", "太平县甘棠镇", "龙门镇金狮村"])
def test_what_several_places_can_be_is_left_open(gazetteer: Gazetteer, address: str) -> None:
    match = gazetteer.match(address)
    assert (match.code, match.ambiguous, match.conflict) == ("", True, False)
    assert match.candidates and match.longitude is None


@pytest.mark.parametrize("address", ["海南省泉州市安溪县龙门镇", "广东省广州市雷州市乌石镇", "四川省琼海市长坡镇"])
def test_contradictions_are_left_open(gazetteer: Gazetteer, address: str) -> None:
    match = gazetteer.match(address)
    assert (match.code, match.ambiguous, match.conflict) == ("", True, True)
    assert len(match.candidates) >= 2


@pytest.mark.parametrize(("address", "code"), [("新疆喀什某路12号", "6531"), ("湖南湘潭某路12号", "4303")])
def test_a_name_of_city_and_county_is_the_city(gazetteer: Gazetteer, address: str, code: str) -> None:
    assert gazetteer.match(address).code == code


def test_the_registers_own_county_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.match("太平镇太平村委会", "500231").code == "500231110"
    assert gazetteer.match("龙门镇金狮村", "350524").code == "350524107205"
    assert gazetteer.match("青葛村委会", "469002").code == "469002109203"
    assert gazetteer.match("福建省安溪县龙门镇", "469002").code == "350524107"
    assert gazetteer.match("广东省太平镇", "500231").code != "500231110"


def test_an_address_that_names_nothing(gazetteer: Gazetteer) -> None:
    for address in ("", "   ", "老榕树旁", "123", "？"):
        match = gazetteer.match(address, "469002")
        assert (match.code, match.level, match.ambiguous, match.radius) == ("", None, False, 0.0)


def test_location_is_the_county_centre_with_a_wide_radius(gazetteer: Gazetteer) -> None:
    match = gazetteer.match("海南省琼海市长坡镇青葛村委会")
    assert match.longitude == pytest.approx(110.470, abs=0.01)
    assert match.latitude == pytest.approx(19.260, abs=0.01)
    assert 10_000 <= match.radius <= 100_000


def test_a_countys_own_list_is_laid_over(gazetteer: Gazetteer) -> None:
    own = [
        ("99", "示例省", None, ()),
        ("9999", "示例市", None, ()),
        ("999901", "示例县", (109.0, 22.0), ()),
        ("999901101", "河口镇", (109.1, 22.1), ("老河口镇",)),
        ("999901101201", "柳湾村委会", (109.11, 22.12), ("柳树湾",)),
        ("469002109203", "青葛村民委员会", (110.6, 19.35), ()),
    ]
    laid = gazetteer.with_divisions(
        Division(code, name, level_of(code), *(point or (None, None)), aliases) for code, name, point, aliases in own
    )
    for address in ("示例省示例市示例县河口镇柳湾村3组", "示例县老河口镇柳树湾村3组"):
        match = laid.match(address)
        assert (match.code, match.rest) == ("999901101201", "3组")
        assert (match.longitude, match.latitude, match.radius) == (109.11, 22.12, 1500.0)
    assert laid.match("河口镇柳湾村", "999901").code == "999901101201"
    assert laid.match("示例县").longitude == 109.0
    assert laid.match("琼海市长坡镇青葛村委会").longitude == 110.6
    assert laid.full_name("999901101") == "示例省示例市示例县河口镇"
    assert [child.code for child in laid.children("999901")] == ["999901101"]
    assert gazetteer.match("示例县河口镇柳湾村").code == ""
    assert gazetteer.division("999901") is None


def test_many_threads_read_alike(gazetteer: Gazetteer) -> None:
    addresses = [row["address"] for row in csv.DictReader(ADDRESSES.open(encoding="utf-8"))] * 20
    alone = [gazetteer.match(address) for address in addresses]
    shared = Gazetteer.open()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(shared.match, addresses)) == alone


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="海南省琼市长坡镇太平村委会县区乡街道社崖州直辖级行政划12号 （）-", max_size=24))
def test_any_text_gives_a_consistent_match(gazetteer: Gazetteer, address: str) -> None:
    match = gazetteer.match(address)
    assert match.level == (DivisionLevel(level_of(match.code)) if match.code else None)
    assert match.ambiguous <= bool(match.candidates)
    assert (match.longitude is None) == (match.radius == 0)
    assert gazetteer.match(address) == match
