"""A layer filtered by a query, SQLite asked with it and Python reading it hold the very same records."""

from __future__ import annotations

import json
import math
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qgis.core import QgsFeatureRequest

from originmap.core.onemap.facets import facets
from originmap.core.onemap.filtered import count, filter_layer
from originmap.core.onemap.packing import SCALE_CLASSES
from originmap.core.onemap.query import (
    NOT_FILLED,
    TICKED,
    Days,
    Query,
    Scale,
    Season,
    from_json,
    seasons_of_months,
    to_json,
)
from originmap.core.onemap.query_sql import SEARCHED, ascii_lower, subset
from originmap.core.register.layers import open_layer
from originmap.core.register.register import connect
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import Standard

RECORDS = 300
DAYS = ["2025-01-01", "2025-02-28", "2025-04-11", "2025-06-30", "2025-11-20", "2025-12-31", "2026-01-01", "2026-03-05"]
DAYS += ["2024-02-29", "2026-11-19", "2026-12-31", "2027-02-01"]
NAMES = ["示例合作社", "O'Neil Farm", 'quote " 100%', "张_三\\李", "ÉTÉ été", "羊Baa"]


@pytest.fixture(scope="module")
def by_layer(register: Path) -> Callable[[str], list[int]]:
    layer = open_layer(register)

    def ids(sql: str) -> list[int]:
        assert layer.setSubsetString(sql), sql
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setNoAttributes()
        found = sorted(feature.id() for feature in layer.getFeatures(request))
        assert (len(found), sql) == (layer.featureCount(), sql)
        return found

    return ids


@pytest.fixture(scope="module")
def by_sqlite(register: Path) -> Callable[[str], list[int]]:
    connection = connect(register, read_only=True)
    yield lambda sql: [row[0] for row in connection.execute(f"SELECT fid FROM record WHERE {sql} ORDER BY fid")]
    connection.close()


@pytest.fixture(scope="module")
def by_python(stored: list[dict[str, object]], standard: Standard) -> Callable[[Query], list[int]]:
    return lambda query: [record["fid"] for record in stored if holds(query, standard, record)]


# ---- the same conditions, read by Python


def holds(query: Query, standard: Standard, record: Mapping[str, object]) -> bool:
    return all(
        (
            record["status"] in query.states if query.states else record["status"] != "ended",
            *(_ticked(name, getattr(query, name), standard, record) for name in TICKED if name != "states"),
            not query.scales or any(_in_scale(scale, standard, record) for scale in query.scales),
            not query.divisions or any(_in_division(code, record["division_code"]) for code in query.divisions),
            not query.cycles or any(_in_cycle(cycle, record["cycle"] or "") for cycle in query.cycles),
            _meets(query.collected, record["collected_on"], record["collected_on"]),
            _meets(query.marketed, *_period(record)),
            not query.on_market or any(_in_season(season, *_period(record)) for season in query.on_market),
            all(word in _line(record) for word in ascii_lower(query.text).split()),
        )
    )


def _ticked(name: str, values: tuple[str, ...], standard: Standard, record: Mapping[str, object]) -> bool:
    value = record[TICKED[name]]
    if name == "point_qualities":
        value = value or "none"
    said = json.loads(value or "[]") if standard.field(TICKED[name]).several else [value] if value else []
    return not values or bool(set(said or [NOT_FILLED]) & set(values))


def _in_scale(scale: Scale, standard: Standard, record: Mapping[str, object]) -> bool:
    amount = record["scale"]
    if amount is None:
        return False
    if scale.unit:
        return record["unit"] == scale.unit and scale.lower <= amount < scale.upper
    known = {variety.code: variety for variety in standard.varieties}
    if record["variety"] not in known:
        return False
    ratio = amount / known[record["variety"]].threshold_of(record["facility"] or "")
    return scale.lower <= ratio < scale.upper


def _in_division(code: str, stated: object) -> bool:
    return not stated if code == NOT_FILLED else bool(stated) and stated.startswith(code)


def _in_cycle(asked: str, stated: str) -> bool:
    if len(asked) == 4 and asked.isdigit():
        return stated.startswith(asked + "-")
    return asked == stated


def _period(record: Mapping[str, object]) -> tuple:
    start, end = record["market_start"], record["market_end"]
    return start or end, end or start


