"""The small parts of the import by themselves: rows seen, rows repeated, keys, thresholds."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from originmap.core.georeference.batch import Batch
from originmap.core.georeference.keys import content_hashes
from originmap.core.georeference.memo import Memo
from originmap.core.georeference.repeats import Repeats
from originmap.core.georeference.seen import SeenRow, SeenRows
from originmap.core.quality.thresholds import below_threshold
from originmap.core.register.record_key import normal, record_key, sites_of
from originmap.core.standard.model import load_standard

UID = "88888888-8888-4888-8888-888888888888"


@given(st.lists(st.lists(st.integers(0, 40), unique=True, max_size=12), max_size=8))
def test_seen_rows_are_found_again_as_in_a_dictionary(portions):
    seen, oracle, number = SeenRows(), {}, 0
    for sheet, portion in enumerate(portions):
        keys = np.array([key for key in portion if key not in oracle], np.uint64)
        rows = list(range(number, number + len(keys)))
        number += len(keys)
        seen.add(f"S{sheet}", keys, rows, keys * np.uint64(3), keys / 4.0, keys / 8.0)
        oracle.update({int(k): SeenRow(f"S{sheet}", r, int(k) * 3, k / 4, k / 8) for k, r in zip(keys, rows)})
    places = seen.places_of(np.arange(50, dtype=np.uint64)).tolist()
    assert {key: seen.at(place) for key, place in enumerate(places) if place >= 0} == oracle


def batch(*rows: int, sheet: str = "S", uids: tuple = ()) -> Batch:
    made = Batch(sheet, rows)
    if uids:
        made.values["uid"] = list(uids)
    return made


def codes(of: Batch) -> dict[int, list[str]]:
    return {of.rows[index]: [f.code for f in found] for index, found in of.findings.items()}


def find(repeats: Repeats, of: Batch, names: str, contents: str, east: list[float]) -> tuple[set[int], list[str]]:
    """One letter a row for its key and for what it says; latitude 22, ``east`` in metres."""
    keys = [record_key(name, "", "", "") for name in names]
    hashes = content_hashes([contents])
    longitude = 109 + np.array(east) / (111_320 * np.cos(np.radians(22)))
    return repeats.find(of, keys, hashes, longitude, np.full(len(east), 22.0)), keys


def test_rows_are_repeated_other_sites_or_asked_about():
    rows = batch(2, 3, 4, 5, 6)
    repeated, keys = find(Repeats(), rows, "aaaab", "xxyzx", [0, 0, 5, 500, 0])
    assert repeated == {1}
    assert codes(rows) == {3: ["DUP_ROW"], 4: ["DUP_KEY"], 5: ["SITE_UNNAMED"]}
    assert len({keys[0], keys[3], keys[4]}) == 3


def test_each_unnamed_site_is_remembered():
    rows = batch(*range(2, 8))
    repeated, keys = find(Repeats(), rows, "aaaaaa", "xyyzwy", [0, 500, 500, 1000, 505, 500])
    assert repeated == {2, 5}
    assert codes(rows) == {
        3: ["SITE_UNNAMED"], 4: ["DUP_ROW"], 5: ["SITE_UNNAMED"], 6: ["DUP_KEY"], 7: ["DUP_ROW"]
    }  # fmt: skip
    assert rows.findings[5][0].params["other"] == rows.findings[2][0].params["other"] == 3


@pytest.mark.parametrize("east", [[0.0, np.nan], [np.nan, 0.0], [np.nan, np.nan]])
def test_a_row_without_a_point_is_no_other_site(east):
    rows = batch(2, 3)
    find(Repeats(), rows, "aa", "xy", east)
    assert codes(rows) == {3: ["DUP_KEY"]}


def test_earlier_batches_and_sheets_count():
    repeats, later = Repeats(), batch(2, sheet="T")
    find(repeats, batch(2), "a", "x", [0])
    find(repeats, batch(3), "b", "x", [0])
    assert find(repeats, later, "b", "x", [0])[0] == {0}
    assert later.findings[0][0].params["other_sheet"] == "S"


def test_one_uid_for_two_contents_is_an_error_even_under_other_keys():
    rows = batch(2, 3, 4, uids=(UID, UID, UID))
    assert find(Repeats(), rows, "abc", "xxy", [0, 0, 0])[0] == {1}
    assert codes(rows) == {3: ["DUP_ROW"], 4: ["DUP_ID"]}
    assert rows.refused == {2}


def test_refused_rows_are_not_remembered():
    repeats, rows = Repeats(), batch(2, 3)
    rows.refused.add(0)
    assert find(repeats, rows, "aa", "xx", [0, 0])[0] == set() and not rows.findings


@pytest.mark.parametrize("other", ["示例（甲）社", " 示例(甲)社 ", "示例甲社", "示例·甲·社"])
def test_a_name_is_known_however_it_is_typed(other):
    assert normal(other) == normal("示例(甲)社")


def test_names_differ_by_letters_and_digits():
    assert len({normal(name) for name in ("示例1社", "示例2社", "示例社", "示例Ⅱ社")}) == 4
    assert normal("ＡＢＣ") == normal("abc") and normal(None) == normal(" （）") == ""


@given(st.tuples(*[st.text(max_size=5)] * 4), st.tuples(*[st.text(max_size=5)] * 4))
def test_keys_do_not_run_into_one_another(one, other):
    if "\x1f" not in "".join(one + other):
        assert (record_key(*one) == record_key(*other)) == (one == other)


def test_a_site_is_its_name_else_its_address():
    assert sites_of(["一号 基地", None, "（）"], ["某村", "某村", "某村"]) == ["一号基地", "某村", "某村"]


def test_a_memo_asks_once_and_forgets_when_it_is_full():
    asked: list[int] = []
    memo: Memo[int, int] = Memo(lambda key: asked.append(key) or key)  # type: ignore[func-returns-value]
    assert [memo[1], memo[1], memo[2]] == [1, 1, 2] and asked == [1, 2]
    for key in range(60_000):
        memo[key]
    assert len(memo) <= 50_000


@pytest.fixture
def small_records():
    """A table with what the thresholds look at; ``add`` writes a record of import 1."""
    connection = sqlite3.connect(":memory:")
    names = "source_sheet, source_row, producer_name, variety, cycle, facility, scale, import_id, status"
    connection.execute(f"CREATE TABLE record ({names})")

    def add(row, name, variety, scale, cycle="2026-春茬", facility=None, import_id=1, status="draft"):
        values = ("S", row, name, variety, cycle, facility, scale, import_id, status)
        connection.execute(f"INSERT INTO record VALUES ({', '.join('?' * 9)})", values)

    yield connection, add
    connection.close()


def test_the_sum_over_sites_counts(small_records):
    connection, add = small_records
    standard = load_standard()
    limit = standard.variety("cowpea").threshold
    for row, name in enumerate(("甲社", "甲 社", "乙（社）", "乙(社)", "丙社"), 2):
        add(row, name, "cowpea", limit * 0.6)
    add(7, "丁社", "cowpea", limit * 0.6)
    add(8, "丁社", "cowpea", limit * 0.6, cycle="2026-秋茬")
    add(9, "戊社", "cowpea", limit * 0.6)
    add(10, "戊社", "celery", 1000.0)
    add(11, "己社", "cowpea", limit * 0.6)
    add(12, "己社", "cowpea", limit, import_id=0)
    add(13, "庚社", "cowpea", limit * 0.6)
    add(14, "庚社", "cowpea", limit, import_id=0, status="ended")
    add(15, "辛社", "cowpea", limit)
    assert [found.row for found in below_threshold(connection, standard, 1)] == [6, 7, 8, 9, 13]


def test_ponds_and_engineered_facilities_count_apart(small_records):
    connection, add = small_records
    standard = load_standard()
    variety = next(v for v in standard.varieties if v.threshold_engineered is not None)
    add(2, "甲", variety.code, variety.threshold * 0.9, facility="pond")
    add(3, "甲", variety.code, variety.threshold_engineered * 0.5, facility="engineered")
    found = {below.row: below.threshold for below in below_threshold(connection, standard, 1)}
    assert found == {2: variety.threshold, 3: variety.threshold_engineered}
