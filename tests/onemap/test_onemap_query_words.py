"""Queries said aloud in both languages, as they stand under a title."""

from __future__ import annotations

import pytest

from originmap.core.onemap.query import Days, Query, Scale, Season, seasons_of_months
from originmap.core.onemap.query_words import in_words, season_in_words
from originmap.core.standard.model import load_standard

NAMES = {"999901101": "石湾镇"}


@pytest.mark.parametrize(
    "query, chinese, english",
    [
        (Query(), "全部记录", "all records"),
        (
            Query(("cowpea",), (), (Scale(10, unit="mu"),), ("999901101",), on_market=seasons_of_months([4, 5, 6])),
            "豇豆，≥ 10 亩，石湾镇，4–6 月上市",
            "Cowpea, ≥ 10 mu, 石湾镇, on the market April to June",
        ),
        (
            Query(("pig", "egg"), scales=(Scale(1, 5),), on_market=seasons_of_months([11, 12, 1])),
            "鸡蛋、生猪，1（含）–5 倍采集标准，11 月至次年 1 月上市",
            "Eggs or Pig, 1 to < 5 times the threshold, on the market November to January",
        ),
        (Query(scales=(Scale(0, 500, "bird"),)), "不足 500 只", "< 500 bird"),
        (
            Query(cycles=("2026", "2025-秋茬"), collected=Days("2026-04-01", "2026-06-30")),
            "2025-秋茬、2026 年，2026-04-01 至 2026-06-30 采集",
            "2025-秋茬 or 2026, collected 2026-04-01 to 2026-06-30",
        ),
        (
            Query(collected=Days("2026-04-01"), marketed=Days(last="2026-05-01")),
            "2026-04-01 起采集，2026-05-01 止上市",
            "collected since 2026-04-01, on the market until 2026-05-01",
        ),
        (
            Query(certifications=("green", ""), states=("approved", "ended"), verified=("",)),
            "认证：绿色食品、未填，已审核、已终止，核实：未核实",
            "certified: Green food or not stated, state: Approved or Ended, verified: not yet",
        ),
        (
            Query(point_qualities=("approximate",), credit_grades=("A",), collectors=("王示例",), text="豆 基地"),
            "信用等级 A，点位近似，采集员 王*，含“豆 基地”",
            "credit grade A, point: Approximate, collector 王*, with “豆 基地”",
        ),
        (Query(condition="scale > 3"), "另需 scale > 3", "and scale > 3"),
    ],
)
def test_a_query_is_said(query, chinese, english):
    standard = load_standard()
    assert in_words(query, standard, names=NAMES) == chinese
    assert in_words(query, standard, "en", NAMES) == english


def test_names_of_collectors_inside_the_office():
    assert in_words(Query(collectors=("王示例",)), load_standard(), masked=False) == "采集员 王示例"


@pytest.mark.parametrize(
    "season, words",
    [
        (Season("01-01", "12-31"), "全年"),
        (Season("05-01", "05-31"), "5 月"),
        (Season("02-01", "02-29"), "2 月"),
        (Season("11-01", "04-30"), "11 月至次年 4 月"),
        (Season("05-11", "06-20"), "5 月中旬–6 月中旬"),
        (Season("05-11", "05-20"), "5 月中旬"),
        (Season("12-21", "01-10"), "12 月下旬至次年 1 月上旬"),
        (Season("05-03", "05-08"), "5 月 3 日–5 月 8 日"),
        (Season("05-03", "05-03"), "5 月 3 日"),
        (Season("05-03", "05-10"), "5 月 3 日–5 月 10 日"),
    ],
)
def test_seasons_are_said_as_coarsely_as_they_are(season, words):
    assert season_in_words(season) == words
