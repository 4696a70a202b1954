"""Texts and cells with coordinates get the verdict, the point and the finding they deserve."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from originmap.core.coordinates.datum_names import Datum
from originmap.core.coordinates.parse import parse_coordinates
from originmap.core.coordinates.verdict import Verdict
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.messages import known_codes

DATA = Path(__file__).parents[1] / "data" / "coordinates"
#: 0.01″ and the fifth decimal of a minute are the coarsest of the exact examples.
TOLERANCE = 2e-6


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unescaped(text: str) -> str:
    return text.replace("\\t", "\t").replace("\\n", "\n")


@pytest.mark.parametrize("row", _rows("coordinate_texts.csv"), ids=lambda row: row["note"])
def test_the_examples_of_the_requirements(row: dict[str, str]) -> None:
    reading = parse_coordinates(row["text"])
    assert reading.verdict.value == row["expect"]
    if reading.longitude is not None:
        assert reading.longitude == pytest.approx(float(row["lon"]), abs=TOLERANCE)
        assert reading.latitude == pytest.approx(float(row["lat"]), abs=TOLERANCE)


@pytest.mark.parametrize("row", _rows("more_texts.csv"), ids=lambda row: f"{row['text']}|{row['second']}")
def test_more_texts(row: dict[str, str]) -> None:
    reading = parse_coordinates(_unescaped(row["text"]), _unescaped(row["second"]))
    assert (reading.verdict.value, reading.code) == (row["verdict"], row["code"])
    assert (reading.datum.value if reading.datum else "") == row["datum"]
    if row["longitude"]:
        assert reading.longitude == pytest.approx(float(row["longitude"]), abs=1e-7)
        assert reading.latitude == pytest.approx(float(row["latitude"]), abs=1e-7)
    else:
        assert reading.longitude is None and reading.latitude is None


def test_every_code_has_its_sentence() -> None:
    codes = {row["code"] for row in _rows("more_texts.csv")} - {""}
    assert codes | {"COORD_ASK", "MERIDIAN_BAD"} <= known_codes()


@pytest.mark.parametrize(
    "cells",
    [
        ("677024.67,2203516.71",),
        ("2203516.71", "677024.67"),
        ("X=2203516.71 Y=677024.67",),
        ("E=677024.67 N=2203516.71",),
    ],
)
def test_an_easting_without_zone_is_placed_by_its_central_meridian(cells: tuple[str, ...]) -> None:
    assert parse_coordinates(*cells).verdict is Verdict.ASK
    reading = parse_coordinates(*cells, central_meridian=108)
    assert reading.verdict is Verdict.PROJECTED
    assert reading.datum is Datum.CGCS2000
    assert (reading.longitude, reading.latitude) == pytest.approx((109.690508, 19.912025), abs=1e-6)


def test_a_zone_in_the_easting_goes_before_the_central_meridian() -> None:
    reading = parse_coordinates("36677024.67,2203516.71", central_meridian=111)
    assert reading.longitude == pytest.approx(109.690508, abs=1e-6)


def test_a_meridian_of_no_national_zone_is_refused() -> None:
    with pytest.raises(OriginMapError) as refusal:
        parse_coordinates("677024.67,2203516.71", central_meridian=109.5)
    assert refusal.value.code == "MERIDIAN_BAD"
    assert "109.5" in refusal.value.sentence("zh")


def test_a_proposal_comes_with_what_can_be_repaired() -> None:
    assert parse_coordinates("109690508", "19912025").params["proposal"] == "109.690508,19.912025"
    assert parse_coordinates("19912025", "109690508").params["proposal"] == "109.690508,19.912025"
    assert parse_coordinates("109,690508 19,912025").params["proposal"] == "109.690508,19.912025"
    assert parse_coordinates("19.912025,109.690508").params["proposal"] == "109.690508,19.912025"


@pytest.mark.parametrize(
    ("text", "decimals", "code"),
    [
        ("109,19", 0, "COORD_LOWPREC"),
        ("109.7,19.9", 1, "COORD_LOWPREC"),
        ("109°41′,19°54′", 1, "COORD_LOWPREC"),
        ("109.21,22.7", 2, "COORD_LOWPREC"),
        ("109.201,22.7", 3, ""),
        ("109°41′25″,19°54′43″", 3, ""),
        ("109°41.43′,19°54.72′", 3, ""),
        ("109.690508,19.912025", 6, ""),
    ],
)
def test_precision(text: str, decimals: int, code: str) -> None:
    reading = parse_coordinates(text)
    assert (reading.verdict, reading.decimals, reading.code) == (Verdict.OK, decimals, code)
