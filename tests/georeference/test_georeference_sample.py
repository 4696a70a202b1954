"""The sample's dirty workbooks come out row by row as the truth table says, points within a few metres."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from qgis.core import QgsVectorLayer

from originmap.core.georeference.options import Options
from originmap.core.georeference.pipeline import georeference
from originmap.core.onemap.query import Query
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries, load_villages
from originmap.core.register.register import Register
from originmap.core.register.selection import records
from originmap.core.standard.findings import Level
from originmap.scripts.sample.rows import Outcome
from originmap.scripts.sample.workbooks import write_workbooks

_METRES_OFF = 5.0
_METRES_PER_DEGREE = 111_320.0


@pytest.fixture(scope="module")
def imported(qgis_app, root: Path, tmp_path_factory):
    """The register of the sample county, and each workbook with its truth and what the import said of it."""
    folder = tmp_path_factory.mktemp("sample")
    sample, path = root / "resources" / "sample", folder / "register.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        for name in ("county", "townships"):
            layer = QgsVectorLayer(f"{sample / 'county.gpkg'}|layername={name}", name, "ogr")
            load_boundaries(register, layer, DivisionFields("XZQDM", "XZQMC"))
        villages = QgsVectorLayer(str(sample / "villages.csv"), "villages", "ogr")
        fields = DivisionFields("行政区划代码", "村(社区)", longitude="经度", latitude="纬度")
        load_villages(register, villages, fields)
    books = write_workbooks(sample, folder)
    return path, [(book, georeference(book.path, path, Options())) for book in books]


def test_every_planted_fault_is_found_and_nothing_else_refused(imported):
    _, books = imported
    for book, outcome in books:
        found: dict[int, list] = {}
        for finding in outcome.findings:
            found.setdefault(finding.row, []).append(finding)
        for number, row in enumerate(book.rows, book.first_row):
            codes = {finding.code for finding in found.get(number, ())}
            refused = any(finding.level is Level.ERROR for finding in found.get(number, ()))
            assert refused is (row.outcome is Outcome.REFUSED), (book.path.name, number, row.planted, codes)
            assert row.code in ("", *codes), (book.path.name, number, row.planted, codes)
        assert outcome.counts.rows == len(book.rows)


def test_points_lie_where_they_truly_are(imported):
    path, books = imported
    with Register.open(path, read_only=True) as register:
        stored = {(r["source_sheet"], r["source_row"]): r for r in records(register, Query())}
    checked = 0
    for book, outcome in books:
        for number, row in enumerate(book.rows, book.first_row):
            record = stored.get((outcome.sheets[0].name, number))
            if record and row.longitude is not None and record["point_method"] == "workbook" and not row.code:
                east = (record["longitude"] - row.longitude) * math.cos(math.radians(row.latitude))
                metres = math.hypot(east, record["latitude"] - row.latitude) * _METRES_PER_DEGREE
                assert metres < _METRES_OFF, (book.path.name, number, metres)
                checked += 1
    assert checked > 800
