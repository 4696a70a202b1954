"""The sample workbooks: the same bytes every time, invented people only, records where their trade would be."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import shapely

from originmap.scripts.sample.annex import FIRST_ROW
from originmap.scripts.sample.ground import to_plane
from originmap.scripts.sample.producers import Site, make_sites
from originmap.scripts.sample.shifted import as_phone_shows
from originmap.scripts.sample.shipped import SampleMap, read_sample
from originmap.scripts.sample.workbooks import Written, write_workbooks


@pytest.fixture(scope="module")
def county(root: Path) -> SampleMap:
    return read_sample(root / "resources" / "sample")


@pytest.fixture(scope="module")
def sites(county: SampleMap) -> list[Site]:
    return make_sites(county)


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    return write_workbooks(root / "resources" / "sample", tmp_path_factory.mktemp("demo"))


def test_same_bytes_every_time(root, written, tmp_path):
    for book in write_workbooks(root / "resources" / "sample", tmp_path):
        first = next(other.path for other in written if other.path.name == book.path.name)
        assert first.read_bytes() == book.path.read_bytes()
    assert (tmp_path / "truth.csv").read_bytes() == (written[0].path.parent / "truth.csv").read_bytes()


def test_people_are_plainly_invented(written):
    for row in (row for book in written for row in book.rows):
        for field in ("contact_phone", "officer_phone", "collector_phone"):
            digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", str(row.cells[field])))
            planted = row.code in ("PHONE_BAD", "PHONE_LOSSY", "REQ_EMPTY")
            assert planted or re.fullmatch("(86)?1380000[0-9]{4}", digits), row.cells[field]
        for field in ("producer_name", "contact_name", "officer_name", "collector_name"):
            assert "示例" in str(row.cells[field]) or row.code == "REQ_EMPTY"


def test_every_site_lies_in_its_township_nearest_its_village(county, sites):
    spots = np.array([(place.x, place.y) for place in county.villages])
    for site in sites:
        x, y = to_plane(np.array([site.longitude, site.latitude]))
        assert county.townships[site.place.township].contains(shapely.points(x, y))
        nearest = county.villages[int(np.hypot(spots[:, 0] - x, spots[:, 1] - y).argmin())]
        assert nearest.code == site.place.code


def test_records_are_many_and_varied(sites):
    count = Counter(site.trade.variety for site in sites)
    assert len(sites) == 1500 and len(count) == 11
    assert count["cowpea"] > 500
    assert any(site.scale < site.trade.threshold for site in sites)
    assert max(Counter(site.producer.name for site in sites).values()) >= 3


def test_no_two_records_share_their_key(sites):
    keys = [(site.producer.name, site.trade.variety, site.name, site.season.cycle) for site in sites]
    assert len(set(keys)) == len(keys)


def test_mistakes_are_few_and_of_many_kinds(written):
    rows = [row for book in written for row in book.rows]
    planted = Counter(row.code for row in rows if row.code)
    assert len(planted) >= 14
    assert 0.02 <= sum(planted.values()) / len(rows) <= 0.045


def test_truth_counts_every_row(written):
    with (written[0].path.parent / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = list(csv.DictReader(file))
    assert len(truth) == sum(len(book.rows) for book in written)


def test_annex_stands_below_title_and_merged_header(written):
    sheet = openpyxl.load_workbook(written[0].path)[written[0].sheet]
    assert "采集表" in sheet["A1"].value and sheet.cell(FIRST_ROW, 1).value == 1
    assert {"A1:AI1", "D3:D4"} & {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:AI1"}
    assert sheet.cell(FIRST_ROW + len(written[0].rows), 1).value == "合计"


def test_livestock_text_is_gbk(written):
    text = written[1].path.read_bytes().decode("gbk")
    assert text.startswith("区县,乡镇,行政村,养殖主体") and "°" in text
    with pytest.raises(UnicodeDecodeError):
        written[1].path.read_bytes().decode("utf-8")


def test_phone_shows_places_some_hundred_metres_away():
    longitude, latitude = as_phone_shows(111.58, 20.90)
    shift = np.hypot((longitude - 111.58) * 104_000, (latitude - 20.90) * 110_700)
    assert 300 < shift < 800
