"""Statistics add up, count producers once, keep units apart, and stand in the workbook as they were counted."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import chain, combinations

import pytest
from openpyxl import load_workbook
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

from originmap.core.onemap.filtered import count
from originmap.core.onemap.packing import SCALE_CLASSES
from originmap.core.onemap.query import Query, Season, seasons_of_months
from originmap.core.onemap.statistics import PERIODS, By, MonthOf, read_cube
from originmap.core.onemap.statistics_workbook import places
from originmap.core.register.register import connect
from originmap.processing.statistics import Statistics

WAYS = list(chain.from_iterable(combinations(By, number) for number in range(5)))


@pytest.fixture(scope="module")
def connection(register):
    with closing(connect(register, read_only=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def cube(connection, standard):
    return read_cube(connection, Query(), standard)


def by_hand(stored, standard, by, month):
    """The same groups, record by record."""
    known = {variety.code: variety for variety in standard.varieties}

    def key(record, name):
        if name is By.DIVISION:
            return (record["division_code"] or "")[:9]
        if name is By.VARIETY:
            return record["variety"] or ""
        if name is By.MONTH:
            day = (
                record["collected_on"] if month is MonthOf.COLLECTED else record["market_start"] or record["market_end"]
            )
            return int(day[5:7]) if day else None
        if record["scale"] is None or record["variety"] not in known:
            return None
        ratio = record["scale"] / known[record["variety"]].threshold_of(record["facility"] or "")
        return next(place for place, scale in enumerate(SCALE_CLASSES) if scale.lower <= ratio < scale.upper)

    groups = defaultdict(list)
    for record in stored:
        if record["status"] != "ended":
            groups[tuple(key(record, name) for name in by)].append(record)
    return groups


@pytest.mark.parametrize("by", WAYS, ids=lambda by: "×".join(by) or "all")
@pytest.mark.parametrize("month", MonthOf)
def test_groups_are_those_counted_by_hand(connection, standard, stored, by, month):
    found = read_cube(connection, Query(), standard, month=month).grouped(*by)
    expected = by_hand(stored, standard, by, month)
    assert {group.keys: group.records for group in found} == {key: len(rows) for key, rows in expected.items()}
    for group in found:
        rows = expected[group.keys]
        assert group.producers == len({row["producer_name"].replace(" ", "") for row in rows if row["producer_name"]})
        for unit, amount in group.amounts.items():
            assert amount == pytest.approx(sum(row["scale"] or 0 for row in rows if row["unit"] == unit), abs=1e-3)


@pytest.mark.parametrize("by", WAYS, ids=lambda by: "×".join(by) or "all")
def test_totals_add_up_to_the_last_digit(cube, connection, standard, by):
    (whole,) = cube.grouped()
    groups = cube.grouped(*by)
    assert sum(group.records for group in groups) == whole.records == count(connection, Query(), standard)
    for unit, amount in whole.amounts.items():
        assert round(sum(round(group.amounts.get(unit, 0) * 10_000) for group in groups)) == round(amount * 10_000)
    assert max(group.producers for group in groups) <= whole.producers


def test_calendar_agrees_with_the_query(cube, connection, standard):
    """Three ten-day periods are a month: a month's records are on the market in one of them at least."""
    totals = [sum(row.counts[period] for row in cube.calendar()) for period in range(PERIODS)]
    for month in range(1, 13):
        in_month = count(connection, Query(on_market=seasons_of_months([month])), standard)
        assert max(totals[3 * month - 3 : 3 * month]) <= in_month <= sum(totals[3 * month - 3 : 3 * month])
    assert totals[4] == count(connection, Query(on_market=(Season("02-11", "02-20"),)), standard)
    assert totals[35] == count(connection, Query(on_market=(Season("12-21", "12-31"),)), standard)


def test_a_name_of_two_lines_is_one_producer(connection, standard):
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f'DROP TRIGGER "{name}"')
        copy.execute("UPDATE record SET producer_name = replace(producer_name, '_', char(10))")
        renamed = read_cube(copy, Query(), standard).grouped(*By)
    assert renamed == read_cube(connection, Query(), standard).grouped(*By)


def test_nothing_found_is_no_group(connection, standard):
    empty = read_cube(connection, Query(varieties=("celery",), states=("approved",)), standard)
    assert empty.records == 0
    assert empty.grouped(By.VARIETY) == [] == empty.calendar()


def run(parameters):
    feedback = QgsProcessingFeedback()
    results, ok = Statistics().create().run(parameters, QgsProcessingContext(), feedback)
    return results, ok, feedback.textLog()


def test_workbook_and_table_say_the_same(register, tmp_path, cube, qgis_processing):
    target, table, calendar = (tmp_path / name for name in ("统计.xlsx", "table.csv", "calendar.csv"))
    asked = {"REGISTER": str(register), "OUTPUT": str(target), "TABLE": str(table), "CALENDAR": str(calendar)}
    results, ok, log = run(asked)
    assert ok, log
    assert results["RECORDS"] == cube.records and results["PRODUCERS"] == cube.grouped()[0].producers == 6
    book = load_workbook(target)
    assert all(len(book[name]._charts) == 1 for name in ("产品", "行政区划×产品", "产品×规模", "月份×产品"))
    for name in ("行政区划×产品", "产品×规模", "月份×产品"):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=5)]
        assert rows[-1][0] == "合计" and rows[-1][-1] == cube.records
        assert all(sum(row[1:-1]) == row[-1] for row in rows)
        assert all(sum(column[:-1]) == column[-1] for column in list(zip(*rows))[1:])
    details = list(book["明细"].iter_rows(min_row=5, values_only=True))
    assert sum(row[4] for row in details) == cube.records
    layer = QgsVectorLayer(str(table), "table", "ogr")
    assert sum(int(feature["records"]) for feature in layer.getFeatures()) == cube.records
    assert QgsVectorLayer(str(calendar), "calendar", "ogr").featureCount() > 0


def test_a_query_without_records_is_said(register, tmp_path, qgis_processing):
    _, ok, log = run({"REGISTER": str(register), "OUTPUT": str(tmp_path / "x.xlsx"), "STATUS": [2]})
    assert not ok and not list(tmp_path.iterdir())


def test_places_of_the_own_county_stand_first(cube):
    codes = [str(group.keys[0] or "") for group in places(cube)]
    assert sorted(codes) == sorted(str(group.keys[0] or "") for group in cube.grouped(By.DIVISION))
    home = [code.startswith("999901") for code in codes]
    assert True in home and False in home
    assert home == sorted(home, reverse=True)
