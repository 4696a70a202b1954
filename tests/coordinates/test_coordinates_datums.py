"""The shifted systems both ways, the words for datums, and the refusal of the secret ones."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from originmap.core.coordinates import datums
from originmap.core.coordinates.datums import Datum, convert, datum_named
from originmap.core.standard.errors import OriginMapError

DATA = Path(__file__).parents[1] / "data" / "coordinates"
METRES = 111_320.0


def _distance(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Metres between points that are close, longitude and latitude in degrees."""
    along = (one[0] - other[0]) * METRES * np.cos(np.radians(other[1]))
    return np.hypot(along, (one[1] - other[1]) * METRES)


def _vectors() -> list[dict[str, str]]:
    with (DATA / "datum_vectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _vectors(), ids=lambda row: row["place"])
def test_known_vectors(row: dict[str, str]) -> None:
    known = {
        datum: (np.float64(row[f"{name}_lon"]), np.float64(row[f"{name}_lat"]))
        for datum, name in ((Datum.WGS84, "wgs84"), (Datum.GCJ02, "gcj02"), (Datum.BD09, "bd09"))
        if row[f"{name}_lon"]
    }
    for source, point in known.items():
        for target, expected in known.items():
            assert _distance(convert(*point, source, target), expected) <= float(row["tolerance_m"]), (source, target)


def _grid() -> tuple[np.ndarray, np.ndarray]:
    return np.meshgrid(np.linspace(73.0, 135.5, 700), np.linspace(3.0, 54.0, 700))


@pytest.mark.parametrize("shifted", [Datum.GCJ02, Datum.BD09])
def test_there_and_back_is_under_a_millimetre(shifted: Datum) -> None:
    points = _grid()
    there = convert(*points, Datum.CGCS2000, shifted)
    assert _distance(there, points).min() > 10
    back = convert(*there, shifted, Datum.CGCS2000)
    assert back[0].shape == points[0].shape
    assert _distance(back, points).max() < 0.001


def test_named_functions_agree_with_convert() -> None:
    x, y = np.array([109.690508, 116.397128]), np.array([19.912025, 39.916527])
    for source in ("wgs84", "gcj02", "bd09"):
        for target in {"wgs84", "gcj02", "bd09"} - {source}:
            named = getattr(datums, f"{source}_to_{target}")(x, y)
            assert np.array_equal(named, convert(x, y, Datum(source), Datum(target)))


def test_outside_the_box_and_nan_stay() -> None:
    x, y = np.array([2.35, 109.69, np.nan, 140.0]), np.array([48.85, 19.91, 20.0, 20.0])
    for target in (Datum.GCJ02, Datum.BD09):
        new_x, new_y = convert(x, y, Datum.WGS84, target)
        assert np.array_equal(new_x == x, [True, False, False, True])
        assert np.isnan(new_x[2]) and new_y[2] == 20.0


def test_the_arrays_given_are_left_alone_and_any_shape_is_kept() -> None:
    x, y = np.full((2, 3), 109.69), np.full((2, 3), 19.91)
    new_x, _ = convert(x, y, Datum.WGS84, Datum.GCJ02)
    assert new_x.shape == (2, 3) and np.all(x == 109.69)
    same, _ = convert(x, y, Datum.WGS84, Datum.CGCS2000)
    assert np.array_equal(same, x) and same is not x
    assert convert([], [], Datum.GCJ02, Datum.WGS84)[0].shape == (0,)
    assert convert(109.69, 19.91, Datum.GCJ02, Datum.WGS84)[0].shape == ()


@pytest.mark.parametrize("secret", [Datum.XIAN80, Datum.BEIJING54])
def test_secret_datums_are_refused_with_the_reason(secret: Datum) -> None:
    for ends in ((secret, Datum.CGCS2000), (Datum.CGCS2000, secret), (secret, secret)):
        with pytest.raises(OriginMapError) as refusal:
            convert(109.0, 20.0, *ends)
        assert refusal.value.code == "DATUM_REFUSED"
        assert "国家秘密" in refusal.value.sentence("zh")


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("经度(高德)", Datum.GCJ02), ("GCJ-02", Datum.GCJ02), ("火星坐标系", Datum.GCJ02), ("腾讯地图", Datum.GCJ02),
        ("国测局坐标", Datum.GCJ02), ("百度经纬度", Datum.BD09), ("bd09ll", Datum.BD09), ("WGS 84", Datum.WGS84),
        ("wgs84", Datum.WGS84), ("EPSG:4326", Datum.WGS84), ("CGCS2000", Datum.CGCS2000), ("国家2000", Datum.CGCS2000),
        ("2000国家大地坐标系", Datum.CGCS2000), ("天地图", Datum.CGCS2000), ("西安80", Datum.XIAN80),
        ("1980西安坐标系", Datum.XIAN80), ("北京54坐标", Datum.BEIJING54), ("1954年北京坐标系", Datum.BEIJING54),
        ("经度", None), ("", None), ("西安市", None), ("高德/百度", None), ("2000", None), ("坐标系", None),
    ],
)  # fmt: skip
def test_words_for_datums(text: str, datum: Datum | None) -> None:
    assert datum_named(text) is datum