def _meets(days: Days, start, end) -> bool:
    if days == Days():
        return True
    return start is not None and (not days.first or end >= days.first) and (not days.last or start <= days.last)


def _in_season(season: Season, start, end) -> bool:
    """Day by day of a leap year and the ones around it, unlike the SQL."""
    if start is None or start > end:
        return False
    first, last = int(start[:4]), int(end[:4])
    for year in range(first - 1, last + 1):
        season_end = year + season.over_new_year
        if f"{year}-{season.first}" <= end and f"{season_end}-{season.last}" >= start:
            return True
    return False


def _line(record: Mapping[str, object]) -> str:
    return ascii_lower("\n".join(str(record[name] or "") for name in SEARCHED))


# ---- queries of every kind

AMOUNT = st.sampled_from([0.0, 0.3, 0.5, 1.0, 3.0, 5.0, 12.5, 20.0, 500.0, 1e6])


@st.composite
def scales(draw) -> Scale:
    lower = draw(AMOUNT)
    upper = draw(
        st.one_of(st.just(math.inf), AMOUNT.filter(lambda amount: amount > lower)) if lower < 1e6 else st.just(math.inf)
    )
    return Scale(lower, upper, draw(st.sampled_from(["", "mu", "head", "bird"])))


@st.composite
def days(draw) -> Days:
    first, last = draw(st.sampled_from(["", *DAYS])), draw(st.sampled_from(["", *DAYS]))
    return Days(*sorted((first, last))) if first and last else Days(first, last)


DAY_OF_YEAR = st.sampled_from(sorted({day[5:] for day in DAYS} | {"05-01", "11-01", "04-30"}))


def few(values: list[str]) -> st.SearchStrategy:
    return st.lists(st.sampled_from([NOT_FILLED, *values]), max_size=3).map(tuple)


WORDS = ["", "石湾", "o'neil", "100%", "\\", "_三", "é", "É", '"', "')", "-- x", "baa 羊", ";"]
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "varieties": few(["cowpea", "pig", "bream", "egg"]),
        "industries": few(["crop", "livestock", "aquatic"]),
        "scales": st.lists(scales(), max_size=2).map(tuple),
        "divisions": few(["99", "999901", "999901101", "999901101001", "460105100002", "4"]),
        "cycles": few(["2026", "2025", "2026-春茬", "2026-06"]),
        "collected": days(),
        "on_market": st.lists(st.builds(Season, DAY_OF_YEAR, DAY_OF_YEAR), max_size=2).map(tuple),
        "marketed": days(),
        "producer_types": few(["enterprise", "household"]),
        "certifications": few(["green", "organic", "none"]),
        "traceability": few(["certificate", "trace_code"]),
        "production_modes": few(["open_field", "protected"]),
        "credit_grades": few(["A", "unrated"]),
        "states": few(["draft", "ended"]),
        "verified": few(["site_visit", "household_survey"]),
        "point_qualities": few(["exact", "approximate", "none"]),
        "collectors": few(NAMES),
        "text": st.sampled_from(WORDS),
    },
).map(lambda given_: Query(**given_))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(query=QUERIES)
def test_map_and_table_are_the_same_records(query, standard, by_python, by_layer, by_sqlite):
    sql = subset(query, standard)
    assert by_sqlite(sql) == by_python(query)
    assert by_layer(sql) == by_python(query)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(query=QUERIES)
def test_counts_are_what_ticking_alone_would_find(query, standard, register):
    with closing(connect(register, read_only=True)) as connection:
        found = facets(connection, query, standard)
        for name in TICKED:
            assert sum(found.ticked[name].values()) or not count(connection, query.without(name), standard)
            for value, number in found.ticked[name].items():
                assert number == count(connection, replace(query, **{name: (value,)}), standard), (name, value)
        for scale, number in found.scales.items():
            assert number == count(connection, replace(query, scales=(scale,)), standard)
        for name, by_value in (("divisions", found.divisions), ("cycles", found.cycles)):
            for value, number in by_value.items():
                assert number == count(connection, replace(query, **{name: (value,)}), standard), (name, value)
        for month, number in found.months.items():
            assert number == count(connection, replace(query, on_market=seasons_of_months([month])), standard)


def test_every_record_with_a_scale_is_in_one_class(standard, by_sqlite):
    classes = [by_sqlite(subset(Query(scales=(scale,)), standard)) for scale in SCALE_CLASSES]
    together = by_sqlite(subset(Query(scales=SCALE_CLASSES), standard))
    assert sorted(fid for found in classes for fid in found) == together


