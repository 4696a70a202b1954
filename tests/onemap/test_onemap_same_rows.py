"""The map and the one table of the same parameters are made of the very same records, by their uid."""

from __future__ import annotations

import csv

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from originmap.core.onemap.filtered import count, filter_layer
from originmap.core.onemap.query import NOT_FILLED, Days, Query, Scale, Season
from originmap.core.register.create import create_register
from originmap.core.register.layers import open_layer
from originmap.core.register.queries import save_query
from originmap.core.register.register import Register
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import Cadence, LocalStandard, Variety
from originmap.processing.distributionmap import DistributionMap
from originmap.processing.exporttable import ExportTable
from originmap.processing.queryparameters import query_of
from originmap.processing.statistics import Statistics


def asked(parameters, register, algorithm=DistributionMap) -> Query:
    made = algorithm().create()
    with Register.open(register, read_only=True) as opened:
        return query_of(made, parameters, QgsProcessingContext(), opened)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"VARIETIES": [0, 7], "SCALE_MIN": 1, "SCALE_MAX": 20},
        {"DIVISION": "999901101、460105", "MONTHS": [10, 11, 0, 1]},
        {"STATUS": [0, 4], "CERTIFICATIONS": [1], "TEXT": "o'neil"},
        {"VERIFIED": [2], "POINTS": [0, 2], "FILTER": "scale IS NOT NULL"},
        {"CYCLES": "2026", "MARKET_FROM": "2025-04-01", "MARKET_TO": "2026-12-31"},
    ],
)
def test_map_and_table_are_made_of_the_same_records(register, standard, tmp_path, parameters, qgis_processing):
    table = tmp_path / "table.csv"
    feedback = QgsProcessingFeedback()
    whole = {"REGISTER": str(register), "OUTPUT": str(table), **parameters}
    results, ok = ExportTable().create().run(whole, QgsProcessingContext(), feedback)
    assert ok, feedback.textLog()
    with table.open(encoding="utf-8-sig", newline="") as file:
        in_table = sorted(row["编号"] for row in csv.DictReader(file))
    layer = open_layer(register)
    filter_layer(layer, asked(parameters, register), standard)
    assert in_table == sorted(feature["uid"] for feature in layer.getFeatures())
    with Register.open(register, read_only=True) as opened:
        assert count(opened.connection, asked(parameters, register, Statistics), standard) == results["COUNT"] > 0


def test_every_parameter_becomes_its_condition(register):
    query = asked(
        {
            "VARIETIES": [0],
            "INDUSTRIES": [0],
            "DIVISION": "999901,999902",
            "SCALE_MIN": 10,
            "SCALE_UNIT": 1,
            "MONTHS": [3, 4, 5],
            "MARKET_TO": "2026-05-01",
            "COLLECTED_FROM": "2026-01-01",
            "CYCLES": "2026-春茬 2025",
            "PRODUCER_TYPES": [2],
            "TRACEABILITY": [1],
            "PRODUCTION_MODES": [1],
            "CREDIT_GRADES": "A；未评级",
            "VERIFIED": [1, 2],
            "POINTS": [1],
            "COLLECTORS": "王示例、李示例",
            "TEXT": " 豆  基地 ",
            "FILTER": "scale > 1",
        },
        register,
    )
    assert query == Query(
        varieties=("cowpea",),
        industries=("crop",),
        divisions=("999901", "999902"),
        scales=(Scale(10, unit="mu"),),
        on_market=(Season("04-01", "06-30"),),
        marketed=Days(last="2026-05-01"),
        collected=Days("2026-01-01"),
        cycles=("2025", "2026-春茬"),
        producer_types=("family_farm",),
        traceability=("trace_code",),
        production_modes=("protected",),
        credit_grades=("A", "unrated"),
        verified=(NOT_FILLED, "site_visit"),
        point_qualities=("approximate",),
        collectors=("李示例", "王示例"),
        text="豆 基地",
        condition="scale > 1",
    )


def test_conditions_are_laid_on_a_saved_query(register):
    with Register.open(register) as opened:
        save_query(opened, "豇豆", Query(varieties=("cowpea",), states=("draft",)))
    assert asked({"QUERY": "豇豆", "STATUS": [2]}, register) == Query(varieties=("cowpea",), states=("approved",))


@pytest.mark.parametrize(
    "parameters, code",
    [
        ({"DIVISION": "石湾镇"}, "QUERY_DIVISION"),
        ({"CREDIT_GRADES": "甲"}, "QUERY_VALUE"),
        ({"QUERY": "没有"}, "QUERY_GONE"),
        ({"SCALE_MIN": 5, "SCALE_MAX": 5}, "QUERY_SCALE"),
        ({"COLLECTED_FROM": "5月"}, "QUERY_DAY"),
    ],
)
def test_what_is_no_condition_is_said(register, parameters, code):
    with pytest.raises(OriginMapError) as caught:
        asked(parameters, register)
    assert caught.value.code == code


def test_the_countys_own_products_are_asked_for_by_name(tmp_path):
    own = Variety("litchi", "荔枝", "Litchi", "crop", "mu", 5.0, Cadence.CROP, "#aa3344", "litchi", ("妃子笑",))
    path = tmp_path / "own.gpkg"
    create_register(path, "999901", "示例县", local=LocalStandard(varieties=(own,))).close()
    assert asked({"PRODUCTS": "妃子笑、豇豆"}, path) == Query(varieties=("litchi", "cowpea"))
    assert asked({"VARIETIES": [1], "PRODUCTS": "litchi"}, path) == Query(varieties=("chinese_chive", "litchi"))
    with pytest.raises(OriginMapError) as caught:
        asked({"PRODUCTS": "香蕉"}, path)
    assert caught.value.code == "QUERY_VALUE"
