"""Division codes and the gazetteer's look-ups by code and by what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from originmap.core.places.divisions import Division, DivisionLevel, chain, contains, level_of
from originmap.core.places.gazetteer import Gazetteer
from originmap.core.standard.errors import OriginMapError


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The committed gazetteer."""
    return Gazetteer.open()


def test_a_code_says_what_contains_it() -> None:
    assert chain("469002109203") == ("46", "4690", "469002", "469002109", "469002109203")
    assert contains("469002", "469002109203") and not contains("469002", "460105")
    assert level_of("469002109") is DivisionLevel.TOWNSHIP and level_of("46") == "province"


@pytest.mark.parametrize("code", ["", "4", "46900", "46900210", "4690021o9", "４６"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(OriginMapError) as caught:
        level_of(code)
    assert caught.value.code == "DIVISION_CODE"


def test_a_level_that_does_not_fit_its_code_is_refused() -> None:
    with pytest.raises(OriginMapError):
        Division("469002", "琼海市", DivisionLevel.CITY)


def test_the_list_is_complete(gazetteer: Gazetteer) -> None:
    provinces = gazetteer.children()
    cities = [city for province in provinces for city in gazetteer.children(province.code)]
    counties = [county for city in cities for county in gazetteer.children(city.code)]
    assert (len(provinces), len(cities), len(counties)) == (31, 342, 2978)
    assert sum(county.longitude is None for county in counties) <= 133 + 36
    assert all(73 < c.longitude < 136 and 3 < c.latitude < 54 and c.radius >= 5000 for c in counties if c.longitude)


def test_divisions_by_code(gazetteer: Gazetteer) -> None:
    assert gazetteer.division("469002109").name == "长坡镇"
    assert gazetteer.division("469002999") is None and gazetteer.division("990101") is None
    assert [d.name for d in gazetteer.children("469002109")][:1] != []
    assert gazetteer.full_name("469002109") == "海南省琼海市长坡镇"
    assert gazetteer.full_name("441900101") == "广东省东莞市石碣镇"


def test_counties_by_typing(gazetteer: Gazetteer) -> None:
    assert gazetteer.counties("琼海")[0] == ("469002", "海南省琼海市")
    assert gazetteer.counties("4690")[0].code == "469001"
    assert gazetteer.counties("横县")[0] == ("450181", "广西壮族自治区南宁市横州市")
    assert len(gazetteer.counties("海", limit=5)) == 5
    assert gazetteer.counties("没有这个县") == []


def test_a_missing_or_damaged_file_says_so(tmp_path: Path) -> None:
    damaged = tmp_path / "gazetteer.sqlite"
    damaged.write_bytes(b"not a database" * 100)
    for path in (tmp_path / "missing.sqlite", damaged):
        with pytest.raises(OriginMapError) as caught:
            Gazetteer.open(path)
        assert caught.value.code == "GAZETTEER_UNREADABLE"
        assert path.name in caught.value.sentence("zh")
