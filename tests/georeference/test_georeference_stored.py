"""The example workbooks leave in the register the values that the requirements expect, not only the right verdicts."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

import pytest

from originmap.core.georeference.options import Options
from originmap.core.georeference.pipeline import georeference

# The examples and what is expected of them came with the project's requirements.
DATA = Path(__file__).resolve().parents[1] / "data"
FIELDS = {
    "主体名称": "producer_name",
    "基地地址": "site_address",
    "联系方式": "contact_phone",
    "种养规模": "scale",
    "上市时间": "market_start",
}
UNITS = {"亩": "mu", "头": "head", "羽": "bird", "只": "bird"}


def _expected() -> dict[str, list[dict[str, str]]]:
    files: dict[str, list[dict[str, str]]] = {}
    with (DATA / "workbooks_expected.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["row"].isdigit() and row["expected_value"] and row["field"] in FIELDS:
                files.setdefault(row["file"], []).append(row)
    return files


EXPECTED = _expected()


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_read_is_stored(name: str, register: Path) -> None:
    georeference(DATA / "workbooks" / name, register, Options())
    connection = sqlite3.connect(register)
    connection.row_factory = sqlite3.Row
    stored = {row["source_row"]: row for row in connection.execute("SELECT * FROM record")}
    connection.close()
    for row in EXPECTED[name]:
        record, field = stored[int(row["row"])], FIELDS[row["field"]]
        wanted = row["expected_value"].replace("\\n", "\n")
        if field == "scale":
            _check_scale(record, wanted)
        elif field == "market_start":
            _check_period(record, wanted)
        else:
            assert record[field] == wanted, row


def _check_scale(record: sqlite3.Row, wanted: str) -> None:
    amount, _, unit = wanted.partition("|")
    assert record["scale"] == pytest.approx(float(amount))
    assert record["unit"] == UNITS[unit or "亩"]


def _check_period(record: sqlite3.Row, wanted: str) -> None:
    """``--05-D2/--07`` means from the middle ten days of May to the end of July, the year left open."""
    start, _, end = wanted.partition("/")
    assert re.fullmatch(_first_day(start), record["market_start"])
    if end:
        assert re.fullmatch(rf"\d{{4}}{end[1:]}-(28|29|30|31)", record["market_end"])


def _first_day(wanted: str) -> str:
    day = wanted.replace("D1", "01").replace("D2", "11").replace("D3", "21").replace("--", r"\d{4}-")
    return day if re.search(r"-\d\d-\d\d$", day) else day + "-01"
