"""The example workbooks come out of the whole import as the requirements say, and twice the same is once."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from originmap.core.georeference.options import Options, Outcome
from originmap.core.georeference.pipeline import georeference
from originmap.core.onemap.query import Query
from originmap.core.register.register import Register
from originmap.core.register.selection import records
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.findings import Level

DATA = Path(__file__).resolve().parents[1] / "data"
# The example tells that this file is to be read under a name with blanks, brackets and quotes.
RENAMED = {"120_odd_file_name.xlsx": "文件名 含空格（1）'引号.xlsx"}


def _expected() -> dict[str, list[dict[str, str]]]:
    rows = defaultdict(list)
    with (DATA / "workbooks_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["file"]].append(row)
    return rows


EXPECTED = _expected()
REFUSED = [name for name, rows in EXPECTED.items() if rows[0]["expect"] == "file_refuse"]
READ = [name for name in EXPECTED if name not in REFUSED]


def _source(name: str, folder: Path) -> Path:
    return Path(shutil.copy(DATA / "workbooks" / name, folder / RENAMED.get(name, name)))


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_its_reason(name: str, register: Path, tmp_path: Path) -> None:
    before = register.read_bytes()
    with pytest.raises(OriginMapError) as refused:
        georeference(_source(name, tmp_path), register, Options())
    assert refused.value.code == EXPECTED[name][0]["reason_code"]
    assert name in refused.value.sentence("zh")
    assert register.read_bytes() == before


@pytest.mark.parametrize("name", READ)
def test_each_row_comes_out_as_expected(name: str, register: Path, tmp_path: Path) -> None:
    source = _source(name, tmp_path)
    outcome = georeference(source, register, Options())
    found = defaultdict(list)
    for finding in outcome.findings:
        found[finding.sheet, finding.row].append(finding)
    verdicts = {
        row["row"]: (_verdict(found[row["sheet"] or outcome.sheets[0].name, int(row["row"])]), row["expect"])
        for row in EXPECTED[name]
        if row["row"].isdigit() and row["expect"] != "skip"
    }
    assert {row: got for row, (got, _) in verdicts.items()} == {row: want for row, (_, want) in verdicts.items()}
    for row in EXPECTED[name]:
        if row["row"].isdigit() and row["reason_code"]:
            codes = {finding.code for finding in found[row["sheet"] or outcome.sheets[0].name, int(row["row"])]}
            assert row["reason_code"] in codes, row
    _check_sums(outcome)
    again = georeference(source, register, Options())
    assert (again.counts.new, again.counts.updated) == (0, 0)
    assert again.counts.unchanged == outcome.counts.new + outcome.counts.unchanged
    assert again.counts.refused == outcome.counts.refused


def _verdict(findings: list) -> str:
    levels = {finding.level for finding in findings}
    return "reject" if Level.ERROR in levels else "accept_warn" if Level.WARNING in levels else "accept"


def _check_sums(outcome: Outcome) -> None:
    refused = {(f.sheet, f.row) for f in outcome.findings if f.level is Level.ERROR and f.row}
    assert outcome.counts.refused == len(refused)
    assert len(outcome.uids) == outcome.counts.rows - len(refused)


def test_gcj02_is_converted_within_a_metre_and_the_words_are_kept(register: Path, tmp_path: Path) -> None:
    georeference(_source("061_gcj02_declared.xlsx", tmp_path), register, Options())
    with Register.open(register) as opened:
        names = ("longitude", "latitude", "place_text", "point_quality")
        got = sorted(tuple(record[name] for name in names) for record in records(opened, Query()))
    wanted = [tuple(map(float, row["expected_value"].split("|"))) for row in EXPECTED["061_gcj02_declared.xlsx"]]
    for (longitude, latitude, words, quality), (east, north) in zip(got, wanted):
        assert longitude == pytest.approx(east, abs=1e-5) and latitude == pytest.approx(north, abs=1e-5)
        assert quality == "approximate" and words.count(",") == 1 and f"{east:.6f}" not in words


def test_hidden_sheets_are_named_and_left_out(register: Path, tmp_path: Path) -> None:
    outcome = georeference(_source("017_hidden_and_several_sheets.xlsx", tmp_path), register, Options())
    assert {report.name: report.reason for report in outcome.sheets if not report.read} == {
        "填写说明": "SHEET_OWN",
        "旧数据": "SHEET_HIDDEN",
        "字典": "SHEET_HIDDEN",
    }
    chosen = georeference(
        _source("017_hidden_and_several_sheets.xlsx", tmp_path), register, Options(sheets=("旧数据",))
    )
    assert chosen.counts.new == 1


def test_nothing_is_written_outside_the_register(register: Path, tmp_path: Path) -> None:
    before = set(tmp_path.parent.rglob("*"))
    source = _source("116_zip_slip.xlsx", tmp_path)
    georeference(source, register, Options())
    assert set(tmp_path.parent.rglob("*")) - before == {source}