def test_only_the_wanted_counts_are_made(standard, register):
    with closing(connect(register, read_only=True)) as connection:
        found = facets(connection, Query(), standard, ["varieties", "divisions"])
    assert set(found.ticked) == {"varieties"} and found.divisions and not found.months


def test_a_layer_says_what_is_wrong_with_a_condition(standard, register):
    layer = open_layer(register)
    filter_layer(layer, Query(varieties=("cowpea",)), standard)
    assert layer.subsetString()
    with pytest.raises(OriginMapError) as caught:
        filter_layer(layer, Query(condition="nonsense > 1"), standard)
    assert caught.value.code == "QUERY_BAD" and "nonsense" in caught.value.params["reason"]
    with closing(connect(register, read_only=True)) as connection, pytest.raises(OriginMapError):
        count(connection, Query(condition="nonsense > 1"), standard)


@settings(max_examples=200)
@given(query=QUERIES)
def test_json_keeps_a_query(query):
    assert from_json(to_json(query)) == query


def test_queries_find_something(standard, by_sqlite):
    """The property above would hold of empty answers as well."""
    for query in (
        Query(scales=(Scale(1.0, 5.0),)),
        Query(scales=(Scale(5.0),), varieties=("cowpea", "pig")),
        Query(on_market=seasons_of_months([11, 12, 1, 2])),
        Query(certifications=("organic",), verified=(NOT_FILLED,)),
        Query(text="o'neil"),
        Query(divisions=("999901101",), condition="scale > 1"),
        Query(states=("ended",)),
    ):
        assert 0 < len(by_sqlite(subset(query, standard))) < RECORDS / 2


def test_ticked_months_become_few_seasons():
    assert seasons_of_months([4, 5, 6]) == (Season("04-01", "06-30"),)
    assert seasons_of_months([11, 12, 1, 2]) == (Season("11-01", "02-29"),)
    assert seasons_of_months([1, 12, 6]) == (Season("06-01", "06-30"), Season("12-01", "01-31"))
    assert seasons_of_months(range(1, 13)) == (Season("01-01", "12-31"),)
    assert seasons_of_months([]) == ()


def test_the_countys_threshold_counts(standard, stored, by_sqlite):
    found = by_sqlite(subset(Query(varieties=("cowpea",), scales=(Scale(0.0, 1.0),)), standard))
    scales_found = {record["scale"] for record in stored if record["fid"] in found}
    assert scales_found and max(scales_found) < 3.0 and max(scales_found) >= 0.5


@pytest.mark.parametrize(
    "condition, code",
    [
        ("scale > 1) OR (1", "QUERY_OPEN"),
        ("scale > 1; DROP TABLE record", "QUERY_OPEN"),
        ("scale > 1 --", "QUERY_OPEN"),
        ("scale > 1 /*", "QUERY_OPEN"),
        ("producer_name = 'a", "QUERY_OPEN"),
        ("(scale > 1", "QUERY_OPEN"),
        ('"scal" > 1', "QUERY_COLUMN"),
    ],
)
def test_a_further_condition_stands_by_itself(standard, condition, code):
    with pytest.raises(OriginMapError) as caught:
        subset(Query(condition=condition), standard)
    assert caught.value.code == code


def test_quotes_and_brackets_inside_texts_are_texts(standard, by_sqlite, by_layer):
    sql = subset(Query(condition="""site_address = ''')' OR "remark" = 'x;--(' """), standard)
    assert by_sqlite(sql) == by_layer(sql) != []


@pytest.mark.parametrize(
    "make",
    [
        lambda: Scale(5.0, 5.0),
        lambda: Scale(float("nan")),
        lambda: Days("2026-02-30"),
        lambda: Days("2026-05-01", "2026-04-01"),
        lambda: Season("02-30", "03-01"),
        lambda: Query(divisions=("石湾镇",)),
        lambda: Query(text="a\0b"),
        lambda: Query(collectors=("\ud800",)),
        lambda: from_json('{"colour": ["red"]}'),
        lambda: from_json('{"varieties": "cowpea"}'),
        lambda: from_json("[1]"),
        lambda: from_json("{"),
    ],
)
def test_what_is_no_query_is_refused(make):
    with pytest.raises(OriginMapError):
        make()
